import { describe, expect, it } from "vitest";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { type ChurnBase, churnRateOf } from "../../../src/retention/contracts/churn-rate-of.js";

// Stripe, "Calculating churn rate in Billing": losses of 30 days / (active 30 days ago + new); who returns and leaves
// again churns twice. Baremetrics, "User and Revenue Churn" and "Churn Update": those who sign up and cancel within the
// window are in the numerator, over the base of its start. The classic rate has them in neither part.

const window = { start: "2024-03-01", end: "2024-03-31" };
const many = (count: number, prefix: string, startAt: string, endAt: string | null) =>
  Array.from({ length: count }, (_, i) => ({ customerId: `${prefix}${i}`, startAt, endAt }));

// 100 active, 20 new, 12 lost of which 4 new.
const contracts = [
  ...many(92, "stays", "2023-01-01", null),
  ...many(8, "leaves", "2023-01-01", "2024-03-10"),
  ...many(16, "new", "2024-03-05", null),
  ...many(4, "passes", "2024-03-05", "2024-03-20"),
];
const PRESETS: [ChurnBase, number, number, number][] = [
  ["classic", 8, 100, 0.08],
  ["stripe", 12, 120, 0.1],
  ["baremetrics", 12, 100, 0.12],
];

describe("trap 12: new customers in the base of the churn rate", () => {
  it.each(PRESETS)("%s: %i of %i is %d", (base, numerator, denominator, value) => {
    const { churn } = churnRate(contracts, { asOf: "2024-04-01", window, base });
    expect(churn).toEqual({ value, numerator, denominator, reason: null });
    const counts = { activeAtStart: 100, started: 20, churned: 12, churnedOfStarted: 4, activeAtEnd: 108 };
    expect(churnRateOf(counts, { base }).churn).toEqual(churn);
  });

  it("the default excludes them", () => {
    expect(churnRate(contracts, { asOf: "2024-04-01", window }).churn.value).toBe(0.08);
  });

  it("who returns and leaves again churns twice with stripe, once with the others", () => {
    const twice = [
      { customerId: "stays", startAt: "2023-01-01" },
      { customerId: "back", startAt: "2023-01-01", endAt: "2024-03-05" },
      { customerId: "back", startAt: "2024-03-10", endAt: "2024-03-15" },
    ];
    const parts = PRESETS.map(([base]) => {
      const { numerator, denominator } = churnRate(twice, { asOf: "2024-04-01", window, base }).churn;
      return [numerator, denominator];
    });
    expect(parts).toEqual([
      [1, 2],
      [2, 3],
      [1, 2],
    ]);
  });
});
