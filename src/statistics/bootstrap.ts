import { assertArgument, assertInteger, assertOneOf, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import type { Interval } from "../core/interval.js";
import { seededRandom } from "../core/random.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "./confidence.js";
import { normalCdf, normalQuantile } from "./normal.js";
import { quantiles } from "./sample-quantile.js";

/** How values are resampled. */
export interface BootstrapOptions extends ConfidenceOptions {
  /** Whole number that fixes the resamples: the same seed gives the same interval. */
  readonly seed: number;
  /** How many resamples are drawn. Default 2,000; at least 39 for a level of 0.95 (2 / (1 - level) - 1). */
  readonly replicates?: number;
  /**
   * `"percentile"` (default) reads the limits off the resampled statistics. `"bca"` corrects them for bias and
   * skewness, at the price of computing the statistic once more for each value left out.
   */
  readonly method?: "percentile" | "bca";
  /** Called about a hundred times with how many statistics were computed, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** An `AbortSignal`, or anything with `aborted`: looked at before each computation of the statistic. */
  readonly signal?: { readonly aborted: boolean };
}

/** A statistic with the uncertainty that resampling shows. */
export interface BootstrapEstimate {
  /** The statistic of the values themselves. */
  readonly estimate: number;
  /** Standard deviation of the resampled statistics; `null` with fewer than 2 values. */
  readonly standardError: number | null;
  /** Mean of the resampled statistics minus the estimate; `null` with fewer than 2 values. */
  readonly bias: number | null;
  /** The interval; `null` with fewer than 2 values or where BCa's corrections are not finite. */
  readonly interval: Interval | null;
  /** How many resamples were drawn. */
  readonly replicates: number;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * How far could a statistic be off, when no formula tells?
 *
 * Draws as many values as there are, with replacement, again and again (Efron 1979). `"percentile"` and `"bca"`
 * (Efron 1987) follow Efron and Tibshirani (1993); a limit is the resampled statistic of rank p(replicates + 1),
 * interpolated (Davison & Hinkley 1997). Resample what is independent: customers, not their transactions.
 *
 * @typeParam T - What is resampled: numbers, or whole records.
 * @param values - One value or more; never changed.
 * @param statistic - Turns a list of values into a finite number. The list that it gets is refilled for each resample:
 * sort it if you like, but do not keep it.
 * @param options - `seed` (required), `replicates`, `method`, `confidenceLevel`, `onProgress`, `signal`.
 * @returns Estimate, standard error, bias and interval, in the unit of the statistic.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no value or the statistic is not a finite number;
 * `ABORTED` when the signal fired.
 * @example
 * ```ts
 * import { bootstrap, quantile } from "clientele";
 *
 * const baskets = [12, 15, 9, 40, 22, 18, 13, 95, 17, 21];
 * const { estimate, interval } = bootstrap(baskets, (sample) => quantile(sample, 0.5), { seed: 7 });
 * estimate; // => 17.5
 * interval !== null && interval.lower < 17.5 && interval.upper > 17.5; // => true
 * ```
 */
export function bootstrap<T>(
  values: ArrayLike<T>,
  statistic: (sample: T[]) => number,
  options: BootstrapOptions,
): BootstrapEstimate {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { seed }, a whole number that fixes the resamples`,
  );
  const { seed, replicates = 2000, method = "percentile" } = options;
  assertArgument(
    typeof values === "object" && values !== null && values.length > 0,
    "values",
    () => `values is ${shown(values)}: pass at least one value`,
  );
  assertArgument(
    typeof statistic === "function",
    "statistic",
    () => `statistic is ${shown(statistic)}: pass a function`,
  );
  assertInteger(seed, "options.seed");
  assertOneOf(method, "options.method", ["percentile", "bca"]);
  const confidenceLevel = confidenceLevelOf(options);
  // With fewer, a limit would lie beyond the most extreme resample.
  assertInteger(replicates, "options.replicates", Math.ceil(2 / (1 - confidenceLevel) - 1 - 1e-6));
  const n = values.length;
  const watched = watchedStatistic(statistic, options, 1 + replicates + (method === "bca" ? n : 0));

  const estimate = watched(Array.from(values));
  if (n < 2) {
    const reason = "needs 2 values, has 1: nothing to resample";
    return { estimate, standardError: null, bias: null, interval: null, replicates, reason };
  }
  const replicated = resampledStatistics(values, watched, seed, replicates);
  const mean = replicated.reduce((sum, value) => sum + (value - estimate), 0) / replicates + estimate;
  const squares = replicated.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const tail = (1 - confidenceLevel) / 2;
  const shares =
    method === "percentile"
      ? [tail, 1 - tail]
      : bcaShares(values, watched, replicated, estimate, confidenceLevel);
  const limits = shares && quantiles(replicated, shares, { method: "weibull" });
  return {
    estimate,
    standardError: Math.sqrt(squares / (replicates - 1)),
    bias: mean - estimate,
    interval: limits && { lower: limits[0], upper: limits[1], confidenceLevel },
    replicates,
    reason: limits
      ? null
      : "interval: the estimate lies outside its resamples, too far for BCa's corrections",
  };
}

/** The statistic, with its result checked, the signal obeyed and progress told. */
function watchedStatistic<T>(
  statistic: (sample: T[]) => number,
  { onProgress, signal }: BootstrapOptions,
  total: number,
): (sample: T[]) => number {
  const step = Math.ceil(total / 100);
  let done = 0;
  return (sample) => {
    if (signal?.aborted) {
      throw new ClienteleError(
        "ABORTED",
        "options.signal",
        `bootstrap was aborted after ${done} of ${total} statistics`,
      );
    }
    const value = statistic(sample);
    assertArgument(
      typeof value === "number" && Number.isFinite(value),
      "statistic",
      () =>
        `statistic returned ${shown(value)}: return a finite number for every resample, also one of equal values`,
    );
    done++;
    if (onProgress && (done % step === 0 || done === total)) onProgress(done, total);
    return value;
  };
}

function resampledStatistics<T>(
  values: ArrayLike<T>,
  statistic: (sample: T[]) => number,
  seed: number,
  replicates: number,
): Float64Array {
  const random = seededRandom(seed);
  const n = values.length;
  const results = new Float64Array(replicates);
  let sample = new Array<T>(n);
  for (let replicate = 0; replicate < replicates; replicate++) {
    // A statistic may shorten the list it gets (splice, pop): give the next one its full length again.
    if (sample.length !== n) sample = new Array<T>(n);
    for (let i = 0; i < n; i++) sample[i] = values[Math.floor(random() * n)];
    results[replicate] = statistic(sample);
  }
  return results;
}

/** Which quantiles of the resampled statistics are the BCa limits (Efron 1987; Efron & Tibshirani 1993, 14.9 to 14.15). */
function bcaShares<T>(
  values: ArrayLike<T>,
  statistic: (sample: T[]) => number,
  replicated: Float64Array,
  estimate: number,
  confidenceLevel: number,
): [number, number] | null {
  // Equal ones count half: a statistic with few different values would look biased otherwise.
  const below = replicated.reduce(
    (sum, value) => sum + (value < estimate ? 1 : value === estimate ? 0.5 : 0),
    0,
  );
  if (below === 0 || below === replicated.length) return null;
  const bias = normalQuantile(below / replicated.length);
  const acceleration = jackknifeAcceleration(values, statistic);
  const z = criticalZ(confidenceLevel);
  const corrected = [-z, z].map((limit) => {
    const shifted = bias + limit;
    const stretch = 1 - acceleration * shifted;
    return stretch > 0 ? normalCdf(bias + shifted / stretch) : Number.NaN;
  });
  return corrected.every((share) => share >= 0) ? [corrected[0], corrected[1]] : null;
}

function jackknifeAcceleration<T>(values: ArrayLike<T>, statistic: (sample: T[]) => number): number {
  const all = Array.from(values);
  const leftOut = all.map((_, i) => statistic(all.slice(0, i).concat(all.slice(i + 1))));
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  // A statistic that no single value moves shows no skewness.
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
