import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { chiSquareCdf } from "../chi-square.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { minimizeNewton, type NewtonMinimum } from "../minimize-newton.js";
import { normalCdf } from "../normal.js";
import { finiteExp } from "../survival/finite-exp.js";
import { type LogisticCounts, type LogisticInput, readLogisticData } from "./logistic-data.js";
import { logisticFaultAtEnd, logisticFaultAtStart, type Separation } from "./logistic-identifiability.js";
import { type LogisticDesign, logisticDesign, logisticObjective } from "./logistic-likelihood.js";
import { profileLimits } from "./logistic-profile.js";

/** How a logistic regression is fitted. */
export interface LogisticOptions extends ConfidenceOptions {
  /** Whether to look for profile-likelihood intervals, which takes a few times as long as the fit. Default `true`. */
  readonly profile?: boolean | undefined;
}

/** An estimate with its two intervals. */
export interface LogisticIntervals {
  /** Estimate less and plus critical z times standard error: quick, rough for few rows. */
  readonly wald: Interval;
  /** Values that the likelihood does not refuse; `null` when not asked for or not found. */
  readonly profile: Interval | null;
}

/** What one covariate does to the odds, with all others held. */
export interface LogisticCoefficient extends LogisticIntervals {
  /** The covariate; `"(intercept)"` for the log odds where all covariates are 0. */
  readonly name: string;
  /** Change of the log odds for each unit of the covariate. */
  readonly coefficient: number;
  /** Of the coefficient, from the inverse information. */
  readonly standardError: number;
  /** coefficient / standardError. */
  readonly z: number;
  /** Two-sided p-value of z: the chance of an effect this large were there none. */
  readonly pValue: number;
  /** exp(coefficient), with intervals: by what each unit multiplies the odds; of the intercept, the odds themselves. */
  readonly oddsRatio: LogisticIntervals & { readonly value: number };
}

/** Does any covariate matter? Twice the gain of log-likelihood over the intercept alone. */
export interface LogisticTest {
  /** Chi-square value: null deviance less residual deviance. */
  readonly statistic: number;
  /** Number of covariates. */
  readonly degreesOfFreedom: number;
  /** Chance of a value at least this large if no covariate mattered. */
  readonly pValue: number;
}

/** A logistic regression that converged. */
export interface LogisticFit extends LogisticCounts {
  /** The maximum of the likelihood was reached. */
  readonly converged: true;
  /** Nothing to explain. */
  readonly reason: null;
  /** Log odds where all covariates are 0. */
  readonly intercept: LogisticCoefficient;
  /** One entry for each covariate, in the order of the data. */
  readonly coefficients: readonly LogisticCoefficient[];
  /** Covariance of intercept and coefficients, in this order. */
  readonly covariance: readonly (readonly number[])[];
  /** Log-likelihood of the intercept alone, and as fitted. The deviance is -2 times it. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  /** All covariates together. */
  readonly likelihoodRatioTest: LogisticTest;
  /** 1 less fitted over null log-likelihood (McFadden 1974): 0 nothing explained, 1 all. No share of variance. */
  readonly mcFaddenRSquared: number;
  /** Confidence level of all intervals. */
  readonly confidenceLevel: number;
  /** Newton steps taken. */
  readonly iterations: number;
}

/** A logistic regression that has no answer: the data do not fix the coefficients, so none are handed out. */
export interface LogisticFailure extends LogisticCounts {
  /** The maximum was not reached, or there is none. */
  readonly converged: false;
  /** Why, with the covariates at fault and what to do. */
  readonly reason: string;
  /** The covariates at fault; empty when no single one is (an outcome that never varies). */
  readonly covariates: readonly string[];
  /** How the covariates tell the outcomes apart; `null` where that is not the fault. */
  readonly separation: Separation | null;
  /** Newton steps taken before it was given up; 0 where the fault showed before. */
  readonly iterations: number;
}

/** A fit, or why there is none: look at `converged` first. */
export type LogisticRegression = LogisticFit | LogisticFailure;

/**
 * Which measures make a yes or no more likely (stays or leaves, buys or not), and by how much?
 *
 * Logistic regression (Cox 1958) by maximum likelihood, equal to R's `glm` with `family = binomial`. Rows that lack an
 * outcome or a covariate are dropped and counted. Rows are taken as independent: one for each customer, not for each visit.
 * Where covariates tell the outcomes apart without exception (Albert & Anderson 1984), the likelihood has no maximum: that is
 * said, instead of the large numbers at which an optimizer happens to stop.
 *
 * @param data - Rows of `{ outcome, covariates }`, or the same as columns.
 * @param options - `confidenceLevel` (default 0.95) and `profile` (default `true`).
 * @returns Coefficients and odds ratios with Wald and profile-likelihood intervals (Venzon & Moolgavkar 1988), and the rows
 * used and dropped; or, where the data do not fix the coefficients, `converged: false` with reason and covariates.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an outcome is no yes or no or a covariate is infinite;
 * `INVALID_ARGUMENT` when there is no covariate, a column has another length or an option is not what it says.
 * @example
 * ```ts
 * import { logisticRegression } from "clientele";
 *
 * // 20 of 50 without and 36 of 48 with a personal contact stayed: odds of 2/3 and 3.
 * const groups = [[0, 1, 20], [0, 0, 30], [1, 1, 36], [1, 0, 12]] as const;
 * const data = groups.flatMap(([contact, outcome, n]) =>
 *   Array.from({ length: n }, () => ({ outcome, covariates: { contact } })),
 * );
 * const fit = logisticRegression(data);
 * if (fit.converged) fit.coefficients[0]?.oddsRatio.value; // ~> 4.5
 *
 * const split = { outcome: [0, 0, 1, 1], covariates: { score: [1, 2, 3, 4] } };
 * const failed = logisticRegression(split);
 * if (!failed.converged) failed.separation; // => "complete"
 * ```
 */
export function logisticRegression(data: LogisticInput, options: LogisticOptions = {}): LogisticRegression {
  assertOptions(options);
  const { profile = true } = options;
  assertArgument(
    typeof profile === "boolean",
    "options.profile",
    () => `options.profile is ${shown(profile)}: pass true or false`,
  );
  const confidenceLevel = confidenceLevelOf(options);
  const known = readLogisticData(data);
  const design = logisticDesign(known);
  const early = logisticFaultAtStart(design);
  if (early !== null) return { converged: false, ...early, ...known.counts, iterations: 0 };
  const start = new Array<number>(design.size).fill(0);
  const newton = minimizeNewton(logisticObjective({ ...design, offset: null }), start, {
    // Newton is quadratic: the tolerance costs one step more and leaves rounding alone.
    tolerance: 1e-13,
    maxIterations: 50,
  });
  const late = logisticFaultAtEnd(design, newton);
  if (late !== null) return { converged: false, ...late, ...known.counts, iterations: newton.iterations };
  const { n, events } = known.counts;
  const logLikelihood = {
    null: events * Math.log(events / n) + (n - events) * Math.log(1 - events / n),
    fitted: -newton.value,
  };
  const statistic = Math.max(0, 2 * (logLikelihood.fitted - logLikelihood.null));
  const degreesOfFreedom = design.names.length;
  const { terms, covariance } = termsOf(design, newton, { confidenceLevel, profile });
  const [intercept, ...coefficients] = terms;
  return {
    converged: true,
    reason: null,
    intercept,
    coefficients,
    covariance,
    logLikelihood,
    likelihoodRatioTest: {
      statistic,
      degreesOfFreedom,
      pValue: chiSquareCdf(statistic, degreesOfFreedom, { tail: "upper" }),
    },
    mcFaddenRSquared: statistic / (-2 * logLikelihood.null),
    ...known.counts,
    confidenceLevel,
    iterations: newton.iterations,
  };
}

/** From standardized covariates back to their units. */
function termsOf(
  design: LogisticDesign,
  newton: NewtonMinimum,
  options: { readonly confidenceLevel: number; readonly profile: boolean },
): { terms: LogisticCoefficient[]; covariance: number[][] } {
  const { names, means, scales } = design;
  /** Coefficients of the standardized parameters that give each parameter in its unit. */
  const back = ["(intercept)", ...names].map((_, i) =>
    newton.minimizer.map((_unused, j) => {
      if (i === 0) return j === 0 ? 1 : -means[j - 1] / scales[j - 1];
      return i === j ? 1 / scales[j - 1] : 0;
    }),
  );
  const standardized = newton.inverseHessian ?? [];
  const half = back.map((row) => standardized.map((_, j) => dot(row, standardized[j])));
  const covariance = back.map((_, i) => back.map((row) => dot(half[i], row)));
  const terms = ["(intercept)", ...names].map((name, at) => {
    const coefficient = dot(back[at], newton.minimizer);
    const standardError = Math.sqrt(covariance[at][at]);
    const z = coefficient / standardError;
    const unit = at === 0 ? 1 : scales[at - 1];
    const critical = criticalZ(options.confidenceLevel);
    const limits = options.profile
      ? profileLimits(design, {
          at,
          contrast: back[at].map((value) => value * unit),
          estimate: coefficient * unit,
          standardError: standardError * unit,
          minimizer: newton.minimizer,
          covariances: half[at].map((value) => value * unit),
          minimum: newton.value,
          criticalZ: critical,
        })
      : null;
    const { confidenceLevel } = options;
    const wald = {
      lower: coefficient - critical * standardError,
      upper: coefficient + critical * standardError,
      confidenceLevel,
    };
    const profile = limits && { lower: limits[0] / unit, upper: limits[1] / unit, confidenceLevel };
    return {
      name,
      coefficient,
      standardError,
      z,
      pValue: 2 * normalCdf(-Math.abs(z)),
      wald,
      profile,
      oddsRatio: {
        value: finiteExp(coefficient),
        wald: exponential(wald),
        profile: profile && exponential(profile),
      },
    };
  });
  return { terms, covariance };
}

function exponential({ lower, upper, confidenceLevel }: Interval): Interval {
  return { lower: finiteExp(lower), upper: finiteExp(upper), confidenceLevel };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
