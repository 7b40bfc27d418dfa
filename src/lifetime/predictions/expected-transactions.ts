import { assertOptions } from "../../core/assert.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories, PurchaseHistory } from "../models/purchase-histories.js";
import { assertTime, assertTransactionModel } from "./model-kernel.js";
import { isOneCustomer } from "./read-customers.js";
import { type PredictionRunOptions, scoreCustomers } from "./score-customers.js";

/** How far to look ahead. */
export interface ExpectedTransactionsOptions extends PredictionRunOptions {
  /** How long from T on, in the model's unit. For BG/BB a number of opportunities. */
  readonly horizon: number;
}

/**
 * How many purchases will this customer make in the time to come?
 *
 * @param model - A fitted or stored transaction model.
 * @param customer - `x`, `tx` and `T` in the model's unit, and `covariates` where it was fitted with some.
 * @param options - `horizon`: how long from T on.
 * @returns The expected number in (T, T + horizon], not rounded.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when the history cannot be, or a covariate is missing.
 * @example
 * ```ts
 * import { expectedTransactions } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const model = { model: "paretoNbd", parameters, unit: "week" } as const;
 * expectedTransactions(model, { x: 2, tx: 30.43, T: 38.86 }, { horizon: 39 }); // ~> 1.455123193
 * ```
 */
export function expectedTransactions(
  model: TransactionModel,
  customer: PurchaseHistory,
  options: ExpectedTransactionsOptions,
): number;
/**
 * How many purchases will each customer make in the time to come?
 *
 * @param model - A fitted or stored transaction model.
 * @param customers - Rows, columns or a table with `x`, `tx`, `T` in the model's unit.
 * @param options - `horizon`: how long from T on; `onProgress`, `signal`.
 * @returns Expected numbers in the order of the customers; a typed array, which can go to a worker and back.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`; `ABORTED`.
 */
export function expectedTransactions(
  model: TransactionModel,
  customers: PurchaseHistories,
  options: ExpectedTransactionsOptions,
): Float64Array;
export function expectedTransactions(
  model: TransactionModel,
  customers: PurchaseHistories | PurchaseHistory,
  options: ExpectedTransactionsOptions,
): number | Float64Array {
  assertTransactionModel(model);
  assertOptions(options, "{ horizon }");
  const { horizon } = options;
  assertTime(horizon, "options.horizon", model);
  const { answers } = scoreCustomers(
    model,
    customers,
    [(kernel, x, tx, T) => kernel.conditionalExpected(x, tx, T, horizon)],
    options,
  );
  return isOneCustomer(customers) ? answers[0][0] : answers[0];
}
