import { assertOptions } from "../../core/assert.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import { assertTime, assertTransactionModel, kernelOfNew } from "./model-kernel.js";

/** Of which new customer. */
export interface NewCustomerOptions {
  /** Measures of the customer, for a model that was fitted with covariates; required there. */
  readonly covariates?: Readonly<Record<string, number>> | undefined;
}

/**
 * How many repeat purchases will a new customer make?
 *
 * @param model - A fitted or stored transaction model.
 * @param options - `horizon`: how long from the first purchase on, in the model's unit; for BG/BB a number of opportunities.
 * @returns E[X(horizon)], not rounded.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { newCustomerTransactions } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * newCustomerTransactions(model, { horizon: 52 }); // ~> 1.4460505953964
 * newCustomerTransactions(model, { horizon: [1, 39] }); // ~> Float64Array.of(0.0532678911716583, 1.19672319332082)
 * ```
 */
export function newCustomerTransactions(
  model: TransactionModel,
  options: NewCustomerOptions & { readonly horizon: number },
): number;
/**
 * How many repeat purchases will a new customer have made by each of these times?
 *
 * @param model - A fitted or stored transaction model.
 * @param options - `horizon`: several times since the first purchase, in the model's unit.
 * @returns E[X(t)] for each, in their order.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`.
 */
export function newCustomerTransactions(
  model: TransactionModel,
  options: NewCustomerOptions & { readonly horizon: Numbers },
): Float64Array;
export function newCustomerTransactions(
  model: TransactionModel,
  options: NewCustomerOptions & { readonly horizon: number | Numbers },
): number | Float64Array {
  assertTransactionModel(model);
  assertOptions(options, "{ horizon }");
  const { horizon, covariates } = options;
  if (typeof horizon !== "object" || horizon === null) {
    assertTime(horizon, "options.horizon", model);
    return kernelOfNew(model, covariates).expected(horizon);
  }
  assertNumbers(horizon, "options.horizon");
  const { expected } = kernelOfNew(model, covariates);
  return Float64Array.from(horizon, (time, i) => {
    assertTime(time, `options.horizon[${i}]`, model);
    return expected(time);
  });
}
