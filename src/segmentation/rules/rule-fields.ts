import { assertArgument, shown } from "../../core/assert.js";

/**
 * What a field holds, for rules.
 *
 * - `"text"`, `"number"`, `"boolean"`;
 * - `"instant"`: a `Date`, epoch milliseconds, or ISO 8601 text with offset or a civil day;
 * - `"text[]"`, `"number[]"`: a list of them;
 * - a list of texts: one of these;
 * - `{ type, label }`: one of the above with a name for people, such as `{ type: "number", label: { en: "age", id: "umur" } }`.
 */
export type RuleField = RuleFieldType | { readonly type: RuleFieldType; readonly label?: RuleLabel };

/** The type of a field, or the texts that it may be. */
export type RuleFieldType =
  | "text"
  | "number"
  | "boolean"
  | "instant"
  | "text[]"
  | "number[]"
  | readonly string[];

/** A name for people: one for all languages, or one for each. */
export type RuleLabel = string | { readonly en?: string; readonly id?: string };

/** Fields by path: `"plan"`, `"address.city"`. */
export type RuleFieldMap = Readonly<Record<string, RuleField>>;

/** Of what rules may speak: the fields of a record, and the kinds of events with theirs. */
export interface RuleFields<
  Fields extends RuleFieldMap = RuleFieldMap,
  Events extends Readonly<Record<string, RuleFieldMap>> = Readonly<Record<string, RuleFieldMap>>,
> {
  /** Fields of the record, by path. */
  readonly fields: Fields;
  /** Fields of each kind of event, by path, besides its `customerId` and `at`. */
  readonly events: Events;
}

/**
 * Of which fields may segment rules speak?
 *
 * The answer is plain JSON: it types the rules written in code, checks the rules that come from elsewhere, and tells a
 * form which fields there are. A path walks through objects, by own properties alone: `"address.city"`.
 *
 * @param fields - Fields of the record by path: a type, a list of the texts that it may be, or `{ type, label }`.
 * @param events - Fields of each kind of event, by path. Each event has `at`, an instant, whether listed or not.
 * @returns The same, checked.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a path or a type is none.
 * @example
 * ```ts
 * import { ruleFields } from "clientele";
 *
 * const shop = ruleFields(
 *   { country: "text", plan: ["free", "pro"], age: "number", joinedAt: "instant", tags: "text[]" },
 *   { transactions: { amount: "number", productId: "text" } },
 * );
 * shop.fields.plan; // => ["free", "pro"]
 * ruleFields({ "constructor.name": "text" }); // throws INVALID_ARGUMENT
 * ```
 */
export function ruleFields<
  const Fields extends RuleFieldMap,
  const Events extends Readonly<Record<string, RuleFieldMap>> = Readonly<Record<never, RuleFieldMap>>,
>(fields: Fields, events: Events = {} as Events): RuleFields<Fields, Events> {
  assertFieldMap(fields, "fields");
  assertArgument(
    typeof events === "object" && events !== null,
    "events",
    () => `events is ${shown(events)}: pass an object of fields by kind of event`,
  );
  for (const [kind, map] of Object.entries(events)) {
    assertPath(kind, `events.${kind}`);
    assertFieldMap(map, `events.${kind}`);
    const at = fieldKind(map, "at");
    assertArgument(
      at === null || (at.type === "instant" && !at.isList),
      `events.${kind}.at`,
      () =>
        `events.${kind}.at is ${shown(map.at)}: it is when the event was, so pass "instant" or leave it out`,
    );
  }
  return { fields, events };
}

/** Names that lead out of an object's own data. */
const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype"];

/** What a field is, without its label. @internal */
export interface FieldKind {
  readonly type: "text" | "number" | "boolean" | "instant";
  readonly isList: boolean;
  /** The texts that it may be; `null` where any may be. */
  readonly choices: readonly string[] | null;
}

/** The kind of a field; `null` where there is no such field. @internal */
export function fieldKind(fields: RuleFieldMap, path: string): FieldKind | null {
  if (!Object.hasOwn(fields, path)) return null;
  const field = fields[path];
  const type = isChoices(field) || typeof field === "string" ? field : field.type;
  if (typeof type !== "string") return { type: "text", isList: false, choices: type };
  return type.endsWith("[]")
    ? { type: type === "text[]" ? "text" : "number", isList: true, choices: null }
    : { type: type as FieldKind["type"], isList: false, choices: null };
}

/** A field's name for people. @internal */
export function fieldLabel(fields: RuleFieldMap, path: string, language: "en" | "id"): string {
  const field = Object.hasOwn(fields, path) ? fields[path] : undefined;
  if (field === undefined || typeof field === "string" || isChoices(field)) return path;
  const { label } = field;
  return (typeof label === "string" ? label : label?.[language]) ?? path;
}

function isChoices(field: RuleField): field is readonly string[] {
  return Array.isArray(field);
}

const TYPES: readonly string[] = ["text", "number", "boolean", "instant", "text[]", "number[]"];

function assertFieldMap(fields: unknown, path: string): void {
  assertArgument(
    typeof fields === "object" && fields !== null && !Array.isArray(fields),
    path,
    () => `${path} is ${shown(fields)}: pass an object of types by path`,
  );
  for (const [name, field] of Object.entries(fields)) {
    assertPath(name, `${path}.${name}`);
    const type: unknown =
      typeof field === "object" && field !== null && !Array.isArray(field) ? field.type : field;
    const isChoice =
      Array.isArray(type) && type.length > 0 && type.every((choice) => typeof choice === "string");
    assertArgument(
      isChoice || TYPES.includes(type as string),
      `${path}.${name}`,
      () =>
        `${path}.${name} is ${shown(type)}: pass one of ${TYPES.map((known) => `"${known}"`).join(", ")}, or the texts that it may be`,
    );
    assertLabel(field, `${path}.${name}`);
  }
}

/** The keys of a field are known, and its label is text or texts. */
function assertLabel(field: unknown, path: string): void {
  if (typeof field !== "object" || field === null || Array.isArray(field)) return;
  const unknown = Object.keys(field).find((key) => key !== "type" && key !== "label");
  assertArgument(
    unknown === undefined,
    `${path}.${unknown}`,
    () => `${path} has ${shown(unknown)}: a field has a type and a label`,
  );
  const { label } = field as { readonly label?: unknown };
  const texts = typeof label === "object" && label !== null ? Object.values(label) : [label];
  assertArgument(
    texts.every((text) => text === undefined || typeof text === "string"),
    `${path}.label`,
    () => `${path}.label is ${shown(label)}: pass text, or texts by language: { en: "age", id: "umur" }`,
  );
}

/** Whether a name may be a step of a path. @internal */
export function isPathStep(name: string): boolean {
  return name !== "" && !name.includes(".") && !FORBIDDEN.includes(name);
}

function assertPath(name: string, path: string): void {
  const bad = name.split(".").find((step) => !isPathStep(step));
  assertArgument(
    bad === undefined,
    path,
    () => `${path}: ${shown(name)} is no path: pass names of own properties joined by dots`,
  );
}
