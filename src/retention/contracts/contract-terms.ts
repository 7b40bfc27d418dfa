import { DAY_MS, firstDayOfMonth, monthOfDay } from "../../core/civil-day.js";
import type { TimeWindow } from "../../core/duration.js";
import { type Instant, isCivilDay } from "../../core/instant.js";
import { instantOfLocal, startOfDay, zoneOffset } from "../../core/time-zone.js";
import type { KnownContracts, MustOfRow } from "../../history/read-contracts.js";
import { BILLING_UNITS, type BillingInterval } from "../revenue/normalized-revenue.js";
import { type ContractStanding, type ContractWithStatus, hasEnded } from "./contract-status.js";

/** A contract that may say how long its terms are; a `Subscription` fits as it is. */
export interface RenewableContract extends ContractWithStatus {
  /**
   * How often it renews, counted from `startAt`, or from `trialEndAt` where there is a trial; default `interval`. Phases of
   * one `id` that follow each other without a gap and have the same term are counted from the start of the first: another
   * price in mid-term begins no new term.
   */
  readonly term?: BillingInterval | null | undefined;
  /**
   * How often it is paid for. Give `term` too where that is not how often it renews: a year paid by the month. A contract
   * with neither has one term, up to `endAt`.
   */
  readonly interval?: BillingInterval | null | undefined;
  /** What it costs, minor units: at 0 it makes no active customer. Left out, what it costs is not asked. */
  readonly amount?: number | null | undefined;
}

/** What a unit is on the calendar, and the fewest and the most days that it has. */
interface UnitLength {
  readonly months: number;
  readonly days: number;
  readonly fewest: number;
  readonly most: number;
}

const LENGTHS: Readonly<Record<BillingInterval["unit"], UnitLength>> = {
  day: { months: 0, days: 1, fewest: 1, most: 1 },
  week: { months: 0, days: 7, fewest: 7, most: 7 },
  month: { months: 1, days: 0, fewest: 28, most: 31 },
  quarter: { months: 3, days: 0, fewest: 89, most: 92 },
  year: { months: 12, days: 0, fewest: 365, most: 366 },
};

/** However a zone changes its clocks, it never shifts its days by more. */
const SHIFT_MS = 2 * DAY_MS;

/** Checks the terms of a contract, where it gives any. @internal */
export function checkTerms({ term, interval }: RenewableContract, must: MustOfRow): void {
  if (term !== undefined && term !== null) checkInterval("term", term, must);
  if (interval !== undefined && interval !== null) checkInterval("interval", interval, must);
}

/** Refuses what is of no unit or no whole count. @internal */
export function checkInterval(field: string, interval: BillingInterval | undefined, must: MustOfRow): void {
  const { unit, count = 1 } = interval ?? {};
  const isUnit = (BILLING_UNITS as readonly unknown[]).includes(unit);
  must(isUnit, `${field}.unit`, `is none of ${BILLING_UNITS.join(", ")}`, unit);
  const isCount = Number.isSafeInteger(count) && count >= 1;
  must(isCount, `${field}.count`, "is not a whole number from 1", count);
}

/** From when the terms of a contract are counted. @internal */
export interface TermAnchor {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether it was given as a day, so that terms end with days. */
  readonly isDay: boolean;
}

/** From when terms are counted. The arrays are by row of the input. @internal */
export interface TermAnchors {
  readonly anchors: readonly TermAnchor[];
  /**
   * When the contract ends, epoch milliseconds: the end of its term where it has one alone. `Infinity` where no end is known,
   * or it goes on in another row. A pause is no end.
   */
  readonly ends: readonly number[];
}

/** Finds from when the terms of each known contract are counted. @internal */
export function termAnchors(
  rows: readonly RenewableContract[],
  known: KnownContracts,
  standing: readonly ContractStanding[],
  asOf: number,
): TermAnchors {
  const anchors: TermAnchor[] = [];
  const ends: number[] = [];
  const latest = new Map<string, number>();
  // In order of time, so that the phases of a contract come one after the other.
  for (let place = 0; place < known.length; place++) {
    const row = known.row[place];
    const contract = rows[row];
    anchors[row] = ownAnchor(contract, known.start[place], known.end[place], standing[row]);
    ends[row] = endOf(known.end[place], standing[row], asOf);
    const { id } = contract;
    if (id === undefined || id === null || known.start[place] === known.end[place]) continue;
    const before = latest.get(id);
    latest.set(id, place);
    if (before === undefined || known.end[before] !== known.start[place]) continue;
    const previous = known.row[before];
    if (!haveSameTerm(rows[previous], contract)) continue;
    anchors[row] = anchors[previous];
    ends[previous] = Number.POSITIVE_INFINITY;
  }
  return { anchors, ends };
}

function endOf(end: number, { status, since, hasEnd }: ContractStanding, asOf: number): number {
  if (hasEnd || !hasEnded(status) || since === null || since >= asOf) return end;
  return since;
}

function ownAnchor(
  { startAt, trialEndAt, endAt }: RenewableContract,
  start: number,
  end: number,
  { status, trialEnd }: ContractStanding,
): TermAnchor {
  if (trialEnd !== null) return { at: trialEnd, isDay: isDay(trialEndAt) };
  // A phase that is all trial: terms begin after it.
  if (status === "trialing" && Number.isFinite(end)) return { at: end, isDay: isDay(endAt) };
  return { at: start, isDay: isDay(startAt) };
}

function isDay(value: Instant | null | undefined): boolean {
  return value !== undefined && value !== null && isCivilDay(value);
}

/** The terms of a contract; `null` where it has one, up to its end. @internal */
export function termOf({ term, interval }: RenewableContract): BillingInterval | null {
  return term ?? interval ?? null;
}

function haveSameTerm(a: RenewableContract, b: RenewableContract): boolean {
  const [one, other] = [termOf(a), termOf(b)];
  if (one === null || other === null) return one === other;
  return one.unit === other.unit && (one.count ?? 1) === (other.count ?? 1);
}

/**
 * Visits the instants in `[from, to)` at which a term ends, whether or not the contract lives to see them, in order: the
 * anchor and whole terms, each counted once from the anchor as `addDuration` does.
 *
 * @internal
 */
export function eachTermEnd(
  { unit, count = 1 }: BillingInterval,
  { at: anchor, isDay }: TermAnchor,
  { start: from, end: to }: TimeWindow,
  timeZone: string,
  each: (at: number) => void,
): void {
  const { months, days, fewest, most } = LENGTHS[unit];
  // Not a term too late, whatever the months were; and no calendar where the next term certainly ends after `to`.
  let times = Math.max(1, Math.floor((from - anchor - SHIFT_MS) / (count * most * DAY_MS)));
  const isOver = () => anchor + times * count * fewest * DAY_MS - SHIFT_MS >= to;
  if (isOver()) return;
  const local = anchor + zoneOffset(anchor, timeZone);
  const day = Math.floor(local / DAY_MS);
  const timeOfDay = local - day * DAY_MS;
  const month = monthOfDay(day);
  const dayOfMonth = day - firstDayOfMonth(month);
  for (; !isOver(); times++) {
    const later = month + times * count * months;
    const target =
      months === 0
        ? day + times * count * days
        : Math.min(firstDayOfMonth(later) + dayOfMonth, firstDayOfMonth(later + 1) - 1);
    const at = isDay ? startOfDay(target, timeZone) : instantOfLocal(target * DAY_MS + timeOfDay, timeZone);
    if (at >= from && at < to) each(at);
  }
}
