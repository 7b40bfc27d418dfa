import { assertArgument, assertArray, assertBetween, shown } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { type ClubComparison, type ClubCustomer, clubComparison } from "./club-comparison.js";
import { type MembershipSpan, type ReadSpan, readSpans } from "./membership-spans.js";
import { schemePeriods } from "./scheme-periods.js";

/** A sale to a customer, or a cost of serving one. */
export interface ClubEntry {
  /** Who. */
  readonly customerId: string;
  /** When. */
  readonly at: Instant;
  /** Net sales, whole minor units, below 0 for a refund; default 0. */
  readonly sales?: number;
  /** Cost, whole minor units, zero or positive; default 0. */
  readonly cost?: number;
}

/** As of when and over which periods members are compared. */
export interface ClubComparisonByPeriodOptions extends PeriodOptions, ConfidenceOptions {
  /** What joined, left or was booked at or after it does not exist yet; only periods that are over by then are compared. */
  readonly asOf: Instant;
  /** The first period is the one that holds it. */
  readonly start: Instant;
  /** Periods; default `"month"`. */
  readonly by?: PeriodSpec;
}

/** Members beside non-members in one period. */
export interface ClubPeriodComparison extends ClubComparison {
  /** The period. */
  readonly period: Period;
  /** Customers who were members for a part of it only: in neither group. */
  readonly inPart: number;
}

/**
 * Period by period, do members buy more than others, and do they cost more?
 *
 * A member of a period is one in all of it; who joined or left in it is in neither group. {@link clubComparison} says what the
 * difference is and is not.
 *
 * @param customers - The ids of all customers, members and others, each once: who bought nothing counts with 0.
 * @param memberships - Memberships under the customers' ids: `memberId` is one of `customers`.
 * @param entries - Sales and costs.
 * @param options - `asOf`, `start`, `by`, the calendar and `confidenceLevel`.
 * @returns A comparison for each period that is over.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row is unusable, of nobody among `customers`, or memberships overlap;
 * `INVALID_ARGUMENT`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { clubComparisonByPeriod } from "clientele";
 *
 * const [january] = clubComparisonByPeriod(
 *   ["ani", "budi", "citra"],
 *   [{ memberId: "ani", joinedAt: "2023-12-01" }, { memberId: "citra", joinedAt: "2024-01-15" }],
 *   [{ customerId: "ani", at: "2024-01-20", sales: 900, cost: 90 }, { customerId: "budi", at: "2024-01-20", sales: 500 }],
 *   { asOf: "2024-02-01", start: "2024-01-01" },
 * );
 * [january.sales.difference, january.cost.difference, january.inPart]; // => [400, 90, 1]
 * ```
 */
export function clubComparisonByPeriod(
  customers: readonly string[],
  memberships: readonly MembershipSpan[],
  entries: readonly ClubEntry[],
  options: ClubComparisonByPeriodOptions,
): ClubPeriodComparison[] {
  const { asOf, timeZone, periods, indexOf } = schemePeriods(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const ids = readIds(customers);
  const spansOf = new Map<string, ReadSpan[]>();
  const strangers: RowProblem[] = [];
  for (const [row, span] of readSpans(memberships, "memberships", timeZone).entries()) {
    if (!ids.has(span.memberId)) {
      strangers.push({ row, field: "memberId", reason: "is none of the customers", value: span.memberId });
    }
    spansOf.set(span.memberId, [...(spansOf.get(span.memberId) ?? []), span]);
  }
  if (strangers.length > 0) throw invalidRows(strangers, strangers.length, "memberships");
  const sums = sumEntries(entries, ids, indexOf, asOf, timeZone);
  return periods
    .filter(({ end }) => end <= asOf)
    .map((period) => {
      const booked = sums.get(period.index);
      const groups: Record<"whole" | "none" | "part", ClubCustomer[]> = { whole: [], none: [], part: [] };
      for (const customerId of ids) {
        const { sales, cost } = booked?.get(customerId) ?? { sales: 0, cost: 0 };
        groups[presence(spansOf.get(customerId) ?? [], period)].push({ customerId, sales, cost });
      }
      const comparison = clubComparison(groups.whole, groups.none, { confidenceLevel });
      return { period, inPart: groups.part.length, ...comparison };
    });
}

/** Who left and came back at one instant was there all the time. */
function presence(spans: readonly ReadSpan[], { start, end }: Period): "whole" | "none" | "part" {
  const within = spans
    .filter(({ joinedAt, leftAt }) => joinedAt < end && leftAt > start)
    .sort((a, b) => a.joinedAt - b.joinedAt);
  if (within.length === 0) return "none";
  let covered = start;
  for (const { joinedAt, leftAt } of within) if (joinedAt <= covered) covered = Math.max(covered, leftAt);
  return covered >= end ? "whole" : "part";
}

function readIds(customers: readonly string[]): Set<string> {
  assertArray(customers, "customers");
  const ids = new Set<string>();
  for (const [i, id] of customers.entries()) {
    assertArgument(
      typeof id === "string" && id !== "" && !ids.has(id),
      `customers[${i}]`,
      () => `customers[${i}] is ${shown(id)}: pass each id once, as text that is not empty`,
    );
    ids.add(id);
  }
  return ids;
}

type Sums = Map<number, Map<string, { sales: number; cost: number }>>;

function sumEntries(
  entries: readonly ClubEntry[],
  ids: ReadonlySet<string>,
  indexOf: (at: number) => number,
  asOf: number,
  timeZone: string,
): Sums {
  assertArray(entries, "entries");
  const problems: RowProblem[] = [];
  const sums: Sums = new Map();
  for (const [row, value] of entries.entries()) {
    const { customerId, at: given, sales = 0, cost = 0 } = (value ?? {}) as Partial<ClubEntry>;
    const before = problems.length;
    const must = (holds: boolean, field: string, reason: string, wrong: unknown) => {
      if (!holds) problems.push({ row, field, reason, value: wrong });
    };
    const at = instantOrNaN(given, timeZone);
    const id = String(customerId);
    must(ids.has(id), "customerId", "is none of the customers", customerId);
    must(!Number.isNaN(at), "at", "is no instant", given);
    must(Number.isSafeInteger(sales), "sales", "is not a whole number of minor units", sales);
    must(
      Number.isSafeInteger(cost) && cost >= 0,
      "cost",
      "is not a whole number of minor units of 0 or more",
      cost,
    );
    if (problems.length > before || at >= asOf) continue;
    const index = indexOf(at);
    const ofPeriod = sums.get(index) ?? new Map<string, { sales: number; cost: number }>();
    sums.set(index, ofPeriod);
    const own = ofPeriod.get(id) ?? { sales: 0, cost: 0 };
    ofPeriod.set(id, {
      sales: safeInteger(own.sales + sales, "entries", "the sales of a customer"),
      cost: safeInteger(own.cost + cost, "entries", "the cost of a customer"),
    });
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "entries");
  return sums;
}
