import { shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";

/** What is wrong with one place in a rule. */
export interface RuleProblem {
  /** Where: `"rule.of[3].value"`. */
  readonly path: string;
  /** What is broken, as words that follow the value: `"is no field of these rules"`. */
  readonly reason: string;
  /** What stands there. */
  readonly value: unknown;
}

/** How many problems a message spells out. */
const LISTED = 20;

/** How many problems are looked for: a rule of which all is wrong must not take longer than one that is right. @internal */
export const MOST_PROBLEMS = 100;

/** The error that says what is wrong with a rule, for the caller to throw. @internal */
export function ruleError(problems: readonly RuleProblem[]): ClienteleError {
  return new ClienteleError("INVALID_ARGUMENT", problems[0]?.path ?? "rule", problemText(problems));
}

/** A key as a step of a path, shortened where it is long: it may come from a stranger. @internal */
export function keyStep(key: string): string {
  return key.length > LONGEST_STEP ? `.${key.slice(0, LONGEST_STEP)}...` : `.${key}`;
}

const LONGEST_STEP = 60;

/** What is wrong with a rule, in words: one line, or a list of the first 20. @internal */
export function problemText(problems: readonly RuleProblem[]): string {
  const lines = problems.slice(0, LISTED).map(({ path, value, reason }) => {
    const what = value === undefined ? "" : ` ${shownSafely(value)}`;
    return `${path}:${what} ${reason}`;
  });
  if (problems.length === 1) return lines[0];
  const first = problems.length > LISTED ? `, the first ${LISTED}` : "";
  return `${problems.length} problems in a rule${first}:\n  ${lines.join("\n  ")}`;
}

/** A proxy may throw at every look. */
function shownSafely(value: unknown): string {
  try {
    return shown(value);
  } catch {
    return "an object";
  }
}
