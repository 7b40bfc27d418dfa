import { logGammaAboveOne } from "./log-gamma.js";
import { outsideDomain } from "./outside-domain.js";

/**
 * What is Tricomi's confluent hypergeometric function with equal parameters, U(a, a, z) = exp(z) Gamma(1 - a, z)?
 *
 * Finite for large z, where exp(z) alone overflows. Where z^(1 - a) leaves the range of a double (a in the hundreds),
 * use {@link scaledExponentialIntegral} and its logarithm.
 *
 * @param a - A positive finite number.
 * @param z - A positive finite number.
 * @returns The value, positive; relative error below 1e-13.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for arguments that are not positive.
 * @internal
 */
export function tricomiU(a: number, z: number): number {
  return z ** (1 - a) * scaledExponentialIntegral(a, z);
}

/**
 * What is the generalized exponential integral times exp(z), exp(z) E_a(z): the integral of exp(-z t) / (1 + t)^a over
 * t from 0 to infinity?
 *
 * It lies between 1 / (z + a) and 1 / (z + a - 1), so it neither over- nor underflows. Also for a = 0 (1 / z) and z = 0
 * (1 / (a - 1), `Infinity` up to a = 1). Continued fraction (DLMF 8.19.17, even part); for small z and a the series at
 * a up to 3/2, which has a limit at a = 1, and the recurrence DLMF 8.19.12 upwards, which is stable there.
 *
 * @param a - 0 or more, finite.
 * @param z - 0 or more, finite.
 * @returns The value, above 0; relative error below 1e-13.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for negative or infinite arguments.
 * @internal
 */
export function scaledExponentialIntegral(a: number, z: number): number {
  if (!(a >= 0 && a < Infinity)) outsideDomain(a, "a", "a finite number of 0 or more");
  if (!(z >= 0 && z < Infinity)) outsideDomain(z, "z", "a finite number of 0 or more");
  if (z === 0) return a > 1 ? 1 / (a - 1) : Infinity;
  if (z >= 1 || (a > 20 && a * z > 1)) return fraction(a, z);
  const steps = Math.max(0, Math.round(a) - 1);
  if (steps > 30) {
    // z is so small beside a that a series about z = 0 from the top converges at once: 1/(a-1) (1 - z/(a-2) (1 - ...)).
    return descending(a, z);
  }
  let value = smallArgument(1 - a + steps, z);
  for (let step = 0; step < steps; step++) value = (1 - z * value) / (a - steps + step);
  return value;
}

/** 1 / (z + a - 1 a / (z + a + 2 - 2 (a + 1) / (z + a + 4 - ...))) by Lentz's method. */
function fraction(a: number, z: number): number {
  let b = z + a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = -n * (a + n - 1);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return value;
}

/** g_a = (1 - z g_(a - 1)) / (a - 1), started 20 below: each step multiplies the error by z / (a - 1), here below 1/19. */
function descending(a: number, z: number): number {
  let value = 1 / (z + a - 20);
  for (let step = 20; step >= 1; step--) value = (1 - z * value) / (a - step);
  return value;
}

/**
 * exp(z) z^(-s) Gamma(s, z) for s = 1 - a in (-1/2, 1] and z < 1:
 * Gamma(s, z) z^(-s) = (Gamma(1 + s) z^(-s) - 1) / s - sum of (-z)^n / (n! (s + n)), whose first part has a limit at 0
 * (DiDonato & Morris 1986, eq. 12).
 */
function smallArgument(s: number, z: number): number {
  const logarithm = Math.log(z);
  const exponent = logGammaAboveOne(s) - s * logarithm;
  const first = s === 0 ? -EULER - logarithm : Math.expm1(exponent) / s;
  let power = 1;
  let sum = 0;
  for (let n = 1; Math.abs(power) > 1e-18; n++) {
    power *= -z / n;
    sum += power / (s + n);
  }
  return Math.exp(z) * (first - sum);
}

const EULER = 0.5772156649015329;
