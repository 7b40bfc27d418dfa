import { checkedRule } from "./checked-rule.js";
import { compileTest, type TestContext } from "./compile-test.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import type { EventLeaf } from "./event-leaf.js";
import { type FieldRecord, inheritsNone, isPlainRecord } from "./field-reader.js";
import { namesTrusted } from "./object-test.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { type RuleClock, ruleClock } from "./rule-clock.js";
import type { RuleTest } from "./rule-test.js";

/** Many rules made ready to be asked together. @internal */
export interface CompiledSet {
  /** Names of the segments, each after those to which it refers: answers stand in this order. */
  readonly order: readonly string[];
  /** By name, checked and copied. */
  readonly rules: ReadonlyMap<string, SegmentRule>;
  /** The conditions on events of all rules, each measure once. */
  readonly leaves: readonly EventLeaf[];
  /** For each of them, the segments whose answer can change with its number, by their places in the order, ascending. */
  readonly dependents: readonly (readonly number[])[];
  readonly clock: RuleClock;
  readonly options: CompileRuleOptions;
  /** Asks some of the segments, ascending, about a customer; answers of the others stand there already. */
  readonly answer: (
    record: object,
    measures: Float64Array,
    base: number,
    answers: Uint8Array,
    places: readonly number[],
  ) => void;
}

/** Checks and compiles a set of rules. @internal */
export function compileSet(
  segments: Readonly<Record<string, SegmentRule | RuleDocument>>,
  options: CompileRuleOptions,
): CompiledSet {
  const clock = ruleClock(options);
  const rules = checkedSet(segments as Readonly<Record<string, SegmentRule>>, options);
  const order = [...rules.keys()];
  const places = new Map(order.map((name, place) => [name, place]));
  const leaves: EventLeaf[] = [];
  const slots = new Map<string, number>();
  const asked: Asked = { answers: NO_ANSWERS };

  const testsOf = (trusted: boolean, dependsOn?: Set<number>[]): RuleTest[] => {
    const references = new Map<string, RuleTest>();
    return order.map((name, place) => {
      const used = new Set<number>();
      const context: TestContext = {
        fields: options.fields.fields,
        events: options.fields,
        clock,
        operators: options.operators ?? {},
        trusted,
        leaves,
        slots: recorded(slots, used),
        segments: recordedReferences(references, places, used, dependsOn),
      };
      const test = compileTest(rules.get(name) as SegmentRule, context, `segments.${name}`);
      dependsOn?.push(used);
      references.set(name, () => asked.answers[place] === 1);
      return test;
    });
  };

  const dependsOn: Set<number>[] = [];
  const plain = testsOf(true, dependsOn);
  const trusted = namesTrusted(rules.values());
  let careful: RuleTest[] | null = null;
  const dependents: number[][] = leaves.map(() => []);
  dependsOn.forEach((used, place) => {
    for (const leaf of used) dependents[leaf].push(place);
  });
  return {
    order,
    rules,
    leaves,
    dependents,
    clock,
    options,
    answer: (record, measures, base, answers, wanted) => {
      let tests = plain;
      if (!isPlainRecord(record) || !inheritsNone(trusted)) {
        careful ??= testsOf(false);
        tests = careful;
      }
      // An operator of the caller's may ask the same set about another customer in between.
      const before = asked.answers;
      asked.answers = answers;
      try {
        for (let i = 0; i < wanted.length; i++) {
          const place = wanted[i];
          answers[place] = tests[place](record as FieldRecord, measures, base) ? 1 : 0;
        }
      } finally {
        asked.answers = before;
      }
    },
  };
}

interface Asked {
  answers: Uint8Array;
}

const NO_ANSWERS = new Uint8Array(0);

/** Every rule of the set with those to which it refers, each checked once. */
function checkedSet(
  segments: Readonly<Record<string, SegmentRule>>,
  options: CompileRuleOptions,
): ReadonlyMap<string, SegmentRule> {
  const rules = new Map<string, SegmentRule>();
  // What is checked already is stood in for by nothing, and so is not checked again with each rule that refers to it.
  const open: Record<string, SegmentRule> = Object.assign(Object.create(null), segments);
  for (const name of Object.keys(segments)) {
    if (rules.has(name)) continue;
    const found = checkedRule({ op: "segment", segment: name }, { ...options, segments: open }).segments;
    for (const [reached, rule] of found) {
      if (rules.has(reached)) continue;
      rules.set(reached, rule);
      open[reached] = { op: "all", of: [] };
    }
  }
  return rules;
}

/** The numbers of conditions, of which those that a rule asks for are noted. */
function recorded(slots: Map<string, number>, used: Set<number>): TestContext["slots"] {
  return {
    get: (key) => slots.get(key),
    set: (key, slot) => {
      used.add(slot);
      return slots.set(key, slot);
    },
  };
}

/** The tests of segments; a rule that refers to one asks for all that it asks for. */
function recordedReferences(
  references: ReadonlyMap<string, RuleTest>,
  places: ReadonlyMap<string, number>,
  used: Set<number>,
  dependsOn: readonly ReadonlySet<number>[] | undefined,
): TestContext["segments"] {
  return {
    get: (name) => {
      for (const slot of dependsOn?.[places.get(name) ?? -1] ?? []) used.add(slot);
      return references.get(name);
    },
  };
}
