import { assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { assertFit, estimateOf, type UncertainFit } from "./moved-fit.js";

/** An estimate and how sure it is. */
export interface EstimateInterval extends Interval {
  /** The estimate itself. */
  readonly estimate: number;
  /** Its standard error, on its own scale. */
  readonly standardError: number;
}

/**
 * How sure is each parameter of a fit?
 *
 * Parameters are above 0 and their likelihood is nearly normal in their logarithms, so that intervals are built there and lie
 * above 0 too (Wald). Coefficients of covariates have intervals as they are. Parameters move together: an interval of a
 * prediction is {@link predictionInterval}, and cannot be had from these.
 *
 * @param fit - Any fit that converged, also of spends or contracts.
 * @param options - `confidenceLevel`.
 * @returns For each name of `estimated` the estimate, its standard error and its interval.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the fit failed, or is a model without covariance.
 * @example
 * ```ts
 * import { fitShiftedBetaGeometric, parameterIntervals } from "clientele";
 *
 * const fit = fitShiftedBetaGeometric([1000, 869, 743, 653, 593, 551, 517, 491], { period: "year" });
 * if (fit.converged) {
 *   const { alpha } = parameterIntervals(fit);
 *   [alpha?.estimate, alpha?.standardError]; // ~> [0.66808835, 0.1037349]
 *   [alpha?.lower, alpha?.upper]; // ~> [0.492796, 0.905735]
 * }
 * ```
 */
export function parameterIntervals(
  fit: UncertainFit,
  options: ConfidenceOptions = {},
): Readonly<Record<string, EstimateInterval>> {
  assertFit(fit, "fit");
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const z = criticalZ(confidenceLevel);
  return Object.fromEntries(
    fit.estimated.map((name, i) => {
      const { value: estimate, isPositive } = estimateOf(fit, name);
      const deviation = Math.sqrt(fit.covariance[i][i]);
      const standardError = isPositive ? estimate * deviation : deviation;
      const lower = isPositive ? estimate * Math.exp(-z * deviation) : estimate - z * deviation;
      const upper = isPositive ? estimate * Math.exp(z * deviation) : estimate + z * deviation;
      return [name, { estimate, standardError, lower, upper, confidenceLevel }];
    }),
  );
}
