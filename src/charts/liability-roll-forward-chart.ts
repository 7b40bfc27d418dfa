import type { LiabilityRollForward } from "../loyalty/liability/liability-roll-forward.js";
import type { PointRollForward } from "../loyalty/liability/point-roll-forward.js";
import { amountText } from "./amount-text.js";
import { chartFrame, chartSizes, INK } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, dayIn, numberText } from "./number-text.js";
import { type RollForwardFlow, rollForwardDrawing } from "./roll-forward-drawing.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a roll-forward is drawn. */
export interface LiabilityRollForwardChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: the
   * number of minor units. Points are written as numbers.
   */
  readonly formatAmount?: (amount: number) => string;
}

const LOSS_EDGE = "#8c3e06";

type Look = Pick<RollForwardFlow, "name" | "fill" | "edge"> & {
  /** Column of the table. */
  readonly of: string;
  /** -1 where the column says how much went. */
  readonly sign: 1 | -1;
};

const ISSUED: Look = { of: "issued", name: "issued", fill: INK.strong, edge: INK.strong, sign: 1 };
const GONE: readonly Look[] = [
  { of: "redeemed", name: "redeemed", fill: "#dd9a63", edge: LOSS_EDGE, sign: -1 },
  { of: "expired", name: "lapsed", fill: "#fbeadb", edge: LOSS_EDGE, sign: -1 },
  { of: "clawedBack", name: "returned", fill: LOSS_EDGE, edge: LOSS_EDGE, sign: -1 },
];
const POINT_LOOKS: readonly Look[] = [
  ISSUED,
  { of: "reversed", name: "given back", fill: "#a9cbe0", edge: INK.middle, sign: 1 },
  { of: "adjusted", name: "adjusted", fill: INK.band, edge: INK.muted, sign: 1 },
  { of: "transferred", name: "transferred", fill: "#ffffff", edge: INK.muted, sign: 1 },
  ...GONE,
];
const MONEY_LOOKS: readonly Look[] = [
  ISSUED,
  { of: "reestimate", name: "new estimate", fill: INK.band, edge: INK.muted, sign: 1 },
  ...GONE,
];

/**
 * How did what we owe for points come to be what it is?
 *
 * Above, the balance at the end of each period; below, what moved it: what came stands above the line, what went below it.
 * Of a {@link PointRollForward} points are drawn, of a {@link LiabilityRollForward} the deferred revenue.
 *
 * @param rollForward - The result of {@link pointRollForward} or {@link liabilityRollForward}.
 * @param options - How amounts are written, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without a movement, a frame that says so.
 * @throws RangeError when `rollForward` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { liabilityRollForwardChart, pointRollForward } from "clientele";
 *
 * const issuedAt = Date.UTC(2025, 0, 10);
 * const points = pointRollForward(
 *   [
 *     { at: issuedAt, issuedAt, kind: "issued", points: 1000 },
 *     { at: Date.UTC(2025, 1, 3), issuedAt, kind: "redeemed", points: -300 },
 *     { at: Date.UTC(2025, 1, 20), issuedAt, kind: "expired", points: -200 },
 *   ],
 *   { by: "month", asOf: "2025-03-01" },
 * );
 * liabilityRollForwardChart(points, { width: 1000 }).title.subtitle[0];
 * // => "Points outstanding went from 0 to 500: issued +1,000, redeemed -300, lapsed -200."
 * ```
 */
export function liabilityRollForwardChart(
  rollForward: PointRollForward | LiabilityRollForward,
  options: LiabilityRollForwardChartOptions = {},
): VegaLiteSpec {
  assertResult(rollForward, "rollForward", "pointRollForward() or liabilityRollForward()", ["periods"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const isMoney = "breakage" in rollForward;
  const money = amountText(options, null);
  const write = isMoney ? money.amount : text.count;
  const signed = (value: number): string => `${value > 0 ? "+" : ""}${write(value)}`;
  const { period: labels, opening, closing } = rollForward.periods.columns;
  const columns: Readonly<Record<string, readonly (number | string)[]>> = rollForward.periods.columns;
  const flows = (isMoney ? MONEY_LOOKS : POINT_LOOKS).map(
    ({ of, name, fill, edge, sign }): RollForwardFlow => ({
      name,
      fill,
      edge,
      changes: columns[of].map((value) => sign * Number(value) + 0),
    }),
  );
  const what = isMoney ? "Deferred revenue" : "Points outstanding";
  const told = flows
    .map(({ name, changes }) => ({ name, sum: changes.reduce((sum, change) => sum + change, 0) }))
    .filter(({ sum }) => sum !== 0)
    .map(({ name, sum }) => `${name} ${signed(sum)}`);
  const answer =
    labels.length === 0
      ? "There are no points yet."
      : `${what} went from ${write(opening[0])} to ${write(closing[closing.length - 1])}${told.length === 0 ? "" : `: ${told.join(", ")}`}.`;
  const negative = isMoney && rollForward.negativeRevenue.length > 0;
  const warning = negative
    ? ` Revenue below 0, taken back by a new estimate: ${shortList(rollForward.negativeRevenue)}.`
    : "";
  const low = isMoney ? [...new Set(rollForward.exceededEstimates.map(({ cohort }) => cohort))] : [];
  const passed = low.length > 0 ? ` Estimates that redemptions have passed: ${shortList(low)}.` : "";
  const type = rollForward.pointType === null ? "" : ` Points of type ${rollForward.pointType}.`;
  return chartFrame({
    sizes,
    title: options.title ?? (isMoney ? "Deferred revenue of points" : "Points outstanding"),
    answer,
    note: `n = ${counted(text, labels.length, "period")}.${type}${isMoney ? money.note : ""}${warning}${passed} As of ${dayIn(rollForward.timeZone, rollForward.asOf)}.`,
    description: `Line of the balance and bars of its movements, ${counted(text, labels.length, "period")}. ${answer}`,
    ...rollForwardDrawing(
      { labels, flows, closings: closing, balance: `${what.toLowerCase()} at the end`, write, signed },
      sizes,
    ),
  });
}

const NAMED = 6;

function shortList(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
