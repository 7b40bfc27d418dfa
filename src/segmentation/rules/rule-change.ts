import type { Instant } from "../../core/instant.js";
import type { CompileRuleOptions, CustomerEvents } from "./compiled-rule.js";
import { explainRule, type RuleExplained, type RuleExplanation } from "./explain-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { type FlipNode, smallestFlip } from "./smallest-flip.js";

/** A customer at one time. */
export interface RuleSituation {
  /** What happened at it or later is not known. */
  readonly asOf: Instant;
  /** The customer's fields, as they were. */
  readonly record: object;
  /** What the customer did, by kind; needed where the rule asks about events. */
  readonly events?: CustomerEvents;
}

/** A leaf of a rule that answers otherwise than before. */
export interface LeafChange {
  /** Where it stands: `"rule.of[1]"`. */
  readonly path: string;
  /** What it came to before. */
  readonly before: RuleExplanation;
  /** What it comes to now. */
  readonly after: RuleExplanation;
}

/** Why a rule holds now and did not before, or the other way round. */
export interface RuleChange {
  /** The rule, explained as it was. */
  readonly before: RuleExplained;
  /** The rule, explained as it is. */
  readonly after: RuleExplained;
  /** The leaves that answer otherwise than before, in order of the rule; a reference to a segment is one. */
  readonly changes: readonly LeafChange[];
  /**
   * The fewest of these leaves without whose change the result would be what it was, as paths: those by which the customer
   * entered or left. None where the result is the same.
   */
  readonly decisive: readonly string[];
}

/**
 * By which condition did this customer enter the segment, or leave it?
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - As for {@link compileRule}, but for `asOf`.
 * @param before - The customer as of one instant.
 * @param after - The customer as of another.
 * @returns The rule explained both times, the leaves that changed, and which of them were decisive.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link explainRule}.
 * @example
 * ```ts
 * import { ruleBuilder, ruleChange, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { visits: {} });
 * const { all, field, events } = ruleBuilder(fields);
 * const rule = all(field("plan").eq("pro"), events("visits").within({ last: { days: 30 } }).did());
 * const record = { plan: "pro" };
 * const visits = [{ at: "2024-06-20" }];
 * const why = ruleChange(
 *   rule,
 *   { fields },
 *   { asOf: "2024-07-01", record, events: { visits } },
 *   { asOf: "2024-08-01", record, events: { visits } },
 * );
 * why.decisive; // => ["rule.of[1]"]
 * why.changes.map(({ before, after }) => [before.actual, after.actual]); // => [[1, 0]]
 * ```
 */
export function ruleChange(
  rule: SegmentRule | RuleDocument,
  options: Omit<CompileRuleOptions, "asOf">,
  before: RuleSituation,
  after: RuleSituation,
): RuleChange {
  const [was, is] = [before, after].map(({ asOf, record, events }) =>
    explainRule(rule, { ...options, asOf }, record, events),
  );
  const changes: LeafChange[] = [];
  collectChanges(was.tree, is.tree, changes);
  const changed = new Set(changes.map(({ path }) => path));
  const decisive = was.held === is.held ? [] : (smallestFlip(withOnly(is.tree, changed)) ?? []);
  return { before: was, after: is, changes, decisive };
}

function collectChanges(before: RuleExplanation, after: RuleExplanation, changes: LeafChange[]): void {
  if (after.of === undefined || before.of === undefined) {
    if (before.held !== after.held) changes.push({ path: after.path, before, after });
    return;
  }
  for (let i = 0; i < after.of.length; i++) collectChanges(before.of[i], after.of[i], changes);
}

/** The tree in which no other leaves can be turned around: `all` of nothing always holds, `any` of nothing never. */
function withOnly(node: RuleExplanation, turnable: ReadonlySet<string>): FlipNode {
  const { path, op, held, count, of } = node;
  if (of !== undefined) return { path, op, held, count, of: of.map((part) => withOnly(part, turnable)) };
  return turnable.has(path) ? { path, op, held } : { path, op: held ? "all" : "any", held, of: [] };
}
