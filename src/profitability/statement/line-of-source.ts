import { safeInteger } from "../../core/safe-integer.js";
import type { BaseLine } from "./base-lines.js";
import type { OwnPlace } from "./cost-places.js";
import type { ReadCosts } from "./cost-sources.js";
import { addShares, FRACTIONS } from "./exact-shares.js";
import { type DriverColumns, poolWeights } from "./pool-weights.js";
import type { UnroundedLine } from "./unrounded-lines.js";

/** Money of customers who may not be in the log. @internal */
export interface NamedAmounts extends ReadCosts {
  readonly option: string;
  readonly line: BaseLine;
  /** Forecasts are not rounded. */
  readonly isForecast: boolean;
}

/** Costs of one line that have a key of their own, by row; they are not in the line. @internal */
export interface PlacedCosts {
  readonly line: BaseLine;
  /** By place in the statement; `null` where the rows are pools. */
  readonly customer: number[] | null;
  readonly key: number[];
  readonly amount: number[];
  /** In units of 1 / {@link FRACTIONS}. */
  readonly fraction: number[];
}

/** Who is on the statement, and by what they share pools. @internal */
export interface Bearers {
  readonly customerIds: readonly string[];
  readonly bears: readonly boolean[];
  readonly columns: DriverColumns;
}

/**
 * The line that a source makes, customer by customer, and apart from it what has a key of its own.
 *
 * @param customers - The place in the statement of the customer of each row.
 * @internal
 */
export function lineOfSource(
  { option, line, isForecast, amount, owed, own, pools }: NamedAmounts,
  customers: Uint32Array,
  keyOf: (own: OwnPlace) => number | null,
  { customerIds, bears, columns }: Bearers,
): { readonly line: UnroundedLine; readonly placed: readonly PlacedCosts[] } {
  const whole = new Float64Array(customerIds.length);
  const fraction = owed === null && pools.length === 0 ? null : new Float64Array(customerIds.length);
  const ofCustomers: PlacedCosts = { line, customer: [], key: [], amount: [], fraction: [] };
  const ofPools: PlacedCosts = { line, customer: null, key: [], amount: [], fraction: [] };
  // A partial sum beyond the exact integers would make the end of it a little wrong.
  const refuse = (sum: number) => safeInteger(sum, `options.${option}`, `a sum of ${line}`);
  let left = 0;
  let owedInAll = 0;
  for (let row = 0; row < amount.length; row++) {
    const customer = customers[row];
    const part = owed === null ? 0 : Math.round(owed[row] * FRACTIONS);
    owedInAll += part;
    const key = own === null ? null : keyOf(own[row]);
    if (key !== null) place(ofCustomers, customer, key, amount[row], part);
    else {
      whole[customer] += amount[row];
      if (!isForecast && !Number.isSafeInteger(whole[customer])) refuse(whole[customer]);
      if (fraction !== null) fraction[customer] += part;
    }
  }
  for (const pool of pools) {
    if (pool.amount === 0 && pool.owed === 0) continue;
    const part = Math.round(pool.owed * FRACTIONS);
    owedInAll += part;
    const weights = poolWeights(pool, customerIds, bears, columns);
    const key = keyOf(pool.own);
    if (key !== null) place(ofPools, null, key, pool.amount, part);
    else if (fraction !== null) {
      const total = safeInteger(pool.amount, pool.path, "the pool");
      left += addShares(total, weights, { whole, fraction }, pool.owed);
      for (let i = 0; i < whole.length; i++) if (!Number.isSafeInteger(whole[i])) refuse(whole[i]);
    }
  }
  const placed = [ofCustomers, ofPools].filter(({ key }) => key.length > 0);
  return { line: { whole, fraction, left, owed: owedInAll }, placed };
}

function place(
  into: PlacedCosts,
  customer: number | null,
  key: number,
  amount: number,
  fraction: number,
): void {
  if (customer !== null) into.customer?.push(customer);
  into.key.push(key);
  into.amount.push(amount);
  into.fraction.push(fraction);
}
