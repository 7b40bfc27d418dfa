import { OWN_EVENTS, type OwnEvents } from "./event-labels.js";
import { fieldLabel, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { type EventLabel, labelIn, type RuleLabel, type RuleWord } from "./rule-labels.js";

// What people call what a rule names: by the labels of its fields, or by those of this library for its own events.

/** The words for a kind of event. @internal */
export interface EventWords {
  /** Of one; `null` where it is not known. */
  readonly one: string | null;
  readonly many: string;
}

type Language = "en" | "id";

/** The words for a kind of event: its label, or for the kinds that this library knows, theirs. @internal */
export function eventWords({ labels }: RuleFields, kind: string, language: Language): EventWords {
  const label = own(labels?.events, kind) ?? ownEvents(kind)?.words;
  if (label === undefined) return { one: null, many: kind };
  const word = isWord(label) ? label : (label[language] ?? label.en ?? label.id ?? kind);
  return typeof word === "string" ? { one: null, many: word } : word;
}

/** The name of a segment. @internal */
export function segmentLabel({ labels }: RuleFields, name: string, language: Language): string {
  return labelIn(own(labels?.segments, name), language) ?? name;
}

/** The fields of which rules speak: those of the record (`null`), or of a kind of event. @internal */
export function fieldsOf({ fields, events }: RuleFields, kind: string | null): RuleFieldMap {
  return kind === null ? fields : { at: "instant", ...own(events, kind) };
}

/** The name of a field of the record, or of a kind of event. @internal */
export function fieldName(fields: RuleFields, kind: string | null, path: string, language: Language): string {
  const label = fieldLabel(fieldsOf(fields, kind), path, language);
  if (label !== path || kind === null) return label;
  return labelIn(own(ownEvents(kind)?.fields, path) ?? (path === "at" ? TIME : undefined), language) ?? path;
}

/** The name of one of the texts that a field may be. @internal */
export function choiceName(
  fields: RuleFields,
  kind: string | null,
  path: string,
  choice: string,
  language: Language,
): string {
  const field = own(fieldsOf(fields, kind), path);
  const labels = field !== undefined && "choiceLabels" in Object(field) ? choiceLabelsOf(field) : undefined;
  const label =
    own(labels, choice) ?? own(own(kind === null ? undefined : ownEvents(kind)?.choices, path), choice);
  return labelIn(label, language) ?? choice;
}

function choiceLabelsOf(field: unknown): Readonly<Record<string, RuleLabel>> | undefined {
  return (field as { readonly choiceLabels?: Readonly<Record<string, RuleLabel>> }).choiceLabels;
}

function isWord(label: EventLabel): label is RuleWord {
  return typeof label === "string" || "many" in label;
}

const TIME = { en: "its time", id: "waktunya" };

function ownEvents(kind: string): OwnEvents | undefined {
  return own(OWN_EVENTS, kind);
}

function own<Value>(of: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;
}
