import { describe, expect, it } from "vitest";
import { churnRate } from "../../../src/retention/contracts/churn-rate.js";
import { churnSeries } from "../../../src/retention/contracts/churn-series.js";

// 60 customers pay by the month and 120 by the year, ten of whom renew in each month. In March 2024 three of the sixty
// leave, and two of the ten.

const pad = (month: number) => String(month).padStart(2, "0");
const monthly = Array.from({ length: 60 }, (_, i) => ({
  customerId: `M${i}`,
  startAt: "2023-01-10",
  endAt: i < 3 ? "2024-03-10" : null,
  interval: { unit: "month" as const, count: 1 },
}));
const annual = Array.from({ length: 120 }, (_, i) => ({
  customerId: `Y${i}`,
  startAt: `2023-${pad((i % 12) + 1)}-15`,
  endAt: i === 2 || i === 14 ? "2024-03-15" : null,
  interval: { unit: "year" as const, count: 1 },
}));
const contracts = [...monthly, ...annual];
const march = { asOf: "2024-04-01", window: { start: "2024-03-01", end: "2024-04-01" } };
const plan = (id: string) => (id.startsWith("M") ? "monthly" : "annual");

describe("trap 33: annual plans in a monthly churn rate", () => {
  it("all at start: 5 of 180, and the annual plans look safe with 2 of 120", () => {
    const { churn, groups } = churnRate(contracts, { ...march, groupBy: plan });
    expect([churn.numerator, churn.denominator]).toEqual([5, 180]);
    expect(groups?.map(({ group, churn: rate }) => [group, rate.value])).toEqual([
      ["annual", 2 / 120],
      ["monthly", 0.05],
    ]);
  });

  it("up for renewal: 5 of 70, and 2 of 10 of the annual plans", () => {
    const { churn, groups, activeAtStart, churnedMidTerm } = churnRate(contracts, {
      ...march,
      groupBy: plan,
      exposure: "upForRenewal",
    });
    expect(churn).toEqual({ value: 5 / 70, numerator: 5, denominator: 70, reason: null });
    expect(groups?.map(({ group, churn: rate }) => [group, rate.value])).toEqual([
      ["annual", 0.2],
      ["monthly", 0.05],
    ]);
    expect([activeAtStart, churnedMidTerm]).toEqual([180, 0]);
  });

  it("who leaves in mid-term is in no month's rate, and told apart", () => {
    const early = annual.map((contract, i) => (i === 5 ? { ...contract, endAt: "2024-03-20" } : contract));
    const { churned, churn, churnedMidTerm } = churnRate(early, { ...march, exposure: "upForRenewal" });
    expect([churned, churn.numerator, churnedMidTerm]).toEqual([3, 2, 1]);
  });

  it("each annual contract is up for renewal in one month of the year", () => {
    const year = churnSeries(annual, { asOf: "2025-01-01", by: "month", exposure: "upForRenewal" }).slice(12);
    // The two of March are gone, which nobody was to renew again in 2024.
    expect(year.map(({ upForRenewal }) => upForRenewal)).toEqual(Array.from({ length: 12 }, () => 10));
  });

  it("another price in mid-term begins no new term: the year is up twelve months after the first phase began", () => {
    const phase = { id: "S", customerId: "a", interval: { unit: "year" as const } };
    const phases = [
      { ...phase, startAt: "2023-07-01", endAt: "2024-03-15" },
      { ...phase, startAt: "2024-03-15", endAt: "2024-07-01" },
    ];
    const july = { asOf: "2024-08-01", window: { start: "2024-07-01", end: "2024-08-01" } };
    const { churn, upForRenewal, churnedMidTerm } = churnRate(phases, { ...july, exposure: "upForRenewal" });
    expect([churn.numerator, upForRenewal, churnedMidTerm]).toEqual([1, 1, 0]);
    const open = [phases[0], { ...phases[1], endAt: null }];
    const series = churnSeries(open, { asOf: "2025-08-01", by: "month", exposure: "upForRenewal" });
    const due = series.filter((point) => point.upForRenewal === 1).map(({ window }) => window.label);
    expect(due).toEqual(["2024-07", "2025-07"]);
  });

  it("but a pause, another term and another contract do", () => {
    const phase = { id: "S", customerId: "a", interval: { unit: "year" as const } };
    const due = (second: object) =>
      churnSeries(
        [
          { ...phase, startAt: "2023-07-01", endAt: "2024-03-15" },
          { ...phase, ...second, endAt: null } as never,
        ],
        {
          asOf: "2025-08-01",
          by: "month",
          exposure: "upForRenewal",
        },
      )
        .filter((point) => point.upForRenewal === 1)
        .map(({ window }) => window.label);
    expect(due({ startAt: "2024-03-20" })).toEqual(["2025-03"]);
    expect(due({ startAt: "2024-03-15", id: "T" })).toEqual(["2025-03"]);
    expect(due({ startAt: "2024-03-15", interval: { unit: "quarter", count: 2 } })).toEqual([
      "2024-09",
      "2025-03",
    ]);
    // The same term, written otherwise.
    expect(
      due({ startAt: "2024-03-15", interval: { unit: "month" }, term: { unit: "year", count: 1 } }),
    ).toEqual(["2024-07", "2025-07"]);
  });
});
