import { describe, expect, it } from "vitest";
import { retentionByGroup } from "../../../src/retention/rates/retention-by-group.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { referenceLog } from "../../history/reference-log.js";

describe("trap 23: profit denominators of zero or less, and an unprofitable leaver", () => {
  const years = {
    asOf: "2025-01-01",
    previous: { start: "2022-01-01", end: "2023-01-01" },
    current: { start: "2023-01-01", end: "2024-01-01" },
  };

  it("E left and cost more than E brought: 400/360, more than 1, and a negative defection", () => {
    const { profitAdjusted, defection } = retentionRate(referenceLog, years);
    expect(profitAdjusted).toEqual({ value: 10 / 9, numerator: 40_000, denominator: 36_000, reason: null });
    expect(profitAdjusted.value).toBeCloseTo(1.1111, 4);
    expect(defection.profitAdjusted.value).toBe(-1 / 9);
  });

  it("a group with a profit of zero or less has no rate, and says why; its other rates stand", () => {
    // Profit of 2022: C 40, E -100, A 120; C and E together -60.
    const { groups } = retentionByGroup(referenceLog, {
      ...years,
      groupBy: (id) => (id === "C" || id === "E" ? "loss" : "gain"),
    });
    const [gain, loss] = groups;
    expect(loss.profitAdjusted).toEqual({
      value: null,
      numerator: 0,
      denominator: -6_000,
      reason: "previous profit of the base: -6000",
    });
    expect(loss.defection.profitAdjusted.value).toBeNull();
    expect([loss.raw.value, loss.salesAdjusted.value]).toEqual([0, 0]);
    // A 120, B 160 and G 120 of A, B, F (20) and G.
    expect(gain.profitAdjusted.value).toBe(400 / 420);
  });
});
