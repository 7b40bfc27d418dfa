import type { LifetimeUnit } from "../retention/lifetimes/lifetime-table.js";
import type { SurvivalCurve } from "../statistics/survival/kaplan-meier.js";
import { type ChartSizes, INK } from "./chart-frame.js";
import type { LineLook } from "./line-looks.js";
import type { NumberText } from "./number-text.js";
import { ownColor } from "./pixel-layers.js";
import type { SurvivalLine } from "./survival-lines.js";
import { textWidth } from "./text-width.js";
import type { JsonObject } from "./vega-lite-spec.js";

/** A curve with what is drawn of it. @internal */
export interface DrawnSurvival {
  readonly name: string;
  readonly curve: SurvivalCurve;
  readonly line: SurvivalLine;
  readonly look: LineLook;
  /** `null` where the curve does not come down to a half. */
  readonly median: number | null;
}

/** How times are written: `"18 months"`, and `"18"` where the unit is not known or stands beside it. @internal */
export interface TimeText {
  readonly bare: (time: number) => string;
  readonly full: (time: number) => string;
}

/** Sizes and words of the drawing. @internal */
export interface SurvivalContext {
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly times: TimeText;
  /** The end of the time axis. */
  readonly until: number;
  readonly unit: LifetimeUnit | null;
  readonly hasBands: boolean;
}

/** The lines with their bands, medians and strokes where customers were last seen. @internal */
export function survivalLayers(
  drawn: readonly DrawnSurvival[],
  x: JsonObject,
  y: JsonObject,
  { sizes, text, times, until, hasBands }: SurvivalContext,
  width: number,
): JsonObject[] {
  const medians = drawn.flatMap(({ median, look, name }) =>
    median === null || median > until
      ? []
      : [{ time: median, share: 0.5, name, ink: look.color, median: times.full(median) }],
  );
  const isOne = drawn.length === 1;
  const order = { field: "order", type: "quantitative" };
  const ordered = <Row extends JsonObject>(rows: readonly Row[]): JsonObject[] =>
    rows.map((row, i) => ({ ...row, order: i }));
  return [
    ...(hasBands ? drawn : []).map(({ line, look }) => ({
      // In order of time, and at the same time as they are given here.
      data: { values: line.band },
      mark: {
        type: "area",
        color: isOne ? INK.band : look.color,
        opacity: isOne ? 0.7 : 0.16,
        invalid: "break-paths-show-domains",
      },
      encoding: { x, y: { ...y, field: "lower" }, y2: { field: "upper" } },
    })),
    ...(medians.length === 0
      ? []
      : [
          {
            data: { values: [{ share: 0.5, from: 0, to: Math.max(...medians.map(({ time }) => time)) }] },
            mark: { type: "rule", color: INK.muted, strokeDash: [4, 3] },
            encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: { ...y, field: "share" } },
          },
          {
            data: { values: medians.map(({ time }) => ({ time, from: 0, to: 0.5 })) },
            mark: { type: "rule", color: INK.muted, strokeDash: [4, 3] },
            encoding: { x, y: { ...y, field: "from" }, y2: { field: "to" } },
          },
        ]),
    ...drawn.map(({ line, look }) => ({
      data: { values: ordered(line.corners) },
      mark: { type: "line", color: look.color, strokeDash: look.dash, strokeWidth: 2 },
      encoding: { x, y: { ...y, field: "share" }, order },
    })),
    ...drawn
      .filter(({ line }) => line.censored.length > 0)
      .map(({ line, look, name }) => ({
        data: {
          values: line.censored.map(({ time, share, customers }) => ({
            time,
            share,
            name,
            "last seen": `${text.count(customers)} at ${times.full(time)}`,
            "still there": text.percent(share),
          })),
        },
        // An upright stroke.
        mark: {
          type: "point",
          shape: "M0,-1L0,1",
          size: 26,
          color: look.color,
          strokeWidth: 1.2,
          opacity: 1,
        },
        encoding: { x, y: { ...y, field: "share" }, tooltip: tooltipOf(isOne, ["last seen", "still there"]) },
      })),
    {
      data: { values: medians },
      mark: { type: "point", filled: true, opacity: 1, size: sizes.isNarrow ? 40 : 60, stroke: "#ffffff" },
      encoding: {
        x,
        y: { ...y, field: "share" },
        fill: ownColor("ink"),
        tooltip: tooltipOf(isOne, ["median"]),
      },
    },
    ...(isOne ? medians : []).map(({ time, share, median }) => {
      const note = `median ${median}`;
      const isLeft = (time / until) * width + textWidth(note, sizes.label, true) + 12 > width;
      return {
        data: { values: [{ time, share, note }] },
        mark: {
          type: "text",
          align: isLeft ? "right" : "left",
          baseline: "middle",
          dx: isLeft ? -10 : 10,
          dy: isLeft ? 14 : -12,
          fontWeight: 600,
        },
        encoding: { x, y: { ...y, field: "share" }, text: { field: "note", type: "nominal" } },
      };
    }),
  ];
}

function tooltipOf(isOne: boolean, fields: readonly string[]): JsonObject[] {
  return [...(isOne ? [] : ["name"]), ...fields].map((field) => ({ field, type: "nominal" }));
}
