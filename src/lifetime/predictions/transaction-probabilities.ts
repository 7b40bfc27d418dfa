import { assertArgument, assertInteger, assertOptions, shown } from "../../core/assert.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistory } from "../models/purchase-histories.js";
import { assertTime, assertTransactionModel, kernelOf, kernelOfNew } from "./model-kernel.js";
import type { NewCustomerOptions } from "./new-customer-transactions.js";
import { isOneCustomer, readCustomers } from "./read-customers.js";

/** In which time, and up to how many. */
export interface TransactionProbabilitiesOptions {
  /** Begin, in the model's unit, not included; default 0. */
  readonly from?: number | undefined;
  /** End, in the model's unit, included. For BG/BB both are numbers of opportunities. */
  readonly to: number;
  /** Largest number of purchases to tell the probability of, 0 to 10,000. */
  readonly upTo: number;
}

/**
 * How likely is it that a new customer makes 0, 1, 2 ... repeat purchases?
 *
 * @param model - A fitted or stored transaction model.
 * @param options - `to`: since the first purchase; `from` where the time does not begin with it; `upTo`.
 * @returns P(X = 0), P(X = 1) to P(X = upTo) in (from, to]; what lacks to 1 is the chance of more.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { transactionProbabilities } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * transactionProbabilities(model, { to: 39, upTo: 1 }); // ~> Float64Array.of(0.57378635209600941, 0.19939528083591146)
 * ```
 */
export function transactionProbabilities(
  model: TransactionModel,
  options: TransactionProbabilitiesOptions & NewCustomerOptions,
): Float64Array {
  assertTransactionModel(model);
  const { from, to, upTo } = interval(model, options);
  return kernelOfNew(model, options.covariates).probabilities(from, to, upTo);
}

/**
 * How likely is it that this customer makes 0, 1, 2 ... purchases in the time to come?
 *
 * @param model - A fitted or stored transaction model.
 * @param customer - `x`, `tx` and `T` in the model's unit, and `covariates` where it was fitted with some.
 * @param options - `to`: since T; `from` where the time does not begin at T; `upTo`.
 * @returns P(X = 0), P(X = 1) to P(X = upTo) in (T + from, T + to]; what lacks to 1 is the chance of more.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when the history cannot be, or a covariate is missing.
 * @example
 * ```ts
 * import { conditionalTransactionProbabilities, expectedTransactions } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const customer = { x: 2, tx: 30.43, T: 38.86 };
 * const chances = conditionalTransactionProbabilities(model, customer, { to: 39, upTo: 200 });
 * chances.reduce((sum, chance, count) => sum + count * chance, 0); // ~> 1.226028175
 * ```
 */
export function conditionalTransactionProbabilities(
  model: TransactionModel,
  customer: PurchaseHistory,
  options: TransactionProbabilitiesOptions,
): Float64Array {
  assertTransactionModel(model);
  const { from, to, upTo } = interval(model, options);
  assertArgument(
    isOneCustomer(customer),
    "customer",
    () => `customer is ${shown(customer)}: pass one customer, { x, tx, T }`,
  );
  const { histories, effects } = readCustomers(model, customer);
  const kernel = kernelOf(
    model,
    effects === null ? undefined : { transaction: effects.transaction[0], dropout: effects.dropout[0] },
  );
  return kernel.conditionalProbabilities(histories.x[0], histories.tx[0], histories.T[0], from, to, upTo);
}

function interval(model: TransactionModel, options: TransactionProbabilitiesOptions) {
  assertOptions(options, "{ to, upTo }");
  const { from = 0, to, upTo } = options;
  assertTime(from, "options.from", model);
  assertTime(to, "options.to", model);
  assertArgument(
    from <= to,
    "options.from",
    () => `options.from is ${from}, after options.to ${to}: swap them`,
  );
  assertInteger(upTo, "options.upTo", 0, 10_000);
  return { from, to, upTo };
}
