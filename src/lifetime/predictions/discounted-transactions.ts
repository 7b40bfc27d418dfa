import { assertOptions } from "../../core/assert.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories, PurchaseHistory } from "../models/purchase-histories.js";
import { assertTime, assertTransactionModel, ratePerUnit } from "./model-kernel.js";
import { isOneCustomer } from "./read-customers.js";
import { assertLimits, type PredictionRunOptions, scoreCustomers } from "./score-customers.js";

/** At what rate, and how far. */
export interface DiscountedTransactionsOptions extends PredictionRunOptions {
  /** Discount rate per YEAR, effective: 0.1 is 10 %; 0 or more, at most 1e6. */
  readonly discountRate: number;
  /** How long from T on, in the model's unit (for BG/BB a number of opportunities); `null` or left out: for ever. */
  readonly horizon?: number | null | undefined;
}

/**
 * How many purchases is the future of this customer worth today?
 *
 * The discounted expected residual transactions, DERT (Fader, Hardie & Lee 2005): a purchase that is expected a year from T
 * counts 1 / (1 + discountRate). Times what a purchase brings it is the customer's lifetime value.
 *
 * @param model - A fitted or stored transaction model.
 * @param customer - `x`, `tx` and `T` in the model's unit, and `covariates` where it was fitted with some.
 * @param options - `discountRate` per year, and a `horizon` where only a part of the time to come is to count.
 * @returns Expected purchases after T, discounted to T; not rounded.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, also when purchases without discount and horizon have no limit;
 * `INVALID_ROWS` when the history cannot be, or a covariate is missing.
 * @example
 * ```ts
 * import { discountedTransactions } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const model = { model: "paretoNbd", parameters, unit: "week" } as const;
 * const customer = { x: 2, tx: 30.43, T: 38.86 };
 * const discountRate = Math.exp((0.0027 * 365.25) / 7) - 1; // 0.27 % a week, compounded continuously
 * discountedTransactions(model, customer, { discountRate }); // ~> 6.483773568
 * discountedTransactions(model, customer, { discountRate: 0, horizon: 39 }); // ~> 1.455123193
 * ```
 */
export function discountedTransactions(
  model: TransactionModel,
  customer: PurchaseHistory,
  options: DiscountedTransactionsOptions,
): number;
/**
 * How many purchases is the future of each customer worth today?
 *
 * @param model - A fitted or stored transaction model.
 * @param customers - Rows, columns or a table with `x`, `tx`, `T` in the model's unit.
 * @param options - `discountRate` per year, `horizon`; `onProgress`, `signal`.
 * @returns Discounted expected purchases in the order of the customers; a typed array, which can go to a worker and back.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`; `ABORTED`.
 */
export function discountedTransactions(
  model: TransactionModel,
  customers: PurchaseHistories,
  options: DiscountedTransactionsOptions,
): Float64Array;
export function discountedTransactions(
  model: TransactionModel,
  customers: PurchaseHistories | PurchaseHistory,
  options: DiscountedTransactionsOptions,
): number | Float64Array {
  assertTransactionModel(model);
  assertOptions(options, "{ discountRate }");
  const { discountRate, horizon = null } = options;
  const rate = ratePerUnit(discountRate, model.unit);
  if (horizon !== null) assertTime(horizon, "options.horizon", model);
  const { answers } = scoreCustomers(
    model,
    customers,
    [(kernel, x, tx, T) => (horizon === 0 ? 0 : kernel.discounted(x, tx, T, rate, horizon))],
    options,
  );
  assertLimits(answers[0]);
  return isOneCustomer(customers) ? answers[0][0] : answers[0];
}
