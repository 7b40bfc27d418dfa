/**
 * How far two doubles near 1 may differ by rounding alone: eight units in the last place, more than the few additions
 * that make shares sum to 1 (0.01 + 0.04 + 0.15 + 0.8) leave.
 *
 * @internal
 */
export const SHARE_ROUNDING = 2 ** -50;

/**
 * How many of so many is a share, rounded up? A product that misses a whole number by rounding alone (0.07 x 100) is
 * that number.
 *
 * @internal
 */
export function shareOfCount(share: number, count: number): number {
  const product = share * count;
  const nearest = Math.round(product);
  return Math.abs(product - nearest) <= product * SHARE_ROUNDING ? nearest : Math.ceil(product);
}
