import { isNumber } from "./event-totals.js";
import { addTo, type ExactSum, exactSumOf } from "./exact-sum.js";
import type { EventRule } from "./rule.js";
import { type SavedNumber, type SavedTotals, type SumState, savedNumber } from "./saved-totals.js";

/** How totals that were saved take one event more; what was saved stays as it is, and is shared where nothing changes. @internal */
export interface TotalsAfter {
  /** The totals with this event; the same ones where it changes nothing. */
  readonly after: (saved: SavedTotals, at: number, value: unknown) => SavedTotals;
  /** What the operator measures, NaN for "none". */
  readonly valueOf: (saved: SavedTotals) => number;
}

/** Those of an operator that keeps totals of its own. @internal */
export function totalsAfter(op: EventRule["op"]): TotalsAfter {
  switch (op) {
    case "sum":
      return SUM;
    case "average":
      return AVERAGE;
    case "min":
      return MIN;
    case "max":
      return MAX;
    case "first":
      return FIRST;
    case "last":
      return LAST;
    default:
      return COUNT;
  }
}

const COUNT: TotalsAfter = {
  after: (saved) => (saved as number) + 1,
  valueOf: (saved) => saved as number,
};

const SUM: TotalsAfter = { after: sumAfter, valueOf: (saved) => exactSumOf((saved as SumState).sum) };

const AVERAGE: TotalsAfter = {
  after: sumAfter,
  valueOf: (saved) => exactSumOf((saved as SumState).sum) / (saved as SumState).count,
};

function sumAfter(saved: SavedTotals, _at: number, value: unknown): SavedTotals {
  if (!isNumber(value)) return saved;
  const { count, sum } = saved as SumState;
  return { count: count + 1, sum: sumWith(sum, value) };
}

function sumWith({ parts, huge, beyond }: ExactSum, value: number): ExactSum {
  const known = parts.length === 0 ? 0 : parts[0];
  const total = known + value;
  // Whole numbers, as money is: their sum is one part.
  if (parts.length < 2 && [known, value, total].every(Number.isSafeInteger))
    return { parts: total === 0 ? [] : [total], huge, beyond };
  const sum = { parts: [...parts], huge: [...huge], beyond };
  addTo(sum, value);
  return sum;
}

// Written apart: one function for all of them would call another for each event.

const MIN: TotalsAfter = {
  // -0 becomes 0: which of the two came does not show.
  after: (saved, _at, value) =>
    isNumber(value) && !(numberOf(saved) <= value) ? savedNumber(value + 0) : saved,
  valueOf: numberOf,
};

const MAX: TotalsAfter = {
  after: (saved, _at, value) =>
    isNumber(value) && !(numberOf(saved) >= value) ? savedNumber(value + 0) : saved,
  valueOf: numberOf,
};

const FIRST: TotalsAfter = {
  after: (saved, at) => (numberOf(saved) <= at ? saved : at),
  valueOf: numberOf,
};

const LAST: TotalsAfter = {
  after: (saved, at) => (numberOf(saved) >= at ? saved : at),
  valueOf: numberOf,
};

function numberOf(saved: SavedTotals): number {
  return typeof saved === "number" ? saved : Number(saved as SavedNumber);
}
