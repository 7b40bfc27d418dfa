import { assertArgument, shown } from "../../core/assert.js";
import { assertKnownKeys } from "./known-keys.js";

/** A name for people: one for all languages, or one for each; where one is not given, the other stands in. */
export type RuleLabel = string | { readonly en?: string; readonly id?: string };

/** A word for people: where it matters, of one thing and of several, such as `{ one: "purchase", many: "purchases" }`. */
export type RuleWord = string | { readonly one: string; readonly many: string };

/** The name of a kind of event for people: one for all languages, or one for each. */
export type EventLabel = RuleWord | { readonly en?: RuleWord; readonly id?: RuleWord };

/** Names for people of what is no field. Where a language has none, that of the other stands in. */
export interface RuleLabels {
  /** Of kinds of events: `{ visits: { en: { one: "visit", many: "visits" }, id: "kunjungan" } }`. */
  readonly events?: Readonly<Record<string, EventLabel>>;
  /** Of segments, by the names that rules call them. */
  readonly segments?: Readonly<Record<string, RuleLabel>>;
}

/** A name in a language, or in the other one where it has none in this. @internal */
export function labelIn(label: RuleLabel | undefined, language: "en" | "id"): string | undefined {
  return typeof label === "string" ? label : (label?.[language] ?? label?.en ?? label?.id);
}

/** Throws unless labels are names of what there is. @internal */
export function assertRuleLabels(
  labels: unknown,
  kinds: readonly string[],
  path: string,
  others: readonly string[] = [],
): void {
  assertArgument(
    typeof labels === "object" && labels !== null && !Array.isArray(labels),
    path,
    () => `${path} is ${shown(labels)}: pass { events, segments }, each an object of labels by name`,
  );
  assertKnownKeys(labels, path, [...others, "events", "segments"]);
  const { events, segments } = labels as RuleLabels;
  for (const [kind, label] of entriesOf(events, `${path}.events`)) {
    const place = `${path}.events.${kind}`;
    assertArgument(
      kinds.includes(kind),
      place,
      () => `${place} names no kind of event: these are ${kinds.map(shown).join(", ") || "none"}`,
    );
    assertLabelOf(label, place, isRuleWord, 'text, { one: "visit", many: "visits" }, or these by language');
  }
  for (const [name, label] of entriesOf(segments, `${path}.segments`))
    assertRuleLabel(label, `${path}.segments.${name}`);
}

/** Throws unless something is a name, or names by language. @internal */
export function assertRuleLabel(label: unknown, path: string): void {
  assertLabelOf(label, path, isName, 'text, or texts by language: { en: "age", id: "umur" }');
}

function assertLabelOf(
  label: unknown,
  path: string,
  isOne: (label: unknown) => boolean,
  expected: string,
): void {
  const fail = (): string => `${path} is ${shown(label)}: pass ${expected}`;
  if (isOne(label)) return;
  assertArgument(typeof label === "object" && label !== null && !Array.isArray(label), path, fail);
  assertKnownKeys(label, path, ["en", "id"]);
  const given = Object.values(label).filter((each) => each !== undefined);
  assertArgument(given.length > 0 && given.every(isOne), path, fail);
}

/** The labels in an object of them by name. @internal */
export function entriesOf(labels: unknown, path: string): [name: string, label: unknown][] {
  if (labels === undefined) return [];
  assertArgument(
    typeof labels === "object" && labels !== null && !Array.isArray(labels),
    path,
    () => `${path} is ${shown(labels)}: pass an object of labels by name`,
  );
  return Object.entries(labels);
}

function isRuleWord(label: unknown): boolean {
  if (isName(label)) return true;
  const word = label as { readonly one?: unknown; readonly many?: unknown } | null;
  return (
    typeof word === "object" &&
    isName(word?.one) &&
    isName(word?.many) &&
    Object.keys(word ?? {}).every((key) => key === "one" || key === "many")
  );
}

function isName(label: unknown): boolean {
  return typeof label === "string" && label.trim() !== "";
}
