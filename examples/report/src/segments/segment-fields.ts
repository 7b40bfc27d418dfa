import {
  interactionEventFields,
  type RuleFieldMap,
  type RuleFields,
  ruleFields,
  transactionEventFields,
} from "clientele";
import type { SegmentBase } from "./segment-base.js";

/** How people call what a rule asks about: `city` for `attributes.city`. */
const names = {
  kind: "kind of customer",
  "attributes.city": "city",
  channel: "sales channel",
  productId: "product",
  interactions: "contacts",
  signals: "signs of interest",
} as const;

const customerFields: RuleFieldMap = {
  kind: { type: ["person", "organization"], label: names.kind },
  "attributes.city": { type: "text", label: names["attributes.city"] },
};

const transactionFields: RuleFieldMap = {
  ...transactionEventFields,
  channel: { type: "text", label: names.channel },
  productId: { type: "text", label: names.productId },
};

const signalFields: RuleFieldMap = { kind: "text" };

const contactLabel = { interactions: { one: "contact", many: names.interactions } };
const signalLabel = { signals: { one: "sign of interest", many: names.signals } };

/** Of what the rules of a shop may speak, with names for people. */
export const shopFields: RuleFields = ruleFields(
  customerFields,
  { transactions: transactionFields, interactions: interactionEventFields, signals: signalFields },
  { events: { ...contactLabel, ...signalLabel } },
);

/** Of what rules may speak with these data: a bare file of transactions has no customers' fields and no contacts. */
export function fieldsOf({ log, customers, interactions }: SegmentBase): RuleFields {
  const inLog: Readonly<Record<string, unknown>> = {
    cost: log.cost,
    quantity: log.quantity,
    productId: log.product,
    channel: log.channel,
  };
  const bought = Object.entries(transactionFields).filter(([name]) => inLog[name] !== null);
  return ruleFields(
    customers ? customerFields : {},
    {
      transactions: Object.fromEntries(bought),
      ...(interactions && { interactions: interactionEventFields }),
      ...(customers && { signals: signalFields }),
    },
    { events: { ...(interactions && contactLabel), ...(customers && signalLabel) } },
  );
}

/** A field, a kind of event or a segment in words. */
export function nameForPeople(name: string): string {
  return Object.entries(names).find(([known]) => known === name)?.[1] ?? name;
}
