import { assertArgument, shown } from "../../core/assert.js";
import { ratio } from "../../core/rate.js";
import { type CheckedRule, checkedRule } from "./checked-rule.js";
import { compileFilter, type FilterContext, rowTestFilter } from "./compile-columns.js";
import { eventTestCompiler } from "./compile-test.js";
import type { CompileRuleOptions, CustomerEvents, SelectedCustomers } from "./compiled-rule.js";
import { eventLeaf } from "./event-leaf.js";
import { readEvents } from "./read-events.js";
import { BLOCK, type RowBlock, type RowFilter, rememberedRows } from "./row-filter.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { type RuleClock, ruleClock } from "./rule-clock.js";
import { openColumns, type RuleColumnInput } from "./rule-columns.js";
import { segmentTests } from "./segment-tests.js";

/** With what a rule is put to columns. */
export interface SelectRowsOptions extends CompileRuleOptions {
  /** Gives what the customer of a row did; needed where the rule asks about events, and asked once for each condition. */
  readonly eventsOf?: (row: number) => CustomerEvents;
}

/**
 * Which rows of a table does a rule mean?
 *
 * The same members as {@link compileRule} finds among the records that the rows stand for, in a fraction of the time: each
 * condition is one loop over a column. Fastest are typed arrays for numbers and instants (epoch milliseconds; `NaN` is
 * missing) and `{ codes, values }` for texts that repeat, whose conditions are put to each distinct text once.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param columns - A table, or columns by the path of their field: plain arrays of what records would hold, typed arrays,
 * `{ codes, values }`. Those that the rule does not name may stand beside them.
 * @param options - As for {@link compileRule}; `eventsOf` where the rule asks about events.
 * @returns The rows that are members.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link compileRule}, and for columns of several lengths or of another
 * type than the field; `UNKNOWN_COLUMN` when the rule asks about a field without one; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields, selectRows } from "clientele";
 *
 * const fields = ruleFields({ plan: "text", spent: "number" });
 * const { all, field } = ruleBuilder(fields);
 * const columns = {
 *   plan: { codes: Uint8Array.of(0, 1, 1, 2), values: [null, "free", "pro"] },
 *   spent: Float64Array.of(900, 100, Number.NaN, 700),
 * };
 * const rule = all(field("plan").ne("free"), field("spent").gte(500));
 * selectRows(rule, columns, { fields, asOf: "2024-07-01" }).rowIndexes; // => [3]
 * ```
 */
export function selectRows(
  rule: SegmentRule | RuleDocument,
  columns: RuleColumnInput,
  options: SelectRowsOptions,
): SelectedCustomers {
  const select = rowSelector(checkedRule(rule, options), options, ruleClock(options));
  return select(columns, options.eventsOf, "options.eventsOf");
}

/** Gives what was done by the customers of rows. */
type EventsOfRow = (row: number) => CustomerEvents;

/**
 * Selects rows by a checked rule, of other columns each time.
 *
 * @internal
 */
export function rowSelector(
  { rule, segments: trees }: CheckedRule,
  { fields, operators = {} }: CompileRuleOptions,
  clock: RuleClock,
): (columns: RuleColumnInput, eventsOf: EventsOfRow | undefined, path: string) => SelectedCustomers {
  return (columns, eventsOf, eventsPath) => {
    const open = openColumns(columns);
    const block: RowBlock = { rows: new Int32Array(BLOCK), count: 0, turn: 0 };
    const contextOf = (segments: ReadonlyMap<string, RowFilter>): FilterContext => ({
      fields: fields.fields,
      columns: open,
      clock,
      operators,
      eventFilter: (eventRule, path) => {
        const { measureRead, holds } = eventLeaf(
          eventRule,
          fields,
          clock,
          eventTestCompiler(eventRule, { events: fields, clock, operators }, path),
        );
        const isHeld = (events: CustomerEvents, row: number): boolean =>
          holds(measureRead(readEvents(events, fields, clock.timeZone, () => `${eventsPath}(${row})`)));
        return eventFilter(isHeld, eventsOf, eventsPath);
      },
      segments,
    });
    const { segments, ahead } = segmentTests<RowFilter>(rule, trees, {
      compile: (tree, known, name) => compileFilter(tree, contextOf(known), `segments.${name}`),
      remembered: (filter) => rememberedRows(filter, block),
    });
    const filter = compileFilter(rule, contextOf(segments));
    const rowIndexes = scan(open.length, filter, ahead, block);
    return { rowIndexes, share: ratio(rowIndexes.length, open.length, "rows asked about") };
  };
}

function scan(length: number, filter: RowFilter, ahead: readonly RowFilter[], block: RowBlock): number[] {
  const rowIndexes: number[] = [];
  const out = new Int32Array(BLOCK);
  for (let start = 0; start < length; start += BLOCK) {
    beginBlock(block, start, Math.min(BLOCK, length - start));
    for (const segment of ahead) segment(block.rows, block.count, out);
    appendRows(rowIndexes, out, filter(block.rows, block.count, out));
  }
  return rowIndexes;
}

function beginBlock(block: RowBlock, start: number, count: number): void {
  const { rows } = block;
  block.count = count;
  block.turn++;
  for (let i = 0; i < count; i++) rows[i] = start + i;
}

function appendRows(places: number[], rows: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) places.push(rows[i]);
}

function eventFilter(
  holds: (events: CustomerEvents, row: number) => boolean,
  eventsOf: EventsOfRow | undefined,
  path: string,
): RowFilter {
  assertArgument(
    typeof eventsOf === "function",
    path,
    () => `${path} is ${shown(eventsOf)}, and the rule asks about events: pass (row) => events by kind`,
  );
  return rowTestFilter((row) => {
    const events = eventsOf(row);
    assertArgument(
      typeof events === "object" && events !== null,
      path,
      () => `${path} gives for row ${row} ${shown(events)}: pass events by kind, {} for none`,
    );
    return holds(events, row);
  });
}
