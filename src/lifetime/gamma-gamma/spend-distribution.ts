import { gammaCdf, gammaPdf, gammaQuantile } from "../../statistics/gamma-distribution.js";
import { assertProbability, assertReal } from "../../statistics/outside-domain.js";
import type { TailOptions } from "../../statistics/tail.js";
import { isUpperTail } from "../../statistics/tail.js";
import type { GammaGammaModel } from "../models/lifetime-model.js";
import { assertGammaGamma } from "./gamma-gamma-model.js";
import { readSpends, type SpendHistory } from "./spend-histories.js";

/** How mean spends are spread: inverse-gamma, so a few are large. In the model's unit of money. */
export interface SpendDistribution {
  /** Shape of the inverse-gamma distribution. */
  readonly shape: number;
  /** Scale of it, in the unit of money. */
  readonly scale: number;
  /** Mean; `null` where the shape is 1 or less and there is none. */
  readonly mean: number | null;
  /** Half lie below. */
  readonly median: number;
  /** The densest value. */
  readonly mode: number;
  /** Standard deviation; `null` where the shape is 2 or less and there is none. */
  readonly standardDeviation: number | null;
}

/**
 * How are the mean spends of customers spread, or what is known of one customer's?
 *
 * Over all customers the mean spend is inverse-gamma distributed with shape q and scale p v; of one who has bought x times
 * again with shape q + p x and scale p (v + x meanSpend) (Fader & Hardie 2013).
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param customer - Whose; all customers' without one.
 * @returns The distribution with mean, median, mode and standard deviation, in the model's unit of money.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { spendDistribution } from "clientele";
 *
 * const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * const { mean, mode } = spendDistribution(model);
 * mean; // ~> 35.21897810218978
 * mode; // ~> 20.358649789029535
 * spendDistribution(model, { x: 2, meanSpend: 22.35 }).mean; // ~> 24.663713910761155
 * ```
 */
export function spendDistribution(model: GammaGammaModel, customer?: SpendHistory): SpendDistribution {
  const { shape, scale } = inverseGamma(model, customer);
  return {
    shape,
    scale,
    mean: shape > 1 ? scale / (shape - 1) : null,
    median: scale / gammaQuantile(0.5, shape, 1),
    mode: scale / (shape + 1),
    standardDeviation: shape > 2 ? scale / (shape - 1) / Math.sqrt(shape - 2) : null,
  };
}

/**
 * How dense are mean spends about this one?
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param spend - A mean spend, in the model's unit of money.
 * @param customer - Whose; all customers' without one.
 * @returns The density, per unit of money; 0 for spends of 0 or less.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { spendPdf } from "clientele";
 *
 * const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * spendPdf(model, 20); // ~> 0.0330515897466
 * ```
 */
export function spendPdf(model: GammaGammaModel, spend: number, customer?: SpendHistory): number {
  const { shape, scale } = inverseGamma(model, customer);
  assertReal(spend, "spend");
  if (!(spend > 0 && spend < Number.POSITIVE_INFINITY)) return 0;
  // The density of the rate, scale / spend, times how it moves with spend.
  const density = gammaPdf(scale / spend, shape, 1);
  return density === 0 ? 0 : (density * (scale / spend)) / spend;
}

/**
 * How likely is a mean spend of at most this (or above, with `tail: "upper"`)?
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param spend - A mean spend, in the model's unit of money.
 * @param customer - Whose; all customers' without one.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { spendCdf } from "clientele";
 *
 * const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * spendCdf(model, 100, undefined, { tail: "upper" }); // ~> 0.0253623945427
 * ```
 */
export function spendCdf(
  model: GammaGammaModel,
  spend: number,
  customer?: SpendHistory,
  options?: TailOptions,
): number {
  const { shape, scale } = inverseGamma(model, customer);
  assertReal(spend, "spend");
  const isUpper = isUpperTail(options);
  if (!(spend > 0)) return isUpper ? 1 : 0;
  return gammaCdf(scale / spend, shape, 1, { tail: isUpper ? "lower" : "upper" });
}

/**
 * Below which mean spend does this share of customers lie (or above which, with `tail: "upper"`)?
 *
 * @param model - A fitted or stored Gamma-Gamma model.
 * @param p - Probability from 0 to 1.
 * @param customer - Whose; all customers' without one.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns A mean spend, in the model's unit of money; `Infinity` at the upper end.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS`.
 * @example
 * ```ts
 * import { spendQuantile } from "clientele";
 *
 * const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
 * spendQuantile(model, 0.9); // ~> 61.3646100743
 * ```
 */
export function spendQuantile(
  model: GammaGammaModel,
  p: number,
  customer?: SpendHistory,
  options?: TailOptions,
): number {
  const { shape, scale } = inverseGamma(model, customer);
  assertProbability(p, "p");
  return scale / gammaQuantile(p, shape, 1, { tail: isUpperTail(options) ? "lower" : "upper" });
}

function inverseGamma(
  model: GammaGammaModel,
  customer: SpendHistory | undefined,
): { readonly shape: number; readonly scale: number } {
  assertGammaGamma(model);
  const { p, q, v } = model.parameters;
  if (customer === undefined) return { shape: q, scale: p * v };
  const { x, meanSpend } = readSpends([customer]);
  return { shape: q + p * x[0], scale: p * (v + x[0] * meanSpend[0]) };
}
