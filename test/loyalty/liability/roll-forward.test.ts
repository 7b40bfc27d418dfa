import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import {
  type LiabilityRollForwardOptions,
  liabilityRollForward,
} from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { RollForwardOptions } from "../../../src/loyalty/liability/movement-tally.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";
import { pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import { pointRollForward } from "../../../src/loyalty/liability/point-roll-forward.js";
import { recognizePoints } from "../../../src/loyalty/liability/recognize-points.js";
import { DAY, PROGRAMS, playedShop, START, steps } from "./movement-setup.js";

const on = (year: number, month: number, day = 1) => Date.UTC(year, month - 1, day);
const move = (
  kind: CohortMovement["kind"],
  points: number,
  at: number,
  issuedAt = on(2024, 1),
): CohortMovement => ({
  at,
  kind,
  points,
  issuedAt,
});
const example52 = [
  move("issued", 10_000, on(2024, 1)),
  move("redeemed", -4_500, on(2024, 12)),
  move("redeemed", -4_000, on(2025, 12)),
];
const books52 = (second: number, amount = 8_676, first = 0.95) =>
  liabilityRollForward(example52, {
    by: "year",
    asOf: "2026-01-01",
    allocations: [{ cohort: "2024", amount }],
    estimates: [
      { at: "2024-01-01", redemptionRate: first },
      { at: "2025-12-31", redemptionRate: second },
    ],
  });

describe("in points", () => {
  const movements = [
    move("issued", 100, on(2025, 1, 5), on(2025, 1, 5)),
    move("issued", 50, on(2025, 2, 5), on(2025, 2, 5)),
    move("redeemed", -30, on(2025, 2, 6), on(2025, 1, 5)),
    move("reversed", 10, on(2025, 2, 7), on(2025, 1, 5)),
    move("clawedBack", -20, on(2025, 2, 8), on(2025, 2, 5)),
    move("adjusted", 7, on(2025, 3, 1), on(2025, 3, 1)),
    move("transferred", -3, on(2025, 3, 2), on(2025, 2, 5)),
    move("expired", -80, on(2025, 3, 31), on(2025, 1, 5)),
  ];
  it("each period and each period of issue reconciles", () => {
    const { periods, cohorts } = pointRollForward(movements, { by: "month", asOf: "2025-04-01" });
    expect(rows(periods).map(({ start, end, ...row }) => Object.values(row))).toEqual([
      // period, opening, issued, redeemed, reversed, expired, clawedBack, transferred, adjusted, closing
      ["2025-01", 0, 100, 0, 0, 0, 0, 0, 0, 100],
      ["2025-02", 100, 50, 30, 10, 0, 20, 0, 0, 110],
      ["2025-03", 110, 0, 0, 0, 80, 0, -3, 7, 34],
    ]);
    expect(
      rows(cohorts).map(({ cohort, period, opening, closing }) => [cohort, period, opening, closing]),
    ).toEqual([
      ["2025-01", "2025-01", 0, 100],
      ["2025-01", "2025-02", 100, 80],
      ["2025-02", "2025-02", 0, 30],
      ["2025-01", "2025-03", 80, 0],
      ["2025-02", "2025-03", 30, 27],
      ["2025-03", "2025-03", 0, 7],
    ]);
  });
  it("asOf ends the last period, start puts what came before into the opening, cohorts have periods of their own", () => {
    const { periods, cohorts, asOf } = pointRollForward(movements, {
      by: "month",
      cohortBy: "year",
      start: "2025-03-01",
      asOf: "2025-03-31",
    });
    expect(rows(periods)).toMatchObject([
      { period: "2025-03", opening: 110, expired: 0, closing: 114, end: asOf },
    ]);
    expect(rows(cohorts)).toMatchObject([{ cohort: "2025", opening: 110, closing: 114 }]);
  });
  it("a lapse at the first instant of a year is that year's; days begin in the zone", () => {
    const turn = on(2025, 1);
    const lapse = [move("issued", 5, on(2024, 6), on(2024, 6)), move("expired", -5, turn, on(2024, 6))];
    const closings = (options: Partial<RollForwardOptions>) =>
      rows(pointRollForward(lapse, { by: "year", asOf: "2025-06-01", ...options }).periods).map(
        ({ closing }) => closing,
      );
    expect(closings({})).toEqual([5, 0]);
    expect(closings({ timeZone: "America/New_York" })).toEqual([0, 0]);
  });
  it("no movements, no periods", () => {
    expect(pointRollForward([], { by: "month", asOf: "2025-01-01" }).periods.length).toBe(0);
  });
});

describe("in money", () => {
  it("S21: IFRS 15, Example 52", () => {
    expect(rows(books52(0.97).periods)).toMatchObject([
      { opening: 0, issued: 8_676, redeemed: 4_110, reestimate: 0, closing: 4_566, revenue: 4_110 },
      // At the old estimate 8,676 x 8,500 / 9,500 = 7,762.74 would be revenue to date, at the new one 7,602.68.
      { opening: 4_566, redeemed: 7_763 - 4_110, reestimate: 7_763 - 7_603, closing: 1_073, revenue: 3_493 },
    ]);
  });
  it.each([
    [0.99, 3_552, 1_273],
    [0.92, 4_140, 685],
  ])("S22: KPMG 10A and 10B, from 97 %% to %f", (rate, revenue, closing) => {
    const { periods } = books52(rate, 9_000, 0.97);
    expect(rows(periods)).toMatchObject([{ revenue: 4_175 }, { revenue, closing }]);
  });
  it("a return gives its part of the price up, a gift of points has none", () => {
    const movements = [
      move("issued", 1_000, on(2024, 1)),
      move("clawedBack", -250, on(2024, 2)),
      move("adjusted", 100, on(2025, 2), on(2025, 2)),
    ];
    const { periods } = liabilityRollForward(movements, {
      by: "year",
      asOf: "2026-01-01",
      allocations: [{ cohort: "2024", amount: 4_000 }],
      estimates: [{ at: "2024-01-01", redemptionRate: 0.8 }],
    });
    expect(rows(periods)).toMatchObject([
      { issued: 4_000, clawedBack: 1_000, closing: 3_000, revenue: 0 },
      { issued: 0, closing: 3_000, revenue: 0 },
    ]);
  });
  it("lapses change nothing until fewer are left than were expected; with nothing left nothing is owed", () => {
    const movements = [
      move("issued", 1_000, on(2024, 1)),
      move("redeemed", -400, on(2024, 6)),
      move("expired", -200, on(2025, 1, 2)),
      move("expired", -100, on(2026, 1, 2)),
      move("expired", -300, on(2027, 1, 2)),
    ];
    const { periods } = liabilityRollForward(movements, {
      by: "year",
      asOf: "2028-01-01",
      allocations: [{ cohort: "2024", amount: 10_000 }],
      estimates: [{ at: "2024-01-01", redemptionRate: 0.8 }],
    });
    // Expected 800: 200 lapses were. After 300 at most 700 can be redeemed: 10,000 x 400 / 700 = 5,714.29.
    expect(rows(periods).map(({ expired, closing }) => [expired, closing])).toEqual([
      [0, 5_000],
      [0, 5_000],
      [714, 4_286],
      [4_286, 0],
    ]);
  });
  it("when remote: revenue with each redemption and each lapse, in proportion to all points", () => {
    const movements = [...example52, move("expired", -1_500, on(2026, 3))];
    const { periods } = liabilityRollForward(movements, {
      by: "year",
      asOf: "2027-01-01",
      allocations: [{ cohort: "2024", amount: 8_676 }],
      breakage: "whenRemote",
    });
    // 8,676 x 0.45 = 3,904.2, x 0.85 = 7,374.6.
    expect(rows(periods).map(({ redeemed, expired, closing }) => [redeemed, expired, closing])).toEqual([
      [3_904, 0, 4_772],
      [7_375 - 3_904, 0, 1_301],
      [0, 1_301, 0],
    ]);
  });
  it("a raised estimate can take back more than a period earned, and is named", () => {
    const { periods, negativeRevenue } = liabilityRollForward(example52.slice(0, 2), {
      by: "year",
      asOf: "2026-01-01",
      allocations: [{ cohort: "2024", amount: 9_000 }],
      estimates: [
        { at: "2024-01-01", redemptionRate: 0.5 },
        { at: "2025-06-01", redemptionRate: 0.9 },
      ],
    });
    expect(rows(periods).map(({ revenue }) => revenue)).toEqual([8_100, 4_500 - 8_100]);
    expect(negativeRevenue).toEqual(["2025"]);
  });
  it("an estimate of a period of issue comes before that of all; the latest before the end counts", () => {
    const later = on(2025, 1);
    const movements = [
      ...example52.slice(0, 2),
      move("issued", 1_000, later, later),
      move("redeemed", -500, later, later),
    ];
    const { cohorts } = liabilityRollForward(movements, {
      by: "year",
      asOf: "2026-01-01",
      allocations: [
        { cohort: "2024", amount: 9_000 },
        { cohort: "2025", amount: 600 },
      ],
      estimates: [
        { at: "2024-01-01", redemptionRate: 0.9 },
        { at: "2025-01-01", redemptionRate: 0.75, cohort: "2025" },
        { at: "2026-01-01", redemptionRate: 0.1 },
      ],
    });
    const closings = rows(cohorts).map(({ cohort, period, closing }) => [cohort, period, closing]);
    // 600 x 500 / 750 = 400 is revenue.
    expect(closings).toEqual([
      ["2024", "2024", 4_500],
      ["2024", "2025", 4_500],
      ["2025", "2025", 200],
    ]);
  });
});

describe("laws, on the movements of random accounts", () => {
  const rates = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 30, maxLength: 30 });
  const END = START + 900 * DAY;
  it.each(Object.entries(PROGRAMS))("%s", (_, program) => {
    fc.assert(
      fc.property(steps(30), rates, fc.boolean(), (drawn, percents, isRemote) => {
        const { events } = playedShop(program, drawn);
        const movements = pointMovements(events, { basis: "recorded", asOf: END, program });
        const options: RollForwardOptions = { by: "month", asOf: END };
        const points = pointRollForward(movements, options);
        const labels = [...new Set(points.cohorts.columns.cohort)];
        const how: LiabilityRollForwardOptions = {
          ...options,
          allocations: labels.map((cohort, i) => ({ cohort, amount: 997 * (i + 1) })),
          ...(isRemote
            ? { breakage: "whenRemote" as const }
            : {
                estimates: percents.map((percent, i) => ({
                  at: START - DAY + i * 30 * DAY,
                  redemptionRate: percent / 100,
                })),
              }),
        };
        const books = liabilityRollForward(movements, how);
        let [pointsBefore, before] = [0, 0];
        const owed = rows(points.periods).map((row) => {
          expect(row.opening).toBe(pointsBefore);
          const { issued, redeemed, reversed, expired, clawedBack, transferred, adjusted } = row;
          expect(
            row.opening + issued - redeemed + reversed - expired - clawedBack + transferred + adjusted,
          ).toBe(row.closing);
          pointsBefore = row.closing;
          return row.closing;
        });
        rows(books.periods).forEach((row, i) => {
          expect(row.opening).toBe(before);
          const { issued, redeemed, expired, clawedBack, reestimate, revenue } = row;
          expect(row.opening + issued - redeemed - expired - clawedBack + reestimate).toBe(row.closing);
          expect(revenue).toBe(redeemed + expired - reestimate);
          expect(row.closing).toBeGreaterThanOrEqual(0);
          if (owed[i] === 0) expect(row.closing).toBe(0);
          before = row.closing;
        });
        for (const { cohorts, periods } of [points, books]) {
          const closings = new Map<string, number>();
          cohorts.columns.period.forEach((period, i) => {
            closings.set(period, (closings.get(period) ?? 0) + cohorts.columns.closing[i]);
          });
          periods.columns.period.forEach((period, i) => {
            expect(closings.get(period) ?? 0).toBe(periods.columns.closing[i]);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a period of issue without lapses is recognizePoints", () => {
    const plan = fc.array(
      fc.record({ redeemed: fc.integer({ min: 1, max: 90 }), percent: fc.integer({ min: 92, max: 100 }) }),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 7 }), plan, (amount, drawn) => {
        const movements = [
          move("issued", 1_000, on(2024, 1)),
          ...drawn.map(({ redeemed }, i) => move("redeemed", -redeemed, on(2024, 1 + i, 2))),
        ];
        const { periods } = liabilityRollForward(movements, {
          by: "month",
          asOf: on(2024, 1 + drawn.length),
          allocations: [{ cohort: "2024-01", amount }],
          estimates: drawn.map(({ percent }, i) => ({ at: on(2024, 1 + i), redemptionRate: percent / 100 })),
        });
        const schedule = recognizePoints(
          { allocated: amount, points: 1_000 },
          drawn.map(({ redeemed, percent }, i) => ({
            period: `${i}`,
            redeemed,
            expectedPoints: 10 * percent,
          })),
        );
        expect(periods.columns.revenue).toEqual(schedule.map(({ revenue }) => revenue));
        expect(periods.columns.closing).toEqual(schedule.map(({ liability }) => liability));
      }),
    );
  });
});
