import { DAY_MS, FIRST_DAY, LAST_DAY } from "../../core/civil-day.js";
import { noRow, type RowFilter, rowsOfNot } from "./row-filter.js";
import type { FieldRule, RuleComparison } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import {
  type DictionaryColumn,
  isDictionary,
  isNumberColumn,
  type NumberColumn,
  type RuleColumn,
} from "./rule-columns.js";
import type { FieldKind } from "./rule-fields.js";
import { existsTest, INSTANT_RANGES, instantRange, type ValueTest, valueTest } from "./value-test.js";

/** Picks the rows for which a condition on a field holds. @internal */
export function fieldFilter(
  rule: FieldRule,
  kind: FieldKind,
  column: RuleColumn,
  clock: RuleClock,
): RowFilter {
  // Turned around, so that a code without a value is missing like a value that is.
  if (rule.op === "missing") return rowsOfNot(valueFilter(column, existsTest(kind, clock)));
  const range = isNumberColumn(column) ? numberRange(rule, kind, clock) : null;
  if (range === null) return valueFilter(column, valueTest(rule, kind, clock));
  if (!(range.low <= range.high)) return noRow;
  return kind.type === "instant"
    ? instantRangeFilter(column as NumberColumn, range)
    : numberRangeFilter(column as NumberColumn, range);
}

/** Picks the rows whose value passes a test. @internal */
function valueFilter(column: RuleColumn, test: ValueTest): RowFilter {
  if (isDictionary(column)) return dictionaryFilter(column, test);
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (test(column[row])) out[kept++] = row;
    }
    return kept;
  };
}

/**
 * However long a text test takes, it is put to each distinct value once.
 *
 * Every row is written and the next written over it unless it holds: a branch that goes either way for every other row
 * costs four times as much. So the table has a place for every code that the column could hold.
 */
function dictionaryFilter({ codes, values }: DictionaryColumn, test: ValueTest): RowFilter {
  const passes = new Uint8Array(Math.max(values.length, CODES_OF_BYTES[codes.BYTES_PER_ELEMENT] ?? 0));
  for (let code = 0; code < values.length; code++) passes[code] = test(values[code]) ? 1 : 0;
  if (passes.length < 2 ** (8 * codes.BYTES_PER_ELEMENT)) return wideCodesFilter(codes, passes);
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      out[kept] = row;
      kept += passes[codes[row]];
    }
    return kept;
  };
}

const CODES_OF_BYTES: readonly (number | undefined)[] = [0, 2 ** 8, 2 ** 16];

function wideCodesFilter(codes: DictionaryColumn["codes"], passes: Uint8Array): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (passes[codes[row]] === 1) out[kept++] = row;
    }
    return kept;
  };
}

/** Both ends included. */
interface ClosedRange {
  readonly low: number;
  readonly high: number;
}

/** The numbers for which a condition holds, where they are one range. */
function numberRange(rule: FieldRule, kind: FieldKind, clock: RuleClock): ClosedRange | null {
  if (kind.type === "instant") {
    if (!INSTANT_RANGES.includes(rule.op)) return null;
    const { start, end } = instantRange(rule as unknown as RuleComparison, clock);
    return { low: start, high: end - 1 };
  }
  const [least, greatest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (rule.op) {
    case "between":
      return { low: Number(rule.from), high: Number(rule.to) };
    case "eq":
      return { low: Number(rule.value), high: Number(rule.value) };
    case "lt":
      return { low: least, high: -nextAbove(-Number(rule.value)) };
    case "lte":
      return { low: least, high: Number(rule.value) };
    case "gt":
      return { low: nextAbove(Number(rule.value)), high: greatest };
    case "gte":
      return { low: Number(rule.value), high: greatest };
    default:
      return null;
  }
}

/** The least double above a finite one. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

function numberRangeFilter(values: NumberColumn, { low, high }: ClosedRange): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      const value = values[row];
      out[kept] = row;
      kept += Number(value >= low) & Number(value <= high);
    }
    return kept;
  };
}

function instantRangeFilter(values: NumberColumn, { low, high }: ClosedRange): RowFilter {
  const first = Math.max(low, FIRST_MS);
  const last = Math.min(high, LAST_MS);
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      const value = values[row];
      out[kept] = row;
      // A number in the range is still none of the instants when it is no whole one.
      kept += Number(value >= first) & Number(value <= last) & Number(Math.floor(value) === value);
    }
    return kept;
  };
}

/** The instants that there are: see `isInstantMs`. */
const FIRST_MS = FIRST_DAY * DAY_MS;
const LAST_MS = (LAST_DAY + 1) * DAY_MS - 1;
