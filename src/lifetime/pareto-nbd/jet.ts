/**
 * A value with first and second derivatives by r, ln alpha, s and ln beta, in 15 places: the value, four slopes, and the
 * upper triangle of the second derivatives row by row. Typed arrays that are written over: no objects in hot loops.
 *
 * @internal
 */
export type Jet = Float64Array;

/** @internal */
export const newJet = (): Jet => new Float64Array(15);

/** Where the derivative by variables i and k (0 to 3) stands. @internal */
export const SECOND: readonly (readonly number[])[] = Object.freeze([
  Object.freeze([5, 6, 7, 8]),
  Object.freeze([6, 9, 10, 11]),
  Object.freeze([7, 10, 12, 13]),
  Object.freeze([8, 11, 13, 14]),
]);

/**
 * out = ln(exp(one) + exp(two)): the shares of the two weigh the derivatives, and their product the square of the
 * difference of the slopes. `out` may be one of them.
 *
 * @internal
 */
export function logSum(one: Jet, two: Jet, out: Jet): void {
  const gap = one[0] - two[0];
  const small = Math.exp(-Math.abs(gap));
  const larger = gap > 0 ? one[0] : two[0];
  const rest = small / (1 + small);
  const p = gap > 0 ? 1 - rest : rest;
  const q = gap > 0 ? rest : 1 - rest;
  const both = p * q;
  const d0 = one[1] - two[1];
  const d1 = one[2] - two[2];
  const d2 = one[3] - two[3];
  const d3 = one[4] - two[4];
  out[0] = larger + Math.log1p(small);
  out[1] = p * one[1] + q * two[1];
  out[2] = p * one[2] + q * two[2];
  out[3] = p * one[3] + q * two[3];
  out[4] = p * one[4] + q * two[4];
  out[5] = p * one[5] + q * two[5] + both * d0 * d0;
  out[6] = p * one[6] + q * two[6] + both * d0 * d1;
  out[7] = p * one[7] + q * two[7] + both * d0 * d2;
  out[8] = p * one[8] + q * two[8] + both * d0 * d3;
  out[9] = p * one[9] + q * two[9] + both * d1 * d1;
  out[10] = p * one[10] + q * two[10] + both * d1 * d2;
  out[11] = p * one[11] + q * two[11] + both * d1 * d3;
  out[12] = p * one[12] + q * two[12] + both * d2 * d2;
  out[13] = p * one[13] + q * two[13] + both * d2 * d3;
  out[14] = p * one[14] + q * two[14] + both * d3 * d3;
}
