import { compileFilter } from "./compile-columns.js";
import type { CustomOperators } from "./custom-operator.js";
import { type ChunkMeasure, chunkMeasure, type Selection, sequenceMeasure } from "./event-accumulators.js";
import { LOG_EVENTS, type LogEvents } from "./event-columns.js";
import type { EventLeaf } from "./event-leaf.js";
import { BLOCK, everyRow, IN_BLOCK, noRow, type RowFilter, rowsOfAll } from "./row-filter.js";
import type { SegmentRule } from "./rule.js";
import { completePeriods, type RuleClock, windowInstants } from "./rule-clock.js";
import type { RuleFields } from "./rule-fields.js";

/** Takes what was measured of the customers from `first` up to, not including, `end` of a log. @internal */
export type TakeMeasures = (first: number, end: number, measures: Float64Array) => void;

/** How many rows are looked at together, unless one customer has more. */
const CHUNK = 16_384;

/** With what the events of a log are measured. @internal */
export interface LogPlanContext {
  readonly fields: RuleFields;
  readonly clock: RuleClock;
  readonly operators: CustomOperators;
}

/** Half-open, in epoch milliseconds. */
interface Window {
  readonly start: number;
  readonly end: number;
}

/**
 * Measures the events of a log for all conditions in one pass over its rows.
 *
 * Goes from some whole customers to the next, as many as have rows that the processor's cache holds: each window picks its
 * rows, each rule on events picks among these, once for however many conditions ask, and each measure sums up what was
 * picked.
 *
 * @param leaves - The conditions; the place of each is that of its number among a customer's.
 * @param isOfLog - Whether a condition asks about events of the log alone; others are left at NaN for the caller.
 * @param take - Gets the numbers, `leaves.length` a customer, in an array that is written over afterwards.
 * @internal
 */
export function measureLog(
  leaves: readonly EventLeaf[],
  isOfLog: readonly boolean[],
  events: LogEvents,
  context: LogPlanContext,
  take: TakeMeasures,
): void {
  const { log } = events;
  const { offsets } = log;
  const customers = log.customerIds.length;
  const picking = rowPicker(events, context);
  const measures: { readonly slot: number; readonly measure: ChunkMeasure }[] = [];
  leaves.forEach((leaf, slot) => {
    if (isOfLog[slot])
      measures.push({ slot, measure: leafMeasure(leaf, events, context, picking.selectionOf) });
  });
  const stride = leaves.length;
  let numbers = new Float64Array(0);
  for (let first = 0; first < customers; ) {
    let end = first + 1;
    while (end < customers && offsets[end + 1] - offsets[first] <= CHUNK) end++;
    if (numbers.length < (end - first) * stride) numbers = new Float64Array((end - first) * stride);
    numbers.fill(Number.NaN);
    picking.pick(offsets[first], offsets[end]);
    for (const { slot, measure } of measures) measure(first, end, numbers, slot, stride);
    take(first, end, numbers);
    first = end;
  }
}

function leafMeasure(
  { rule, sequence }: EventLeaf,
  events: LogEvents,
  { clock }: LogPlanContext,
  selectionOf: (window: Window, where: SegmentRule | undefined) => Selection,
): ChunkMeasure {
  if (rule.op === "sequence") {
    if (sequence === null) throw new TypeError("a sequence without its plan");
    const selections = sequence.picks.map(({ window, where }) => selectionOf(window, where));
    return sequenceMeasure(sequence, selections, events);
  }
  if (rule.op === "frequency") {
    const bounds = completePeriods(rule.unit, rule.outOf, clock);
    const window = { start: bounds[0], end: bounds[bounds.length - 1] };
    return chunkMeasure(rule, selectionOf(window, rule.where), events, bounds);
  }
  return chunkMeasure(rule, selectionOf(windowInstants(rule.window, clock), rule.where), events, []);
}

interface WindowRows extends Window {
  /** The narrowest window in which this one lies, among those before it; `null`: none, it picks from all rows. */
  inside: WindowRows | null;
  readonly found: Int32Array;
  count: number;
  readonly wheres: Map<string, { readonly filter: RowFilter | null; readonly selection: Selection }>;
}

/** Picks the rows of windows and rules, each window and each rule in it once. */
function rowPicker({ log, columns, isEvent }: LogEvents, { fields, clock, operators }: LogPlanContext) {
  const known = new Map<string, WindowRows>();
  /** The wider before those that lie in them; `null` until all are known. */
  let windows: readonly WindowRows[] | null = null;
  const { at, firstAt, lastAt } = log;
  const isCounted: RowFilter | null = isEvent && markedRows(isEvent);

  const filterOf = (where: SegmentRule | undefined): RowFilter | null => {
    const filters: RowFilter[] = isCounted ? [isCounted] : [];
    if (where) {
      filters.push(
        compileFilter(where, {
          fields: { at: "instant", ...fields.events[LOG_EVENTS] },
          columns,
          clock,
          operators,
          eventFilter: () => noRow,
          segments: new Map(),
        }),
      );
    }
    return filters.length === 0 ? null : rowsOfAll(filters);
  };
  const isWhole = ({ start, end }: Window): boolean =>
    firstAt === null || lastAt === null || (start <= firstAt && lastAt < end);

  const selectionOf = (window: Window, where: SegmentRule | undefined): Selection => {
    const end = Math.min(window.end, clock.asOf);
    const name = `${window.start} ${end}`;
    const rows = known.get(name) ?? {
      start: window.start,
      end,
      inside: null,
      found: new Int32Array(BLOCK),
      count: 0,
      wheres: new Map(),
    };
    known.set(name, rows);
    const key = JSON.stringify(where ?? null);
    const given = rows.wheres.get(key);
    if (given) return given.selection;
    const filter = filterOf(where);
    const isAll = filter === null && isWhole(rows);
    const selection: Selection = { rows: isAll ? null : new Int32Array(CHUNK), from: 0, end: 0 };
    rows.wheres.set(key, { filter, selection });
    windows = null;
    return selection;
  };

  const begin = (first: number, end: number): readonly WindowRows[] => {
    for (const { wheres } of known.values()) {
      for (const { selection } of wheres.values()) {
        selection.from = selection.rows === null ? first : 0;
        selection.end = selection.rows === null ? end : 0;
        if (selection.rows !== null && selection.rows.length < end - first)
          selection.rows = new Int32Array(end - first);
      }
    }
    windows ??= nested([...known.values()].filter(isPicked), isWhole);
    return windows;
  };
  const pick = (first: number, end: number): void => {
    const ordered = begin(first, end);
    for (let from = first; from < end; ) {
      const to = Math.min(end, (from | IN_BLOCK) + 1);
      for (const window of ordered) {
        const { inside, found } = window;
        if (inside) window.count = rowsAmong(at, inside, window, found);
        else
          window.count = isWhole(window)
            ? allRows(from, to, found)
            : rowsInWindow(at, from, to, window, found);
        if (window.count === 0) continue;
        for (const { filter, selection } of window.wheres.values()) {
          if (selection.rows === null) continue;
          const out = selection.rows.subarray(selection.end);
          selection.end += (filter ?? everyRow)(found, window.count, out);
        }
      }
      from = to;
    }
  };
  return { selectionOf, pick };
}

/** Whether some rows of a window are to be listed, not simply all that there are. */
function isPicked({ wheres }: WindowRows): boolean {
  for (const { selection } of wheres.values()) if (selection.rows !== null) return true;
  return false;
}

/** Windows in such an order that each finds the narrowest in which it lies before it. */
function nested(windows: readonly WindowRows[], isWhole: (window: Window) => boolean): readonly WindowRows[] {
  const ordered = [...windows].sort((a, b) => (a.start === b.start ? b.end - a.end : a.start - b.start));
  ordered.forEach((window, i) => {
    for (let wider = 0; wider < i; wider++) {
      const other = ordered[wider];
      const { inside } = window;
      // Rows of all time are taken as they come: quicker than from a list of them.
      if (
        isWhole(other) ||
        other.end < window.end ||
        (inside && inside.end - inside.start <= other.end - other.start)
      )
        continue;
      window.inside = other;
    }
  });
  return ordered;
}

function allRows(from: number, to: number, out: Int32Array): number {
  for (let row = from; row < to; row++) out[row - from] = row;
  return to - from;
}

// Every row is written, and the next written over it unless it lies in the window: cheaper than a branch.

function rowsInWindow(
  at: Float64Array,
  from: number,
  to: number,
  { start, end }: Window,
  out: Int32Array,
): number {
  let kept = 0;
  for (let row = from; row < to; row++) {
    const instant = at[row];
    out[kept] = row;
    kept += Number(instant >= start) & Number(instant < end);
  }
  return kept;
}

function rowsAmong(at: Float64Array, wider: WindowRows, { start, end }: Window, out: Int32Array): number {
  const { found, count } = wider;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = found[i];
    const instant = at[row];
    out[kept] = row;
    kept += Number(instant >= start) & Number(instant < end);
  }
  return kept;
}

function markedRows(marks: Uint8Array): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      out[kept] = row;
      kept += marks[row];
    }
    return kept;
  };
}
