import { assertOneOf } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import { DAYS_IN } from "../../core/days-in.js";
import { type Table, table } from "../../core/table.js";
import { zoneOffsetReader } from "../../core/time-zone.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";

/** In what tenure is counted: a week is 7 days, a month 365.25 / 12, a year 365.25. */
export type LifetimeUnit = "day" | "week" | "month" | "year";

/** One row a customer whose life was seen, at least in part. */
export interface LifetimeColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Of `groupBy`; `null` for a customer of no group, and without `groupBy`. */
  readonly group: readonly (string | null)[];
  /** When the life began, epoch milliseconds. */
  readonly startAt: readonly number[];
  /** When it ended, epoch milliseconds; `null` while no end was seen. */
  readonly endAt: readonly (number | null)[];
  /** From the start to the end, or to the last instant at which the customer was seen alive, in `unit`. */
  readonly duration: readonly number[];
  /** Whether the life ended; `false`: it is censored at `duration`. */
  readonly event: readonly boolean[];
  /** From the start to when the customer came under observation, in `unit`; 0 for a life seen from its start. */
  readonly entry: readonly number[];
}

/** Who could not be given a row, each customer counted once. */
export interface LifetimesLeftOut {
  /** Without a qualifying purchase, or a contract that had begun and covers any time. */
  readonly neverBegan: number;
  /** There before observation began, or perhaps so, and since when is not known. */
  readonly unknownStart: number;
  /** The life had ended before it could have been observed. */
  readonly endedBefore: number;
  /**
   * Nothing can be said of the life yet: it began after `observedUntil`, or the customer comes under observation no
   * earlier than that, or whether the life was over by then is not known yet.
   */
  readonly tooRecent: number;
}

/** Lives of customers, in the form that `kaplanMeier` takes: a table with what was left out beside it. */
export interface LifetimeTable extends Table<LifetimeColumns> {
  /** Unit of `duration` and `entry`. */
  readonly unit: LifetimeUnit;
  /** Customers of the table whose life ended and who came back later. */
  readonly returned: number;
  /** Who has no row. */
  readonly leftOut: LifetimesLeftOut;
  /** Ends after it cannot be known yet: the instant at which lives without an end are censored, epoch milliseconds. */
  readonly observedUntil: number;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/** One life as it was found. @internal */
export interface FoundLife {
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly start: number;
  /** Epoch milliseconds; `Infinity` where none was seen. */
  readonly end: number;
  /** When observation began, epoch milliseconds; at or before `start` when the whole life was seen. */
  readonly entryAt: number;
  /** Whether the customer came back after the end. */
  readonly returned: boolean;
}

/** What both sources of lives have in common. @internal */
export interface LifetimeReading {
  readonly unit: LifetimeUnit;
  readonly groupBy: CustomerGrouping | undefined;
  readonly asOf: number;
  readonly observedUntil: number;
  readonly timeZone: string;
}

/** @internal */
export function assertUnit(unit: unknown): asserts unit is LifetimeUnit {
  assertOneOf(unit, "options.unit", ["day", "week", "month", "year"]);
}

/**
 * Puts lives into a table: what ended by `observedUntil` is an event, what had not is censored there.
 *
 * @internal
 */
export function lifetimeTable(
  lives: readonly FoundLife[],
  reading: LifetimeReading,
  notFound: LifetimesLeftOut,
): LifetimeTable {
  const { unit, groupBy, asOf, observedUntil, timeZone } = reading;
  const elapsed = elapsedReader(unit, timeZone);
  const columns = {
    customerId: [] as string[],
    startAt: [] as number[],
    endAt: [] as (number | null)[],
    duration: [] as number[],
    event: [] as boolean[],
    entry: [] as number[],
  };
  let { endedBefore, tooRecent } = notFound;
  let returned = 0;
  for (const { customerId, start, end, entryAt, returned: cameBack } of lives) {
    const ended = end <= observedUntil;
    const duration = elapsed(start, ended ? end : observedUntil);
    const entry = entryAt > start ? elapsed(start, entryAt) : 0;
    // Nobody is at risk in an instant: who left as observation began was never under it.
    if (start > observedUntil || (entry > 0 && entry >= duration)) {
      if (ended) endedBefore++;
      else tooRecent++;
      continue;
    }
    columns.customerId.push(customerId);
    columns.startAt.push(start);
    columns.endAt.push(ended ? end : null);
    columns.duration.push(duration);
    columns.event.push(ended);
    columns.entry.push(entry);
    if (cameBack) returned++;
  }
  const { neverBegan, unknownStart } = notFound;
  return {
    ...table({ ...columns, group: groupsOf(columns.customerId, groupBy) }),
    unit,
    returned,
    leftOut: { neverBegan, unknownStart, endedBefore, tooRecent },
    observedUntil,
    asOf,
    timeZone,
  };
}

function groupsOf(customerIds: readonly string[], groupBy: CustomerGrouping | undefined): (string | null)[] {
  if (groupBy === undefined) return customerIds.map(() => null);
  const { codes, names } = groupCustomers(customerIds, groupBy);
  return Array.from(codes, (code) => names[code]);
}

/**
 * Time on the clock of the zone, so that 30 civil days are 30 days where clocks change between; never below 0, which
 * the clock alone would show for minutes around its going back.
 */
function elapsedReader(unit: LifetimeUnit, timeZone: string): (start: number, end: number) => number {
  const offset = zoneOffsetReader(timeZone);
  const length = DAY_MS * DAYS_IN[unit];
  return (start, end) => Math.max(0, end + offset(end) - start - offset(start)) / length;
}
