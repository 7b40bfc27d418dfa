import { DAY_MS, FIRST_DAY, LAST_DAY } from "../../core/civil-day.js";
import { dictionaryFilters } from "./dictionary-filter.js";
import { noRow, type RowFilter, rowsOfNot } from "./row-filter.js";
import type { FieldRule, RuleComparison } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import {
  columnOf,
  isDictionary,
  isNumberColumn,
  type NumberColumn,
  type OpenColumns,
} from "./rule-columns.js";
import type { FieldKind } from "./rule-fields.js";
import { existsTest, INSTANT_RANGES, instantRange, type ValueTest, valueTest } from "./value-test.js";

/** Picks the rows for which a condition on a field holds. @internal */
export function fieldFilter(
  rule: FieldRule,
  kind: FieldKind,
  columns: OpenColumns,
  clock: RuleClock,
): RowFilter {
  const column = columnOf(columns, rule.field, kind);
  const passing = (test: ValueTest): RowFilter =>
    isDictionary(column) ? dictionaryFilters(columns).passing(column, test) : valueFilter(column, test);
  // Turned around, so that a code without a value is missing like a value that is.
  if (rule.op === "missing") return rowsOfNot(passing(existsTest(kind, clock)));
  if (isDictionary(column)) {
    const wanted = wantedValues(rule, kind);
    if (wanted) return dictionaryFilters(columns).among(column, wanted, valueTest(rule, kind, clock));
  }
  const range = isNumberColumn(column) ? numberRange(rule, kind, clock) : null;
  if (range === null) return passing(valueTest(rule, kind, clock));
  if (!(range.low <= range.high)) return noRow;
  return kind.type === "instant"
    ? instantRangeFilter(column as NumberColumn, range)
    : numberRangeFilter(column as NumberColumn, range);
}

/** Picks the rows whose value passes a test. @internal */
function valueFilter(column: readonly unknown[] | NumberColumn, test: ValueTest): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (test(column[row])) out[kept++] = row;
    }
    return kept;
  };
}

/** The values for which alone a condition holds; `null` where they are not told by equality. */
function wantedValues(rule: FieldRule, { type, isList }: FieldKind): readonly unknown[] | null {
  if (isList || type === "instant") return null;
  if (rule.op === "eq") return [rule.value];
  return rule.op === "in" ? rule.values : null;
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
