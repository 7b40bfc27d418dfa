import { fitCovariates } from "../models/covariate-fit.js";
import type { ModelTimeUnit, ParetoNbdModel, ParetoNbdParameters } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import type { CheckedHistories } from "../models/purchase-histories.js";
import { paretoNbdObjective } from "./pareto-nbd-likelihood.js";
import { paretoNbdProblem, searchParetoNbd } from "./pareto-nbd-search.js";

/** Which measures of the customers have an effect on what. */
export interface ParetoNbdCovariates {
  /** Names of covariates that may tell who buys more often: alpha exp(-effect). */
  readonly transaction?: readonly string[] | undefined;
  /** Names of covariates that may tell who leaves sooner: beta exp(-effect). */
  readonly dropout?: readonly string[] | undefined;
  /** Half of this times the sum of squared coefficients is taken off the log-likelihood; default 0. */
  readonly ridge?: number | undefined;
}

/** A Pareto/NBD with the effects of covariates, which keep their values for all time. @internal */
export function fitParetoNbdCovariates(
  checked: CheckedHistories,
  unit: ModelTimeUnit,
  covariates: ParetoNbdCovariates,
  options: FitSearchOptions<ParetoNbdParameters>,
): (ParetoNbdModel & ModelFit<ParetoNbdParameters>) | FitFailure {
  const told = { told: "all customers", weight: ({ weight }: { readonly weight: Float64Array }) => weight };
  const fit = fitCovariates<ParetoNbdParameters>(
    checked,
    covariates,
    {
      transaction: { moves: { alpha: -1 }, rescales: "alpha", ...told },
      dropout: { moves: { beta: -1 }, rescales: "beta", ...told },
      problem: paretoNbdProblem,
      objective: (histories, buying) => {
        const places = histories.covariates.map((_, place) => place);
        return paretoNbdObjective(histories, {
          transaction: places.slice(0, buying),
          dropout: places.slice(buying),
        });
      },
      plain: searchParetoNbd,
    },
    options,
  );
  return fit.converged ? { model: "paretoNbd", unit, ...fit } : fit;
}
