import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { type CoxData, type CoxInput, readCoxData } from "./cox-data.js";
import { type CoxDesign, coxDesign, linearPredictor } from "./cox-design.js";
import { coxObjective } from "./cox-partial-likelihood.js";
import type { CoxFit } from "./cox-regression.js";

/** A fit beside the data that it was made from. */
interface CoxFitted {
  readonly data: CoxData;
  readonly design: CoxDesign;
  /** Linear predictor of each sorted row, from its standardized covariates. */
  readonly predictor: Float64Array;
}

/** Throws unless it is a fit that converged. @internal */
export function assertCoxFit(fit: CoxFit, path: string): void {
  const given: { converged?: unknown; reason?: unknown; coefficients?: unknown; covariance?: unknown } =
    Object(fit);
  if (given.converged === false) {
    const message = `${path} has not converged: ${given.reason}; look at converged before you use it`;
    throw new ClienteleError("NOT_CONVERGED", path, message);
  }
  assertArgument(
    given.converged === true && Array.isArray(given.coefficients) && Array.isArray(given.covariance),
    path,
    () => `${path} is ${shown(fit)}: pass what coxRegression gave`,
  );
}

/** Reads the data again, covariates by name, and throws unless they are those of the fit. @internal */
export function readFitted(fit: CoxFit, input: CoxInput): CoxFitted {
  assertCoxFit(fit, "fit");
  const data = readCoxData(
    input,
    "data",
    fit.coefficients.map(({ name }) => name),
  );
  const design = coxDesign(data);
  const coefficients = fit.coefficients.map(({ coefficient }, at) => coefficient * design.scales[at]);
  const logLikelihood = -coxObjective(design, fit.ties)(coefficients).value;
  const { fitted } = fit.logLikelihood;
  assertArgument(
    Math.abs(logLikelihood - fitted) <= 1e-9 * Math.max(1, Math.abs(fitted)),
    "data",
    () =>
      `data gives the log partial likelihood ${logLikelihood}, fit has ${fitted}: pass the data of the fit`,
  );
  return { data, design, predictor: linearPredictor(design, coefficients) };
}
