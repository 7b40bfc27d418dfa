import { assertArgument, assertBetween, assertOneOf, assertOptions, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { type Table, table, type WithColumns } from "../core/table.js";
import type { TierTies } from "./tier-by.js";
import {
  baseName,
  NEGATIVE_VALUES,
  type NegativeValues,
  type RankedValues,
  rankedValues,
  reaches,
} from "./value-ranking.js";
import type { ValuedCustomer, ValuedCustomerColumns } from "./valued-customers.js";

/** How a Pareto curve is drawn up. */
export interface ParetoOptions {
  /** What shares are of where values are negative; default `"positive"`. */
  readonly negatives?: NegativeValues;
  /** For which shares of the whole to say how few bring them, above 0 and below 1; default `[0.5, 0.8, 0.95]`. */
  readonly shares?: readonly number[];
  /**
   * Whom to count where a share is reached among customers of equal value: no more than needed with `"stable"` (default), all
   * of them with `"promote"`; either way as many as class A of {@link abcClassification} has at that cut.
   */
  readonly ties?: TierTies;
}

/** One row a customer of {@link ParetoCurve}, the greatest value first. */
export interface ParetoPointColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Place from the greatest value, from 1; equal values by id. */
  readonly rank: readonly number[];
  /** The value. */
  readonly value: readonly number[];
  /** Sum of the values down to this one. */
  readonly cumulative: readonly number[];
  /** `rank` of all customers, above 0 to 1. */
  readonly shareOfCustomers: readonly number[];
  /** `cumulative` of the base; `null` when that is zero or negative. */
  readonly shareOfValue: readonly (number | null)[];
}

/** How few bring a share of the whole. */
export interface ParetoReach {
  /** The share asked for. */
  readonly share: number;
  /** The smallest number of customers who bring it, and with `"promote"` their equals; `null` when nobody has a value above zero. */
  readonly customers: number | null;
  /** Of all customers. */
  readonly shareOfCustomers: Rate;
}

/** How values add up from the greatest. */
export interface ParetoCurve {
  /** Every customer, by rank. */
  readonly points: Table<ParetoPointColumns>;
  /** Number of customers. */
  readonly customers: number;
  /** Sum of all values. */
  readonly total: number;
  /** What shares are of. */
  readonly base: number;
  /** How few bring each of the shares asked for. */
  readonly reach: readonly ParetoReach[];
  /**
   * The Gini coefficient: 0 where all values are equal, near 1 where one customer brings all. `null` without a value above zero,
   * and where some are negative: it could then exceed 1.
   */
  readonly gini: number | null;
  /** The rules that were used. */
  readonly rules: {
    /** What shares are of where values are negative. */
    readonly negatives: NegativeValues;
    /** What happened to equal values. */
    readonly ties: TierTies;
  };
}

/**
 * How few of the customers bring most of the value?
 *
 * From the greatest value down, the values add up (Pareto 1896; Lorenz 1905 from the other end). Profits, where the fall at the end
 * is the message, are `whaleCurve`.
 *
 * @param values - A value for each customer, in any one unit: rows, or a table with these columns. Each once.
 * @param options - What shares are of, and which shares to look up.
 * @returns The curve, how few bring each share, and the Gini coefficient.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is not finite, a customer comes twice, or a value is negative
 * and shall not be; `INVALID_ARGUMENT`; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
 * @example
 * ```ts
 * import { paretoCurve } from "clientele";
 *
 * const curve = paretoCurve([60, 20, 10, 6, 4].map((value, i) => ({ customerId: `c${i + 1}`, value })));
 * curve.points.columns.cumulative; // => [60, 80, 90, 96, 100]
 * curve.reach[1]; // => { share: 0.8, customers: 2, shareOfCustomers: { value: 0.4, numerator: 2, denominator: 5, reason: null } }
 * curve.gini; // ~> 0.504
 * ```
 */
export function paretoCurve(
  values: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  options: ParetoOptions = {},
): ParetoCurve {
  assertOptions(options);
  const { negatives = "positive", shares = [0.5, 0.8, 0.95], ties = "stable" } = options;
  assertOneOf(negatives, "options.negatives", NEGATIVE_VALUES);
  assertOneOf(ties, "options.ties", ["stable", "promote"]);
  assertArgument(
    Array.isArray(shares),
    "options.shares",
    () => `options.shares is ${shown(shares)}: pass shares such as [0.5, 0.8]`,
  );
  for (const [i, share] of shares.entries()) assertBetween(share, `options.shares[${i}]`, 0, 1);
  const ranked = rankedValues(values, negatives);
  const customers = ranked.values.length;
  const isShared = ranked.base > 0;
  return {
    points: table({
      customerId: ranked.customerIds,
      rank: ranked.values.map((_, i) => i + 1),
      value: ranked.values,
      cumulative: ranked.cumulative,
      shareOfCustomers: ranked.values.map((_, i) => (i + 1) / customers),
      shareOfValue: ranked.cumulative.map((sum) => (isShared ? sum / ranked.base + 0 : null)),
    }),
    customers,
    total: ranked.total,
    base: ranked.base,
    reach: shares.map((share) => reachOf(ranked, share, { negatives, ties })),
    gini: giniOf(ranked),
    rules: { negatives, ties },
  };
}

function reachOf(
  { values, cumulative, base }: RankedValues,
  share: number,
  { negatives, ties }: ParetoCurve["rules"],
): ParetoReach {
  if (!(base > 0)) {
    const reason = `${baseName(negatives)}: ${base}`;
    const shareOfCustomers = { value: null, numerator: 0, denominator: cumulative.length, reason };
    return { share, customers: null, shareOfCustomers };
  }
  let customers = cumulative.findIndex((sum) => reaches(sum, share, base)) + 1;
  if (ties === "promote")
    while (customers < values.length && values[customers] === values[customers - 1]) customers++;
  return { share, customers, shareOfCustomers: ratio(customers, cumulative.length, "customers") };
}

/** From the area under the curve: each customer's part is as high as the middle of its step. */
function giniOf({ values, cumulative, total }: RankedValues): number | null {
  if (!(total > 0) || values[values.length - 1] < 0) return null;
  let area = 0;
  for (let i = 0; i < values.length; i++) area += (cumulative[i] - values[i] / 2) / total;
  // Rounding alone can put equal values a hair below 0.
  return Math.max(0, (2 * area) / values.length - 1);
}
