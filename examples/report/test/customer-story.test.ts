import {
  dayNumber,
  lifetimeSummary,
  predictLifetimeValue,
  probabilityAlive,
  type TransactionModel,
  type TransactionRow,
  transactionLog,
} from "clientele";
import { describe, expect, it } from "vitest";
import { tellStory } from "../src/value/customer-story.js";
import { holdoutOf, UNIT } from "../src/value/model-check.js";

const MONTH = 365.25 / 12;
const model: TransactionModel = {
  model: "paretoNbd",
  parameters: { r: 0.8, alpha: 2, s: 0.8, beta: 10 },
  unit: UNIT,
};

function storyOf(rows: readonly TransactionRow[]) {
  const log = transactionLog(rows, { currency: "USD" });
  const summary = lifetimeSummary(log, { through: "2023-12-31", unit: UNIT });
  const values = predictLifetimeValue(model, 1, summary, { marginShare: 1, discountRate: 0.1, horizon: 12 });
  return tellStory(log, Date.parse("2024-01-01T00:00:00Z"), model, summary, values);
}

function weekly(customerId: string, amount: number, times: number): TransactionRow[] {
  return Array.from({ length: times }, (_, i) => ({
    id: `${customerId} ${i}`,
    customerId,
    at: new Date(Date.parse("2023-06-05T10:00:00Z") + i * 7 * 86_400_000),
    amount,
  }));
}

describe("tellStory", () => {
  it("is of the silent one who paid most for coming back five times or more", () => {
    // dewi paid more but came back four times, eka has been silent for longer than she was there; citra is still there.
    const rows = [
      ...weekly("ani", 100, 16),
      ...weekly("budi", 300, 16),
      ...weekly("dewi", 9000, 5),
      ...weekly("eka", 900, 9),
    ];
    const story = storyOf([...rows, ...weekly("citra", 500, 30)]);
    expect(story).toMatchObject({ customerId: "budi", isGood: true, purchases: 16, repeatSpend: 4500 });
    expect(story?.lastDay).toBe(dayNumber("2023-09-18"));
  });

  it("dates the day from which on the customer had more likely left than not", () => {
    const story = storyOf(weekly("ani", 100, 16));
    const from = (story?.doubtfulFrom ?? 0) - dayNumber("2023-06-05");
    const aliveOn = (day: number) => probabilityAlive(model, { x: 15, tx: 105 / MONTH, T: day / MONTH });
    expect(aliveOn(from)).toBeLessThan(0.5);
    // The line is drawn in 240 steps over 209 days.
    expect(aliveOn(from - 2)).toBeGreaterThan(0.5);
  });

  it("leaves out what was given back, and counts a day once", () => {
    const again = { customerId: "ani", at: "2023-06-12T20:00:00Z", amount: 50 };
    const back = {
      customerId: "ani",
      at: "2023-10-01",
      amount: -100,
      refundOf: "ani 15",
      type: "refund",
    } as const;
    const story = storyOf([...weekly("ani", 100, 16), again, back]);
    expect(story?.purchases).toBe(15);
    expect(story?.history.purchases.map((time) => Math.round(time * MONTH))).toEqual(
      Array.from({ length: 15 }, (_, i) => 7 * i),
    );
  });

  it("is of whoever came back where nobody else is silent, and of nobody where nobody did", () => {
    expect(storyOf([...weekly("ani", 100, 30), ...weekly("budi", 100, 1)])).toMatchObject({
      customerId: "ani",
      isGood: false,
      doubtfulFrom: null,
    });
    expect(storyOf(weekly("budi", 100, 1))).toBeNull();
  });
});

describe("holdoutOf", () => {
  const last = dayNumber("2023-12-31");

  it("is the last third of the history, and at most a year", () => {
    expect(holdoutOf(last - 299, last)).toEqual({
      through: "2023-09-22",
      until: "2023-12-31",
      days: 100,
    });
    expect(holdoutOf(dayNumber("2015-01-01"), last)).toMatchObject({ through: "2022-12-31", days: 365 });
  });

  it("is none of less than 30 days", () => {
    expect(holdoutOf(last - 89, last)?.days).toBe(30);
    expect(holdoutOf(last - 88, last)).toBeNull();
  });
});
