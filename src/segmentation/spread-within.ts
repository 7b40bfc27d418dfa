/** Ascending values that differ, and how often each comes. @internal */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** A value of weight 2 comes twice, one of weight 0 not at all. @internal */
export function countedValues(
  numbers: ArrayLike<number>,
  weights: Float64Array | null = null,
): CountedValues {
  if (weights !== null) return weighedValues(numbers, weights);
  // + 0 makes one value of -0 and 0.
  const ascending = Float64Array.from(numbers, (value) => value + 0).sort();
  const values = new Float64Array(ascending.length);
  const counts = new Float64Array(ascending.length);
  let last = -1;
  for (const value of ascending) {
    if (last < 0 || value !== values[last]) values[++last] = value;
    counts[last]++;
  }
  return { values: values.slice(0, last + 1), counts: counts.slice(0, last + 1) };
}

function weighedValues(numbers: ArrayLike<number>, weights: Float64Array): CountedValues {
  const weightOf = new Map<number, number>();
  // In order of weight, so that sums of fractions do not depend on the order of the rows.
  const rows = weights.map((_, row) => row).sort((a, b) => weights[a] - weights[b]);
  for (const row of rows) {
    if (weights[row] === 0) continue;
    const value = numbers[row] + 0;
    weightOf.set(value, (weightOf.get(value) ?? 0) + weights[row]);
  }
  const values = Float64Array.from(weightOf.keys()).sort();
  return { values, counts: values.map((value) => weightOf.get(value) ?? 0) };
}

/** Veltkamp's constant: splits a double into halves whose products are exact. */
const SPLIT = 2 ** 27 + 1;

/**
 * The sum of squared differences from the mean of values i up to and including j, in constant time.
 *
 * From sums of values and squares, each kept in two doubles (Dekker 1971): with one double, values around a billion that
 * differ by one would lose all of it.
 *
 * @internal
 */
export function spreadWithin({ values, counts }: CountedValues): (i: number, j: number) => number {
  const size = values.length + 1;
  const weight = new Float64Array(size);
  const [sumHigh, sumLow, squareHigh, squareLow] = Array.from({ length: 4 }, () => new Float64Array(size));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const count = counts[i];
    weight[i + 1] = weight[i] + count;
    const once = value * count;
    const onceLow = productError(value, count, once);
    addPair(sumHigh, sumLow, i, once, onceLow);
    const square = value * once;
    addPair(squareHigh, squareLow, i, square, productError(value, once, square) + value * onceLow);
  }
  return (i, j) => {
    if (i === j) return 0;
    const total = weight[j + 1] - weight[i];
    const sum = sumHigh[j + 1] - sumHigh[i];
    const sumRest = differenceError(sumHigh[j + 1], sumHigh[i], sum) + (sumLow[j + 1] - sumLow[i]);
    const squares = squareHigh[j + 1] - squareHigh[i];
    const squaresRest =
      differenceError(squareHigh[j + 1], squareHigh[i], squares) + (squareLow[j + 1] - squareLow[i]);
    const mean = (sum + sumRest) / total;
    // squares - mean * (2 sum - mean * total): right to second order in the rounding of the mean.
    const whole = mean * total;
    const factor = 2 * sum - whole;
    const factorRest =
      differenceError(2 * sum, whole, factor) + 2 * sumRest - productError(mean, total, whole);
    const taken = mean * factor;
    const spread = squares - taken;
    const rest = squaresRest - productError(mean, factor, taken) - mean * factorRest;
    const exact = spread + (differenceError(squares, taken, spread) + rest);
    return exact > 0 ? exact : 0;
  };
}

function addPair(high: Float64Array, low: Float64Array, i: number, value: number, rest: number): void {
  const sum = high[i] + value;
  const error = differenceError(high[i], -value, sum) + low[i] + rest;
  high[i + 1] = sum + error;
  low[i + 1] = error - (high[i + 1] - sum);
}

/** What a - b is more than its rounded difference (Knuth's two-sum). */
function differenceError(a: number, b: number, difference: number): number {
  const part = difference - a;
  return a - (difference - part) - (b + part);
}

/** What a * b is more than its rounded product. */
function productError(a: number, b: number, product: number): number {
  const aHigh = SPLIT * a - (SPLIT * a - a);
  const bHigh = SPLIT * b - (SPLIT * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
