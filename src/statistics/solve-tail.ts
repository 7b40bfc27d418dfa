/**
 * The positive z at which a tail probability equals the target.
 *
 * Halley's method on the logarithm of the tail as a function of log z. For gamma tails and, with z the odds
 * x / (1 - x), for beta tails that function is concave, whatever the shapes, and nearly straight where the tail is
 * tiny; a bracket catches the steps that overshoot. z moves by factors, so it keeps its last digit at any size.
 *
 * @param target - The tail probability, above 0 and below 1.
 * @param start - First guess, any positive number.
 * @param sign - 1 if the tail grows with z, -1 if it falls.
 * @param tailAt - The tail probability at z.
 * @param densityAt - The density per unit of log z, at z.
 * @param slopeAt - The derivative of the logarithm of that density by log z, at z.
 * @internal
 */
export function solveTail(
  target: number,
  start: number,
  sign: 1 | -1,
  tailAt: (z: number) => number,
  densityAt: (z: number) => number,
  slopeAt: (z: number) => number,
): number {
  let low = 0;
  let high = Infinity;
  let z = start > 0 && start < Infinity ? start : start > 0 ? Number.MAX_VALUE : Number.MIN_VALUE;
  for (let iteration = 0; iteration < 200; iteration++) {
    const tail = tailAt(z);
    if (tail === target) return z;
    if (tail < target === sign > 0) low = z;
    else high = z;
    const error = Math.log(tail / target);
    const hazard = (sign * densityAt(z)) / tail;
    // error / hazard is Newton's step; the second derivative over the squared first bends it, within reason.
    const bend = 1 - 0.5 * error * (slopeAt(z) / hazard - 1);
    const step = -error / hazard / Math.min(Math.max(bend, 0.5), 2);
    const next = z * Math.exp(step);
    // Halley cubes the error: the one left after this step is below the last digit.
    if (Math.abs(error) < 2e-6) return next;
    if (next > low && next < high) {
      z = next;
    } else {
      // Out of the bracket, or not a number where the tail underflows: halve the bracket in log z.
      const middle =
        Math.sqrt(low === 0 ? Number.MIN_VALUE : low) *
        Math.sqrt(high === Infinity ? Number.MAX_VALUE : high);
      if (!(middle > low && middle < high)) return Math.abs(step) < 1 ? z : low;
      z = middle;
    }
  }
  return z;
}

/** The normal quantile of a lower tail p <= 1/2 to three digits, for first guesses (Abramowitz & Stegun 1964, 26.2.23). @internal */
export function roughNormalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return (
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  );
}
