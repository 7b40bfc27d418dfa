import { assertOneOf } from "../../core/assert.js";
import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { table } from "../../core/table.js";
import { marginExplainer, roundedTo } from "./bridge-effects.js";
import type { BridgeSide, BridgeSides } from "./bridge-sides.js";
import type { ProfitBridgeOptions } from "./profit-bridge-input.js";
import type { ProfitBridge, ProfitBridgeCustomerColumns, ProfitBridgeEnd } from "./profit-bridge-result.js";

const STATUS = ["neither", "lost", "won", "kept"] as const;
const [NEITHER, LOST, WON, KEPT] = [0, 1, 2, 3];

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
  // Filled, so that what has no effect need not be written: of most customers there is none.
  const zeros = () => new Array<number>(present).fill(0);
  const columns = {
    customerId: new Array<string>(present).fill(""),
    status: new Array<(typeof STATUS)[number]>(present).fill("kept"),
    before: zeros(),
    after: zeros(),
    change: zeros(),
    volume: zeros(),
    mix: zeros(),
    price: zeros(),
    costOfGoods: zeros(),
    costToServe: zeros(),
    other: zeros(),
  };
  let row = 0;
  const counts = [0, 0, 0, 0];
  const sums = [0, 0, 0, 0];
  const whole = (value: number) => safeInteger(value, "before", "a profit");
  for (let customer = 0; customer < sides.customerIds.length; customer++) {
    if (!isPresent(sides, customer)) continue;
    const had = whole(profitOf(before, customer));
    const has = whole(profitOf(after, customer));
    const status = before.bought[customer] + 2 * after.bought[customer];
    const change = whole(has - had);
    counts[status]++;
    sums[status] = whole(sums[status] + change);
    columns.customerId[row] = sides.customerIds[customer];
    columns.status[row] = STATUS[status];
    columns.before[row] = had;
    columns.after[row] = has;
    columns.change[row] = change;
    if (status === NEITHER || status === KEPT) {
      const effects = marginOf(customer);
      columns.volume[row] = effects.volume + 0;
      columns.mix[row] = effects.mix + 0;
      columns.price[row] = effects.price + 0;
      columns.costOfGoods[row] = effects.costOfGoods + 0;
      columns.costToServe[row] = before.costToServe[customer] - after.costToServe[customer] + 0;
      columns.other[row] = effects.other + 0;
    }
    row++;
  }
  const costToServe = wholeSum(columns.costToServe);
  const other = wholeSum(columns.other);
  const [volume, mix, price, costOfGoods] = roundedTo(
    whole(sums[KEPT] + sums[NEITHER] - costToServe - other),
    [columns.volume, columns.mix, columns.price, columns.costOfGoods].map(preciseSum),
  );
  const [kept, lost, won] = [counts[KEPT], counts[LOST], counts[WON]];
  const effects = { lost: sums[LOST], won: sums[WON], volume, mix, price, costOfGoods, costToServe, other };
  const ends = {
    before: endOf(before, kept + lost),
    after: endOf(after, kept + won),
  };
  const change = whole(ends.after.profit - ends.before.profit);
  const takeCostOut = whole(costOfGoods + costToServe);
  return {
    ...ends,
    change,
    effects,
    routes: { raiseRevenue: whole(change - takeCostOut), takeCostOut },
    counts: { kept, lost, won },
    customers: table<ProfitBridgeCustomerColumns>(columns),
    method,
    byProduct: sides.byProduct,
    ...origin,
  };
}

function profitOf(
  { offsets, cells, revenue, costOfGoods, costToServe }: BridgeSide,
  customer: number,
): number {
  let profit = 0 - costToServe[customer];
  for (let place = offsets[customer]; place < offsets[customer + 1]; place++)
    profit += revenue[cells[place]] - costOfGoods[cells[place]];
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
  const revenue = sumOfCells(side.cells, side.revenue);
  const costOfGoods = sumOfCells(side.cells, side.costOfGoods);
  const costToServe = wholeSum(side.costToServe);
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
  return isExact ? sum + 0 : safeSum(values, "before", SUM);
}

/** The same of the cells of a column. */
function sumOfCells(cells: Uint32Array, values: Float64Array): number {
  let sum = 0;
  let isExact = true;
  for (let place = 0; place < cells.length; place++) {
    sum += values[cells[place]];
    if (sum > Number.MAX_SAFE_INTEGER || sum < -Number.MAX_SAFE_INTEGER) isExact = false;
  }
  return isExact
    ? sum + 0
    : safeSum(
        Float64Array.from(cells, (cell) => values[cell]),
        "before",
        SUM,
      );
}

const SUM = "the sum of a period";

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
