/**
 * a log(x / a) - (x - a), never positive: the exponent of a Poisson or gamma density next to its mode.
 *
 * The terms cancel where x is close to a, so the difference x - a comes in as its own argument, as exact as the
 * caller has it (DiDonato & Morris 1986, rlog1; Loader 2000, bd0).
 *
 * @internal
 */
export function poissonExponent(a: number, x: number, difference: number): number {
  if (a === 0) return -x;
  return Math.abs(difference) < 0.5 * a
    ? a * logMinusLinear(difference / a)
    : a * Math.log(x / a) - difference;
}

/**
 * log(1 + u) - u, never positive, without cancellation.
 *
 * With r = u / (2 + u), log(1 + u) = 2 (r + r^3/3 + r^5/5 + ...) (Abramowitz & Stegun 1964, 4.1.27), and
 * 2 r - u = -u r takes the linear part out.
 *
 * @internal
 */
export function logMinusLinear(u: number): number {
  if (u < -0.4 || u > 0.6) return Math.log1p(u) - u;
  const r = u / (2 + u);
  const s = r * r;
  const series =
    1 / 3 +
    s *
      (1 / 5 +
        s *
          (1 / 7 +
            s *
              (1 / 9 +
                s *
                  (1 / 11 +
                    s * (1 / 13 + s * (1 / 15 + s * (1 / 17 + s * (1 / 19 + s * (1 / 21 + s / 23)))))))));
  return r * (2 * s * series - u);
}
