import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawNormal } from "../../../src/core/random-draws.js";
import { rows } from "../../../src/core/table.js";
import { customerConcentration } from "../../../src/profitability/sorting/customer-concentration.js";
import { paretoCurve } from "../../../src/segmentation/pareto-curve.js";
import { thrown } from "../../core/thrown.js";

const of = (...values: number[]) => values.map((value, i) => ({ customerId: `c${i}`, value }));

/** Gini's mean difference over twice the mean, every pair compared: a definition of its own. */
function giniByPairs(values: readonly number[]): number {
  const n = values.length;
  let differences = 0;
  for (const a of values) for (const b of values) differences += Math.abs(a - b);
  return differences / (2 * n * values.reduce((sum, value) => sum + value, 0));
}

/** The jackknife by its definition: each value left out in turn. */
function jackknifeError(values: readonly number[]): number {
  const n = values.length;
  const left = values.map((_, i) => giniByPairs(values.filter((_, k) => k !== i)));
  const mean = left.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(((n - 1) / n) * left.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

describe("customerConcentration", () => {
  it("Herfindahl index as the U.S. Department of Justice explains it: shares of 30, 30, 20 and 20 % make 2,600", () => {
    const { herfindahl, effectiveCustomers } = customerConcentration(of(30, 30, 20, 20));
    expect(herfindahl).toBeCloseTo(0.26, 14);
    expect(effectiveCustomers).toBeCloseTo(3.846153846153846, 12);
  });

  it("top shares, with more asked for than there are", () => {
    const { top } = customerConcentration(of(10, 60, 30), { top: [1, 2, 9] });
    expect(top.map(({ customers, value, share }) => [customers, value, share.value])).toEqual([
      [1, 60, 0.6],
      [2, 90, 0.9],
      [3, 100, 1],
    ]);
  });

  it("Lorenz curve, by hand: 1, 2, 3 and 4 of 10", () => {
    const { points, gini } = customerConcentration(of(3, 1, 4, 2));
    expect(rows(points)).toEqual([
      { customerId: "c1", value: 1, shareOfCustomers: 0.25, shareOfValue: 0.1 },
      { customerId: "c3", value: 2, shareOfCustomers: 0.5, shareOfValue: 0.3 },
      { customerId: "c0", value: 3, shareOfCustomers: 0.75, shareOfValue: 0.6 },
      { customerId: "c2", value: 4, shareOfCustomers: 1, shareOfValue: 1 },
    ]);
    // 1 - 2 x area under the curve: 1 - (0.1 + 0.4 + 0.9 + 1.6) / 4.
    expect(gini).toBeCloseTo(0.25, 14);
  });

  it("all equal, and one who brings all", () => {
    const equal = customerConcentration(of(7, 7, 7, 7, 7));
    expect([equal.gini, equal.effectiveCustomers]).toEqual([expect.closeTo(0, 14), expect.closeTo(5, 12)]);
    const one = customerConcentration(of(0, 0, 9, 0));
    expect([one.gini, one.herfindahl, one.giniInterval, one.reason]).toEqual([
      0.75,
      1,
      null,
      "interval: one customer brings all",
    ]);
  });

  describe("values below zero", () => {
    const mixed = of(50, 30, 20, -40);

    it("count as zero by default", () => {
      const found = customerConcentration(mixed, { top: [1, 4] });
      const clipped = customerConcentration(of(50, 30, 20, 0), { top: [1, 4] });
      expect(found).toMatchObject({ negative: 1, total: 60, base: 100, negatives: "positive", reason: null });
      for (const field of ["top", "herfindahl", "effectiveCustomers", "gini", "giniInterval"] as const)
        expect(found[field]).toEqual(clipped[field]);
      expect(found.points.columns.value).toEqual([-40, 20, 30, 50]);
      expect(found.points.columns.shareOfValue).toEqual([0, 0.2, 0.5, 1]);
    });

    it("are netted, without the measures that then mean nothing", () => {
      const net = customerConcentration(mixed, { negatives: "net", top: [1, 3] });
      expect(net).toMatchObject({
        herfindahl: null,
        effectiveCustomers: null,
        gini: null,
        giniInterval: null,
      });
      expect(net.reason).toBe("herfindahl, gini: some values are negative");
      expect(net.top.map(({ share }) => share.value)).toEqual([50 / 60, 100 / 60]);
      expect(net.points.columns.shareOfValue).toEqual([-40 / 60, -20 / 60, 10 / 60, 1]);
    });

    it("or are refused", () => {
      const error = thrown(() => customerConcentration(mixed, { negatives: "refuse" }));
      expect(error).toMatchObject({ code: "INVALID_ROWS", path: "values[3].value" });
    });

    it("nothing above zero: no shares", () => {
      for (const list of [of(), of(0, 0), of(-3, -4)]) {
        const found = customerConcentration(list, { top: [1] });
        expect([found.gini, found.herfindahl, found.top[0].share.value]).toEqual([null, null, null]);
        expect(found.reason).toBe("sum of the values above zero: 0");
        expect(found.points.columns.shareOfValue.every((share) => share === null)).toBe(true);
      }
    });
  });

  describe("properties", () => {
    const some = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 3, maxLength: 40 })
      .filter((values) => values.filter((value) => value > 0).length > 1);

    it("Gini and its jackknife error equal their definitions", () => {
      fc.assert(
        fc.property(some, (values) => {
          const { gini, giniStandardError } = customerConcentration(of(...values));
          // Sums of up to 40 quotients: a few roundings; the error is a root of differences of them.
          expect(gini).toBeCloseTo(giniByPairs(values), 12);
          expect(giniStandardError).toBeCloseTo(jackknifeError(values), 9);
        }),
      );
    });

    it("equals the Gini coefficient of paretoCurve, and no unit or order matters", () => {
      fc.assert(
        fc.property(some, fc.integer({ min: 2, max: 1000 }), (values, unit) => {
          const found = customerConcentration(of(...values));
          expect(found.gini).toBeCloseTo(paretoCurve(of(...values)).gini ?? Number.NaN, 12);
          const other = customerConcentration(of(...values.map((value) => value * unit)));
          expect(other.gini).toBeCloseTo(found.gini ?? Number.NaN, 12);
          expect(other.herfindahl).toBeCloseTo(found.herfindahl ?? Number.NaN, 12);
          expect(customerConcentration([...of(...values)].reverse())).toEqual(found);
        }),
      );
    });

    it("a doubled base halves the Herfindahl index and leaves the Gini coefficient", () => {
      fc.assert(
        fc.property(some, (values) => {
          const once = customerConcentration(of(...values));
          const twice = customerConcentration(of(...values, ...values));
          expect(twice.herfindahl).toBeCloseTo((once.herfindahl ?? Number.NaN) / 2, 12);
          expect(twice.gini).toBeCloseTo(once.gini ?? Number.NaN, 12);
        }),
      );
    });

    it("amounts near the end of the range of numbers", () => {
      const { gini, herfindahl } = customerConcentration(of(8e307, 4e307, 4e307));
      expect([gini, herfindahl]).toEqual([expect.closeTo(1 / 6, 12), expect.closeTo(0.375, 12)]);
    });
  });

  it("the interval holds the true coefficient about as often as it says", () => {
    // Log-normal with sigma 0.5: G = erf(sigma / 2) = 0.2763263902 (Aitchison & Brown 1957). Of 400 samples of 200, a coverage of
    // 0.95 has a standard error of 0.011; normal intervals of skewed samples run a little short: 0.91 and more is asked.
    const draw = seededRandom(11);
    let held = 0;
    for (let sample = 0; sample < 400; sample++) {
      const values = Array.from({ length: 200 }, () => Math.exp(drawNormal(draw, 0, 0.5)));
      const { giniInterval } = customerConcentration(of(...values));
      if (giniInterval && giniInterval.lower <= 0.2763263902 && giniInterval.upper >= 0.2763263902) held++;
    }
    expect(held / 400).toBeGreaterThan(0.91);
    expect(held / 400).toBeLessThan(0.99);
  });

  it("bad input", () => {
    expect(thrown(() => customerConcentration(of(1), { top: [0] })).path).toBe("options.top[0]");
    expect(thrown(() => customerConcentration(of(1), { top: 3 as never })).path).toBe("options.top");
    expect(thrown(() => customerConcentration(of(1), { negatives: "drop" as never })).path).toBe(
      "options.negatives",
    );
    expect(thrown(() => customerConcentration(of(1), { confidenceLevel: 1 })).path).toBe(
      "options.confidenceLevel",
    );
    expect(thrown(() => customerConcentration(of(Number.NaN))).code).toBe("INVALID_ROWS");
  });
});
