import { assertArgument, shown } from "../../core/assert.js";
import { vocabularyProblems } from "./check-rule.js";
import { shapeProblems } from "./check-shape.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { plainCopy } from "./rule-limits.js";
import { ruleError } from "./rule-problem.js";
import { presentVersion } from "./rule-version.js";
import { segmentOrder, segmentsIn } from "./segment-order.js";

/** A rule and the segments that it reaches, each fit to be compiled, and none of them the caller's own object. @internal */
export interface CheckedRule {
  readonly rule: SegmentRule;
  /** By name, each after those to which it refers. */
  readonly segments: ReadonlyMap<string, SegmentRule>;
}

/** Holds a rule and its segments against the limits, the shape of rules and the fields. @internal */
export function checkedRule(rule: SegmentRule | RuleDocument, options: CompileRuleOptions): CheckedRule {
  assertArgument(
    typeof options?.fields?.fields === "object" && typeof options.fields.events === "object",
    "options.fields",
    () => `options.fields is ${shown(options?.fields)}: pass the result of ruleFields()`,
  );
  const { segments = {} } = options;
  assertArgument(
    typeof segments === "object" && segments !== null,
    "options.segments",
    () => `options.segments is ${shown(segments)}: pass an object of rules by name`,
  );
  const checked = checkedTree(rule, options, "rule");
  const trees = new Map<string, SegmentRule>();
  const order = segmentOrder(segments, segmentsIn(checked), (name) => {
    const tree = checkedTree(segments[name], options, `segments.${name}`);
    trees.set(name, tree);
    return tree;
  });
  return { rule: checked, segments: new Map(order.map((name) => [name, trees.get(name) as SegmentRule])) };
}

function checkedTree(given: unknown, options: CompileRuleOptions, path: string): SegmentRule {
  const copy = plainCopy(given, options.limits, path);
  if (copy.problem) throw ruleError([copy.problem]);
  const present = presentVersion(copy.value);
  if (present.problem) throw ruleError([present.problem]);
  const broken = shapeProblems(present.rule, path);
  if (broken.length > 0) throw ruleError(broken);
  const rule = present.rule as SegmentRule;
  const { fields, segments = {}, operators } = options;
  // Only the names that it mentions: handing on all of them would make a set of many segments quadratic.
  const known = segmentsIn(rule).filter((name) => Object.hasOwn(segments, name));
  const problems = vocabularyProblems(rule, { fields, segments: known, operators }, path);
  if (problems.length > 0) throw ruleError(problems);
  return rule;
}
