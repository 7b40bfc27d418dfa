import { betaOddsQuantile } from "./beta-distribution.js";
import { incompleteBeta } from "./incomplete-beta.js";
import { logBeta } from "./log-beta.js";
import { assertProbability, assertReal, assertShape } from "./outside-domain.js";
import { isUpperTail, type TailOptions } from "./tail.js";

/**
 * How likely is a Student t value at most t (or above t, with `tail: "upper"`)?
 *
 * Half of I_x(df / 2, 1 / 2) at x = df / (df + t^2) (Abramowitz & Stegun 1964, 26.7.1); relative error below 1e-12
 * in both tails.
 *
 * @param t - Any number; an infinity gives 0 or 1.
 * @param degreesOfFreedom - Positive number from 1e-300 to 1e300, not necessarily whole.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if t is not a number, the degrees of freedom are not positive or the tail is unknown.
 * @example
 * ```ts
 * import { studentTCdf } from "clientele";
 *
 * studentTCdf(2.2281388519862744, 10); // ~> 0.975
 * ```
 */
export function studentTCdf(t: number, degreesOfFreedom: number, options?: TailOptions): number {
  assertReal(t, "t");
  assertShape(degreesOfFreedom, "degreesOfFreedom");
  const beyond = tailBeyond(Math.abs(t), degreesOfFreedom);
  return t < 0 === isUpperTail(options) ? 1 - beyond : beyond;
}

/**
 * Below which t does a Student t value fall with probability p (or above which, with `tail: "upper"`)?
 *
 * @param p - Probability from 0 to 1. For p next to 1 pass the small probability and `tail: "upper"` instead.
 * @param degreesOfFreedom - Positive number from 1e-300 to 1e300, not necessarily whole.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns t; `-Infinity` and `Infinity` at p = 0 and 1, and where a tiny number of degrees of freedom makes t overflow.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability, the degrees of freedom are not positive or the tail is unknown.
 * @example
 * ```ts
 * import { studentTQuantile } from "clientele";
 *
 * studentTQuantile(0.975, 10); // ~> 2.2281388519862744
 * ```
 */
export function studentTQuantile(p: number, degreesOfFreedom: number, options?: TailOptions): number {
  assertProbability(p, "p");
  assertShape(degreesOfFreedom, "degreesOfFreedom");
  if (p === 0.5) return 0;
  const positive = p > 0.5 !== isUpperTail(options);
  // The odds of df / (df + t^2) are df / t^2; twice the distance from 1/2 is the mass between -t and t.
  const beyond = p > 0.5 ? 1 - p : p;
  const odds = betaOddsQuantile(2 * beyond, 2 * Math.abs(p - 0.5), 0.5 * degreesOfFreedom, 0.5);
  const t = Math.sqrt(degreesOfFreedom / odds);
  return positive ? t : -t;
}

/** P(T > t) for t >= 0. */
function tailBeyond(t: number, degreesOfFreedom: number): number {
  const a = 0.5 * degreesOfFreedom;
  const ratio = (t / degreesOfFreedom) * t;
  // Far out only the first term of the series is left, and t^2 may overflow.
  if (ratio > 1e200) {
    return (0.5 / a) * Math.exp(a * (Math.log(degreesOfFreedom) - 2 * Math.log(t)) - logBeta(a, 0.5));
  }
  return 0.5 * incompleteBeta(1 / (1 + ratio), ratio / (1 + ratio), a, 0.5);
}
