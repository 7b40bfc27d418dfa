import type { CustomOperators } from "./custom-operator.js";
import { type EventLeaf, eventLeaf } from "./event-leaf.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import { fieldTest } from "./field-test.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import { fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { isEventRule } from "./rule-shapes.js";
import { allOf, anyOf, atLeastOf, notOf, type RuleTest } from "./rule-test.js";
import { existsTest } from "./value-test.js";

/** What the parts of a rule are compiled with. @internal */
export interface TestContext {
  readonly fields: RuleFieldMap;
  /** The kinds of events; of no use inside the rule on an event. */
  readonly events: RuleFields;
  readonly clock: RuleClock;
  readonly operators: CustomOperators;
  /** Whether records are known to be plain objects. */
  readonly trusted: boolean;
  /** The conditions on events found so far; the place of each is that of its number in the measures. */
  readonly leaves: EventLeaf[];
  /** That place, by what is measured. */
  readonly slots: Map<string, number>;
  /** Segments that are compiled already, by name. */
  readonly segments: ReadonlyMap<string, RuleTest>;
}

/** The test of a checked rule. @internal */
export function compileTest(rule: SegmentRule, context: TestContext): RuleTest {
  switch (rule.op) {
    case "all":
      return allOf(rule.of.map((part) => compileTest(part, context)));
    case "any":
      return anyOf(rule.of.map((part) => compileTest(part, context)));
    case "atLeast":
      return atLeastOf(
        rule.count,
        rule.of.map((part) => compileTest(part, context)),
      );
    case "not":
      return notOf(compileTest(rule.of, context));
    case "segment":
      return context.segments.get(rule.segment) ?? (() => false);
    case "custom":
      return customTest(rule, context);
    default: {
      if (isEventRule(rule)) return eventTest(rule, context);
      const kind = fieldKind(context.fields, rule.field);
      if (kind === null) throw new TypeError(`not checked: ${rule.field}`);
      return fieldTest(rule, kind, context.clock, context.trusted);
    }
  }
}

function eventTest(rule: EventRule, context: TestContext): RuleTest {
  const key = measuredKey(rule);
  const leaf = eventLeaf(rule, context.events, context.clock, (where, fields) => {
    const test = compileTest(where, { ...context, fields, trusted: false });
    return (event) => test(event, NOTHING, 0);
  });
  const slot = context.slots.get(key) ?? context.leaves.push(leaf) - 1;
  context.slots.set(key, slot);
  const { holds } = leaf;
  return (_record, measures, base) => holds(measures[base + slot]);
}

const NOTHING = new Float64Array(0);

/** Conditions that measure the same and differ in what they hold it against share their number. */
function measuredKey(rule: EventRule): string {
  const { is: _, ...measured } = { is: null, ...rule };
  const op = rule.op === "did" || rule.op === "didNot" ? "count" : rule.op;
  return JSON.stringify({ ...measured, op });
}

function customTest(rule: Extract<SegmentRule, { op: "custom" }>, context: TestContext): RuleTest {
  const { name, field, value } = rule;
  const { holds } = context.operators[name];
  const kind = field === undefined ? null : fieldKind(context.fields, field);
  // Compared with `true`: a promise, which an operator must not return, would be truthy for everybody.
  if (field === undefined || kind === null) return (record) => holds(undefined, value, record) === true;
  const read = fieldReader(field, context.trusted);
  const exists = existsTest(kind, context.clock);
  return (record: FieldRecord) => {
    const given = read(record);
    return exists(given) && holds(given, value, record) === true;
  };
}
