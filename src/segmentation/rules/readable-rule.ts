import { vocabularyProblems } from "./check-rule.js";
import { shapeProblems } from "./check-shape.js";
import type { SegmentRule } from "./rule.js";
import { plainCopy, type RuleLimits } from "./rule-limits.js";
import { assertRuleOptions, type RuleVocabulary } from "./rule-options.js";
import { type RuleProblem, ruleError } from "./rule-problem.js";
import { presentTree } from "./rule-version.js";
import { segmentsIn } from "./segment-order.js";

/**
 * Against what a rule from elsewhere is held.
 *
 * Where a rule is only read, into words or another language, it may name any segment as long as `segments` is left out.
 */
export interface ParseRuleOptions extends RuleVocabulary {
  /** How large the rule may be. */
  readonly limits?: RuleLimits;
}

/** What came of reading a rule. @internal */
export type RuleOutcome =
  | { readonly rule: SegmentRule; readonly problems: readonly [] }
  | { readonly rule: null; readonly problems: readonly RuleProblem[] };

/**
 * A rule, or a stored document of one, checked as {@link parseRule} does, without zod. A copy.
 *
 * @internal
 */
export function readableRule(given: unknown, options: ParseRuleOptions): SegmentRule {
  assertRuleOptions(options);
  return usableRule(given, options);
}

/** The same, where the options are checked; segments that are not told may be any. @internal */
export function usableRule(given: unknown, options: ParseRuleOptions, path = "rule"): SegmentRule {
  const { rule, problems } = shapedRule(given, options.limits, path);
  if (rule === null) throw ruleError(problems);
  const { segments = segmentsIn(rule) } = options;
  const broken = vocabularyProblems(rule, { ...options, segments }, path);
  if (broken.length > 0) throw ruleError(broken);
  return rule;
}

/** A copy of what came in, if it is plain JSON within the limits, of the present version and of the shape of a rule. @internal */
export function shapedRule(given: unknown, limits: RuleLimits | undefined, path = "rule"): RuleOutcome {
  const { value, problem } = plainCopy(given, limits, path);
  if (problem) return { rule: null, problems: [problem] };
  const present = presentTree(value);
  if (present.problem) return { rule: null, problems: [placed(present.problem, path)] };
  const broken = shapeProblems(present.rule, path);
  return broken.length > 0
    ? { rule: null, problems: broken }
    : { rule: present.rule as SegmentRule, problems: [] };
}

/** What is wrong with the document of a rule; that of a segment is named before it. */
function placed(problem: RuleProblem, path: string): RuleProblem {
  return path === "rule" ? problem : { ...problem, path: `${path}.${problem.path}` };
}

/** What is wrong with a rule that was put together here, from what came from elsewhere. @internal */
export function madeRuleProblems(made: SegmentRule, options: ParseRuleOptions): readonly RuleProblem[] {
  const { rule, problems } = shapedRule(made, options.limits);
  return rule === null ? problems : vocabularyProblems(rule, options);
}
