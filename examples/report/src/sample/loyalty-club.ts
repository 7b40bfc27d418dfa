import {
  decideLoyalty,
  defineProgram,
  emptyLoyaltyAccount,
  type LoyaltyCommand,
  type LoyaltyEvent,
  type RandomSource,
  type Refund,
  settleLoyalty,
} from "clientele";
import type { LoyaltyBooks } from "../loyalty/loyalty-analysis.js";
import type { SamplePurchase } from "./purchases.js";
import { shop } from "./shop-calendar.js";

/** The shop's programme: a point for each 10,000 rupiah, worth 100 rupiah, good for a year; levels by yearly spending. */
const program = defineProgram({
  version: 1,
  id: "melati-club",
  name: "Klub Melati",
  currency: shop.currency,
  timeZone: shop.timeZone,
  pointTypes: [
    {
      id: "points",
      kind: "spendable",
      pendingFor: { days: 14 },
      expiry: { kind: "afterEarn", after: { years: 1 }, roundUpTo: "month" },
    },
  ],
  earnRules: [
    { id: "purchase", name: "Every purchase", award: { per: "amount", points: 1, amount: 10_000_00 } },
    {
      id: "app",
      name: "Twice in the app",
      award: { per: "multiplier", factor: 2 },
      when: { channels: ["app"] },
    },
  ],
  earnOn: "netOfRedemption",
  redemption: { points: 1, amount: 100_00, minimumPoints: 50, maximumShare: 0.5 },
  tiers: {
    levels: [
      { id: "melati", name: "Melati", threshold: 0 },
      { id: "mawar", name: "Mawar", threshold: 1_000_000_00, multiplier: 1.25 },
      { id: "anggrek", name: "Anggrek", threshold: 4_000_000_00, multiplier: 1.5 },
    ],
    measure: { kind: "spend" },
    period: { kind: "calendar", unit: "year" },
    downgrade: "oneDown",
    levelOfOrder: "start",
  },
});

/** What one rupiah paid with points costs the shop, since goods cost less than their price; minor units for a point. */
const COST_PER_POINT = 60_00;

const JOINS = 0.08;
const REDEEMS = 0.3;

/** What the members of the shop's programme earned, spent and let lapse: one history of events after the other. */
export function sampleLoyalty(
  random: RandomSource,
  transactions: readonly (SamplePurchase | Refund)[],
): LoyaltyBooks {
  const byCustomer = new Map<string, (SamplePurchase | Refund)[]>();
  for (const transaction of transactions) {
    const own = byCustomer.get(transaction.customerId);
    if (own === undefined) byCustomer.set(transaction.customerId, [transaction]);
    else own.push(transaction);
  }
  const histories: LoyaltyEvent[][] = [];
  for (const [customerId, own] of byCustomer) {
    if (random() < JOINS) histories.push(historyOf(random, customerId, own));
  }
  return { program, histories, costPerPoint: COST_PER_POINT };
}

/** Who joins does so with the first purchase. */
function historyOf(
  random: RandomSource,
  customerId: string,
  transactions: readonly (SamplePurchase | Refund)[],
): LoyaltyEvent[] {
  const events: LoyaltyEvent[] = [];
  let account = emptyLoyaltyAccount(customerId);
  const send = (command: LoyaltyCommand): boolean => {
    const decided = decideLoyalty(program, account, command);
    if (!decided.ok) return false;
    events.push(...decided.value.events);
    account = decided.value.account;
    return true;
  };
  const inTime = [...transactions].sort((a, b) => Number(a.at) - Number(b.at));
  for (const transaction of inTime) {
    const { id, type, amount } = transaction;
    const at = Number(transaction.at);
    if (account.seq === 0) send({ type: "enroll", key: "enroll", at, memberId: customerId });
    if (type === "refund") {
      send({ type: "clawBack", key: `${id}`, at, orderId: `${transaction.refundOf}`, amount: 0 - amount });
      continue;
    }
    // Drawn for every purchase, so that one redemption more or less leaves the others as they are.
    const wants = random() < REDEEMS;
    const available = settleLoyalty(program, account, at).account.points.points?.balances.available ?? 0;
    const points = Math.min(available, Math.floor(amount / 2 / 100_00));
    const redeemed =
      wants &&
      points >= 50 &&
      send({
        type: "redeem",
        key: `pay ${id}`,
        at,
        redemptionId: `pay ${id}`,
        points,
        orderId: id,
        orderAmount: amount,
      });
    send({
      type: "earn",
      key: id,
      at,
      orderId: id,
      lines: [{ lineId: "1", amount }],
      channel: transaction.channel,
      ...(redeemed ? { paidWithPoints: points * 100_00 } : {}),
    });
  }
  return events;
}
