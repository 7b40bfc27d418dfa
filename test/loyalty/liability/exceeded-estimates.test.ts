import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liabilityRollForwardChart } from "../../../src/charts/liability-roll-forward-chart.js";
import { rows } from "../../../src/core/table.js";
import { liabilityRollForward } from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";
import { recognizePoints } from "../../../src/loyalty/liability/recognize-points.js";
import { thrown } from "../../core/thrown.js";

const on = (year: number, month: number, day = 1) => Date.UTC(year, month - 1, day);
const move = (kind: CohortMovement["kind"], points: number, at: number): CohortMovement => ({
  at,
  kind,
  points,
  issuedAt: on(2024, 1),
});
const issued = move("issued", 10_000, on(2024, 1));

/** 10,000 points for 9,000, of which 40 % are expected: 4,000. */
const books = (movements: readonly CohortMovement[], more: { at: string; redemptionRate: number }[] = []) =>
  liabilityRollForward([issued, ...movements], {
    by: "year",
    asOf: "2026-01-01",
    allocations: [{ cohort: "2024", amount: 9_000 }],
    estimates: [{ at: "2024-01-01", redemptionRate: 0.4 }, ...more],
  });

describe("more redeemed than the estimate expects in all", () => {
  it("is told for each period in which it stands, with points outstanding and nothing deferred for them", () => {
    const { periods, exceededEstimates } = books([move("redeemed", -4_600, on(2024, 6))]);
    expect(rows(periods).map(({ revenue, closing }) => [revenue, closing])).toEqual([
      [9_000, 0],
      [0, 0],
    ]);
    const figures = { cohort: "2024", redeemed: 4_600, expected: 4_000, outstanding: 5_400 };
    expect(exceededEstimates).toEqual([
      { ...figures, period: "2024" },
      { ...figures, period: "2025" },
    ]);
    // What recognizePoints says of the same figures.
    const refused = thrown(() =>
      recognizePoints({ allocated: 9_000, points: 10_000 }, [
        { period: "2024", redeemed: 4_600, expectedPoints: 4_000 },
      ]),
    );
    expect([refused.code, refused.message.includes("4600 of 4000")]).toEqual(["INVALID_ARGUMENT", true]);
  });
  it("is over with an estimate that was raised, and with redemptions that were given back", () => {
    const redeemed = move("redeemed", -4_600, on(2024, 6));
    const raised = books([redeemed], [{ at: "2025-03-01", redemptionRate: 0.6 }]);
    const reversed = books([redeemed, move("reversed", 600, on(2025, 2))]);
    for (const { exceededEstimates } of [raised, reversed])
      expect(exceededEstimates.map(({ period }) => period)).toEqual(["2024"]);
    // 9,000 x 4,600 / 6,000.
    expect(raised.periods.columns.closing).toEqual([0, 9_000 - 6_900]);
  });
  it("is not the last expected point, nor what nobody can redeem any more", () => {
    expect(books([move("redeemed", -4_000, on(2024, 6))]).exceededEstimates).toEqual([]);
    expect(books([move("redeemed", -4_001, on(2024, 6))]).exceededEstimates).toHaveLength(2);
    const over = [move("redeemed", -4_600, on(2024, 6)), move("expired", -5_400, on(2024, 7))];
    expect(books(over).exceededEstimates).toEqual([]);
  });
  it("is compared without rounding: of 100,000,003 points 29 % are 29,000,000.87", () => {
    const points = (redeemed: number) =>
      liabilityRollForward(
        [move("issued", 100_000_003, on(2024, 1)), move("redeemed", -redeemed, on(2024, 2))],
        {
          by: "year",
          asOf: "2025-01-01",
          allocations: [{ cohort: "2024", amount: 1 }],
          estimates: [{ at: "2024-01-01", redemptionRate: 0.29 }],
        },
      ).exceededEstimates.map(({ expected }) => expected);
    expect(points(29_000_000)).toEqual([]);
    expect(points(29_000_001)).toEqual([29_000_000.87]);
  });
  it("is not asked when breakage waits until it is remote", () => {
    const { exceededEstimates } = liabilityRollForward([issued, move("redeemed", -9_999, on(2024, 2))], {
      by: "year",
      asOf: "2025-01-01",
      allocations: [{ cohort: "2024", amount: 9_000 }],
      breakage: "whenRemote",
    });
    expect(exceededEstimates).toEqual([]);
  });
  it("stands under the chart, each period of issue once", () => {
    const chart = (spent: number) =>
      JSON.stringify(
        liabilityRollForwardChart(books([move("redeemed", -spent, on(2024, 6))]), { width: 2_000 }),
      );
    expect(chart(4_600)).toContain("Estimates that redemptions have passed: 2024. As of");
    expect(chart(4_000)).not.toContain("have passed");
  });
});

it("names the period at which recognizePoints refuses", () => {
  const plan = fc.array(
    fc.record({ redeemed: fc.integer({ min: 0, max: 99 }), percent: fc.integer({ min: 0, max: 100 }) }),
    { minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(plan, (drawn) => {
      const spent = drawn.map(({ redeemed }, i) => move("redeemed", -redeemed, on(2024, 1 + i, 2)));
      const { exceededEstimates, periods } = liabilityRollForward(
        [move("issued", 1_000, on(2024, 1)), ...spent.filter(({ points }) => points < 0)],
        {
          by: "month",
          asOf: on(2024, 1 + drawn.length),
          allocations: [{ cohort: "2024-01", amount: 5_000 }],
          estimates: drawn.map(({ percent }, i) => ({ at: on(2024, 1 + i), redemptionRate: percent / 100 })),
        },
      );
      const steps = drawn.map(({ redeemed, percent }, i) => ({
        period: `${i}`,
        redeemed,
        expectedPoints: 10 * percent,
      }));
      const isRefused = (count: number) => {
        try {
          recognizePoints({ allocated: 5_000, points: 1_000 }, steps.slice(0, count));
          return false;
        } catch {
          return true;
        }
      };
      const first = steps.findIndex((_, i) => isRefused(i + 1));
      expect(exceededEstimates[0]?.period).toBe(first < 0 ? undefined : periods.columns.period[first]);
    }),
  );
});
