import type * as z from "zod";
import { assertArgument, shown } from "../../core/assert.js";
import { isPathStep, type RuleFields, type RuleFieldType, ruleFields } from "./rule-fields.js";
import type { EventSchemas, SchemaRuleFieldsOf } from "./schema-fields.js";

/** What of a zod schema rules may speak of, and what they may not. */
export interface SchemaRuleFields {
  /** What cannot be a field of rules, and why. */
  readonly leftOut: readonly {
    /** The path, that of a field of events with their kind before. */
    readonly path: string;
    /** Why, as words that follow the path: `"is a union"`. */
    readonly reason: string;
  }[];
}

/**
 * Which fields does a zod schema give to rules?
 *
 * Reads the definitions of zod 4, so that records and rules cannot drift apart: texts, numbers, booleans, dates, ISO
 * instants and days, enums and literal texts, lists of texts or numbers, and those inside objects, by path. Optional,
 * nullable, default, readonly and catch are looked through; of a pipe, what comes out of it counts. What comes out of a
 * transform is known to nobody: name its path in `instants` if it is an instant; the `at` of an event is one anyway. The compiler finds the same fields.
 *
 * @param schema - A zod object: the record as rules will see it, so what the schema puts out.
 * @param options - `events`: the zod objects of events by kind; `instants`: paths of fields that hold instants as text or
 * number, those of events with their kind before (`"transactions.dueAt"`).
 * @returns Fields as {@link ruleFields} gives them, and what was `leftOut`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a schema is no zod object, or a path of `instants` is not in it.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFieldsFromSchema } from "clientele";
 * import * as z from "zod";
 *
 * const customer = z.object({
 *   plan: z.enum(["free", "pro"]),
 *   age: z.number().nullable(),
 *   address: z.object({ city: z.string().optional() }),
 *   notes: z.record(z.string(), z.string()),
 * });
 * const fields = ruleFieldsFromSchema(customer);
 * fields.fields; // => { plan: ["free", "pro"], age: "number", "address.city": "text" }
 * fields.leftOut; // => [{ path: "notes", reason: "is a record" }]
 * const { field } = ruleBuilder(fields);
 * field("plan").eq("pro"); // => { op: "eq", field: "plan", value: "pro" }
 * ```
 */
export function ruleFieldsFromSchema<
  Schema extends z.core.$ZodType,
  const Events extends EventSchemas = Readonly<Record<never, never>>,
  const Instants extends string = never,
>(
  schema: Schema,
  options: { readonly events?: Events; readonly instants?: readonly Instants[] } = {},
): SchemaRuleFieldsOf<Schema, Events, Instants> & SchemaRuleFields {
  const { events = {}, instants = [] } = options;
  const walk: Walk = { fields: {}, leftOut: [], instants: new Set(instants), time: null };
  walkObject(schema, "schema", "", walk);
  const record = walk.fields;
  const kinds = Object.entries(events as EventSchemas).map(([kind, event]) => {
    walk.fields = {};
    walk.time = `${kind}.at`;
    walkObject(event, `options.events.${kind}`, `${kind}.`, walk);
    const fields = Object.entries(walk.fields).map(([path, field]) => [path.slice(kind.length + 1), field]);
    return [kind, Object.fromEntries(fields)];
  });
  const [unknown] = walk.instants;
  assertArgument(
    unknown === undefined,
    "options.instants",
    () => `options.instants has ${shown(unknown)}, which is no field of the schemas that can be an instant`,
  );
  const checked: RuleFields = ruleFields(record, Object.fromEntries(kinds));
  return { ...checked, leftOut: walk.leftOut } as never;
}

interface Walk {
  fields: Record<string, RuleFieldType>;
  readonly leftOut: { readonly path: string; readonly reason: string }[];
  /** Those that no field has had yet. */
  readonly instants: Set<string>;
  /** The path of when an event was, an instant in any case. */
  time: string | null;
}

/** The parts of zod's definitions that are read. */
interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly innerType?: unknown;
  readonly out?: unknown;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly element?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
}

const WRAPPERS: readonly string[] = [
  "optional",
  "nullable",
  "default",
  "prefault",
  "nonoptional",
  "readonly",
  "catch",
];

/** Objects in objects; a schema may hold itself. */
const DEEPEST = 8;

function walkObject(schema: unknown, argument: string, before: string, walk: Walk): void {
  const definition = definitionOf(schema);
  assertArgument(
    definition?.type === "object",
    argument,
    () => `${argument} is ${definition ? `a zod ${definition.type}` : shown(schema)}: pass a z.object()`,
  );
  walkShape(definition.shape ?? {}, before, 0, walk);
}

function walkShape(
  shape: Readonly<Record<string, unknown>>,
  before: string,
  depth: number,
  walk: Walk,
): void {
  for (const [key, schema] of Object.entries(shape)) {
    const path = `${before}${key}`;
    const definition = definitionOf(schema);
    const leaveOut = (reason: string) => walk.leftOut.push({ path, reason });
    if (!isPathStep(key)) leaveOut("has a name that is no step of a path");
    else if (definition?.type === "object" && depth < DEEPEST)
      walkShape(definition.shape ?? {}, `${path}.`, depth + 1, walk);
    else if (definition?.type === "object") leaveOut("lies too deep");
    else if (walk.instants.delete(path) || path === walk.time) walk.fields[path] = "instant";
    else {
      const field = definition && fieldOf(definition);
      if (field) walk.fields[path] = field;
      else leaveOut(whyNot(definition));
    }
  }
}

/** The definition that counts: of what is inside optional and the like, of what comes out of a pipe. */
function definitionOf(schema: unknown): Definition | null {
  let definition = ownDefinition(schema);
  while (definition) {
    const inner = WRAPPERS.includes(definition.type)
      ? definition.innerType
      : definition.type === "pipe"
        ? definition.out
        : null;
    if (inner === null) break;
    definition = ownDefinition(inner);
  }
  return definition;
}

function ownDefinition(schema: unknown): Definition | null {
  const definition = (schema as { readonly _zod?: { readonly def?: Definition } } | null)?._zod?.def;
  return typeof definition?.type === "string" ? definition : null;
}

function fieldOf(definition: Definition): RuleFieldType | null {
  switch (definition.type) {
    case "string":
      return definition.format === "datetime" || definition.format === "date" ? "instant" : "text";
    case "number":
    case "boolean":
      return definition.type;
    case "date":
      return "instant";
    case "enum":
      return choicesOf(Object.values(definition.entries ?? {}));
    case "literal":
      return choicesOf(definition.values ?? []);
    case "array":
      return listOf(definition.element);
    default:
      return null;
  }
}

function choicesOf(values: readonly unknown[]): readonly string[] | null {
  const isText = values.length > 0 && values.every((value) => typeof value === "string");
  return isText ? [...new Set(values as readonly string[])] : null;
}

function listOf(element: unknown): RuleFieldType | null {
  const definition = definitionOf(element);
  const item = definition && fieldOf(definition);
  if (item === "text" || (Array.isArray(item) && item.length > 0)) return "text[]";
  return item === "number" ? "number[]" : null;
}

function whyNot(definition: Definition | null): string {
  switch (definition?.type) {
    case undefined:
      return "is no zod schema";
    case "transform":
      return "comes out of a transform, which does not say what it gives";
    case "array":
      return "is a list of something else than texts or numbers";
    case "enum":
    case "literal":
      return "has values that are not text";
    default:
      return `is a ${definition?.type}`;
  }
}
