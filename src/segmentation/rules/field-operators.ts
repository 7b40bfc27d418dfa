import type { FieldRule } from "./rule.js";
import type { FieldKind } from "./rule-fields.js";

const PRESENCE = ["exists", "missing"] as const;

const OPERATORS: Readonly<Record<FieldKind["type"], readonly FieldRule["op"][]>> = {
  text: ["eq", "ne", "in", "notIn", "contains", "startsWith", "endsWith", ...PRESENCE],
  number: ["eq", "ne", "lt", "lte", "gt", "gte", "between", "in", "notIn", ...PRESENCE],
  boolean: ["eq", "ne", ...PRESENCE],
  instant: ["eq", "ne", "lt", "lte", "gt", "gte", "between", "within", "anniversary", ...PRESENCE],
};

const LIST_OPERATORS: readonly FieldRule["op"][] = ["hasAny", "hasAll", "hasNone", "size", ...PRESENCE];

/** The operators that a kind of field takes. @internal */
export function operatorsOf(kind: FieldKind): readonly FieldRule["op"][] {
  return kind.isList ? LIST_OPERATORS : OPERATORS[kind.type];
}

/** A kind of field in words: `"a list of texts"`. @internal */
export function kindName({ type, isList }: FieldKind): string {
  return isList ? `a list of ${type === "text" ? "texts" : "numbers"}` : KIND_NAMES[type];
}

/** The types of fields in words. @internal */
export const KIND_NAMES = {
  text: "text",
  number: "a number",
  boolean: "true or false",
  instant: "an instant",
} as const;
