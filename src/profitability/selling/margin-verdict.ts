/** What speaks against an offer that earns so much: nothing. @internal */
export const WORTHWHILE = 0;
/** Nobody knows what it earns. @internal */
export const UNKNOWN_MARGIN = 1;
/** It earns nothing, or less. @internal */
export const NO_GAIN = 2;

/** One of the three, as a small number to keep by product or by offer. @internal */
export function verdictOf(gain: number | null): number {
  if (gain === null) return UNKNOWN_MARGIN;
  return gain <= 0 ? NO_GAIN : WORTHWHILE;
}
