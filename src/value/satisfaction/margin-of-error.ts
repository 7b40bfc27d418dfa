import {
  assertArgument,
  assertBetween,
  assertInRange,
  assertInteger,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { roundingOf } from "../../core/kpi.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { ANY_ANSWER } from "../../statistics/scales/scale-answers.js";

/** What is estimated, from how large a population, and how sure the answer should be. */
export interface SurveyPrecisionOptions extends ConfidenceOptions {
  /** The share that is expected, 0 to 1; default 0.5, where the margin is widest. Not together with `sd`. */
  readonly share?: number | undefined;
  /**
   * Standard deviation of single answers (that of the whole population: with N, not N - 1), where a mean is estimated, above 0 and
   * below 1e100: margins are then in its unit. For a Net Promoter Score, that of answers of 100, 0 and -100, at most 100.
   */
  readonly sd?: number | undefined;
  /** How many customers the sample is drawn from; absent: many more than the sample. */
  readonly population?: number | undefined;
}

/** How a sample is planned. */
export interface SampleSizeOptions extends SurveyPrecisionOptions {
  /** Share of the invited that is expected to answer, above 0 and up to 1; absent: invitations are not computed. */
  readonly responseRate?: number | undefined;
}

/** How exact an estimate from a random sample is. */
export interface MarginOfError {
  /** Half the width of the interval, in the unit of the estimate: 0.05 is five percentage points. */
  readonly margin: number;
  /** Of the estimate, corrected for a finite population. */
  readonly standardError: number;
  /** By how much that correction narrows it, 0 (everybody was asked) to 1 (none). */
  readonly finitePopulationFactor: number;
}

/** How many answers it takes. */
export interface NeededSampleSize {
  /** Answers, whole. */
  readonly n: number;
  /** Answers if the population had no end. */
  readonly withoutCorrection: number;
  /** Invitations, whole; `null` without `responseRate`. More than the population where so many cannot be had. */
  readonly invitations: number | null;
  /** Whether the population holds so many invitations; `null` where there are none or it is not stated. */
  readonly isReachable: boolean | null;
}

/**
 * How far could a survey's result be off, by the chance of who was drawn?
 *
 * z times the standard error, with the correction sqrt((N - n) / (N - 1)) where the sample is a good part of a population of N
 * (Cochran 1977). It holds for random samples that answer; those who do not answer are no matter of chance: see
 * {@link surveyResponse}.
 *
 * @param n - How many answered, 1 or more.
 * @param options - `share` or `sd`, `population`, `confidenceLevel`.
 * @returns The margin, the standard error, and what the finite population makes of it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when n is not whole or above the population, or both `share` and `sd` are given.
 * @example
 * ```ts
 * import { marginOfError } from "clientele";
 *
 * marginOfError(1000).margin; // ~> 0.030989751
 * marginOfError(400, { population: 1000 }).margin; // ~> 0.0379735309
 * marginOfError(100, { sd: 1.5 }).standardError; // => 0.15
 * ```
 */
export function marginOfError(n: number, options: SurveyPrecisionOptions = {}): MarginOfError {
  assertOptions(options);
  assertInteger(n, "n", 1);
  const { population } = options;
  const sd = spreadOf(options);
  const confidenceLevel = confidenceLevelOf(options);
  if (population !== undefined) assertInteger(population, "options.population", n);
  // Of a population of one, the one who answered is all.
  const isAll = population === n;
  const factor = isAll ? 0 : population === undefined ? 1 : Math.sqrt((population - n) / (population - 1));
  const standardError = (sd / Math.sqrt(n)) * factor;
  return {
    margin: criticalZ(confidenceLevel) * standardError,
    standardError,
    finitePopulationFactor: factor,
  };
}

/**
 * How many answers, and how many invitations, does a survey need to be so exact?
 *
 * n0 = (z sd / margin)^2, and n0 / (1 + (n0 - 1) / N) from a population of N (Cochran 1977), rounded up.
 *
 * @param margin - How far off the result may be, in the unit of the estimate, above 0: 0.05 is five percentage points.
 * @param options - `share` or `sd`, `population`, `responseRate`, `confidenceLevel`.
 * @returns Answers with and without correction for the population, and invitations.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is out of range, or both `share` and `sd` are given.
 * @example
 * ```ts
 * import { neededSampleSize } from "clientele";
 *
 * neededSampleSize(0.05).n; // => 385
 * neededSampleSize(0.05, { population: 1000 }).n; // => 278
 * neededSampleSize(0.05, { responseRate: 0.2 }).invitations; // => 1925
 * ```
 */
export function neededSampleSize(margin: number, options: SampleSizeOptions = {}): NeededSampleSize {
  assertOptions(options);
  assertBetween(margin, "margin", 0, Number.POSITIVE_INFINITY);
  const { population, responseRate } = options;
  const sd = spreadOf(options);
  const z = criticalZ(confidenceLevelOf(options));
  if (population !== undefined) assertInteger(population, "options.population", 1);
  assertArgument(
    responseRate === undefined || (Number.isFinite(responseRate) && responseRate > 0 && responseRate <= 1),
    "options.responseRate",
    () => `options.responseRate is ${shown(responseRate)}: pass a share above 0 and up to 1`,
  );
  const endless = ((z * sd) / margin) ** 2;
  assertArgument(
    Number.isSafeInteger(Math.ceil(endless)),
    "margin",
    () => `margin is ${margin}, which takes more answers than can be counted: pass a larger one`,
  );
  // Fewer than one answer is no sample.
  const least = Math.max(1, endless);
  const within = population === undefined ? least : least / (1 + (least - 1) / population);
  const n = Math.min(roundedUp(within), population ?? Number.POSITIVE_INFINITY);
  const invitations = responseRate === undefined ? null : roundedUp(n / responseRate);
  assertArgument(
    invitations === null || Number.isSafeInteger(invitations),
    "options.responseRate",
    () =>
      `options.responseRate is ${responseRate}, which takes more invitations than can be counted: pass a larger one`,
  );
  return {
    n,
    withoutCorrection: roundedUp(endless),
    invitations,
    isReachable: invitations === null || population === undefined ? null : invitations <= population,
  };
}

/** At least 1; a number that misses a whole one by rounding alone is that one. */
function roundedUp(value: number): number {
  const nearest = Math.round(value);
  return Math.max(1, Math.abs(value - nearest) <= roundingOf(value) ? nearest : Math.ceil(value));
}

function spreadOf({ share, sd }: SurveyPrecisionOptions): number {
  assertArgument(
    share === undefined || sd === undefined,
    "options.sd",
    () => `options.sd is ${shown(sd)} beside options.share, ${shown(share)}: pass one of them`,
  );
  if (sd !== undefined) {
    assertBetween(sd, "options.sd", 0, ANY_ANSWER.max);
    return sd;
  }
  const expected = share ?? 0.5;
  assertInRange(expected, "options.share", 0, 1);
  return Math.sqrt(expected * (1 - expected));
}
