import type { Instant } from "../../core/instant.js";
import { checkedRule } from "./checked-rule.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { ruleClock } from "./rule-clock.js";
import { ruleExplainer } from "./rule-explainer.js";
import type { CustomerFacts, ExplainedNode, RuleExplanation } from "./rule-explanation.js";
import { flipFinder } from "./smallest-flip.js";

/** A customer at one time: the fields, as they were, and what had been done. */
export interface RuleSituation extends CustomerFacts {
  /** What happened at it or later is not known. */
  readonly asOf: Instant;
}

/** A leaf of a rule that answers otherwise than before. */
export interface LeafChange {
  /** Where it stands: `"rule.of[1]"`, `"segments.loyal.of[0]"`. */
  readonly path: string;
  /** What it came to before. */
  readonly before: ExplainedNode;
  /** What it comes to now. */
  readonly after: ExplainedNode;
}

/** Why a rule holds now and did not before, or the other way round. */
export interface RuleChange {
  /** The rule, explained as it was. */
  readonly before: RuleExplanation;
  /** The rule, explained as it is. */
  readonly after: RuleExplanation;
  /** The leaves that answer otherwise than before, in order of the rule; those of a segment where it is first referred to. */
  readonly changes: readonly LeafChange[];
  /**
   * The fewest of these leaves without whose change the result would be what it was, as paths: those by which the customer
   * entered or left. Leaves, and mentions of a segment, are taken as independent of each other. None where the result is
   * the same.
   */
  readonly decisive: readonly string[];
}

/**
 * By which condition did this customer enter the segment, or leave it?
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param before - The customer as of one instant.
 * @param after - The customer as of another.
 * @param options - As for {@link compileRule}, but for `asOf`.
 * @returns The rule explained both times, the leaves that changed, and which of them were decisive.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link explainRule}.
 * @example
 * ```ts
 * import { ruleBuilder, ruleChange, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { visits: {} });
 * const { all, field, events } = ruleBuilder(fields);
 * const rule = all(field("plan").eq("pro"), events("visits").within({ last: { days: 30 } }).did());
 * const customer = { record: { plan: "pro" }, events: { visits: [{ at: "2024-06-20" }] } };
 * const before = { ...customer, asOf: "2024-07-01" };
 * const why = ruleChange(rule, before, { ...customer, asOf: "2024-08-01" }, { fields });
 * why.decisive; // => ["rule.of[1]"]
 * why.changes.map(({ before, after }) => [before.actual, after.actual]); // => [[1, 0]]
 * ```
 */
export function ruleChange(
  rule: SegmentRule | RuleDocument,
  before: RuleSituation,
  after: RuleSituation,
  options: Omit<CompileRuleOptions, "asOf">,
): RuleChange {
  const { rule: checked, segments } = checkedRule(rule, options as CompileRuleOptions);
  const { fields, operators = {} } = options;
  const explain = (situation: RuleSituation): RuleExplanation => {
    const clock = ruleClock({ ...options, asOf: situation?.asOf });
    return ruleExplainer(checked, "rule", segments, { fields, operators, clock })(situation);
  };
  return changeBetween(explain(before), explain(after), segments.keys());
}

/**
 * What changed between two explanations of one rule.
 *
 * @param order - The segments that it reaches, each after those to which it refers.
 * @internal
 */
export function changeBetween(
  before: RuleExplanation,
  after: RuleExplanation,
  order: Iterable<string>,
): RuleChange {
  const changes = leafChanges(before, after);
  if (before.held === after.held) return { before, after, changes, decisive: [] };
  const changed = new Set(changes.map(({ path }) => path));
  const flips = flipFinder((path) => changed.has(path));
  for (const name of order) flips.flipOfSegment(name, after.segments[name].tree);
  return { before, after, changes, decisive: flips.flipOf(after.tree) ?? [] };
}

function leafChanges(before: RuleExplanation, after: RuleExplanation): LeafChange[] {
  const changes: LeafChange[] = [];
  const seen = new Set<string>();
  // By a list of its own: segments may refer to each other in chains of many thousands.
  const pending: [was: ExplainedNode, is: ExplainedNode][] = [[before.tree, after.tree]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [was, is] = next;
    const { segment } = is;
    if (segment !== undefined) {
      if (!seen.has(segment)) pending.push([before.segments[segment].tree, after.segments[segment].tree]);
      seen.add(segment);
    } else if (is.of !== undefined && was.of !== undefined) {
      for (let i = is.of.length - 1; i >= 0; i--) pending.push([was.of[i], is.of[i]]);
    } else if (was.held !== is.held) {
      changes.push({ path: is.path, before: was, after: is });
    }
  }
  return changes;
}
