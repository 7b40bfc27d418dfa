import { opportunitySchema, periodOf } from "clientele";
import { describe, expect, it } from "vitest";
import { serviceCosts } from "../src/profit/shop-books.js";
import { samplePipeline } from "../src/sample/opportunities.js";
import { sampleBase } from "../src/sample/sample-base.js";
import { shop } from "../src/sample/shop-calendar.js";

const base = sampleBase({ buyers: 2000 });
const { books, efforts, interactions, transactions, customers } = base;
const buyers = new Set(transactions.map(({ customerId }) => customerId));
const asOf = Date.parse(`${shop.asOf}T00:00:00+07:00`);

describe("the books of the sample", () => {
  it("have opportunities in the shape of the model, with businesses that are on file, each once", () => {
    const onFile = new Map(customers.map((customer) => [customer.id, customer]));
    expect(books.opportunities.length).toBeGreaterThan(20);
    for (const opportunity of books.opportunities) {
      opportunitySchema.parse(opportunity);
      expect(onFile.get(String(opportunity.accountId))?.kind).toBe("organization");
    }
    expect(new Set(books.opportunities.map(({ id }) => id)).size).toBe(books.opportunities.length);
  });

  it("know of no opportunity what is still to come", () => {
    const outcomes = new Set(books.opportunities.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(["won", "lost", undefined]));
    for (const { openedAt, closedAt, stageHistory = [], stage } of books.opportunities) {
      expect(Number(openedAt)).toBeLessThan(asOf);
      for (const { at } of stageHistory) expect(Number(at)).toBeLessThan(asOf);
      if (closedAt !== undefined) expect(Number(closedAt)).toBeLessThan(asOf);
      expect(samplePipeline.stages.map(({ name }) => name)).toContain(stage);
    }
  });

  it("are the same for the same seed and another for another", () => {
    expect(sampleBase({ buyers: 200 }).books).toEqual(sampleBase({ buyers: 200 }).books);
    expect(sampleBase({ buyers: 200, seed: 1 }).books.sources).not.toEqual(
      sampleBase({ buyers: 200 }).books.sources,
    );
  });

  it("spend on winning customers what the efforts spent on those who are none", () => {
    const ofOthers = efforts.filter(({ customerId }) => !buyers.has(customerId ?? ""));
    const money = ofOthers.reduce((sum, effort) => sum + effort.money, 0);
    expect(books.acquisitionSpend.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(money);
    const hours = ofOthers.reduce((sum, effort) => sum + effort.hours, 0);
    // Sums of hundredths of an hour in another order.
    expect(books.acquisitionSpend.reduce((sum, spend) => sum + (spend.hours ?? 0), 0)).toBeCloseTo(hours, 6);
    const rounds = new Set(efforts.map(({ at }) => periodOf(at, "halfYear", shop).start));
    expect(new Set(books.acquisitionSpend.map(({ period }) => period?.start))).toEqual(rounds);
  });

  it("name the source of most buyers, and of nobody else", () => {
    expect([...books.sources.keys()].every((id) => buyers.has(id))).toBe(true);
    // 93 of 100 are asked: of 2,000 within four standard deviations, 4 x sqrt(2000 x 0.93 x 0.07).
    expect(Math.abs(books.sources.size - 1860)).toBeLessThan(46);
  });

  it("have work for every refund and every contact that takes time", () => {
    const refunds = transactions.filter(({ type }) => type === "refund").length;
    const contacts = interactions.filter(({ purpose }) => purpose !== "thanks").length;
    expect(books.work.length).toBe(refunds + contacts);
    const known = new Set(books.activities.map(({ activity }) => activity));
    expect(books.work.every(({ activity }) => known.has(activity))).toBe(true);
  });

  it("cost to serve, as charged and as unused, what the activities cost", () => {
    const year = { start: Date.parse("2023-01-01T00:00:00+07:00"), end: asOf };
    const { customers: served, charged, unusedCost } = serviceCosts(books, year);
    expect(served.columns.amount.reduce((sum, amount) => sum + amount, 0)).toBe(charged);
    expect(charged + unusedCost).toBe(books.activities.reduce((sum, { cost }) => sum + cost, 0));
    // Most of the capacity is used, or the rates would tell of a shop that nobody asks anything.
    expect(charged).toBeGreaterThan(unusedCost);
  });
});
