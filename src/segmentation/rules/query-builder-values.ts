import type { FieldKind } from "./rule-fields.js";

/** The parts of a rule that a value gives, or why it gives none. @internal */
export type ShapedValue =
  | { readonly parts: Readonly<Record<string, unknown>>; readonly reason: null }
  | { readonly parts: null; readonly reason: string };

/**
 * The value of a query rule as rules have it: inputs of a form give numbers as text, and lists with commas.
 *
 * @internal
 */
export function shapeValue(
  value: unknown,
  takes: "one" | "list" | "range" | "none",
  kind: FieldKind,
): ShapedValue {
  if (takes === "none") return { parts: {}, reason: null };
  if (takes === "one") {
    const one = typedValue(value, kind);
    return one === undefined ? notA(kind) : { parts: { value: one }, reason: null };
  }
  const items = listOf(value);
  if (items === null) return { parts: null, reason: "is no list" };
  const values = items.map((item) => typedValue(item, kind));
  if (values.includes(undefined)) return notA(kind);
  if (takes === "list") {
    return values.length === 0
      ? { parts: null, reason: "is empty: there everybody is meant, here nobody would be" }
      : { parts: { values }, reason: null };
  }
  const [from, to] = values;
  return values.length === 2
    ? { parts: { from, to }, reason: null }
    : { parts: null, reason: "is not a pair of values" };
}

function notA({ type }: FieldKind): ShapedValue {
  return { parts: null, reason: `is no value for a field of type ${type}` };
}

/** The value in the type of the field; `undefined` where it is not one. */
function typedValue(value: unknown, { type }: FieldKind): string | number | boolean | undefined {
  switch (type) {
    case "number": {
      if (typeof value === "number") return value;
      // No two parts of the pattern can take the same character: its time is that of the text's length.
      const isNumber =
        typeof value === "string" && /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
      const number = isNumber ? Number(value) : Number.NaN;
      return Number.isFinite(number) ? number : undefined;
    }
    case "boolean":
      if (typeof value === "boolean") return value;
      return value === "true" ? true : value === "false" ? false : undefined;
    default:
      return typeof value === "string" ? value : undefined;
  }
}

/** A list, or text with commas between its items; a comma of an item has a backslash before it. */
function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return null;
  return value
    .split(/(?<!\\),/)
    .map((item) => item.replaceAll("\\,", ",").trim())
    .filter((item) => item !== "");
}
