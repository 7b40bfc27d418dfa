import { placesDescending } from "./places-descending.js";

/** A correction of p-values for the number of tests made. */
export type PValueCorrection = "holm" | "benjaminiHochberg" | "none";

/** The corrections, for checks of options. @internal */
export const CORRECTIONS: readonly PValueCorrection[] = ["holm", "benjaminiHochberg", "none"];

/**
 * P-values corrected for so many tests, of which those not given count with a p-value of 1.
 *
 * `"holm"` bounds the chance of one false discovery or more (Holm 1979); `"benjaminiHochberg"` the expected share of false
 * ones among the discoveries (Benjamini & Hochberg 1995). Both are step procedures over the sorted p-values, and give what
 * R's `p.adjust` gives.
 *
 * @internal
 */
export function correctedPValues(
  pValues: Float64Array,
  tests: number,
  correction: PValueCorrection,
): Float64Array {
  if (correction === "none") return pValues.slice();
  const { length } = pValues;
  const falling = placesDescending(pValues);
  const corrected = new Float64Array(length);
  if (correction === "holm") {
    let highest = 0;
    for (let i = 0; i < length; i++) {
      const place = falling[length - 1 - i];
      highest = Math.max(highest, Math.min(1, (tests - i) * pValues[place]));
      corrected[place] = highest;
    }
    return corrected;
  }
  let lowest = 1;
  for (let i = 0; i < length; i++) {
    lowest = Math.min(lowest, (tests / (length - i)) * pValues[falling[i]]);
    corrected[falling[i]] = lowest;
  }
  return corrected;
}
