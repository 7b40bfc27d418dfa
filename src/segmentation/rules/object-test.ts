import type { CheckedRule } from "./checked-rule.js";
import { compileTest, type TestContext } from "./compile-test.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import type { EventLeaf } from "./event-leaf.js";
import type { RuleClock } from "./rule-clock.js";
import type { RuleTest } from "./rule-test.js";
import { segmentTests } from "./segment-tests.js";

/** The test of a rule over records, and the conditions on events whose numbers it asks for, in the order of `measures`. @internal */
export interface ObjectTest {
  readonly test: RuleTest;
  readonly leaves: readonly EventLeaf[];
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
    compile: (tree, known) => compileTest(tree, contextOf(known)),
    remembered: (test) => rememberedTest(test, turn),
  });
  const test = compileTest(rule, contextOf(segments));
  return { test: remembers ? inTurn(test, ahead, turn) : test, leaves };
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
