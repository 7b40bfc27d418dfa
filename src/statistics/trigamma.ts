import { assertPositive } from "./outside-domain.js";

/**
 * What is the slope of digamma at x, the trigamma function (the second derivative of log Gamma), for x > 0?
 *
 * Relative error below 1e-14. Recurrence up to 10 (Abramowitz & Stegun 1964, 6.4.6), asymptotic series from
 * there (6.4.12); all terms before the series are positive, so nothing cancels.
 *
 * @param x - Positive finite number. Below 7.5e-155 the result overflows to `Infinity`.
 * @returns psi'(x), always positive.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` unless x is positive and finite.
 * @example
 * ```ts
 * import { trigamma } from "clientele";
 *
 * trigamma(1); // ~> 1.6449340668482264
 * ```
 */
export function trigamma(x: number): number {
  assertPositive(x, "x");
  let z = x;
  let sum = 0;
  while (z < 10) {
    sum += 1 / (z * z);
    z += 1;
  }
  const r = 1 / z;
  const s = r * r;
  const series =
    s *
    (1 / 6 -
      s *
        (1 / 30 -
          s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730 - s * (7 / 6 - s * (3617 / 510))))))));
  // Smallest terms first: the sum of the recurrence is rounded once more.
  return r * (1 + 0.5 * r + series) + sum;
}
