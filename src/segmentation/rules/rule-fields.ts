import { assertArgument, shown } from "../../core/assert.js";
import { isForbiddenKey } from "./forbidden-keys.js";
import { assertKnownKeys } from "./known-keys.js";
import {
  assertRuleLabel,
  assertRuleLabels,
  entriesOf,
  labelIn,
  type RuleLabel,
  type RuleLabels,
} from "./rule-labels.js";

/**
 * What a field holds, for rules.
 *
 * - `"text"`, `"number"`, `"boolean"`;
 * - `"instant"`: a `Date`, epoch milliseconds, or ISO 8601 text with offset or a civil day;
 * - `"text[]"`, `"number[]"`: a list of them;
 * - a list of texts: one of these;
 * - `{ type, label }`: one of the above with a name for people, such as `{ type: "number", label: { en: "age", id: "umur" } }`;
 *   where it is a list of texts, `choiceLabels` may name these too.
 */
export type RuleField = RuleFieldType | LabeledRuleField;

/** A field with names for people. */
export interface LabeledRuleField {
  /** What it holds. */
  readonly type: RuleFieldType;
  /** Its name. */
  readonly label?: RuleLabel;
  /** Names of the texts that it may be: `{ pro: { en: "paid", id: "berbayar" } }`. */
  readonly choiceLabels?: Readonly<Record<string, RuleLabel>>;
}

/** The type of a field, or the texts that it may be. */
export type RuleFieldType =
  | "text"
  | "number"
  | "boolean"
  | "instant"
  | "text[]"
  | "number[]"
  | readonly string[];

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
  /** Names for people of the kinds of events, and of segments. */
  readonly labels?: RuleLabels;
}

/**
 * Of which fields may segment rules speak?
 *
 * The answer is plain JSON: it types the rules written in code, checks the rules that come from elsewhere, and tells a
 * form which fields there are. A path walks through objects, by own properties alone: `"address.city"`.
 *
 * @param fields - Fields of the record by path: a type, a list of the texts that it may be, or `{ type, label, choiceLabels }`.
 * @param events - Fields of each kind of event, by path. Each event has `at`, an instant, whether listed or not.
 * @param labels - Names for people of the kinds of `events`, and of `segments`: for {@link describeRule}.
 * @returns The same, checked: a copy that nobody can change.
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
>(fields: Fields, events: Events = {} as Events, labels?: RuleLabels): RuleFields<Fields, Events> {
  assertFieldMap(fields, "fields");
  assertArgument(
    typeof events === "object" && events !== null && !Array.isArray(events),
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
  if (labels !== undefined) assertRuleLabels(labels, Object.keys(events), "labels");
  return frozenCopy({ fields, events, ...(labels !== undefined && { labels }) });
}

/** A copy of plain JSON that cannot be changed: what was checked stays so. */
function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  const copy: unknown = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, frozenCopy(part)]));
  return Object.freeze(copy) as Value;
}

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
  return labelIn(field.label, language) ?? path;
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
      Array.isArray(type) && type.length > 0 && [...type].every((choice) => typeof choice === "string");
    assertArgument(
      isChoice || TYPES.includes(type as string),
      `${path}.${name}`,
      () =>
        `${path}.${name} is ${shown(type)}: pass one of ${TYPES.map((known) => `"${known}"`).join(", ")}, or the texts that it may be`,
    );
    assertLabels(field, `${path}.${name}`);
  }
}

/** The keys of a field are known, and its labels are names of what there is. */
function assertLabels(field: unknown, path: string): void {
  if (typeof field !== "object" || field === null || Array.isArray(field)) return;
  assertKnownKeys(field, path, ["type", "label", "choiceLabels"]);
  const { type, label, choiceLabels } = field as LabeledRuleField;
  if (label !== undefined) assertRuleLabel(label, `${path}.label`);
  for (const [choice, name] of entriesOf(choiceLabels, `${path}.choiceLabels`)) {
    const place = `${path}.choiceLabels.${choice}`;
    assertArgument(
      Array.isArray(type) && type.includes(choice),
      place,
      () => `${place} names a text that ${path} cannot be, which is ${shown(type)}`,
    );
    assertRuleLabel(name, place);
  }
}

/** Whether a name may be a step of a path. @internal */
export function isPathStep(name: string): boolean {
  return name !== "" && !name.includes(".") && !isForbiddenKey(name);
}

function assertPath(name: string, path: string): void {
  const bad = name.split(".").find((step) => !isPathStep(step));
  assertArgument(
    bad === undefined,
    path,
    () => `${path}: ${shown(name)} is no path: pass names of own properties joined by dots`,
  );
}
