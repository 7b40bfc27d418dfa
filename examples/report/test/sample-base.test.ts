import {
  customerPyramid,
  customerSchema,
  interactionSchema,
  productSchema,
  revenueMovements,
  type Subscription,
  seededRandom,
  subscriptionSchema,
  transactionLog,
  transactionSchema,
  whaleCurve,
} from "clientele";
import { describe, expect, it } from "vitest";
import { sampleBuyers, sampleNonBuyers } from "../src/sample/customers.js";
import { sampleHabits } from "../src/sample/habits.js";
import { sampleProducts } from "../src/sample/products.js";
import { samplePurchases } from "../src/sample/purchases.js";
import { sampleRefunds } from "../src/sample/refunds.js";
import { sampleBase } from "../src/sample/sample-base.js";
import { shop } from "../src/sample/shop-calendar.js";
import { sampleSubscriptions } from "../src/sample/subscriptions.js";

const base = sampleBase({ buyers: 2000 });
const log = transactionLog(base.transactions, { currency: shop.currency, timeZone: shop.timeZone });

describe("sampleBase", () => {
  it("has records in the shapes of the model", () => {
    const every = <T>(items: readonly T[], step: number) => items.filter((_, index) => index % step === 0);
    for (const record of every(base.customers, 50)) customerSchema.parse(record);
    for (const record of every(base.transactions, 200)) transactionSchema.parse(record);
    for (const record of base.transactions.slice(-50)) transactionSchema.parse(record);
    for (const record of every(base.interactions, 50)) interactionSchema.parse(record);
    for (const record of base.products) productSchema.parse(record);
    for (const record of every(base.subscriptions, 3)) subscriptionSchema.parse(record);
  });

  it("is the same for the same seed and another for another", () => {
    expect(sampleBase({ buyers: 200 })).toEqual(sampleBase({ buyers: 200 }));
    expect(sampleBase({ buyers: 200, seed: 1 }).transactions).not.toEqual(
      sampleBase({ buyers: 200 }).transactions,
    );
  });

  it("draws each kind of record from its own stream: leaving kinds out, or adding one, changes no other", () => {
    const stream = (kind: string) => seededRandom(2024, kind);
    // In another order than sampleBase, without non-buyers, efforts and interactions, and with a kind more.
    sampleNonBuyers(stream("a new kind"), 100);
    const products = sampleProducts();
    const buyers = sampleBuyers(stream("buyers"), 2000);
    const purchases = samplePurchases(
      stream("purchases"),
      buyers,
      sampleHabits(stream("habits"), buyers),
      products,
    );
    const refunds = sampleRefunds(stream("refunds"), purchases);
    expect([...purchases, ...refunds]).toEqual(base.transactions);
    expect(sampleSubscriptions(stream("subscriptions"), buyers)).toEqual(base.subscriptions);
    expect(buyers.map(({ record }) => record)).toEqual(base.customers.slice(0, 2000));
  });

  it("takes prices in steps of 500 rupiah", () => {
    expect(base.transactions.every(({ amount }) => amount % 500_00 === 0)).toBe(true);
  });

  it("refunds no more than was paid, after it was paid", () => {
    const purchases = new Map(base.transactions.map((row) => [row.id, row]));
    const refunds = base.transactions.filter(({ type }) => type === "refund");
    expect(refunds.length).toBeGreaterThan(100);
    for (const refund of refunds) {
      const purchase = purchases.get(refund.refundOf);
      expect(purchase?.customerId).toBe(refund.customerId);
      expect(refund.at).toBeGreaterThan(purchase?.at ?? Number.POSITIVE_INFINITY);
      expect(-refund.amount).toBeLessThanOrEqual(purchase?.amount ?? 0);
    }
  });

  it("has the skew of a real shop, every layer of the pyramid, and customers who cost money", () => {
    const pyramid = customerPyramid(log, { asOf: shop.asOf, customers: base.customers });
    for (const layer of pyramid.layers) expect(layer.customers).toBeGreaterThan(0);
    const best = pyramid.layers.slice(0, 3).reduce((sum, layer) => sum + layer.revenue, 0);
    // The rule of thumb says that a fifth of the customers brings four fifths; shops lie between a half and nine tenths.
    expect(best / pyramid.revenue).toBeGreaterThan(0.5);
    expect(best / pyramid.revenue).toBeLessThan(0.9);
    const whale = whaleCurve(log, { asOf: shop.asOf });
    expect(whale.unprofitable).toBeGreaterThan(50);
    expect(whale.total).toBeGreaterThan(0);
  });

  it("sells more before Lebaran than at it", () => {
    const inDays = (from: string, to: string) => {
      const [start, end] = [from, to].map((day) => Date.parse(`${day}T00:00:00+07:00`));
      return log.at.filter((at) => at >= start && at < end).length;
    };
    expect(inDays("2023-04-18", "2023-04-22")).toBeGreaterThan(2 * inDays("2023-04-22", "2023-04-26"));
  });

  it("has subscriptions of its own plans, with every turn that they take", () => {
    const products = new Set(base.products.map(({ id }) => id));
    const customers = new Set(base.customers.map(({ id }) => id));
    const { subscriptions } = base;
    for (const { productId, customerId } of subscriptions) {
      expect(products.has(productId)).toBe(true);
      expect(customers.has(customerId)).toBe(true);
    }
    const statuses = new Set(subscriptions.map(({ status }) => status));
    for (const status of ["active", "paused", "canceled"] as const) expect(statuses.has(status)).toBe(true);
    const phasesOf = new Map<string, Subscription[]>();
    for (const phase of subscriptions) phasesOf.set(phase.id, [...(phasesOf.get(phase.id) ?? []), phase]);
    const all = [...phasesOf.values()];
    expect(all.some((phases) => phases.length > 1)).toBe(true);
    // Some never come back from a pause: the pause stays one, and brought nothing.
    const lastPhases = all.flatMap((phases) => phases.slice(-1));
    expect(lastPhases.some(({ status, endAt }) => status === "paused" && endAt !== undefined)).toBe(true);
    const end = Date.parse("2024-01-01T00:00:00+07:00");
    for (const phases of phasesOf.values()) {
      phases.forEach((phase, i) => {
        // The next phase begins where this one ends, and only the last one may run on.
        const next = phases[i + 1];
        if (next) expect(next.startAt).toBe(phase.endAt);
        expect(phase.startAt).toBeLessThan(phase.endAt ?? end);
        expect(phase.endAt ?? end - 1).toBeLessThan(end);
        if (phase.status === "canceled") expect(phase.endAt).toBeDefined();
      });
    }
  });

  it("moves its recurring revenue in every way, each movement accounted for", () => {
    const { periods } = revenueMovements(base.subscriptions, {
      ...{ asOf: shop.asOf, timeZone: shop.timeZone, by: "year" },
    });
    expect(periods.map(({ period }) => period.label)).toEqual(["2021", "2022", "2023"]);
    const { revenue } = periods.at(-1) ?? {};
    for (const kind of ["new", "reactivation", "expansion", "contraction", "churn"] as const) {
      expect(revenue?.[kind]).toBeGreaterThan(0);
    }
  });
});
