import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BillingInterval,
  normalizedRevenue,
} from "../../../src/retention/revenue/normalized-revenue.js";
import { thrown } from "../../core/thrown.js";

describe("normalizedRevenue", () => {
  it("a year has 12 months, 4 quarters, 52 weeks, 365 days", () => {
    const yearly = (unit: BillingInterval["unit"]) => normalizedRevenue(1200, { unit }, "year");
    expect([yearly("month"), yearly("quarter"), yearly("year"), yearly("week"), yearly("day")]).toEqual([
      14_400, 4800, 1200, 62_400, 438_000,
    ]);
    const monthly = (unit: BillingInterval["unit"]) => normalizedRevenue(1200, { unit }, "month");
    expect([monthly("month"), monthly("quarter"), monthly("year"), monthly("week"), monthly("day")]).toEqual([
      1200, 400, 100, 5200, 36_500,
    ]);
  });

  it("nothing is 0, not -0", () => {
    for (const unit of ["month", "week"] as const)
      expect(Object.is(normalizedRevenue(-0, { unit }, "month"), 0)).toBe(true);
  });

  it("divides by the count of units", () => {
    expect(normalizedRevenue(2400, { unit: "week", count: 2 }, "month")).toBe(5200);
    expect(normalizedRevenue(36_000, { unit: "year", count: 3 }, "month")).toBe(1000);
    expect(normalizedRevenue(600, { unit: "month", count: 6 }, "month")).toBe(100);
  });

  it("rounds once, halves to even, or as told", () => {
    // 6 a year is half a unit a month, 18 a year one and a half.
    const half = (amount: number, rounding?: "halfUp" | "down") =>
      normalizedRevenue(amount, { unit: "year" }, "month", rounding && { rounding });
    expect([half(6), half(18), half(6, "halfUp"), half(18, "down")]).toEqual([0, 2, 1, 1]);
    // 1 every 7 weeks: 52 / 84 of a unit a month.
    expect(normalizedRevenue(1, { unit: "week", count: 7 }, "month")).toBe(1);
    expect(normalizedRevenue(1, { unit: "week", count: 7 }, "month", { rounding: "down" })).toBe(0);
  });

  it("the year is made of the amount, not of the rounded month", () => {
    expect(normalizedRevenue(100_000, { unit: "year" }, "month")).toBe(8333);
    expect(normalizedRevenue(100_000, { unit: "year" }, "year")).toBe(100_000);
  });

  it("is exact where doubles are not", () => {
    // 9007199254740991 x 12 leaves the safe integers on the way; the result is 9007199254740991 again.
    expect(normalizedRevenue(Number.MAX_SAFE_INTEGER, { unit: "month" }, "month")).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(thrown(() => normalizedRevenue(Number.MAX_SAFE_INTEGER, { unit: "month" }, "year")).code).toBe(
      "UNSAFE_INTEGER",
    );
  });

  it("is within half a unit of the fraction, and never falls as the amount grows", () => {
    const perMonth = { day: 365 / 12, week: 52 / 12, month: 1, quarter: 1 / 3, year: 1 / 12 };
    const interval = fc.record({
      unit: fc.constantFrom(
        "day" as const,
        "week" as const,
        "month" as const,
        "quarter" as const,
        "year" as const,
      ),
      count: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e6), interval, (amount, more, { unit, count }) => {
        const month = normalizedRevenue(amount, { unit, count }, "month");
        // A double carries 1e9 x 31 to 1e-5; half a unit and that.
        expect(Math.abs(month - (amount * perMonth[unit]) / count)).toBeLessThanOrEqual(0.5 + 1e-4);
        expect(normalizedRevenue(amount + more, { unit, count }, "month")).toBeGreaterThanOrEqual(month);
        // A whole year of a unit is no fraction: 12 months to the year are exact for months.
        if (unit === "month" && count === 1)
          expect(normalizedRevenue(amount, { unit }, "year")).toBe(12 * month);
      }),
    );
  });

  it("refuses what it cannot normalize, by name", () => {
    const cases: [() => unknown, string, string][] = [
      [() => normalizedRevenue(-1, { unit: "month" }, "month"), "amount", "-1"],
      [() => normalizedRevenue(1.5, { unit: "month" }, "month"), "amount", "1.5"],
      [() => normalizedRevenue(1, { unit: "fortnight" } as never, "month"), "interval.unit", "fortnight"],
      [() => normalizedRevenue(1, { unit: "month", count: 0 }, "month"), "interval.count", "0"],
      [() => normalizedRevenue(1, "month" as never, "month"), "interval", "month"],
      [() => normalizedRevenue(1, { unit: "month" }, "week" as never), "to", "week"],
      [
        () => normalizedRevenue(1, { unit: "month" }, "month", { rounding: "round" as never }),
        "options.rounding",
        "round",
      ],
    ];
    for (const [call, path, value] of cases) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(value);
    }
  });
});
