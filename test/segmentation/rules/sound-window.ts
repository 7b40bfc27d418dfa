import { checkWindow } from "../../../src/segmentation/rules/check-window.js";
import type { RuleWindow } from "../../../src/segmentation/rules/rule.js";
import type { RuleProblem } from "../../../src/segmentation/rules/rule-problem.js";

/** Whether something can lie in a window: rules with others are refused, so that random rules must not have them. */
export function isSound(window: RuleWindow): boolean {
  return isLetIn(window, false);
}

/** The same, of events, which are known up to `asOf` alone. */
export function isSoundOfEvents(window: RuleWindow): boolean {
  return isLetIn(window, true);
}

function isLetIn(window: RuleWindow, isPast: boolean): boolean {
  const problems: RuleProblem[] = [];
  checkWindow(window, { problems, choiceSets: new Map() }, "window", isPast);
  return problems.length === 0;
}

/** No more rules asked for than there are. */
export function met<Rule extends { readonly count: number; readonly of: readonly unknown[] }>(
  rule: Rule,
): Rule {
  return { ...rule, count: Math.min(rule.count, rule.of.length) };
}
