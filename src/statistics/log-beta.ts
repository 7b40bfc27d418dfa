import { logGamma } from "./log-gamma.js";
import { assertPositive } from "./outside-domain.js";
import { STIRLING_FROM, stirlingCorrection } from "./stirling-correction.js";

/**
 * What is the natural logarithm of the beta function, log B(a, b) = log Gamma(a) + log Gamma(b) - log Gamma(a + b)?
 *
 * For large arguments the three logarithms would cancel; their Stirling forms are subtracted by formula
 * instead (DiDonato & Morris 1992, ALGDIV and BCORR), so the relative error stays below 1e-14 except next to the
 * curve B(a, b) = 1, where the absolute error is below 4e-15.
 *
 * @param a - Positive finite number.
 * @param b - Positive finite number.
 * @returns log B(a, b), the same to the last digit when a and b change places.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` unless both are positive and finite.
 * @example
 * ```ts
 * import { logBeta } from "clientele";
 *
 * logBeta(2, 3); // ~> -2.4849066497880004
 * logBeta(1e6, 1e6); // ~> -1386300.003362921
 * ```
 */
export function logBeta(a: number, b: number): number {
  assertPositive(a, "a");
  assertPositive(b, "b");
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (small < STIRLING_FROM) return logGamma(small) + logGammaDrop(small, large);
  const sum = small + large;
  return (
    (small - 0.5) * Math.log(small / sum) -
    large * Math.log1p(small / large) -
    0.5 * Math.log(large) +
    (0.9189385332046728 + stirlingCorrection(small) + (stirlingCorrection(large) - stirlingCorrection(sum)))
  );
}

/** log Gamma(b) - log Gamma(a + b) for a < 10: by formula for large b, where the two would cancel. @internal */
export function logGammaDrop(a: number, b: number): number {
  const sum = a + b;
  if (b < STIRLING_FROM) return logGamma(b) - logGamma(sum);
  return (
    a * (1 - Math.log(b)) -
    (sum - 0.5) * Math.log1p(a / b) +
    (stirlingCorrection(b) - stirlingCorrection(sum))
  );
}
