import { assertArgument } from "../core/assert.js";
import { type RowProblem, throwRowProblems } from "../core/row-problems.js";
import { safeSum } from "../core/safe-integer.js";
import { SHARE_ROUNDING } from "../core/share-of-count.js";
import type { WithColumns } from "../core/table.js";
import { rankDescending, valuesAt } from "./rank-descending.js";
import { addTo, exactSumOf, newExactSum } from "./rules/exact-sum.js";
import { type ValuedCustomer, type ValuedCustomerColumns, valuedCustomers } from "./valued-customers.js";

/**
 * What shares of a whole are of, where some values are negative:
 *
 * - `"positive"`: of the sum of the values above zero. The running sum rises to all of it and falls back after it.
 * - `"net"`: of the sum of all values. The running sum goes above 100 % before it comes back.
 * - `"refuse"`: negative values are an error.
 */
export type NegativeValues = "positive" | "net" | "refuse";

/** Where the one stands with whom a cut is crossed: `"above"` it, in the better group, or `"below"` it, in the next. */
export type CutCrossing = "above" | "below";

/** @internal */
export const NEGATIVE_VALUES = ["positive", "net", "refuse"] as const satisfies readonly NegativeValues[];

/** Values from the greatest, their running sum, and what shares are of. @internal */
export interface RankedValues {
  readonly customerIds: string[];
  readonly values: number[];
  readonly cumulative: number[];
  readonly total: number;
  readonly base: number;
}

/** @internal */
export function rankedValues(
  input: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  negatives: NegativeValues,
): RankedValues {
  const { customerIds, values } = valuedCustomers(input, "values");
  if (negatives === "refuse") refuseNegatives(values);
  const order = rankDescending(values, customerIds);
  const ranked = Array.from(valuesAt(values, order));
  const cumulative = runningSum(ranked);
  const total = cumulative.at(-1) ?? 0;
  assertArgument(
    cumulative.every(Number.isFinite),
    "values",
    () => "values sum beyond the range of numbers: pass smaller ones, in a larger unit",
  );
  let positive = 0;
  for (let i = 0; i < ranked.length && ranked[i] > 0; i++) positive = cumulative[i];
  return {
    customerIds: Array.from(order, (row) => customerIds[row]),
    values: ranked,
    cumulative,
    total,
    base: negatives === "net" ? total : positive,
  };
}

/** Throws with the rows that are below zero. @internal */
export function refuseNegatives(values: Float64Array): void {
  const problems: RowProblem[] = [];
  values.forEach((value, row) => {
    if (value < 0)
      problems.push({ row, field: "value", reason: 'is negative, and options.negatives is "refuse"', value });
  });
  throwRowProblems(problems, "values");
}

/** From the greatest down the sum rises, then falls: it is within range throughout if it is at its peak and its end. */
function runningSum(values: readonly number[]): number[] {
  if (values.every(Number.isSafeInteger)) {
    safeSum(
      values.filter((value) => value > 0),
      "values",
      "the sum of the values above zero",
    );
    safeSum(values, "values", "the sum of values");
    let sum = 0;
    return values.map((value) => {
      sum += value;
      return sum;
    });
  }
  // Each rounded once, as the sums of classes and tiers are.
  const sum = newExactSum();
  return values.map((value) => {
    addTo(sum, value);
    return exactSumOf(sum);
  });
}

/** What the base of shares is, in the words of a reason. @internal */
export function baseName(negatives: NegativeValues): string {
  return negatives === "net" ? "sum of all values" : "sum of the values above zero";
}

/** Whether a running sum has come to a share of the base; what misses it by rounding alone has. @internal */
export function reaches(sum: number, share: number, base: number): boolean {
  const mark = share * base;
  return sum >= mark - Math.abs(mark) * SHARE_ROUNDING * ROUNDINGS;
}

/** Whether a running sum is still within a share of the base. @internal */
export function isWithinShare(sum: number, share: number, base: number): boolean {
  const mark = share * base;
  return sum <= mark + Math.abs(mark) * SHARE_ROUNDING * ROUNDINGS;
}

// A share of a base is off by a few roundings: 0.1 x 8 of 0.1 x 10 is 80 %.
const ROUNDINGS = 64;
