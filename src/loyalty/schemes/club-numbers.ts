import { assertArray, assertBetween } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { type MembershipSpan, type ReadSpan, readSpans } from "./membership-spans.js";
import { schemePeriods } from "./scheme-periods.js";

/** Something that a member did: a purchase, a visit, an order with the card. */
export interface ClubActivity {
  /** The member. */
  readonly memberId: string;
  /** When. */
  readonly at: Instant;
}

/** As of when and over which periods a club is counted. */
export interface ClubNumbersOptions extends PeriodOptions, ConfidenceOptions {
  /** What joined, left or happened at or after it does not exist yet. */
  readonly asOf: Instant;
  /** The first period is the one that holds it. */
  readonly start: Instant;
  /** Periods; default `"month"`. */
  readonly by?: PeriodSpec;
  /** What members did, each of them with a membership; absent: the active share is not counted. */
  readonly activity?: readonly ClubActivity[];
}

/** A club in one period. */
export interface ClubPeriod {
  /** The period. */
  readonly period: Period;
  /** Whether it is over by `asOf`; the last one may not be. */
  readonly isComplete: boolean;
  /** Members just before it began. */
  readonly opening: number;
  /** Who joined in it, those who came back included. */
  readonly joined: number;
  /** Who left in it. */
  readonly left: number;
  /** Members at its end, or just before `asOf`: `opening + joined - left`. */
  readonly closing: number;
  /** Joined less left, over the opening members. */
  readonly netGrowth: Rate;
  /** Of the opening members, those who did not leave in it; who leaves and comes back has left. */
  readonly retained: Rate;
  /** Of the members at its end, those who did something in it; `null` without `activity`. */
  readonly active: Rate;
  /** Where the active share lies (Wilson 1927); `null` where it is. */
  readonly activeInterval: Interval | null;
}

/** A club over time. */
export interface ClubNumbers {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** Members just before `asOf`. */
  readonly members: number;
  /** The periods in order. */
  readonly periods: readonly ClubPeriod[];
}

/**
 * How many members has a club, who joined and who left, and how many do anything?
 *
 * A membership holds from `joinedAt` to before `leftAt`. Who comes back has a second membership and has joined again.
 *
 * @param memberships - The club's: `Membership` records, or their ids and dates. Those of one member do not overlap.
 * @param options - `asOf`, `start`, `by`, `activity`, the calendar and `confidenceLevel`.
 * @returns A row for each period from that of `start` to that before `asOf`; each closes where the next one opens.
 * @throws {@link ClienteleError} `INVALID_ROWS` when memberships overlap, a row is unusable or an activity is of nobody who ever
 * was a member; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { clubNumbers } from "clientele";
 *
 * const { members, periods } = clubNumbers(
 *   [
 *     { memberId: "ani", joinedAt: "2024-01-10" },
 *     { memberId: "budi", joinedAt: "2024-01-20", leftAt: "2024-02-10" },
 *     { memberId: "citra", joinedAt: "2024-02-05" },
 *   ],
 *   { asOf: "2024-03-01", start: "2024-01-01", activity: [{ memberId: "ani", at: "2024-02-14" }] },
 * );
 * members; // => 2
 * periods.map(({ opening, joined, left, closing }) => [opening, joined, left, closing]); // => [[0, 2, 0, 2], [2, 1, 1, 2]]
 * periods[1]?.retained.value; // => 0.5
 * periods[1]?.active.value; // => 0.5
 * ```
 */
export function clubNumbers(
  memberships: readonly MembershipSpan[],
  options: ClubNumbersOptions,
): ClubNumbers {
  const { asOf, timeZone, periods, indexOf } = schemePeriods(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const spans = readSpans(memberships, "memberships", timeZone);
  const joins = countBy(
    spans.map(({ joinedAt }) => joinedAt),
    asOf,
    indexOf,
  );
  const leaves = countBy(
    spans.map(({ leftAt }) => leftAt),
    asOf,
    indexOf,
  );
  const activity = options.activity && activeMembers(options.activity, spans, asOf, indexOf, timeZone);
  let opening = membersAt(spans, periods[0]?.start ?? asOf);
  return {
    asOf,
    timeZone,
    members: membersAt(spans, asOf),
    periods: periods.map((period) => {
      const joined = joins.get(period.index) ?? 0;
      const left = leaves.get(period.index) ?? 0;
      const closing = opening + joined - left;
      const active = activeShare(spans, activity?.get(period.index), {
        closing,
        end: Math.min(period.end, asOf),
        isCounted: activity !== undefined,
      });
      const row: ClubPeriod = {
        period,
        isComplete: period.end <= asOf,
        opening,
        joined,
        left,
        closing,
        netGrowth: ratio(joined - left, opening, "members at the start"),
        retained: ratio(opening - leftOfOpening(spans, period, asOf), opening, "members at the start"),
        active,
        activeInterval:
          active.value === null ? null : wilsonInterval(active.numerator, closing, { confidenceLevel }),
      };
      opening = closing;
      return row;
    }),
  };
}

/** Members just before an instant. */
function membersAt(spans: readonly ReadSpan[], at: number): number {
  return spans.filter((span) => isMemberBefore(span, at)).length;
}

function isMemberBefore({ joinedAt, leftAt }: ReadSpan, at: number): boolean {
  return joinedAt < at && leftAt >= at;
}

/** Who joined and left within the period is not among them. */
function leftOfOpening(spans: readonly ReadSpan[], { start, end }: Period, asOf: number): number {
  return spans.filter((span) => isMemberBefore(span, start) && span.leftAt < Math.min(end, asOf)).length;
}

function countBy(
  instants: readonly number[],
  asOf: number,
  indexOf: (at: number) => number,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const at of instants) {
    if (at >= asOf) continue;
    const index = indexOf(at);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return counts;
}

function activeMembers(
  activity: readonly ClubActivity[],
  spans: readonly ReadSpan[],
  asOf: number,
  indexOf: (at: number) => number,
  timeZone: string,
): Map<number, Set<string>> {
  assertArray(activity, "options.activity");
  const known = new Set(spans.map(({ memberId }) => memberId));
  const problems: RowProblem[] = [];
  const active = new Map<number, Set<string>>();
  for (const [row, value] of activity.entries()) {
    const { memberId, at: given } = (value ?? {}) as Partial<ClubActivity>;
    const at = instantOrNaN(given, timeZone);
    if (typeof memberId !== "string" || memberId === "") {
      problems.push({ row, field: "memberId", reason: "is not text, or is empty", value: memberId });
    } else if (!known.has(memberId)) {
      problems.push({ row, field: "memberId", reason: "has no membership", value: memberId });
    } else if (Number.isNaN(at)) {
      problems.push({ row, field: "at", reason: "is no instant", value: given });
    } else if (at < asOf) {
      const index = indexOf(at);
      const members = active.get(index);
      if (members) members.add(memberId);
      else active.set(index, new Set([memberId]));
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "options.activity");
  return active;
}

function activeShare(
  spans: readonly ReadSpan[],
  active: ReadonlySet<string> | undefined,
  { closing, end, isCounted }: { closing: number; end: number; isCounted: boolean },
): Rate {
  if (!isCounted) {
    return { value: null, numerator: 0, denominator: closing, reason: "options.activity is not given" };
  }
  const members =
    active === undefined
      ? 0
      : spans.filter((span) => active.has(span.memberId) && isMemberBefore(span, end)).length;
  return ratio(members, closing, "members at the end");
}
