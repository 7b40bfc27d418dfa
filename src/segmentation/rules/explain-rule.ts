import { assertArgument, shown } from "../../core/assert.js";
import { checkedRule } from "./checked-rule.js";
import { compileTest, type TestContext } from "./compile-test.js";
import type { CompileRuleOptions, CustomerEvents } from "./compiled-rule.js";
import { eventLeaf } from "./event-leaf.js";
import { actualValue, eventRequirement, fieldRequirement, type RuleRequirement } from "./explained-leaf.js";
import type { FieldRecord } from "./field-reader.js";
import type { EventRule, RuleDocument, SegmentRule } from "./rule.js";
import { ruleClock } from "./rule-clock.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";
import { smallestFlip } from "./smallest-flip.js";

/** Why a rule holds for a customer or not. */
export interface ExplainedRule {
  /** Whether it holds. */
  readonly held: boolean;
  /** The rule, node by node. */
  readonly tree: RuleExplanation;
  /**
   * The fewest leaves whose change would turn the result around, as their paths, leaves taken as independent of each other;
   * of several such sets the one that comes first in the rule. `null` when nothing can: `all` of nothing always holds.
   */
  readonly flip: readonly string[] | null;
}

/** A rule explained, and the segments to which it refers. */
export interface RuleExplained extends ExplainedRule {
  /** Each segment that the rule reaches, explained by itself. */
  readonly segments: Readonly<Record<string, ExplainedRule>>;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of its days. */
  readonly timeZone: string;
}

/** One node of a rule, with what it came to. */
export interface RuleExplanation {
  /** Where it stands: `"rule.of[1]"`, `"segments.loyal.of[0]"`. */
  readonly path: string;
  /** Its operator. */
  readonly op: SegmentRule["op"];
  /** Whether it held. */
  readonly held: boolean;
  /** Of a leaf that reads a field: its path; of an event condition: the field that it measures. */
  readonly field?: string;
  /** Of an event condition: the kind of event. */
  readonly events?: string;
  /** Of a reference: the segment, explained in `segments`. */
  readonly segment?: string;
  /** Of `custom`: the operator's name. */
  readonly name?: string;
  /** Of `atLeast`: how many parts must hold. */
  readonly count?: number;
  /**
   * Of a leaf: what was found, `null` when it is missing. Instants are epoch milliseconds; of `size` it is the number of
   * items, of an event condition the number that was measured, of a sequence whether there is one.
   */
  readonly actual?: unknown;
  /** Of a leaf: with what it was compared. */
  readonly required?: RuleRequirement;
  /** Of an event condition: the half-open window of instants that counts, epoch milliseconds; `null`: no bound. */
  readonly window?: { readonly start: number | null; readonly end: number | null };
  /** Of a combination: its parts. */
  readonly of?: readonly RuleExplanation[];
}

/**
 * Why is this customer in the segment, or not, and what would have to change?
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - As for {@link compileRule}.
 * @param record - The customer's fields.
 * @param events - What the customer did, by kind; needed where the rule asks about events.
 * @returns For each node whether it held; for each leaf what was found and what was required, relative dates resolved to
 * instants; and the fewest leaves whose change would turn the result around.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link compileRule}.
 * @example
 * ```ts
 * import { explainRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: ["free", "pro"] }, { transactions: { amount: "number" } });
 * const { all, any, field, events } = ruleBuilder(fields);
 * const rule = all(
 *   field("plan").eq("pro"),
 *   any(events("transactions").count().gte(3), events("transactions").sum("amount").gt(1000)),
 * );
 * const why = explainRule(rule, { fields, asOf: "2024-07-01" }, { plan: "pro" }, {
 *   transactions: [{ at: "2024-06-20", amount: 100 }],
 * });
 * why.held; // => false
 * why.tree.of?.[1]?.of?.map(({ held, actual }) => ({ held, actual })); // => [{ held: false, actual: 1 }, { held: false, actual: 100 }]
 * why.flip; // => ["rule.of[1].of[0]"]
 * ```
 */
export function explainRule(
  rule: SegmentRule | RuleDocument,
  options: CompileRuleOptions,
  record: object,
  events?: CustomerEvents,
): RuleExplained {
  const { rule: checked, segments } = checkedRule(rule, options);
  const clock = ruleClock(options);
  assertArgument(
    typeof record === "object" && record !== null,
    "record",
    () => `record is ${shown(record)}: pass the customer's fields as an object`,
  );
  const { fields, operators = {} } = options;
  const context: TestContext = {
    fields: fields.fields,
    events: fields,
    clock,
    operators,
    trusted: false,
    leaves: [],
    slots: new Map(),
    segments: new Map(),
  };
  const explained = new Map<string, ExplainedRule>();
  const subject: Subject = { context, record, events, explained };
  for (const [name, tree] of segments)
    explained.set(name, outcome(explainNode(tree, `segments.${name}`, subject)));
  return {
    ...outcome(explainNode(checked, "rule", subject)),
    segments: Object.fromEntries(explained),
    asOf: clock.asOf,
    timeZone: clock.timeZone,
  };
}

interface Subject {
  readonly context: TestContext;
  readonly record: object;
  readonly events: CustomerEvents | undefined;
  /** The segments so far, each after those to which it refers. */
  readonly explained: ReadonlyMap<string, ExplainedRule>;
}

function outcome(tree: RuleExplanation): ExplainedRule {
  return { held: tree.held, tree, flip: smallestFlip(tree) };
}

function explainNode(rule: SegmentRule, path: string, subject: Subject): RuleExplanation {
  switch (rule.op) {
    case "all":
    case "any":
    case "atLeast": {
      const of = rule.of.map((part, i) => explainNode(part, `${path}.of[${i}]`, subject));
      const held = of.filter((part) => part.held).length;
      if (rule.op === "atLeast")
        return { path, op: rule.op, held: held >= rule.count, count: rule.count, of };
      return { path, op: rule.op, held: rule.op === "all" ? held === of.length : held > 0, of };
    }
    case "not": {
      const part = explainNode(rule.of, `${path}.of`, subject);
      return { path, op: rule.op, held: !part.held, of: [part] };
    }
    case "segment": {
      const held = subject.explained.get(rule.segment)?.held === true;
      return { path, op: rule.op, held, segment: rule.segment };
    }
    default:
      return isEventRule(rule) ? explainEvents(rule, path, subject) : explainField(rule, path, subject);
  }
}

const NOTHING = new Float64Array(0);

function explainField(
  rule: Exclude<SegmentRule, EventRule | { op: "segment" }>,
  path: string,
  { context, record }: Subject,
): RuleExplanation {
  const held = compileTest(rule, context)(record as FieldRecord, NOTHING, 0);
  const found = "field" in rule && rule.field !== undefined ? rule.field : null;
  const actual = found === null ? {} : { field: found, actual: actualValue(rule, found, record, context) };
  if (isFieldRule(rule)) {
    return { path, op: rule.op, held, ...actual, required: fieldRequirement(rule, context) };
  }
  const { name, value } = rule as Extract<SegmentRule, { op: "custom" }>;
  const required: RuleRequirement = { op: "custom", ...(value !== undefined && { value }) };
  return { path, op: rule.op, held, name, ...actual, required };
}

function explainEvents(rule: EventRule, path: string, { context, events }: Subject): RuleExplanation {
  assertArgument(
    typeof events === "object" && events !== null,
    "events",
    () => `events is ${shown(events)}, and the rule asks about events: pass them by kind, {} for none`,
  );
  const leaf = eventLeaf(rule, context.events, context.clock, (where, fields) => {
    const test = compileTest(where, { ...context, fields, trusted: false });
    return (event) => test(event, NOTHING, 0);
  });
  const measured = leaf.measure(events);
  const found = Number.isNaN(measured) ? null : measured;
  return {
    path,
    op: rule.op,
    held: leaf.holds(measured),
    ...(rule.op !== "sequence" && { events: rule.of }),
    ...("field" in rule && { field: rule.field }),
    actual: rule.op === "sequence" ? measured === 1 : found,
    ...eventRequirement(rule, context.clock),
  };
}
