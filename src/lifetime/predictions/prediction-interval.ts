import { assertArgument, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { assertFit, movable, movedFit, type UncertainFit } from "./moved-fit.js";
import type { EstimateInterval } from "./parameter-intervals.js";

/** How sure, and on which scale. */
export interface PredictionIntervalOptions extends ConfidenceOptions {
  /**
   * Where the prediction is nearly normal: as it is (`"identity"`, default), in its logarithm (`"log"`, for what is above 0:
   * expected numbers, values) or in its log-odds (`"logit"`, for probabilities). Limits then stay where the prediction may lie.
   */
  readonly scale?: "identity" | "log" | "logit" | undefined;
}

/** Many predictions and how sure each is: typed arrays in the order of the predictions (`Array.from` them for JSON). */
export interface PredictionIntervals {
  /** The predictions of the fit itself. */
  readonly estimate: Float64Array;
  /** Their standard errors, on their own scale. */
  readonly standardError: Float64Array;
  /** Lower limits. */
  readonly lower: Float64Array;
  /** Upper limits. */
  readonly upper: Float64Array;
  /** Share of such intervals that hold the true value. */
  readonly confidenceLevel: number;
}

/** One interval for a number, typed arrays of them for a list of numbers. */
export type PredictionIntervalOf<Prediction> = Prediction extends number
  ? EstimateInterval
  : PredictionIntervals;

/** Fits of different data by name, as of purchases and of spends. */
export type UncertainFits = Readonly<Record<string, UncertainFit>>;

/**
 * How sure is a prediction of a fitted model?
 *
 * By the delta method: the prediction is made again with each estimate moved a little either way, and its slopes are
 * weighed with the covariance of the estimates. For whatever `predict` returns: a probability, the value of a whole base, a
 * difference of two customers. The interval covers that parameters were estimated from so many customers. It does not cover
 * one customer's luck (see {@link conditionalTransactionProbabilities}), nor that the model may be wrong (hold out a period).
 * `predict` is given the model without what does not move with the estimates: `logLikelihood`, `standardErrors` and the like.
 *
 * @param fit - A fit that converged.
 * @param predict - What to predict, a pure function of the model: it is called twice for each estimate, and once more.
 * @param options - `scale`, `confidenceLevel`.
 * @returns The prediction with standard error and limits: one, or typed arrays where `predict` returns a list.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the fit failed or has no covariance, a prediction is no finite number,
 * or the scale does not suit it.
 * @example
 * ```ts
 * import { contractSurvival, fitShiftedBetaGeometric, predictionInterval } from "clientele";
 *
 * const fit = fitShiftedBetaGeometric([1000, 869, 743, 653, 593, 551, 517, 491], { period: "year" });
 * if (fit.converged) {
 *   const left = predictionInterval(fit, (model) => contractSurvival(model, 12), { scale: "logit" });
 *   left.estimate; // ~> 0.3779990716
 *   left.lower < 0.378 && 0.378 < left.upper; // => true
 * }
 * ```
 */
export function predictionInterval<Fit extends UncertainFit, Prediction extends number | ArrayLike<number>>(
  fit: Fit,
  predict: (model: Fit) => Prediction,
  options?: PredictionIntervalOptions,
): PredictionIntervalOf<Prediction>;
/**
 * How sure is a prediction that rests on several fits, each of data of its own?
 *
 * The errors of the fits are taken to have nothing to do with each other, as the spend model assumes of purchases and spends.
 *
 * @param fits - Fits by name.
 * @param predict - What to predict from the models, under the same names.
 * @param options - `scale`, `confidenceLevel`.
 * @returns The prediction with standard error and limits: one, or typed arrays where `predict` returns a list.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 */
export function predictionInterval<Fits extends UncertainFits, Prediction extends number | ArrayLike<number>>(
  fits: Fits,
  predict: (models: Fits) => Prediction,
  options?: PredictionIntervalOptions,
): PredictionIntervalOf<Prediction>;
export function predictionInterval(
  fit: UncertainFit | UncertainFits,
  predict: (model: never) => number | ArrayLike<number>,
  options: PredictionIntervalOptions = {},
): EstimateInterval | PredictionIntervals {
  assertOptions(fit, "a fit, or fits by name", "fit");
  assertOptions(options);
  assertArgument(
    typeof predict === "function",
    "predict",
    () => `predict is ${shown(predict)}: pass a function of the model`,
  );
  const { scale = "identity" } = options;
  assertOneOf(scale, "options.scale", ["identity", "log", "logit"]);
  const confidenceLevel = confidenceLevelOf(options);
  const asked = predict as (model: unknown) => number | ArrayLike<number>;
  const isOne = "parameters" in fit || "converged" in fit;
  const fits: UncertainFits = isOne ? { "": fit as UncertainFit } : (fit as UncertainFits);
  for (const [name, own] of Object.entries(fits)) assertFit(own, isOne ? "fit" : `fit.${name}`);
  const models = Object.fromEntries(Object.entries(fits).map(([name, own]) => [name, movable(own)]));
  const centre = asked(isOne ? models[""] : models);
  const estimate = predictions(centre, "predict");
  const variance = new Float64Array(estimate.length);
  for (const [name, own] of Object.entries(fits)) {
    const slopes = own.estimated.map((parameter) => {
      const at = (by: number) => {
        const moved = movable(movedFit(own, parameter, by));
        return predictions(asked(isOne ? moved : { ...models, [name]: moved }), "predict", estimate.length);
      };
      const [above, below] = [at(STEP), at(-STEP)];
      return above.map((value, k) => (value - below[k]) / (2 * STEP));
    });
    addVariance(variance, slopes, own.covariance);
  }
  const standardError = variance.map((squared) => Math.sqrt(Math.max(0, squared)));
  const limits = limitsOn(scale, estimate, standardError, criticalZ(confidenceLevel));
  if (typeof centre !== "number") return { estimate, standardError, ...limits, confidenceLevel };
  return {
    estimate: centre,
    standardError: standardError[0],
    lower: limits.lower[0],
    upper: limits.upper[0],
    confidenceLevel,
  };
}

/** Of a logarithm: the error of a central difference, some 1e-11, is then as small as that of rounding. */
const STEP = 1e-5;

function predictions(given: number | ArrayLike<number>, path: string, length?: number): Float64Array {
  const list = typeof given === "number" ? [given] : given;
  assertArgument(
    typeof list === "object" && list !== null && (length === undefined || list.length === length),
    path,
    () => `${path} returned ${shown(given)}: return a number, or always as many numbers`,
  );
  const values = Float64Array.from(list);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  assertArgument(
    bad === -1,
    path,
    () =>
      `${path} returned ${shown(list[bad])}${typeof given === "number" ? "" : ` at ${bad}`}: return finite numbers`,
  );
  return values;
}

function addVariance(
  variance: Float64Array,
  slopes: readonly Float64Array[],
  covariance: readonly (readonly number[])[],
): void {
  for (const [i, one] of slopes.entries()) {
    for (const [j, other] of slopes.entries()) {
      const shared = covariance[i][j];
      for (let k = 0; k < variance.length; k++) variance[k] += one[k] * shared * other[k];
    }
  }
}

function limitsOn(
  scale: "identity" | "log" | "logit",
  estimate: Float64Array,
  standardError: Float64Array,
  z: number,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const lower = estimate.slice();
  const upper = estimate.slice();
  for (let k = 0; k < estimate.length; k++) {
    const [value, error] = [estimate[k], standardError[k]];
    // What hangs on no estimate, as a chance of 1, is its own interval on every scale.
    if (error === 0) continue;
    if (scale === "identity") {
      lower[k] = value - z * error;
      upper[k] = value + z * error;
      continue;
    }
    assertArgument(
      value > 0 && (scale === "log" || value < 1),
      "options.scale",
      () =>
        `options.scale is "${scale}" and a prediction is ${value}: ${scale === "log" ? 'pass "identity" for what may be 0 or less' : 'pass "log" or "identity" for what is no probability'}`,
    );
    if (scale === "log") {
      const factor = Math.exp((z * error) / value);
      lower[k] = value / factor;
      upper[k] = value * factor;
    } else {
      const factor = Math.exp((z * error) / (value * (1 - value)));
      lower[k] = value / (value + (1 - value) * factor);
      upper[k] = value / (value + (1 - value) / factor);
    }
  }
  return { lower, upper };
}
