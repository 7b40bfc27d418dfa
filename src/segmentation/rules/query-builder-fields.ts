import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { assertKnownKeys } from "./known-keys.js";
import { type QueryOperatorName, queryOperatorsOf } from "./query-builder-operators.js";
import { type FieldKind, fieldKind, type RuleFields } from "./rule-fields.js";
import { choiceName, fieldName } from "./rule-names.js";
import { assertRuleOptions } from "./rule-options.js";

/** A choice in a form: what is stored, and what is shown. A type alias, which fits types that take any other key. */
export type QueryBuilderOption = {
  /** What is stored in the query. */
  name: string;
  /** What people read. */
  label: string;
};

/**
 * A field of a form of react-querybuilder, of whose `fields` its `Field` is one; nothing of it is readonly, since the types
 * there are not.
 */
export type QueryBuilderField = {
  /** The path of the field. */
  name: string;
  /** What people read. */
  label: string;
  /** The operators that {@link fromQueryBuilder} takes for it. */
  operators: QueryBuilderOption[];
  /** The kind of input: text, a number, or a day. */
  inputType: "text" | "number" | "date";
  /** What a value is edited with: it depends on the operator where the field has choices. Left out, an input. */
  valueEditorType?: "checkbox" | ((operator: string) => "select" | "multiselect" | "text");
  /** The texts that it may be; left out where any may be. */
  values?: QueryBuilderOption[];
};

/** In which language a form is labeled. */
export interface QueryBuilderFieldsOptions {
  /** English or Indonesian; default `"en"`. */
  readonly language?: "en" | "id";
}

/**
 * Which fields and operators does a form of react-querybuilder offer, so that what it makes is a rule?
 *
 * For the `fields` of its `QueryBuilder`: each field of the record under its label, with those operators alone that
 * {@link fromQueryBuilder} takes for it, an input for its type, and its choices. A field of instants is compared with days, by
 * `>=` and `<`; a list can only be given or missing. Conditions on events have no place in such a form.
 *
 * A rule with exact times, such as {@link toQueryBuilder} may hand out, needs a field of your own making: an input of text,
 * and the operators that `fieldOperators` names.
 *
 * @param fields - The fields, as {@link ruleFields} makes them.
 * @param options - The `language` of the labels.
 * @returns A new array on each call, yours to change; with a function in it where a field has choices.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the fields are none or the language is not known.
 * @example
 * ```ts
 * import { queryBuilderFields, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: { type: "number", label: { en: "Age", id: "Umur" } }, joinedAt: "instant" });
 * const [age, joinedAt] = queryBuilderFields(fields, { language: "id" });
 * age.label; // => "Umur"
 * age.operators[2]; // => { name: "<", label: "kurang dari" }
 * joinedAt.operators.map(({ name }) => name); // => ["<", ">=", "null", "notNull"]
 * joinedAt.inputType; // => "date"
 * ```
 */
export function queryBuilderFields(
  fields: RuleFields,
  options: QueryBuilderFieldsOptions = {},
): QueryBuilderField[] {
  assertRuleOptions({ fields });
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass an object such as { language: "id" }`,
  );
  assertKnownKeys(options, "options", ["language"]);
  const { language = "en" } = options;
  assertOneOf(language, "options.language", ["en", "id"]);
  return Object.keys(fields.fields).flatMap((name) => {
    const kind = fieldKind(fields.fields, name);
    if (kind === null) return [];
    const operators = operatorNames(kind).map((operator) => ({
      name: operator,
      label: operatorLabel(operator, kind, language),
    }));
    const values = kind.choices?.map((choice) => ({
      name: choice,
      label: choiceName(fields, null, name, choice, language),
    }));
    return [
      {
        name,
        label: fieldName(fields, null, name, language),
        operators,
        ...inputOf(kind),
        ...(values && { values }),
      },
    ];
  });
}

function inputOf({
  type,
  isList,
  choices,
}: FieldKind): Pick<QueryBuilderField, "inputType" | "valueEditorType"> {
  if (choices !== null) return { inputType: "text", valueEditorType: choiceEditor };
  if (type === "boolean") return { inputType: "text", valueEditorType: "checkbox" };
  // What is asked of a list takes no value.
  return { inputType: isList || type === "text" ? "text" : type === "number" ? "number" : "date" };
}

/** One of the choices, several of them, or a part of their text. */
function choiceEditor(operator: string): "select" | "multiselect" | "text" {
  if (operator === "=" || operator === "!=") return "select";
  return operator === "in" || operator === "notIn" ? "multiselect" : "text";
}

/** What may be asked with the input of a kind: one of days gives no instants, to which other operators could be put. */
function operatorNames(kind: FieldKind): readonly QueryOperatorName[] {
  const names = queryOperatorsOf(kind);
  return kind.type === "instant" ? names.filter((name) => OF_DAYS.includes(name)) : names;
}

const OF_DAYS: readonly QueryOperatorName[] = [">=", "<", "null", "notNull"];

function operatorLabel(name: QueryOperatorName, { type }: FieldKind, language: "en" | "id"): string {
  if (type === "instant" && (name === ">=" || name === "<")) return DAY_LABELS[name][language];
  return LABELS[name][language];
}

const DAY_LABELS = {
  ">=": { en: "on or after", id: "pada atau setelah" },
  "<": { en: "before", id: "sebelum" },
} as const;

const LABELS: Readonly<Record<QueryOperatorName, { readonly en: string; readonly id: string }>> = {
  "=": { en: "is", id: "adalah" },
  "!=": { en: "is other than", id: "selain" },
  "<": { en: "is less than", id: "kurang dari" },
  ">": { en: "is more than", id: "lebih dari" },
  "<=": { en: "is at most", id: "paling banyak" },
  ">=": { en: "is at least", id: "paling sedikit" },
  contains: { en: "contains", id: "mengandung" },
  beginsWith: { en: "begins with", id: "diawali" },
  endsWith: { en: "ends with", id: "diakhiri" },
  doesNotContain: { en: "does not contain", id: "tidak mengandung" },
  doesNotBeginWith: { en: "does not begin with", id: "tidak diawali" },
  doesNotEndWith: { en: "does not end with", id: "tidak diakhiri" },
  null: { en: "is missing", id: "tidak ada datanya" },
  notNull: { en: "is given", id: "ada datanya" },
  in: { en: "is one of", id: "salah satu dari" },
  notIn: { en: "is none of", id: "bukan salah satu dari" },
  between: { en: "is from ... to ...", id: "dari ... sampai ..." },
  notBetween: { en: "is not from ... to ...", id: "tidak dari ... sampai ..." },
};
