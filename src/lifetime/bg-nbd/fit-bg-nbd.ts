import { assertArgument, assertOptions } from "../../core/assert.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { distinctHistories } from "../models/distinct-histories.js";
import type { BgNbdModel, BgNbdParameters, MbgNbdModel } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import {
  assertUnit,
  type PurchaseHistories,
  type PurchaseHistoryOptions,
  readHistories,
} from "../models/purchase-histories.js";
import { type BgNbdCovariates, fitWithCovariates } from "./bg-nbd-covariates.js";
import { searchBgNbd } from "./bg-nbd-search.js";

/** A fitted BG/NBD: the model, and how sure it is. */
export type BgNbdFit = BgNbdModel & ModelFit<BgNbdParameters>;

/** A fitted MBG/NBD: the model, and how sure it is. */
export type MbgNbdFit = MbgNbdModel & ModelFit<BgNbdParameters>;

/** How {@link fitMbgNbd} reads its data and searches. */
export interface FitMbgNbdOptions extends PurchaseHistoryOptions, FitSearchOptions<BgNbdParameters> {}

/** How {@link fitBgNbd} reads its data and searches. */
export interface FitBgNbdOptions extends FitMbgNbdOptions {
  /**
   * Measures known from the start that may tell who buys more often and who leaves sooner; default none. The parameters are
   * those of customers whose measures are all 0.
   */
  readonly covariates?: BgNbdCovariates | undefined;
}

/**
 * Which BG/NBD model fits these customers best?
 *
 * "Buy till you die": while a customer, one buys at random at one's own rate (rates: gamma r, alpha); after each repeat
 * purchase one leaves for good with one's own probability (beta a, b) (Fader, Hardie & Lee 2005). Maximum likelihood by
 * Newton's method with exact derivatives, on distinct histories only: a million customers take less than a second.
 *
 * @param customers - Histories `{ x, tx, T }` as rows, columns (typed arrays are fastest) or a table such as
 * `lifetimeSummary` gives, or a transaction log with `options.through`.
 * @param options - `unit` of the times where the input does not tell; `prior` for few customers; `covariates`.
 * @returns The model with standard errors and log-likelihood, `converged: true`; or `converged: false` with a code and a
 * reason in words, when the data fix no such model.
 * @throws {@link ClienteleError} `INVALID_ROWS` for impossible histories; `INVALID_ARGUMENT`; `ABORTED`.
 * @example
 * ```ts
 * import { fitBgNbd } from "clientele";
 *
 * // Five kinds of customers, in weeks: how often they came back, when last, for how long they were watched, how many.
 * const fit = fitBgNbd(
 *   {
 *     x: [0, 1, 1, 2, 5, 9],
 *     tx: [0, 5, 30, 12, 33, 36],
 *     T: [39, 39, 38, 36, 37, 39],
 *     weight: [140, 30, 12, 10, 8, 3],
 *   },
 *   { unit: "week" },
 * );
 * fit.converged; // => true
 * if (fit.converged) fit.parameters.r > 0 && fit.standardErrors.r > 0; // => true
 *
 * fitBgNbd([{ x: 0, tx: 0, T: 39 }], { unit: "week" }).converged; // => false
 * ```
 */
export function fitBgNbd(
  customers: PurchaseHistories | TransactionLog,
  options: FitBgNbdOptions = {},
): BgNbdFit | FitFailure {
  const histories = readHistories(customers, options);
  const unit = assertUnit(histories.unit);
  if (options.covariates !== undefined) {
    return fitWithCovariates(histories, unit, options.covariates, options);
  }
  const fit = searchBgNbd(distinctHistories(histories), 0, options);
  return fit.converged ? { model: "bgNbd", unit, ...fit } : fit;
}

/**
 * Which MBG/NBD model fits these customers best?
 *
 * As {@link fitBgNbd}, but one may leave right after the first purchase too, so that a customer who never came back may
 * have left (Batislam, Denizel & Filiztekin 2007). Prefer it where many buy once only.
 *
 * @param customers - Histories `{ x, tx, T }` as rows, columns (typed arrays are fastest) or a table such as
 * `lifetimeSummary` gives, or a transaction log with `options.through`.
 * @param options - `unit` of the times where the input does not tell; `prior` for few customers.
 * @returns The model with standard errors and log-likelihood, `converged: true`; or `converged: false` with a code and a
 * reason in words, when the data fix no such model.
 * @throws {@link ClienteleError} `INVALID_ROWS` for impossible histories; `INVALID_ARGUMENT`; `ABORTED`.
 * @example
 * ```ts
 * import { fitMbgNbd } from "clientele";
 *
 * const fit = fitMbgNbd(
 *   {
 *     x: [0, 1, 1, 2, 5, 9],
 *     tx: [0, 5, 30, 12, 33, 36],
 *     T: [39, 39, 38, 36, 37, 39],
 *     weight: [140, 30, 12, 10, 8, 3],
 *   },
 *   { unit: "week" },
 * );
 * fit.converged; // => true
 * ```
 */
export function fitMbgNbd(
  customers: PurchaseHistories | TransactionLog,
  options: FitMbgNbdOptions = {},
): MbgNbdFit | FitFailure {
  assertOptions(options);
  const covariates = (options as FitBgNbdOptions).covariates;
  assertArgument(
    covariates === undefined,
    "options.covariates",
    () => "options.covariates is for fitBgNbd: leave it out, or fit that model",
  );
  const histories = readHistories(customers, options);
  const unit = assertUnit(histories.unit);
  const fit = searchBgNbd(distinctHistories(histories), 1, options);
  return fit.converged ? { model: "mbgNbd", unit, ...fit } : fit;
}
