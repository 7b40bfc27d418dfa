import { assertPositive } from "./outside-domain.js";
import { STIRLING_FROM, stirlingCorrection } from "./stirling-correction.js";

/**
 * What is the natural logarithm of the gamma function, log Gamma(x), for x > 0?
 *
 * Relative error below 1e-14 everywhere, next to the zeros at 1 and 2 too. Stirling's series from 10 on
 * (Abramowitz & Stegun 1964, 6.1.41); below, the recurrence 6.1.15 leads to a rational function around 2.
 * Negative arguments, where gamma changes sign, are refused.
 *
 * @param x - Positive finite number. Above 2.5e305 the result overflows to `Infinity`.
 * @returns log Gamma(x), which is log((x - 1)!) for a whole number.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` unless x is positive and finite.
 * @example
 * ```ts
 * import { logGamma } from "clientele";
 *
 * logGamma(5); // ~> 3.1780538303479458
 * logGamma(1); // => 0
 * logGamma(0); // throws INVALID_ARGUMENT
 * ```
 */
export function logGamma(x: number): number {
  assertPositive(x, "x");
  if (x >= STIRLING_FROM) {
    // (log(2 pi) - 1) / 2: taking x out of the bracket as well keeps the terms of one sign.
    return (x - 0.5) * (Math.log(x) - 1) + 0.41893853320467274 + stirlingCorrection(x);
  }
  if (x < 0.5) return logGammaAboveTwo(x) - Math.log(x * (1 + x));
  if (x < 1.5) return logGammaAboveTwo(x - 1) - Math.log(x);
  let z = x;
  let product = 1;
  while (z > 2.5) {
    z -= 1;
    product *= z;
  }
  return logGammaAboveTwo(z - 2) + Math.log(product);
}

/** log Gamma(1 + a) for a > 0, exact for tiny a where 1 + a rounds. @internal */
export function logGammaAboveOne(a: number): number {
  return a < 0.5 ? logGammaAboveTwo(a) - Math.log1p(a) : logGamma(1 + a);
}

/**
 * log Gamma(2 + z) for |z| <= 1/2, as z times a rational function: the zero at 2 stays exact.
 * Coefficients: test/published/high-precision/fit_coefficients.py, relative error 1.3e-16.
 */
function logGammaAboveTwo(z: number): number {
  const top =
    0.42278433509846713 +
    z *
      (0.9480067876881235 +
        z *
          (0.7588996356750448 +
            z *
              (0.2781842697268787 +
                z * (0.04785238906134353 + z * (0.0034112224337486457 + z * 6.592004121668464e-5)))));
  const bottom =
    1 +
    z *
      (1.4795717398524737 +
        z *
          (0.8258083331269758 +
            z *
              (0.21514529191316645 +
                z * (0.02608891595046021 + z * (0.0012537756994497478 + z * 1.4166305007605586e-5)))));
  return z * (top / bottom);
}
