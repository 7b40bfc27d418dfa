import { assertOneOf, assertOptions } from "../../core/assert.js";
import { chiSquareCdf } from "../chi-square.js";
import { choleskyFactor, choleskySolve } from "../cholesky.js";
import type { CoxData, CoxInput } from "./cox-data.js";
import type { CoxDesign } from "./cox-design.js";
import { readFitted } from "./cox-fitted.js";
import { riskMoments, visitTieSteps } from "./cox-partial-likelihood.js";
import type { CoxFit } from "./cox-regression.js";
import { visitRiskSets } from "./cox-risk-sets.js";
import { eventTimeScale, TIME_SCALES, type TimeScale } from "./event-time-scale.js";

/** How the proportionality of hazards is tested. */
export interface ProportionalityOptions {
  /** The scale of time along which a coefficient might change. Default `"km"`. */
  readonly transform?: TimeScale;
}

/** Whether the effect of one covariate, or of any, changes over time. */
export interface ProportionalityResult {
  /** The covariate; `null` for all together. */
  readonly name: string | null;
  /** Chi-square value; `null` where the events leave nothing to test (all at one time). */
  readonly statistic: number | null;
  /** Degrees of freedom. */
  readonly degreesOfFreedom: number;
  /** Small: the effect changes over time, one hazard ratio does not tell it; `null` where `statistic` is. */
  readonly pValue: number | null;
  /** Why `statistic` and `pValue` are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/** A test of proportional hazards. */
export interface ProportionalityTest {
  /** One test for each covariate, in the order of the fit. */
  readonly covariates: readonly ProportionalityResult[];
  /** All covariates together. */
  readonly global: ProportionalityResult;
  /** The scale of time. */
  readonly transform: TimeScale;
}

/**
 * Does each hazard ratio hold at all times, as a Cox regression assumes?
 *
 * The score test of a coefficient that changes with the (transformed) time (Grambsch and Therneau 1994), with
 * the information at each event and not its mean: equal to `cox.zph` of R's package survival from 3.0 on. Where it
 * fails, look at {@link schoenfeldResiduals} over time, make the covariate a stratum, or split the time.
 *
 * @param fit - A fit of {@link coxRegression} that converged.
 * @param data - The data of the fit, the same rows; covariates by name, others are ignored.
 * @param options - `transform`: `"km"` (default, 1 - Kaplan-Meier), `"rank"`, `"identity"` or `"log"`.
 * @returns A chi-square test for each covariate and one for all.
 * @throws {@link ClienteleError} `NOT_CONVERGED` when the fit has not, `INVALID_ARGUMENT` when the data are not those
 * of the fit, the transform is unknown, or `"log"` meets an event at time 0; `INVALID_ROWS` when rows break rules.
 * @example
 * ```ts
 * import { coxRegression, proportionalityTest } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const data = { duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } };
 * const fit = coxRegression(data);
 * if (!fit.converged) throw new Error(fit.reason);
 * proportionalityTest(fit, data).global.pValue; // ~> 0.633638794509466
 * ```
 */
export function proportionalityTest(
  fit: CoxFit,
  data: CoxInput,
  options: ProportionalityOptions = {},
): ProportionalityTest {
  assertOptions(options);
  const { transform = "km" } = options;
  assertOneOf(transform, "options.transform", TIME_SCALES);
  const fitted = readFitted(fit, data);
  const scale = centeredScale(fitted.design, fitted.data, transform);
  const { score, plain, once, twice } = timeMoments(fitted.design, fitted.predictor, fit, scale);
  const curvature = schurComplement(plain, once, twice);
  return {
    covariates: score.map((slope, at) =>
      tested(fit.coefficients[at].name, [slope], [[curvature[at][at]]], [twice[at][at]]),
    ),
    global: tested(
      null,
      score,
      curvature,
      twice.map((row, at) => row[at]),
    ),
    transform,
  };
}

/** The transformed time of each sorted row, less its mean over the events. */
function centeredScale(design: CoxDesign, data: CoxData, transform: TimeScale): Float64Array {
  const times = eventTimeScale(data, transform);
  let sum = 0;
  let events = 0;
  for (let row = 0; row < data.length; row++) {
    if (data.event[row] === 0) continue;
    sum += times[row];
    events++;
  }
  return Float64Array.from(design.order, (row) => times[row] - sum / events);
}

/** The slope of the log-likelihood in coefficients that grow with time, and the information: plain, by time, by its square. */
interface TimeMoments {
  readonly score: number[];
  readonly plain: number[][];
  readonly once: number[][];
  readonly twice: number[][];
}

function timeMoments(
  design: CoxDesign,
  predictor: Float64Array,
  fit: CoxFit,
  scale: Float64Array,
): TimeMoments {
  const { size, x, weight } = design;
  const square = (): number[][] => Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const moments: TimeMoments = {
    score: new Array<number>(size).fill(0),
    plain: square(),
    once: square(),
    twice: square(),
  };
  const { score, plain, once, twice } = moments;
  const step = riskMoments(size, true);
  visitRiskSets(design, predictor, true, (set) => {
    const time = scale[set.from];
    for (let row = set.from; row < set.to; row++) {
      for (let i = 0; i < size; i++) score[i] += time * weight[row] * x[row * size + i];
    }
    visitTieSteps(set, fit.ties, step, (at) => {
      for (let i = 0; i < size; i++) {
        score[i] -= time * at.weight * at.mean[i];
        for (let j = 0; j < size; j++) {
          const share = at.weight * at.covariance[i * size + j];
          plain[i][j] += share;
          once[i][j] += time * share;
          twice[i][j] += time * time * share;
        }
      }
    });
  });
  return moments;
}

/** The information about a change over time that is left when the coefficients are estimated: twice - once plain⁻¹ once. */
function schurComplement(plain: number[][], once: number[][], twice: number[][]): number[][] {
  const factor = choleskyFactor(plain);
  if (factor === null) return twice.map((row) => row.map(() => Number.NaN));
  const solved = once.map((row) => choleskySolve(factor, row));
  return twice.map((row, i) =>
    row.map((value, j) => value - once[i].reduce((sum, share, k) => sum + share * solved[j][k], 0)),
  );
}

function tested(
  name: string | null,
  score: readonly number[],
  curvature: readonly (readonly number[])[],
  whole: readonly number[],
): ProportionalityResult {
  const degreesOfFreedom = score.length;
  const factor = choleskyFactor(curvature);
  // Of information that cancels nothing but rounding is left: there is no time along which to change.
  const isLeft = factor?.every((row, at) => row[at] ** 2 > 1e-10 * whole[at]);
  if (factor === null || !isLeft) {
    const reason = "the times of the events tell nothing about a change: too few, or all alike";
    return { name, statistic: null, degreesOfFreedom, pValue: null, reason };
  }
  const statistic = choleskySolve(factor, score).reduce((sum, step, at) => sum + step * score[at], 0);
  return {
    name,
    statistic,
    degreesOfFreedom,
    pValue: chiSquareCdf(statistic, degreesOfFreedom, { tail: "upper" }),
    reason: null,
  };
}
