import { assertOptions } from "../../core/assert.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories, PurchaseHistory } from "../models/purchase-histories.js";
import { assertTime, assertTransactionModel } from "./model-kernel.js";
import { isOneCustomer } from "./read-customers.js";
import { type PredictionRunOptions, scoreCustomers } from "./score-customers.js";

/** When to ask. */
export interface ProbabilityAliveOptions extends PredictionRunOptions {
  /** How long after T, in the model's unit; default 0, at T. For BG/BB a number of opportunities. */
  readonly after?: number | undefined;
}

/**
 * How likely is it that this customer is still one?
 *
 * BG/NBD lets nobody leave before a repeat purchase, so that a customer with `x` of 0 is alive for sure; MBG/NBD and
 * Pareto/NBD do not. Of BG/BB it is the chance of being there at opportunity T, the last one looked at; other programs (BTYD,
 * lifetimes) print that of the next opportunity, which is `after: 1`.
 *
 * @param model - A fitted or stored transaction model.
 * @param customer - `x`, `tx` and `T` in the model's unit, and `covariates` where it was fitted with some.
 * @param options - `after`: at a later time, as is known at T, whatever is bought meanwhile. What is left if nothing is bought
 * until then is the answer for a customer with a larger `T`.
 * @returns A probability, 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when the history cannot be, or a covariate is missing.
 * @example
 * ```ts
 * import { probabilityAlive } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * probabilityAlive(model, { x: 2, tx: 30.43, T: 38.86 }); // ~> 0.7265785701
 * ```
 */
export function probabilityAlive(
  model: TransactionModel,
  customer: PurchaseHistory,
  options?: ProbabilityAliveOptions,
): number;
/**
 * How likely is it for each customer that they still are one?
 *
 * @param model - A fitted or stored transaction model.
 * @param customers - Rows, columns or a table with `x`, `tx`, `T` in the model's unit.
 * @param options - `after`: at a later time; `onProgress`, `signal`.
 * @returns Probabilities in the order of the customers; a typed array, which can go to a worker and back.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`; `ABORTED`.
 */
export function probabilityAlive(
  model: TransactionModel,
  customers: PurchaseHistories,
  options?: ProbabilityAliveOptions,
): Float64Array;
export function probabilityAlive(
  model: TransactionModel,
  customers: PurchaseHistories | PurchaseHistory,
  options: ProbabilityAliveOptions = {},
): number | Float64Array {
  assertTransactionModel(model);
  assertOptions(options);
  const { after = 0 } = options;
  assertTime(after, "options.after", model);
  const { alive, answers } = scoreCustomers(
    model,
    customers,
    after === 0 ? [] : [(kernel, x, tx, T) => kernel.alive(x, tx, T, after)],
    options,
  );
  const found = answers[0] ?? alive;
  return isOneCustomer(customers) ? found[0] : found;
}
