import { granted, type Result, refused } from "../../core/result.js";
import { MOST_PROBLEMS, problemText, type RuleProblem } from "./rule-problem.js";

/** Why a rule cannot be said in another language, or a query of another language not as a rule. */
export interface RuleRefusal {
  /**
   * `INVALID_RULE`: what came in is too large, is no query of that language, or does not fit the fields.
   * `NOT_EXPRESSIBLE`: nothing but that there is nothing on the other side that means the same.
   */
  readonly code: "NOT_EXPRESSIBLE" | "INVALID_RULE";
  /** Each place at fault, the first 20 of them. */
  readonly message: string;
  /** Each place at fault, up to 100 of them, with its path in what came in. */
  readonly problems: readonly RuleProblem[];
}

/** What is wrong so far with a rule or a query on its way to the other side. @internal */
export interface Faults {
  readonly problems: RuleProblem[];
  /** How many of the problems are that the other side has nothing like it. */
  inexpressible: number;
}

/** Nothing is wrong yet. @internal */
export function noFaults(): Faults {
  return { problems: [], inexpressible: 0 };
}

/** Notes that the other side has nothing that means the same; `null`, to be returned in place of a result. @internal */
export function refuse(into: Faults, path: string, value: unknown, reason: string): null {
  if (into.problems.length < MOST_PROBLEMS) into.inexpressible++;
  return reject(into, path, value, reason);
}

/** Notes what is wrong in itself; `null`, to be returned in place of a result. @internal */
export function reject(into: Faults, path: string, value: unknown, reason: string): null {
  if (into.problems.length < MOST_PROBLEMS) into.problems.push({ path, value, reason });
  return null;
}

/** What came of a rule or a query, told as a refusal where something was wrong. @internal */
export function outcomeOf<Value>(
  value: Value | null,
  { problems, inexpressible }: Faults,
): Result<Value, RuleRefusal> {
  if (problems.length === 0 && value !== null) return granted(value);
  const code = problems.length > inexpressible ? "INVALID_RULE" : "NOT_EXPRESSIBLE";
  return refused({ code, message: problemText(problems), problems });
}
