import { hypergeometric2F1One } from "../../statistics/gauss-hypergeometric.js";
import { logGammaDrop } from "../../statistics/log-beta.js";
import type { BgBbParameters } from "../models/lifetime-model.js";
import type { TransactionKernel } from "../models/transaction-kernel.js";
import { type BgBbTables, bgBbLogLikelihood, bgBbTables } from "./bg-bb-likelihood.js";
import { usesProbabilities } from "./opportunity-probabilities.js";

/**
 * What BG/BB answers (Fader, Hardie & Shang 2010). Times are whole numbers of opportunities; `alive` with `after` 0 is at
 * opportunity T, with 1 at the next. Every sum is of positive terms.
 *
 * @internal
 */
export function bgBbKernel(parameters: BgBbParameters): TransactionKernel {
  const { alpha, beta, gamma, delta } = parameters;
  let tables: BgBbTables = bgBbTables(parameters, 0);
  const logLikelihood = (x: number, tx: number, T: number) => {
    // Grown by doubling: many customers, one table.
    if (T >= tables.alpha.log.length)
      tables = bgBbTables(parameters, Math.max(T, 2 * tables.alpha.log.length));
    return bgBbLogLikelihood(tables, x, tx, T);
  };
  /** Still there at T. */
  const there = (x: number, tx: number, T: number) => {
    if (tx === T) return 1;
    const logSum = logLikelihood(x, tx, T);
    const { log } = tables.alpha;
    const logThere =
      log[x] + tables.beta.log[T - x] - tables.buying.log[T] + tables.delta.log[T] - tables.leaving.log[T];
    return Math.min(1, Math.exp(logThere - logSum));
  };
  /** Still there at T + after, for one who is at T. */
  const staying = (T: number, after: number) => {
    if (after > FACTORS)
      return Math.exp(logGammaDrop(gamma, delta + T + after) - logGammaDrop(gamma, delta + T));
    let product = 1;
    for (let j = 0; j < after; j++) product *= (delta + T + j) / (gamma + delta + T + j);
    return product;
  };
  /** Opportunities still there for in T + 1, ..., T + horizon, each times discount to the power of how far it is. */
  const opportunities = (T: number, horizon: number, discount: number) => {
    let term = 1;
    let sum = 0;
    for (let j = 0; j < horizon && term > 0; j++) {
      term *= ((delta + T + j) / (gamma + delta + T + j)) * discount;
      sum += term;
    }
    return sum;
  };
  const chance = (x: number, T: number) => (alpha + x) / (alpha + beta + T);
  const forEver = (T: number, rate: number) => {
    const share = (delta + T) / (gamma + delta + T);
    if (rate > 0) {
      const discount = Math.exp(-rate);
      return share * discount * hypergeometric2F1One(delta + T + 1, gamma + delta + T + 1, discount);
    }
    return gamma > 1 ? (delta + T) / (gamma - 1) : Number.POSITIVE_INFINITY;
  };
  return {
    logLikelihood,
    alive: (x, tx, T, after) => there(x, tx, T) * staying(T, after),
    expected: (time) => chance(0, 0) * opportunities(0, time, 1),
    conditionalExpected: (x, tx, T, horizon) => there(x, tx, T) * chance(x, T) * opportunities(T, horizon, 1),
    probabilities: (from, to, upTo) => usesProbabilities(parameters, from, to, upTo),
    conditionalProbabilities: (x, tx, T, from, to, upTo) => {
      const alive = there(x, tx, T);
      const still = { alpha: alpha + x, beta: beta + T - x, gamma, delta: delta + T };
      const uses = usesProbabilities(still, from, to, upTo).map((probability) => alive * probability);
      uses[0] += 1 - alive;
      return uses;
    },
    discounted: (x, tx, T, rate, horizon) =>
      there(x, tx, T) *
      chance(x, T) *
      (horizon === null ? forEver(T, rate) : opportunities(T, horizon, Math.exp(-rate))),
    longList: null,
  };
}

/** Up to so many factors, a product has more digits than the difference of logarithms of gamma functions. */
const FACTORS = 256;
