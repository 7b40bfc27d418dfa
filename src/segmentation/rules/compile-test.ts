import { type CustomOperators, customValue } from "./custom-operator.js";
import { type EventLeaf, eventLeaf, leafTest } from "./event-leaf.js";
import type { CompileEventTest } from "./event-pick.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import { fieldTest } from "./field-test.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import { fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { ruleLeaf } from "./rule-leaf.js";
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
  /** That place, by what is measured; set each time a condition asks for it. */
  readonly slots: Pick<Map<string, number>, "get" | "set">;
  /** Segments that are compiled already, by name. */
  readonly segments: Pick<ReadonlyMap<string, RuleTest>, "get">;
}

/** The test of a checked rule, which stands at `path`. @internal */
export function compileTest(rule: SegmentRule, context: TestContext, path = "rule"): RuleTest {
  switch (rule.op) {
    case "all":
      return allOf(partTests(rule.of, context, path));
    case "any":
      return anyOf(partTests(rule.of, context, path));
    case "atLeast":
      return atLeastOf(rule.count, partTests(rule.of, context, path));
    case "not":
      return notOf(compileTest(rule.of, context, `${path}.of`));
    case "segment":
      return context.segments.get(rule.segment) ?? (() => false);
    case "custom":
      return customTest(rule, context);
    default: {
      if (isEventRule(rule)) return ruleLeaf(rule, path, () => eventTest(rule, context, path));
      const kind = fieldKind(context.fields, rule.field);
      if (kind === null) throw new TypeError(`not checked: ${rule.field}`);
      return ruleLeaf(rule, path, () => fieldTest(rule, kind, context.clock, context.trusted));
    }
  }
}

function partTests(parts: readonly SegmentRule[], context: TestContext, path: string): RuleTest[] {
  return parts.map((part, i) => compileTest(part, context, `${path}.of[${i}]`));
}

function eventTest(rule: EventRule, context: TestContext, path: string): RuleTest {
  const key = measuredKey(rule);
  let slot = context.slots.get(key);
  // What is measured already is not made ready again: thousands of conditions may ask for one number.
  if (slot === undefined) {
    const leaf = eventLeaf(rule, context.events, context.clock, eventTestCompiler(rule, context, path));
    slot = context.leaves.push(leaf) - 1;
  }
  const place = slot;
  context.slots.set(key, place);
  const holds = leafTest(rule, context.clock);
  return (_record, measures, base) => holds(measures[base + place]);
}

/** Compiles the rules on one event that a condition on events has. @internal */
export function eventTestCompiler(
  rule: EventRule,
  context: Pick<TestContext, "events" | "clock" | "operators">,
  path: string,
): CompileEventTest {
  return (where, fields) => {
    const own: TestContext = {
      ...context,
      fields,
      trusted: false,
      leaves: [],
      slots: new Map(),
      segments: new Map(),
    };
    const test = compileTest(where, own, `${path}${wherePath(rule, where)}`);
    return (event) => test(event, NOTHING, 0);
  };
}

const NOTHING = new Float64Array(0);

function wherePath(rule: EventRule, where: SegmentRule): string {
  if (rule.op !== "sequence") return ".where";
  const step = rule.steps.findIndex((given) => given.where === where);
  return step === -1 ? ".notFollowedBy.where" : `.steps[${step}].where`;
}

/** Conditions that measure the same and differ in what they hold it against share their number. @internal */
export function measuredKey(rule: EventRule): string {
  const { is: _, ...measured } = { is: null, ...rule };
  const op = rule.op === "did" || rule.op === "didNot" ? "count" : rule.op;
  return JSON.stringify({ ...measured, op });
}

function customTest(rule: Extract<SegmentRule, { op: "custom" }>, context: TestContext): RuleTest {
  const { name, field } = rule;
  const operator = context.operators[name];
  const { holds } = operator;
  const value = customValue(operator, rule.value);
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
