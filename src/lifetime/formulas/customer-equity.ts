import { assertArgument, assertInRange, shown } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";

/** What a base of customers is worth. */
export interface CustomerEquity {
  /** Sum of the values, in their unit. */
  readonly value: number;
  /** How many customers (weights summed). */
  readonly customers: number;
  /** Mean value of a customer; `null` when there is none. */
  readonly mean: Rate;
  /** Customers worth more than nothing, and what they are worth together. */
  readonly gaining: { readonly customers: number; readonly value: number };
  /** Customers worth less than nothing, and what they lose together. */
  readonly losing: { readonly customers: number; readonly value: number };
}

/**
 * What is a base of customers worth?
 *
 * Customer equity is the sum of the lifetime values of the customers of now (Blattberg & Deighton 1996; Rust, Lemon &
 * Zeithaml 2004). Customers still to be won are {@link projectCustomerEquity}. Losses are shown apart, for a sum hides them.
 *
 * @param values - Lifetime value of each customer in one unit of money, however it was found; or a table with a column `value`,
 * as {@link predictLifetimeValue} gives; a column `weight` in it says how many customers each row stands for.
 * @returns The sum and the mean, and who gains and who loses.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a value is no finite number, or the sum leaves the range of numbers.
 * @example
 * ```ts
 * import { customerEquity } from "clientele";
 *
 * const { value, mean, losing } = customerEquity([120, 80, -20]);
 * value; // => 180
 * mean.value; // => 60
 * losing; // => { customers: 1, value: -20 }
 * ```
 */
export function customerEquity(
  values:
    | Numbers
    | { readonly columns: { readonly value: Numbers; readonly weight?: Numbers | null | undefined } },
): CustomerEquity {
  const given: unknown = values;
  const isTable = typeof given === "object" && given !== null && "columns" in given;
  const columns = isTable
    ? (values as { readonly columns: { readonly value: Numbers; readonly weight?: Numbers | null } }).columns
    : null;
  const list = columns === null ? values : columns?.value;
  assertNumbers(list, isTable ? "values.columns.value" : "values");
  const weight = weightsOf(columns?.weight ?? null, list.length);
  const gaining = { customers: 0, value: 0 };
  const losing = { customers: 0, value: 0 };
  let customers = 0;
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    const many = weight(i);
    customers += many;
    if (value === 0) continue;
    const side = value > 0 ? gaining : losing;
    side.customers += many;
    side.value += many * value;
  }
  const value = gaining.value + losing.value;
  assertArgument(
    Number.isFinite(value),
    "values",
    () => `values add up to ${shown(value)}: pass them in a larger unit`,
  );
  return { value, customers, mean: ratio(value, customers, "customers"), gaining, losing };
}

function weightsOf(weight: Numbers | null, length: number): (row: number) => number {
  if (weight === null) return () => 1;
  const path = "values.columns.weight";
  assertNumbers(weight, path);
  assertArgument(
    weight.length === length,
    path,
    () => `${path} has ${weight.length} values for ${length} rows: pass one for each`,
  );
  for (let row = 0; row < length; row++) assertInRange(weight[row], `${path}[${row}]`, 0, 1e12);
  return (row) => weight[row] as number;
}
