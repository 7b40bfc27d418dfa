import { assertArgument, shown } from "../../core/assert.js";
import { brokenRule, recordProblems } from "../../model/record-problems.js";
import { ruleSchema } from "../schema.js";
import { vocabularyProblems } from "./check-rule.js";
import { type ParseRuleOptions, type RuleOutcome, shapedRule } from "./readable-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { plainCopy } from "./rule-limits.js";
import { assertRuleOptions } from "./rule-options.js";
import { type RuleProblem, ruleError } from "./rule-problem.js";
import { isRuleVersion, presentVersion, RULE_VERSION } from "./rule-version.js";

/**
 * Is this a rule that may be used, and what does it say?
 *
 * For what comes from a database, a form or a stranger: size and depth are looked at first, then the shape, then whether
 * each field exists, takes the operator and is compared with a value of its type. Nothing is repaired or left out.
 *
 * @param input - A {@link SegmentRule}, or a {@link RuleDocument} of the present version: see {@link migrateRule} for others.
 * @param options - The `fields` of which it may speak, the `segments` to which it may refer (their names, or the rules by
 * name), `operators` of your own, and `limits`. An option that no function on rules knows is an error.
 * @returns The rule, equal to what came in; not the same object.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` with the path of the first bad place, and up to 20 of them in the message.
 * @example
 * ```ts
 * import { parseRule, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: ["free", "pro"], age: "number" });
 * const adults = parseRule({ op: "gte", field: "age", value: 18 }, { fields });
 * adults; // => { op: "gte", field: "age", value: 18 }
 * parseRule({ op: "gte", field: "plan", value: "pro" }, { fields }); // throws INVALID_ARGUMENT
 * parseRule({ op: "eq", field: "plan", value: "gold" }, { fields }); // throws INVALID_ARGUMENT
 * ```
 */
export function parseRule(input: unknown, options: ParseRuleOptions): SegmentRule {
  const outcome = readRule(input, options);
  if (outcome.rule === null) throw ruleError(outcome.problems);
  return outcome.rule;
}

/**
 * What is wrong with a rule, place by place?
 *
 * The same checks as {@link parseRule}, for a form that shows each fault where it is instead of stopping at the first.
 *
 * @param input - A rule as it came in.
 * @param options - As for {@link parseRule}.
 * @returns The problems, up to 100, that the first failing check finds (size, then shape, then fields); none when the rule is
 * good.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the options are unusable, never because of the rule.
 * @example
 * ```ts
 * import { ruleFields, ruleProblems } from "clientele";
 *
 * const fields = ruleFields({ plan: ["free", "pro"], age: "number" });
 * const edited = { op: "all", of: [{ op: "gte", field: "aeg", value: 18 }, { op: "eq", field: "plan", value: "gold" }] };
 * ruleProblems(edited, { fields }).map(({ path }) => path); // => ["rule.of[0].field", "rule.of[1].value"]
 * ```
 */
export function ruleProblems(input: unknown, options: ParseRuleOptions): RuleProblem[] {
  return [...readRule(input, options).problems];
}

/** How a stored rule is read. */
export interface MigrateRuleOptions extends ParseRuleOptions {
  /**
   * The version in which a tree that was stored without one is written; default the present one, as everywhere else. Of a
   * document that says its version it is no matter.
   */
  readonly from?: number;
}

/**
 * How is a rule that was stored long ago written today?
 *
 * Reads documents of every version up to the present one and checks the result as {@link parseRule} does. A tree without a
 * version is of the present one, here as for all functions, unless `from` says which one it is. There are two versions so
 * far, 0 and 1, and they say the same.
 *
 * @param stored - A rule, or a document `{ version, rule }`, as it came from the database.
 * @param options - As for {@link parseRule}; `from` for trees that were stored without their version.
 * @returns The rule in the present version, ready to be stored.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link parseRule}, and for a version that this release does not know.
 * @example
 * ```ts
 * import { migrateRule, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: "number" });
 * const rule = { op: "gte", field: "age", value: 18 };
 * migrateRule({ version: 0, rule }, { fields }); // => { version: 1, rule: { op: "gte", field: "age", value: 18 } }
 * migrateRule(rule, { fields, from: 0 }).version; // => 1
 * migrateRule({ version: 2, rule }, { fields }); // throws INVALID_ARGUMENT
 * ```
 */
export function migrateRule(stored: unknown, options: MigrateRuleOptions): RuleDocument {
  const { from = RULE_VERSION, ...others } = options ?? {};
  assertRuleOptions(others);
  assertArgument(
    isRuleVersion(from),
    "options.from",
    () => `options.from is ${shown(from)}: pass a version of the rule language, 0 to ${RULE_VERSION}`,
  );
  const { value, problem } = plainCopy(stored, others.limits);
  if (problem) throw ruleError([problem]);
  const present = presentVersion(value, from);
  if (present.problem) throw ruleError([present.problem]);
  return { version: RULE_VERSION, rule: parseRule(present.rule, others) };
}

function readRule(input: unknown, options: ParseRuleOptions): RuleOutcome {
  assertRuleOptions(options);
  // zod collects every issue of a rule of which all is wrong, which can take seconds: the look at the shape, which ends
  // after 100 problems, comes first. What it lets through zod has the last word on, should the two ever differ.
  const shaped = shapedRule(input, options.limits);
  if (shaped.rule === null) return shaped;
  // Names that nobody knows need no zod, which copies the values of operators of one's own.
  const problems = vocabularyProblems(shaped.rule, options);
  if (problems.length > 0) return { rule: null, problems };
  const parsed = ruleSchema.safeParse(shaped.rule, { error: brokenRule });
  return parsed.success
    ? { rule: parsed.data, problems: [] }
    : { rule: null, problems: zodProblems(shaped.rule, parsed.error.issues) };
}

function zodProblems(rule: unknown, issues: Parameters<typeof recordProblems>[2]): RuleProblem[] {
  return recordProblems(0, rule, issues).map(({ field, reason, value }) => ({
    path: field === "" || field.startsWith("[") ? `rule${field}` : `rule.${field}`,
    reason,
    value,
  }));
}
