import type { FieldKind } from "./rule-fields.js";
import {
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

/** What a field of this kind is compared with: for a list, one of its items. @internal */
export function valueSchema({ type, choices }: FieldKind): JsonSchema {
  if (choices !== null) return { enum: choices };
  if (type === "instant") return INSTANT;
  return { type: type === "text" ? "string" : type };
}

const NAME: JsonSchema = { type: "string", minLength: 1 };
const ORDERED: JsonSchema = { type: ["string", "number"] };
const SCALAR: JsonSchema = { type: ["string", "number", "boolean"] };
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
    properties: Object.fromEntries(RULE_LENGTHS.map((part) => [part, whole(0)])),
    minProperties: 1,
    additionalProperties: false,
  },
  window: {
    oneOf: [
      strict({ last: PARTS.duration }, ["last"]),
      strict({ next: PARTS.duration }, ["next"]),
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
      strict({ from: { type: "string" }, until: { type: "string" } }, []),
    ],
  },
  comparison: comparison(ORDERED, true),
  numberComparison: comparison({ type: "number" }, false),
  instantComparison: comparison(INSTANT, true),
}))();

function comparison(value: JsonSchema, hasWindow: boolean): JsonSchema {
  const within = objectSchema(["within"], { window: "window" }, {});
  return {
    oneOf: [
      objectSchema(VALUE_COMPARISONS, { value: "ordered" }, { value }),
      objectSchema(["between"], { from: "ordered", to: "ordered" }, { from: value, to: value }),
      ...(hasWindow ? [within] : []),
    ],
  };
}

function strict(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

function whole(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): JsonSchema {
  return { type: "integer", minimum, maximum };
}
