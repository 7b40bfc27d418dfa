import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { SHARE_ROUNDING, shareOfCount } from "../core/share-of-count.js";
import { type Table, table } from "../core/table.js";
import { groupSums } from "./group-sums.js";
import { rankDescending, valuesAt } from "./rank-descending.js";
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
 * units), so that tiers have their exact size; `"promote"` puts them all in the better tier.
 */
export type TierTies = "stable" | "promote";

/** How customers are put in tiers. */
export interface TierOptions {
  /** From the best tier to the last; default {@link curryTiers}. */
  readonly tiers?: readonly TierShare[];
  /** What happens to equal values at a cut; default `"stable"`. */
  readonly ties?: TierTies;
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
  /** Of the sum of all values; `null` when that is zero or negative. */
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
}

/**
 * Which customers are the top, and what share of the whole do they bring?
 *
 * Customers are ranked from the greatest value; of n customers, a tier ends at rank ceil(cumulative share x n). With
 * the default tiers, 1000 customers fall into 10, 40, 150 and 800, and 8 into 1, 0, 1 and 6. The result does not depend
 * on the order of the input.
 *
 * @param values - A value for each customer, in any one unit: rows, or a table with these columns. Each customer once.
 * @param options - Tiers and the rule for ties.
 * @returns The tiers with their shares, and the customers by rank.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is not finite or a customer comes twice;
 * `INVALID_ARGUMENT` when the tiers do not rise to 1; `UNSAFE_INTEGER` when whole values sum beyond 2^53 - 1.
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
  values: Table<ValuedCustomerColumns> | readonly ValuedCustomer[],
  options: TierOptions = {},
): CustomerTiers {
  const shares = tierShares(options);
  const { customerIds, values: numbers } = valuedCustomers(values, "values");
  const { order, tierOfRank } = assignTiers(customerIds, numbers, shares);
  // By rank, so that a sum of fractions too is the same for any order of the input.
  const byRank = valuesAt(numbers, order);
  const customerId: string[] = new Array(order.length);
  const rank: number[] = new Array(order.length);
  const tier: string[] = new Array(order.length);
  for (let index = 0; index < order.length; index++) {
    customerId[index] = customerIds[order[index]];
    rank[index] = index + 1;
    tier[index] = shares.tiers[tierOfRank[index]].name;
  }
  return {
    tiers: customerTiers(byRank, tierOfRank, shares.tiers),
    members: table({ customerId, value: Array.from(byRank), rank, tier }),
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
): AssignedTiers {
  const { length } = values;
  const order = rankDescending(values, customerIds);
  const ends = tiers.map(({ cumulativeShare }) => shareOfCount(cumulativeShare, length));
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

/** The options, checked and with their defaults. @internal */
export function tierShares({ tiers = curryTiers, ties = "stable" }: TierOptions): Required<TierOptions> {
  assertOneOf(ties, "options.ties", ["stable", "promote"]);
  assertArgument(
    Array.isArray(tiers) && tiers.length > 0,
    "options.tiers",
    () => `options.tiers is ${shown(tiers)}: pass one tier or more, { name, cumulativeShare }`,
  );
  let reached = 0;
  const names = new Set<string>();
  for (const [i, { name, cumulativeShare }] of tiers.entries()) {
    const path = `options.tiers[${i}]`;
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
  tierOfRank: Uint32Array,
  tiers: readonly TierShare[],
): CustomerTier[] {
  const { counts, sums, total } = groupSums(byRank, tierOfRank, tiers.length, "values");
  let reached = 0;
  return tiers.map(({ name, cumulativeShare }, tier) => {
    reached += counts[tier];
    return {
      name,
      cumulativeShare,
      customers: counts[tier],
      value: sums[tier],
      shareOfCustomers: ratio(counts[tier], byRank.length, "customers"),
      shareOfValue: ratio(sums[tier], total, "sum of all values"),
      lowestValue: counts[tier] > 0 ? byRank[reached - 1] : null,
    };
  });
}
