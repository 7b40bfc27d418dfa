import { assertArgument, shown } from "../core/assert.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import { eachCustomerOnce } from "./row-fields.js";

/** Notes a broken rule of the row at hand: the field, the rule as a predicate, the value. */
type Must = (holds: boolean, field: string, reason: string, value: unknown) => void;

/**
 * Holds every row against the rules and throws all problems of all rows at once.
 *
 * @internal
 */
export function assertRows<Row>(
  rows: readonly Row[],
  path: string,
  shape: string,
  rules: (row: Partial<Row>, must: Must, place: number) => void,
): void {
  assertArgument(Array.isArray(rows), path, () => `${path} is ${shown(rows)}: pass an array of ${shape}`);
  const problems: RowProblem[] = [];
  for (const [row, value] of rows.entries()) {
    if (typeof value !== "object" || value === null) {
      problems.push({ row, field: "", reason: `is not ${shape}`, value });
      continue;
    }
    const must: Must = (holds, field, reason, given) => {
      if (!holds) problems.push({ row, field, reason, value: given });
    };
    rules(value, must, row);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
}

/** Gives the rule of a customer id: text or a whole number, and each customer once. @internal */
export function mustBeNewCustomer(): (must: Must, customerId: unknown, place: number) => void {
  const problemOf = eachCustomerOnce();
  return (must, customerId, place) => {
    const problem = problemOf(customerId, place);
    if (problem) must(false, problem.field, problem.reason, customerId);
  };
}

/** Whether a number may be left out: `"onAllOrNone"` once other rows turned out to have it. */
type Presence = "required" | "optional" | "onAllOrNone";

/** Whether a number that some rows state has to be on all of them, or is on none. @internal */
export function presenceIn<Field extends string>(
  rows: readonly { readonly [Name in Field]?: unknown }[],
  field: Field,
): Presence {
  return Array.isArray(rows) && rows.some((row) => typeof row?.[field] === "number")
    ? "onAllOrNone"
    : "optional";
}

/** The rule of a field that is a finite number within limits. @internal */
export function mustBeNumber(
  must: Must,
  field: string,
  value: unknown,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, presence = "required" as Presence } = {},
): void {
  const isMissing = value === undefined || value === null;
  if (presence === "optional" && isMissing) return;
  const isNumber = Number.isFinite(value) && (value as number) >= min && (value as number) <= max;
  const range =
    max < Number.POSITIVE_INFINITY
      ? ` from ${min} to ${max}`
      : min > Number.NEGATIVE_INFINITY
        ? ` of ${min} or more`
        : "";
  const others = presence === "onAllOrNone" && isMissing ? ", as other rows have it" : "";
  must(isNumber, field, `is not a finite number${range}${others}`, value);
}

/** The rule of a field that is `true` or `false`, or left out. @internal */
export function mustBeFlag(must: Must, field: string, value: unknown): void {
  must(value === undefined || typeof value === "boolean", field, "is not true or false", value);
}

/** The rule of a field that is a list of known words, or left out. @internal */
export function mustBeWords(must: Must, field: string, value: unknown, words: readonly string[]): void {
  if (value === undefined) return;
  must(Array.isArray(value), field, "is not a list", value);
  if (!Array.isArray(value)) return;
  for (const [i, word] of value.entries()) {
    must(words.includes(word), `${field}[${i}]`, `is not one of ${words.map(shown).join(", ")}`, word);
  }
}
