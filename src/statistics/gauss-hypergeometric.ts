import { logGammaDrop } from "./log-beta.js";
import { logGamma, logGammaAboveOne } from "./log-gamma.js";
import { outsideDomain } from "./outside-domain.js";
import { STIRLING_FROM } from "./stirling-correction.js";

/**
 * What is Gauss' hypergeometric function with a first parameter of 1, 2F1(1, b; c; z)?
 *
 * Its series 1 + b/c z + b (b + 1) / (c (c + 1)) z² + ... up to z = 1/2, Gauss' continued fraction beyond (DLMF 15.7.5),
 * the expansion about 1 next to it (DLMF 15.8.4, with the limit at whole c - b). Relative error below 2e-13 with b and c
 * below 50, 1e-12 with both up to 5,000, for z from 0 on
 * with b >= 0, and for z below 0 with b from 0 to c; elsewhere terms of either sign may cancel.
 *
 * @param b - Any finite number.
 * @param c - A positive finite number.
 * @param z - Below 1.
 * @returns The value; `Infinity` where it is beyond a double.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for arguments outside of these.
 * @internal
 */
export function hypergeometric2F1One(b: number, c: number, z: number): number {
  if (!Number.isFinite(b)) outsideDomain(b, "b", "a finite number");
  if (!(c > 0 && c < Infinity)) outsideDomain(c, "c", "a positive finite number");
  if (!(z < 1 && z > -Infinity)) outsideDomain(z, "z", "a number below 1");
  // Pfaff's transformation: all terms positive again while b <= c.
  if (z < 0) return between(c - b, c, b - 1, z / (z - 1), 1 / (1 - z)) / (1 - z);
  return between(b, c, c - b - 1, z, 1 - z);
}

/**
 * 2F1(1, b; b + 1 + gap; 1 - y): the same for who knows y and the gap to more digits than 1 - z and c - b - 1 have.
 *
 * @param b - 0 or more.
 * @param gap - Above -1 - b.
 * @param y - Above 0, up to 1.
 * @internal
 */
export function hypergeometric2F1NearOne(b: number, gap: number, y: number): number {
  return ofPositive(b, b + 1 + gap, gap, 1 - y, y);
}

/** For z from 0 to 1, y = 1 - z, gap = c - b - 1. */
function between(b: number, c: number, gap: number, z: number, y: number): number {
  if (b >= 0) return ofPositive(b, c, gap, z, y);
  // The terms that change sign one by one, then a rest with a positive b.
  let term = 1;
  let sum = 0;
  let k = 0;
  for (; b + k < 0; k++) {
    sum += term;
    term *= ((b + k) / (c + k)) * z;
  }
  return sum + term * ofPositive(b + k, c + k, gap, z, y);
}

function ofPositive(b: number, c: number, gap: number, z: number, y: number): number {
  if (z <= 0.5) return series(b, c, z);
  if (z > 0.9 && Math.max(b, 1) * y < 0.5 && b > 0) {
    // The expansion takes Gamma(c - 1): one term off where that might be negative.
    return b < 1 ? 1 + (b / c) * z * nearOne(b + 1, gap, y) : nearOne(b, gap, y);
  }
  return b > c ? series(b, c, z) : gaussFraction(b, c, z);
}

function series(b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; term > 0; k++) {
    const ratio = ((b + k) / (c + k)) * z;
    term *= ratio;
    sum += term;
    // The rest is at most that of a geometric series with the larger of this ratio and its limit z.
    if (ratio < 1 && term * Math.max(ratio, z) < 1e-17 * sum * (1 - Math.max(ratio, z))) break;
  }
  return sum;
}

/** 1 / (1 - u1 z / (c (c + 1)) / (1 - ...)) for b <= c, where every partial numerator has one sign; Lentz's method. */
function gaussFraction(b: number, c: number, z: number): number {
  let value = 1;
  let up = 1;
  let down = 0;
  for (let n = 1; n < 1_000_000; n++) {
    const half = n >> 1;
    // In this order small c and c - b keep their digits.
    const top = n % 2 === 1 ? (b + half) * (c + (half - 1)) : half * (c - b + (half - 1));
    // At c = 1 (n = 1) both vanish: (c - 1) / (c - 1) is 1.
    const share = n === 1 ? b / c : top / ((c + (n - 2)) * (c + (n - 1)));
    down = 1 / (1 - share * z * down);
    up = 1 - (share * z) / up;
    const factor = up * down;
    value *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return 1 / value;
}

/**
 * F at c = b + 1 + gap, from where the gap lacks its whole part: F(c) -> F(c + 1) = c (1 - (1 - z) F(c)) / ((c - b) z) is
 * stable next to 1. The gap comes as its own argument since it decides next to whole numbers.
 */
function nearOne(b: number, gap: number, y: number): number {
  const z = 1 - y;
  const steps = Math.max(0, Math.round(gap));
  const d = gap - steps;
  let value = expansionAtOne(b, d, y);
  for (let step = 0; step < steps; step++) {
    const from = b + 1 + d + step;
    value = (from * (1 - y * value)) / ((1 + d + step) * z);
  }
  return value;
}

/**
 * F = (b + d)/d sum of (b)_k y^k / k! [k! / (1 - d)_k - Gamma(b + d) Gamma(1 - d) / Gamma(b) (y / z)^d], y = 1 - z, for
 * d < 1/2 and b + d > 0. The brackets vanish with d: exp(...) - 1 of the difference of the logarithms.
 */
function expansionAtOne(b: number, d: number, y: number): number {
  const z = 1 - y;
  if (d < -0.5) {
    const e = d + 1;
    const drop = Math.abs(e) <= 0.5 ? e * logGammaSlope(b, e) : logGamma(b + e) - logGamma(b);
    const gammas = drop + logGamma(-d);
    const lead = Math.exp(gammas + d * Math.log(y) - (b + d) * Math.log(z));
    return lead + ((b + d) / d) * series(b, 1 - d, y);
  }
  // log of Gamma(b + d) / Gamma(b) (y / z)^d, over d
  const tail = logGammaSlope(b, d) + Math.log(y / z);
  const factor = (b + d) * Math.exp(d * tail + logGammaAboveOne(-d));
  let term = 1;
  let sum = 0;
  // log of Gamma(k + 1) / Gamma(k + 1 - d), over d
  let slope = logGammaSlope(1, -d);
  for (let k = 0; k < 200; k++) {
    const difference = slope - tail;
    const add = term * (d === 0 ? difference : Math.expm1(d * difference) / d);
    sum += add;
    if (k > 0 && Math.abs(add) < 1e-17 * Math.abs(sum)) break;
    slope -= d === 0 ? -1 / (k + 1) : Math.log1p(-d / (k + 1)) / d;
    term *= ((b + k) / (k + 1)) * y;
  }
  return factor * sum;
}

/** [log Gamma(b + d) - log Gamma(b)] / d for |d| <= 1/2, b > 0 and b + d > 0; digamma at d = 0. */
function logGammaSlope(b: number, d: number): number {
  let shift = 0;
  let at = b;
  // Where the correction to Stirling's formula is small enough that its difference counts for little.
  for (; at < 2 * STIRLING_FROM; at++) shift += d === 0 ? 1 / at : Math.log1p(d / at) / d;
  if (Math.abs(d) > 1e-4) return -logGammaDrop(d, at) / d - shift;
  // The series of digamma about the middle: its second derivative times d² / 24 is below 1e-12 of 1 / at².
  const middle = at + d / 2;
  const r = 1 / middle;
  const s = r * r;
  return Math.log(middle) - r / 2 - s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s / 240))) - shift;
}
