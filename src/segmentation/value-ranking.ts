import { assertArgument } from "../core/assert.js";
import type { RowProblem } from "../core/row-problems.js";
import { safeSum } from "../core/safe-integer.js";
import { SHARE_ROUNDING } from "../core/share-of-count.js";
import type { Table } from "../core/table.js";
import { rankDescending, valuesAt } from "./rank-descending.js";
import {
  throwProblems,
  type ValuedCustomer,
  type ValuedCustomerColumns,
  valuedCustomers,
} from "./valued-customers.js";

/**
 * What shares of a whole are of, where some values are negative:
 *
 * - `"positive"`: of the sum of the values above zero. The running sum rises to all of it and falls back after it.
 * - `"net"`: of the sum of all values. The running sum goes above 100 % before it comes back.
 * - `"refuse"`: negative values are an error.
 */
export type NegativeValues = "positive" | "net" | "refuse";

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
  input: Table<ValuedCustomerColumns> | readonly ValuedCustomer[],
  negatives: NegativeValues,
): RankedValues {
  const { customerIds, values } = valuedCustomers(input, "values");
  if (negatives === "refuse") {
    const problems: RowProblem[] = [];
    values.forEach((value, row) => {
      if (value < 0)
        problems.push({
          row,
          field: "value",
          reason: 'is negative, and options.negatives is "refuse"',
          value,
        });
    });
    throwProblems(problems, "values");
  }
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

/** From the greatest down the sum rises, then falls: it is within range throughout if it is at its peak and its end. */
function runningSum(values: readonly number[]): number[] {
  if (values.every(Number.isSafeInteger)) {
    safeSum(
      values.filter((value) => value > 0),
      "values",
      "the sum of the values above zero",
    );
    safeSum(values, "values", "the sum of values");
  }
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
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

// A sum of fractions is off by a rounding for each addend: 0.1 x 8 of 0.1 x 10 is 80 %.
const ROUNDINGS = 64;
