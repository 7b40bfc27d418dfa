import type { EventRule, RuleStep } from "./rule.js";

/** The steps of a sequence and, where there is one, last the one that must not follow. @internal */
export function sequenceSteps({
  steps,
  notFollowedBy,
}: Extract<EventRule, { op: "sequence" }>): readonly RuleStep[] {
  return notFollowedBy ? [...steps, notFollowedBy] : steps;
}
