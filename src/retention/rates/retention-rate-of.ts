import { assertArgument, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { type RetentionShares, retentionShares } from "./retention-shares.js";
import { enter, keep, newTally } from "./tally-retention.js";

/** One customer of the base, with what the previous period brought. */
export interface RetentionRow {
  /** Who, each customer once; the rates do not need it. */
  readonly customerId?: string;
  /** Net sales in the previous period: integer in minor units. */
  readonly sales: number;
  /** Profit in the previous period: integer in minor units; on every row or on none. */
  readonly profit?: number | null | undefined;
  /** Whether the customer did business in the current period too. */
  readonly retained: boolean;
}

/**
 * How many of these customers stayed, and how much of sales and profit do they stand for?
 *
 * The plain form of {@link retentionRate}, for numbers that come from elsewhere (Buttle 2009, chapter 9).
 *
 * @param customers - The base: one row for each customer of the previous period, and no one else.
 * @param options - `confidenceLevel` of the raw rate's interval, default 0.95.
 * @returns The rates with what they were computed from; a rate is `null`, with a reason, where its base is empty or
 * brought no sales or profit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `customers` is no array; `INVALID_ROWS` when a value is no safe
 * integer or no boolean, a customer comes twice, or some rows have a profit and some do not; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { retentionRateOf } from "clientele";
 *
 * // Ten of a hundred customers left, with a quarter of the sales and half of the profit.
 * const stayed = Array.from({ length: 90 }, () => ({ sales: 75, profit: 5, retained: true }));
 * const left = Array.from({ length: 10 }, () => ({ sales: 225, profit: 45, retained: false }));
 * const { raw, salesAdjusted, profitAdjusted, defection } = retentionRateOf([...stayed, ...left]);
 * [raw.value, salesAdjusted.value, profitAdjusted.value]; // => [0.9, 0.75, 0.5]
 * defection.raw; // => { value: 0.1, numerator: 10, denominator: 100, reason: null }
 * ```
 */
export function retentionRateOf(
  customers: readonly RetentionRow[],
  options: ConfidenceOptions = {},
): RetentionShares {
  assertArgument(
    Array.isArray(customers),
    "customers",
    () => `customers is ${shown(customers)}: pass an array of { sales, profit, retained }`,
  );
  const hasProfit = customers.some((row) => typeof row?.profit === "number");
  const tally = newTally();
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  customers.forEach((customer, row) => {
    const before = problems.length;
    problems.push(...problemsOf(customer, row, hasProfit));
    const value = customer?.customerId;
    if (value !== undefined && seen.size === seen.add(value).size)
      problems.push({ row, field: "customerId", reason: "comes a second time", value });
    if (problems.length > before) return;
    const { sales, retained } = customer;
    const profit = customer.profit ?? 0;
    enter(tally, sales, profit);
    if (retained) keep(tally, sales, profit);
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "customers");
  const withheld = { all: null, profit: hasProfit || customers.length === 0 ? null : "no profit is given" };
  return retentionShares(tally, options, withheld, "customers");
}

function problemsOf(customer: RetentionRow, row: number, hasProfit: boolean): RowProblem[] {
  if (typeof customer !== "object" || customer === null)
    return [{ row, field: "", reason: "is not { sales, profit, retained }", value: customer }];
  const { sales, profit, retained } = customer;
  const problems: RowProblem[] = [];
  const check = (holds: boolean, field: string, reason: string, value: unknown): void => {
    if (!holds) problems.push({ row, field, reason, value });
  };
  check(Number.isSafeInteger(sales), "sales", WHOLE, sales);
  if (hasProfit) check(Number.isSafeInteger(profit), "profit", `${WHOLE}, as other rows have it`, profit);
  else check(profit === undefined || profit === null, "profit", WHOLE, profit);
  check(typeof retained === "boolean", "retained", "is not true or false", retained);
  return problems;
}

const WHOLE = "is not a whole number of minor units";
