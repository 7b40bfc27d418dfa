import { allocateInteger } from "../../core/allocate-money.js";
import { assertArray, assertInteger, shown } from "../../core/assert.js";
import { type Instant, instantOrNaN } from "../../core/instant.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { AcquisitionPeriods } from "./acquisition-periods.js";

/** Money and time spent on winning customers: advertising, commissions, salaries of those who sell. */
export interface AcquisitionSpend {
  /** The source that it was spent on, as acquisitions name it; `null` or left out: on none in particular. */
  readonly source?: string | null | undefined;
  /** When: any instant of the period. Either this or `period`. */
  readonly at?: Instant | null | undefined;
  /** Half-open stretch of time, dealt out over the calendar's periods in proportion to time: a fee for a year, say. */
  readonly period?: { readonly start: Instant; readonly end: Instant } | null | undefined;
  /** Whole minor units, zero or more. Default 0; `amount` or `hours` must stand there. */
  readonly amount?: number | null | undefined;
  /** Hours of work, zero or more, priced at `hourlyRate`. Default 0. */
  readonly hours?: number | null | undefined;
}

/** How spend meets the customers that it brings. */
export interface AcquisitionSpendOptions {
  /**
   * How many periods pass between spend and acquisition, a whole number from 0: with 2, the customers of March are set
   * against the spend of January. One for all, or by source (a source that the map does not have, and spend on none: 0). Default 0.
   */
  readonly lag?: number | ReadonlyMap<string, number> | undefined;
  /** Price of an hour in the spend, whole minor units; each row's hours are priced and rounded half to even. */
  readonly hourlyRate?: number | undefined;
}

/** What was spent on one source in one period of spending, lag not counted. */
interface PlacedSpend {
  readonly source: string | null;
  readonly index: number;
  readonly amount: number;
}

/** @internal */
export interface ReadSpend {
  readonly rows: readonly PlacedSpend[];
  /** Minor units dated at `asOf` or later. */
  readonly afterAsOf: number;
}

/** @internal */
export function readSpend(
  spend: readonly AcquisitionSpend[],
  { hourlyRate }: AcquisitionSpendOptions,
  { indexOf, at: periodAt }: AcquisitionPeriods,
  asOf: number,
  timeZone: string,
  path: string,
): ReadSpend {
  assertArray(spend, path);
  if (hourlyRate !== undefined) assertInteger(hourlyRate, "options.hourlyRate", 0);
  const problems: RowProblem[] = [];
  const rows: PlacedSpend[] = [];
  let afterAsOf = 0;
  const place = (source: string | null, index: number, amount: number): void => {
    if (amount > 0) rows.push({ source, index, amount });
  };
  for (const [row, given] of spend.entries()) {
    const item = Object(given) as AcquisitionSpend;
    const note = (field: string, reason: string, value: unknown) =>
      problems.push({ row, field, reason, value });
    const before = problems.length;
    const { start, end } = timeOf(item, timeZone, note);
    const amount = costOf(item, hourlyRate, note);
    const source = sourceOf(item, note);
    if (problems.length > before) continue;
    if (end === null) {
      if (start < asOf) place(source, indexOf(start), amount);
      else afterAsOf += amount;
      continue;
    }
    // By whole periods first, so that what fell to a period that is over does not depend on asOf.
    const cuts = cutsBetween(start, end, indexOf, periodAt);
    const parts = allocateInteger(
      amount,
      cuts.slice(1).map((cut, i) => cut - cuts[i]),
    );
    for (const [i, part] of parts.entries()) {
      // Nothing falls to a day that the zone skipped, which has no parts either.
      if (part === 0) continue;
      const known = Math.min(Math.max(asOf - cuts[i], 0), cuts[i + 1] - cuts[i]);
      const [before, after] = allocateInteger(part, [known, cuts[i + 1] - cuts[i] - known]);
      place(source, indexOf(cuts[i]), before);
      afterAsOf += after;
    }
  }
  throwRowProblems(problems, path);
  return { rows, afterAsOf: safeInteger(afterAsOf, path, "the sum of the spend after asOf") };
}

/** How many periods later the customers of a source come. @internal */
export function lagReader({ lag = 0 }: AcquisitionSpendOptions): (source: string | null) => number {
  if (!isMap(lag)) {
    assertInteger(lag, "options.lag", 0, MOST_PERIODS);
    return () => lag;
  }
  for (const [source, periods] of lag)
    assertInteger(periods, `options.lag.get(${shown(source)})`, 0, MOST_PERIODS);
  return (source) => (source === null ? 0 : (lag.get(source) ?? 0));
}

function isMap(lag: number | ReadonlyMap<string, number>): lag is ReadonlyMap<string, number> {
  const map = Object(lag) as Partial<ReadonlyMap<string, number>>;
  return typeof map.get === "function" && typeof map[Symbol.iterator] === "function";
}

/** 27 years of days: a longer lag is a mistake. */
const MOST_PERIODS = 10_000;

type Note = (field: string, reason: string, value: unknown) => void;

/** `end` is `null` for a row dated by an instant. */
function timeOf(
  { at, period }: AcquisitionSpend,
  timeZone: string,
  note: Note,
): { readonly start: number; readonly end: number | null } {
  const hasAt = at !== undefined && at !== null;
  const hasPeriod = period !== undefined && period !== null;
  if (hasAt === hasPeriod)
    note("", `has ${hasAt ? "both at and period" : "neither at nor period"}: give one`, undefined);
  if (!hasPeriod) {
    const start = instantOrNaN(at, timeZone);
    if (hasAt && Number.isNaN(start)) note("at", "is no instant", at);
    return { start, end: null };
  }
  const [start, end] = [instantOrNaN(period.start, timeZone), instantOrNaN(period.end, timeZone)];
  if (Number.isNaN(start)) note("period.start", "is no instant", period.start);
  if (Number.isNaN(end)) note("period.end", "is no instant", period.end);
  if (end <= start) note("period.end", "is not after period.start", period.end);
  return { start, end };
}

function costOf({ amount, hours }: AcquisitionSpend, hourlyRate: number | undefined, note: Note): number {
  const [money, time] = [amount ?? 0, hours ?? 0];
  const [isMoney, isTime] = [Number.isSafeInteger(money) && money >= 0, Number.isFinite(time) && time >= 0];
  if (!isMoney) note("amount", "is not a whole number of minor units, zero or more", amount);
  if (!isTime) note("hours", "is not a number of hours, zero or more", hours);
  else if (time > 0 && hourlyRate === undefined)
    note("hours", "has no price: pass options.hourlyRate, minor units an hour", hours);
  if ((amount ?? hours ?? null) === null) note("", "has neither amount nor hours", undefined);
  if (!isMoney || !isTime) return 0;
  return safeInteger(money + multiplyInteger(hourlyRate ?? 0, time), "spend", "an amount and its hours");
}

function sourceOf({ source }: AcquisitionSpend, note: Note): string | null {
  const isName = typeof source === "string" && source !== "";
  if (!isName && source !== undefined && source !== null)
    note("source", "is not a name: text that is not empty, or null", source);
  return isName ? source : null;
}

/** Where the stretch begins, where each later period does, and where it ends, in order. */
function cutsBetween(
  start: number,
  end: number,
  indexOf: AcquisitionPeriods["indexOf"],
  periodAt: AcquisitionPeriods["at"],
): number[] {
  const cuts = [start];
  const last = indexOf(end - 1);
  for (let index = indexOf(start) + 1; index <= last; index++) cuts.push(periodAt(index).start);
  return [...cuts, end];
}
