import type { RuleVocabulary } from "./check-rule.js";
import { operatorsOf } from "./field-operators.js";
import { commonDefinitions, type JsonSchema, objectSchema, valueSchema } from "./json-schema-parts.js";
import { assertRuleFields } from "./readable-rule.js";
import type { SegmentRule } from "./rule.js";
import { type FieldKind, fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { RULE_SHAPES, type RuleShape } from "./rule-shapes.js";
import { RULE_VERSION } from "./rule-version.js";

/**
 * How do I tell a form builder, or another language, what a rule looks like?
 *
 * A JSON Schema (2020-12) of one rule, `$defs.document` that of a stored document. With `fields` it knows which fields there
 * are, which operators each takes and which values; without, the shape alone. What JSON Schema cannot say stays with
 * {@link parseRule}: that a day exists, that a range does not end before it begins, that a value is one that an operator of
 * your own takes, how large a rule may be.
 *
 * @param options - `fields`, and the names of `segments` and the `operators` of your own that a rule may use with them.
 * @returns The schema: plain JSON.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `fields` are none.
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
export function ruleJsonSchema(options: Partial<RuleVocabulary> = {}): Readonly<Record<string, unknown>> {
  const { fields, segments = [], operators = {} } = options;
  const definitions: Record<string, JsonSchema> = { ...commonDefinitions };
  if (fields === undefined) {
    definitions.rule = { oneOf: byShape(RULE_OPS).map(([ops, shape]) => objectSchema(ops, shape, {})) };
    definitions.step = stepSchema({ $ref: "#/$defs/rule" }, { type: "string", minLength: 1 });
  } else {
    assertRuleFields(fields);
    const custom = optional(Object.keys(operators), (names) =>
      objectSchema(["custom"], RULE_SHAPES.custom, { name: { enum: names } }),
    );
    // Numbered: any text may name a kind of event, and not any text a definition.
    const kinds = Object.entries(fields.events).map(([kind, map], i) => ({
      kind,
      map: { at: "instant", ...map } satisfies RuleFieldMap,
      definition: `eventRule${i}`,
    }));
    for (const { map, definition } of kinds) {
      definitions[definition] = {
        oneOf: [...combinations(definition), ...fieldSchemas(map), ...custom],
      };
    }
    definitions.rule = {
      oneOf: [
        ...combinations("rule"),
        ...fieldSchemas(fields.fields),
        ...kinds.flatMap(({ kind, map, definition }) => eventSchemas(kind, map, reference(definition))),
        ...(kinds.length > 0 ? [objectSchema(["sequence"], RULE_SHAPES.sequence, {})] : []),
        ...optional([...segments], (names) =>
          objectSchema(["segment"], RULE_SHAPES.segment, { segment: { enum: names } }),
        ),
        ...custom,
      ],
    };
    // A oneOf of nothing is no schema; without events nothing refers to it either.
    if (kinds.length > 0) {
      definitions.step = {
        oneOf: kinds.map(({ kind, definition }) => stepSchema(reference(definition), { const: kind })),
      };
    }
  }
  definitions.document = {
    type: "object",
    properties: { version: { const: RULE_VERSION }, rule: { $ref: "#/$defs/rule" } },
    required: ["version", "rule"],
    additionalProperties: false,
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A segment rule",
    $ref: "#/$defs/rule",
    $defs: definitions,
  };
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

function fieldSchemas(map: RuleFieldMap): JsonSchema[] {
  return byKind(map).flatMap(([kind, names]) => {
    const value = valueSchema(kind);
    const parts = {
      field: { enum: names },
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

/** Fields of the same kind, together; each with its own choices by itself. */
function byKind(map: RuleFieldMap): [kind: FieldKind, names: string[]][] {
  const groups = new Map<string, [FieldKind, string[]]>();
  for (const name of Object.keys(map)) {
    const kind = fieldKind(map, name);
    if (kind === null) continue;
    const key = JSON.stringify(kind);
    const group = groups.get(key) ?? [kind, []];
    group[1].push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function eventSchemas(kind: string, map: RuleFieldMap, where: JsonSchema): JsonSchema[] {
  const parts = { of: { const: kind }, where };
  const numbers = { ...parts, is: reference("numberComparison") };
  const groups = byKind(map);
  const measured = groups.flatMap(([{ type, isList }, names]) => (type === "number" && !isList ? names : []));
  const single = groups.flatMap(([{ isList }, names]) => (isList ? [] : names));
  return [
    objectSchema(["did", "didNot"], RULE_SHAPES.did, parts),
    objectSchema(["count"], RULE_SHAPES.count, numbers),
    objectSchema(["first", "last"], RULE_SHAPES.first, { ...parts, is: reference("instantComparison") }),
    ...optional(measured, (names) =>
      objectSchema(["sum", "average", "min", "max"], RULE_SHAPES.sum, { ...numbers, field: { enum: names } }),
    ),
    objectSchema(["distinct"], RULE_SHAPES.distinct, { ...numbers, field: { enum: single } }),
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
