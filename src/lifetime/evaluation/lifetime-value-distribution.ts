import { assertArgument, assertInteger, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";
import { assertWeights } from "./assert-weights.js";

/** Into how many classes to sort. */
export interface LifetimeValueDistributionOptions {
  /** About how many classes of one width; default 12, 2 to 200. */
  readonly classes?: number | undefined;
}

/** One row a class of values. */
export interface LifetimeValueClassColumns {
  /** Lowest value of the class, included; `null` where the class is open below. */
  readonly from: readonly (number | null)[];
  /** End of the class, not included; `null` where the class is open above. */
  readonly to: readonly (number | null)[];
  /** Customers in it (weights summed). */
  readonly customers: readonly number[];
  /** What they are worth together. */
  readonly value: readonly number[];
}

/** Values of customers, and for how many each one stands; what {@link predictLifetimeValue} gives is one. */
export interface LifetimeValueList {
  /** By column. */
  readonly columns: {
    /** Lifetime value of a customer. */
    readonly value: Numbers;
    /** How many customers are worth so much; `null` or left out where each row is one. */
    readonly weight?: Numbers | null | undefined;
  };
}

/** How lifetime values are spread over customers, in the unit of the values. */
export interface LifetimeValueDistribution {
  /** From the lowest values to the highest. */
  readonly byClass: Table<LifetimeValueClassColumns>;
  /** Width of a class that is not open. */
  readonly width: number;
  /** Customers (weights summed). */
  readonly customers: number;
  /** Sum of the values, each as often as its row has customers. */
  readonly total: number;
  /** Mean value: `total` over customers. */
  readonly mean: Rate;
  /** Half of the customers are worth less; `null` without customers. */
  readonly median: number | null;
}

/**
 * How are lifetime values spread: how many customers are worth little, and who brings the sum?
 *
 * Classes have a round width. So that a few customers do not stretch them, values beyond the 98th percentile are in one class
 * that is open above, and losses beyond the 2nd in one that is open below.
 *
 * @param values - Lifetime value of each customer in one unit of money; or a table with a column `value`, as
 * {@link predictLifetimeValue} gives, and `weight` where a row stands for several customers.
 * @param options - `classes`: about how many.
 * @returns Customers and their value by class, mean and median.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a value is no finite number.
 * @example
 * ```ts
 * import { lifetimeValueDistribution } from "clientele";
 *
 * const { byClass, mean, median } = lifetimeValueDistribution([5, 12, 18, 26, 39], { classes: 4 });
 * byClass.columns.from; // => [0, 10, 20, 30]
 * byClass.columns.customers; // => [1, 2, 1, 1]
 * byClass.columns.value; // => [5, 30, 26, 39]
 * [mean.value, median]; // => [20, 18]
 * ```
 */
export function lifetimeValueDistribution(
  values: Numbers | LifetimeValueList,
  options: LifetimeValueDistributionOptions = {},
): LifetimeValueDistribution {
  const { list, weight } = listOf(values);
  assertOptions(options);
  const { classes = 12 } = options;
  assertInteger(classes, "options.classes", 2, 200);
  const { sorted, stands } = inOrder(list, weight);
  // Ends of the values in their order: as if each stood there as often as its weight says.
  const ends = new Float64Array(sorted.length);
  let [count, total] = [0, 0];
  sorted.forEach((value, place) => {
    const times = stands === null ? 1 : stands[place];
    count += times;
    ends[place] = count;
    total += times * value;
  });
  assertArgument(
    Number.isFinite(total) && Number.isFinite(count) && sorted.every((value) => Math.abs(value) < MOST),
    "values",
    () => "values lead beyond the range of numbers: pass them in a larger unit",
  );
  if (count === 0) return { ...NOBODY, mean: ratio(0, 0, "customers") };
  const lowest = sorted[0];
  const highest = sorted[sorted.length - 1];
  const firstBy = (isThere: (end: number) => boolean): number => sorted[ends.findIndex(isThere)] ?? highest;
  const at = (share: number): number => {
    const before = Math.max(0, Math.round(share * (count - 1)));
    return firstBy((end) => end > before);
  };
  const low = Math.min(0, at(0.02));
  const high = Math.max(0, at(0.98));
  const width = roundWidth((high - low) / classes);
  const first = Math.floor(low / width);
  const last = Math.max(first, Math.floor(at(0.98) / width));
  const customers = new Float64Array(last - first + 1);
  const sums = new Float64Array(customers.length);
  sorted.forEach((value, i) => {
    const place = Math.min(last, Math.max(first, Math.floor(value / width))) - first;
    const times = stands === null ? 1 : stands[i];
    customers[place] += times;
    sums[place] += times * value;
  });
  // Multiples of the width, without what their product adds in the last digit.
  const edge = (place: number): number => Number(((first + place) * width).toPrecision(12));
  const top = customers.length - 1;
  const isOpenBelow = lowest < edge(0);
  const isOpenAbove = highest >= edge(top + 1);
  return {
    byClass: table({
      from: Array.from(customers, (_, i) => (i === 0 && isOpenBelow ? null : edge(i))),
      to: Array.from(customers, (_, i) => (i === top && isOpenAbove ? null : edge(i + 1))),
      customers: Array.from(customers),
      value: Array.from(sums),
    }),
    width,
    customers: count,
    total,
    mean: ratio(total, count, "customers"),
    median: (firstBy((end) => end >= count / 2) + firstBy((end) => end > count / 2)) / 2 + 0,
  };
}

/** Values from the lowest on, and how often each stands there; `null` for once each. */
function inOrder(
  list: Numbers,
  weight: Numbers | null,
): { sorted: Float64Array; stands: Float64Array | null } {
  if (weight === null) return { sorted: Float64Array.from(list).sort(), stands: null };
  const order = Int32Array.from({ length: list.length }, (_, row) => row).sort((a, b) => list[a] - list[b]);
  return {
    sorted: Float64Array.from(order, (row) => list[row]),
    stands: Float64Array.from(order, (row) => weight[row]),
  };
}

function listOf(values: Numbers | LifetimeValueList): {
  readonly list: Numbers;
  readonly weight: Numbers | null;
} {
  const given: unknown = values;
  if (typeof given !== "object" || given === null || !("columns" in given)) {
    const list = values as Numbers;
    assertNumbers(list, "values");
    return { list, weight: null };
  }
  const { value, weight = null } = Object(given.columns) as LifetimeValueList["columns"];
  assertNumbers(value, "values.columns.value");
  if (weight !== null) assertWeights(weight, "values.columns.weight", value.length, "values");
  return { list: value, weight };
}

const NOBODY = {
  byClass: table<LifetimeValueClassColumns>({ from: [], to: [], customers: [], value: [] }),
  width: 1,
  customers: 0,
  total: 0,
  median: null,
};

/** Limits of classes are numbers too. */
const MOST = 1e300;

/** 1, 2 or 5 times a power of ten, at least so wide. */
function roundWidth(width: number): number {
  if (!(width > 1 / MOST)) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((size) => size * power >= width * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(12));
}
