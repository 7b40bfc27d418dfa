import { assertArgument, assertOneOf, assertOptions, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { SHARE_ROUNDING, shareOfCount } from "../core/share-of-count.js";
import { type Table, table, type WithColumns } from "../core/table.js";
import { type GroupSums, groupSums } from "./group-sums.js";
import { rankDescending, valuesAt } from "./rank-descending.js";
import {
  baseName,
  type CutCrossing,
  NEGATIVE_VALUES,
  type NegativeValues,
  refuseNegatives,
} from "./value-ranking.js";
import { type ValuedCustomer, type ValuedCustomerColumns, valuedCustomers } from "./valued-customers.js";

/** A tier by how far down the ranking it reaches. */
export interface TierShare {
  /** What the tier is called; each name once. */
  readonly name: string;
  /** Share of all customers in this tier and the better ones, above 0 to 1; the last tier's is 1. */
  readonly cumulativeShare: number;
}

/**
 * The tiers of the customer pyramid: the top 1 % of the customers, the next 4 %, the next 15 % and the other 80 %
 * (Curry & Curry 2000). What share of the value each brings differs from business to business and is computed.
 */
export const curryTiers: readonly TierShare[] = [
  { name: "top", cumulativeShare: 0.01 },
  { name: "large", cumulativeShare: 0.05 },
  { name: "medium", cumulativeShare: 0.2 },
  { name: "small", cumulativeShare: 1 },
];

/**
 * Where customers of equal value stand when a cut falls among them: `"stable"` splits them by id (ascending, in code
 * units), so that the cut holds exactly; `"promote"` puts them all where the first of them stands, in the better tier or
 * class, beyond the cut if need be.
 */
export type TierTies = "stable" | "promote";

/** Which tiers there are, and who is in which where values are equal. */
export interface TierOptions {
  /** From the best tier to the last; default {@link curryTiers}. */
  readonly tiers?: readonly TierShare[];
  /** What happens to equal values at a cut; default `"stable"`. */
  readonly ties?: TierTies;
}

/** How customers are put in tiers, and what their shares are of. */
export interface TierByOptions extends TierOptions {
  /**
   * Where the customer stands in the middle of whom a tier ends (5 % of 30 customers are 1.5): `"above"` the cut (default),
   * in the better tier, so that the first is never empty; or `"below"` it, so that a tier is never larger than asked for.
   */
  readonly crossing?: CutCrossing;
  /**
   * What shares are of where values are negative; default `"net"`, all values, so that the shares of the tiers sum to 1. (ABC
   * classes end at shares, which must rise: there it is `"positive"`.)
   */
  readonly negatives?: NegativeValues;
}

/** One tier and what it brings. */
export interface CustomerTier {
  /** What the tier is called. */
  readonly name: string;
  /** Share of all customers in this tier and the better ones, as it was asked for. */
  readonly cumulativeShare: number;
  /** Number of customers. */
  readonly customers: number;
  /** Sum of their values, in the unit of the values. */
  readonly value: number;
  /** Of all customers; `null` when there are none. */
  readonly shareOfCustomers: Rate;
  /** Of what shares are of (`base`); `null` when that is zero or negative. */
  readonly shareOfValue: Rate;
  /** The smallest value in the tier; `null` when nobody is in it. */
  readonly lowestValue: number | null;
}

/** One row a customer of {@link CustomerTiers}, from the best to the last. */
export interface TierMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** What the customer was ranked by, in the unit of the values. */
  readonly value: readonly number[];
  /** Place from the greatest value, from 1; equal values by id. */
  readonly rank: readonly number[];
  /** Name of the tier. */
  readonly tier: readonly string[];
}

/** The tiers, and who is in which. */
export interface CustomerTiers {
  /** From the best tier to the last; also those that nobody is in. */
  readonly tiers: readonly CustomerTier[];
  /** Every customer, by rank. */
  readonly members: Table<TierMemberColumns>;
  /** Sum of all values. */
  readonly total: number;
  /** What shares are of. */
  readonly base: number;
  /** The rules that were used. */
  readonly rules: {
    /** Where the one stands in the middle of whom a tier ends. */
    readonly crossing: CutCrossing;
    /** What shares are of where values are negative. */
    readonly negatives: NegativeValues;
    /** What happened to equal values. */
    readonly ties: TierTies;
  };
}

/**
 * Which customers are the top, and what share of the whole do they bring?
 *
 * Customers are ranked from the greatest value; of n customers, a tier ends at rank ceil(cumulative share x n), or floor
 * with `crossing: "below"`. With the default tiers, 1000 customers fall into 10, 40, 150 and 800, and 8 into 1, 0, 1 and 6.
 * The result does not depend on the order of the input.
 *
 * @param values - A value for each customer, in any one unit: rows, or a table with these columns. Each customer once.
 * @param options - Tiers, and what happens to the one in the middle of whom a tier ends, to negative and to equal values.
 * @returns The tiers with their shares, and the customers by rank.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is not finite, a customer comes twice, or a value is negative
 * and shall not be; `INVALID_ARGUMENT` when the tiers do not rise to 1; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
 * @example
 * ```ts
 * import { rows, tierBy } from "clientele";
 *
 * const values = [
 *   { customerId: "ani", value: 70 },
 *   { customerId: "budi", value: 20 },
 *   { customerId: "citra", value: 10 },
 * ];
 * const { tiers, members } = tierBy(values, {
 *   tiers: [{ name: "A", cumulativeShare: 0.2 }, { name: "B", cumulativeShare: 1 }],
 * });
 * tiers.map(({ name, customers, shareOfValue }) => [name, customers, shareOfValue.value]); // => [["A", 1, 0.7], ["B", 2, 0.3]]
 * rows(members)[2]; // => { customerId: "citra", value: 10, rank: 3, tier: "B" }
 * ```
 */
export function tierBy(
  values: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  options: TierByOptions = {},
): CustomerTiers {
  const shares = tierShares(options);
  const { crossing = "above", negatives = "net" } = options;
  assertOneOf(crossing, "options.crossing", ["above", "below"]);
  assertOneOf(negatives, "options.negatives", NEGATIVE_VALUES);
  const { customerIds, values: numbers } = valuedCustomers(values, "values");
  if (negatives === "refuse") refuseNegatives(numbers);
  const { order, tierOfRank } = assignTiers(customerIds, numbers, shares, crossing);
  const byRank = valuesAt(numbers, order);
  const customerId: string[] = new Array(order.length);
  const rank: number[] = new Array(order.length);
  const tier: string[] = new Array(order.length);
  for (let index = 0; index < order.length; index++) {
    customerId[index] = customerIds[order[index]];
    rank[index] = index + 1;
    tier[index] = shares.tiers[tierOfRank[index]].name;
  }
  const sums = groupSums(byRank, tierOfRank, shares.tiers.length, "values");
  const base = negatives === "net" ? sums.total : positiveSum(byRank);
  return {
    tiers: customerTiers(byRank, sums, shares.tiers, { base, name: baseName(negatives) }),
    members: table({ customerId, value: Array.from(byRank), rank, tier }),
    total: sums.total,
    base,
    rules: { crossing, negatives, ties: shares.ties },
  };
}

/** Who stands at each rank and in which tier (its place in the list of tiers). @internal */
export interface AssignedTiers {
  readonly order: Uint32Array;
  readonly tierOfRank: Uint32Array;
}

/** Ranks customers whose ids and values have been checked. @internal */
export function assignTiers(
  customerIds: readonly string[],
  values: Float64Array,
  { tiers, ties }: Required<TierOptions>,
  crossing: CutCrossing = "above",
): AssignedTiers {
  const { length } = values;
  const order = rankDescending(values, customerIds);
  const ends = tiers.map(({ cumulativeShare }) => endOf(cumulativeShare, length, crossing));
  ends[ends.length - 1] = length;
  const tierOfRank = new Uint32Array(length);
  let tier = 0;
  for (let index = 0; index < length; index++) {
    const tied = index > 0 && values[order[index]] === values[order[index - 1]];
    if (tied && ties === "promote") {
      tierOfRank[index] = tierOfRank[index - 1];
      continue;
    }
    while (index >= ends[tier]) tier++;
    tierOfRank[index] = tier;
  }
  return { order, tierOfRank };
}

/** How many customers are in this tier and the better ones. */
function endOf(share: number, customers: number, crossing: CutCrossing): number {
  const end = shareOfCount(share, customers);
  const isCrossed = end - share * customers > end * SHARE_ROUNDING;
  return crossing === "below" && isCrossed ? end - 1 : end;
}

/** Of values from the greatest. */
function positiveSum(byRank: Float64Array): number {
  const firstOther = byRank.findIndex((value) => !(value > 0));
  const positive = firstOther === -1 ? byRank : byRank.subarray(0, firstOther);
  return groupSums(positive, new Uint8Array(positive.length), 1, "values").total;
}

/** The options, checked and with their defaults. @internal */
export function tierShares(options: TierOptions): Required<TierOptions> {
  assertOptions(options);
  const { tiers = curryTiers, ties = "stable" } = options;
  assertOneOf(ties, "options.ties", ["stable", "promote"]);
  assertArgument(
    Array.isArray(tiers) && tiers.length > 0,
    "options.tiers",
    () => `options.tiers is ${shown(tiers)}: pass one tier or more, { name, cumulativeShare }`,
  );
  let reached = 0;
  const names = new Set<string>();
  for (const [i, tier] of tiers.entries()) {
    const path = `options.tiers[${i}]`;
    const { name, cumulativeShare } = Object(tier) as Partial<TierShare>;
    assertArgument(
      typeof name === "string" && name !== "" && !names.has(name),
      `${path}.name`,
      () => `${path}.name is ${shown(name)}: pass a name that no other tier has`,
    );
    names.add(name);
    assertArgument(
      typeof cumulativeShare === "number" &&
        cumulativeShare > reached &&
        cumulativeShare <= 1 + SHARE_ROUNDING,
      `${path}.cumulativeShare`,
      () =>
        `${path}.cumulativeShare is ${shown(cumulativeShare)}: pass a share above ${reached} (the tier before) up to 1`,
    );
    reached = cumulativeShare;
  }
  assertArgument(
    reached >= 1 - SHARE_ROUNDING,
    `options.tiers[${tiers.length - 1}].cumulativeShare`,
    () =>
      `options.tiers[${tiers.length - 1}].cumulativeShare is ${reached}: pass 1, so that every customer is in a tier`,
  );
  return { tiers, ties };
}

function customerTiers(
  byRank: Float64Array,
  { counts, sums }: GroupSums,
  tiers: readonly TierShare[],
  base: { readonly base: number; readonly name: string },
): CustomerTier[] {
  let reached = 0;
  return tiers.map(({ name, cumulativeShare }, tier) => {
    reached += counts[tier];
    return {
      name,
      cumulativeShare,
      customers: counts[tier],
      value: sums[tier],
      shareOfCustomers: ratio(counts[tier], byRank.length, "customers"),
      shareOfValue: ratio(sums[tier], base.base, base.name),
      lowestValue: counts[tier] > 0 ? byRank[reached - 1] : null,
    };
  });
}
