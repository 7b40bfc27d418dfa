/**
 * What Stirling's formula misses: log Gamma(x) - [(x - 1/2) log x - x + log(2 pi) / 2], for x >= 10.
 *
 * Seven terms B(2k) / (2k (2k - 1) x^(2k - 1)) (Abramowitz & Stegun 1964, 6.1.41); the eighth is below 3e-17 at x = 10.
 *
 * @internal
 */
export function stirlingCorrection(x: number): number {
  const r = 1 / x;
  const s = r * r;
  return (
    r *
    (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156))))))
  );
}

/** From here on Stirling's series with seven terms is exact to double precision. @internal */
export const STIRLING_FROM = 10;
