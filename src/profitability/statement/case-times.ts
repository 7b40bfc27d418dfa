import { assertArray, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { instantIn } from "../../history/read-contracts.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { kaplanMeier, type SurvivalCurve } from "../../statistics/survival/kaplan-meier.js";
import { type SurvivalQuantile, survivalQuantile } from "../../statistics/survival/survival-quantile.js";

/** One case: a question, a complaint, an order that is worked on. */
export interface CaseTimes {
  /** When it came in. */
  readonly openedAt: Instant;
  /** When it was first answered; left out while it is not. */
  readonly firstResponseAt?: Instant | null | undefined;
  /** When it was done; left out while it is open. */
  readonly closedAt?: Instant | null | undefined;
}

/** What {@link firstResponseTime} and {@link cycleTime} are asked. */
export interface CaseTimeOptions extends ConfidenceOptions {
  /** Facts at this instant or later do not exist yet: the case is still waiting. */
  readonly asOf: Instant;
  /** IANA zone of civil days; default `"UTC"`. */
  readonly timeZone?: string;
}

/** How long cases take, those counted in that still wait. Hours by the clock: nights and weekends count. */
export interface CaseDurations {
  /** Cases that came in before `asOf`. */
  readonly cases: number;
  /** Cases in which it happened. */
  readonly done: number;
  /** Cases that still wait, or ended without it. */
  readonly waiting: number;
  /** Hours until it has happened in half of the cases. */
  readonly median: SurvivalQuantile;
  /** Hours until it has happened in nine of ten cases. */
  readonly ninetieth: SurvivalQuantile;
  /** Share of cases that wait longer than each time, in hours: read it with {@link survivalAt}. */
  readonly curve: SurvivalCurve;
  /** Epoch milliseconds. */
  readonly asOf: number;
}

const HOUR = 3_600_000;

/** Durations of the cases known at `asOf`, from their opening to `endOf`. @internal */
export function caseDurations(
  cases: readonly CaseTimes[],
  options: CaseTimeOptions,
  field: "firstResponseAt" | "closedAt",
): CaseDurations {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC", confidenceLevel } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const duration: number[] = [];
  const event: boolean[] = [];
  for (const { opened, responded, closed } of readCases(cases, timeZone)) {
    if (opened >= asOf) continue;
    const closedBefore = knownBefore(closed, asOf);
    const happened = field === "firstResponseAt" ? knownBefore(responded, asOf) : closedBefore;
    // A case that is closed without an answer waits for none any more.
    duration.push(((happened ?? closedBefore ?? asOf) - opened) / HOUR);
    event.push(happened !== null);
  }
  const curve = kaplanMeier({ duration, event }, confidenceLevel === undefined ? {} : { confidenceLevel });
  const done = event.filter(Boolean).length;
  return {
    cases: event.length,
    done,
    waiting: event.length - done,
    median: survivalQuantile(curve, 0.5),
    ninetieth: survivalQuantile(curve, 0.9),
    curve,
    asOf,
  };
}

function knownBefore(at: number | null, asOf: number): number | null {
  return at !== null && at < asOf ? at : null;
}

interface ReadCase {
  readonly opened: number;
  readonly responded: number | null;
  readonly closed: number | null;
}

function readCases(cases: readonly CaseTimes[], timeZone: string): ReadCase[] {
  assertArray(cases, "cases");
  const problems: RowProblem[] = [];
  const read = cases.map((given, row): ReadCase => {
    const record = Object(given) as Partial<CaseTimes>;
    const opened = instantIn(record.openedAt ?? Number.NaN, timeZone);
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row, field, reason, value });
    if (Number.isNaN(opened)) note("openedAt", "is no instant", record.openedAt);
    const later = (field: "firstResponseAt" | "closedAt"): number | null => {
      const value = record[field];
      if (value === undefined || value === null) return null;
      const at = instantIn(value, timeZone);
      if (Number.isNaN(at)) note(field, "is no instant", value);
      else if (at < opened) note(field, "is before openedAt", value);
      return at;
    };
    return { opened, responded: later("firstResponseAt"), closed: later("closedAt") };
  });
  throwRowProblems(problems, "cases");
  return read;
}
