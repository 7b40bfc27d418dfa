import { type Subscription, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { buyingLives, paidContracts, subscriberLives } from "../src/report/lifetimes.js";

const YEAR = { months: 12 };

describe("buyingLives", () => {
  const log = transactionLog(
    [
      { customerId: "ani", at: "2022-01-01", amount: 100 },
      { customerId: "ani", at: "2022-07-01", amount: 100 },
      { customerId: "budi", at: "2022-01-01", amount: 100 },
      { customerId: "citra", at: "2022-10-01", amount: 100 },
      { customerId: "citra", at: "2023-06-01", amount: 100 },
    ],
    { currency: "USD" },
  );

  it("end with the last purchase, known when the silence is over", () => {
    const lives = buyingLives(log, "2024-01-01", YEAR);
    // Observation ends on 2023-01-01: citra, who bought after it, was still there then.
    const { duration, event } = lives?.table.columns ?? {};
    const month = 365.25 / 12;
    expect(duration?.map((months) => Math.round(months * month))).toEqual([181, 0, 92]);
    expect(event).toEqual([true, true, false]);
    // 365 days are 11.99 mean months.
    expect(lives?.horizon).toBe(12);
    // One of three never came back; at 181 days ani is the last one left.
    expect(
      lives?.estimate.survival.map(({ time, survival }) => [time, survival && Math.round(3 * survival)]),
    ).toEqual([
      [1, 2],
      [3, 2],
      [6, 0],
      [12, 0],
    ]);
  });

  it("are none while nobody can be seen to have stopped", () => {
    expect(buyingLives(log, "2022-12-01", YEAR)).toBeNull();
    expect(buyingLives(log, "2023-01-20", YEAR)).toBeNull();
    expect(buyingLives(log, "2023-02-01", YEAR)?.horizon).toBe(1);
  });
});

describe("subscriberLives", () => {
  const plan = {
    productId: "water",
    amount: 500,
    currency: "USD",
    interval: { unit: "month", count: 1 },
  } as const;
  const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);
  const subscriptions: Subscription[] = [
    // A trial of a month, then paid until the end of April.
    {
      ...plan,
      id: "1",
      customerId: "ani",
      startAt: day("2023-01-01"),
      trialEndAt: day("2023-02-01"),
      endAt: day("2023-05-01"),
      status: "canceled",
    },
    // A trial that led to nothing.
    {
      ...plan,
      id: "2",
      customerId: "budi",
      startAt: day("2023-01-01"),
      trialEndAt: day("2023-01-15"),
      endAt: day("2023-01-15"),
      status: "canceled",
    },
    // A pause between two phases.
    {
      ...plan,
      id: "3",
      customerId: "citra",
      startAt: day("2023-03-01"),
      endAt: day("2023-04-01"),
      status: "active",
    },
    {
      ...plan,
      id: "3",
      customerId: "citra",
      startAt: day("2023-04-01"),
      endAt: day("2023-05-01"),
      status: "paused",
    },
    { ...plan, id: "3", customerId: "citra", startAt: day("2023-05-01"), status: "active" },
  ];

  it("begin with the first day that is paid for", () => {
    expect(paidContracts(subscriptions).map(({ id, startAt }) => [id, startAt])).toEqual([
      ["1", day("2023-02-01")],
      ["3", day("2023-03-01")],
      ["3", day("2023-04-01")],
      ["3", day("2023-05-01")],
    ]);
    const lives = subscriberLives(subscriptions, "2023-07-01", "UTC");
    const { customerId, duration, event } = lives?.table.columns ?? {};
    expect(customerId).toEqual(["ani", "citra"]);
    expect(duration?.map((months) => Math.round((months * 365.25) / 12))).toEqual([89, 122]);
    expect(event).toEqual([true, false]);
    // From 1 February to 1 July are 150 days, 4.93 mean months.
    expect(lives?.horizon).toBe(5);
  });

  it("are none before a month of payments", () => {
    expect(subscriberLives(subscriptions, "2023-02-10", "UTC")).toBeNull();
    expect(subscriberLives([], "2023-07-01", "UTC")).toBeNull();
  });
});
