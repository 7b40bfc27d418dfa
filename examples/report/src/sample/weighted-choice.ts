import type { RandomSource } from "clientele";

/**
 * Running totals of weights, made once and drawn from many times.
 *
 * `totals[i]` is the sum of all weights before place i, so that any stretch of places can be drawn from.
 */
export function runningTotals(weights: readonly number[]): Float64Array {
  const totals = new Float64Array(weights.length + 1);
  weights.forEach((weight, place) => {
    totals[place + 1] = (totals[place] ?? 0) + weight;
  });
  return totals;
}

/** Draws a place in `[from, to)` with a probability in proportion to its weight: one uniform number a draw. */
export function drawPlace(
  random: RandomSource,
  totals: Float64Array,
  from = 0,
  to = totals.length - 1,
): number {
  const below = totals[from] ?? 0;
  const target = below + random() * ((totals[to] ?? 0) - below);
  let low = from;
  let high = to;
  // The last place whose running total is not above the target.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((totals[middle] ?? 0) <= target) low = middle;
    else high = middle;
  }
  return low;
}
