import { addDuration, subtractDuration, type TimeWindow } from "../../core/duration.js";
import { periodAt, periodReader } from "../../core/period.js";
import { localDayReader, startOfDay } from "../../core/time-zone.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { TierPlan } from "../program/tier-plan.js";

// The terms over which a programme counts and for which a level lasts.

/** Days before any that can be asked for: "ever" begins here (0001-01-01). */
const FIRST_DAY = -719_162;

/** What a programme's calendar needs to know more than once. */
interface TermCalendar {
  /** Local day of an instant, since 1970-01-01. */
  readonly dayOf: (at: number) => number;
  /** The calendar period of an instant; `null` where terms are not calendar periods. */
  readonly periodOf: ((at: number) => TimeWindow) | null;
}

/** A memo of what follows from a programme alone: building the readers costs far more than one use of them. */
const CALENDARS = new WeakMap<LoyaltyProgram, TermCalendar>();

/**
 * Over which local days does qualifying activity count now?
 *
 * @param program - The programme.
 * @param at - The instant, epoch milliseconds.
 * @param enrolledAt - When the member joined, epoch milliseconds: anniversaries count from it.
 * @returns First and last day of the term that holds `at`, as numbers since 1970-01-01 in the programme's zone; with a
 * rolling period the days up to `at`. `null` when the programme has no levels.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the term leaves the years 0001 to 9999.
 * @example
 * ```ts
 * import { civilDay, defineProgram, qualifyingDays } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 500_00 }],
 *     measure: { kind: "spend" },
 *     period: { kind: "calendar", unit: "year" },
 *     downgrade: "byBalance",
 *   },
 * });
 * const days = qualifyingDays(program, Date.UTC(2024, 4, 1), Date.UTC(2023, 0, 1));
 * [civilDay(days?.firstDay ?? 0), civilDay(days?.lastDay ?? 0)]; // => ["2024-01-01", "2024-12-31"]
 * ```
 */
export function qualifyingDays(
  program: LoyaltyProgram,
  at: number,
  enrolledAt: number,
): { readonly firstDay: number; readonly lastDay: number } | null {
  const plan = program.tiers;
  if (plan === undefined) return null;
  const { dayOf } = calendarOf(program);
  const { period } = plan;
  if (period.kind === "ever") return { firstDay: FIRST_DAY, lastDay: dayOf(at) };
  if (period.kind === "rolling") return rollingDays(program, at, period.length);
  const term = termAt(program, at, enrolledAt);
  return { firstDay: dayOf(term.start), lastDay: dayOf(term.end - 1) };
}

/** The calendar or anniversary term that holds an instant. @internal */
export function termAt(program: LoyaltyProgram, at: number, enrolledAt: number): TimeWindow {
  return calendarOf(program).periodOf?.(at) ?? anniversaryTerm(program.timeZone, at, enrolledAt);
}

/** Days of the time of a given length up to an instant: the day of `at` is the last of them. @internal */
export function rollingDays(
  program: LoyaltyProgram,
  at: number,
  length: Extract<TierPlan["period"], { kind: "rolling" }>["length"],
): { readonly firstDay: number; readonly lastDay: number } {
  const { dayOf } = calendarOf(program);
  return {
    firstDay: dayOf(subtractDuration(at, length, { timeZone: program.timeZone })) + 1,
    lastDay: dayOf(at),
  };
}

/** Local day of an instant in a programme's zone. @internal */
export function programDay(program: LoyaltyProgram, at: number): number {
  return calendarOf(program).dayOf(at);
}

/**
 * When the term ends for which a level lasts that was won (or renewed) at an instant, with its grace; `null` never.
 *
 * @internal
 */
export function termEnd(
  program: LoyaltyProgram,
  plan: TierPlan,
  at: number,
  enrolledAt: number,
): number | null {
  const { period } = plan;
  if (period.kind === "ever") return null;
  if (period.kind === "rolling") {
    return withGrace(program, plan, addDuration(at, period.length, { timeZone: program.timeZone }));
  }
  const { end } = termAt(program, at, enrolledAt);
  return withGrace(program, plan, period.lasts === "periodEnd" ? end : termAt(program, end, enrolledAt).end);
}

/** An end with the plan's grace after it. @internal */
export function withGrace(program: LoyaltyProgram, plan: TierPlan, end: number): number {
  return plan.grace === undefined ? end : addDuration(end, plan.grace, { timeZone: program.timeZone });
}

/**
 * The term that begins where another ended, given the end with its grace: adding months is not undone by taking them
 * away (31 March is not a month after 28 February), so the start is searched.
 *
 * @internal
 */
export function termAfter(
  program: LoyaltyProgram,
  plan: TierPlan,
  graceEnd: number,
  enrolledAt: number,
): TimeWindow {
  let term = termAt(program, graceEnd, enrolledAt);
  while (withGrace(program, plan, term.start) > graceEnd) term = termAt(program, term.start - 1, enrolledAt);
  return term;
}

function calendarOf(program: LoyaltyProgram): TermCalendar {
  const known = CALENDARS.get(program);
  if (known !== undefined) return known;
  const { timeZone, tiers } = program;
  const calendar: TermCalendar = {
    dayOf: localDayReader(timeZone),
    periodOf: tiers?.period.kind === "calendar" ? periodWindows(tiers.period.unit, timeZone) : null,
  };
  CALENDARS.set(program, calendar);
  return calendar;
}

function periodWindows(unit: "month" | "quarter" | "halfYear" | "year", timeZone: string) {
  const indexOf = periodReader(unit, { timeZone });
  const windows = new Map<number, TimeWindow>();
  return (at: number): TimeWindow => {
    const index = indexOf(at);
    const known = windows.get(index);
    if (known !== undefined) return known;
    const { start, end } = periodAt(index, unit, { timeZone });
    const found = { start, end };
    windows.set(index, found);
    return found;
  };
}

/** Years from the local day of enrolment; 29 February has its anniversary on 28 February. */
function anniversaryTerm(timeZone: string, at: number, enrolledAt: number): TimeWindow {
  const anchor = startOfDay(localDayReader(timeZone)(enrolledAt), timeZone);
  const anniversary = (times: number) =>
    times < 0
      ? subtractDuration(anchor, { years: 1 }, { timeZone, times: -times })
      : addDuration(anchor, { years: 1 }, { timeZone, times });
  // A year has 365.2425 days in the mean; the guess is off by one at most.
  let years = Math.floor((at - anchor) / 31_556_952_000);
  while (anniversary(years) > at) years--;
  while (anniversary(years + 1) <= at) years++;
  return { start: anniversary(years), end: anniversary(years + 1) };
}
