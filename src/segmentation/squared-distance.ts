/**
 * Squared distance of two places in lists of numbers. Everything that compares distances goes through here: the same
 * terms in the same order, so that two ways of looking for the nearest centroid cannot disagree.
 *
 * @internal
 */
export function squaredDistance(
  a: Float64Array,
  atA: number,
  b: Float64Array,
  atB: number,
  dimensions: number,
): number {
  let sum = 0;
  let j = 0;
  for (; j + 4 <= dimensions; j += 4) {
    const d0 = a[atA + j] - b[atB + j];
    const d1 = a[atA + j + 1] - b[atB + j + 1];
    const d2 = a[atA + j + 2] - b[atB + j + 2];
    const d3 = a[atA + j + 3] - b[atB + j + 3];
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
  }
  for (; j < dimensions; j++) {
    const difference = a[atA + j] - b[atB + j];
    sum += difference * difference;
  }
  return sum;
}
