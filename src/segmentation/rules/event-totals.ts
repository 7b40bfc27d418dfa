import { type DistinctValue, type DistinctValues, distinctValues, withValue } from "./distinct-values.js";
import { addTo, type ExactSum, exactSumOf, newExactSum } from "./exact-sum.js";
import type { EventRule } from "./rule.js";

/** What is measured of events as they come, in any order. @internal */
export interface EventTotals {
  /** Takes one event: its instant, and the value of the field that the operator measures. */
  add(at: number, value: unknown): void;
  /** What the operator measures of them, NaN for "none". */
  value(): number;
  /** All that is to be known to go on later, as plain data; nothing is added here afterwards. */
  save(): SavedTotals;
}

/** Totals as plain data: a number, a sum in parts, what was seen, or what was counted by period. @internal */
export type SavedTotals = SavedNumber | SumState | DistinctState | PeriodState | SequenceState;

/** Where a sequence ends that holds, epoch milliseconds; `null`: none does. @internal */
export interface SequenceState {
  readonly ending: number | null;
}

/** A number as JSON keeps it: text where it is not finite. @internal */
export type SavedNumber = number | string;

/** @internal */
export function savedNumber(value: number): SavedNumber {
  return Number.isFinite(value) ? value : String(value);
}

/** Totals of an operator; `add` gets NaN or `undefined` for a field without a value. @internal */
export function eventTotals(op: EventRule["op"], saved?: SavedTotals): EventTotals {
  switch (op) {
    case "sum":
    case "average":
      return sumTotals(op === "average", saved as SumState | undefined);
    case "min":
      return extremeTotals(false, Math.min, saved as SavedNumber | undefined);
    case "max":
      return extremeTotals(false, Math.max, saved as SavedNumber | undefined);
    case "first":
      return extremeTotals(true, Math.min, saved as SavedNumber | undefined);
    case "last":
      return extremeTotals(true, Math.max, saved as SavedNumber | undefined);
    case "distinct":
      return saved === undefined ? distinctTotals() : moreDistinct(saved as DistinctState);
    default:
      return countTotals(saved as number | undefined);
  }
}

/** In how many periods, told by the bounds between them, there are at least so many events. @internal */
export function frequencyTotals(
  bounds: ArrayLike<number>,
  minimum: number,
  saved?: SavedTotals,
): EventTotals {
  const given = saved as PeriodState | undefined;
  const { perNumber, base } = packing(minimum);
  let counts: readonly number[] = given?.counts ?? noCounts(bounds.length - 1, minimum);
  let periods = given?.periods ?? 0;
  // What was saved stays as it is.
  let own: number[] | null = null;
  return {
    add: (at) => {
      const period = lastBound(bounds, at);
      const place = Math.floor(period / perNumber);
      const unit = base ** (period % perNumber);
      const count = Math.floor(counts[place] / unit) % base;
      // More than enough are not counted.
      if (count >= minimum) return;
      own ??= counts.slice();
      counts = own;
      own[place] += unit;
      if (count + 1 === minimum) periods++;
    },
    value: () => periods,
    save: () => (own === null && given ? given : { periods, counts }),
  };
}

function noCounts(periods: number, minimum: number): number[] {
  return new Array(packedLength(periods, minimum)).fill(0);
}

/** Counts up to a minimum lie side by side as digits of one number, so that many periods are little to copy and to keep. */
function packing(minimum: number): { readonly perNumber: number; readonly base: number } {
  const digits = Math.ceil(Math.log2(minimum + 1));
  // No more than engines keep as small integers.
  return { perNumber: Math.max(1, Math.floor(30 / digits)), base: 2 ** digits };
}

function packedLength(periods: number, minimum: number): number {
  return Math.ceil(periods / packing(minimum).perNumber);
}

/** The place of the last bound but the end that is not after an instant. @internal */
export function lastBound(bounds: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}

interface PeriodState {
  /** In how many periods there are enough. */
  readonly periods: number;
  /** Events by period up to the minimum, several in one number. */
  readonly counts: readonly number[];
}

interface DistinctState {
  readonly size: number;
  readonly values: DistinctValues;
}

interface SumState {
  readonly count: number;
  readonly sum: ExactSum;
}

function countTotals(saved = 0): EventTotals {
  let count = saved;
  return {
    add: () => {
      count++;
    },
    value: () => count,
    save: () => count,
  };
}

function sumTotals(isMean: boolean, saved?: SumState): EventTotals {
  const sum = saved ? copyOf(saved.sum) : newExactSum();
  let count = saved?.count ?? 0;
  return {
    add: (_at, value) => {
      if (!isNumber(value)) return;
      count++;
      addTo(sum, value);
    },
    value: () => (isMean ? exactSumOf(sum) / count : exactSumOf(sum)),
    save: () => ({ count, sum }),
  };
}

function copyOf({ parts, huge, beyond }: ExactSum): ExactSum {
  return { parts: [...parts], huge: [...huge], beyond };
}

function extremeTotals(
  ofInstants: boolean,
  better: (a: number, b: number) => number,
  saved: SavedNumber = Number.NaN,
): EventTotals {
  let best = Number(saved);
  return {
    add: (at, value) => {
      const number = ofInstants ? at : value;
      // -0 becomes 0: which of the two came does not show.
      if (isNumber(number)) best = (Number.isNaN(best) ? number : better(best, number)) + 0;
    },
    value: () => best,
    save: () => savedNumber(best),
  };
}

function distinctTotals(): EventTotals {
  const seen = new Set<DistinctValue>();
  return {
    add: (_at, value) => {
      if (isDistinct(value)) seen.add(value);
    },
    value: () => seen.size,
    save: () => ({ size: seen.size, values: distinctValues(seen) }),
  };
}

/** Goes on from what was saved, without reading all of it. */
function moreDistinct({ size: known, values: given }: DistinctState): EventTotals {
  let [size, values] = [known, given];
  return {
    add: (_at, value) => {
      if (!isDistinct(value)) return;
      const before = values;
      values = withValue(values, value);
      if (values !== before) size++;
    },
    value: () => size,
    save: () => ({ size, values }),
  };
}

function isDistinct(value: unknown): value is DistinctValue {
  return value !== undefined && value !== null && !Number.isNaN(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}

/** Whether totals from elsewhere, a database say, are such as an operator saves. @internal */
export function isSavedTotals(rule: EventRule, saved: unknown): saved is SavedTotals {
  const parts = (typeof saved === "object" && saved !== null ? saved : {}) as Readonly<
    Record<string, unknown>
  >;
  switch (rule.op) {
    case "sum":
    case "average":
      return isCount(parts.count) && isExactSum(parts.sum);
    case "min":
    case "max":
    case "first":
    case "last":
      return typeof saved === "number" || (typeof saved === "string" && SAVED_TEXTS.includes(saved));
    case "distinct":
      return isCount(parts.size) && isLists(parts.values);
    case "frequency":
      return isCount(parts.periods) && isCounts(parts.counts, packedLength(rule.outOf, rule.minimum ?? 1));
    case "sequence":
      return parts.ending === null || Number.isFinite(parts.ending);
    default:
      return isCount(saved);
  }
}

const SAVED_TEXTS: readonly string[] = ["NaN", "Infinity", "-Infinity"];

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isExactSum(value: unknown): boolean {
  const { parts, huge, beyond } = (value ?? {}) as Partial<ExactSum>;
  return (
    [parts, huge].every((list) => Array.isArray(list) && list.every(Number.isFinite)) && beyond !== undefined
  );
}

function isLists(value: unknown): value is readonly (readonly unknown[])[] {
  return Array.isArray(value) && value.every(Array.isArray);
}

function isCounts(value: unknown, length: number): boolean {
  return Array.isArray(value) && value.length === length && value.every(isCount);
}
