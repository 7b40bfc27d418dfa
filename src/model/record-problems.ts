import type * as z from "zod";
import type { RowProblem } from "../core/errors.js";

/** The reason of a field that no schema names. @internal */
export const UNKNOWN_FIELD = "is not a known field";

/**
 * The problems of one record, as the library tells them: field, rule as a predicate, value.
 *
 * @internal
 */
export function recordProblems(
  row: number,
  record: unknown,
  issues: readonly z.core.$ZodIssue[],
): RowProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return { row, field: fieldName(path), reason: UNKNOWN_FIELD, value: valueAt(record, path) };
      });
    }
    const value = valueAt(record, issue.path);
    // Where the field that chooses between forms is absent, zod looked at the object around it.
    const isMissing = issue.code === "invalid_union" && value === undefined;
    const reason = isMissing ? "is missing" : predicate(issue.message);
    return [{ row, field: fieldName(issue.path), reason, value }];
  });
}

/**
 * The rule of an issue in words that follow the value. Handed to zod for each parse: a message that a schema states
 * itself comes first.
 *
 * @internal
 */
export function brokenRule(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `is not ${EXPECTED[issue.expected as string] ?? issue.expected}`;
    case "invalid_value":
      return `is not ${oneOf(issue.values as readonly unknown[])}`;
    case "too_small":
      return beyond("below", "not above", "shorter", "fewer", issue, issue.minimum);
    case "too_big":
      return beyond("above", "not below", "longer", "more", issue, issue.maximum);
    case "not_multiple_of":
      return `is not a multiple of ${issue.divisor}`;
    case "invalid_format":
      return issue.format === "regex" ? `does not match ${issue.pattern}` : `is not a valid ${issue.format}`;
    case "invalid_union": {
      // Where a field chooses between forms, later releases of zod say which choices there are.
      const choices = ((issue.options ?? []) as readonly unknown[]).filter((choice) => choice != null);
      return choices.length > 0 ? `is not ${oneOf(choices)}` : "has none of the accepted forms";
    }
    case "invalid_key":
      return "has a key that is not accepted";
    default:
      return "breaks a rule of the schema";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  date: "a Date",
  null: "null",
};

function beyond(
  inclusive: string,
  exclusive: string,
  length: string,
  count: string,
  issue: { readonly origin?: unknown; readonly inclusive?: unknown },
  limit: unknown,
): string {
  if (issue.origin === "string") return `is ${length} than ${limit} characters`;
  if (issue.origin === "array" || issue.origin === "set") return `has ${count} than ${limit} items`;
  return `is ${issue.inclusive === false ? exclusive : inclusive} ${limit}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => (typeof value === "string" ? `"${value}"` : String(value)));
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(", ")}`;
}

/** A schema of the user's own may speak in whole sentences. */
function predicate(message: string): string {
  return /^[a-z]/.test(message) ? message : `is refused: ${message}`;
}

function fieldName(path: readonly PropertyKey[]): string {
  let name = "";
  for (const key of path) {
    if (typeof key === "number") name += `[${key}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(String(key)))
      name += name === "" ? String(key) : `.${String(key)}`;
    else name += `[${JSON.stringify(String(key))}]`;
  }
  return name;
}

function valueAt(record: unknown, path: readonly PropertyKey[]): unknown {
  let value = record;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
