import { assertOneOf, assertOptions } from "../../core/assert.js";
import { chiSquareCdf } from "../chi-square.js";
import { choleskyFactor, choleskySolve } from "../cholesky.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { minimizeNewton, type NewtonMinimum, type ObjectiveAtPoint } from "../minimize-newton.js";
import { normalCdf } from "../normal.js";
import { type Concordance, concordanceOf } from "../survival/concordance.js";
import { finiteExp } from "../survival/finite-exp.js";
import { type CoxInput, readCoxData } from "./cox-data.js";
import { type CoxDesign, coxDesign } from "./cox-design.js";
import { type Undetermined, undeterminedAtEnd, undeterminedAtStart } from "./cox-identifiability.js";
import { type CoxTies, coxObjective } from "./cox-partial-likelihood.js";

/** How a Cox regression is fitted. */
export interface CoxOptions extends ConfidenceOptions {
  /** What to do where several events share one time: Efron's approximation (default) or the rougher one of Breslow. */
  readonly ties?: CoxTies;
}

/** What one covariate does to the hazard, with all others held. */
export interface CoxCoefficient {
  /** The covariate. */
  readonly name: string;
  /** Change of the log hazard for each unit of the covariate. */
  readonly coefficient: number;
  /** Standard error of the coefficient, from the inverse information. */
  readonly standardError: number;
  /** exp(coefficient): by what each unit multiplies the hazard; above 1 the event comes sooner. */
  readonly hazardRatio: number;
  /** Lower limit of the hazard ratio. */
  readonly lower: number;
  /** Upper limit of the hazard ratio. */
  readonly upper: number;
  /** coefficient / standardError. */
  readonly z: number;
  /** Two-sided p-value of z: the chance of an effect this large were there none. */
  readonly pValue: number;
  /** Weighted mean of the covariate in the data: the reference point of {@link coxRisk} and {@link coxBaseline}. */
  readonly mean: number;
}

/** A chi-square test. */
export interface CoxTest {
  /** Chi-square value. */
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly degreesOfFreedom: number;
  /** Chance of a value at least this large if nothing were going on. */
  readonly pValue: number;
}

/** A Cox regression that converged. */
export interface CoxFit {
  /** The maximum of the partial likelihood was reached. */
  readonly converged: true;
  /** Nothing to explain. */
  readonly reason: null;
  /** One entry for each covariate, in the order of the data. */
  readonly coefficients: readonly CoxCoefficient[];
  /** Covariance of the coefficients, rows and columns in their order. */
  readonly covariance: readonly (readonly number[])[];
  /** Log partial likelihood with all coefficients 0, and as fitted. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  /** Does any covariate matter? Twice the gain of log-likelihood. */
  readonly likelihoodRatioTest: CoxTest;
  /** Does any covariate matter? From the coefficients and their covariance. */
  readonly waldTest: CoxTest;
  /** Does any covariate matter? From the slope at 0: with one 0/1 covariate and no ties, the log-rank test. */
  readonly scoreTest: CoxTest;
  /** How often the linear predictor puts two subjects in the order in which their events came. */
  readonly concordance: Concordance;
  /** Subjects (weights summed). */
  readonly subjects: number;
  /** Subjects who had the event (weights summed). */
  readonly events: number;
  /** Names of the strata, sorted, `null` for those of none last; `null` without strata. */
  readonly strata: readonly (string | null)[] | null;
  /** The treatment of ties. */
  readonly ties: CoxTies;
  /** Confidence level of the limits. */
  readonly confidenceLevel: number;
  /** Newton steps taken. */
  readonly iterations: number;
  /** Largest absolute slope of the log-likelihood where it ended, per standardized covariate: near 0 at the maximum. */
  readonly gradientNorm: number;
}

/** A Cox regression that has no answer: the data do not fix the coefficients, so none are handed out. */
export interface CoxFailure {
  /** The maximum was not reached, or there is none. */
  readonly converged: false;
  /** Why, with the covariates at fault and what to do. */
  readonly reason: string;
  /** The covariates at fault; empty when no single one is (no event). */
  readonly covariates: readonly string[];
  /** Subjects (weights summed). */
  readonly subjects: number;
  /** Subjects who had the event (weights summed). */
  readonly events: number;
  /** Newton steps taken before it was given up; 0 where the fault showed before. */
  readonly iterations: number;
}

/** A fit, or why there is none: look at `converged` first. */
export type CoxRegression = CoxFit | CoxFailure;

/**
 * Which measures make the event come sooner or later, and by how much?
 *
 * Proportional hazards regression (Cox 1972): each unit of a covariate multiplies the hazard of its subject at all
 * times. Censored, truncated (`entry`), weighted and stratified data; equal to `coxph` of R's package survival.
 * Check the assumption with {@link proportionalityTest}. Weights count subjects: standard errors are those of that many
 * rows, not R's robust ones for weights that are no counts. Times are tied when they are exactly equal.
 *
 * @param data - Rows of `{ duration, event, covariates, entry?, weight?, stratum? }`, or the same as columns.
 * @param options - `ties` (default `"efron"`) and `confidenceLevel` (default 0.95).
 * @returns Coefficients with hazard ratios, tests and concordance; or, where the data do not fix the coefficients (no
 * event, a constant or collinear covariate, a monotone likelihood), `converged: false` with the reason and the covariates.
 * @throws {@link ClienteleError} `INVALID_ROWS` when rows break rules, `INVALID_ARGUMENT` when there is no covariate, a
 * column has another length or an option is unknown.
 * @example
 * ```ts
 * import { coxRegression } from "clientele";
 *
 * const months = [2, 3, 5, 5, 7, 8, 9, 12];
 * const churned = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const covariates = { complaints: [3, 0, 2, 0, 1, 1, 1, 0] };
 * const fit = coxRegression({ duration: months, event: churned, covariates });
 * if (fit.converged) fit.coefficients[0].hazardRatio; // ~> 3.795470904279428
 *
 * const never = coxRegression({ duration: months, event: months.map(() => false), covariates });
 * never.reason; // => "no event happened: nothing tells who has it sooner; observe longer or widen the data"
 * ```
 */
export function coxRegression(data: CoxInput, options: CoxOptions = {}): CoxRegression {
  assertOptions(options);
  const { ties = "efron" } = options;
  assertOneOf(ties, "options.ties", TIES);
  const confidenceLevel = confidenceLevelOf(options);
  const known = readCoxData(data);
  const design = coxDesign(known);
  const counts = countsOf(design);
  const failure = ({ covariates, reason }: Undetermined, iterations: number): CoxFailure => ({
    converged: false,
    reason,
    covariates,
    ...counts,
    iterations,
  });
  const early = undeterminedAtStart(design, ties);
  if (early !== null) return failure(early, 0);

  const objective = coxObjective(design, ties);
  const start = new Array<number>(design.size).fill(0);
  const atZero = objective(start);
  // Newton is quadratic: the tolerance costs one step more and leaves rounding alone.
  const newton = minimizeNewton(objective, start, { tolerance: 1e-13, maxIterations: 50 });
  const late = undeterminedAtEnd(design, ties, newton);
  if (late !== null) return failure(late, newton.iterations);

  const coefficients = newton.minimizer.map((value, at) => value / design.scales[at]);
  const covariance = (newton.inverseHessian ?? []).map((row, i) =>
    row.map((value, j) => value / design.scales[i] / design.scales[j]),
  );
  const scores = known.covariates[0].map((_, row) =>
    coefficients.reduce((sum, slope, at) => sum + slope * (known.covariates[at][row] - design.means[at]), 0),
  );
  return {
    converged: true,
    reason: null,
    coefficients: coefficientTable(design, coefficients, covariance, criticalZ(confidenceLevel)),
    covariance,
    logLikelihood: { null: -atZero.value, fitted: -newton.value },
    ...testsOf(atZero, newton, objective(newton.minimizer)),
    concordance: concordanceOf(known, scores, known.strata?.codes ?? null),
    ...counts,
    strata: known.strata?.names ?? null,
    ties,
    confidenceLevel,
    iterations: newton.iterations,
    gradientNorm: newton.gradientNorm,
  };
}

const TIES = ["efron", "breslow"] as const satisfies readonly CoxTies[];

function countsOf({ event, weight }: CoxDesign): { subjects: number; events: number } {
  let subjects = 0;
  let events = 0;
  for (let row = 0; row < weight.length; row++) {
    subjects += weight[row];
    if (event[row] === 1) events += weight[row];
  }
  return { subjects, events };
}

function coefficientTable(
  { names, means }: CoxDesign,
  coefficients: readonly number[],
  covariance: readonly (readonly number[])[],
  critical: number,
): CoxCoefficient[] {
  return names.map((name, at) => {
    const coefficient = coefficients[at];
    const standardError = Math.sqrt(covariance[at][at]);
    const z = coefficient / standardError;
    return {
      name,
      coefficient,
      standardError,
      hazardRatio: finiteExp(coefficient),
      lower: finiteExp(coefficient - critical * standardError),
      upper: finiteExp(coefficient + critical * standardError),
      z,
      pValue: 2 * normalCdf(-Math.abs(z)),
      mean: means[at],
    };
  });
}

function testsOf(
  atZero: ObjectiveAtPoint,
  newton: NewtonMinimum,
  atEnd: ObjectiveAtPoint,
): Pick<CoxFit, "likelihoodRatioTest" | "waldTest" | "scoreTest"> {
  const { minimizer } = newton;
  // There is a factor: undeterminedAtStart has seen that the information at 0 is sound.
  const step = choleskySolve(choleskyFactor(atZero.hessian) ?? [], atZero.gradient);
  const curve = minimizer.map((_, i) => dot(atEnd.hessian[i], minimizer));
  return {
    likelihoodRatioTest: chiSquareTest(2 * (atZero.value - newton.value), minimizer.length),
    waldTest: chiSquareTest(dot(curve, minimizer), minimizer.length),
    scoreTest: chiSquareTest(dot(step, atZero.gradient), minimizer.length),
  };
}

function chiSquareTest(statistic: number, degreesOfFreedom: number): CoxTest {
  // Rounding may leave a negative trace where nothing was gained.
  const value = Math.max(0, statistic);
  return {
    statistic: value,
    degreesOfFreedom,
    pValue: chiSquareCdf(value, degreesOfFreedom, { tail: "upper" }),
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}
