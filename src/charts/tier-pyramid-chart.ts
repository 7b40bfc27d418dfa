import type { TierPyramid } from "../loyalty/reading/tier-pyramid.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, dayIn, type NumberText, numberText } from "./number-text.js";
import { boxLayer, type PixelBox, type PixelText, textLayer } from "./pixel-layers.js";
import { DARKEST, inkOn, LIGHT, shadeBetween } from "./shade.js";
import { inTwoLines } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

const MARGIN = { left: 4, top: 32, right: 8, bottom: 8 };
const HEADER_GAP = 6;
const LABEL_GAP = 5;

/**
 * How many members stand at each level, and who holds the points?
 *
 * The levels from the highest down as centred bars whose length is the number of members, and beside them the share of the
 * points outstanding.
 *
 * @param pyramid - The result of {@link tierPyramid}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without members, a frame that says so.
 * @throws RangeError when `pyramid` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, simulateLoyalty, tierPyramid, tierPyramidChart } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 500_00 }],
 *     measure: { kind: "spend" },
 *     period: { kind: "calendar", unit: "year" },
 *     downgrade: "byBalance",
 *     levelOfOrder: "start",
 *   },
 * });
 * const bought = (id: string, amount: number) =>
 *   simulateLoyalty(program, emptyLoyaltyAccount(id), [
 *     { type: "enroll", key: "k1", at: "2025-01-01", memberId: id },
 *     { type: "earn", key: "k2", at: "2025-02-01", orderId: "O-1", lines: [{ lineId: "1", amount }] },
 *   ]).account;
 * const pyramid = tierPyramid(program, [bought("A", 600_00), bought("B", 200_00)], { asOf: "2025-03-01" });
 * tierPyramidChart(pyramid).title.subtitle[0]; // => "50% of the members are above basic and hold 75% of the points."
 * ```
 */
export function tierPyramidChart(pyramid: TierPyramid, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(pyramid, "pyramid", "tierPyramid()", ["levels"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const rowHeight = sizes.isNarrow ? 40 : 38;
  const isEmpty = pyramid.members === 0;
  const answer = answerOf(pyramid, text);
  const levels = pyramid.levels
    .map(
      ({ name, members, points, shareOfPoints }) =>
        `${nameOf(name)}: ${counted(text, members, "member")}, ${text.count(points)} points, ${text.percent(shareOfPoints.value)} of all.`,
    )
    .join(" ");
  return chartFrame({
    sizes,
    title: options.title ?? "Members by level",
    answer,
    note: `n = ${counted(text, pyramid.members, "member")}, ${text.count(pyramid.points)} ${pyramid.pointType} outstanding as of ${dayIn(pyramid.timeZone, pyramid.asOf)}.`,
    description: `Pyramid of ${counted(text, pyramid.levels.length, "level")} with the members and the share of points of each. ${answer} ${levels}`,
    above: isEmpty ? 0 : HEADER_GAP + sizes.label,
    margin: MARGIN,
    height: isEmpty ? EMPTY_HEIGHT : pyramid.levels.length * rowHeight,
    layer: isEmpty
      ? [emptyNote("Nobody is a member yet", sizes)]
      : layers(pyramid, sizes, drawingWidth(sizes, MARGIN), rowHeight, text),
  });
}

function layers(
  { levels }: TierPyramid,
  sizes: ChartSizes,
  width: number,
  rowHeight: number,
  text: NumberText,
): JsonObject[] {
  const size = { width, height: levels.length * rowHeight };
  const names = levels.map(({ name }) =>
    inTwoLines(nameOf(name), sizes.isNarrow ? 70 : 150, sizes.label, true),
  );
  const labels = levels.map(({ members, shareOfMembers }) =>
    members === 0
      ? text.count(0)
      : `${text.count(members)}${sizes.isNarrow ? "\n" : " · "}${text.percent(shareOfMembers.value)}`,
  );
  const shares = levels.map(({ shareOfPoints }) => text.percent(shareOfPoints.value));
  const header = sizes.isNarrow ? "points" : "share of points";
  const gap = sizes.isNarrow ? 10 : 18;
  const left =
    widest(
      names.flatMap((name) => name.split("\n")),
      sizes.label,
      true,
    ) + gap;
  const labelWidth = widest(
    labels.flatMap((label) => label.split("\n")),
    sizes.label,
  );
  const room = width - left - gap;
  // A label that does not fit into its bar stands beside it, still within the pyramid.
  const pyramidWidth = Math.max(3 * labelWidth + 24, room * 0.6);
  const columnLeft = left + pyramidWidth + gap;
  const columnRoom = Math.max(4, width - columnLeft - widest([...shares], sizes.label) - LABEL_GAP - 1);
  const center = left + pyramidWidth / 2;
  const most = Math.max(1, ...levels.map(({ members }) => members));
  const mostPoints = Math.max(...levels.map(({ shareOfPoints }) => shareOfPoints.value ?? 0)) || 1;
  const bars: PixelBox[] = [];
  const marks: { align: string; bold: boolean; at: PixelText }[] = [];
  levels.forEach(({ name, tier, members, points, shareOfPoints }, i) => {
    const place = levels.length <= 1 ? 0 : i / (levels.length - 1);
    // Who has no level is grey: no shade of the levels.
    const fill = tier === null ? "#cbd2d9" : shadeBetween(DARKEST, LIGHT, place);
    const inside = tier === null ? INK.text : inkOn(DARKEST, LIGHT, place);
    const [top, middle, bottom] = [(i + 0.12) * rowHeight, (i + 0.5) * rowHeight, (i + 0.88) * rowHeight];
    const half = members === 0 ? 0 : Math.max(1, ((members / most) * pyramidWidth) / 2);
    const label = labels[i] ?? "";
    const own = widest(label.split("\n"), sizes.label);
    const isInside = 2 * half >= own + 12;
    const common = { level: nameOf(name), members: text.count(members), points: text.count(points), fill };
    if (half > 0) bars.push({ ...common, left: center - half, right: center + half, top, bottom });
    const write = (align: string, bold: boolean, at: { x: number; text: string; ink: string }): void => {
      const lines = at.text.split("\n");
      for (const [line, part] of lines.entries()) {
        const y = middle + (line - (lines.length - 1) / 2) * (sizes.label + 2);
        marks.push({ align, bold, at: { x: at.x, y, text: part, ink: at.ink } });
      }
    };
    write("left", true, { x: 0, text: names[i] ?? "", ink: INK.text });
    const x = isInside ? center : center + half + 6 + own / 2;
    write("center", false, { x, text: label, ink: isInside ? inside : INK.text });
    const end = columnLeft + (Math.max(0, shareOfPoints.value ?? 0) / mostPoints) * columnRoom;
    if (end > columnLeft) bars.push({ ...common, left: columnLeft, right: end, top, bottom });
    write("left", false, { x: end + LABEL_GAP, text: shares[i] ?? "", ink: INK.text });
  });
  const above = -HEADER_GAP - sizes.label / 2;
  const heading = { y: above, ink: INK.muted };
  marks.push({ align: "center", bold: false, at: { ...heading, x: center, text: "members" } });
  marks.push({ align: "left", bold: false, at: { ...heading, x: columnLeft, text: header } });
  const texts = (align: string, bold: boolean): JsonObject[] => {
    const values = marks.filter((mark) => mark.align === align && mark.bold === bold).map(({ at }) => at);
    const mark = { align, fontSize: sizes.label, ...(bold ? { fontWeight: 600 } : {}) };
    return values.length === 0 ? [] : [textLayer(size, values, mark)];
  };
  return [
    boxLayer(size, bars, { cornerRadius: 1 }, ["level", "members", "points"]),
    ...texts("left", true),
    ...texts("left", false),
    ...texts("center", false),
  ];
}

function nameOf(name: string | null): string {
  return name ?? "No level";
}

function answerOf({ members, levels, points }: TierPyramid, text: NumberText): string {
  if (members === 0) return "Nobody is a member yet.";
  // A level that the plan no longer has stands neither above nor below the others.
  const ranked = levels.filter(({ threshold }) => threshold !== null);
  if (ranked.length === 0 && levels.every(({ tier }) => tier === null)) return "There are no levels.";
  const base = levels.some(({ tier }) => tier === null) ? null : ranked.at(-1);
  const above = base == null ? levels.filter(({ tier }) => tier !== null) : ranked.slice(0, -1);
  const risen = above.reduce((sum, level) => sum + level.members, 0);
  const held = above.reduce((sum, level) => sum + level.points, 0);
  const where = base == null ? "have a level" : `are above ${nameOf(base.name)}`;
  const share = text.percent(risen / members);
  if (points === 0) return `${share} of the members ${where}.`;
  return `${share} of the members ${where} and hold ${text.percent(held / points)} of the points.`;
}
