import { assertArgument, shown } from "../../core/assert.js";
import { fieldProblems, type RuleVocabulary, vocabularyProblems } from "./check-rule.js";
import { shapeProblems } from "./check-shape.js";
import type { SegmentRule } from "./rule.js";
import { plainCopy, type RuleLimits } from "./rule-limits.js";
import { type RuleProblem, ruleError } from "./rule-problem.js";
import { presentVersion } from "./rule-version.js";
import { segmentsIn } from "./segment-order.js";

/** Of what a rule may speak that is only read, into words or another language: not told otherwise, it may name any segment. */
export interface ReadableRuleOptions extends RuleVocabulary {
  /** How large the rule may be. */
  readonly limits?: RuleLimits;
}

/**
 * A rule, or a stored document of one, checked as {@link parseRule} does, without zod. A copy.
 *
 * @internal
 */
export function readableRule(rule: unknown, options: ReadableRuleOptions): SegmentRule {
  assertRuleFields(options?.fields);
  const { value, problem } = plainCopy(rule, options.limits);
  if (problem) throw ruleError([problem]);
  const present = presentVersion(value);
  if (present.problem) throw ruleError([present.problem]);
  const broken = shapeProblems(present.rule);
  if (broken.length > 0) throw ruleError(broken);
  const tree = present.rule as SegmentRule;
  const { fields, operators, segments = segmentsIn(tree) } = options;
  const problems = vocabularyProblems(tree, { fields, operators, segments });
  if (problems.length > 0) throw ruleError(problems);
  return tree;
}

/** What is wrong with a rule that was put together from outside. @internal */
export function madeRuleProblems(rule: unknown, options: ReadableRuleOptions): RuleProblem[] {
  const { fields, operators, segments } = options;
  return fieldProblems(rule, { fields, operators, segments });
}

/** Throws unless there are fields of which a rule may speak. @internal */
export function assertRuleFields(fields: unknown): void {
  const given = fields as { readonly fields?: unknown; readonly events?: unknown } | null | undefined;
  assertArgument(
    isObject(given?.fields) && isObject(given?.events),
    "options.fields",
    () => `options.fields is ${shown(fields)}: pass the result of ruleFields()`,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
