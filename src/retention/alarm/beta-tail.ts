import { digamma } from "../../statistics/digamma.js";
import { betaDensity } from "../../statistics/incomplete-beta.js";
import { trigamma } from "../../statistics/trigamma.js";

/** P(U < y) for U beta distributed with shapes a and b, and its derivatives. @internal */
export interface BetaTail {
  readonly value: number;
  readonly byA: number;
  readonly byB: number;
  /** By logit(y) = log(y / x). */
  readonly byLogit: number;
  readonly byAA: number;
  readonly byAB: number;
  readonly byBB: number;
  readonly byALogit: number;
  readonly byBLogit: number;
  readonly byLogitLogit: number;
}

/**
 * I_y(a, b) with its derivatives by the shapes, for x + y = 1, both above 0.
 *
 * With u = log U - psi(a) + psi(a + b) and v = log(1 - U) - psi(b) + psi(a + b), the derivatives are the integrals over
 * (0, y) of u, v, u^2 - psi'(a) + psi'(a + b), u v + psi'(a + b), v^2 - psi'(b) + psi'(a + b) times the density. Each is
 * 0 over (0, 1); so the tail that does not hold the mode is integrated, and gives the other one.
 *
 * @internal
 */
export function betaTail(y: number, x: number, a: number, b: number): BetaTail {
  const slope = a * x - b * y;
  const density = betaDensity(y, x, a, b, slope);
  const sum = { psi: digamma(a + b), prime: trigamma(a + b) };
  const [meanA, meanB] = [digamma(a) - sum.psi, digamma(b) - sum.psi];
  const [varianceA, varianceB] = [trigamma(a) - sum.prime, trigamma(b) - sum.prime];
  const isLower = slope >= 0;
  const [value, u, v, uu, uv, vv] = isLower
    ? tailMoments(y, x, a, b, slope, meanA, meanB).map((moment) => moment * density)
    : mirrored(tailMoments(x, y, b, a, -slope, meanB, meanA)).map((moment) => -moment * density);
  return {
    value: isLower ? value : 1 + value,
    byA: u,
    byB: v,
    byLogit: density,
    byAA: uu - varianceA * value,
    byAB: uv + sum.prime * value,
    byBB: vv - varianceB * value,
    byALogit: density * (Math.log(y) - meanA),
    byBLogit: density * (Math.log(x) - meanB),
    byLogitLogit: density * slope,
  };
}

type Moments = [value: number, u: number, v: number, uu: number, uv: number, vv: number];

function mirrored([value, u, v, uu, uv, vv]: Moments): Moments {
  return [value, v, u, vv, uv, uu];
}

const STEP = 1 / 8;

/**
 * Integrals over the lower tail, per density at its end and unit of logit. In z = logit(y) - logit(U) the integrand falls
 * from 1 to 0, at first like a half normal or faster, in the end like exp(-a z): the double exponential rule
 * z = scale exp(s - exp(-s)) takes it in equal steps of s (Takahasi & Mori 1974).
 */
function tailMoments(
  y: number,
  x: number,
  a: number,
  b: number,
  slope: number,
  meanA: number,
  meanB: number,
): Moments {
  const scale = 1 / Math.max(slope, Math.sqrt((a + b) * x * y));
  const [endU, endV] = [Math.log(y) - meanA, Math.log(x) - meanB];
  const moments: Moments = [0, 0, 0, 0, 0, 0];
  for (let s = -4; s < 30; s += STEP) {
    const z = scale * Math.exp(s - Math.exp(-s));
    const drop = y * Math.expm1(-z);
    // log of (1 - U) at the end of the tail over (1 - U) at z.
    const fall = drop > -0.5 ? Math.log1p(drop) : Math.log(x + y * Math.exp(-z));
    const weight = Math.exp(-a * z - (a + b) * fall) * z * (1 + Math.exp(-s)) * STEP;
    const u = endU - z - fall;
    const v = endV - fall;
    moments[0] += weight;
    moments[1] += weight * u;
    moments[2] += weight * v;
    moments[3] += weight * u * u;
    moments[4] += weight * u * v;
    moments[5] += weight * v * v;
    if (s > 1 && weight * (1 + u * u) < 1e-17 * moments[0]) break;
  }
  return moments;
}
