import type { CustomOperators } from "./custom-operator.js";
import { fieldFilter } from "./field-filter.js";
import { noRow, type RowFilter, rowsOfAll, rowsOfAny, rowsOfAtLeast, rowsOfNot } from "./row-filter.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import { cellReader, columnOf, type OpenColumns } from "./rule-columns.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { isEventRule } from "./rule-shapes.js";
import { existsTest } from "./value-test.js";

/** What the parts of a rule over columns are compiled with. @internal */
export interface FilterContext {
  readonly fields: RuleFieldMap;
  readonly columns: OpenColumns;
  readonly clock: RuleClock;
  readonly operators: CustomOperators;
  /** The filter of a condition on events: where these come from, the caller knows. */
  readonly eventFilter: (rule: EventRule) => RowFilter;
  /** Segments that are compiled already, by name. */
  readonly segments: ReadonlyMap<string, RowFilter>;
}

/** The filter of a checked rule. @internal */
export function compileFilter(rule: SegmentRule, context: FilterContext): RowFilter {
  switch (rule.op) {
    case "all":
      return rowsOfAll(rule.of.map((part) => compileFilter(part, context)));
    case "any":
      return rowsOfAny(rule.of.map((part) => compileFilter(part, context)));
    case "atLeast":
      return rowsOfAtLeast(
        rule.count,
        rule.of.map((part) => compileFilter(part, context)),
      );
    case "not":
      return rowsOfNot(compileFilter(rule.of, context));
    case "segment":
      return context.segments.get(rule.segment) ?? noRow;
    case "custom":
      return customFilter(rule, context);
    default: {
      if (isEventRule(rule)) return context.eventFilter(rule);
      const kind = fieldKind(context.fields, rule.field);
      if (kind === null) throw new TypeError(`not checked: ${rule.field}`);
      return fieldFilter(rule, kind, columnOf(context.columns, rule.field, kind), context.clock);
    }
  }
}

/** Operators of the caller's are asked row by row, and get a record made of the row's cells. */
function customFilter(rule: Extract<SegmentRule, { op: "custom" }>, context: FilterContext): RowFilter {
  const { name, field, value } = rule;
  const { columns, clock, fields } = context;
  const { holds } = context.operators[name];
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

/** Makes the record that a row stands for: the column `"address.city"` is the city of its address. */
function rowRecordReader({ columns }: OpenColumns): (row: number) => unknown {
  const cells = Object.entries(columns).map(([path, column]) => ({
    steps: path.split("."),
    read: cellReader(column),
  }));
  return (row) => {
    // Without prototypes: the names of columns are the caller's.
    const record: Record<string, unknown> = Object.create(null);
    for (const { steps, read } of cells) {
      let at = record;
      for (const step of steps.slice(0, -1)) {
        if (typeof at[step] !== "object" || at[step] === null) at[step] = Object.create(null);
        at = at[step] as Record<string, unknown>;
      }
      at[steps[steps.length - 1]] = read(row);
    }
    return record;
  };
}
