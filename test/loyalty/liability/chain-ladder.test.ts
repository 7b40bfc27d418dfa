import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainLadder } from "../../../src/loyalty/liability/chain-ladder.js";
import { normalQuantile } from "../../../src/statistics/normal.js";

describe("by hand", () => {
  // f0 = (150 + 310) / (100 + 200) = 23/15, f1 = 165/150 = 1.1; 120 x 23/15 = 184, x 1.1 = 202.4.
  const { factors, cohorts, total } = chainLadder([
    [100, 150, 165],
    [200, 310, null],
    [120, null, null],
  ]);

  it("factors and ultimates", () => {
    expect(factors[0].factor).toBeCloseTo(23 / 15, 12);
    expect(factors[1].factor).toBeCloseTo(1.1, 12);
    expect(cohorts.map(({ latest, age }) => [latest, age])).toEqual([
      [165, 2],
      [310, 1],
      [120, 0],
    ]);
    expect(cohorts[1].ultimate).toBeCloseTo(341, 9);
    expect(cohorts[2].ultimate).toBeCloseTo(202.4, 9);
    expect(total.reserve).toBeCloseTo(31 + 82.4, 9);
  });

  it("sigma squared and standard errors", () => {
    // 100 (1.5 - 23/15)^2 + 200 (1.55 - 23/15)^2 over 1 = 100/900 + 200/3600 = 1/6; the last age takes it over.
    expect(factors[0].variance).toBeCloseTo(1 / 6, 12);
    expect(factors[1].variance).toBeCloseTo(1 / 6, 12);
    const [f0, f1] = [23 / 15, 1.1];
    const ofSecond = 341 ** 2 * (1 / 6 / f1 ** 2) * (1 / 310 + 1 / 150);
    const ofThird =
      202.4 ** 2 * ((1 / 6 / f0 ** 2) * (1 / 120 + 1 / 300) + (1 / 6 / f1 ** 2) * (1 / 184 + 1 / 150));
    const shared = 341 * 202.4 * 2 * (1 / 6 / f1 ** 2 / 150);
    expect(cohorts[1].standardError).toBeCloseTo(Math.sqrt(ofSecond), 9);
    expect(cohorts[2].standardError).toBeCloseTo(Math.sqrt(ofThird), 9);
    expect(total.standardError).toBeCloseTo(Math.sqrt(ofSecond + ofThird + shared), 9);
  });

  it("a lognormal interval has the reserve as its mean and the standard error as its own", () => {
    const { reserve, standardError, interval } = cohorts[2];
    const [low, high] = [Math.log(interval?.lower ?? 0), Math.log(interval?.upper ?? 0)];
    const sigma = (high - low) / 2 / normalQuantile(0.975);
    const mean = Math.exp((low + high) / 2 + sigma ** 2 / 2);
    expect(mean).toBeCloseTo(reserve ?? 0, 8);
    expect(mean * Math.sqrt(Math.expm1(sigma ** 2))).toBeCloseTo(standardError ?? 0, 8);
  });
});

describe("what cannot be said", () => {
  it("one cohort alone has no scatter", () => {
    const { cohorts, total, reason } = chainLadder([[10, 20], [30]]);
    expect(cohorts[1]).toMatchObject({ ultimate: 60, standardError: null, interval: null });
    expect([total.standardError, reason]).toEqual([
      null,
      "fewer than two cohorts can be compared at any age",
    ]);
  });
  it("an age without an amount has no factor, and who is younger no ultimate", () => {
    const { factors, cohorts, total, reason } = chainLadder([[0, 10, 15], [0, 20], [0]]);
    expect(factors[0].factor).toBeNull();
    expect(factors[1].factor).toBe(1.5);
    expect(cohorts.map(({ ultimate }) => ultimate)).toEqual([15, 30, null]);
    expect([total.ultimate, reason]).toEqual([null, "no cohort has an amount at age 0"]);
  });
  it("a cohort without an amount yet comes to nothing", () => {
    const { cohorts } = chainLadder([[10, 20], [10, 30], [0]]);
    expect(cohorts[2]).toMatchObject({ ultimate: 0, reserve: 0, standardError: 0, interval: null });
  });
});

describe("laws", () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 15, maxLength: 15 });
  const triangleOf = (drawn: readonly number[]) => {
    let next = 0;
    return [5, 4, 3, 2, 1].map((length) => {
      let sum = 0;
      return Array.from({ length }, () => (sum += drawn[next++]));
    });
  };
  it("amounts in another unit are the same ladder; what is fully developed has nothing to come", () => {
    fc.assert(
      fc.property(amounts, (drawn) => {
        const triangle = triangleOf(drawn);
        const found = chainLadder(triangle);
        const scaled = chainLadder(triangle.map((row) => row.map((amount) => amount * 8)));
        found.cohorts.forEach(({ reserve, standardError }, i) => {
          // Powers of two scale doubles without loss but for the sums' last places.
          const eight = scaled.cohorts[i];
          expect(eight.reserve ?? 0).toBeCloseTo(8 * (reserve ?? 0), 3);
          expect(eight.standardError ?? 0).toBeCloseTo(8 * (standardError ?? 0), 3);
        });
        expect(found.cohorts[0]).toMatchObject({ reserve: 0, standardError: 0 });
      }),
    );
  });
});

describe("refusals", () => {
  it.each<[unknown, string, string]>([
    [[], "triangle", "empty"],
    [[[1], [1, 2]], "triangle[1]", "2 observed"],
    [[[null, 1]], "triangle[0]", "0 observed"],
    [[[1, null, 3]], "triangle[0][2]", "3"],
    [[[1, -2]], "triangle[0][1]", "-2"],
    [[[1, "2"]], "triangle[0][1]", '"2"'],
  ])("%j", (triangle, path, named) => {
    const call = () => chainLadder(triangle as number[][]);
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }) as Error);
    expect(call).toThrow(named);
  });
});
