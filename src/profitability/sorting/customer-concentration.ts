import { assertArgument, assertInteger, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table, type WithColumns } from "../../core/table.js";
import {
  baseName,
  NEGATIVE_VALUES,
  type NegativeValues,
  type RankedValues,
  rankedValues,
} from "../../segmentation/value-ranking.js";
import { idColumn, type ValuedCustomerColumns } from "../../segmentation/valued-customers.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { rowsWithTextIds, textIds } from "../text-ids.js";
import { type GiniEstimate, giniEstimate } from "./gini-interval.js";

/** A customer and what they bring. */
export interface CustomerWithValue {
  /** Who, text or a whole number; each customer once. */
  readonly customerId: string | number;
  /** What they bring, finite, in any unit: the same for all. */
  readonly value: number;
}

/** What a {@link customerConcentration} is asked. */
export interface CustomerConcentrationOptions extends ConfidenceOptions {
  /** Of how many of the greatest customers to give the share, whole numbers of 1 or more; default `[1, 5, 10, 20]`. */
  readonly top?: readonly number[];
  /**
   * What to do with values below zero. `"positive"` (default): they count as zero, so that all measures are of what comes in.
   * `"net"`: shares are of the sum of all, and there is neither Herfindahl index nor Gini coefficient. `"refuse"`: an error.
   */
  readonly negatives?: NegativeValues;
}

/** What the greatest customers bring. */
export interface TopCustomersShare {
  /** How many were asked for; all where there are fewer. */
  readonly customers: number;
  /** What they bring, in the unit of the values. */
  readonly value: number;
  /** Of what shares are of; `null` when that is zero or less. */
  readonly share: Rate;
}

/** One row a customer of {@link CustomerConcentration}, the smallest value first. */
export interface LorenzPointColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** The value, as it was passed in. */
  readonly value: readonly number[];
  /** Customers up to this one of all, above 0 to 1. */
  readonly shareOfCustomers: readonly number[];
  /** What they bring together of the base; `null` when that is zero or less. */
  readonly shareOfValue: readonly (number | null)[];
}

/** How much hangs on few customers. */
export interface CustomerConcentration {
  /** Number of customers. */
  readonly customers: number;
  /** Customers with a value below zero. */
  readonly negative: number;
  /** Sum of all values, in their unit. */
  readonly total: number;
  /** What shares are of: with `"positive"` the sum of the values above zero, otherwise `total`. */
  readonly base: number;
  /** What the greatest bring, for each number asked for. */
  readonly top: readonly TopCustomersShare[];
  /**
   * Herfindahl-Hirschman index, the sum of the squared shares: 1 / n where all are equal, 1 where one brings all (times 10,000
   * as authorities write it). `null` where shares are undefined, or negative.
   */
  readonly herfindahl: number | null;
  /** 1 / `herfindahl`: as many customers of equal size would be as concentrated; `null` when that is. */
  readonly effectiveCustomers: number | null;
  /** Gini coefficient: 0 where all are equal, up to 1 - 1 / n where one brings all; `null` as `herfindahl`. */
  readonly gini: number | null;
  /** Its jackknife standard error; `null` with fewer than 3 customers and where one brings all. */
  readonly giniStandardError: number | null;
  /** Interval of the coefficient, by the normal distribution; `null` as the standard error. */
  readonly giniInterval: Interval | null;
  /** The Lorenz curve; it begins at 0, which is no row. */
  readonly points: Table<LorenzPointColumns>;
  /** What was done with values below zero. */
  readonly negatives: NegativeValues;
  /** Why measures are `null`; `null` where every one is a number. */
  readonly reason: string | null;
}

/**
 * How much do we depend on few customers?
 *
 * The share of the greatest, the Herfindahl-Hirschman index with its inverse as effective number of customers (Adelman 1969),
 * the Lorenz curve (Lorenz 1905) and the Gini coefficient (Gini 1912) with a jackknife interval (Karagiannis & Kovacevic 2000).
 * The interval is that of a population of which these customers are a sample, and too short where a few decide everything.
 * Customers without any value count as customers: leave out those who should not. With values below zero a Gini coefficient
 * may exceed 1 and means little, hence the choice of `negatives`; for profits see {@link whaleCurve}.
 *
 * @param values - A value for each customer, in any one unit: rows, or a table with these columns. Each customer once.
 * @param options - `top`, `negatives`, `confidenceLevel` (default 0.95).
 * @returns The measures, and the Lorenz curve.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is not finite, a customer comes twice, or a value is negative
 * and shall not be; `INVALID_ARGUMENT`; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
 * @example
 * ```ts
 * import { customerConcentration } from "clientele";
 *
 * const revenue = [600, 200, 100, 60, 40].map((value, i) => ({ customerId: `c${i + 1}`, value }));
 * const { top, herfindahl, effectiveCustomers, gini } = customerConcentration(revenue, { top: [1, 3] });
 * top.map(({ customers, share }) => [customers, share.value]); // => [[1, 0.6], [3, 0.9]]
 * herfindahl; // ~> 0.4152
 * effectiveCustomers; // ~> 2.408478
 * gini; // ~> 0.504
 * ```
 */
export function customerConcentration(
  values: WithColumns<ValuedCustomerColumns> | readonly CustomerWithValue[],
  options: CustomerConcentrationOptions = {},
): CustomerConcentration {
  assertOptions(options);
  const { top = [1, 5, 10, 20], negatives = "positive" } = options;
  assertOneOf(negatives, "options.negatives", NEGATIVE_VALUES);
  assertArgument(
    Array.isArray(top),
    "options.top",
    () => `options.top is ${shown(top)}: pass numbers of customers, [1, 5]`,
  );
  top.forEach((count, i) => {
    assertInteger(count, `options.top[${i}]`, 1);
  });
  const confidenceLevel = confidenceLevelOf(options);
  const ranked = rankedValues(valuesOfText(values), negatives);
  const { base, values: descending, cumulative } = ranked;
  const customers = descending.length;
  let nonNegative = customers;
  while (nonNegative > 0 && descending[nonNegative - 1] < 0) nonNegative--;
  // Down to here the running sum rises; below it, what is left out counts as zero.
  const reached = (rank: number): number =>
    rank === 0 ? 0 : (cumulative[negatives === "positive" ? Math.min(rank, nonNegative) - 1 : rank - 1] ?? 0);
  const undefinedFor =
    base > 0
      ? negatives === "net" && nonNegative < customers
        ? "herfindahl, gini: some values are negative"
        : null
      : `${baseName(negatives)}: ${base}`;
  const estimate: GiniEstimate | null =
    undefinedFor === null ? giniEstimate(descending, nonNegative, confidenceLevel) : null;
  const herfindahl = undefinedFor === null ? sumOfSquares(descending, nonNegative, base) : null;
  return {
    customers,
    negative: customers - nonNegative,
    total: ranked.total,
    base,
    top: top.map((asked) => {
      const count = Math.min(asked, customers);
      return {
        customers: count,
        value: reached(count),
        share: ratio(reached(count), base, baseName(negatives)),
      };
    }),
    herfindahl,
    effectiveCustomers: herfindahl === null ? null : 1 / herfindahl,
    gini: estimate?.gini ?? null,
    giniStandardError: estimate?.standardError ?? null,
    giniInterval: estimate?.interval ?? null,
    points: lorenzPoints(ranked, negatives === "positive" ? nonNegative : customers),
    negatives,
    reason: undefinedFor ?? estimate?.intervalReason ?? null,
  };
}

function valuesOfText(values: WithColumns<ValuedCustomerColumns> | readonly CustomerWithValue[]) {
  if (Array.isArray(values)) return rowsWithTextIds(values as readonly CustomerWithValue[]);
  const given = values as WithColumns<ValuedCustomerColumns>;
  const customerId = textIds(idColumn(given, "values"));
  return customerId === given.columns.customerId
    ? given
    : { ...given, columns: { ...given.columns, customerId } };
}

function sumOfSquares(descending: readonly number[], count: number, base: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (descending[i] / base) ** 2;
  return sum;
}

/** `counted`: how many of the greatest have their value; the others stand with zero. */
function lorenzPoints(
  { customerIds, values, cumulative, base }: RankedValues,
  counted: number,
): Table<LorenzPointColumns> {
  const { length } = values;
  const customerId: string[] = new Array(length);
  const value: number[] = new Array(length);
  const shareOfCustomers: number[] = new Array(length);
  const shareOfValue: (number | null)[] = new Array(length);
  const all = counted === 0 ? 0 : cumulative[counted - 1];
  for (let i = 0; i < length; i++) {
    const row = length - 1 - i;
    customerId[i] = customerIds[row];
    value[i] = values[row];
    shareOfCustomers[i] = (i + 1) / length;
    // What all who stand from this row on bring.
    const above = row === 0 ? 0 : cumulative[Math.min(row, counted) - 1];
    shareOfValue[i] = base > 0 ? (all - above) / base + 0 : null;
  }
  return table<LorenzPointColumns>({ customerId, value, shareOfCustomers, shareOfValue });
}
