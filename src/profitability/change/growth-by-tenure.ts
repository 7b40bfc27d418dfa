import { assertArgument, assertOneOf } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type TenureOptions, tenureSteps } from "./tenure-steps.js";

/** What a {@link growthByTenure} is asked. */
export interface GrowthByTenureOptions extends LogMetricOptions, TenureOptions {
  /** What grows: `"revenue"` (default, net of returns), `"profit"` (net revenue less the log's cost) or `"orders"`. */
  readonly measure?: "revenue" | "profit" | "orders";
}

/** The same customers in two steps of tenure that follow each other. */
export interface TenureGrowth {
  /** How many. */
  readonly customers: number;
  /** What they brought in the step before. */
  readonly before: number;
  /** What they brought in this one. */
  readonly after: number;
  /** `(after - before) / before`; `null` when they brought nothing, or less, before. */
  readonly growth: Rate;
}

/** One step of tenure: the first year with us, the second. */
export interface GrowthStep {
  /** The number of the step, from 1. */
  readonly step: number;
  /** Everyone for whom it is over at `asOf`, whether they still buy or not. */
  readonly customers: number;
  /** Those of them who bought in it. */
  readonly buyers: number;
  /** What they brought in it: minor units, or orders. */
  readonly amount: number;
  /** `amount / customers`, those who left counting as zero. */
  readonly mean: Rate;
  /** Against the step before, all customers of this one; `null` for the first step. */
  readonly growth: TenureGrowth | null;
  /** Against the step before, only those who bought in both: what is left when leaving is left out; `null` for the first. */
  readonly growthOfBuyers: TenureGrowth | null;
}

/** How much customers buy the longer they stay. */
export interface GrowthByTenure {
  /** From the first step to the last that is over for anybody. */
  readonly steps: readonly GrowthStep[];
  /** What was added up. */
  readonly measure: "revenue" | "profit" | "orders";
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the anniversaries. */
  readonly timeZone: string;
}

/**
 * Do customers buy more, the longer they stay?
 *
 * Reichheld & Sasser (1990) saw purchases rise with every year of tenure. The mean of those who are still there rises also when
 * nobody buys more, as the small ones leave first; so each step is compared with the one before on the same customers, all for
 * whom it is over, and those who left count as zero. `growthOfBuyers` shows beside it what the survivors alone would suggest.
 * Only steps that are over count, for each customer.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `by` (default `"year"`), `measure` (default `"revenue"`), `startedAt`.
 * @returns The steps in order; none where nobody has completed one.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is unusable, a stated start lies after the first purchase, or
 * profit is asked of a log without costs; `UNKNOWN_TIME_ZONE`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { growthByTenure, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2022-03-01", amount: 100 },
 *     { customerId: "ani", at: "2023-06-01", amount: 150 },
 *     { customerId: "budi", at: "2022-05-01", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { steps } = growthByTenure(log, { asOf: "2025-01-01" });
 * steps.map(({ step, customers, mean }) => [step, customers, mean.value]); // => [[1, 2, 100], [2, 2, 75]]
 * steps[1]?.growth?.growth.value; // => -0.25
 * steps[1]?.growthOfBuyers?.growth.value; // => 0.5
 * ```
 */
export function growthByTenure(log: TransactionLog, options: GrowthByTenureOptions): GrowthByTenure {
  const facts = knownFacts(log, options);
  const { measure = "revenue" } = options;
  assertOneOf(measure, "options.measure", ["revenue", "profit", "orders"]);
  const { cost, net, qualifies, end, asOf, timeZone } = facts;
  assertArgument(
    measure !== "profit" || cost !== null,
    "options.measure",
    () =>
      'options.measure is "profit", and log has no costs: give them to transactionLog(), or pass "revenue"',
  );
  const isPurchase = (row: number): boolean => (qualifies ? qualifies[row] === 1 : true);
  const amountOf = (row: number): number =>
    measure === "orders"
      ? isPurchase(row)
        ? 1
        : 0
      : net[row] - (measure === "profit" && cost ? cost[row] : 0);
  const { startOf, stepAt } = tenureSteps(facts, options);
  const tallies: Tally[] = [];
  const amounts: number[] = [];
  const orders: number[] = [];
  for (let customer = 0; customer < end.length; customer++) {
    const start = startOf(customer);
    const over = start === null ? 0 : stepAt(start, asOf);
    if (start === null || over < 1) continue;
    for (let step = 0; step < over; step++) {
      amounts[step] = 0;
      orders[step] = 0;
      if (step === tallies.length) tallies.push(newTally());
    }
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const step = stepAt(start, log.at[row]);
      if (step < 0 || step >= over) continue;
      amounts[step] += amountOf(row);
      if (isPurchase(row)) orders[step]++;
    }
    for (let step = 0; step < over; step++) {
      const tally = tallies[step];
      tally.customers++;
      tally.amount += amounts[step];
      if (orders[step] > 0) tally.buyers++;
      if (step === 0) continue;
      tally.before += amounts[step - 1];
      if (orders[step] === 0 || orders[step - 1] === 0) continue;
      tally.both++;
      tally.bothBefore += amounts[step - 1];
      tally.bothAfter += amounts[step];
    }
  }
  return { steps: tallies.map(stepOf), measure, currency: log.currency, asOf, timeZone };
}

interface Tally {
  customers: number;
  buyers: number;
  amount: number;
  before: number;
  both: number;
  bothBefore: number;
  bothAfter: number;
}

function newTally(): Tally {
  return { customers: 0, buyers: 0, amount: 0, before: 0, both: 0, bothBefore: 0, bothAfter: 0 };
}

function stepOf(tally: Tally, index: number): GrowthStep {
  const { customers, buyers, both } = tally;
  const exact = (sum: number): number => safeInteger(sum, "log", "the sum of a step of tenure");
  const amount = exact(tally.amount);
  return {
    step: index + 1,
    customers,
    buyers,
    amount,
    mean: ratio(amount, customers, "customers"),
    growth: index === 0 ? null : growthOf(customers, exact(tally.before), amount),
    growthOfBuyers: index === 0 ? null : growthOf(both, exact(tally.bothBefore), exact(tally.bothAfter)),
  };
}

function growthOf(customers: number, before: number, after: number): TenureGrowth {
  return { customers, before, after, growth: ratio(after - before, before, "brought in the step before") };
}
