import { assertArray, assertBetween, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeSum } from "../../core/safe-integer.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { differenceInterval, type GroupMean, groupMean, meanInterval } from "./mean-difference.js";

/** What a customer bought and cost in the period at hand. */
export interface ClubCustomer {
  /** Who. */
  readonly customerId: string;
  /** Net sales, minor units; below 0 where more was given back than bought. */
  readonly sales: number;
  /** What serving the customer cost, benefits included, minor units, zero or positive. */
  readonly cost: number;
}

/** A mean for each customer of a group. */
export interface ClubMean {
  /** Minor units for each customer, from the sum and the number of customers; `null` of an empty group. */
  readonly mean: Rate;
  /** Where the mean lies; `null` with fewer than 2 customers. */
  readonly interval: Interval | null;
}

/** Means of a group. */
export interface ClubGroup {
  /** How many customers. */
  readonly customers: number;
  /** Net sales. */
  readonly sales: ClubMean;
  /** Cost. */
  readonly cost: ClubMean;
  /** Sales less cost. */
  readonly contribution: ClubMean;
}

/** Members' mean less that of the others. */
export interface ClubDifference {
  /** Minor units for each customer; `null` where a group is empty. */
  readonly difference: number | null;
  /** Where it lies (Welch 1947); `null` with fewer than 2 customers in a group. */
  readonly interval: Interval | null;
}

/** Members beside non-members. */
export interface ClubComparison {
  /** Members. */
  readonly members: ClubGroup;
  /** The others. */
  readonly nonMembers: ClubGroup;
  /** Net sales of a member less those of another. */
  readonly sales: ClubDifference;
  /** Cost of a member less that of another. */
  readonly cost: ClubDifference;
  /** Sales less cost of a member less those of another. */
  readonly contribution: ClubDifference;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * Do members of a club buy more than others, and do they cost more?
 *
 * A difference, not an effect: who buys much joins. For the effect compare with customers who were held back by chance.
 *
 * @param members - One row for each member, with zeros for those who bought nothing.
 * @param nonMembers - The same of customers who are not in the club; nobody is in both.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns Means of both groups and their differences, minor units for each customer, with intervals.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an amount is not whole, a cost is negative or a customer comes twice.
 * @example
 * ```ts
 * import { clubComparison } from "clientele";
 *
 * const { sales, cost } = clubComparison(
 *   [{ customerId: "ani", sales: 900, cost: 90 }, { customerId: "budi", sales: 700, cost: 70 }],
 *   [{ customerId: "citra", sales: 500, cost: 20 }, { customerId: "dewi", sales: 300, cost: 20 }],
 * );
 * sales.difference; // => 400
 * cost.difference; // => 60
 * ```
 */
export function clubComparison(
  members: readonly ClubCustomer[],
  nonMembers: readonly ClubCustomer[],
  options: ConfidenceOptions = {},
): ClubComparison {
  assertOptions(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const groupOf = new Map<string, string>();
  assertRows(members, "members", groupOf);
  assertRows(nonMembers, "nonMembers", groupOf);
  const first = summed(members, "members");
  const second = summed(nonMembers, "nonMembers");
  const difference = (name: keyof Means): ClubDifference => ({
    difference:
      first[name].mean === null || second[name].mean === null ? null : first[name].mean - second[name].mean,
    interval: differenceInterval(first[name], second[name], confidenceLevel),
  });
  return {
    members: described(first, "members", confidenceLevel),
    nonMembers: described(second, "nonMembers", confidenceLevel),
    sales: difference("sales"),
    cost: difference("cost"),
    contribution: difference("contribution"),
    reason: tooFew("members", members.length) ?? tooFew("nonMembers", nonMembers.length),
  };
}

interface Means {
  readonly sales: GroupMean;
  readonly cost: GroupMean;
  readonly contribution: GroupMean;
}

function summed(rows: readonly ClubCustomer[], path: string): Means {
  const meanOf = (values: readonly number[], what: string) =>
    groupMean(values, safeSum(values, path, `the sum of ${what}`));
  return {
    sales: meanOf(
      rows.map(({ sales }) => sales),
      "sales",
    ),
    cost: meanOf(
      rows.map(({ cost }) => cost),
      "costs",
    ),
    contribution: meanOf(
      rows.map(({ sales, cost }) => sales - cost),
      "contributions",
    ),
  };
}

function described(means: Means, what: string, confidenceLevel: number): ClubGroup {
  const meanOf = (group: GroupMean): ClubMean => ({
    mean: ratio(group.sum, group.count, what),
    interval: meanInterval(group, confidenceLevel),
  });
  return {
    customers: means.sales.count,
    sales: meanOf(means.sales),
    cost: meanOf(means.cost),
    contribution: meanOf(means.contribution),
  };
}

function tooFew(what: string, count: number): string | null {
  return count < 2 ? `${what}: ${count}, an interval needs 2` : null;
}

function assertRows(rows: readonly ClubCustomer[], path: string, groupOf: Map<string, string>): void {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  for (const [row, customer] of rows.entries()) {
    const { customerId, sales, cost } = (customer ?? {}) as Partial<ClubCustomer>;
    const must = (holds: boolean, field: string, reason: string, value: unknown) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    must(
      typeof customerId === "string" && customerId !== "",
      "customerId",
      "is not text, or is empty",
      customerId,
    );
    must(Number.isSafeInteger(sales), "sales", "is not a whole number of minor units", sales);
    must(
      Number.isSafeInteger(cost) && (cost as number) >= 0,
      "cost",
      "is not a whole number of minor units of 0 or more",
      cost,
    );
    const earlier = groupOf.get(customerId as string);
    must(earlier === undefined, "customerId", `comes in ${earlier} too`, customerId);
    groupOf.set(customerId as string, path);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}
