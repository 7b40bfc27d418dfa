import type { LifetimeUnit } from "../retention/lifetimes/lifetime-table.js";
import {
  axisTicks,
  type Framed,
  INK,
  niceTicks,
  uprightTitle,
  uprightTitleHeight,
  widest,
} from "./chart-frame.js";
import { ownColor } from "./pixel-layers.js";
import { shortened } from "./shortened.js";
import { spreadOut } from "./spread-out.js";
import { type DrawnSurvival, type SurvivalContext, survivalLayers } from "./survival-layers.js";
import { atRiskAt } from "./survival-lines.js";
import type { JsonObject } from "./vega-lite-spec.js";

const EDGE = 4;
const SWATCH = 22;
/** Width of names beside their numbers, pixels. */
const NAME_ROOM = 150;
const AT_RISK = "at risk";

/** Lines, bands, medians, and the numbers at risk below them. @internal */
export function survivalDrawing(
  drawn: readonly DrawnSurvival[],
  context: SurvivalContext,
): Pick<Framed, "above" | "margin" | "height" | "layer"> {
  const { sizes, text, times, until, unit } = context;
  const isOne = drawn.length === 1 && drawn[0]?.name === "";
  // Percentages at the ends of many lines stand below each other.
  const height = Math.max(sizes.isNarrow ? 220 : 280, Math.ceil(drawn.length * sizes.label * 1.35));
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];

  const counts = (ticks: readonly number[]): string[][] =>
    drawn.map(({ curve }) => ticks.map((tick) => text.count(atRiskAt(curve, tick))));
  const widestCount = widest(counts([0]).flat(), sizes.label);
  // Names that have no room beside their numbers stand above them, and percentages alone at the ends of the lines.
  const names = drawn.map(({ name }) => name);
  const isTall =
    !isOne && (sizes.isNarrow || widest(names, sizes.label, true) > Math.min(NAME_ROOM, 0.2 * sizes.total));
  const ends = endLabels(drawn, height, isTall, context);
  const keyWidth = isOne
    ? widest([AT_RISK], sizes.label)
    : SWATCH + 5 + (isTall ? 0 : widest(names, sizes.label));
  const left = Math.max(
    widest(shares.map(text.tick), sizes.label) + 14,
    EDGE + keyWidth + 8 + Math.ceil(widestCount / 2),
  );
  const right = Math.max(
    widest(
      ends.map((end) => end.label),
      sizes.label,
      true,
    ) + 16,
    Math.ceil(widestCount / 2) + EDGE,
  );
  const width = sizes.total - left - right;
  const spacing = Math.max(widestCount, widest([times.bare(until)], sizes.label)) + 12;
  const ticks = timeTicks(until, Math.max(1, Math.min(10, Math.floor(width / spacing))), unit);

  const line = sizes.label + 6;
  const firstRow = 52 + (isOne ? 0 : line);
  const rowHeight = isTall ? 2 * line : line;
  const keyY = (i: number): number => height + firstRow + i * rowHeight;
  const countY = (i: number): number => keyY(i) + (isTall ? line : 0);
  const x: JsonObject = {
    field: "time",
    type: "quantitative",
    scale: { domain: [0, until], nice: false, zero: false },
    axis: {
      title: `${unit === null ? "time" : `${unit}s`} since the start`,
      titlePadding: 6,
      ...axisTicks(ticks, times.bare),
      labelFlush: false,
      grid: false,
      tickSize: 4,
    },
  };
  const y: JsonObject = {
    type: "quantitative",
    scale: { domain: [0, 1], nice: false },
    axis: {
      ...uprightTitle("still there, % of customers", left),
      ...axisTicks(shares, text.tick),
      domain: false,
      ticks: false,
      labelPadding: 6,
    },
  };
  const keys = isOne
    ? [AT_RISK]
    : names.map((name) => shortened(name, sizes.total - SWATCH - 5 - 2 * EDGE, sizes.label));
  return {
    above: uprightTitleHeight(sizes),
    margin: { left, top: 30, right, bottom: countY(drawn.length - 1) - height + line / 2 + 4 },
    height,
    layer: [
      ...survivalLayers(drawn, x, y, context, width),
      {
        data: { values: ends.map(({ at, label, ink }) => ({ at, label, ink })) },
        mark: { type: "text", align: "left", baseline: "middle", dx: 8, fontWeight: 600 },
        encoding: {
          x: { value: "width" },
          y: { ...y, field: "at" },
          text: { field: "label", type: "nominal" },
          color: ownColor("ink"),
        },
      },
      ...counts(ticks).flatMap((row, i) => [
        {
          data: { values: row.map((count, k) => ({ time: ticks[k] ?? 0, count })) },
          mark: { ...MUTED, align: "center" },
          encoding: { x, y: { value: countY(i) }, text: { field: "count", type: "nominal" } },
        },
        label(keys[i] ?? "", EDGE - left + (isOne ? 0 : SWATCH + 5), keyY(i)),
      ]),
      ...(isOne ? [] : [label(AT_RISK, EDGE - left, keyY(0) - line)]),
      ...(isOne ? [] : drawn).map(({ look }, i) => ({
        data: { values: [{}] },
        mark: { type: "rule", color: look.color, strokeDash: look.dash, strokeWidth: 2 },
        encoding: {
          x: { value: EDGE - left },
          x2: { value: EDGE - left + SWATCH },
          y: { value: keyY(i) },
        },
      })),
    ],
  };
}

const MUTED = { type: "text", baseline: "middle", color: INK.muted };

/** A text on the left of the drawing, in pixels. */
function label(text: string, x: number, y: number): JsonObject {
  return {
    data: { values: [{ text }] },
    mark: { ...MUTED, align: "left" },
    encoding: { x: { value: x }, y: { value: y }, text: { field: "text", type: "nominal" } },
  };
}

interface EndLabel {
  /** Share at which it stands. */
  readonly at: number;
  readonly label: string;
  readonly ink: string;
}

/** The share at the end of each line, with its time where that is not the horizon, and its name where there is room; pushed apart. */
function endLabels(
  drawn: readonly DrawnSurvival[],
  height: number,
  isPlain: boolean,
  { sizes, text, times, until }: SurvivalContext,
): EndLabel[] {
  const gap = sizes.label * 1.35;
  const places = spreadOut(
    drawn.map(({ line }) => line.end.share * height),
    gap,
    0,
    height,
  );
  return drawn.map(({ line: { end }, name, look }, i) => {
    // Far from the end of its line a share would be taken for that of the horizon.
    const when = end.time < 0.97 * until ? ` at ${times.bare(end.time)}` : "";
    return {
      at: (places[i] ?? 0) / height,
      label: `${text.percent(end.share)}${when}${isPlain || name === "" ? "" : ` ${name}`}`,
      ink: look.color,
    };
  });
}

/** Times on the axis: for months halves and whole years where they fit. */
function timeTicks(until: number, most: number, unit: LifetimeUnit | null): number[] {
  const step =
    unit === "month" ? [1, 2, 3, 6, 12, 24, 36, 60, 120, 240].find((size) => until / size < most) : undefined;
  const ticks =
    step === undefined
      ? niceTicks(0, until, Math.max(1, most - 1))
      : Array.from({ length: Math.floor(until / step) + 1 }, (_, i) => i * step);
  return ticks.filter((tick) => tick <= until * (1 + 1e-9));
}
