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

/** Totals as plain data: a number, a sum in parts, or a list of what was seen or counted. @internal */
export type SavedTotals =
  | SavedNumber
  | { readonly count: number; readonly sum: ExactSum }
  | { readonly list: readonly unknown[] };

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
      return distinctTotals(saved as ListState | undefined);
    default:
      return countTotals(saved as number | undefined);
  }
}

/** In how many periods, told by the bounds between them, there are at least so many events. @internal */
export function frequencyTotals(
  bounds: readonly number[],
  minimum: number,
  saved?: SavedTotals,
): EventTotals {
  const counts = (saved as ListState | undefined)?.list.map(Number) ?? new Array(bounds.length - 1).fill(0);
  return {
    add: (at) => {
      counts[lastBound(bounds, at)]++;
    },
    value: () => counts.reduce((periods: number, count: number) => periods + (count >= minimum ? 1 : 0), 0),
    save: () => ({ list: counts }),
  };
}

/** The place of the last bound but the end that is not after an instant. @internal */
export function lastBound(bounds: readonly number[], at: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}

interface ListState {
  readonly list: readonly unknown[];
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
      if (isNumber(number)) best = Number.isNaN(best) ? number : better(best, number);
    },
    value: () => best,
    save: () => savedNumber(best),
  };
}

function distinctTotals(saved?: ListState): EventTotals {
  const seen = new Set<unknown>(saved?.list);
  return {
    add: (_at, value) => {
      if (value !== undefined && value !== null && !Number.isNaN(value)) seen.add(value);
    },
    value: () => seen.size,
    save: () => ({ list: [...seen] }),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}
