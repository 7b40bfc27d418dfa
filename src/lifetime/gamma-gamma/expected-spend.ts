import { assertOptions } from "../../core/assert.js";
import type { GammaGammaModel } from "../models/lifetime-model.js";
import { assertGammaGamma } from "./gamma-gamma-model.js";
import {
  readSpends,
  type SpendHistories,
  type SpendHistory,
  type ZeroSpendOptions,
} from "./spend-histories.js";

/**
 * How much will a customer spend on a purchase?
 *
 * A mean of his own spends and of all customers': p (v + x meanSpend) / (p x + q - 1). The more he has bought, the more his
 * own count; with `x` of 0 it is the population's mean, p v / (q - 1), which exists for q above 1.
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param customer - Repeat purchases and their mean, in the model's unit of money.
 * @param options - `zeroSpend: "leaveOut"` gives one who paid nothing for his repeat purchases the mean of all customers.
 * @returns The expected mean, in that unit and not rounded; `null` where it does not exist (p x + q of 1 or less).
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { expectedSpend } from "clientele";
 *
 * const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * expectedSpend(model, { x: 2, meanSpend: 22.35 }); // ~> 24.663713910761155
 * expectedSpend(model, { x: 0, meanSpend: null }); // ~> 35.21897810218978
 * ```
 */
export function expectedSpend(
  model: GammaGammaModel,
  customer: SpendHistory,
  options?: ZeroSpendOptions,
): number | null;
/**
 * How much will each customer spend on a purchase?
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param customers - Rows, columns or a table; of columns nothing is copied by object.
 * @param options - `zeroSpend: "leaveOut"` gives those who paid nothing for their repeat purchases the mean of all customers.
 * @returns One expected mean a customer, in their order; `Infinity` where it does not exist.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 */
export function expectedSpend(
  model: GammaGammaModel,
  customers: SpendHistories,
  options?: ZeroSpendOptions,
): Float64Array;
export function expectedSpend(
  model: GammaGammaModel,
  customers: SpendHistory | SpendHistories,
  options: ZeroSpendOptions = {},
): number | null | Float64Array {
  assertGammaGamma(model);
  assertOptions(options);
  const isOne = isHistory(customers);
  const { x, meanSpend, length } = readSpends(isOne ? [customers] : customers, {
    zeroSpend: options.zeroSpend,
  });
  const { p, q, v } = model.parameters;
  const spends = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    // Of one who paid nothing no purchase counts, as in the fit that left him out.
    const count = meanSpend[i] > 0 ? x[i] : 0;
    const weight = p * count + q - 1;
    spends[i] = weight > 0 ? (p * (v + count * meanSpend[i])) / weight : Number.POSITIVE_INFINITY;
  }
  if (!isOne) return spends;
  return Number.isFinite(spends[0]) ? spends[0] : null;
}

function isHistory(customers: SpendHistory | SpendHistories): customers is SpendHistory {
  return typeof (customers as SpendHistory | null)?.x === "number";
}
