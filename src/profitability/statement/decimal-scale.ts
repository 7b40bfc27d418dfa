// Amounts of use come as decimals (6.5 minutes). Counted in tenths or hundredths they are whole numbers, whose sums are
// exact and do not depend on the order of the rows.

const LARGEST_SCALE = 1e9;

/** Below it a decimal has at most 15 digits, which a double keeps apart from every other such decimal. */
const EXACT_DIGITS = 1e15;

/** The smallest power of ten that makes all values whole numbers; `null` where none up to 10^9 does. @internal */
export function decimalScale(values: ArrayLike<number>): number | null {
  let scale = 1;
  let since = 0;
  for (let i = 0; i < values.length; i++) {
    while (!isWholeAt(values[i], scale)) {
      scale *= 10;
      since = i;
      if (scale > LARGEST_SCALE) return null;
    }
  }
  // A scale that a later value asked for has to hold for the earlier ones too.
  for (let i = 0; i < since; i++) if (!isWholeAt(values[i], scale)) return null;
  return scale;
}

/** The values counted in that scale, as whole numbers. @internal */
export function scaledUp(values: ArrayLike<number>, scale: number): Float64Array {
  const whole = new Float64Array(values.length);
  for (let i = 0; i < whole.length; i++) whole[i] = scale === 1 ? values[i] : Math.round(values[i] * scale);
  return whole;
}

function isWholeAt(value: number, scale: number): boolean {
  if (scale === 1) return Number.isSafeInteger(value);
  const whole = Math.round(value * scale);
  return Math.abs(whole) < EXACT_DIGITS && whole / scale === value;
}
