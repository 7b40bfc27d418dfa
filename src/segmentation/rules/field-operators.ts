import { assertArgument, shown } from "../../core/assert.js";
import type { FieldRule } from "./rule.js";
import { type FieldKind, fieldKind, type RuleFieldMap } from "./rule-fields.js";

/**
 * Which operators may a form offer for this field?
 *
 * @param fields - Fields by path: the `fields` of what {@link ruleFields} made, or its fields of one kind of event.
 * @param field - The path of the field.
 * @returns The `op` of each condition on one field that {@link parseRule} takes for it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no such field.
 * @example
 * ```ts
 * import { fieldOperators, ruleFields } from "clientele";
 *
 * const shop = ruleFields({ isMember: "boolean", tags: "text[]" }, { transactions: { amount: "number" } });
 * fieldOperators(shop.fields, "isMember"); // => ["eq", "ne", "exists", "missing"]
 * fieldOperators(shop.fields, "tags"); // => ["hasAny", "hasAll", "hasNone", "size", "exists", "missing"]
 * fieldOperators(shop.events.transactions, "amount").includes("between"); // => true
 * ```
 */
export function fieldOperators(fields: RuleFieldMap, field: string): FieldRule["op"][] {
  assertArgument(
    typeof fields === "object" && fields !== null,
    "fields",
    () => `fields is ${shown(fields)}: pass the fields of what ruleFields() made`,
  );
  const kind = typeof field === "string" ? fieldKind(fields, field) : null;
  assertArgument(
    kind !== null,
    "field",
    () => `field is ${shown(field)}: pass one of ${shownNames(Object.keys(fields))}`,
  );
  return [...operatorsOf(kind)];
}

const LISTED = 20;

function shownNames(names: readonly string[]): string {
  const first = names.slice(0, LISTED).join(", ");
  return names.length > LISTED ? `${first} and ${names.length - LISTED} more` : first;
}

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
