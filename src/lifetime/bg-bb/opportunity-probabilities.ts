import type { BgBbParameters } from "../models/lifetime-model.js";

/**
 * P(X = 0..upTo) at the opportunities from + 1, ..., to, for one who is there at 0: over how many of them the customer is there
 * for, times the beta-binomial chance to buy at k of so many. That chance is built up as in Polya's urn, opportunity by
 * opportunity: sums of positive terms, which neither cancel nor underflow.
 *
 * @internal
 */
export function usesProbabilities(
  { alpha, beta, gamma, delta }: BgBbParameters,
  from: number,
  to: number,
  upTo: number,
): Float64Array {
  const probabilities = new Float64Array(upTo + 1);
  let there = 1;
  for (let j = 0; j < from; j++) there *= (delta + j) / (gamma + delta + j);
  // Left before the first of them; from 1 - there where that is no small difference.
  probabilities[0] = from === 0 ? 0 : leftBy(gamma, delta, from);
  const urn = new Float64Array(upTo + 1);
  urn[0] = 1;
  for (let m = from; ; m++) {
    const balls = m - from;
    const isLast = m === to;
    const leaves = isLast ? there : (there * gamma) / (gamma + delta + m);
    for (let k = 0; k <= Math.min(balls, upTo); k++) probabilities[k] += leaves * urn[k];
    if (isLast) return probabilities;
    there *= (delta + m) / (gamma + delta + m);
    const all = alpha + beta + balls;
    for (let k = Math.min(balls + 1, upTo); k >= 0; k--) {
      const misses = k <= balls ? (urn[k] * (beta + balls - k)) / all : 0;
      urn[k] = misses + (k > 0 ? (urn[k - 1] * (alpha + k - 1)) / all : 0);
    }
  }
}

/** Gone within so many opportunities: a sum, not 1 less what is left. */
function leftBy(gamma: number, delta: number, opportunities: number): number {
  let there = 1;
  let left = 0;
  for (let m = 0; m < opportunities; m++) {
    left += (there * gamma) / (gamma + delta + m);
    there *= (delta + m) / (gamma + delta + m);
  }
  return left;
}
