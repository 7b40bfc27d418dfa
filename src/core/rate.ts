/**
 * A share or a ratio that shows what it was computed from.
 *
 * `value` is `null`, and `reason` says why, where the ratio is undefined: never 0, NaN or Infinity.
 */
export interface Rate {
  /** `numerator / denominator`, or `null` where that is undefined. */
  readonly value: number | null;
  /** What is counted or summed. */
  readonly numerator: number;
  /** What it is measured against. */
  readonly denominator: number;
  /** Why `value` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/**
 * What share of the denominator is the numerator?
 *
 * @param numerator - What is counted or summed, in any unit.
 * @param denominator - What it is measured against, in the same unit.
 * @param base - What the denominator is, in the words of the reason: `"customers in the base"`.
 * @returns The ratio with both its parts; `value` is `null` when the denominator is zero or negative, and where the parts
 *   give no finite number.
 * @example
 * ```ts
 * import { ratio } from "clientele";
 *
 * ratio(90, 100); // => { value: 0.9, numerator: 90, denominator: 100, reason: null }
 * ratio(0, 0, "customers in the base").reason; // => "customers in the base: 0"
 * ```
 */
export function ratio(numerator: number, denominator: number, base = "denominator"): Rate {
  if (!(denominator > 0)) return { value: null, numerator, denominator, reason: `${base}: ${denominator}` };
  const value = numerator / denominator;
  return Number.isFinite(value)
    ? { value: value + 0, numerator, denominator, reason: null }
    : { value: null, numerator, denominator, reason: `${numerator} / ${denominator} is no finite number` };
}
