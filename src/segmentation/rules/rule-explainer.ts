import { assertArgument, shown } from "../../core/assert.js";
import { compileTest, measuredKey, type TestContext } from "./compile-test.js";
import type { CustomOperators } from "./custom-operator.js";
import { type EventLeaf, eventLeaf, leafTest } from "./event-leaf.js";
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
import { pickedInstants } from "./sequence-plan.js";
import { flipFinder } from "./smallest-flip.js";

/** With what checked rules are explained. @internal */
export interface ExplainerContext {
  readonly fields: RuleFields;
  readonly operators: CustomOperators;
  readonly clock: RuleClock;
}

/** The same with what the tests of all conditions are compiled with, made once: rules may have thousands of them. */
interface NodeContext extends ExplainerContext {
  readonly ofRecord: TestContext;
  /** What is measured of events, each once, by what it is. */
  readonly measured: Map<string, Measured>;
}

/** Something that is measured of events. */
interface Measured {
  readonly leaf: EventLeaf;
  /** Its place among all that is. */
  readonly place: number;
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
  const known: NodeContext = { ...context, ofRecord: testContext(context), measured: new Map() };
  const explain = nodeExplainer(rule, path, known);
  const segments = Array.from(
    reached,
    ([name, tree]) => [name, nodeExplainer(tree, `segments.${name}`, known)] as const,
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
  /** The numbers that were measured so far, by place. */
  readonly numbers: number[];
  /** The instants that steps of sequences picked so far, by what they pick. */
  readonly picked: Map<string, Float64Array>;
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
    numbers: [],
    picked: new Map(),
  };
}

function nodeExplainer(rule: SegmentRule, path: string, context: NodeContext): NodeExplainer {
  switch (rule.op) {
    case "all":
    case "any":
    case "atLeast": {
      const parts = rule.of.map((part, i) => nodeExplainer(part, `${path}.of[${i}]`, context));
      return (subject) => {
        const of = parts.map((part) => part(subject));
        let held = 0;
        for (let i = 0; i < of.length; i++) if (of[i].held) held++;
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
  { ofRecord: context }: NodeContext,
): NodeExplainer {
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

function eventExplainer(rule: EventRule, path: string, context: NodeContext): NodeExplainer {
  const required = eventRequirement(rule, context.clock);
  if (rule.op === "sequence") return sequenceExplainer(rule, path, required, context);
  const { op } = rule;
  const { leaf, place } = measuredOf(rule, context);
  const holds = leafTest(rule, context.clock);
  const asked = { events: rule.of, ...("field" in rule && { field: rule.field }) };
  return ({ events, numbers }) => {
    numbers[place] ??= leaf.measureRead(givenEvents(events));
    const number = numbers[place];
    return { path, op, held: holds(number), ...asked, actual: plainNumber(number), ...required };
  };
}

function measuredOf(rule: EventRule, context: NodeContext): Measured {
  const { measured } = context;
  const key = measuredKey(rule);
  const known = measured.get(key) ?? { leaf: leafOf(rule, context), place: measured.size };
  measured.set(key, known);
  return known;
}

function leafOf(rule: EventRule, context: NodeContext): EventLeaf {
  return eventLeaf(rule, context.fields, context.clock, (where, fields) => {
    const test = compileTest(where, { ...context.ofRecord, fields });
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

/** How far a sequence comes: what would do for each step, and whether the steps up to it can follow each other. */
function sequenceExplainer(
  { op, steps, ...rule }: Extract<EventRule, { op: "sequence" }>,
  path: string,
  required: ReturnType<typeof eventRequirement>,
  context: NodeContext,
): NodeExplainer {
  const { sequence } = leafOf({ op, steps, ...rule }, context);
  if (sequence === null) throw new TypeError("no sequence");
  const { picks, stepsOf, ending, reached } = sequence;
  const pickOf: number[] = [];
  stepsOf.forEach((own, pick) => {
    for (const step of own) pickOf[step] = pick;
  });
  const all = [...steps, ...(rule.notFollowedBy ? [rule.notFollowedBy] : [])];
  const paths = all.map((_, i) => (i < steps.length ? `${path}.steps[${i}]` : `${path}.notFollowedBy`));
  return ({ events, picked: known }) => {
    const read = givenEvents(events);
    const picked = picks.map(({ key, of, counts }) => {
      const instants = known.get(key) ?? pickedInstants(read.of(of), counts);
      known.set(key, instants);
      return instants;
    });
    const held = !Number.isNaN(ending(picked));
    const following = held ? all.length : reached(picked);
    const explained = all.map(
      ({ of }, i): ExplainedStep => ({
        path: paths[i],
        events: of,
        found: picked[pickOf[i]].length,
        held: i < following,
      }),
    );
    return { path, op, held, actual: held, ...required, steps: explained };
  };
}
