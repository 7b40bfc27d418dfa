import type { Rate } from "../../core/rate.js";

/** A rate of which neither part is known. @internal */
export function noRate(reason: string): Rate {
  return { value: null, numerator: 0, denominator: 0, reason };
}
