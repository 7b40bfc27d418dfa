import { addTo, exactSumOf, newExactSum } from "./exact-sum.js";
import type { EventRule } from "./rule.js";
import { packedLength, packing, type SavedTotals, savedNumber } from "./saved-totals.js";
import type { DistinctValue } from "./value-times.js";

/** What is measured of events as they come, in any order. @internal */
export interface EventTotals {
  /** Takes one event: its instant, and the value of the field that the operator measures. */
  add(at: number, value: unknown): void;
  /** What the operator measures of them, NaN for "none". */
  value(): number;
  /**
   * All that is to be known to go on later, as plain data, nothing being added here afterwards; `null` where that is kept
   * once for many conditions.
   */
  save(): SavedTotals | null;
}

/** Totals of an operator; `add` gets NaN or `undefined` for a field without a value. @internal */
export function eventTotals(op: EventRule["op"]): EventTotals {
  switch (op) {
    case "sum":
    case "average":
      return sumTotals(op === "average");
    case "min":
      return extremeTotals(false, Math.min);
    case "max":
      return extremeTotals(false, Math.max);
    case "first":
      return extremeTotals(true, Math.min);
    case "last":
      return extremeTotals(true, Math.max);
    case "distinct":
      return distinctTotals();
    default:
      return countTotals();
  }
}

/** In how many periods, told by the bounds between them, there are at least so many events. @internal */
export function frequencyTotals(bounds: ArrayLike<number>, minimum: number): EventTotals {
  const { perNumber, base } = packing(minimum);
  const counts: number[] = new Array(packedLength(bounds.length - 1, minimum)).fill(0);
  let periods = 0;
  return {
    add: (at) => {
      const period = lastBound(bounds, at);
      const place = Math.floor(period / perNumber);
      const unit = base ** (period % perNumber);
      const count = Math.floor(counts[place] / unit) % base;
      // More than enough are not counted.
      if (count >= minimum) return;
      counts[place] += unit;
      if (count + 1 === minimum) periods++;
    },
    value: () => periods,
    save: () => null,
  };
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

function countTotals(): EventTotals {
  let count = 0;
  return {
    add: () => {
      count++;
    },
    value: () => count,
    save: () => count,
  };
}

function sumTotals(isMean: boolean): EventTotals {
  const sum = newExactSum();
  let count = 0;
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

function extremeTotals(ofInstants: boolean, better: (a: number, b: number) => number): EventTotals {
  let best = Number.NaN;
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
    save: () => null,
  };
}

/** Whether a value is one that can be told from others. @internal */
export function isDistinct(value: unknown): value is DistinctValue {
  return value !== undefined && value !== null && !Number.isNaN(value);
}

/** Whether a value is one that can be added up. @internal */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}
