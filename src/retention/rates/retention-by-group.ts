import {
  type CustomerGrouping,
  type CustomerGroups,
  groupKnownCustomers,
} from "../../history/customer-groups.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import {
  originOf,
  type RetentionOptions,
  type RetentionRate,
  windowPair,
  withheldBy,
} from "./retention-rate.js";
import {
  type RetentionShares,
  type RetentionTally,
  retentionShares,
  type Withheld,
} from "./retention-shares.js";
import { joined, tallyGroups } from "./tally-retention.js";

/** Between which two windows, and of which groups, retention is measured. */
export interface RetentionByGroupOptions extends RetentionOptions {
  /** The group of each customer: a Map from customer id, or a function of it. */
  readonly groupBy: CustomerGrouping;
}

/** The retention of one group of customers. */
export interface GroupRetention extends RetentionShares {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
}

/** The retention of all customers, and of each group of them. */
export interface RetentionByGroup extends RetentionRate {
  /**
   * In ascending order of name, the customers without a group (`null`) last. Counts and sums add up to those of all
   * customers to the minor unit.
   */
  readonly groups: readonly GroupRetention[];
}

/**
 * Which groups of customers stay: which segment, region, account manager, year of acquisition?
 *
 * Each group is {@link retentionRate} of its customers alone; all are computed in one pass over the log. Groups are of
 * customers, who are in one each. A product or a channel is no group of customers, who may have several: for those see
 * {@link defectionByView}.
 *
 * A group is what you say of a customer at the time of the call. One that moves with behavior (a tier, an RFM segment)
 * must come from before the current window: whoever is "active" today was retained.
 *
 * @param log - A transaction log; without costs in it the profit-adjusted rates are `null`.
 * @param options - `groupBy`, and those of {@link retentionRate}: `asOf`, the two windows, `confidenceLevel` (default
 * 0.95) and what every metric takes.
 * @returns The rates of all customers, and under `groups` of every group with a customer who is known at `asOf`, also
 * where none of them is in the base.
 * @throws {@link ClienteleError} as {@link retentionRate}; `INVALID_ARGUMENT` when `groupBy` is neither a Map nor a
 * function, or gives something other than text or `null` for a customer.
 * @example
 * ```ts
 * import { retentionByGroup, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 900 },
 *     { customerId: "budi", at: "2023-08-01", amount: 100 },
 *     { customerId: "citra", at: "2023-09-01", amount: 300 },
 *     { customerId: "ani", at: "2024-05-01", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { raw, groups } = retentionByGroup(log, {
 *   asOf: "2025-01-01",
 *   previous: { start: "2023-01-01", end: "2024-01-01" },
 *   current: { start: "2024-01-01", end: "2025-01-01" },
 *   groupBy: new Map([["ani", "Jakarta"], ["budi", "Jakarta"]]),
 * });
 * groups.map(({ group, retained, base }) => [group, retained, base]); // => [["Jakarta", 1, 2], [null, 0, 1]]
 * groups[0].salesAdjusted.value; // => 0.9
 * raw.denominator; // => 3
 * ```
 */
export function retentionByGroup(log: TransactionLog, options: RetentionByGroupOptions): RetentionByGroup {
  const facts = knownFacts(log, options);
  const { previous, current, placeOf } = windowPair(facts, options);
  const { codes, names } = groupsOf(facts, options.groupBy);
  const tallies = tallyGroups(facts, 2, placeOf, { codes, count: names.length });
  return {
    ...sharesByGroup(
      names,
      tallies.map(([tally]) => tally),
      options,
      withheldBy(facts, current),
    ),
    previous,
    current,
    ...originOf(facts),
  };
}

/** Groups of the customers of whom something is known at `asOf`. @internal */
export function groupsOf({ log, end }: KnownFacts, groupBy: CustomerGrouping): CustomerGroups {
  return groupKnownCustomers(log.customerIds, (customer) => end[customer] > log.offsets[customer], groupBy);
}

/** The rates of each group's tally, and of all of them together. @internal */
export function sharesByGroup(
  names: readonly (string | null)[],
  tallies: readonly RetentionTally[],
  options: ConfidenceOptions,
  withheld: Withheld,
): RetentionShares & Pick<RetentionByGroup, "groups"> {
  return {
    ...retentionShares(joined(tallies), options, withheld),
    groups: names.map((group, i) => ({ group, ...retentionShares(tallies[i], options, withheld) })),
  };
}
