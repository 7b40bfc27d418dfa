import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import type { CustomOperators } from "./custom-operator.js";
import { operatorsOf } from "./field-operators.js";
import {
  commonDefinitions,
  fieldDefinitions,
  type JsonSchema,
  objectSchema,
  valueSchema,
} from "./json-schema-parts.js";
import type { SegmentRule } from "./rule.js";
import { type FieldKind, fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { choiceName, eventWords, fieldName, fieldsOf, segmentLabel } from "./rule-names.js";
import { assertRuleOptions, type RuleVocabulary, segmentNames } from "./rule-options.js";
import { RULE_SHAPES, type RuleShape } from "./rule-shapes.js";
import { RULE_VERSION } from "./rule-version.js";

/** Of what the schema of rules knows; all of it may be left out. */
export interface RuleJsonSchemaOptions extends Partial<RuleVocabulary> {
  /** In which language labels stand as titles, of fields, choices, kinds of events and segments; default `"en"`. */
  readonly language?: "en" | "id";
}

/**
 * How do I tell a form builder, or another language, what a rule looks like?
 *
 * A JSON Schema (2020-12) of one rule or of a stored document of one; `$defs.rule` and `$defs.document` are each alone. With
 * `fields` it knows which fields there are, by their labels where they have some, which operators each takes and which
 * values; without, the shape alone.
 *
 * It refuses nothing that {@link parseRule} takes. What JSON Schema cannot say stays with that: that a day exists; that a
 * range or a window is not turned around or empty, and does not leave the calendar or, where events lie in it, begin ahead
 * of `asOf`; that the first step of a sequence has no `within`; that `atLeast` asks for no more than there is; that a value
 * is one that an operator of your own takes; how large a rule may be.
 *
 * @param options - `fields`, the `segments` (names, or rules by name) and the `operators` of your own that a rule may use
 * with them, and the `language` of titles.
 * @returns The schema: plain JSON.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `fields` are none, or the rest is given without them.
 * @example
 * ```ts
 * import { ruleFields, ruleJsonSchema } from "clientele";
 *
 * const fields = ruleFields({ age: "number", score: "number", plan: ["free", "pro"] });
 * const schema = ruleJsonSchema({ fields });
 * schema.$schema; // => "https://json-schema.org/draft/2020-12/schema"
 * JSON.stringify(schema).includes('"field":{"enum":["age","score"]}'); // => true
 * ```
 */
export function ruleJsonSchema(options: RuleJsonSchemaOptions = {}): Readonly<Record<string, unknown>> {
  assertOptions(options);
  const { fields, language = "en" } = options;
  let definitions: Record<string, JsonSchema>;
  if (fields === undefined) {
    for (const name of Object.keys(options))
      assertArgument(
        options[name as keyof RuleJsonSchemaOptions] === undefined,
        `options.${name}`,
        () => `options.${name} says nothing without options.fields: pass the result of ruleFields() too`,
      );
    definitions = shapeDefinitions();
  } else {
    assertRuleOptions(options);
    assertOneOf(language, "options.language", ["en", "id"]);
    definitions = vocabularyDefinitions({ ...options, fields }, language);
  }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A segment rule",
    anyOf: [reference("rule"), reference("document")],
    $defs: {
      ...commonDefinitions,
      ...definitions,
      document: {
        type: "object",
        properties: { version: { const: RULE_VERSION }, rule: reference("rule") },
        required: ["version", "rule"],
        additionalProperties: false,
      },
    },
  };
}

function shapeDefinitions(): Record<string, JsonSchema> {
  return {
    rule: { oneOf: byShape(RULE_OPS).map(([ops, shape]) => objectSchema(ops, shape, {})) },
    step: stepSchema({ $ref: "#/$defs/rule" }, { type: "string", minLength: 1 }),
  };
}

function vocabularyDefinitions(
  { fields, segments = [], operators = {} }: RuleVocabulary,
  language: "en" | "id",
): Record<string, JsonSchema> {
  // Numbered: any text may name a kind of event, and not any text a definition.
  const kinds = Object.keys(fields.events).map((kind, i) => ({
    of: titled(kind, eventWords(fields, kind, language).many),
    named: namesIn(fields, kind, language),
    definition: `eventRule${i}`,
  }));
  const record = namesIn(fields, null, language);
  const definitions: Record<string, JsonSchema> = { ...fieldDefinitions };
  for (const { named, definition } of kinds) {
    const schemas = [...combinations(definition), ...fieldSchemas(named), ...customSchemas(operators, named)];
    definitions[definition] = { oneOf: schemas };
  }
  definitions.rule = {
    oneOf: [
      ...combinations("rule"),
      ...fieldSchemas(record),
      ...kinds.flatMap(({ of, named, definition }) => eventSchemas(of, named, reference(definition))),
      ...(kinds.length > 0 ? [objectSchema(["sequence"], RULE_SHAPES.sequence, { window: WINDOW })] : []),
      ...optional(segmentNames(segments), (names) =>
        objectSchema(["segment"], RULE_SHAPES.segment, {
          segment: oneOf(names.map((name) => titled(name, segmentLabel(fields, name, language)))),
        }),
      ),
      ...customSchemas(operators, record),
    ],
  };
  // A oneOf of nothing is no schema; without events nothing refers to it either.
  if (kinds.length > 0) {
    definitions.step = {
      oneOf: kinds.map(({ of, definition }) => stepSchema(reference(definition), of)),
    };
  }
  return definitions;
}

/** In which windows events may lie. */
const WINDOW: JsonSchema = { $ref: "#/$defs/windowOfEvents" };

/** Fields, and how a schema names some of them and what they may be. */
interface NamedFields {
  readonly map: RuleFieldMap;
  readonly oneOf: (names: readonly string[]) => JsonSchema;
  readonly choicesOf: (name: string, choices: readonly string[]) => JsonSchema;
}

function namesIn(fields: RuleFields, kind: string | null, language: "en" | "id"): NamedFields {
  return {
    map: fieldsOf(fields, kind),
    oneOf: (names) => oneOf(names.map((name) => titled(name, fieldName(fields, kind, name, language)))),
    choicesOf: (name, choices) =>
      oneOf(choices.map((choice) => titled(choice, choiceName(fields, kind, name, choice, language)))),
  };
}

/** A text, under the name that people have for it. */
function titled(text: string, title: string): JsonSchema {
  return { const: text, ...(title !== text && { title }) };
}

function oneOf(choices: readonly JsonSchema[]): JsonSchema {
  const isTitled = choices.some((choice) => "title" in choice);
  return isTitled ? { oneOf: choices } : { enum: choices.map((choice) => choice.const) };
}

/** Operators of the caller's: those that read a field, and those that do not. */
function customSchemas(operators: CustomOperators, { map, oneOf }: NamedFields): JsonSchema[] {
  const names = Object.keys(operators);
  const { name, value } = RULE_SHAPES.custom;
  const ofFields = names.filter((each) => operators[each].field ?? true);
  const paths = Object.keys(map);
  return [
    ...optional(paths.length > 0 ? ofFields : [], (some) =>
      objectSchema(["custom"], { name, field: "name", value }, { name: { enum: some }, field: oneOf(paths) }),
    ),
    ...optional(
      names.filter((each) => !ofFields.includes(each)),
      (some) => objectSchema(["custom"], { name, value }, { name: { enum: some } }),
    ),
  ];
}

const RULE_OPS = Object.keys(RULE_SHAPES) as SegmentRule["op"][];

function reference(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}

/** Operators that take the same keys, together. */
function byShape(ops: readonly SegmentRule["op"][]): [ops: SegmentRule["op"][], shape: RuleShape][] {
  const groups = new Map<RuleShape, SegmentRule["op"][]>();
  for (const op of ops) groups.set(RULE_SHAPES[op], [...(groups.get(RULE_SHAPES[op]) ?? []), op]);
  return [...groups].map(([shape, group]) => [group, shape]);
}

function combinations(name: string): JsonSchema[] {
  const parts = { type: "array", items: reference(name) };
  return [
    objectSchema(["all", "any"], RULE_SHAPES.all, { of: parts }),
    objectSchema(["not"], RULE_SHAPES.not, { of: reference(name) }),
    objectSchema(["atLeast"], RULE_SHAPES.atLeast, { of: parts }),
  ];
}

function fieldSchemas({ map, oneOf, choicesOf }: NamedFields): JsonSchema[] {
  return byValues(map, choicesOf).flatMap(([kind, value, names]) => {
    const parts = {
      field: oneOf(names),
      value,
      values: { type: "array", items: value },
      from: value,
      to: value,
      is: reference("numberComparison"),
    };
    return byShape(operatorsOf(kind)).map(([ops, shape]) => {
      // Parts of a text are any text, also of one that has its choices.
      const { value: exact, ...rest } = parts;
      return objectSchema(ops, shape, shape.ignoreCase ? rest : { ...rest, value: exact });
    });
  });
}

/** Fields of the same kind and the same values, together; each with its own choices by itself. */
function byValues(
  map: RuleFieldMap,
  choicesOf: NamedFields["choicesOf"],
): [kind: FieldKind, value: JsonSchema, names: string[]][] {
  const groups = new Map<string, [FieldKind, JsonSchema, string[]]>();
  for (const name of Object.keys(map)) {
    const kind = fieldKind(map, name);
    if (kind === null) continue;
    const { choices } = kind;
    const value = choices === null ? valueSchema(kind) : choicesOf(name, [...new Set(choices)]);
    const key = JSON.stringify([kind, value]);
    const group = groups.get(key) ?? [kind, value, []];
    group[2].push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function eventSchemas(of: JsonSchema, { map, oneOf }: NamedFields, where: JsonSchema): JsonSchema[] {
  const parts = { of, where, window: WINDOW };
  const numbers = { ...parts, is: reference("numberComparison") };
  const single = Object.keys(map).filter((name) => fieldKind(map, name)?.isList === false);
  const measured = single.filter((name) => fieldKind(map, name)?.type === "number");
  return [
    objectSchema(["did", "didNot"], RULE_SHAPES.did, parts),
    objectSchema(["count"], RULE_SHAPES.count, numbers),
    objectSchema(["first", "last"], RULE_SHAPES.first, { ...parts, is: reference("instantComparison") }),
    ...optional(measured, (names) =>
      objectSchema(["sum", "average", "min", "max"], RULE_SHAPES.sum, { ...numbers, field: oneOf(names) }),
    ),
    objectSchema(["distinct"], RULE_SHAPES.distinct, { ...numbers, field: oneOf(single) }),
    objectSchema(["frequency"], RULE_SHAPES.frequency, parts),
  ];
}

function stepSchema(where: JsonSchema, of: JsonSchema): JsonSchema {
  return {
    type: "object",
    properties: { of, where, within: reference("duration") },
    required: ["of"],
    additionalProperties: false,
  };
}

/** Nothing where there is no choice: an enum of nothing is no schema. */
function optional(
  choices: readonly string[],
  make: (choices: readonly string[]) => JsonSchema,
): JsonSchema[] {
  return choices.length > 0 ? [make(choices)] : [];
}
