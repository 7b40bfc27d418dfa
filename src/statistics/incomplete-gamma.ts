import { logGammaAboveOne } from "./log-gamma.js";
import { assertShape, outsideDomain } from "./outside-domain.js";
import { poissonExponent } from "./poisson-exponent.js";
import { STIRLING_FROM, stirlingCorrection } from "./stirling-correction.js";
import { INTEGRAL_FROM, tailIntegral } from "./tail-integral.js";

/**
 * What share of the gamma integral with shape a lies below x: P(a, x)?
 *
 * Relative error below 1e-12 for shapes from 1e-10 to 1e6 and results down to 1e-300. Taylor series below the
 * shape, Legendre's continued fraction above it, quadrature of the tail for shapes from 200 on; each computes the
 * smaller of P and Q directly (DiDonato & Morris 1986; Gautschi 1979).
 *
 * @param a - Shape, a positive number from 1e-300 to 1e300.
 * @param x - Upper limit of the integral, 0 or more; `Infinity` gives 1.
 * @returns The integral of t^(a - 1) exp(-t) from 0 to x, over Gamma(a): from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a shape that is not positive or a negative x.
 * @example
 * ```ts
 * import { regularizedGammaP } from "clientele";
 *
 * regularizedGammaP(1, 2); // ~> 0.8646647167633873
 * ```
 */
export function regularizedGammaP(a: number, x: number): number {
  assertShape(a, "a");
  assertLimit(x);
  return incompleteGamma(a, x, false);
}

/**
 * What share of the gamma integral with shape a lies above x: Q(a, x) = 1 - P(a, x)?
 *
 * Exact where P rounds to 1; otherwise as {@link regularizedGammaP}.
 *
 * @param a - Shape, a positive number from 1e-300 to 1e300.
 * @param x - Lower limit of the integral, 0 or more; `Infinity` gives 0.
 * @returns The integral of t^(a - 1) exp(-t) from x to infinity, over Gamma(a): from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a shape that is not positive or a negative x.
 * @example
 * ```ts
 * import { regularizedGammaQ } from "clientele";
 *
 * regularizedGammaQ(1, 100); // ~> 3.720075976020836e-44
 * ```
 */
export function regularizedGammaQ(a: number, x: number): number {
  assertShape(a, "a");
  assertLimit(x);
  return incompleteGamma(a, x, true);
}

/** P(a, x), or Q(a, x) if `upper`, for arguments that were checked. @internal */
export function incompleteGamma(a: number, x: number, upper: boolean): number {
  if (x === 0 || x === Infinity) return (x === 0) === upper ? 1 : 0;
  if (a < 1 && x < 1.1) return upper ? smallUpper(a, x) : lowerSeries(a, x);
  const tailIsUpper = x > a;
  const density = gammaDensity(a, x);
  let tail = 0;
  if (density > 0) {
    if (a >= INTEGRAL_FROM) tail = density * tailIntegral(a, 0, 0, a - x, tailIsUpper ? 1 : -1);
    else tail = tailIsUpper ? density * upperFraction(a, x) : lowerSeries(a, x);
  }
  return upper === tailIsUpper ? tail : 1 - tail;
}

/** x^a exp(-x) / Gamma(a): the gamma density per unit of log x. @internal */
export function gammaDensity(a: number, x: number): number {
  if (a >= STIRLING_FROM) {
    return Math.sqrt(a / (2 * Math.PI)) * Math.exp(poissonExponent(a, x, x - a) - stirlingCorrection(a));
  }
  // Half the exponential on either side of the power: neither end underflows before the product does.
  const half = Math.exp(-0.5 * x);
  // Here the power may overflow, and 0 times Infinity is not a number.
  if (half === 0) return 0;
  return half * (x ** a * (a * Math.exp(-logGammaAboveOne(a)))) * half;
}

/** P = density (1 / a) (1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...) (Abramowitz & Stegun 1964, 6.5.29). */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = a + 1; term > sum * 1e-17; n++) {
    term *= x / n;
    sum += term;
  }
  return (gammaDensity(a, x) / a) * sum;
}

/** Q / density for x > a: Legendre's continued fraction, even part (DLMF 8.9.2), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 3e-16) break;
  }
  return value;
}

/**
 * Q for a < 1 and x < 1.1, where 1 - P would cancel as a goes to 0:
 * P = x^a / Gamma(1 + a) (1 + S), S = a sum (-x)^n / (n! (a + n)) (DiDonato & Morris 1986, eq. 12).
 */
function smallUpper(a: number, x: number): number {
  const exponent = a * Math.log(x) - logGammaAboveOne(a);
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= -x / n;
    sum += term / (a + n);
  }
  return -Math.expm1(exponent) - Math.exp(exponent) * a * sum;
}

function assertLimit(x: number): void {
  if (typeof x !== "number" || !(x >= 0)) outsideDomain(x, "x", "a number of 0 or more");
}
