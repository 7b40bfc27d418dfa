import { STIRLING_FROM } from "./stirling-correction.js";

/**
 * digamma(b) - digamma(a + b), the slope of {@link logGammaDrop} by b: by formula, where the two would cancel. Below 0.
 *
 * @param a - Above 0.
 * @param b - Above 0.
 * @internal
 */
export function digammaDrop(a: number, b: number): number {
  let drop = 0;
  let from = b;
  // (Abramowitz & Stegun 1964, 6.3.5): all terms have one sign.
  for (; from < STIRLING_FROM; from++) drop -= a / from / (a + from);
  const { u, v, difference, slope } = reciprocals(a, from, DIGAMMA);
  return drop - Math.log1p(a / from) - difference / 2 - (u + v) * difference * slope;
}

/**
 * trigamma(b) - trigamma(a + b), the slope of {@link digammaDrop} by b: by formula, where the two would cancel. Above 0.
 *
 * @param a - Above 0.
 * @param b - Above 0.
 * @internal
 */
export function trigammaDrop(a: number, b: number): number {
  let drop = 0;
  let from = b;
  // (Abramowitz & Stegun 1964, 6.4.6)
  for (; from < STIRLING_FROM; from++) drop += (a / from / (a + from)) * (1 / from + 1 / (a + from));
  const { u, v, difference, value, slope } = reciprocals(a, from, TRIGAMMA);
  return drop + difference * (1 + (u + v) / 2 + value + v * (u + v) * slope);
}

/** What Stirling's formula misses at b, less what it misses at a + b, for b of 10 or more: where the two would cancel. @internal */
export function stirlingDrop(a: number, b: number): number {
  const { u, v, difference, value, slope } = reciprocals(a, b, STIRLING);
  return difference * (value + v * (u + v) * slope);
}

/** Coefficients of 1/x^2, 1/x^4 ... in log(x) - 1/(2x) - digamma(x) (6.3.18), and in x trigamma(x) - 1 - 1/(2x) (6.4.12). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const DIGAMMA = [0, 1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160];
const TRIGAMMA = [0, 1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];

/** u = 1/b, v = 1/(a+b), u - v, the series at u^2, and its difference quotient between v^2 and u^2. */
function reciprocals(a: number, b: number, series: readonly number[]) {
  const u = 1 / b;
  const v = 1 / (a + b);
  const [s, t] = [u * u, v * v];
  let value = 0;
  let slope = 0;
  for (let k = series.length - 1; k >= 0; k--) {
    slope = slope * t + value;
    value = value * s + (series[k] as number);
  }
  return { u, v, difference: a * u * v, value, slope };
}
