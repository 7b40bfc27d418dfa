/**
 * a b - c d with the rounding errors of both products taken back: exact to about one unit in the last place.
 *
 * The error of a product by Veltkamp's split (Dekker 1971); the sum as in (Kahan, in Higham 2002, 2.9).
 *
 * @internal
 */
export function productDifference(a: number, b: number, c: number, d: number): number {
  const ab = a * b;
  const cd = c * d;
  return ab - cd + (productError(a, b, ab) - productError(c, d, cd));
}

/** a - (a + b) x without the rounding of the sum and of the products. @internal */
export function meanGap(a: number, b: number, x: number): number {
  const ax = a * x;
  const bx = b * x;
  const head = a - ax;
  // The part of a - a x that the rounding of `head` lost (Dekker 1971; a is not below a x).
  const lost = a - head - ax;
  return head - bx + (lost - productError(a, x, ax) - productError(b, x, bx));
}

/** The rounding error of the product p of a and b: a b = p + error. */
function productError(a: number, b: number, p: number): number {
  const aHead = upperHalf(a);
  const bHead = upperHalf(b);
  const aRest = a - aHead;
  const bRest = b - bHead;
  return aRest * bRest - (p - aHead * bHead - aRest * bHead - aHead * bRest);
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const scaled = 134217729 * value;
  return scaled - (scaled - value);
}
