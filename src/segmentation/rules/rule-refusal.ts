import { granted, type Result, refused } from "../../core/result.js";
import { problemText, type RuleProblem } from "./rule-problem.js";

/** Why a rule cannot be said in another language, or a query of another language not as a rule. */
export interface RuleRefusal {
  /**
   * `NOT_EXPRESSIBLE`: the other language has nothing that means the same. `INVALID_RULE`: what came in is no query of that
   * language, or does not fit the fields.
   */
  readonly code: "NOT_EXPRESSIBLE" | "INVALID_RULE";
  /** Each place at fault, the first 20 of them. */
  readonly message: string;
  /** Each place at fault, with its path in what came in (`INVALID_RULE` of a query: in the rule that it would make). */
  readonly problems: readonly RuleProblem[];
}

/** What came of a rule or a query, told as a refusal where something was wrong. @internal */
export function outcomeOf<Value>(
  value: Value | null,
  code: RuleRefusal["code"],
  problems: readonly RuleProblem[],
): Result<Value, RuleRefusal> {
  return problems.length > 0 || value === null
    ? refused({ code, message: problemText(problems), problems })
    : granted(value);
}
