import { assertArgument, assertInteger, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { assertNumbers, type Numbers } from "../../statistics/numbers.js";
import { assertLength, assertWeights } from "./assert-weights.js";

/** Into how many groups to cut the ranking, and for how many customers a row stands. */
export interface RankingQualityOptions {
  /** Groups of as many customers each; default 10, deciles. 2 to 100. */
  readonly groups?: number | undefined;
  /** How many customers each row stands for; default 1. */
  readonly weight?: Numbers | undefined;
}

/** One row a group, from the highest predictions down. */
export interface RankingGroupColumns {
  /** Which group, from 1: the customers with the highest predictions. */
  readonly group: readonly number[];
  /** Customers in it: all of them over the groups, a part of a customer where that is no whole number. */
  readonly customers: readonly number[];
  /** What was predicted for them together. */
  readonly expected: readonly number[];
  /** What came of them. */
  readonly actual: readonly number[];
  /** Their share of all that came, over their share of the customers: 3 is three times the mean; `null` with `gini`. */
  readonly lift: readonly (number | null)[];
  /** The same for this group and those above it together. */
  readonly cumulativeLift: readonly (number | null)[];
}

/** Whether those come first who turn out to be worth most. */
export interface RankingQuality {
  /** Group by group. */
  readonly byGroup: Table<RankingGroupColumns>;
  /**
   * Gini coefficient of what came, in the order of the predictions: 0 for an order at random, below 0 for one that is upside
   * down, at most `perfectGini`; `null` where what came does not add up to more than 0.
   */
  readonly gini: number | null;
  /** The same in the order of what came itself: no prediction can do better. Above 1 where some brought less than nothing. */
  readonly perfectGini: number | null;
  /** `gini / perfectGini`: 1 for a perfect order; `null` where all customers turned out equal. */
  readonly normalizedGini: number | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * Do the customers who were predicted to be worth most turn out to be?
 *
 * Customers are put in the order of the prediction, the highest first, and cut into groups of one size. Customers with one
 * and the same prediction have no order among themselves: each of them is taken to have what all of them have on average,
 * which is what shuffling them would give in the long run; so the order of the input never matters.
 *
 * @param predicted - What was predicted for each customer, in any unit: only the order counts for the Gini coefficients.
 * @param actual - What came of each, in the same order of customers.
 * @param options - `groups` (default 10), `weight`.
 * @returns Lift by group, and the Gini coefficient beside that of a perfect order.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when lengths differ, a value is no finite number or a weight not above 0.
 * @example
 * ```ts
 * import { rankingQuality } from "clientele";
 *
 * const { byGroup, gini, normalizedGini } = rankingQuality([9, 7, 5, 1], [6, 1, 3, 0], { groups: 2 });
 * byGroup.columns.lift; // => [1.4, 0.6]
 * gini; // ~> 0.4
 * normalizedGini; // ~> 0.8
 * ```
 */
export function rankingQuality(
  predicted: Numbers,
  actual: Numbers,
  options: RankingQualityOptions = {},
): RankingQuality {
  assertNumbers(predicted, "predicted");
  assertNumbers(actual, "actual");
  assertOptions(options);
  const { groups = 10, weight } = options;
  assertInteger(groups, "options.groups", 2, 100);
  assertLength(actual, "actual", predicted.length, "predictions");
  if (weight !== undefined) assertWeights(weight, "options.weight", predicted.length, "predictions");
  const weightOf = (row: number): number => (weight === undefined ? 1 : weight[row]);
  const curve = curveOf(predicted, actual, predicted, weightOf);
  const customers = curve.customers.at(-1) ?? 0;
  const total = curve.actual.at(-1) ?? 0;
  const size = sizeOf(actual, weightOf);
  assertArgument(
    Math.max(size, sizeOf(predicted, weightOf), customers) < MOST,
    "actual",
    () => "predicted, actual or options.weight lead beyond the range of numbers: pass them in a larger unit",
  );
  // A sum that is all rounding of what cancels out is none to have shares of.
  const isLifted = total > size * 1e-15;
  const columns = {
    group: [] as number[],
    customers: [] as number[],
    expected: [] as number[],
    actual: [] as number[],
    lift: [] as (number | null)[],
    cumulativeLift: [] as (number | null)[],
  };
  let before = { expected: 0, actual: 0 };
  for (let group = 1; group <= groups && customers > 0; group++) {
    const at = (group * customers) / groups;
    const here = { expected: valueAt(curve, "predicted", at), actual: valueAt(curve, "actual", at) };
    const gained = here.actual - before.actual;
    columns.group.push(group);
    columns.customers.push(customers / groups);
    columns.expected.push(here.expected - before.expected);
    columns.actual.push(gained);
    columns.lift.push(isLifted ? (gained / total) * groups + 0 : null);
    columns.cumulativeLift.push(isLifted ? ((here.actual / total) * groups) / group + 0 : null);
    before = here;
  }
  const gini = isLifted ? giniOf(curve) : null;
  const perfectGini = isLifted ? giniOf(curveOf(actual, actual, actual, weightOf)) : null;
  const isEqual = perfectGini !== null && perfectGini <= 1e-15;
  return {
    byGroup: table(columns),
    gini,
    perfectGini,
    normalizedGini: gini === null || perfectGini === null || isEqual ? null : gini / perfectGini,
    reason: reasonOf(customers, total, isLifted, isEqual),
  };
}

/** Running sums are added and multiplied by the number of groups. */
const MOST = 1e300;

function sizeOf(values: Numbers, weightOf: (row: number) => number): number {
  let size = 0;
  for (let row = 0; row < values.length; row++) size += weightOf(row) * Math.abs(values[row]);
  return size;
}

function reasonOf(customers: number, total: number, isLifted: boolean, isEqual: boolean): string | null {
  if (customers === 0) return "there are no customers";
  if (!isLifted) return `actual values add up to ${total}`;
  return isEqual ? "all customers turned out equal: there is no order to find" : null;
}

/** Running sums from the top, at the end of each run of customers with one key. */
interface RankingCurve {
  readonly customers: readonly number[];
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
}

function curveOf(
  key: Numbers,
  actual: Numbers,
  predicted: Numbers,
  weightOf: (row: number) => number,
): RankingCurve {
  const order = Int32Array.from({ length: key.length }, (_, row) => row).sort((a, b) => key[b] - key[a]);
  const curve = { customers: [0], predicted: [0], actual: [0] };
  const sums = { customers: 0, predicted: 0, actual: 0 };
  for (let place = 0; place < order.length; place++) {
    const row = order[place];
    sums.customers += weightOf(row);
    sums.predicted += weightOf(row) * predicted[row];
    sums.actual += weightOf(row) * actual[row];
    if (place + 1 < order.length && key[order[place + 1]] === key[row]) continue;
    curve.customers.push(sums.customers);
    curve.predicted.push(sums.predicted);
    curve.actual.push(sums.actual);
  }
  return curve;
}

/** The running sum after so many customers: a straight line within a run. */
function valueAt(curve: RankingCurve, name: "predicted" | "actual", at: number): number {
  const { customers } = curve;
  const values = curve[name];
  let [low, high] = [0, customers.length - 1];
  if (at >= customers[high]) return values[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (customers[middle] <= at) low = middle;
    else high = middle;
  }
  const share = (at - customers[low]) / (customers[high] - customers[low]);
  return values[low] + share * (values[high] - values[low]);
}

/** Twice the area between the curve and the straight line of equal customers. */
function giniOf({ customers, actual }: RankingCurve): number {
  const [everybody, total] = [customers[customers.length - 1], actual[actual.length - 1]];
  let area = 0;
  for (let i = 1; i < customers.length; i++) {
    const width = (customers[i] - customers[i - 1]) / everybody;
    area += width * ((actual[i - 1] + actual[i]) / total);
  }
  return area - 1;
}
