import { assertInteger } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { type BaseLine, type BaseLines, eachLine } from "./base-lines.js";
import { type UnroundedLines, unitsLeft } from "./unrounded-lines.js";

/** The lines of a profit and loss statement, from sales to profit. Money in whole minor units. */
export interface ProfitAndLossAmounts {
  /** Qualifying purchases. */
  readonly orders: number;
  /** Units sold less units that came back; `null` when the log has no quantities. */
  readonly units: number | null;
  /** What was charged, before returns. */
  readonly sales: number;
  /** What was given back, zero or positive. */
  readonly returns: number;
  /** `sales - returns`. */
  readonly netRevenue: number;
  /** What the goods cost that were sold and not returned. */
  readonly costOfGoods: number;
  /** `netRevenue - costOfGoods`. */
  readonly grossMargin: number;
  /** Orders, deliveries, visits, support: see {@link activityBasedCosts}. */
  readonly costToServe: number;
  /** What it cost to be paid. */
  readonly paymentCost: number;
  /** After cost to serve: `grossMargin - costToServe - paymentCost`. */
  readonly contribution: number;
  /** Spent on winning the customers. */
  readonly acquisitionCost: number;
  /** Spent on keeping them. */
  readonly retentionCost: number;
  /** Spent on other marketing. */
  readonly marketingCost: number;
  /** Net: `contribution - acquisitionCost - retentionCost - marketingCost`. */
  readonly profit: number;
  /** What the best other use of the capacity would have earned; in no line above; `null` unless asked for. */
  readonly opportunityCost: number | null;
  /** `profit - opportunityCost`; `null` unless opportunity cost is asked for. */
  readonly economicProfit: number | null;
  /** Revenue expected in future, as passed in, not rounded; in no line above; `null` when none was passed. */
  readonly expectedRevenue: number | null;
  /** Expected margin of products not bought yet, as passed in, not rounded; in no line above; `null` when none was passed. */
  readonly potentialMargin: number | null;
}

/** A statement of several customers together. */
export interface ProfitAndLossTotal extends ProfitAndLossAmounts {
  /** Costs that no customer bears, as passed in: unused capacity, say; in no line above. */
  readonly unassignedCost: number;
  /** `profit - unassignedCost`. */
  readonly profitAfterUnassigned: number;
  /** `grossMargin / netRevenue`; `null` where net revenue is zero or less. */
  readonly grossMarginRate: Rate;
  /** `contribution / netRevenue`; `null` where net revenue is zero or less. */
  readonly contributionRate: Rate;
  /** `profit / netRevenue`; `null` where net revenue is zero or less. */
  readonly profitRate: Rate;
}

/** The lines of many statements, column by column, as in {@link ProfitAndLossAmounts}, and their margins. */
export type ProfitAndLossColumns = {
  readonly [Line in keyof ProfitAndLossAmounts]: readonly ProfitAndLossAmounts[Line][];
} & {
  /** `grossMargin / netRevenue`; `null` where net revenue is zero or less. */
  readonly grossMarginRate: readonly (number | null)[];
  /** `contribution / netRevenue`; `null` where net revenue is zero or less. */
  readonly contributionRate: readonly (number | null)[];
  /** `profit / netRevenue`; `null` where net revenue is zero or less. */
  readonly profitRate: readonly (number | null)[];
};

/** Lines that need not be whole numbers. */
const IS_MEASURED: ReadonlySet<BaseLine> = new Set(["units", "expectedRevenue", "potentialMargin"]);

/** All lines and margins. One pass and no closures: each of the twenty columns may have a million rows. @internal */
export function statementColumns(lines: BaseLines, length: number): ProfitAndLossColumns {
  const given = (name: BaseLine): number[] => exactLine(name, lines[name], length);
  const known = (name: BaseLine): (number | null)[] =>
    lines[name] === null ? new Array<null>(length).fill(null) : given(name);
  const empty = () => new Array<number>(length);
  const [sales, returns, costOfGoods] = [given("sales"), given("returns"), given("costOfGoods")];
  const [costToServe, paymentCost] = [given("costToServe"), given("paymentCost")];
  const [acquisitionCost, retentionCost] = [given("acquisitionCost"), given("retentionCost")];
  const marketingCost = given("marketingCost");
  const [netRevenue, grossMargin, contribution, profit] = [empty(), empty(), empty(), empty()];
  for (let i = 0; i < length; i++) {
    const net = exact(sales[i] - returns[i], "netRevenue");
    const gross = exact(net - costOfGoods[i], "grossMargin");
    const left = exact(gross - costToServe[i] - paymentCost[i], "contribution");
    netRevenue[i] = net;
    grossMargin[i] = gross;
    contribution[i] = left;
    profit[i] = exact(left - acquisitionCost[i] - retentionCost[i] - marketingCost[i], "profit");
  }
  const opportunityCost = known("opportunityCost");
  return {
    orders: given("orders"),
    units: known("units"),
    sales,
    returns,
    netRevenue,
    costOfGoods,
    grossMargin,
    costToServe,
    paymentCost,
    contribution,
    acquisitionCost,
    retentionCost,
    marketingCost,
    profit,
    opportunityCost,
    economicProfit: opportunityCost.map((cost, i) =>
      cost === null ? null : exact(profit[i] - cost, "profit"),
    ),
    expectedRevenue: known("expectedRevenue"),
    potentialMargin: known("potentialMargin"),
    grossMarginRate: margins(grossMargin, netRevenue),
    contributionRate: margins(contribution, netRevenue),
    profitRate: margins(profit, netRevenue),
  };
}

function margins(line: readonly number[], netRevenue: readonly number[]): (number | null)[] {
  const rates = new Array<number | null>(line.length);
  for (let i = 0; i < rates.length; i++) rates[i] = netRevenue[i] > 0 ? line[i] / netRevenue[i] : null;
  return rates;
}

/** The statement of all together, and below it what nobody bears. @internal */
export function statementTotal(lines: UnroundedLines, unassignedCost = 0): ProfitAndLossTotal {
  assertInteger(unassignedCost, "options.unassignedCost", 0);
  const sums: BaseLines = eachLine(lines, (line, name) =>
    Float64Array.of(
      IS_MEASURED.has(name) ? plainTotal(line.whole) : exactTotal(line.whole, name) + unitsLeft(line),
    ),
  );
  const columns = statementColumns(sums, 1);
  const amounts = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values[0]]),
  ) as unknown as ProfitAndLossAmounts;
  const { netRevenue, grossMargin, contribution, profit } = amounts;
  return {
    ...amounts,
    unassignedCost: unassignedCost + 0,
    profitAfterUnassigned: exact(profit - unassignedCost, "profitAfterUnassigned"),
    grossMarginRate: ratio(grossMargin, netRevenue, NET_REVENUE),
    contributionRate: ratio(contribution, netRevenue, NET_REVENUE),
    profitRate: ratio(profit, netRevenue, NET_REVENUE),
  };
}

const NET_REVENUE = "net revenue";

function plainTotal(line: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < line.length; i++) sum += line[i];
  return sum;
}

function exactTotal(line: Float64Array, name: string): number {
  let size = 0;
  for (let i = 0; i < line.length; i++) size += Math.abs(line[i]);
  // Where no partial sum can leave the exact integers, plain addition is exact.
  return size <= Number.MAX_SAFE_INTEGER ? plainTotal(line) : safeSum(line, "log", `the total of ${name}`);
}

function exactLine(name: BaseLine, line: Float64Array | null, length: number): number[] {
  const values = new Array<number>(length).fill(0);
  if (line === null) return values;
  if (IS_MEASURED.has(name)) for (let i = 0; i < length; i++) values[i] = line[i];
  else for (let i = 0; i < length; i++) values[i] = exact(line[i], name);
  return values;
}

function exact(value: number, name: string): number {
  return Number.isSafeInteger(value) ? value + 0 : safeInteger(value, "log", `a value of ${name}`);
}
