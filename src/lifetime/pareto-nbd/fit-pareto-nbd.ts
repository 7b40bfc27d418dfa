import type { TransactionLog } from "../../history/log-columns.js";
import { distinctHistories } from "../models/distinct-histories.js";
import type { ParetoNbdModel, ParetoNbdParameters } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import {
  assertUnit,
  type PurchaseHistories,
  type PurchaseHistoryOptions,
  readHistories,
} from "../models/purchase-histories.js";
import { fitParetoNbdCovariates, type ParetoNbdCovariates } from "./pareto-nbd-covariates.js";
import { searchParetoNbd } from "./pareto-nbd-search.js";

/** A fitted Pareto/NBD: the model, and how sure it is. */
export type ParetoNbdFit = ParetoNbdModel & ModelFit<ParetoNbdParameters>;

/** How {@link fitParetoNbd} reads its data and searches. */
export interface FitParetoNbdOptions extends PurchaseHistoryOptions, FitSearchOptions<ParetoNbdParameters> {
  /**
   * Measures known from the start that may tell who buys more often and who leaves sooner; default none. A ridge is in their
   * units: bring them to a common scale first. The parameters are those of customers whose measures are all 0.
   */
  readonly covariates?: ParetoNbdCovariates | undefined;
}

/**
 * Which Pareto/NBD model fits these customers best?
 *
 * "Buy till you die": while a customer, one buys at random at one's own rate (rates: gamma r, alpha), and may leave for good
 * at any time, at one's own rate (gamma s, beta) (Schmittlein, Morrison & Colombo 1987). Maximum likelihood by Newton's method
 * with exact derivatives, from a form of the likelihood without subtraction (Fader & Hardie 2005, integrated by parts): no
 * overflow with hundreds of purchases, and a million customers take seconds.
 *
 * @param customers - Histories `{ x, tx, T }` as rows, columns (typed arrays are fastest) or a table such as
 * `lifetimeSummary` gives, or a transaction log with `options.through`.
 * @param options - `unit` of the times where the input does not tell; `covariates`; `prior` for few customers.
 * @returns The model with standard errors and log-likelihood, `converged: true`; or `converged: false` with a code and a
 * reason in words, when the data fix no such model.
 * @throws {@link ClienteleError} `INVALID_ROWS` for impossible histories; `INVALID_ARGUMENT`; `ABORTED`.
 * @example
 * ```ts
 * import { fitParetoNbd } from "clientele";
 *
 * const fit = fitParetoNbd(
 *   {
 *     x: [0, 1, 1, 2, 5, 9],
 *     tx: [0, 5, 30, 12, 33, 36],
 *     T: [39, 39, 38, 36, 37, 39],
 *     weight: [140, 30, 12, 10, 8, 3],
 *   },
 *   { unit: "week" },
 * );
 * fit.converged; // => true
 *
 * const once = fitParetoNbd([{ x: 0, tx: 0, T: 39 }], { unit: "week" });
 * once.converged === false && once.code; // => "NO_REPEAT_PURCHASES"
 * ```
 */
export function fitParetoNbd(
  customers: PurchaseHistories | TransactionLog,
  options: FitParetoNbdOptions = {},
): ParetoNbdFit | FitFailure {
  const checked = readHistories(customers, options);
  const unit = assertUnit(checked.unit);
  if (options.covariates !== undefined) {
    return fitParetoNbdCovariates(checked, unit, options.covariates, options);
  }
  const fit = searchParetoNbd(distinctHistories(checked), options);
  return fit.converged ? { model: "paretoNbd", unit, ...fit } : fit;
}
