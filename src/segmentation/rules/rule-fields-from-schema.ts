import type * as z from "zod";
import { assertArgument, shown } from "../../core/assert.js";
import { isPathStep, type RuleFields, type RuleFieldType, ruleFields } from "./rule-fields.js";
import { assertRuleLabels } from "./rule-labels.js";
import type { EventSchemas, LabeledFields, SchemaRuleFieldsOf } from "./schema-fields.js";
import { namedFields, type SchemaRuleLabels } from "./schema-labels.js";

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
 * instants and days, enums and literals, lists of texts or numbers, unions of which each part comes to the same (apart from
 * `null` and `undefined`), and those inside objects, by path. Optional, nullable, default, readonly and catch are looked
 * through; of a pipe, what comes out of it counts. What comes out of a transform is known to nobody: name its path in
 * `instants` if it is an instant; the `at` of an event is one anyway.
 *
 * The compiler finds the same fields, but for `z.iso.datetime({ local: true })`: a time without an offset names no instant
 * and is left out, which its type does not tell. A `z.string()` with a check, also with `.datetime()`, is text: write
 * `z.iso.datetime()`, or name its path in `instants`.
 *
 * @param schema - A zod object: the record as rules will see it, so what the schema puts out.
 * @param options - `events`: the zod objects of events by kind; `instants`: paths of fields that hold instants as text or
 * number, those of events with their kind before (`"transactions.dueAt"`); `labels`: names for people of `fields` by path, of
 * kinds of `events` and of `segments`.
 * @returns Fields as {@link ruleFields} gives them, and what was `leftOut`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a schema is no zod object, or a path of `instants` or of
 * `labels.fields` is no field of it.
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
 * const fields = ruleFieldsFromSchema(customer, { labels: { fields: { "address.city": { en: "city", id: "kota" } } } });
 * fields.fields.plan; // => ["free", "pro"]
 * fields.fields["address.city"]; // => { type: "text", label: { en: "city", id: "kota" } }
 * fields.leftOut; // => [{ path: "notes", reason: "is a record" }]
 * const { field } = ruleBuilder(fields);
 * field("plan").eq("pro"); // => { op: "eq", field: "plan", value: "pro" }
 * ```
 */
export function ruleFieldsFromSchema<
  Schema extends z.core.$ZodType,
  const Events extends EventSchemas = Readonly<Record<never, never>>,
  const Instants extends string = never,
  const Labeled extends string = never,
>(
  schema: Schema,
  options: {
    readonly events?: Events;
    readonly instants?: readonly Instants[];
    readonly labels?: SchemaRuleLabels<Labeled>;
  } = {},
): LabeledFields<SchemaRuleFieldsOf<Schema, Events, Instants>, Labeled> & SchemaRuleFields {
  const { events = {}, instants = [], labels } = options;
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
  if (labels !== undefined) assertRuleLabels(labels, Object.keys(events), "options.labels", ["fields"]);
  const { fields, ...others } = labels ?? ({} as SchemaRuleLabels);
  const named = namedFields({ fields: record, events: Object.fromEntries(kinds) }, fields);
  const checked: RuleFields = ruleFields(named.fields, named.events, labels && others);
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
  readonly local?: boolean;
  readonly options?: readonly unknown[];
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
      if (definition.format === "datetime") return definition.local ? null : "instant";
      return definition.format === "date" ? "instant" : "text";
    case "template_literal":
      return "text";
    case "number":
    case "boolean":
      return definition.type;
    case "nan":
      return "number";
    case "date":
      return "instant";
    case "enum":
      return literalField(enumValues(definition.entries ?? {}));
    case "literal":
      return literalField(definition.values ?? []);
    case "array":
      return listOf(definition.element);
    case "union":
      return unionOf(definition.options ?? []);
    default:
      return null;
  }
}

/** The values of an enum; that of TypeScript, where they are numbers, has the names by number too. */
function enumValues(entries: Readonly<Record<string, unknown>>): unknown[] {
  const numbers = new Set(Object.values(entries).filter((value) => typeof value === "number"));
  return Object.entries(entries)
    .filter(([key]) => !numbers.has(Number(key)))
    .map(([, value]) => value);
}

/** Literals of one type; `null` and `undefined` among them are a value that is missing. */
function literalField(values: readonly unknown[]): RuleFieldType | null {
  const given = values.filter((value) => value !== null && value !== undefined);
  const [type] = new Set(given.map((value) => typeof value));
  if (given.some((value) => typeof value !== type)) return null;
  if (type === "string") return [...new Set(given as unknown[] as string[])];
  return type === "number" || type === "boolean" ? type : null;
}

const ABSENT: readonly unknown[] = ["null", "undefined", "void"];

/** The field that all parts of a union come to: texts of which each has its choices have those of all. */
function unionOf(options: readonly unknown[]): RuleFieldType | null {
  const parts = options.map(definitionOf).filter((part) => !ABSENT.includes(part?.type));
  const fields = parts.map((part) => part && fieldOf(part));
  const [first = null, ...others] = fields;
  if (fields.every((field) => isText(field))) {
    if (fields.includes("text")) return "text";
    return first && [...new Set(fields.flat() as readonly string[])];
  }
  return others.every((field) => field === first) ? first : null;
}

function isText(field: RuleFieldType | null): boolean {
  return field === "text" || Array.isArray(field);
}

function listOf(element: unknown): RuleFieldType | null {
  const definition = definitionOf(element);
  const item = definition && fieldOf(definition);
  if (isText(item)) return "text[]";
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
    case "string":
      return "is a time without an offset, which names no instant";
    case "enum":
    case "literal":
      return "has values of several types, or of one that rules do not have";
    case "union":
      return "is a union of what rules tell apart, or do not know";
    default:
      return `is ${/^[aeiou]/.test(definition?.type ?? "") ? "an" : "a"} ${definition?.type}`;
  }
}
