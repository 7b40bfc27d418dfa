import { addDuration, type Bond, type LoyaltyEvent, type RandomSource, type Subscription } from "clientele";
import type { SampleBase } from "./sample-base.js";
import { shop } from "./shop-calendar.js";

/** Whoever ordered so often in the app keeps shopping lists and addresses there. */
const APP_ORDERS = 6;
/** Whoever bought so often in the store, and there alone, lives or works nearby. */
const STORE_PURCHASES = 12;

/** What holds the shop's customers, read off what is on file: contracts, subscriptions, membership, people, habits. */
export function sampleBonds(
  random: RandomSource,
  { subscriptions, transactions, books, survey, customers }: SampleBase,
  histories: readonly (readonly LoyaltyEvent[])[],
): Bond[] {
  const strength = (from: number, to: number) => Number((from + (to - from) * random()).toFixed(2));
  const bonds: Bond[] = [];
  for (const { id, accountId, ownerId, openedAt, closedAt, outcome } of books.opportunities) {
    const customerId = String(accountId);
    const person = strength(0.25, 0.85);
    const contract = strength(0.6, 0.9);
    bonds.push({
      ...{
        id: `social ${id}`,
        customerId,
        class: "social",
        kind: "social",
        strength: person,
        since: openedAt,
      },
      ...{ level: "personToPerson", personId: String(ownerId), evidence: `Talks ${id} with ${ownerId}` },
    });
    if (outcome !== "won" || closedAt === undefined) continue;
    bonds.push({
      ...{
        id: `legal ${id}`,
        customerId,
        class: "structural",
        kind: "legal",
        strength: contract,
        since: closedAt,
      },
      until: addDuration(closedAt, { years: 1 }, { timeZone: shop.timeZone }),
      ...{ contractId: String(id), evidence: `Contract of supply ${id}, one year` },
    });
  }
  for (const [first] of histories) {
    if (first === undefined) continue;
    bonds.push({
      ...{
        id: `club ${first.accountId}`,
        customerId: first.accountId,
        class: "structural",
        kind: "financial",
      },
      ...{ strength: strength(0.15, 0.45), since: first.at, evidence: "Points of Klub Melati" },
    });
  }
  const looked = new Set(survey.answers.map(({ respondentId }) => respondentId));
  for (const { id, kind } of customers) if (kind === "organization") looked.add(id);
  bonds.push(...ofSubscriptions(subscriptions, strength), ...ofHabits(transactions, looked, strength));
  return bonds;
}

/** A standing order is a process that somebody would have to change. */
function ofSubscriptions(
  subscriptions: readonly Subscription[],
  strength: (from: number, to: number) => number,
): Bond[] {
  const phases = new Map<string, Subscription[]>();
  for (const phase of subscriptions) {
    const own = phases.get(phase.id);
    if (own === undefined) phases.set(phase.id, [phase]);
    else own.push(phase);
  }
  return [...phases].flatMap(([id, own]): Bond[] => {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      {
        ...{ id: `process ${id}`, customerId: first.customerId, class: "structural", kind: "process" },
        ...{ strength: strength(0.3, 0.6), since: first.startAt },
        ...(last.endAt !== undefined && { until: last.endAt }),
        ...{ contractId: id, evidence: `Standing order ${id}` },
      },
    ];
  });
}

/**
 * The app for those who order in it again and again, the place for those who buy nowhere but in the store: of businesses and of
 * those who answered the survey, since nobody looks at the habits of all.
 */
function ofHabits(
  transactions: SampleBase["transactions"],
  looked: ReadonlySet<string>,
  strength: (from: number, to: number) => number,
): Bond[] {
  const habits = new Map<string, { app: number; store: number; other: number; at: number }>();
  for (const { type, customerId, channel, at } of transactions) {
    if (type === "refund" || !looked.has(customerId)) continue;
    let habit = habits.get(customerId);
    if (habit === undefined) {
      habit = { app: 0, store: 0, other: 0, at: 0 };
      habits.set(customerId, habit);
    }
    if (channel === "app") habit.app++;
    else if (channel === "store") habit.store++;
    if (channel !== "store") habit.other++;
    // From the purchase on with which it shows.
    if (habit.app === APP_ORDERS || habit.store === STORE_PURCHASES) habit.at ||= Number(at);
  }
  return [...habits].flatMap(([customerId, { app, store, other, at }]): Bond[] => {
    if (app >= APP_ORDERS) {
      const evidence = `${app} orders in the app`;
      const lists = { id: `app ${customerId}`, class: "structural", kind: "technology" } as const;
      return [{ ...lists, customerId, strength: strength(0.2, 0.5), since: at, evidence }];
    }
    if (store < STORE_PURCHASES || other > 0) return [];
    const evidence = `${store} purchases, all in the store`;
    const place = { id: `place ${customerId}`, class: "structural", kind: "geographic" } as const;
    return [{ ...place, customerId, strength: strength(0.3, 0.7), since: at, evidence }];
  });
}
