import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateToPoints } from "../../../src/loyalty/liability/allocate-to-points.js";
import {
  type DeferredPoints,
  type RecognizePointsOptions,
  type RedemptionPeriod,
  recognizePoints,
} from "../../../src/loyalty/liability/recognize-points.js";

const years = (first: number, second: number): RedemptionPeriod[] => [
  { period: "1", redeemed: 4_500, expectedPoints: first },
  { period: "2", redeemed: 4_000, expectedPoints: second },
];
const revenues = (deferred: DeferredPoints, periods: RedemptionPeriod[], options?: RecognizePointsOptions) =>
  recognizePoints(deferred, periods, options).map(({ revenue }) => revenue);

describe("in proportion to redemptions", () => {
  it("S21: IFRS 15, Example 52, rounded and exact", () => {
    const sale = allocateToPoints({
      price: 100_000,
      goods: [{ id: "goods", standAlonePrice: 100_000 }],
      points: 10_000,
      valuePerPoint: 1,
      redemptionRate: 0.95,
    });
    for (const allocated of [sale.points.allocated, sale.points.exact]) {
      const [first, second] = recognizePoints({ allocated, points: 10_000 }, years(9_500, 9_700));
      expect([first.revenue, first.liability]).toEqual([4_110, 4_566]);
      expect([second.revenue, second.liability]).toEqual([3_493, 1_073]);
    }
    const [first, second] = recognizePoints(
      { allocated: sale.points.exact, points: 10_000 },
      years(9_500, 9_700),
    );
    expect(first.exact.revenue).toBeCloseTo(4_109.589, 3);
    expect(second.exact.revenue).toBeCloseTo(3_492.915, 3);
    expect(second.exact.liability).toBeCloseTo(1_073.295, 3);
  });

  it("S22: KPMG 10A and 10B, with an allocation of 9,000 that is given", () => {
    const deferred = { allocated: 9_000, points: 10_000 };
    const up = recognizePoints(deferred, years(9_700, 9_900));
    expect([up[0].revenue, up[1].revenue, up[1].liability]).toEqual([4_175, 3_552, 1_273]);
    const down = recognizePoints(deferred, years(9_700, 9_200));
    expect([down[0].revenue, down[1].revenue, down[1].liability]).toEqual([4_175, 4_140, 685]);
    // 9,000 x 8,500 / 9,700 = 7,886.60: of the revenue to date this much is due to the new estimates.
    expect([up[1].catchUp, down[1].catchUp]).toEqual([7_727 - 7_887, 8_315 - 7_887]);
  });

  it("a far higher estimate takes revenue back, and says so", () => {
    const [, second] = recognizePoints({ allocated: 1_000, points: 1_000 }, [
      { period: "1", redeemed: 400, expectedPoints: 500 },
      { period: "2", redeemed: 0, expectedPoints: 1_000 },
    ]);
    expect(second).toMatchObject({ revenue: -400, catchUp: -400, isNegative: true, liability: 600 });
  });

  it("redemptions given back are less revenue", () => {
    const deferred = { allocated: 1_000, points: 1_000 };
    expect(
      revenues(deferred, [
        { period: "1", redeemed: 500, expectedPoints: 800 },
        { period: "2", redeemed: -100 },
      ]),
    ).toEqual([625, -125]);
  });

  it("an estimate stays until another one comes; redemptions may pass the old one", () => {
    const deferred = { allocated: 900, points: 1_000 };
    const schedule = recognizePoints(deferred, [
      { period: "1", redeemed: 300, expectedPoints: 600 },
      { period: "2", redeemed: 150 },
      { period: "3", redeemed: 250, expectedPoints: 900 },
    ]);
    expect(schedule.map(({ cumulativeRevenue }) => cumulativeRevenue)).toEqual([450, 675, 700]);
    // At 700 of an estimate of 600 all 900 would be revenue.
    expect(schedule.map(({ catchUp }) => catchUp)).toEqual([0, 0, -200]);
  });

  it("nothing is deferred when the last expected point is redeemed, or none is expected", () => {
    const last = recognizePoints({ allocated: 8_676, points: 10_000 }, [
      ...years(9_500, 9_700),
      { period: "3", redeemed: 1_200 },
    ]);
    expect(last[2]).toMatchObject({ liability: 0, cumulativeRevenue: 8_676 });
    const none = recognizePoints({ allocated: 100, points: 10 }, [
      { period: "1", redeemed: 0, expectedPoints: 0 },
    ]);
    expect(none[0]).toMatchObject({ revenue: 100, liability: 0 });
  });
});

describe("under unclaimed-property law (B47)", () => {
  it("what will be owed to the state stays a liability until it is handed over, and is no revenue", () => {
    const schedule = recognizePoints({ allocated: 1_000, points: 1_000 }, [
      { period: "1", redeemed: 400, expectedPoints: 800, unclaimed: 200 },
      { period: "2", redeemed: 400 },
      { period: "3", redeemed: 0, handedOver: 150 },
      { period: "4", redeemed: 0, handedOver: 50 },
    ]);
    expect(schedule.map(({ revenue }) => revenue)).toEqual([400, 400, 0, 0]);
    expect(schedule.map(({ liability }) => liability)).toEqual([600, 200, 50, 0]);
  });
});

describe("under unclaimed-property law, to the minor unit", () => {
  it("what is handed over is rounded to date with the revenue: 10 for three points", () => {
    const schedule = recognizePoints({ allocated: 10, points: 3 }, [
      { period: "1", redeemed: 1, expectedPoints: 1, unclaimed: 2 },
      { period: "2", redeemed: 0, handedOver: 1 },
      { period: "3", redeemed: 0, handedOver: 1 },
    ]);
    // 6.67, 3.33, 0.
    expect(schedule.map(({ liability }) => liability)).toEqual([7, 3, 0]);
  });
  it("a new estimate of it is a catch-up too", () => {
    const [, second] = recognizePoints({ allocated: 1_000, points: 1_000 }, [
      { period: "1", redeemed: 400, expectedPoints: 800 },
      { period: "2", redeemed: 0, unclaimed: 200 },
    ]);
    // 400 of 800 were 500; of 1,000 they are 400.
    expect(second).toMatchObject({ revenue: -100, catchUp: -100, liability: 600 });
  });
});

describe("when redemption has become remote", () => {
  it("revenue only for what is redeemed, and for the rest when it lapses", () => {
    const periods = [
      { period: "1", redeemed: 400 },
      { period: "2", redeemed: 300, remote: 0 },
      { period: "3", redeemed: 0, remote: 300 },
    ];
    expect(revenues({ allocated: 1_001, points: 1_000 }, periods, { breakage: "whenRemote" })).toEqual([
      400, 301, 300,
    ]);
    expect(
      recognizePoints({ allocated: 1_001, points: 1_000 }, periods, { breakage: "whenRemote" })[2].liability,
    ).toBe(0);
  });
});

describe("laws", () => {
  const steps = fc.array(
    fc.record({ redeemed: fc.integer({ min: 0, max: 1_000 }), more: fc.integer({ min: 0, max: 2_000 }) }),
    { minLength: 1, maxLength: 12 },
  );
  it("revenue to date and liability come to what was allocated; the liability is never below 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), steps, (allocated, drawn) => {
        let redeemed = 0;
        const periods = drawn.map((step, i) => {
          redeemed += step.redeemed;
          return { period: `${i}`, redeemed: step.redeemed, expectedPoints: redeemed + step.more };
        });
        let sum = 0;
        for (const found of recognizePoints({ allocated, points: 20_000 }, periods)) {
          sum += found.revenue;
          expect(sum).toBe(found.cumulativeRevenue);
          expect(sum + found.liability).toBe(allocated);
          expect(found.liability).toBeGreaterThanOrEqual(0);
          expect(found.isNegative).toBe(found.revenue < 0);
          // Rounded to date: half a unit at most from the exact amount, and what doubles lose of 1e9.
          expect(Math.abs(found.liability - found.exact.liability)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
    );
  });
});

describe("refusals", () => {
  const deferred = { allocated: 100, points: 100 };
  const first = { period: "1", redeemed: 10, expectedPoints: 50 };
  it.each<[string, RedemptionPeriod[], RecognizePointsOptions, string, string]>([
    ["no estimate", [{ period: "1", redeemed: 1 }], {}, "periods[0].expectedPoints", "null"],
    [
      "more redeemed than expected",
      [first, { period: "2", redeemed: 41 }],
      {},
      "periods[1].expectedPoints",
      "51",
    ],
    [
      "more expected than issued",
      [{ ...first, expectedPoints: 101 }],
      {},
      "periods[0].expectedPoints",
      "101",
    ],
    [
      "more given back than redeemed",
      [first, { period: "2", redeemed: -11 }],
      {},
      "periods[1].expectedPoints",
      "-1",
    ],
    ["an option that is not used", [{ ...first, remote: 1 }], {}, "periods[0].remote", "proportional"],
    [
      "an estimate beside whenRemote",
      [first],
      { breakage: "whenRemote" },
      "periods[0].expectedPoints",
      "whenRemote",
    ],
    ["fractions", [{ ...first, redeemed: 1.5 }], {}, "periods[0].redeemed", "1.5"],
    ["more unclaimed than is left", [{ ...first, unclaimed: 51 }], {}, "periods[0].unclaimed", "51"],
    ["more handed over than unclaimed", [{ ...first, handedOver: 1 }], {}, "periods[0].handedOver", "1"],
    [
      "more remote than there is",
      [{ period: "1", redeemed: 60, remote: 41 }],
      { breakage: "whenRemote" },
      "periods[0].redeemed",
      "101",
    ],
  ])("%s", (_, periods, options, path, named) => {
    const call = () => recognizePoints(deferred, periods, options);
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }) as Error);
    expect(call).toThrow(named);
  });
});
