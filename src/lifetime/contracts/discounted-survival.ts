import { digammaDrop } from "../../statistics/digamma-drop.js";
import { hypergeometric2F1One } from "../../statistics/gauss-hypergeometric.js";
import { panelIntegral } from "../../statistics/panel-integral.js";
import type { BetaDiscreteWeibullParameters, ContractModel } from "./contract-model.js";
import { logSurvivalStep, survivalKernel } from "./survival-kernel.js";

/**
 * Sum over t = from, from + 1, ... of S(t) / S(from) exp(-rate (t - from)): for ever, or so many terms. Infinity where the
 * sum has no limit. The rate is continuous, per period, 0 or more.
 *
 * @internal
 */
export function discountedSurvival(
  model: ContractModel,
  from: number,
  rate: number,
  terms: number | null,
): number {
  if (terms !== null) return sumOf(model, from, rate, terms);
  if (model.model === "betaDiscreteWeibull") return weibullSum(model, from, rate);
  const { alpha, beta } = model.parameters;
  if (rate === 0) return alpha > 1 ? (alpha + beta + from - 1) / (alpha - 1) : Number.POSITIVE_INFINITY;
  // (Fader & Hardie 2010)
  return hypergeometric2F1One(beta + from, alpha + beta + from, Math.exp(-rate));
}

function sumOf(model: ContractModel, from: number, rate: number, terms: number): number {
  const { retention } = survivalKernel(model);
  const discount = Math.exp(-rate);
  let term = 1;
  let sum = 0;
  for (let t = 0; t < terms && term > 0; t++) {
    sum += term;
    term *= retention(from + t + 1) * discount;
  }
  return sum;
}

/**
 * The first terms one by one, the rest by Euler and Maclaurin: an integral, half the first term and a twelfth of its slope.
 * So far out that a term differs from the next by a thousandth, what that leaves out is below 1e-14 of the sum.
 */
function weibullSum(
  model: ContractModel & { readonly parameters: BetaDiscreteWeibullParameters },
  from: number,
  rate: number,
): number {
  const { alpha, beta, c } = model.parameters;
  // S(t) falls as t^(-alpha c).
  if (rate === 0 && !(alpha * c > 1)) return Number.POSITIVE_INFINITY;
  const base = from ** c;
  // By y = log(t): t itself may leave the range of numbers.
  const logTerm = (y: number) =>
    logSurvivalStep(alpha, beta + base, Math.exp(c * y) - base) -
    (rate === 0 ? 0 : rate * (Math.exp(y) - from));
  const first = from + Math.min(MOST, Math.ceil(TERMS * Math.max(1, alpha * c)));
  const near = sumOf(model, from, rate, first - from);
  const start = Math.log(first);
  const at = Math.exp(logTerm(start));
  if (!(at > 0)) return near;
  const power = first ** c;
  const slope = (c * power * digammaDrop(alpha, beta + power)) / first - rate;
  const end = Math.max(start, Math.log(FAR * (1 + alpha + beta + base) ** 2) / c);
  const beyond = rate === 0 ? Math.exp(logTerm(end) + end) / (alpha * c - 1) : 0;
  return (
    near + panelIntegral((y) => Math.exp(logTerm(y) + y), start, end) + at / 2 - (at * slope) / 12 + beyond
  );
}

const TERMS = 1000;
const MOST = 100_000;
/** Beyond t^c of this, the power law holds to the last digit. */
const FAR = 1e17;
