import { assertArgument } from "../../core/assert.js";
import type { LabeledRuleField, RuleFields } from "./rule-fields.js";
import { entriesOf, type RuleLabel, type RuleLabels } from "./rule-labels.js";

/** Names for people of what a zod schema gives to rules. */
export interface SchemaRuleLabels<Path extends string = string> extends RuleLabels {
  /**
   * Of fields by path, those of events with their kind before (`"transactions.amount"`): a name, or `{ label, choiceLabels }`
   * as {@link ruleFields} takes them.
   */
  readonly fields?: Readonly<Record<Path, RuleLabel | Omit<LabeledRuleField, "type">>>;
}

/** Fields with the names that are given to them. @internal */
export function namedFields({ fields, events }: RuleFields, labels: unknown): RuleFields {
  const maps: Record<string, Record<string, unknown>> = { "": { ...fields } };
  for (const [kind, map] of Object.entries(events)) maps[`${kind}.`] = { ...map };
  for (const [path, label] of entriesOf(labels, "options.labels.fields")) {
    // A path of the record first, should one begin with the name of a kind.
    const before = Object.keys(maps).find(
      (start) => path.startsWith(start) && Object.hasOwn(maps[start], path.slice(start.length)),
    );
    const place = `options.labels.fields.${path}`;
    assertArgument(
      before !== undefined,
      place,
      () => `${place} names no field: it has none of this path, or left it out`,
    );
    const isLabel =
      typeof label === "string" || !["label", "choiceLabels"].some((key) => key in Object(label));
    const name = path.slice(before.length);
    const given = isLabel ? { label } : (label as object);
    maps[before][name] = { ...given, type: maps[before][name] };
  }
  const { "": record, ...ofEvents } = maps;
  return {
    fields: record,
    events: Object.fromEntries(Object.entries(ofEvents).map(([start, map]) => [start.slice(0, -1), map])),
  } as RuleFields;
}
