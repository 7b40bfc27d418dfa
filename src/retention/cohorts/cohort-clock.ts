import { DAY_MS } from "../../core/civil-day.js";

/** How the age of a row is told, as the loop over all rows wants it. @internal */
export interface CohortClock {
  /** Length of an age in milliseconds, from each customer's own start; 0 when ages are periods of the calendar. */
  readonly rollingMs: number;
  /** Periods of the calendar: period p runs from `bounds[p]` to `bounds[p + 1]`; the last bound is Infinity. */
  readonly bounds: Float64Array;
  /** For each stretch of `bucketMs` since the first bound, the period in which it begins. */
  readonly buckets: Int32Array;
  /** A power of two, so that dividing by it is exact. */
  readonly bucketMs: number;
  /** Number of cohorts of a group: a cohort's place among all, modulo this, is the period in which it starts. */
  readonly periods: number;
}

/** Ages of so many times 24 hours. @internal */
export function rollingClock(days: number, periods: number): CohortClock {
  const none = { bounds: new Float64Array(1), buckets: new Int32Array(1), bucketMs: 1 };
  return { rollingMs: days * DAY_MS, ...none, periods };
}

/**
 * Ages that are periods of the calendar, from their first instants in order; from the last of them on all is one period.
 *
 * Looking up a stretch of time and going on from there is several times faster than asking for the period of each instant.
 *
 * @internal
 */
export function calendarClock(startsOfPeriods: readonly number[], periods: number): CohortClock {
  const bounds = Float64Array.from([...startsOfPeriods, Number.POSITIVE_INFINITY]);
  const origin = bounds[0];
  const span = startsOfPeriods[startsOfPeriods.length - 1] - origin;
  const wanted = Math.min(MOST_BUCKETS, startsOfPeriods.length * BUCKETS_A_PERIOD);
  const bucketMs = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, span / wanted))));
  const buckets = new Int32Array(Math.floor(span / bucketMs) + 1);
  let period = 0;
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    const start = origin + bucket * bucketMs;
    while (start >= bounds[period + 1]) period++;
    buckets[bucket] = period;
  }
  return { rollingMs: 0, bounds, buckets, bucketMs, periods };
}

const BUCKETS_A_PERIOD = 16;
/** Few enough to stay in a processor's cache. */
const MOST_BUCKETS = 2 ** 16;
