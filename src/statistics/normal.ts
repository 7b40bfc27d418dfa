import { assertProbability, assertReal } from "./outside-domain.js";
import { isUpperTail, type TailOptions } from "./tail.js";

const ROOT_TWO_PI = 2.5066282746310007;

/**
 * How dense is the standard normal distribution at x?
 *
 * @param x - Standard deviations from the mean; either infinity gives 0.
 * @returns exp(-x^2 / 2) / sqrt(2 pi), relative error below 1e-14 down to the smallest normal double.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number.
 * @example
 * ```ts
 * import { normalPdf } from "clientele";
 *
 * normalPdf(0); // ~> 0.3989422804014327
 * ```
 */
export function normalPdf(x: number): number {
  assertReal(x, "x");
  return halfSquareExponential(x) / ROOT_TWO_PI;
}

/**
 * How likely is a standard normal value at most x (or above x, with `tail: "upper"`)?
 *
 * Relative error below 1e-14 in both tails down to 1e-300. Rational functions for the center and for Mills' ratio
 * of the tail, in the manner of (Cody 1969).
 *
 * @param x - Standard deviations from the mean; an infinity gives 0 or 1.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number or the tail is unknown.
 * @example
 * ```ts
 * import { normalCdf } from "clientele";
 *
 * normalCdf(1.96); // ~> 0.9750021048517795
 * normalCdf(10, { tail: "upper" }); // ~> 7.61985302416e-24
 * ```
 */
export function normalCdf(x: number, options?: TailOptions): number {
  assertReal(x, "x");
  const t = isUpperTail(options) ? -x : x;
  if (t > 1) return 1 - lowerTail(-t);
  if (t < -1) return lowerTail(t);
  return 0.5 + t * centralRatio(t * t);
}

/**
 * Which standard normal value is exceeded with probability 1 - p (or p, with `tail: "upper"`)?
 *
 * Algorithm AS 241, PPND16 (Wichura 1988): relative error about 1e-15.
 *
 * @param p - Probability from 0 to 1. For p next to 1 pass the small probability and `tail: "upper"` instead.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns Standard deviations from the mean; `-Infinity` and `Infinity` at p = 0 and 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability or the tail is unknown.
 * @example
 * ```ts
 * import { normalQuantile } from "clientele";
 *
 * normalQuantile(0.975); // ~> 1.959963984540054
 * normalQuantile(1e-20, { tail: "upper" }); // ~> 9.262340089798408
 * normalQuantile(0); // => -Infinity
 * ```
 */
export function normalQuantile(p: number, options?: TailOptions): number {
  assertProbability(p, "p");
  const sign = isUpperTail(options) ? -1 : 1;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return sign * q * centralQuantile(0.180625 - q * q);
  // 1 - p is exact for p >= 1/2.
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const distance = r === Infinity ? r : r <= 5 ? tailQuantile(r - 1.6) : farTailQuantile(r - 5);
  return q < 0 ? -sign * distance : sign * distance;
}

/** exp(-x^2 / 2): x^2 would round, so the square is split at 24 bits (Cody 1969). */
function halfSquareExponential(x: number): number {
  if (!(Math.abs(x) < 40)) return 0;
  const head = Math.fround(x);
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** P(X <= x) for x < -1: density times Mills' ratio (the tail over the density), rational in 1 / (1 - x). */
function lowerTail(x: number): number {
  const w = 1 / (1 - x);
  const top =
    0.9999999999941838 +
    w *
      (17.3968246957061 +
        w *
          (168.33803498489905 +
            w *
              (1091.9811871365994 +
                w *
                  (5131.4578955666475 +
                    w *
                      (17927.749660983856 +
                        w *
                          (46549.249687524214 +
                            w * (87309.62487853353 + w * (109464.30125847404 + w * 73255.79559512452))))))));
  const bottom =
    1 +
    w *
      (16.396824694562994 +
        w *
          (151.94121039155672 +
            w *
              (942.0399713548051 +
                w *
                  (4224.211768067352 +
                    w *
                      (14034.208888156529 +
                        w *
                          (34588.721997887944 +
                            w *
                              (61897.89239881611 +
                                w *
                                  (76478.02276525303 +
                                    w * (58609.52152167193 + w * 21068.369710783074)))))))));
  return (halfSquareExponential(x) * w * (top / bottom)) / ROOT_TWO_PI;
}

/** (P(X <= x) - 1/2) / x as a function of u = x^2 <= 1. */
function centralRatio(u: number): number {
  return (
    (0.39894228040143265 +
      u *
        (0.024290678119163155 +
          u * (0.0035769377147487165 + u * (5.5132474461627715e-5 + u * 1.431493433642687e-6)))) /
    (1 +
      u *
        (0.2275543672501188 +
          u * (0.021891781087478385 + u * (0.0010741580947345492 + u * 2.3213336752010662e-5))))
  );
}

// The three rational functions of AS 241 (Wichura 1988), in his order: |p - 1/2| <= 0.425, then by
// r = sqrt(-log(tail)) up to 5 and beyond.

function centralQuantile(r: number): number {
  return (
    (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
      45921.953931549871457) *
      r +
      13731.693765509461125) *
      r +
      1971.5909503065514427) *
      r +
      133.14166789178437745) *
      r +
      3.387132872796366608) /
    (((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
      21213.794301586595867) *
      r +
      5394.1960214247511077) *
      r +
      687.1870074920579083) *
      r +
      42.313330701600911252) *
      r +
      1)
  );
}

function tailQuantile(r: number): number {
  return (
    (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
      1.27045825245236838258) *
      r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
      1.42343711074968357734) /
    (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
      0.14810397642748007459) *
      r +
      0.68976733498510000455) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
      1)
  );
}

function farTailQuantile(r: number): number {
  return (
    (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
      0.026532189526576123093) *
      r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
      6.6579046435011037772) /
    (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
      7.868691311456132591e-4) *
      r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
      1)
  );
}
