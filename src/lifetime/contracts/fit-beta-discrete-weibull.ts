import { assertOptions } from "../../core/assert.js";
import { digamma } from "../../statistics/digamma.js";
import { digammaDrop, trigammaDrop } from "../../statistics/digamma-drop.js";
import { logGammaDrop } from "../../statistics/log-beta.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { trigamma } from "../../statistics/trigamma.js";
import { fitParameters } from "../models/fit-parameters.js";
import type { FitFailure, ModelFit } from "../models/model-fit.js";
import { type CohortSurvivors, type RenewalCounts, renewalCounts } from "./cohort-survivors.js";
import { churnShare, unfixed } from "./contract-boundary.js";
import {
  assertContractPeriod,
  type BetaDiscreteWeibullModel,
  type BetaDiscreteWeibullParameters,
} from "./contract-model.js";
import type { ContractFitOptions } from "./fit-shifted-beta-geometric.js";
import { logSurvivalStep, powerStep } from "./survival-kernel.js";

/** A fitted {@link BetaDiscreteWeibullModel}, and how sure it is. */
export type BetaDiscreteWeibullFit = BetaDiscreteWeibullModel & ModelFit<BetaDiscreteWeibullParameters>;

/**
 * How do customers who renew a contract or not differ, where one's own chance to leave also moves with tenure?
 *
 * Beta-discrete-Weibull (Fader, Hardie, Liu, Davin & Steenburgh 2018): after t renewals B(alpha, beta + t^c) / B(alpha,
 * beta) are left. With c = 1 it is the shifted-beta-geometric; compare the two by `aic`: three parameters ask for four
 * renewals or more, and a projection far beyond the data rests on c. Cohorts are pooled as there.
 *
 * @param cohorts - Who is left after 0, 1, 2, ... renewals: of one cohort, of several, or as rows or a table.
 * @param options - `period`; a prior, starts, when to stop.
 * @returns The model, plain JSON, with standard errors; or a failure that says why there is none, told by `converged`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when survivors rise, miss a tenure or are no numbers;
 * `ABORTED`.
 * @example
 * ```ts
 * import { contractSurvival, fitBetaDiscreteWeibull } from "clientele";
 *
 * const fit = fitBetaDiscreteWeibull([100, 86.9, 74.3, 65.3, 59.3], { period: "year" });
 * if (fit.converged) {
 *   fit.parameters; // ~> { alpha: 0.2593357315, beta: 1.7225514881, c: 1.5843615150 }
 *   100 * contractSurvival(fit, 5); // ~> 54.661082876
 * }
 * ```
 */
export function fitBetaDiscreteWeibull(
  cohorts: CohortSurvivors,
  options: ContractFitOptions<BetaDiscreteWeibullParameters>,
): BetaDiscreteWeibullFit | FitFailure {
  assertOptions(options, "{ period }");
  const { period } = options;
  assertContractPeriod(period, "options.period");
  const counts = renewalCounts(cohorts);
  if (options.prior === undefined) {
    const failed = unfixed(counts, 3);
    if (failed !== null) return failed;
  }
  const odds = 1 / churnShare(counts) - 1;
  const start = (alpha: number, c: number) => ({ alpha, beta: alpha * odds, c });
  // With a large c, alpha and beta are what the first renewal shows of them.
  const firstOdds =
    1 / churnShare({ left: counts.left.slice(0, 1), renewed: counts.renewed.slice(0, 1) }) - 1;
  const steep = (alpha: number, c: number) => ({ alpha, beta: alpha * firstOdds, c });
  const fit = fitParameters<BetaDiscreteWeibullParameters>(
    {
      names: ["alpha", "beta", "c"],
      objective: (point) => negativeLogLikelihood(counts, point),
      starts: [start(1, 1), start(0.3, 1.5), start(3, 0.7), start(0.1, 3), steep(0.03, 8), steep(0.01, 40)],
      boundary: (name, end) => (isOver(counts) ? ONE_RENEWAL : boundaryOf(name, end)),
      scale: { alpha: 1, beta: 1, c: 1 },
      customers: counts.customers,
      histories: counts.renewals,
    },
    options,
  );
  if (!fit.converged) return fit;
  const { parameters, coefficients: _, ...sure } = fit;
  return { model: "betaDiscreteWeibull", parameters, period, ...sure };
}

function boundaryOf(name: string, end: "zero" | "infinity"): string {
  if (name === "c") {
    return end === "zero"
      ? "c falls to 0: who does not leave at the first renewal hardly ever does, take later renewals or a prior"
      : "c grows without end while alpha and beta fall to 0: after the first renewal survival is a power of tenure, or nobody is left to leave; take the shifted-beta-geometric or a prior";
  }
  return end === "zero"
    ? "customers leave early or never: nothing tells of chances between, take later renewals or a prior"
    : ALL_ALIKE;
}

/** Whether all who leave do so at the first renewal. */
function isOver({ left }: RenewalCounts): boolean {
  return left.every((count, i) => i === 0 || count === 0);
}

const ONE_RENEWAL = "nobody leaves after the first renewal: c has no use, take later renewals or a prior";
const ALL_ALIKE =
  "customers do not differ: one chance to leave that moves with tenure fits as well; take the retention that was seen, or a prior";

/** Beyond, the sums are all rounding; a parameter that comes this far runs away. */
const FARTHEST = 1e20;

/**
 * By log(alpha), log(beta) and log(c): with the step D(t) = log S(t) - log S(t - 1), renewed D + left log(1 - exp(D)).
 */
function negativeLogLikelihood({ renewed, left }: RenewalCounts, point: readonly number[]): ObjectiveAtPoint {
  const [alpha, beta, c] = point.map(Math.exp);
  const gradient = [0, 0, 0];
  const hessian = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  const isInReach = [alpha, beta, c].every((one) => one > 1 / FARTHEST && one < FARTHEST);
  if (!isInReach) return { value: Number.POSITIVE_INFINITY, gradient, hessian };
  let value = 0;
  let before = survivalSlopes(alpha, beta, c, 0);
  for (let t = 1; t <= left.length; t++) {
    const [gone, stayed] = [left[t - 1], renewed[t - 1]];
    const now = survivalSlopes(alpha, beta, c, t);
    const step = logStep(alpha, beta, c, t);
    const { first: change, second } = stepSlopes([alpha, beta, c], t, before, now);
    const chance = -Math.expm1(step);
    const odds = Math.expm1(-step);
    if (gone > 0) value -= gone * Math.log(chance);
    if (stayed > 0) value -= stayed * step;
    const byStep = (gone > 0 ? gone / odds : 0) - stayed;
    const byStepTwice = gone > 0 ? gone / (chance * odds) : 0;
    for (let i = 0; i < 3; i++) {
      gradient[i] += byStep * change[i];
      for (let k = 0; k < 3; k++) {
        hessian[i][k] += byStepTwice * change[i] * change[k] + byStep * second[i][k];
      }
    }
    before = now;
  }
  return { value, gradient, hessian };
}

interface Slopes {
  readonly first: readonly number[];
  readonly second: readonly (readonly number[])[];
}

/** t^c of so much is endless: beside it alpha and beta are rounding, and S(t) is a power of t. */
const ENDLESS = 1e120;

/** log S(t) - log S(t - 1). */
function logStep(alpha: number, beta: number, c: number, t: number): number {
  if (t ** c < ENDLESS) return logSurvivalStep(alpha, beta + (t - 1) ** c, powerStep(t, c));
  if ((t - 1) ** c >= ENDLESS) return -alpha * c * Math.log(t / (t - 1));
  return -alpha * c * Math.log(t) - logGammaDrop(alpha, beta + (t - 1) ** c);
}

/**
 * Derivatives of log Gamma(beta + t^c) - log Gamma(alpha + beta + t^c), which is log S(t) but for what does not move with t;
 * those of the second alone are left to {@link stepSlopes}.
 */
function survivalSlopes(alpha: number, beta: number, c: number, t: number): Slopes {
  const growth = t > 1 ? c * Math.log(t) : 0;
  const power = t ** c;
  if (power >= ENDLESS) {
    const byC = -alpha * growth;
    return {
      first: [0, 0, byC],
      second: [
        [0, 0, byC],
        [0, 0, 0],
        [byC, 0, byC],
      ],
    };
  }
  const moved = power * growth;
  const byAlphaTwice = -trigamma(alpha + beta + power);
  const byBeta = digammaDrop(alpha, beta + power);
  const byBetaTwice = trigammaDrop(alpha, beta + power);
  const betaC = beta * byBetaTwice * moved;
  const alphaC = alpha * byAlphaTwice * moved;
  return {
    first: [0, beta * byBeta, byBeta * moved],
    second: [
      [0, 0, alphaC],
      [0, beta * byBeta + beta ** 2 * byBetaTwice, betaC],
      [alphaC, betaC, byBeta * moved * (growth + 1) + byBetaTwice * moved ** 2],
    ],
  };
}

/** Derivatives of log S(t) - log S(t - 1): differences of gamma functions by formula, where they would cancel. */
function stepSlopes([alpha, beta, c]: readonly number[], t: number, before: Slopes, now: Slopes): Slopes {
  const power = (t - 1) ** c;
  const sum = alpha + beta + power;
  const isEndless = t ** c >= ENDLESS;
  const log = power >= ENDLESS ? c * Math.log(t - 1) : isEndless ? digamma(sum) : 0;
  const byAlpha = isEndless ? log - c * Math.log(t) : digammaDrop(powerStep(t, c), sum);
  const byAlphaTwice = !isEndless ? trigammaDrop(powerStep(t, c), sum) : power >= ENDLESS ? 0 : trigamma(sum);
  const first = now.first.map((slope, i) => slope - before.first[i]);
  const second = now.second.map((row, i) => row.map((slope, k) => slope - before.second[i][k]));
  first[0] = alpha * byAlpha;
  second[0][0] = alpha * byAlpha + alpha ** 2 * byAlphaTwice;
  second[0][1] = alpha * beta * byAlphaTwice;
  second[1][0] = second[0][1];
  return { first, second };
}
