/** |got / want - 1|, or |got| where 0 is wanted. */
export function relativeError(got: number, want: number): number {
  if (got === want) return 0;
  return Math.abs(want === 0 ? got : (got - want) / want);
}
