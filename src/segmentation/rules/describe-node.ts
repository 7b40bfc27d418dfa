import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { type DescribeRuleOptions, speakerOf } from "./describe-rule.js";
import { ruleWords, type Speaker, stepWords } from "./describe-words.js";
import { readableRule } from "./readable-rule.js";
import type { RuleDocument, RuleStep, SegmentRule } from "./rule.js";
import { assertSegmentRules, segmentLookup } from "./rule-options.js";

/**
 * What does one node of a rule say, in words?
 *
 * For the paths in which explanations and migrations speak: `"rule.of[1].of[0]"`, `"segments.loyal.of[1]"`, and of a
 * sequence `"rule.steps[1]"` and `"rule.notFollowedBy"`. Conditions of events are found too: `"rule.where"`.
 *
 * @param rule - The rule, or a stored {@link RuleDocument}, of which the path is.
 * @param path - Where the node stands, as a {@link RuleExplanation}, a {@link RuleChange} or {@link MigrationReasons} gives it.
 * @param options - As for {@link describeRule}; the `segments` as rules by name, where the path leads into one.
 * @returns Its words: for a rule a clause, for a step of a sequence what has to happen.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link describeRule}, and when there is no such node.
 * @example
 * ```ts
 * import { describeNode, explainRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: "number", plan: ["free", "pro"] });
 * const { all, field } = ruleBuilder(fields);
 * const rule = all(field("plan").eq("pro"), field("age").gte(60));
 * const why = explainRule(rule, { record: { plan: "pro", age: 41 } }, { fields, asOf: "2024-07-01" });
 * why.flip?.map((path) => describeNode(rule, path, { fields })); // => ["age is at least 60"]
 * ```
 */
export function describeNode(
  rule: SegmentRule | RuleDocument,
  path: string,
  options: DescribeRuleOptions,
): string {
  const checked = readableRule(rule, options);
  assertArgument(typeof path === "string", "path", () => `path is ${shown(path)}: pass the path of a node`);
  const [root, rest] = rootOf(checked, path, options);
  let at: Place = { node: root, isStep: false, kind: null };
  for (const step of rest.split(".").slice(1)) at = below(at, step) ?? noNode(path);
  const speaker: Speaker = { ...speakerOf(options), kind: at.kind };
  return at.isStep ? stepWords(at.node, speaker) : ruleWords(at.node, speaker);
}

/** A node, and the kind of event of which it speaks; `null`: the record. */
type Place =
  | { readonly isStep: false; readonly node: SegmentRule; readonly kind: string | null }
  | { readonly isStep: true; readonly node: RuleStep; readonly kind: null };

/** The tree in which a path begins, and the rest of the path; the name of a segment may hold dots. */
function rootOf(
  rule: SegmentRule,
  path: string,
  options: DescribeRuleOptions,
): readonly [root: SegmentRule, rest: string] {
  if (path === "rule" || path.startsWith("rule.")) return [rule, path.slice("rule".length)];
  if (!path.startsWith("segments.")) return noNode(path);
  const { segments } = options;
  assertSegmentRules(segments);
  const hasSegment = segmentLookup(segments as Readonly<Record<string, SegmentRule>>);
  const ends = [path.length, ...[...path.matchAll(/\./g)].map(({ index }) => index).reverse()];
  for (const end of ends) {
    const name = path.slice("segments.".length, end);
    if (!hasSegment(name)) continue;
    const tree = (segments as Readonly<Record<string, SegmentRule | RuleDocument>>)[name];
    return [readableRule(tree, options), path.slice(end)];
  }
  return noNode(path);
}

/** What stands one step further down; `null` where nothing does. */
function below({ node, isStep, kind }: Place, step: string): Place | null {
  const [, key = "", place = null] = /^([a-zA-Z]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
  const value = (node as unknown as Readonly<Record<string, unknown>>)[key];
  const found = (place === null ? value : Array.isArray(value) ? value[Number(place)] : undefined) as unknown;
  if (typeof found !== "object" || found === null || Array.isArray(found)) return null;
  if (key === "of") return { node: found as SegmentRule, isStep: false, kind };
  if (key === "where")
    return { node: found as SegmentRule, isStep: false, kind: (node as { readonly of: string }).of };
  const isStepKey = !isStep && (key === "steps" || key === "notFollowedBy");
  return isStepKey ? { node: found as RuleStep, isStep: true, kind: null } : null;
}

function noNode(path: string): never {
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "path",
    `path is ${shown(path)}, where no node of the rule stands: pass one that an explanation gives`,
  );
}
