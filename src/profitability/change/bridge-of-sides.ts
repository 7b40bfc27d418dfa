import { assertOneOf } from "../../core/assert.js";
import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { table } from "../../core/table.js";
import { marginExplainer, roundedTo } from "./bridge-effects.js";
import type { BridgeSide, BridgeSides } from "./bridge-sides.js";
import type { ProfitBridgeOptions } from "./profit-bridge-input.js";
import type { ProfitBridge, ProfitBridgeCustomerColumns, ProfitBridgeEnd } from "./profit-bridge-result.js";

const STATUS = ["neither", "lost", "won", "kept"] as const;

/** The bridge between two periods. @internal */
export function bridgeOf(
  sides: BridgeSides,
  { method = "sequential" }: ProfitBridgeOptions,
  origin: Pick<ProfitBridge, "currency" | "windows" | "timeZone">,
): ProfitBridge {
  assertOneOf(method, "options.method", ["sequential", "symmetric"]);
  const { before, after } = sides;
  const marginOf = marginExplainer(sides, method === "symmetric");
  let present = 0;
  for (let customer = 0; customer < sides.customerIds.length; customer++) {
    if (isPresent(sides, customer)) present++;
  }
  const numbers = (): number[] => new Array(present);
  const columns = {
    customerId: new Array<string>(present),
    status: new Array<(typeof STATUS)[number]>(present),
    before: numbers(),
    after: numbers(),
    change: numbers(),
    volume: numbers(),
    mix: numbers(),
    price: numbers(),
    costOfGoods: numbers(),
    costToServe: numbers(),
    other: numbers(),
  };
  let row = 0;
  const counts = { kept: 0, lost: 0, won: 0, neither: 0 };
  const sums = { kept: 0, lost: 0, won: 0, neither: 0 };
  const whole = (value: number) => safeInteger(value, "before", "a profit");
  for (let customer = 0; customer < sides.customerIds.length; customer++) {
    if (!isPresent(sides, customer)) continue;
    const had = profitOf(before, customer);
    const has = profitOf(after, customer);
    const status = STATUS[before.bought[customer] + 2 * after.bought[customer]];
    const change = whole(has - had);
    counts[status]++;
    sums[status] = whole(sums[status] + change);
    const isExplained = status === "kept" || status === "neither";
    const effects = isExplained ? marginOf(customer) : NO_EFFECTS;
    columns.customerId[row] = sides.customerIds[customer];
    columns.status[row] = status;
    columns.before[row] = whole(had);
    columns.after[row] = whole(has);
    columns.change[row] = change;
    columns.volume[row] = effects.volume + 0;
    columns.mix[row] = effects.mix + 0;
    columns.price[row] = effects.price + 0;
    columns.costOfGoods[row] = effects.costOfGoods + 0;
    columns.costToServe[row] = isExplained
      ? before.costToServe[customer] - after.costToServe[customer] + 0
      : 0;
    columns.other[row] = effects.other + 0;
    row++;
  }
  const costToServe = wholeSum(columns.costToServe);
  const other = wholeSum(columns.other);
  const [volume, mix, price, costOfGoods] = roundedTo(
    whole(sums.kept + sums.neither - costToServe - other),
    [columns.volume, columns.mix, columns.price, columns.costOfGoods].map(preciseSum),
  );
  const effects = { lost: sums.lost, won: sums.won, volume, mix, price, costOfGoods, costToServe, other };
  const ends = {
    before: endOf(before, counts.kept + counts.lost),
    after: endOf(after, counts.kept + counts.won),
  };
  const change = whole(ends.after.profit - ends.before.profit);
  const takeCostOut = whole(costOfGoods + costToServe);
  return {
    ...ends,
    change,
    effects,
    routes: { raiseRevenue: whole(change - takeCostOut), takeCostOut },
    counts: { kept: counts.kept, lost: counts.lost, won: counts.won },
    customers: table<ProfitBridgeCustomerColumns>(columns),
    method,
    byProduct: sides.byProduct,
    ...origin,
  };
}

const NO_EFFECTS = { volume: 0, mix: 0, price: 0, costOfGoods: 0, other: 0 } as const;

function profitOf(side: BridgeSide, customer: number): number {
  let profit = 0 - side.costToServe[customer];
  for (let cell = side.offsets[customer]; cell < side.offsets[customer + 1]; cell++)
    profit += side.revenue[cell] - side.costOfGoods[cell];
  return profit;
}

/** Whether there is anything of a customer in either period. */
function isPresent({ before, after }: BridgeSides, customer: number): boolean {
  return !isEmpty(before, customer) || !isEmpty(after, customer);
}

function isEmpty({ offsets, costToServe }: BridgeSide, customer: number): boolean {
  return offsets[customer] === offsets[customer + 1] && costToServe[customer] === 0;
}

function endOf(side: BridgeSide, customers: number): ProfitBridgeEnd {
  const [revenue, costOfGoods, costToServe] = [side.revenue, side.costOfGoods, side.costToServe].map(
    wholeSum,
  );
  const profit = safeInteger(revenue - costOfGoods - costToServe, "before", "the profit of a period");
  return { customers, revenue, costOfGoods, costToServe, profit };
}

/** The sum of whole numbers; what leaves the exact range on its way is summed again with care. */
function wholeSum(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  let isExact = true;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    if (sum > Number.MAX_SAFE_INTEGER || sum < -Number.MAX_SAFE_INTEGER) isExact = false;
  }
  return isExact ? sum + 0 : safeSum(values, "before", "the sum of a period");
}

/** A sum that keeps what the rounding of each addition loses (Neumaier 1974). */
function preciseSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
