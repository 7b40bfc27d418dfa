import { assertArgument, shown } from "../../core/assert.js";
import type { CustomOperators } from "./custom-operator.js";
import { assertKnownKeys } from "./known-keys.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import type { RuleFields } from "./rule-fields.js";

/** The segments to which a rule may refer: their names, or the rules by name. */
export type RuleSegments = Iterable<string> | Readonly<Record<string, SegmentRule | RuleDocument>>;

/** What a rule may speak of. */
export interface RuleVocabulary {
  /** The fields of the record and of its events. */
  readonly fields: RuleFields;
  /** The segments to which it may refer: their names, or the rules by name; default none. */
  readonly segments?: RuleSegments;
  /** Operators of your own. */
  readonly operators?: CustomOperators;
}

/** The options of all functions on rules: one object may serve several of them, and a name that none knows is a slip. */
const OPTIONS: readonly string[] = [
  ...["fields", "segments", "operators", "limits"],
  ...["asOf", "timeZone", "weekStartsOn", "firstMonth"],
  ...["language", "eventsOf", "priority"],
];

/** Throws unless options name fields, and segments and operators that are some. @internal */
export function assertRuleOptions(options: unknown): asserts options is RuleVocabulary {
  const given = options as RuleVocabulary | null | undefined;
  assertRuleFields(given?.fields);
  const { segments, operators } = given as RuleVocabulary;
  assertKnownKeys(given as RuleVocabulary, "options", OPTIONS);
  assertSegments(segments);
  assertOperators(operators);
}

/** Throws unless there are fields of which a rule may speak. */
function assertRuleFields(fields: unknown): void {
  const given = fields as Partial<RuleFields> | null | undefined;
  assertArgument(
    isObject(given?.fields) && isObject(given.events),
    "options.fields",
    () => `options.fields is ${shown(fields)}: pass the result of ruleFields()`,
  );
}

/** Tells whether there is a segment of a name. @internal */
export function segmentLookup(segments: RuleSegments): (name: string) => boolean {
  if (!isIterable(segments)) return (name) => Object.hasOwn(segments, name);
  const names = new Set(segments);
  return (name) => names.has(name);
}

/** The names of segments. @internal */
export function segmentNames(segments: RuleSegments): string[] {
  return isIterable(segments) ? [...segments] : Object.keys(segments);
}

/** Throws unless segments are rules by name. @internal */
export function assertSegmentRules(segments: unknown): void {
  assertArgument(
    isObject(segments) && !isIterable(segments),
    "options.segments",
    () =>
      `options.segments is ${shown(segments)}: pass an object of rules by name; names alone do not tell who is in them`,
  );
}

function assertSegments(segments: unknown): void {
  // A text is an iterable too, of letters.
  assertArgument(
    segments === undefined || isObject(segments),
    "options.segments",
    () => `options.segments is ${shown(segments)}: pass an array of names, or an object of rules by name`,
  );
}

function assertOperators(operators: unknown): void {
  if (operators === undefined) return;
  assertArgument(
    isObject(operators) && !Array.isArray(operators),
    "options.operators",
    () => `options.operators is ${shown(operators)}: pass an object of operators by name`,
  );
  for (const [name, operator] of Object.entries(operators))
    assertOperator(operator, `options.operators.${name}`);
}

function assertOperator(operator: unknown, path: string): void {
  assertArgument(
    isObject(operator) && typeof operator.holds === "function",
    path,
    () =>
      `${path} is ${shown(operator)}, which has no function "holds": pass { holds: (field, value) => boolean }`,
  );
  assertKnownKeys(operator, path, ["holds", "value", "field", "describe"]);
  const { value, field, describe } = operator;
  assertArgument(
    value === undefined || (isObject(value) && typeof value.safeParse === "function"),
    `${path}.value`,
    () => `${path}.value is ${shown(value)}: pass a zod schema, or leave it out`,
  );
  assertArgument(
    field === undefined || typeof field === "boolean",
    `${path}.field`,
    () => `${path}.field is ${shown(field)}: pass true or false`,
  );
  assertArgument(
    describe === undefined || typeof describe === "function",
    `${path}.describe`,
    () => `${path}.describe is ${shown(describe)}: pass a function, or leave it out`,
  );
}

function isIterable(segments: unknown): segments is Iterable<string> {
  return typeof (segments as Partial<Iterable<string>>)[Symbol.iterator] === "function";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
