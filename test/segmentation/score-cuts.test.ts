import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberSample } from "../../src/segmentation/number-sample.js";
import { orderStatistics } from "../../src/segmentation/order-statistics.js";
import { rfm } from "../../src/segmentation/rfm.js";
import type { RfmOptions } from "../../src/segmentation/rfm-options.js";
import type { RfmValues } from "../../src/segmentation/rfm-values.js";
import { binsOf } from "../../src/segmentation/score-cuts.js";

const customers = (values: readonly number[]): RfmValues[] =>
  values.map((value, i) => ({ customerId: `c${i}`, recency: 1, frequency: 1, monetary: value }));
const SIDED = ["quantile", "equalWidth"] as const;
const CUT = [...SIDED, "rPackage", "percentRank", "cumeDist"] as const;
const sides = fc.constantFrom("above" as const, "below" as const);

/** The double next above: the least step there is. */
function next(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value < 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** From tiny to as large as doubles are, with ties and close neighbours. */
const anyNumbers = fc.array(
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1.7e308, -1.7e308, 1, next(1), next(next(1))),
    fc.integer({ min: -9, max: 9 }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** By the definition of the cuts, one by one. */
function scoreOf(value: number, cuts: readonly number[], atCut: "above" | "below"): number {
  return 1 + cuts.filter((cut) => value > cut || (atCut === "above" && value === cut)).length;
}

describe("scores follow from the cuts", () => {
  it("whatever the numbers are: they are finite, ascend, and give the scores that were given", () => {
    fc.assert(
      fc.property(anyNumbers, fc.integer({ min: 2, max: 9 }), sides, (values, bins, atCut) => {
        for (const method of CUT) {
          const own: RfmOptions = (SIDED as readonly string[]).includes(method) ? { atCut } : {};
          // Without segments, whose sums of money may not be numbers.
          const scores = { recency: 2, frequency: 2, monetary: bins };
          const { cuts, members, atCut: side } = rfm(customers(values), { bins: scores, method, ...own });
          const money = cuts?.monetary ?? [];
          expect(money.every(Number.isFinite)).toBe(true);
          for (let i = 1; i < money.length; i++) expect(money[i]).toBeGreaterThanOrEqual(money[i - 1]);
          expect(members.columns.m).toEqual(values.map((value) => scoreOf(value, money, side.monetary)));
        }
      }),
    );
  });

  it("of four neighbouring doubles", () => {
    const four = [1, next(1), next(next(1)), next(next(next(1)))];
    for (const atCut of ["above", "below"] as const) {
      const { members, cuts } = rfm(customers(four), { bins: 4, atCut });
      expect(members.columns.m).toEqual([1, 2, 3, 4]);
      expect(four.map((value) => scoreOf(value, cuts?.monetary ?? [], atCut))).toEqual([1, 2, 3, 4]);
    }
  });

  it("of money as far apart as doubles are", () => {
    const far = customers([-1.7e308, 1.7e308]);
    for (const method of SIDED) {
      const { cuts } = rfm(far, { bins: 2, method });
      expect(cuts?.monetary).toEqual([0]);
      const [low, middle, high] = rfm(far, { bins: 4, method }).cuts?.monetary ?? [];
      expect(middle).toBe(0);
      // Two roundings.
      expect(low / -0.85e308).toBeCloseTo(1, 14);
      expect(high / 0.85e308).toBeCloseTo(1, 14);
    }
  });

  it("has no -0 anywhere", () => {
    const { members, cuts } = rfm(
      [
        { customerId: "a", recency: -0, frequency: -0, monetary: -0 },
        { customerId: "b", recency: 0, frequency: -0, monetary: -0 },
      ],
      {
        cuts: { recency: [-0] },
        bins: 2,
        segmentTable: [{ name: "all", recency: [1, 2], frequency: [1, 2] }],
      },
    );
    const { recency, frequency, monetary } = members.columns;
    // toEqual tells 0 from -0.
    expect([recency, frequency, monetary]).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(cuts).toEqual({ recency: [0], frequency: [0], monetary: [0] });
  });
});

describe("many numbers, which are counted in buckets", () => {
  const draw = (i: number) => ((i * 48_271) % 2_147_483_647) / 2_147_483_647;
  const samples: Record<string, number[]> = {
    "fractions of a wide range": Array.from({ length: 70_000 }, (_, i) => draw(i) ** 5 * 1e9 - 1e8),
    "whole numbers of a wide range": Array.from({ length: 70_000 }, (_, i) => Math.floor(draw(i) * 1e12)),
    "whole numbers of a small range": Array.from({ length: 70_000 }, (_, i) => Math.floor(draw(i) * 900)),
    "nearly all in one bucket": Array.from({ length: 70_000 }, (_, i) => (i === 0 ? 1e9 : draw(i))),
    "all equal": Array.from({ length: 70_000 }, () => 0.5),
  };

  it.each(Object.entries(samples))("%s: places as a sort has them", (_name, values) => {
    const ascending = [...values].sort((a, b) => a - b);
    const places = [0, 1, 13_999, 14_000, 35_000, 35_000, 69_998, 69_999];
    expect(orderStatistics(numberSample(values), places)).toEqual(places.map((place) => ascending[place]));
  });

  it.each(Object.entries(samples))("%s: bins as a comparison with each cut has them", (_name, values) => {
    const sample = numberSample(values);
    const cuts = [values[5], values[77], values[4_000], -5, 2e12].sort((a, b) => a - b);
    for (const atCut of ["above", "below"] as const) {
      const expected = values.map((value) => scoreOf(value, cuts, atCut));
      expect(binsOf(sample, { cuts, atCut })).toEqual(expected);
      expect(binsOf(sample, { cuts, atCut }, true)).toEqual(expected.map((score) => 7 - score));
    }
  });
});
