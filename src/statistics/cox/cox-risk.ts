import { assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { finiteExp } from "../survival/finite-exp.js";
import { assertCoxFit } from "./cox-fitted.js";
import { covarianceFactor, uncorrelated } from "./cox-hazard.js";
import type { CoxFit } from "./cox-regression.js";
import { type CoxSubject, readSubjects } from "./cox-subjects.js";

/** Columns of {@link coxRisk}: one row for each subject, in their order. */
export type CoxRiskColumns = {
  /** Log of the relative risk: the sum of coefficient times (covariate less its mean). */
  linearPredictor: number[];
  /** Standard error of the linear predictor. */
  standardError: number[];
  /** By what the hazard exceeds that of a subject with mean covariates of the same stratum. */
  relativeRisk: number[];
  /** Lower limit of the relative risk. */
  lower: number[];
  /** Upper limit of the relative risk. */
  upper: number[];
};

/**
 * How much higher is the hazard of each subject than that of a typical one?
 *
 * Equal to `predict(fit, newdata, reference = "sample")` of R's package survival where its means are the plain ones.
 *
 * @param fit - A fit of {@link coxRegression} that converged.
 * @param subjects - Rows of `{ covariates }`.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns Linear predictor and relative risk with standard error and limits.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a covariate is missing or no finite number, `NOT_CONVERGED` when
 * the fit has not.
 * @example
 * ```ts
 * import { column, coxRegression, coxRisk } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const fit = coxRegression({ duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } });
 * if (!fit.converged) throw new Error(fit.reason);
 * const risk = coxRisk(fit, [{ covariates: { complaints: 1 } }, { covariates: { complaints: 3 } }]);
 * column(risk, "relativeRisk"); // ~> [1, 14.4055993852317]
 * ```
 */
export function coxRisk(
  fit: CoxFit,
  subjects: readonly CoxSubject[],
  options: ConfidenceOptions = {},
): Table<CoxRiskColumns> {
  assertOptions(options);
  assertCoxFit(fit, "fit");
  const z = criticalZ(confidenceLevelOf(options));
  const known = readSubjects(subjects, fit, { stratum: false });
  const linearPredictor = known.map((subject) => subject.linearPredictor);
  const factor = covarianceFactor(fit.covariance);
  const scratch = new Float64Array(factor.length);
  const standardError = known.map(({ distances }) => Math.hypot(...uncorrelated(factor, distances, scratch)));
  const shifted = (by: number): number[] =>
    linearPredictor.map((value, at) => finiteExp(value + by * standardError[at]));
  return {
    length: known.length,
    columns: {
      linearPredictor,
      standardError,
      relativeRisk: shifted(0),
      lower: shifted(-z),
      upper: shifted(z),
    },
  };
}
