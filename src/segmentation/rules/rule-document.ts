import { assertKnownKeys } from "./known-keys.js";
import { shapedRule } from "./readable-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import type { RuleLimits } from "./rule-limits.js";
import { ruleError } from "./rule-problem.js";
import { RULE_VERSION } from "./rule-version.js";

/**
 * What is to be stored of a rule, so that later releases can read it?
 *
 * The rule with the version of the language in which it is written. Its shape is checked, not its fields: that is for
 * {@link parseRule}, when it comes in.
 *
 * @param rule - A rule, or a document of the present version, which comes out equal.
 * @param options - `limits`: how large it may be, where it is larger than the default.
 * @returns Plain JSON for one column of a database; a copy.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is no rule, is too large, or is of another version: then
 * {@link migrateRule} makes the document.
 * @example
 * ```ts
 * import { parseRule, ruleBuilder, ruleDocument, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: "number" });
 * const stored = ruleDocument(ruleBuilder(fields).field("age").gte(60));
 * stored; // => { version: 1, rule: { op: "gte", field: "age", value: 60 } }
 * parseRule(JSON.parse(JSON.stringify(stored)), { fields }); // => { op: "gte", field: "age", value: 60 }
 * ```
 */
export function ruleDocument(
  rule: SegmentRule | RuleDocument,
  options: { readonly limits?: RuleLimits } = {},
): RuleDocument {
  assertKnownKeys(options, "options", ["limits"]);
  const outcome = shapedRule(rule, options.limits);
  if (outcome.rule === null) throw ruleError(outcome.problems);
  return { version: RULE_VERSION, rule: outcome.rule };
}
