import type { CheckedRule } from "./checked-rule.js";
import { compileTest, type TestContext } from "./compile-test.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import { addFields } from "./event-columns.js";
import type { EventLeaf } from "./event-leaf.js";
import { inheritsNone } from "./field-reader.js";
import type { SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type { RuleTest } from "./rule-test.js";
import { segmentTests } from "./segment-tests.js";

/** The test of a rule over records, and the conditions on events whose numbers it asks for, in the order of `measures`. @internal */
export interface ObjectTest {
  readonly test: RuleTest;
  readonly leaves: readonly EventLeaf[];
  /** The names that it reads at the top of a record as if nothing could inherit them; none where it trusts no record. */
  readonly trustedNames: readonly string[];
}

/**
 * The test of a checked rule with its segments.
 *
 * @param trusted - Whether the records are known to be plain objects, which are read faster.
 * @internal
 */
export function objectTest(
  { rule, segments: trees }: CheckedRule,
  { fields, operators = {} }: CompileRuleOptions,
  clock: RuleClock,
  trusted: boolean,
): ObjectTest {
  const leaves: EventLeaf[] = [];
  const slots = new Map<string, number>();
  const contextOf = (segments: ReadonlyMap<string, RuleTest>): TestContext => ({
    fields: fields.fields,
    events: fields,
    clock,
    operators,
    trusted,
    leaves,
    slots,
    segments,
  });
  const turn: Turn = { now: 0, last: 0 };
  const { segments, ahead, remembers } = segmentTests<RuleTest>(rule, trees, {
    compile: (tree, known, name) => compileTest(tree, contextOf(known), `segments.${name}`),
    remembered: (test) => rememberedTest(test, turn),
  });
  const test = compileTest(rule, contextOf(segments));
  return {
    test: remembers ? inTurn(test, ahead, turn) : test,
    leaves,
    trustedNames: trusted ? namesTrusted([rule, ...trees.values()]) : [],
  };
}

/** The names that tests of plain records read at the top of these as if nothing could inherit them. @internal */
export function namesTrusted(rules: Iterable<SegmentRule>): readonly string[] {
  const names = new Set<string>();
  for (const rule of rules) addFields(rule, names);
  // What plain objects inherit when a rule is compiled is read with care from the start.
  return [...names].filter((name) => !name.includes(".") && inheritsNone([name]));
}

/** Which customer is asked about: a new number for each. */
interface Turn {
  now: number;
  last: number;
}

function rememberedTest(test: RuleTest, turn: Turn): RuleTest {
  let answered = 0;
  let answer = false;
  return (record, measures, base) => {
    if (answered !== turn.now) {
      answer = test(record, measures, base);
      answered = turn.now;
    }
    return answer;
  };
}

function inTurn(test: RuleTest, ahead: readonly RuleTest[], turn: Turn): RuleTest {
  return (record, measures, base) => {
    // An operator of the caller's may ask the same rule about another customer in between.
    const before = turn.now;
    turn.now = ++turn.last;
    try {
      for (const segment of ahead) segment(record, measures, base);
      return test(record, measures, base);
    } finally {
      turn.now = before;
    }
  };
}
