import { assertArgument, shown } from "../../core/assert.js";
import { compileTest, type TestContext } from "./compile-test.js";
import type { CustomOperators } from "./custom-operator.js";
import { type EventLeaf, eventLeaf } from "./event-leaf.js";
import { actualValue, eventRequirement, fieldRequirement, plainNumber } from "./explained-leaf.js";
import type { FieldRecord } from "./field-reader.js";
import { type ReadEvents, readEvents } from "./read-events.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type {
  CustomerFacts,
  ExplainedNode,
  ExplainedStep,
  ExplainedTree,
  RuleExplanation,
} from "./rule-explanation.js";
import type { RuleFields } from "./rule-fields.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";
import { flipFinder } from "./smallest-flip.js";

/** With what checked rules are explained. @internal */
export interface ExplainerContext {
  readonly fields: RuleFields;
  readonly operators: CustomOperators;
  readonly clock: RuleClock;
}

/** Explains a rule for one customer after the other. @internal */
export type RuleExplainer = (customer: CustomerFacts) => RuleExplanation;

/**
 * Makes a checked rule ready to be explained.
 *
 * @param path - Where its tree stands.
 * @param reached - The segments that it reaches, each after those to which it refers.
 * @internal
 */
export function ruleExplainer(
  rule: SegmentRule,
  path: string,
  reached: ReadonlyMap<string, SegmentRule>,
  context: ExplainerContext,
): RuleExplainer {
  const { clock, fields } = context;
  const explain = nodeExplainer(rule, path, context);
  const segments = Array.from(
    reached,
    ([name, tree]) => [name, nodeExplainer(tree, `segments.${name}`, context)] as const,
  );
  return (customer) => {
    const subject = subjectOf(customer, fields, clock);
    const flips = flipFinder();
    const explained = segments.map(([name, explainSegment]): [string, ExplainedTree] => {
      const tree = explainSegment(subject);
      subject.held.set(name, tree.held);
      return [name, { held: tree.held, tree, flip: flips.flipOfSegment(name, tree) }];
    });
    const tree = explain(subject);
    return {
      held: tree.held,
      tree,
      flip: flips.flipOf(tree),
      segments: Object.fromEntries(explained),
      asOf: clock.asOf,
      timeZone: clock.timeZone,
    };
  };
}

/** The customer at hand. */
interface Subject {
  readonly record: FieldRecord;
  /** `null` where none were given. */
  readonly events: ReadEvents | null;
  /** The segments so far. */
  readonly held: Map<string, boolean>;
}

type NodeExplainer = (subject: Subject) => ExplainedNode;

function subjectOf(customer: CustomerFacts, fields: RuleFields, { timeZone }: RuleClock): Subject {
  const { record, events } = (customer ?? {}) as Partial<CustomerFacts>;
  assertArgument(
    typeof record === "object" && record !== null,
    "customer.record",
    () =>
      `customer.record is ${shown(record)}: pass { record, events } with the customer's fields as an object`,
  );
  assertArgument(
    events === undefined || (typeof events === "object" && events !== null),
    "customer.events",
    () => `customer.events is ${shown(events)}: pass events by kind, {} for none`,
  );
  return {
    record: record as FieldRecord,
    events: events ? readEvents(events, fields, timeZone, () => "customer.events") : null,
    held: new Map(),
  };
}

function nodeExplainer(rule: SegmentRule, path: string, context: ExplainerContext): NodeExplainer {
  switch (rule.op) {
    case "all":
    case "any":
    case "atLeast": {
      const parts = rule.of.map((part, i) => nodeExplainer(part, `${path}.of[${i}]`, context));
      return (subject) => {
        const of = parts.map((part) => part(subject));
        const held = of.filter((part) => part.held).length;
        if (rule.op === "atLeast")
          return { path, op: rule.op, held: held >= rule.count, count: rule.count, of };
        return { path, op: rule.op, held: rule.op === "all" ? held === of.length : held > 0, of };
      };
    }
    case "not": {
      const explain = nodeExplainer(rule.of, `${path}.of`, context);
      return (subject) => {
        const part = explain(subject);
        return { path, op: rule.op, held: !part.held, of: [part] };
      };
    }
    case "segment": {
      const { op, segment } = rule;
      return ({ held }) => ({ path, op, held: held.get(segment) === true, segment });
    }
    default:
      return isEventRule(rule) ? eventExplainer(rule, path, context) : fieldExplainer(rule, path, context);
  }
}

const NOTHING = new Float64Array(0);

function testContext({ fields, operators, clock }: ExplainerContext): TestContext {
  return {
    fields: fields.fields,
    events: fields,
    clock,
    operators,
    trusted: false,
    leaves: [],
    slots: new Map(),
    segments: new Map(),
  };
}

function fieldExplainer(
  rule: Exclude<SegmentRule, EventRule | { op: "segment" }>,
  path: string,
  explainer: ExplainerContext,
): NodeExplainer {
  const context = testContext(explainer);
  const test = compileTest(rule, context);
  const field = "field" in rule ? (rule.field ?? null) : null;
  const found = (record: FieldRecord) =>
    field === null ? {} : { field, actual: actualValue(rule, field, record, context) };
  const { op } = rule;
  if (isFieldRule(rule)) {
    const required = fieldRequirement(rule, context);
    return ({ record }) => ({ path, op, held: test(record, NOTHING, 0), ...found(record), required });
  }
  const { name, value } = rule as Extract<SegmentRule, { op: "custom" }>;
  const required = { op: "custom" as const, ...(value !== undefined && { value }) };
  return ({ record }) => ({ path, op, held: test(record, NOTHING, 0), name, ...found(record), required });
}

function eventExplainer(rule: EventRule, path: string, context: ExplainerContext): NodeExplainer {
  const leaf = leafOf(rule, context);
  const required = eventRequirement(rule, context.clock);
  const { op } = rule;
  if (rule.op === "sequence") {
    const stepsOf = stepsExplainer(rule, path, context);
    return ({ events }) => {
      const read = givenEvents(events);
      const held = leaf.measureRead(read) === 1;
      return { path, op, held, actual: held, ...required, steps: stepsOf(read, held) };
    };
  }
  const asked = { events: rule.of, ...("field" in rule && { field: rule.field }) };
  return ({ events }) => {
    const measured = leaf.measureRead(givenEvents(events));
    return { path, op, held: leaf.holds(measured), ...asked, actual: plainNumber(measured), ...required };
  };
}

function leafOf(rule: EventRule, context: ExplainerContext): EventLeaf {
  return eventLeaf(rule, context.fields, context.clock, (where, fields) => {
    const test = compileTest(where, { ...testContext(context), fields });
    return (event) => test(event, NOTHING, 0);
  });
}

function givenEvents(events: ReadEvents | null): ReadEvents {
  assertArgument(
    events !== null,
    "customer.events",
    () => "customer.events is undefined, and the rule asks about events: pass them by kind, {} for none",
  );
  return events;
}

type Sequence = Extract<EventRule, { op: "sequence" }>;

/** How far a sequence comes: what would do for each step, and whether the steps up to it can follow each other. */
function stepsExplainer(
  { steps, window, notFollowedBy }: Sequence,
  path: string,
  context: ExplainerContext,
): (events: ReadEvents, held: boolean) => readonly ExplainedStep[] {
  const during = window && { window };
  const counter = ({ of, where }: Sequence["steps"][number], isWithin: boolean) =>
    leafOf(
      { op: "count", of, ...(where && { where }), ...(isWithin && during), is: { op: "gte", value: 0 } },
      context,
    );
  const counters = steps.map((step) => counter(step, true));
  const last = notFollowedBy && { of: notFollowedBy.of, counter: counter(notFollowedBy, false) };
  const follows = (events: ReadEvents, length: number): boolean =>
    leafOf({ op: "sequence", steps: steps.slice(0, length), ...during }, context).measureRead(events) === 1;
  return (events, held) => {
    const reached = held ? steps.length : mostThat(steps.length, (length) => follows(events, length));
    const explained = steps.map(({ of }, i) => ({
      path: `${path}.steps[${i}]`,
      events: of,
      found: counters[i].measureRead(events),
      held: i < reached,
    }));
    if (!last) return explained;
    const found = last.counter.measureRead(events);
    return [...explained, { path: `${path}.notFollowedBy`, events: last.of, found, held }];
  };
}

/** The greatest number up to a most for which something holds that holds for all that are less; 0 for none. */
function mostThat(most: number, holds: (number: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
