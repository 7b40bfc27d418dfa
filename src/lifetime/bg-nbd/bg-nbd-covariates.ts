import { fitCovariates } from "../models/covariate-fit.js";
import type { BgNbdModel, BgNbdParameters, ModelTimeUnit } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import type { CheckedHistories } from "../models/purchase-histories.js";
import { bgNbdCovariateObjective } from "./bg-nbd-covariate-objective.js";
import { bgNbdProblem, searchBgNbd } from "./bg-nbd-search.js";

/** Which measures of the customers have an effect on what. */
export interface BgNbdCovariates {
  /** Names of covariates that may tell who buys more often: alpha exp(-effect). */
  readonly transaction?: readonly string[] | undefined;
  /** Names of covariates that may tell who leaves more readily: a exp(effect) and b exp(effect). */
  readonly dropout?: readonly string[] | undefined;
  /** Half of this times the sum of squared coefficients is taken off the log-likelihood; default 0. */
  readonly ridge?: number | undefined;
}

/** A BG/NBD with the effects of covariates, which keep their values for all time. @internal */
export function fitWithCovariates(
  checked: CheckedHistories,
  unit: ModelTimeUnit,
  covariates: BgNbdCovariates,
  options: FitSearchOptions<BgNbdParameters>,
): (BgNbdModel & ModelFit<BgNbdParameters>) | FitFailure {
  const fit = fitCovariates<BgNbdParameters>(
    checked,
    covariates,
    {
      transaction: {
        moves: { alpha: -1 },
        rescales: "alpha",
        told: "all customers",
        weight: ({ weight }) => weight,
      },
      // Only who bought again tells when customers leave: the others had no chance to.
      dropout: {
        moves: { a: 1, b: 1 },
        rescales: "the scale of a and b",
        told: "all customers who bought again",
        weight: ({ x, weight }) => weight.map((customers, i) => (x[i] > 0 ? customers : 0)),
      },
      problem: bgNbdProblem,
      objective: (histories, buying) =>
        bgNbdCovariateObjective(
          histories,
          histories.covariates.slice(0, buying),
          histories.covariates.slice(buying),
        ),
      plain: (histories, rough) => searchBgNbd(histories, 0, rough),
    },
    options,
  );
  return fit.converged ? { model: "bgNbd", unit, ...fit } : fit;
}
