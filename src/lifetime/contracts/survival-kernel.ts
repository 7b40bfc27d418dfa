import { stirlingDrop } from "../../statistics/digamma-drop.js";
import { STIRLING_FROM } from "../../statistics/stirling-correction.js";
import type { ContractModel } from "./contract-model.js";

/** What a contract model answers, without looking at its arguments. @internal */
export interface SurvivalKernel {
  /** Share still there after `t` renewals, any t of 0 or more. */
  readonly survival: (t: number) => number;
  /** Share of those who come to renewal `t` = 1, 2, ... who renew. */
  readonly retention: (t: number) => number;
  /** Share of them who leave: to the last digit where next to nobody does. */
  readonly churn: (t: number) => number;
}

/** @internal */
export function survivalKernel({ model, parameters }: ContractModel): SurvivalKernel {
  const { alpha, beta } = parameters;
  if (model === "betaDiscreteWeibull") {
    const { c } = parameters;
    const logRetention = (t: number) => logSurvivalStep(alpha, beta + (t - 1) ** c, powerStep(t, c));
    return {
      survival: (t) => Math.exp(logSurvivalStep(alpha, beta, t ** c)),
      retention: (t) => Math.exp(logRetention(t)),
      churn: (t) => -Math.expm1(logRetention(t)),
    };
  }
  const retention = (t: number) => (beta + t - 1) / (alpha + beta + t - 1);
  return {
    retention,
    churn: (t) => alpha / (alpha + beta + t - 1),
    survival: (t) => {
      if (t > FACTORS || !Number.isInteger(t)) return Math.exp(logSurvivalStep(alpha, beta, t));
      let product = 1;
      for (let j = 1; j <= t; j++) product *= retention(j);
      return product;
    },
  };
}

/** Up to so many factors, a product has more digits than the difference of logarithms of gamma functions. */
const FACTORS = 256;

/**
 * log of B(alpha, beta + step) / B(alpha, beta), to the last digit where it is near 0 too: four logarithms of gamma functions
 * by their Stirling forms, with what they have in common taken out by formula.
 *
 * @internal
 */
export function logSurvivalStep(alpha: number, beta: number, step: number): number {
  if (step === 0) return 0;
  let sum = 0;
  let from = beta;
  for (; from < STIRLING_FROM; from++) sum += logFactor(alpha, from, step);
  return (
    sum -
    alpha * Math.log1p(step / from) -
    step * Math.log1p(alpha / (from + step)) -
    (alpha + from - 0.5) * logFactor(alpha, from, step) +
    (stirlingDrop(alpha, from + step) - stirlingDrop(alpha, from))
  );
}

/** log of b (a + b + s) / ((a + b) (b + s)). */
function logFactor(a: number, b: number, s: number): number {
  const share = (a / (a + b)) * (s / (b + s));
  return share < 0.5 ? Math.log1p(-share) : Math.log1p(s / (a + b)) - Math.log1p(s / b);
}

/** t^c - (t - 1)^c, without cancellation. @internal */
export function powerStep(t: number, c: number): number {
  return t === 1 ? 1 : (t - 1) ** c * Math.expm1(c * Math.log1p(1 / (t - 1)));
}
