import type { FieldKind } from "./rule-fields.js";
import {
  MOST_LENGTH,
  MOST_PERIODS,
  RULE_LENGTHS,
  RULE_UNITS,
  type RulePart,
  type RuleShape,
  VALUE_COMPARISONS,
} from "./rule-shapes.js";

/** A JSON Schema, or a part of one. @internal */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of an object with an operator and the keys that it takes. @internal */
export function objectSchema(
  ops: readonly string[],
  shape: RuleShape,
  parts: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const keys = Object.entries(shape).map(([key, part]) => {
    const name = part.replace("?", "") as RulePart;
    return [key, parts[key] ?? PARTS[name]] as const;
  });
  const required = Object.keys(shape).filter((key) => !shape[key].endsWith("?"));
  return {
    type: "object",
    properties: { op: ops.length === 1 ? { const: ops[0] } : { enum: ops }, ...Object.fromEntries(keys) },
    required: ["op", ...required],
    additionalProperties: false,
  };
}

/** What a field of this kind is compared with, unless it has its choices: for a list, one of its items. @internal */
export function valueSchema({ type }: FieldKind): JsonSchema {
  if (type === "instant") return INSTANT;
  return { type: type === "text" ? "string" : type };
}

const NAME: JsonSchema = { type: "string", minLength: 1 };
// Not `type: [...]`, which strict validators refuse.
const ORDERED: JsonSchema = { anyOf: [{ type: "string" }, { type: "number" }] };
const SCALAR: JsonSchema = { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }] };
const RULE: JsonSchema = { $ref: "#/$defs/rule" };
const STEP: JsonSchema = { $ref: "#/$defs/step" };
const UNIT: JsonSchema = { enum: RULE_UNITS };

const INSTANT: JsonSchema = {
  type: "string",
  description: "A civil day, or an instant of ISO 8601 with its offset.",
  pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2}))?$",
};

const PARTS: Readonly<Record<RulePart, JsonSchema>> = {
  rule: RULE,
  rules: { type: "array", items: RULE },
  name: NAME,
  text: { type: "string" },
  scalar: SCALAR,
  ordered: ORDERED,
  scalars: { type: "array", items: SCALAR },
  boolean: { type: "boolean" },
  whole: whole(0),
  positive: whole(1),
  periods: whole(1, MOST_PERIODS.frequency),
  "years of time": whole(0, MOST_LENGTH.years),
  "months of time": whole(0, MOST_LENGTH.months),
  "weeks of time": whole(0, MOST_LENGTH.weeks),
  "days of time": whole(0, MOST_LENGTH.days),
  comparison: { $ref: "#/$defs/comparison" },
  window: { $ref: "#/$defs/window" },
  duration: { $ref: "#/$defs/duration" },
  unit: UNIT,
  direction: { enum: ["next", "last"] },
  step: STEP,
  steps: { type: "array", items: STEP, minItems: 1 },
  json: {},
};

/** Definitions that do not depend on the fields. @internal */
export const commonDefinitions: Readonly<Record<string, JsonSchema>> = /* @__PURE__ */ (() => ({
  duration: {
    type: "object",
    properties: Object.fromEntries(RULE_LENGTHS.map((part) => [part, whole(0, MOST_LENGTH[part])])),
    minProperties: 1,
    additionalProperties: false,
  },
  window: windowSchema({ type: "string" }, true),
  comparison: comparison(ORDERED, PARTS.window),
}))();

/** Definitions for fields that are known; those of windows in which events lie have nothing that lies ahead. @internal */
export const fieldDefinitions: Readonly<Record<string, JsonSchema>> = /* @__PURE__ */ (() => ({
  window: windowSchema(INSTANT, true),
  windowOfEvents: windowSchema(INSTANT, false),
  numberComparison: comparison({ type: "number" }, null),
  instantComparison: comparison(INSTANT, { $ref: "#/$defs/windowOfEvents" }),
}))();

function windowSchema(moment: JsonSchema, mayLieAhead: boolean): JsonSchema {
  return {
    oneOf: [
      strict({ last: PARTS.duration }, ["last"]),
      ...(mayLieAhead ? [strict({ next: PARTS.duration }, ["next"])] : []),
      strict(
        { ago: { type: "array", prefixItems: [PARTS.duration, PARTS.duration], minItems: 2, maxItems: 2 } },
        ["ago"],
      ),
      strict(
        {
          calendar: UNIT,
          offset: whole(-MOST_PERIODS.window, MOST_PERIODS.window),
          count: whole(1, MOST_PERIODS.window),
        },
        ["calendar"],
      ),
      strict({ from: moment, until: moment }, []),
    ],
  };
}

function comparison(value: JsonSchema, window: JsonSchema | null): JsonSchema {
  return {
    oneOf: [
      objectSchema(VALUE_COMPARISONS, { value: "ordered" }, { value }),
      objectSchema(["between"], { from: "ordered", to: "ordered" }, { from: value, to: value }),
      ...(window ? [objectSchema(["within"], { window: "window" }, { window })] : []),
    ],
  };
}

function strict(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

function whole(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): JsonSchema {
  return { type: "integer", minimum, maximum };
}
