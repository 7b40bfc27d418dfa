import { type CustomOperators, customValue } from "./custom-operator.js";
import { fieldFilter } from "./field-filter.js";
import { isPlainRecord } from "./field-reader.js";
import { noRow, type RowFilter, rowsOfAll, rowsOfAny, rowsOfAtLeast, rowsOfNot } from "./row-filter.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import { cellReader, columnOf, type OpenColumns } from "./rule-columns.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { ruleLeaf } from "./rule-leaf.js";
import { isEventRule } from "./rule-shapes.js";
import { existsTest } from "./value-test.js";

/** What the parts of a rule over columns are compiled with. @internal */
export interface FilterContext {
  readonly fields: RuleFieldMap;
  readonly columns: OpenColumns;
  readonly clock: RuleClock;
  readonly operators: CustomOperators;
  /** The filter of a condition on events: where these come from, the caller knows. */
  readonly eventFilter: (rule: EventRule, path: string) => RowFilter;
  /** Segments that are compiled already, by name. */
  readonly segments: ReadonlyMap<string, RowFilter>;
}

/** The filter of a checked rule, which stands at `path`. @internal */
export function compileFilter(rule: SegmentRule, context: FilterContext, path = "rule"): RowFilter {
  switch (rule.op) {
    case "all":
      return rowsOfAll(partFilters(rule.of, context, path));
    case "any":
      return rowsOfAny(partFilters(rule.of, context, path));
    case "atLeast":
      return rowsOfAtLeast(rule.count, partFilters(rule.of, context, path));
    case "not":
      return rowsOfNot(compileFilter(rule.of, context, `${path}.of`));
    case "segment":
      return context.segments.get(rule.segment) ?? noRow;
    case "custom":
      return customFilter(rule, context);
    default: {
      if (isEventRule(rule)) return ruleLeaf(rule, path, () => context.eventFilter(rule, path));
      const kind = fieldKind(context.fields, rule.field);
      if (kind === null) throw new TypeError(`not checked: ${rule.field}`);
      return ruleLeaf(rule, path, () => fieldFilter(rule, kind, context.columns, context.clock));
    }
  }
}

function partFilters(parts: readonly SegmentRule[], context: FilterContext, path: string): RowFilter[] {
  return parts.map((part, i) => compileFilter(part, context, `${path}.of[${i}]`));
}

/** Operators of the caller's are asked row by row, and get a record made of the row's cells. */
function customFilter(rule: Extract<SegmentRule, { op: "custom" }>, context: FilterContext): RowFilter {
  const { name, field } = rule;
  const { columns, clock, fields } = context;
  const operator = context.operators[name];
  const { holds } = operator;
  const value = customValue(operator, rule.value);
  const recordOf = rowRecordReader(columns);
  const kind = field === undefined ? null : fieldKind(fields, field);
  if (field === undefined || kind === null)
    return rowTestFilter((row) => holds(undefined, value, recordOf(row)) === true);
  const read = cellReader(columnOf(columns, field, kind));
  const exists = existsTest(kind, clock);
  return rowTestFilter((row) => {
    const given = read(row);
    return exists(given) && holds(given, value, recordOf(row)) === true;
  });
}

/** Picks rows by a test of each. @internal */
export function rowTestFilter(test: (row: number) => boolean): RowFilter {
  return (rows, count, out) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i];
      if (test(row)) out[kept++] = row;
    }
    return kept;
  };
}

/** A part of the record that a row stands for. */
interface RecordPart {
  /** Reads the column of this path; `null` where there is none. */
  read: ((row: number) => unknown) | null;
  /** What lies in it. */
  readonly parts: Map<string, RecordPart>;
}

/**
 * Makes the record that a row stands for: the column `"address.city"` is the city of its address, also where the column
 * `"address"` holds whole addresses. Nothing is written into what is the caller's.
 */
function rowRecordReader({ columns }: OpenColumns): (row: number) => unknown {
  const top: RecordPart = { read: null, parts: new Map() };
  for (const [path, column] of Object.entries(columns)) {
    let at = top;
    for (const step of path.split(".")) {
      const next = at.parts.get(step) ?? { read: null, parts: new Map() };
      at.parts.set(step, next);
      at = next;
    }
    at.read = cellReader(column);
  }
  return (row) => partOf(top, row, undefined);
}

/** @param given - What the column of a path above holds at this one. */
function partOf({ read, parts }: RecordPart, row: number, given: unknown): unknown {
  const cell = read === null ? given : read(row);
  if (parts.size === 0) return cell;
  // Without a prototype: the names of columns are the caller's.
  const record: Record<string, unknown> = Object.create(null);
  if (isPlainRecord(cell)) Object.assign(record, cell);
  for (const [step, part] of parts) record[step] = partOf(part, row, record[step]);
  return record;
}
