/** exp(x), or the largest number where that would be infinite: results survive JSON. @internal */
export function finiteExp(x: number): number {
  return Math.min(Math.exp(x), Number.MAX_VALUE);
}
