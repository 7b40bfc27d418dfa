import { LOG_EVENTS } from "./event-columns.js";
import type { EventRule, SegmentRule } from "./rule.js";
import { isEventRule } from "./rule-shapes.js";
import { sequenceSteps } from "./sequence-steps.js";

/**
 * Whether a rule tells refunds from purchases in a way that finds refunds: `type` is `"refund"`, is not `"purchase"`, how
 * many types there are. Purchases alone are the same events however refunds are taken.
 *
 * @internal
 */
export function asksForRefunds(rule: SegmentRule): boolean {
  const pending: SegmentRule[] = [rule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isEventRule(next)) {
      if (eventsAsk(next)) return true;
    } else if (next.op === "not") pending.push(next.of);
    else if (next.op === "all" || next.op === "any" || next.op === "atLeast") pending.push(...next.of);
  }
  return false;
}

function eventsAsk(rule: EventRule): boolean {
  if ("field" in rule && rule.of === LOG_EVENTS && rule.field === "type") return true;
  const steps = rule.op === "sequence" ? sequenceSteps(rule) : [rule];
  return steps.some(
    ({ of, where }) => of === LOG_EVENTS && where !== undefined && findsRefunds(where, false),
  );
}

/** Of a rule on one transaction; `isTurned` inside `not`, where what means purchases means all others. */
function findsRefunds(rule: SegmentRule, isTurned: boolean): boolean {
  if (rule.op === "not") return findsRefunds(rule.of, true);
  if (rule.op === "all" || rule.op === "any" || rule.op === "atLeast")
    return rule.of.some((part) => findsRefunds(part, isTurned));
  if (!("field" in rule) || rule.field !== "type" || rule.op === "exists") return false;
  const isPurchase =
    (rule.op === "eq" && rule.value === "purchase") ||
    (rule.op === "in" && rule.values.every((value) => value === "purchase"));
  return isTurned || !isPurchase;
}
