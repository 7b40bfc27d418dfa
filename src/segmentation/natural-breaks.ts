import { assertArgument, assertOptions, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { assertNumbers, type Numbers } from "../statistics/numbers.js";
import { rowWeights } from "./cluster-data.js";
import { type CountedValues, countedValues, spreadWithin } from "./spread-within.js";

/** One class of neighboring values. */
export interface NaturalClass {
  /** Least value, in the unit of the values. */
  readonly lowest: number;
  /** Greatest value. */
  readonly highest: number;
  /** How many of the values; with weights, their sum. */
  readonly count: number;
  /** Their mean. */
  readonly mean: number;
}

/** How values are classed. */
export interface NaturalBreaksOptions {
  /** How many classes, from 1 to the number of different values. */
  readonly classes: number;
  /** What each value weighs, 0 to 1e12; default 1: 2 is the value twice, 0 leaves it out. */
  readonly weights?: ArrayLike<number>;
}

/** Classes, and the cuts between them. */
export interface NaturalBreaks {
  /** From the lowest values to the highest. */
  readonly classes: readonly NaturalClass[];
  /** One fewer than classes, ascending: halfway between two classes. As cuts for {@link rfm} they give these very classes. */
  readonly cuts: readonly number[];
  /** Sum of squared differences of the values from the mean of their class: the least that there is; 0 below 1e-290. */
  readonly within: number;
  /** Share of the squared differences from the overall mean that the classes explain; `null` where all values are equal. */
  readonly explained: Rate;
}

/** Squares of greater numbers could leave the range of doubles. */
const GREATEST = 1e140;

/**
 * Where do these values fall apart into classes by themselves?
 *
 * Of all ways to cut the values into so many classes the one with the least squared differences from the means of the
 * classes: k-means in one dimension, solved exactly (Ckmeans.1d.dp, Wang & Song 2011; "natural breaks", Jenks 1977). Equal
 * values are never parted; of equally good ways the one with the smallest last class boundary is taken. Work grows with
 * classes x n log n.
 *
 * @param values - Finite numbers up to 1e140, in any order and unit.
 * @param options - How many classes, and what each value weighs.
 * @returns The classes, the cuts between them, and how much they explain.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a value that is no finite number, named by its place, and for more
 * classes than different values.
 * @example
 * ```ts
 * import { naturalBreaks } from "clientele";
 *
 * const { classes, cuts, within } = naturalBreaks([4, 2, 90, 3, 41, 39, 88], { classes: 3 });
 * cuts; // => [21.5, 64.5]
 * classes[1]; // => { lowest: 39, highest: 41, count: 2, mean: 40 }
 * within; // => 6
 * ```
 */
export function naturalBreaks(values: Numbers, options: NaturalBreaksOptions): NaturalBreaks {
  assertNumbers(values, "values", 1);
  assertOptions(options, "{ classes }");
  const { classes } = options;
  const weights = rowWeights(options.weights, values.length);
  for (let i = 0; i < values.length; i++) {
    assertArgument(
      Math.abs(values[i]) <= GREATEST,
      `values[${i}]`,
      () => `values[${i}] is ${values[i]}: pass numbers up to 1e140, in a larger unit`,
    );
  }
  const counted = countedValues(values, weights);
  const different = counted.values.length;
  assertArgument(
    Number.isSafeInteger(classes) && classes >= 1 && classes <= different,
    "options.classes",
    () =>
      `options.classes is ${shown(classes)}: pass a whole number from 1 to ${different}, the different values`,
  );
  const firsts = bestFirsts(counted, classes);
  const found = firsts.map((first, i) => classOf(counted, first, (firsts[i + 1] ?? different) - 1));
  const within = measurable(found.reduce((sum, one) => sum + one.within, 0));
  const total = measurable(classOf(counted, 0, different - 1).within);
  return {
    classes: found.map(({ lowest, highest, count, mean }) => ({ lowest, highest, count, mean })),
    cuts: found.slice(1).map(({ lowest }, i) => cutBetween(found[i].highest, lowest)),
    within,
    explained: ratio(total - within, total, "squared differences from the mean"),
  };
}

/**
 * Squares of differences below 1e-145 lose their digits or vanish, so that of two sums of them neither is known to be the
 * less: they are no spread.
 */
function measurable(squares: number): number {
  return squares < 1e-290 ? 0 : squares;
}

/** The place of the first value of each class. */
function bestFirsts(counted: CountedValues, classes: number): number[] {
  const length = counted.values.length;
  const spread = spreadWithin(counted);
  // Least spread of values 0..j in as many classes as there were rounds, and where the last class then starts.
  let before = Float64Array.from({ length }, (_, j) => spread(0, j));
  const lastFirst: Int32Array[] = [];
  for (let round = 1; round < classes; round++) {
    const after = new Float64Array(length);
    const firsts = new Int32Array(length);
    const settle = (j: number, low: number, high: number) => {
      let least = Number.POSITIVE_INFINITY;
      for (let first = Math.max(low, round); first <= Math.min(high, j); first++) {
        const sum = before[first - 1] + spread(first, j);
        if (sum < least) {
          least = sum;
          firsts[j] = first;
        }
      }
      after[j] = least;
    };
    // Where the last class starts never falls as j grows, so that half the places bound the other half. Of the last
    // round only the whole is asked for.
    const settleAll = (from: number, to: number, low: number, high: number) => {
      if (from > to) return;
      const middle = (from + to) >>> 1;
      settle(middle, low, high);
      settleAll(from, middle - 1, low, firsts[middle]);
      settleAll(middle + 1, to, firsts[middle], high);
    };
    if (round === classes - 1) settle(length - 1, round, length - 1);
    else settleAll(round, length - 1, round, length - 1);
    before = after;
    lastFirst.push(firsts);
  }
  const starts: number[] = [];
  for (let round = classes - 1, end = length - 1; round >= 1; round--) {
    const first = lastFirst[round - 1][end];
    starts.unshift(first);
    end = first - 1;
  }
  return [0, ...starts];
}

function classOf(
  { values, counts }: CountedValues,
  first: number,
  last: number,
): NaturalClass & { readonly within: number } {
  let count = 0;
  // From the least value on, which leaves small numbers to sum.
  let above = 0;
  for (let i = first; i <= last; i++) {
    count += counts[i];
    above += counts[i] * (values[i] - values[first]);
  }
  const offset = above / count;
  let within = 0;
  let rest = 0;
  for (let i = first; i <= last; i++) {
    const difference = values[i] - values[first] - offset;
    within += counts[i] * difference * difference;
    rest += counts[i] * difference;
  }
  return {
    lowest: values[first],
    highest: values[last],
    count,
    mean: values[first] + offset,
    within: Math.max(0, within - (rest * rest) / count),
  };
}

/** Halfway, and below the upper value even where the two are neighboring doubles. */
function cutBetween(lower: number, upper: number): number {
  const halfway = lower + (upper - lower) / 2;
  return halfway < upper ? halfway : lower;
}
