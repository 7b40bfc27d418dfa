import { logMinusLinear } from "./poisson-exponent.js";

/** Beyond a fall by exp(-FALL) the tail is below the last bit. */
const FALL = 37;

/**
 * The mass of a gamma or beta tail over its density at the cut x, for shapes so large that series crawl.
 *
 * With t = x (1 + u) the beta integral is the density at x times
 * integral exp(a g(u) + b g(-r u) + s u) du / ((1 + u) (1 - r u)), g(u) = log(1 + u) - u, r = x / (1 - x),
 * s = (a - (a + b) x) / (1 - x); the gamma integral is the same with b = r = 0 and s = a - x. Every term of the exponent
 * falls away from the cut, so one Gauss-Legendre panel over the part that counts gives all digits, near the mean
 * and in the far tail alike.
 *
 * @param direction - -1 for the tail below the cut (s >= 0), 1 for the gamma tail above it (s <= 0).
 * @internal
 */
export function tailIntegral(a: number, b: number, r: number, s: number, direction: -1 | 1): number {
  const slope = Math.abs(s);
  const end = direction < 0 ? 1 : Infinity;
  // Where the exponent reaches -FALL: a parabola's answer, then Newton on a convex function, which ends beyond it.
  const curvature = a + b * r * r;
  let length = Math.min((2 * FALL) / (slope + Math.sqrt(slope * slope + 2 * FALL * curvature)), 0.9 * end);
  for (let step = 0; step < 2; step++) {
    const u = direction * length;
    const fall = slope * length - a * logMinusLinear(u) - b * logMinusLinear(-r * u);
    const rate = slope + (a * length) / (1 + u) + (b * r * r * length) / (1 - r * u);
    length = Math.min(length + (FALL - fall) / rate, end);
  }
  const half = 0.5 * length;
  let sum = 0;
  for (const [node, weight] of RULE) {
    const u = direction * half * (1 + node);
    const exponent = a * logMinusLinear(u) + b * logMinusLinear(-r * u) - slope * Math.abs(u);
    sum += (weight * Math.exp(exponent)) / ((1 + u) * (1 - r * u));
  }
  return half * sum;
}

/** From here on, for the smaller shape, the integral is faster than the fraction. @internal */
export const INTEGRAL_FROM = 200;

const POINTS = 20;
// Pure, so that a bundle without these tails drops it.
const RULE: readonly (readonly [number, number])[] = /* @__PURE__ */ gaussLegendre();

/** The nodes on (-1, 1) and weights of the Gauss-Legendre rule (Abramowitz & Stegun 1964, 25.4.29): shorter than their table. */
function gaussLegendre(): [number, number][] {
  return Array.from({ length: POINTS }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (POINTS + 0.5));
    let slope = 1;
    for (let round = 0; round < 5; round++) {
      let before = 1;
      let p = x;
      for (let n = 2; n <= POINTS; n++) {
        const next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
        before = p;
        p = next;
      }
      slope = (POINTS * (before - x * p)) / (1 - x * x);
      x -= p / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}
