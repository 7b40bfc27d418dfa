import { type ParseRuleOptions, usableRule } from "./readable-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { assertRuleOptions, assertSegmentRules } from "./rule-options.js";
import { segmentOrder, segmentsIn } from "./segment-order.js";

/** A rule and the segments that it reaches, each fit to be compiled, and none of them the caller's own object. @internal */
export interface CheckedRule {
  readonly rule: SegmentRule;
  /** By name, each after those to which it refers. */
  readonly segments: ReadonlyMap<string, SegmentRule>;
}

/** Against what a rule is held that is to be compiled: its segments are there to be asked. @internal */
export interface CheckedRuleOptions extends ParseRuleOptions {
  readonly segments?: Readonly<Record<string, SegmentRule | RuleDocument>>;
}

/** Holds a rule and its segments against the limits, the shape of rules and the fields. @internal */
export function checkedRule(rule: SegmentRule | RuleDocument, options: CheckedRuleOptions): CheckedRule {
  assertRuleOptions(options);
  const { segments = {} } = options;
  assertSegmentRules(segments);
  const known = { ...options, segments };
  const checked = usableRule(rule, known);
  const trees = new Map<string, SegmentRule>();
  // Which of them are documents does not matter there: the rules come from here.
  const named = segments as Readonly<Record<string, SegmentRule>>;
  const order = segmentOrder(named, segmentsIn(checked), (name) => {
    const tree = usableRule(segments[name], known, `segments.${name}`);
    trees.set(name, tree);
    return tree;
  });
  return { rule: checked, segments: new Map(order.map((name) => [name, trees.get(name) as SegmentRule])) };
}
