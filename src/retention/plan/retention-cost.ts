import { assertArgument, assertArray, assertInteger, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeSum } from "../../core/safe-integer.js";
import { amountProblem } from "../row-fields.js";

/** What was spent in a period to keep customers, or to get lost ones back. */
export interface RetentionCostRow {
  /** What for, in your words: `"loyaltyProgram"`, `"service"`, `"discounts"`. */
  readonly kind: string;
  /** Integer in minor units, zero or more; all rows in one currency. */
  readonly amount: number;
  /** Spent to keep customers (`"retention"`, default) or to get lost ones back (`"winBack"`). */
  readonly purpose?: "retention" | "winBack" | null | undefined;
}

/** What the costs of a period were spent on whom. */
export interface RetentionCostBase {
  /** Customers in the base at the start of the period. */
  readonly customers: number;
  /** Those of the base who were retained. */
  readonly retained: number;
  /** Lost customers who were won back in the period; left out where it was not counted. */
  readonly wonBack?: number | null | undefined;
  /** Revenue of the retained customers in the period: integer in minor units; left out where it is not known. */
  readonly retainedRevenue?: number | null | undefined;
  /** Profit of the retained customers in the period, before these costs: integer in minor units, may be negative; left out where it is not known. */
  readonly retainedProfit?: number | null | undefined;
}

/** Costs of one kind. */
export interface RetentionCostKind {
  /** What for. */
  readonly kind: string;
  /** Minor units, both purposes together. */
  readonly amount: number;
  /** Of all costs. */
  readonly share: Rate;
}

/** What it costs to keep customers. Amounts in minor units. */
export interface RetentionCost {
  /** All costs. */
  readonly total: number;
  /** Spent to keep customers. */
  readonly retention: number;
  /** Spent to get lost ones back. */
  readonly winBack: number;
  /** From the largest amount; equal ones by name. */
  readonly byKind: readonly RetentionCostKind[];
  /** Cost of retention for each customer who was retained: those who left all the same were paid for too. */
  readonly perRetained: Rate;
  /** Cost of retention for each customer of the base. */
  readonly perCustomer: Rate;
  /** Cost of win-back for each customer who was won back. */
  readonly perWinBack: Rate;
  /** Cost of retention of the revenue of the retained customers. */
  readonly shareOfRetainedRevenue: Rate;
  /** Cost-effectiveness: revenue of the retained customers for each unit of the cost of retention. */
  readonly retainedRevenuePerCost: Rate;
  /** Cost-effectiveness: profit of the retained customers for each unit of the cost of retention; below 1 it does not pay for it. */
  readonly retainedProfitPerCost: Rate;
}

/**
 * What does it cost us to keep a customer?
 *
 * An average: it does not say that the money kept them. Most would have stayed without it; what retention spending adds
 * shows in the difference to customers on whom it was not spent. The same holds of the cost-effectiveness, which compares
 * tactics and periods, not with and without.
 *
 * @param costs - What was spent in the period, one row or more for each kind.
 * @param base - Whom it was spent on: counts of the same period, for example of {@link retentionRate}.
 * @returns Sums by kind and purpose, and costs per customer in minor units; `null`, with a reason, where a count is 0 or was
 * not given.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a kind is no text, an amount is no whole number or is negative, or a
 * purpose is unknown; `INVALID_ARGUMENT` when a count is unusable or more are retained than there were; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { retentionCost } from "clientele";
 *
 * const cost = retentionCost(
 *   [
 *     { kind: "loyaltyProgram", amount: 600_000 },
 *     { kind: "service", amount: 300_000 },
 *     { kind: "calls", amount: 50_000, purpose: "winBack" },
 *   ],
 *   { customers: 100, retained: 90, wonBack: 5, retainedRevenue: 18_000_000 },
 * );
 * cost.perRetained; // => { value: 10000, numerator: 900000, denominator: 90, reason: null }
 * [cost.perCustomer.value, cost.perWinBack.value]; // => [9000, 10000]
 * cost.shareOfRetainedRevenue.value; // => 0.05
 * cost.retainedRevenuePerCost.value; // => 20
 * ```
 */
export function retentionCost(costs: readonly RetentionCostRow[], base: RetentionCostBase): RetentionCost {
  assertCosts(costs);
  assertBase(base);
  const { customers, retained, wonBack, retainedRevenue, retainedProfit } = base;
  const sumOf = (rows: readonly RetentionCostRow[], what: string) =>
    safeSum(
      rows.map(({ amount }) => amount),
      "costs",
      what,
    );
  const retention = sumOf(
    costs.filter(({ purpose }) => purpose !== "winBack"),
    "the cost of retention",
  );
  const winBack = sumOf(
    costs.filter(({ purpose }) => purpose === "winBack"),
    "the cost of win-back",
  );
  const total = sumOf(costs, "the sum of costs");
  const rowsOf = new Map<string, RetentionCostRow[]>();
  for (const row of costs) {
    const rows = rowsOf.get(row.kind);
    if (rows) rows.push(row);
    else rowsOf.set(row.kind, [row]);
  }
  const kinds = [...rowsOf].map(([kind, rows]) => {
    const amount = sumOf(rows, `the cost of ${kind}`);
    return { kind, amount, share: ratio(amount, total, "costs") };
  });
  return {
    total,
    retention,
    winBack,
    byKind: kinds.sort((a, b) => b.amount - a.amount || (a.kind < b.kind ? -1 : 1)),
    perRetained: ratio(retention, retained, "retained customers"),
    perCustomer: ratio(retention, customers, "customers in the base"),
    perWinBack: ratioIfGiven(winBack, wonBack, "customers won back"),
    shareOfRetainedRevenue: ratioIfGiven(retention, retainedRevenue, REVENUE),
    retainedRevenuePerCost: perCost(retainedRevenue, retention, REVENUE),
    retainedProfitPerCost: perCost(retainedProfit, retention, "profit of retained customers"),
  };
}

function ratioIfGiven(cost: number, denominator: number | null | undefined, what: string): Rate {
  return denominator === undefined || denominator === null
    ? { value: null, numerator: cost, denominator: 0, reason: `${what}: not given` }
    : ratio(cost, denominator, what);
}

const REVENUE = "revenue of retained customers";

function perCost(amount: number | null | undefined, cost: number, what: string): Rate {
  return amount === undefined || amount === null
    ? { value: null, numerator: 0, denominator: cost, reason: `${what}: not given` }
    : ratio(amount, cost, "cost of retention");
}

function assertCosts(costs: readonly RetentionCostRow[]): void {
  assertArray(costs, "costs");
  const problems: RowProblem[] = [];
  costs.forEach((cost, row) => {
    if (typeof cost !== "object" || cost === null) {
      problems.push({ row, field: "", reason: "is not { kind, amount }", value: cost });
      return;
    }
    const { kind, amount, purpose } = cost;
    if (typeof kind !== "string" || kind === "")
      problems.push({ row, field: "kind", reason: "is not text, or is empty", value: kind });
    const problem = amountProblem(amount, row, "amount");
    if (problem) problems.push(problem);
    if (purpose !== undefined && purpose !== null && purpose !== "retention" && purpose !== "winBack")
      problems.push({ row, field: "purpose", reason: 'is not "retention" or "winBack"', value: purpose });
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "costs");
}

function assertBase(base: RetentionCostBase): void {
  assertOptions(base, "{ customers, retained }", "base");
  const { customers, retained, wonBack, retainedRevenue, retainedProfit } = base;
  assertInteger(customers, "base.customers", 0);
  assertInteger(retained, "base.retained", 0);
  assertArgument(
    retained <= customers,
    "base.retained",
    () => `base.retained is ${retained} of ${customers} customers: pass at most the number of customers`,
  );
  if (wonBack !== undefined && wonBack !== null) assertInteger(wonBack, "base.wonBack", 0);
  if (retainedRevenue !== undefined && retainedRevenue !== null)
    assertInteger(retainedRevenue, "base.retainedRevenue");
  if (retainedProfit !== undefined && retainedProfit !== null)
    assertInteger(retainedProfit, "base.retainedProfit");
}
