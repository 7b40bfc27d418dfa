import { drawInteger, type Interaction, type RandomSource, startOfDay } from "clientele";
import type { SampleCustomer } from "./customers.js";
import type { SamplePurchase } from "./purchases.js";
import { firstDay, lastDay, shop } from "./shop-calendar.js";

const HOUR_MS = 3_600_000;

/** Who gets in touch, how and what for; `share` of purchases that are followed by such a contact. */
const afterPurchase = [
  { share: 0.05, channel: "app", purpose: "deliveryQuestion", department: "service", direction: "inbound" },
  { share: 0.02, channel: "callCenter", purpose: "complaint", department: "service", direction: "inbound" },
  { share: 0.03, channel: "sms", purpose: "thanks", department: "marketing", direction: "outbound" },
  { share: 0.015, channel: "store", purpose: "exchange", department: "sales", direction: "inbound" },
] as const;

/** Share of customers that are called once in the three years although they bought nothing lately. */
const CALLED = 0.12;

/** What contacts were there between customers and shop? */
export function sampleInteractions(
  random: RandomSource,
  customers: readonly SampleCustomer[],
  purchases: readonly SamplePurchase[],
): Interaction[] {
  const end = startOfDay(lastDay, shop.timeZone);
  const contacts = [...followUps(random, purchases), ...calls(random, customers)];
  return contacts
    .filter(({ at }) => at < end)
    .sort((left, right) => left.at - right.at)
    .map((contact, index) => ({ id: `I-${String(index + 1).padStart(6, "0")}`, ...contact }));
}

function followUps(random: RandomSource, purchases: readonly SamplePurchase[]): Omit<Interaction, "id">[] {
  return purchases.flatMap(({ customerId, at }) => {
    const lot = random();
    const delay = drawInteger(random, 1, 96) * HOUR_MS;
    let below = 0;
    const kind = afterPurchase.find(({ share }) => {
      below += share;
      return lot < below;
    });
    if (!kind) return [];
    const { share: _, ...contact } = kind;
    return [{ customerId, at: at + delay, planned: contact.direction === "outbound", ...contact }];
  });
}

function calls(random: RandomSource, customers: readonly SampleCustomer[]): Omit<Interaction, "id">[] {
  return customers.flatMap(({ record, since }) => {
    const called = random() < CALLED;
    const day = drawInteger(random, firstDay, lastDay - 1);
    const responded = random() < 0.2;
    if (!called || day < since) return [];
    return [
      {
        customerId: record.id,
        at: startOfDay(day, shop.timeZone) + drawInteger(random, 9, 16) * HOUR_MS,
        channel: "phone" as const,
        direction: "outbound" as const,
        planned: true,
        purpose: "winBack",
        department: "sales",
        outcome: responded ? "responded" : "noAnswer",
      },
    ];
  });
}
