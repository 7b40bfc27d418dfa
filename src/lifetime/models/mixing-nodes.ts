/**
 * Points of a beta distribution over customers with their shares, which sum to 1: the mean of f is the sum of weight * f.
 *
 * @internal
 */
export interface MixingNodes {
  readonly length: number;
  readonly point: Float64Array;
  /** 1 - point, exact where the point is near 1. */
  readonly complement: Float64Array;
  readonly weight: Float64Array;
}

/** From these log-odds on functions of p are taken for constant: p is 1 in all its digits. */
const RIGHTMOST = 40;
/** Powers of e below the peak at which weights end: functions fall from left to right, so that the left counts for longer. */
const NEGLIGIBLE_LEFT = -92;
const NEGLIGIBLE_RIGHT = -46;

/**
 * For means of functions that fall with the chance to leave p, or are flat.
 *
 * The trapezoidal rule on the log-odds: its error falls like exp(-c / step) for functions that are smooth there (Trefethen
 * and Weideman 2014), whatever the shapes; the step taken leaves about 1e-14. Far out, where the function does not change any
 * more, the points are a geometric series, summed by formula: shapes near 0 cost no more.
 *
 * @param a - First shape.
 * @param b - Second shape.
 * @param flatBelow - Below this point the functions to be averaged do not change in the 15th digit.
 * @internal
 */
export function betaNodes(a: number, b: number, flatBelow: number): MixingNodes {
  const step = stepFor(a);
  const peak = Math.log(a / b);
  const center = Math.min(peak, RIGHTMOST);
  const leftmost = Math.log(flatBelow);
  const highest = logBetaWeight(a, b, peak);
  const logOdds: number[] = [];
  const weights: number[] = [];
  let total = 0;
  const add = (v: number, direction: -1 | 1): boolean => {
    const log = logBetaWeight(a, b, v) - highest;
    const isFlat = direction < 0 ? v <= leftmost : v >= RIGHTMOST;
    if (log < (direction < 0 ? NEGLIGIBLE_LEFT : NEGLIGIBLE_RIGHT)) return false;
    const weight = Math.exp(log) / (isFlat ? -Math.expm1(-(direction < 0 ? a : b) * step) : 1);
    logOdds.push(v);
    weights.push(weight);
    total += weight;
    return !isFlat;
  };
  for (let j = 0; add(center + j * step, 1); j++);
  for (let j = 1; add(center - j * step, -1); j++);
  return {
    length: logOdds.length,
    point: Float64Array.from(logOdds, (v) => 1 / (1 + Math.exp(-v))),
    complement: Float64Array.from(logOdds, (v) => 1 / (1 + Math.exp(v))),
    weight: Float64Array.from(weights, (weight) => weight / total),
  };
}

/**
 * The error of step h for the mean of e^(k v - e^v) is 2 |Gamma(k + 2 pi i / h)| / Gamma(k), below 1e-14 for k up to 1 above the
 * shape (functions that grow like the point): a narrow peak is like a Gaussian one, where that is exp(-2 pi^2 / (k h^2)).
 *
 * @internal
 */
export function stepFor(shape: number): number {
  return 0.25 / Math.sqrt(1 + (shape + 1) / 9);
}

/** ln of p^a (1 - p)^b at the log-odds v. */
function logBetaWeight(a: number, b: number, v: number): number {
  return v > 0
    ? -a * Math.log1p(Math.exp(-v)) - b * (v + Math.log1p(Math.exp(-v)))
    : a * (v - Math.log1p(Math.exp(v))) - b * Math.log1p(Math.exp(v));
}
