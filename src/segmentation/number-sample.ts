/** Numbers with what one pass over them tells. @internal */
export interface NumberSample {
  readonly values: Float64Array;
  /** Infinity of no numbers. */
  readonly min: number;
  /** -Infinity of no numbers. */
  readonly max: number;
  readonly isWhole: boolean;
}

/** Copies them, into an array of their length that is no longer needed where there is one; -0 becomes 0. @internal */
export function numberSample(
  numbers: ArrayLike<number>,
  values: Float64Array = new Float64Array(numbers.length),
): NumberSample {
  const { length } = numbers;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let isWhole = true;
  for (let i = 0; i < length; i++) {
    const value = numbers[i] + 0;
    values[i] = value;
    if (value < min) min = value;
    if (value > max) max = value;
    isWhole &&= Math.floor(value) === value;
  }
  return { values, min, max, isWhole };
}

/** More buckets than this would not stay in the cache. */
const MOST_BUCKETS = 65_536;

/** Where a value lies between the least and the greatest: `(value - min) * perUnit`, without its fraction. @internal */
export interface Buckets {
  readonly count: number;
  readonly min: number;
  readonly perUnit: number;
  /** Whether each bucket holds one value only. */
  readonly isExact: boolean;
}

/**
 * Parts of equal width, one for each value where they are whole numbers of a small range; a greater value is never in an
 * earlier one. `null` where it is not worth it: of few values, and of a range so narrow or so wide that parts cannot be told
 * apart in doubles.
 *
 * @internal
 */
export function bucketsOf({ values, min, max, isWhole }: NumberSample): Buckets | null {
  if (values.length === 0) return null;
  if (isWhole && max - min < MOST_BUCKETS && max - min < Math.max(values.length, SMALL))
    return { count: max - min + 1, min, perUnit: 1, isExact: true };
  const count = Math.min(MOST_BUCKETS, values.length);
  const perUnit = (count - 1) / (max - min);
  if (values.length < WORTH_IT || !(perUnit > 0 && Number.isFinite(perUnit * (max - min)))) return null;
  return { count, min, perUnit, isExact: false };
}

const SMALL = 256;
// Of fewer values a sort takes less than the counting.
const WORTH_IT = 1024;
