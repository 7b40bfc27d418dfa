import { meanGap } from "./exact-difference.js";
import { logBeta, logGammaDrop } from "./log-beta.js";
import { logGammaAboveOne } from "./log-gamma.js";
import { assertProbability, assertShape } from "./outside-domain.js";
import { poissonExponent } from "./poisson-exponent.js";
import { STIRLING_FROM, stirlingCorrection } from "./stirling-correction.js";
import { INTEGRAL_FROM, tailIntegral } from "./tail-integral.js";

/**
 * What share of the beta integral with shapes a and b lies below x: I_x(a, b)?
 *
 * Relative error below 1e-12 for shapes up to 1e6 and results down to 1e-300; the complement of a result next to 1 keeps
 * that for shapes from 1e-4 on, and an absolute 1e-15 below. Below the mean directly, by a
 * continued fraction or, for two shapes of 200 or more, by quadrature of the tail; above it as
 * 1 - I_(1-x)(b, a) (DiDonato & Morris 1992; DLMF 8.17.22).
 *
 * @param x - Upper limit of the integral, from 0 to 1.
 * @param a - First shape, a positive number from 1e-300 to 1e300.
 * @param b - Second shape, a positive number from 1e-300 to 1e300.
 * @returns The integral of t^(a - 1) (1 - t)^(b - 1) from 0 to x, over B(a, b): from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for x outside [0, 1] or a shape that is not positive.
 * @example
 * ```ts
 * import { regularizedBeta } from "clientele";
 *
 * regularizedBeta(0.5, 2, 3); // ~> 0.6875
 * ```
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  assertProbability(x, "x");
  assertShape(a, "a");
  assertShape(b, "b");
  return incompleteBeta(x, 1 - x, a, b);
}

/**
 * I_x(a, b) for x + y = 1, each exact to its own last digit: of the two, 1 - x alone would lose a tiny y.
 *
 * @internal
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0 || y <= 0) return x <= 0 ? 0 : 1;
  const gap = x <= 0.5 ? meanGap(a, b, x) : -meanGap(b, a, y);
  return gap >= 0 ? lowerTail(x, y, a, b, gap) : 1 - lowerTail(y, x, b, a, -gap);
}

/**
 * x^a y^b / B(a, b): the beta density per unit of log(x / y).
 *
 * @param gap - a y - b x, as exact as the caller has it.
 * @internal
 */
export function betaDensity(x: number, y: number, a: number, b: number, gap: number): number {
  if (Math.min(a, b) < STIRLING_FROM) {
    const logX = x <= 0.5 ? Math.log(x) : Math.log1p(-y);
    const logY = x <= 0.5 ? Math.log1p(-x) : Math.log(y);
    return Math.exp(a * logX + b * logY - logBeta(a, b));
  }
  const n = a + b;
  const correction = stirlingCorrection(n) - stirlingCorrection(a) - stirlingCorrection(b);
  const exponent = poissonExponent(a, n * x, -gap) + poissonExponent(b, n * y, gap);
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent + correction);
}

/** I_x(a, b) for x at or below the mean a / (a + b). */
function lowerTail(x: number, y: number, a: number, b: number, gap: number): number {
  if (b < 1 && y < 0.01 && a * y < 1) return smallUpper(y, b, a);
  const density = betaDensity(x, y, a, b, gap);
  if (!(density > 0)) return 0;
  if (Math.min(a, b) >= INTEGRAL_FROM) return (density / y) * tailIntegral(a, b, x / y, gap / y, -1);
  return density * fraction(x, y, a, b, gap);
}

/**
 * I_x(a, b) B(a, b) / (x^a y^b) for x below the mean: the even part of the continued fraction DLMF 8.17.22
 * (DiDonato & Morris 1992, eq. 9, BFRAC) by Lentz's method. Its terms keep one sign where those of the whole fraction cancel.
 */
function fraction(x: number, y: number, a: number, b: number, gap: number): number {
  let denominator = (a / (a + 1)) * (gap + 1);
  let c = Infinity;
  let d = 1 / denominator;
  let value = d;
  for (let n = 1; n < 100_000; n++) {
    const m = a + 2 * n;
    const t = ((b - n) * n * x) / (m - 1);
    const numerator = ((a + n - 1) / (m - 1)) * (a + b + n - 1) * x * t;
    denominator = n + t + ((a + n) / (m + 1)) * (gap + 1 + n * (1 + y));
    d = 1 / (numerator * d + denominator);
    c = denominator + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 3e-16) break;
  }
  return value;
}

/**
 * 1 - I_x(a, b) for a < 1, small x and b x < 1, where almost all mass lies below x and the fraction crawls:
 * I = x^a / (a B) (1 + S), S = a sum (1 - b) (2 - b) ... (n - b) x^n / (n! (a + n)) (Abramowitz & Stegun 1964, 26.5.4).
 */
function smallUpper(x: number, a: number, b: number): number {
  const exponent = a * Math.log(x) - logGammaAboveOne(a) - logGammaDrop(a, b);
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= ((n - b) / n) * x;
    sum += term / (a + n);
  }
  return -Math.expm1(exponent) - Math.exp(exponent) * a * sum;
}
