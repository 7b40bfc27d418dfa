import type { CustomerEvents, Interaction } from "clientele";
import type { SegmentBase, SegmentCustomer } from "./segment-base.js";

/** Looks up what a customer did besides buying: contacts and signs of interest, as far as the data have them. */
export function otherEvents({
  customers,
  interactions,
}: SegmentBase): (customer: SegmentCustomer) => CustomerEvents {
  const contacts = new Map<string, Interaction[]>();
  for (const contact of interactions ?? []) {
    const own = contacts.get(contact.customerId);
    if (own) own.push(contact);
    else contacts.set(contact.customerId, [contact]);
  }
  return ({ id, signals }) => ({
    ...(interactions && { interactions: contacts.get(String(id)) ?? [] }),
    ...(customers && { signals: signals ?? [] }),
  });
}
