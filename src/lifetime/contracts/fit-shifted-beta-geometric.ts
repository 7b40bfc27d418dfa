import { assertOptions } from "../../core/assert.js";
import type { PeriodUnit } from "../../core/period.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { fitParameters } from "../models/fit-parameters.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import { type CohortSurvivors, type RenewalCounts, renewalCounts } from "./cohort-survivors.js";
import { churnShare, unfixed } from "./contract-boundary.js";
import {
  assertContractPeriod,
  type ShiftedBetaGeometricModel,
  type ShiftedBetaGeometricParameters,
} from "./contract-model.js";

/** What one period is, and how to search. */
export interface ContractFitOptions<Parameters> extends FitSearchOptions<Parameters> {
  /** From one renewal to the next. */
  readonly period: PeriodUnit;
}

/** A fitted {@link ShiftedBetaGeometricModel}, and how sure it is. */
export type ShiftedBetaGeometricFit = ShiftedBetaGeometricModel & ModelFit<ShiftedBetaGeometricParameters>;

/**
 * How do chances to leave differ over customers who renew a contract or not, so that retention rises with tenure?
 *
 * Shifted-beta-geometric (Fader & Hardie 2007): each customer leaves at each renewal with a chance of his own that never
 * changes; over customers the chances are beta distributed. Cohorts are pooled by renewal: the likelihood is that of who
 * renews among those who come to a renewal, so cohorts may be of different lengths, those left at the end stay open, and a
 * cohort may come under observation late. For contracts alone: where customers leave without a word, nobody knows who came
 * to a renewal.
 *
 * @param cohorts - Who is left after 0, 1, 2, ... renewals: of one cohort, of several, or as rows or a table.
 * @param options - `period`; a prior, starts, when to stop.
 * @returns The model, plain JSON, with standard errors; or a failure that says why there is none, told by `converged`. Its
 * `histories` are the renewals that somebody came to.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when survivors rise, miss a tenure or are no numbers;
 * `ABORTED`.
 * @example
 * ```ts
 * import { contractSurvival, fitShiftedBetaGeometric } from "clientele";
 *
 * const fit = fitShiftedBetaGeometric([1000, 869, 743, 653, 593, 551, 517, 491], { period: "year" });
 * if (fit.converged) {
 *   fit.parameters; // ~> { alpha: 0.6680883511064, beta: 3.8060949640583 }
 *   contractSurvival(fit, 12); // ~> 0.3779990716
 * }
 * ```
 */
export function fitShiftedBetaGeometric(
  cohorts: CohortSurvivors,
  options: ContractFitOptions<ShiftedBetaGeometricParameters>,
): ShiftedBetaGeometricFit | FitFailure {
  assertOptions(options, "{ period }");
  const { period } = options;
  assertContractPeriod(period, "options.period");
  const counts = renewalCounts(cohorts);
  if (options.prior === undefined) {
    const failed = unfixed(counts, 2);
    if (failed !== null) return failed;
  }
  const churn = churnShare(counts);
  const odds = 1 / churn - 1;
  const alike = `customers do not differ: retention does not rise with tenure as it would if they did, and one churn rate for all, ${Number(churn.toPrecision(4))} a period, fits as well`;
  const boundary = (_: string, end: "zero" | "infinity") => (end === "zero" ? ONCE_OR_NEVER : alike);
  const fit = fitParameters<ShiftedBetaGeometricParameters>(
    {
      names: ["alpha", "beta"],
      objective: (point) => negativeLogLikelihood(counts, point),
      starts: [1, 0.2, 10].map((alpha) => ({ alpha, beta: alpha * odds })),
      boundary,
      scale: { alpha: 1, beta: 1 },
      customers: counts.customers,
      histories: counts.renewals,
    },
    options,
  );
  if (!fit.converged) return fit;
  const { parameters, coefficients: _, ...sure } = fit;
  return { model: "shiftedBetaGeometric", parameters, period, ...sure };
}

const ONCE_OR_NEVER =
  "customers leave at the first renewal or never: nothing tells of chances between, take later renewals or a prior";

/** By log(alpha) and log(beta); each sum is of terms in which nothing cancels. */
function negativeLogLikelihood({ renewed, left }: RenewalCounts, point: readonly number[]): ObjectiveAtPoint {
  const [alpha, beta] = point.map(Math.exp);
  let value = 0;
  let [a, b, aa, ab, bb] = [0, 0, 0, 0, 0];
  for (let j = 0; j < left.length; j++) {
    const [gone, stayed] = [left[j], renewed[j]];
    const all = gone + stayed;
    if (all === 0) continue;
    const kept = beta + j;
    const sum = alpha + kept;
    if (gone > 0) value -= gone * Math.log(alpha / sum);
    if (stayed > 0) value -= stayed * Math.log1p(-alpha / sum);
    const surplus = (stayed * alpha - gone * kept) / sum;
    a += surplus;
    b -= (beta / kept) * surplus;
    aa += (alpha / sum) * (kept / sum) * all;
    ab -= (alpha / sum) * (beta / sum) * all;
    bb -= beta * ((stayed * j) / kept ** 2 - (all * (alpha + j)) / sum ** 2);
  }
  return {
    value,
    gradient: [a, b],
    hessian: [
      [aa, ab],
      [ab, bb],
    ],
  };
}
