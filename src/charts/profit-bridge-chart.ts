import type { ProfitBridge, ProfitBridgeEffects } from "../profitability/change/profit-bridge-result.js";
import { type AmountText, amountText } from "./amount-text.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText, windowIn } from "./number-text.js";
import { textLayer } from "./pixel-layers.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";
import { type WaterfallStep, waterfallLayers, waterfallPlaces } from "./waterfall-layers.js";

/** How a profit bridge is drawn. */
export interface ProfitBridgeChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: the
   * number of minor units.
   */
  readonly formatAmount?: (amount: number) => string;
}

const EDGE = 4;
const LOSS_EDGE = "#8c3e06";

/** Effects in the order in which they are told, by the words of the drawing and of the sentence. */
const EFFECTS: readonly { readonly effect: keyof ProfitBridgeEffects; readonly name: string }[] = [
  { effect: "lost", name: "lost customers" },
  { effect: "won", name: "won customers" },
  { effect: "volume", name: "volume" },
  { effect: "mix", name: "mix" },
  { effect: "price", name: "price" },
  { effect: "costOfGoods", name: "cost of goods" },
  { effect: "costToServe", name: "cost to serve" },
  { effect: "other", name: "other" },
];

/**
 * What turned the profit of one period into that of the next, step by step?
 *
 * A row for each effect between the two profits, each bar beginning where the one above it ended: dark to the right for what
 * raised profit, pale with a dark edge to the left for what lowered it. Mix is left out where products were not told apart, and
 * other effects where there are none.
 *
 * @param bridge - The result of {@link profitBridge}.
 * @param options - How amounts are written, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `bridge` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { profitBridge, profitBridgeChart } from "clientele";
 *
 * const before = [
 *   { customerId: "ani", quantity: 10, revenue: 1000, costOfGoods: 600 },
 *   { customerId: "budi", quantity: 5, revenue: 500, costOfGoods: 300 },
 * ];
 * const after = [{ customerId: "ani", quantity: 12, revenue: 1320, costOfGoods: 720 }];
 * profitBridgeChart(profitBridge(before, after)).title.subtitle[0];
 * // => "Profit stayed at 600: price added the most (+120), lost customers took away the most (-200)."
 * ```
 */
export function profitBridgeChart(
  bridge: ProfitBridge,
  options: ProfitBridgeChartOptions = {},
): VegaLiteSpec {
  assertResult(bridge, "bridge", "profitBridge()", ["before", "after", "effects", "customers"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const money = amountText(options, bridge.currency);
  const { counts, before, after, windows, timeZone } = bridge;
  const isEmpty = bridge.customers.length === 0;
  const answer = answerOf(bridge, text, money);
  const drawing = isEmpty
    ? {
        above: 0,
        margin: { left: EDGE, top: 8, right: EDGE, bottom: EDGE },
        height: EMPTY_HEIGHT,
        layer: [emptyNote("No customers", sizes)],
      }
    : waterfall(bridge, sizes, money);
  const when =
    windows === null || timeZone === null
      ? ""
      : ` Before: ${windowIn(timeZone, windows.before)}; after: ${windowIn(timeZone, windows.after)}.`;
  const how =
    bridge.method === "symmetric"
      ? " Effects are the mean of both directions."
      : " Volume and mix at margins of before, prices and unit costs at quantities of after.";
  return chartFrame({
    sizes,
    title: options.title ?? "Profit bridge: what changed profit",
    answer,
    note: `n = ${counted(text, before.customers, "customer")} before and ${text.count(after.customers)} after, ${text.count(counts.kept)} of them in both.${isEmpty ? "" : `${when}${how}${money.note}`}`,
    description: `Waterfall from the profit before to the profit after. ${answer}`,
    ...drawing,
  });
}

interface Step extends WaterfallStep {
  readonly isTotal: boolean;
}

function stepsOf(bridge: ProfitBridge, money: AmountText): Step[] {
  const total = { from: 0, fill: INK.muted, edge: INK.muted, isTotal: true };
  let level = bridge.before.profit;
  const moves = shownEffects(bridge).map(({ effect, name }): Step => {
    const from = level;
    const change = bridge.effects[effect];
    level += change;
    const look = change < 0 ? { fill: "#fbeadb", edge: LOSS_EDGE } : { fill: INK.strong, edge: INK.strong };
    return { name, from, to: level, amount: money.signed(change), ...look, isTotal: false };
  });
  const end = (name: "before" | "after"): Step => ({
    ...total,
    name: `profit ${name}`,
    to: bridge[name].profit,
    amount: money.amount(bridge[name].profit),
  });
  return [end("before"), ...moves, end("after")];
}

function shownEffects({ effects, byProduct }: ProfitBridge): typeof EFFECTS {
  return EFFECTS.filter(
    ({ effect }) => effects[effect] !== 0 || !(effect === "other" || (effect === "mix" && !byProduct)),
  );
}

function waterfall(bridge: ProfitBridge, sizes: ChartSizes, money: AmountText) {
  const steps = stepsOf(bridge, money);
  const names = steps.map(({ name }) => name);
  const left = EDGE + widest(names, sizes.label, true) + 12;
  const right =
    12 +
    widest(
      steps.map(({ amount }) => amount),
      sizes.label,
      true,
    ) +
    EDGE;
  const width = sizes.total - left - right;
  const places = waterfallPlaces(steps, width, sizes.isNarrow);
  const { size, middle } = places;
  const texts = (isTotal: boolean, x: number, field: "name" | "amount", align: string): JsonObject =>
    textLayer(
      size,
      steps.flatMap((step, i) =>
        step.isTotal === isTotal ? [{ x, y: middle(i), text: step[field], ink: INK.text }] : [],
      ),
      { align, ...(isTotal ? { fontWeight: 600 } : {}) },
    );
  return {
    above: 0,
    margin: { left, top: 12, right, bottom: 8 },
    height: size.height,
    layer: [
      ...waterfallLayers(steps, places),
      texts(true, EDGE - left, "name", "left"),
      texts(false, EDGE - left, "name", "left"),
      texts(true, width + right - EDGE, "amount", "right"),
      texts(false, width + right - EDGE, "amount", "right"),
    ],
  };
}

function answerOf(bridge: ProfitBridge, text: NumberText, money: AmountText): string {
  const { before, after, change, effects } = bridge;
  if (bridge.customers.length === 0) return "There are no customers in either period.";
  const share = before.profit > 0 && change !== 0 ? ` (${text.percent(change / before.profit)})` : "";
  const from = `from ${money.amount(before.profit)} to ${money.amount(after.profit)}${share}`;
  const went =
    change === 0
      ? `Profit stayed at ${money.amount(after.profit)}`
      : `Profit ${change > 0 ? "rose" : "fell"} ${from}`;
  const extreme = (sign: 1 | -1) => {
    const most = EFFECTS.reduce((best, found) =>
      sign * effects[found.effect] > sign * effects[best.effect] ? found : best,
    );
    return sign * effects[most.effect] > 0 ? most : null;
  };
  const parts = ([1, -1] as const).flatMap((sign) => {
    const most = extreme(sign);
    if (most === null) return [];
    const verb = sign === 1 ? "added" : "took away";
    return [`${most.name} ${verb} the most (${money.signed(effects[most.effect])})`];
  });
  // What went with the change comes first.
  if (change < 0) parts.reverse();
  return `${went}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`;
}
