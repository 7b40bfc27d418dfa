import { assertArgument, assertFinite, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../confidence.js";
import { assertNumbers } from "../numbers.js";
import { wilsonInterval } from "../wilson-interval.js";
import { readCountedData, type SurvivalInput } from "./survival-data.js";
import { stepsUpTo } from "./survival-steps.js";

/** Into which buckets tenure is cut: `width` or `cuts`, not both. */
export interface HazardOptions extends ConfidenceOptions {
  /** Length of every bucket, above 0, in the unit of the durations. Default 1: a bucket for each whole number. */
  readonly width?: number;
  /** Where the second and each later bucket begins: ascending, above 0. The last bucket has no end. */
  readonly cuts?: readonly number[];
}

/** What happened in one bucket of tenure. */
export interface TenureHazard {
  /** First tenure of the bucket. */
  readonly start: number;
  /** First tenure after it; `null`: without end. */
  readonly end: number | null;
  /** Subjects who were under observation and without the event as the bucket began. */
  readonly atRisk: number;
  /** Those of them who had the event in it. */
  readonly events: number;
  /** Those of them last seen in it without the event. */
  readonly censored: number;
  /** Events of those at risk. */
  readonly hazard: Rate;
  /** Limits of the hazard (Wilson 1927); `null` when nobody is at risk. */
  readonly interval: Interval | null;
  /** Share still without the event at the end of the bucket: the product of 1 - hazard up to it. */
  readonly survival: number;
}

/** The discrete hazard of an event, by tenure. */
export interface HazardByTenure {
  /** The buckets from tenure 0 to the longest, without gaps. */
  readonly buckets: readonly TenureHazard[];
  /** Subjects who entered late, after the start of a bucket, and left in it: they were never at risk at the start of one. */
  readonly uncounted: number;
  /** Confidence level of the intervals. */
  readonly confidenceLevel: number;
}

/** More buckets than this are a mistake of unit: milliseconds in buckets of 1. */
const MOST_BUCKETS = 10_000;

/**
 * At which tenure do they leave: what share of those who came so far has the event there?
 *
 * Tenure is rounded down to the start of its bucket and then taken as discrete time (Singer & Willett 1993): events come
 * before censorings, so that a subject last seen in a bucket counts as at risk in it. One who enters late counts from
 * the bucket that begins at its `entry` on, unless all who leave in that bucket do so at its very start, at which nobody
 * who enters then is at risk; with an `entry` within a bucket it counts from the next one on. For tenure in whole periods (renewals, months) and buckets of that length this is exact, and
 * `survival` is the Kaplan-Meier curve. Where subjects are censored within wide buckets the hazard comes out too low:
 * take narrower ones.
 *
 * @param data - Rows `{ duration, event, entry?, weight? }`, the same as columns, or a table that has such columns; in any order. Weights are whole numbers of like subjects.
 * @param options - `width` (default 1) or `cuts`, and `confidenceLevel` (default 0.95).
 * @returns One entry for each bucket, in order of tenure.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row breaks a rule of survival data or a weight is not whole; `INVALID_ARGUMENT` when columns differ in length, the buckets are ill-defined, or there would be more than 10,000.
 * @example
 * ```ts
 * import { hazardByTenure } from "clientele";
 *
 * const renewals = { duration: [1, 1, 2, 3, 3, 3], event: [true, true, true, true, false, false] };
 * const { buckets } = hazardByTenure(renewals);
 * buckets[1].hazard; // => { value: 0.3333333333333333, numerator: 2, denominator: 6, reason: null }
 * buckets[3].survival; // ~> 0.3333333333333333
 * hazardByTenure(renewals, { cuts: [2] }).buckets.map(({ events }) => events); // => [2, 2]
 * ```
 */
export function hazardByTenure(data: SurvivalInput, options: HazardOptions = {}): HazardByTenure {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { duration, event, entry, weight, length } = readCountedData(data);
  const longest = duration.reduce((most, time) => Math.max(most, time), 0);
  const { bucketOf, isStart, endOf, starts } = bucketing(options, length === 0 ? null : longest);
  const joining = new Float64Array(starts.length);
  const events = new Float64Array(starts.length);
  const censored = new Float64Array(starts.length);
  // Whether subjects leave each bucket at its very start, and later.
  const began = new Uint8Array(starts.length);
  const later = new Uint8Array(starts.length);
  for (let row = 0; row < length; row++) {
    (isStart(duration[row]) ? began : later)[bucketOf(duration[row])] = 1;
  }
  const firstOf = (from: number): number => {
    const bucket = bucketOf(from);
    const isExposed = isStart(from) && (later[bucket] === 1 || began[bucket] === 0);
    return isExposed ? bucket : bucket + 1;
  };
  let uncounted = 0;
  for (let row = 0; row < length; row++) {
    const count = weight === null ? 1 : weight[row];
    const last = bucketOf(duration[row]);
    const first = entry === null || entry[row] === 0 ? 0 : firstOf(entry[row]);
    if (first > last) {
      uncounted += count;
      continue;
    }
    joining[first] += count;
    if (event[row] === 1) events[last] += count;
    else censored[last] += count;
  }
  let atRisk = 0;
  let survival = 1;
  const buckets = starts.map((start, bucket): TenureHazard => {
    atRisk += joining[bucket];
    const hazard = ratio(events[bucket], atRisk, "subjects at risk");
    survival *= 1 - (hazard.value ?? 0);
    const row = {
      start,
      end: endOf(bucket),
      atRisk,
      events: events[bucket],
      censored: censored[bucket],
      hazard,
      interval: atRisk > 0 ? wilsonInterval(events[bucket], atRisk, { confidenceLevel }) : null,
      survival,
    };
    atRisk -= row.events + row.censored;
    return row;
  });
  return { buckets, uncounted, confidenceLevel };
}

interface Bucketing {
  readonly bucketOf: (time: number) => number;
  /** Whether a bucket begins at the time. */
  readonly isStart: (time: number) => boolean;
  readonly endOf: (bucket: number) => number | null;
  /** Where each bucket begins, as far as subjects were seen. */
  readonly starts: readonly number[];
}

function bucketing(options: HazardOptions, longest: number | null): Bucketing {
  const { width, cuts } = options;
  if (cuts !== undefined) {
    assertArgument(
      width === undefined,
      "options.width",
      () => `options.width is ${width} beside cuts: pass one of them`,
    );
    assertCuts(cuts);
    const bucketOf = (time: number) => stepsUpTo(cuts, time);
    return {
      bucketOf,
      isStart: (time) => time === 0 || cuts[bucketOf(time) - 1] === time,
      endOf: (bucket) => cuts[bucket] ?? null,
      starts: longest === null ? [] : [0, ...cuts.slice(0, bucketOf(longest))],
    };
  }
  const length = width ?? 1;
  assertFinite(length, "options.width");
  assertArgument(length > 0, "options.width", () => `options.width is ${length}: pass a length above 0`);
  const bucketOf = (time: number) => Math.floor(snapped(time / length));
  const count = longest === null ? 0 : bucketOf(longest) + 1;
  assertArgument(
    count <= MOST_BUCKETS,
    "options.width",
    () =>
      `options.width is ${length} for durations up to ${longest}: pass a length that makes at most ${MOST_BUCKETS} buckets`,
  );
  return {
    bucketOf,
    isStart: (time) => Number.isInteger(snapped(time / length)),
    endOf: (bucket) => (bucket + 1) * length,
    starts: Array.from({ length: count }, (_, bucket) => bucket * length),
  };
}

function assertCuts(cuts: readonly number[]): void {
  assertNumbers(cuts, "options.cuts");
  assertArgument(
    cuts.length < MOST_BUCKETS,
    "options.cuts",
    () => `options.cuts holds ${cuts.length} values: pass fewer than ${MOST_BUCKETS}`,
  );
  cuts.forEach((cut, i) => {
    const before = i === 0 ? 0 : cuts[i - 1];
    assertArgument(
      cut > before,
      `options.cuts[${i}]`,
      () => `options.cuts[${i}] is ${cut} after ${before}: pass cuts above 0, each above the one before`,
    );
  });
}

/** A quotient that misses a whole number by rounding alone is that number: 0.3 / 0.1 is 2.9999999999999996. */
function snapped(quotient: number): number {
  const whole = Math.round(quotient);
  return Math.abs(quotient - whole) <= 4 * Number.EPSILON * quotient ? whole : quotient;
}
