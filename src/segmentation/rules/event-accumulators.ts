import { type LogEvents, numbersOf } from "./event-columns.js";
import { lastBound } from "./event-totals.js";
import { addTo, exactSumOf, newExactSum } from "./exact-sum.js";
import type { EventRule } from "./rule.js";
import { isDictionary, type NumberColumn } from "./rule-columns.js";
import type { SequencePlan } from "./sequence-plan.js";

/** Rows that were picked, ascending: `rows[from]` up to, not including, `rows[end]`. @internal */
export interface Selection {
  /** `null` where every row is picked: they are `from`, `from + 1` ... themselves. */
  rows: Int32Array | null;
  from: number;
  end: number;
}

function rowAt(rows: Int32Array | null, i: number): number {
  return rows === null ? i : rows[i];
}

/** Writes the number of each customer from `first` up to, not including, `end`, at `(customer - first) * stride + slot`. @internal */
export type ChunkMeasure = (
  first: number,
  end: number,
  numbers: Float64Array,
  slot: number,
  stride: number,
) => void;

/** What a condition measures of the rows that were picked for it. @internal */
export function chunkMeasure(
  rule: Exclude<EventRule, { op: "sequence" }>,
  selection: Selection,
  events: LogEvents,
  bounds: ArrayLike<number>,
): ChunkMeasure {
  const { log } = events;
  const { offsets } = log;
  switch (rule.op) {
    case "frequency":
      return runMeasure(offsets, selection, frequencyOf(log.at, bounds, rule.minimum ?? 1));
    case "first":
      return runMeasure(offsets, selection, (rows, i, end) =>
        i < end ? log.at[rowAt(rows, i)] : Number.NaN,
      );
    case "last":
      return runMeasure(offsets, selection, (rows, i, end) =>
        i < end ? log.at[rowAt(rows, end - 1)] : Number.NaN,
      );
    case "sum":
    case "average":
      return sumMeasure(
        offsets,
        selection,
        numbersOf(events, rule.field),
        rule.op === "average",
        // Money was checked when the log was built.
        rule.field === "amount" || rule.field === "cost",
      );
    case "min":
    case "max":
      return extremeMeasure(offsets, selection, numbersOf(events, rule.field), rule.op);
    case "distinct": {
      const column = events.columns.columns[rule.field];
      return runMeasure(
        offsets,
        selection,
        isDictionary(column) ? distinctCodes(column.codes, column.values) : distinctNumbers(column),
      );
    }
    default:
      return countMeasure(offsets, selection);
  }
}

/** Measures the rows of one customer: `rows[i]` up to, not including, `rows[end]`. */
type RunMeasure = (rows: Int32Array | null, i: number, end: number) => number;

function runMeasure(offsets: Uint32Array, selection: Selection, measure: RunMeasure): ChunkMeasure {
  return (first, end, numbers, slot, stride) => {
    const { rows, from: firstPicked, end: count } = selection;
    let i = firstPicked;
    for (let customer = first, place = slot; customer < end; customer++, place += stride) {
      const rowEnd = offsets[customer + 1];
      const from = i;
      while (i < count && rowAt(rows, i) < rowEnd) i++;
      numbers[place] = measure(rows, from, i);
    }
  };
}

// The commonest are written out: a call for each customer costs as much again.

function countMeasure(offsets: Uint32Array, selection: Selection): ChunkMeasure {
  return (first, end, numbers, slot, stride) => {
    const { rows, from: firstPicked, end: count } = selection;
    let i = firstPicked;
    for (let customer = first, place = slot; customer < end; customer++, place += stride) {
      const rowEnd = offsets[customer + 1];
      const from = i;
      while (i < count && rowAt(rows, i) < rowEnd) i++;
      numbers[place] = i - from;
    }
  };
}

function sumMeasure(
  offsets: Uint32Array,
  selection: Selection,
  values: NumberColumn,
  isMean: boolean,
  isWhole: boolean,
): ChunkMeasure {
  const exact = isMean ? meanOf(values) : exactOf(values);
  return (first, end, numbers, slot, stride) => {
    const { rows, from: firstPicked, end: count } = selection;
    let i = firstPicked;
    for (let customer = first, place = slot; customer < end; customer++, place += stride) {
      const rowEnd = offsets[customer + 1];
      const from = i;
      let sum = 0;
      let size = 0;
      let fractions = 0;
      for (; i < count; i++) {
        const row = rowAt(rows, i);
        if (row >= rowEnd) break;
        const value = values[row];
        sum += value;
        size += Math.abs(value);
        if (!isWhole) fractions += value - Math.floor(value);
      }
      // Whole numbers whose sizes add up inside 2^53 were summed exactly; NaN fails too.
      numbers[place] =
        size <= Number.MAX_SAFE_INTEGER && fractions === 0
          ? isMean
            ? sum / (i - from)
            : sum + 0
          : exact(rows, from, i);
    }
  };
}

function exactOf(values: NumberColumn): RunMeasure {
  return (rows, from, end) => {
    const sum = newExactSum();
    for (let i = from; i < end; i++) {
      const value = values[rowAt(rows, i)];
      if (!Number.isNaN(value)) addTo(sum, value);
    }
    return exactSumOf(sum);
  };
}

function meanOf(values: NumberColumn): RunMeasure {
  const sumOf = exactOf(values);
  return (rows, from, end) => {
    let count = 0;
    for (let i = from; i < end; i++) if (!Number.isNaN(values[rowAt(rows, i)])) count++;
    return sumOf(rows, from, end) / count;
  };
}

function extremeMeasure(
  offsets: Uint32Array,
  selection: Selection,
  values: NumberColumn,
  op: "min" | "max",
): ChunkMeasure {
  // The greatest of the negated ones is the least.
  const sign = op === "max" ? 1 : -1;
  const present: RunMeasure = (rows, from, end) => {
    let best = Number.NaN;
    for (let i = from; i < end; i++) {
      const value = sign * values[rowAt(rows, i)];
      if (!Number.isNaN(value)) best = Number.isNaN(best) ? value : Math.max(best, value);
    }
    return sign * best + 0;
  };
  return (first, end, numbers, slot, stride) => {
    const { rows, from: firstPicked, end: count } = selection;
    let i = firstPicked;
    for (let customer = first, place = slot; customer < end; customer++, place += stride) {
      const rowEnd = offsets[customer + 1];
      const from = i;
      let best = Number.NEGATIVE_INFINITY;
      for (; i < count; i++) {
        const row = rowAt(rows, i);
        if (row >= rowEnd) break;
        best = Math.max(best, sign * values[row]);
      }
      // NaN among the values comes out as NaN: then they are gone through again without it.
      numbers[place] = i > from && !Number.isNaN(best) ? sign * best + 0 : present(rows, from, i);
    }
  };
}

function distinctCodes(codes: ArrayLike<number>, values: readonly unknown[]): RunMeasure {
  /** By code, the turn in which it was last seen: a new one for each customer. */
  const seen = new Float64Array(values.length);
  let turn = 0;
  return (rows, from, end) => {
    turn++;
    let distinct = 0;
    for (let i = from; i < end; i++) {
      const code = codes[rowAt(rows, i)];
      if (seen[code] === turn || typeof values[code] !== "string") continue;
      seen[code] = turn;
      distinct++;
    }
    return distinct;
  };
}

function distinctNumbers(values: ArrayLike<unknown>): RunMeasure {
  const seen = new Set<unknown>();
  return (rows, from, end) => {
    seen.clear();
    for (let i = from; i < end; i++) {
      const value = values[rowAt(rows, i)];
      if (!Number.isNaN(value)) seen.add(value);
    }
    return seen.size;
  };
}

function frequencyOf(at: Float64Array, bounds: ArrayLike<number>, minimum: number): RunMeasure {
  return (rows, from, end) => {
    let periods = 0;
    let period = -1;
    let events = 0;
    // In order of time: a period that was left does not come back.
    for (let i = from; i < end; i++) {
      const next = lastBound(bounds, at[rowAt(rows, i)]);
      events = next === period ? events + 1 : 1;
      period = next;
      if (events === minimum) periods++;
    }
    return periods;
  };
}

/** Whether the rows that were picked, a selection for each pick of the plan, follow each other. @internal */
export function sequenceMeasure(
  { picks, stepsOf, length, ending }: SequencePlan,
  selections: readonly Selection[],
  { log: { offsets, at } }: LogEvents,
): ChunkMeasure {
  const isNeeded = stepsOf.map((steps) => steps.some((step) => step < length));
  const instants = picks.map(() => new Float64Array(0));
  return (first, end, numbers, slot, stride) => {
    const next = Uint32Array.from(selections, (selection) => selection.from);
    for (let customer = first, place = slot; customer < end; customer++, place += stride) {
      const rowEnd = offsets[customer + 1];
      const rowCount = rowEnd - offsets[customer];
      let isPossible = true;
      const picked = selections.map(({ rows, end: count }, pick) => {
        if (instants[pick].length < rowCount) instants[pick] = new Float64Array(2 * rowCount);
        const found = instants[pick];
        let size = 0;
        let i = next[pick];
        // Rows of one customer are in order of time.
        for (; i < count; i++) {
          const row = rowAt(rows, i);
          if (row >= rowEnd) break;
          found[size++] = at[row];
        }
        next[pick] = i;
        if (size === 0 && isNeeded[pick]) isPossible = false;
        return found.subarray(0, size);
      });
      numbers[place] = isPossible && !Number.isNaN(ending(picked)) ? 1 : 0;
    }
  };
}
