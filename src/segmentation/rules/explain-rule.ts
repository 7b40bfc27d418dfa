import { checkedRule } from "./checked-rule.js";
import type { CompileRuleOptions } from "./compiled-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { ruleClock } from "./rule-clock.js";
import { ruleExplainer } from "./rule-explainer.js";
import type { CustomerFacts, RuleExplanation } from "./rule-explanation.js";

/**
 * Why is this customer in the segment, or not, and what would have to change?
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param customer - The customer's fields; and what the customer did, where the rule asks about events.
 * @param options - As for {@link compileRule}.
 * @returns For each node whether it held; for each leaf what was found and what was required, relative dates resolved to
 * instants; and the fewest leaves whose change would turn the result around.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link compileRule}.
 * @example
 * ```ts
 * import { explainRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ plan: ["free", "pro"] }, { transactions: { amount: "number" } });
 * const { all, any, field, events } = ruleBuilder(fields);
 * const rule = all(
 *   field("plan").eq("pro"),
 *   any(events("transactions").count().gte(3), events("transactions").sum("amount").gt(1000)),
 * );
 * const customer = { record: { plan: "pro" }, events: { transactions: [{ at: "2024-06-20", amount: 100 }] } };
 * const why = explainRule(rule, customer, { fields, asOf: "2024-07-01" });
 * why.held; // => false
 * why.tree.of?.[1]?.of?.map(({ held, actual }) => ({ held, actual })); // => [{ held: false, actual: 1 }, { held: false, actual: 100 }]
 * why.flip; // => ["rule.of[1].of[0]"]
 * ```
 */
export function explainRule(
  rule: SegmentRule | RuleDocument,
  customer: CustomerFacts,
  options: CompileRuleOptions,
): RuleExplanation {
  const { rule: checked, segments } = checkedRule(rule, options);
  const { fields, operators = {} } = options;
  return ruleExplainer(checked, "rule", segments, { fields, operators, clock: ruleClock(options) })(customer);
}
