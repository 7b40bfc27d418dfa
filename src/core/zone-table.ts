import { DAY_MS } from "./civil-day.js";
import { intlOffsetSource, type OffsetSource } from "./intl-offset-source.js";

/** Stretches of constant offset: stretch i runs from `starts[i]` to `starts[i + 1]`; the last start is Infinity. @internal */
export interface OffsetStretches {
  /** Epoch milliseconds, ascending; one more than there are stretches. */
  readonly starts: ArrayLike<number>;
  /** Milliseconds east of UTC. */
  readonly offsets: ArrayLike<number>;
}

/** The stretches of 1900 to 2100 with an index that finds one in constant time. @internal */
export interface ZoneTable extends OffsetStretches {
  /** For each bucket of time since {@link TABLE_START}, the stretch in which it begins. */
  readonly buckets: Uint16Array;
}

// A margin of days on both sides, so that every local day of 1900 to 2100 lies inside in every zone.
/** First instant of the tables, epoch ms. @internal */
export const TABLE_START = -2_209_248_000_000; // 1899-12-29
/** First instant after the tables, epoch ms. @internal */
export const TABLE_END = 4_134_240_000_000; // 2101-01-04
/** 12.4 days: hardly ever more than one change in each, and an index that fits the processor's nearest cache. */
const BUCKET_MS = 2 ** 30;

// Shorter than the shortest stretch in any zone, 7 days (a trial of summer time in Recife in 2000; the rest of summer time
// before Ramadan in Gaza), so that none hides between two probes. Rules count in weeks: a shorter one is not to be expected.
const PROBE_STEP = 5 * DAY_MS;

const tables = new Map<OffsetSource, ZoneTable>();
const begunDayTables = new Map<OffsetSource, ZoneTable>();

/**
 * The offsets of a zone from 1900 to 2100, built on first use.
 *
 * @internal
 */
export function zoneTable(timeZone: string): ZoneTable {
  const source = intlOffsetSource(timeZone, "timeZone");
  const known = tables.get(source);
  if (known !== undefined) return known;
  const table = indexed(offsetStretches(source, TABLE_START, TABLE_END, PROBE_STEP));
  tables.set(source, table);
  return table;
}

/**
 * The table of a zone in which a day that has begun does not give way to the day before.
 *
 * Where clocks are set back shortly after midnight (St. John's, 1987 to 2011, at 00:01), the last hour of the day before
 * comes again. Here the change waits until the clock passes midnight for good.
 *
 * @internal
 */
export function begunDayTable(timeZone: string): ZoneTable {
  const source = intlOffsetSource(timeZone, "timeZone");
  const known = begunDayTables.get(source);
  if (known !== undefined) return known;
  const table = zoneTable(timeZone);
  const starts = Array.from(table.starts);
  let isChanged = false;
  for (let i = 1; i < table.offsets.length; i++) {
    const change = table.starts[i];
    const dayBegun = Math.floor((change - 1 + table.offsets[i - 1]) / DAY_MS);
    const dayAfter = Math.floor((change + table.offsets[i]) / DAY_MS);
    if (dayAfter < dayBegun) {
      starts[i] = dayBegun * DAY_MS - table.offsets[i];
      isChanged = true;
    }
  }
  const begun = isChanged ? indexed({ starts, offsets: table.offsets }) : table;
  begunDayTables.set(source, begun);
  return begun;
}

/**
 * The offset at an instant inside the table.
 *
 * @internal
 */
export function tableOffset(table: ZoneTable, epochMs: number): number {
  return table.offsets[lastStart(table.starts, table.buckets, epochMs)];
}

/**
 * Index of the last of the ascending starts that is not after an instant inside the tables.
 *
 * @internal
 */
export function lastStart(starts: ArrayLike<number>, buckets: Uint16Array, epochMs: number): number {
  let i = buckets[((epochMs - TABLE_START) / BUCKET_MS) | 0];
  while (epochMs >= starts[i + 1]) i++;
  return i;
}

/**
 * Whether the tables hold an instant: false for what is none (NaN, text, a Date), which so reaches the checks of the slow way.
 *
 * @internal
 */
export function isTabulated(epochMs: number): boolean {
  return typeof epochMs === "number" && epochMs >= TABLE_START && epochMs < TABLE_END;
}

/**
 * The stretches in which the clocks may show a reading, and the first of them: from the tables, or from the runtime outside
 * their years. No zone is a day from UTC, so that they lie within a day of the reading.
 *
 * @internal
 */
export function stretchesAround(
  localMs: number,
  timeZone: string,
): { readonly stretches: OffsetStretches; readonly first: number } {
  const from = localMs - DAY_MS;
  const to = localMs + DAY_MS;
  if (isTabulated(from) && isTabulated(to)) {
    const table = zoneTable(timeZone);
    return { stretches: table, first: lastStart(table.starts, table.buckets, from) };
  }
  return { stretches: offsetStretches(intlOffsetSource(timeZone, "timeZone"), from, to, DAY_MS), first: 0 };
}

/** Finds every change of offset by probing at steps and halving the step in which the offset differs. */
function offsetStretches(source: OffsetSource, from: number, to: number, step: number): OffsetStretches {
  const starts = [from];
  const offsets = [source(from)];
  let known = from;
  while (known < to) {
    const offset = offsets[offsets.length - 1];
    const probe = Math.min(known + step, to);
    if (source(probe) === offset) {
      known = probe;
    } else {
      // One step may hold several changes: the search goes on from the first one found.
      known = firstChange(source, known, probe, offset);
      starts.push(known);
      offsets.push(source(known));
    }
  }
  return { starts: [...starts, Number.POSITIVE_INFINITY], offsets };
}

/** First whole second after `same` at which the offset is another: zone changes fall on whole seconds. */
function firstChange(source: OffsetSource, same: number, other: number, offset: number): number {
  let low = Math.floor(same / 1000);
  let high = Math.ceil(other / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (source(middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function indexed({ starts, offsets }: OffsetStretches): ZoneTable {
  return {
    starts: Float64Array.from(starts),
    offsets: Float64Array.from(offsets),
    buckets: bucketIndex(starts),
  };
}

/**
 * For each bucket of time from TABLE_START to TABLE_END, the last of the ascending starts that is not after it begins.
 *
 * @internal
 */
export function bucketIndex(starts: ArrayLike<number>): Uint16Array {
  const buckets = new Uint16Array(Math.ceil((TABLE_END - TABLE_START) / BUCKET_MS));
  for (let bucket = 0, index = 0; bucket < buckets.length; bucket++) {
    const start = TABLE_START + bucket * BUCKET_MS;
    while (start >= starts[index + 1]) index++;
    buckets[bucket] = index;
  }
  return buckets;
}
