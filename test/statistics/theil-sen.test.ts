import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { theilSen } from "../../src/statistics/theil-sen.js";
import { thrown } from "../core/thrown.js";

const points = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -100, max: 100 })), {
  minLength: 5,
  maxLength: 25,
});
const columns = points.map((list) => ({ x: list.map(([x]) => x), y: list.map(([, y]) => y) }));

describe("theilSen", () => {
  test("has as many slopes of pairs above as below, and as many points", () => {
    fc.assert(
      fc.property(columns, ({ x, y }) => {
        const { slope, intercept, slopes } = theilSen(x, y);
        if (slope === null || intercept === null) return;
        let [above, below, all] = [0, 0, 0];
        x.forEach((xi, i) => {
          x.slice(0, i).forEach((xj, j) => {
            if (xi === xj) return;
            all++;
            // 1e-9: quotients of whole numbers up to 200 differ by 1/1600 or not at all.
            const gap = (y[i] - y[j]) / (xi - xj) - slope;
            if (gap > 1e-9) above++;
            if (gap < -1e-9) below++;
          });
        });
        expect(slopes).toBe(all);
        expect(Math.max(above, below)).toBeLessThanOrEqual(all / 2);
        const residuals = y.map((value, i) => value - slope * x[i] - intercept);
        expect(residuals.filter((gap) => gap > 1e-9).length).toBeLessThanOrEqual(x.length / 2);
        expect(residuals.filter((gap) => gap < -1e-9).length).toBeLessThanOrEqual(x.length / 2);
      }),
    );
  });

  test("turns and moves with the points (Sen's equivariance), whatever their order", () => {
    fc.assert(
      fc.property(
        columns,
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        ({ x, y }, tilt, scale) => {
          const line = theilSen(x, y);
          if (line.slope === null) return;
          // y -> scale * y + tilt * x + 5, x -> 2x + 1, points reversed.
          const changed = theilSen(
            x.map((value) => 2 * value + 1).reverse(),
            Float64Array.from(y, (value, i) => scale * value + tilt * x[i] + 5).reverse(),
          );
          const expected = (slope: number) => (scale * slope + tilt) / 2;
          // 1e-9: quotients and a median of numbers up to 1e4.
          expect(changed.slope).toBeCloseTo(expected(line.slope), 9);
          // Kendall's variance counts ties in y, which a tilt makes and breaks.
          if (line.interval === null || changed.interval === null || tilt !== 0) return;
          expect(changed.interval.lower).toBeCloseTo(expected(line.interval.lower), 9);
          expect(changed.interval.upper).toBeCloseTo(expected(line.interval.upper), 9);
        },
      ),
    );
  });

  test("mirrored points give the mirrored line and interval", () => {
    fc.assert(
      fc.property(columns, ({ x, y }) => {
        const line = theilSen(x, y);
        if (line.slope === null) return;
        const mirrored = theilSen(
          x,
          y.map((value) => -value),
        );
        expect(mirrored.slope).toBeCloseTo(-line.slope, 12);
        expect(mirrored.intercept).toBeCloseTo(-Number(line.intercept), 9);
        expect(mirrored.interval === null).toBe(line.interval === null);
        if (line.interval === null) return;
        expect(mirrored.interval?.lower).toBeCloseTo(-line.interval.upper, 12);
        expect(mirrored.interval?.upper).toBeCloseTo(-line.interval.lower, 12);
      }),
    );
  });

  test("holds its slope in its interval, which widens with the level", () => {
    fc.assert(
      fc.property(columns, ({ x, y }) => {
        const { slope, interval } = theilSen(x, y);
        const surer = theilSen(x, y, { confidenceLevel: 0.99 }).interval;
        if (slope === null || interval === null) return;
        expect(interval.lower).toBeLessThanOrEqual(slope);
        expect(interval.upper).toBeGreaterThanOrEqual(slope);
        if (surer === null) return;
        expect(surer.lower).toBeLessThanOrEqual(interval.lower);
        expect(surer.upper).toBeGreaterThanOrEqual(interval.upper);
      }),
    );
  });

  test("does not follow wild values, up to a quarter of the points", () => {
    const x = Array.from({ length: 20 }, (_, i) => i);
    const y = x.map((value) => 3 * value + 2);
    const wild = y.map((value, i) => (i % 4 === 1 ? 1e6 * (i - 9) : value));
    expect(theilSen(x, wild).slope).toBe(3);
    expect(theilSen(x, wild).intercept).toBe(2);
  });

  test("says why it is undefined, and gives no interval that 4 points cannot hold", () => {
    const nothing = { slope: null, intercept: null, interval: null, slopes: 0 };
    expect(theilSen([], [])).toMatchObject({ ...nothing, n: 0, reason: "needs 2 points, has 0" });
    expect(theilSen([5], [1])).toMatchObject({ ...nothing, n: 1, reason: "needs 2 points, has 1" });
    expect(theilSen([2, 2], [1, 5])).toMatchObject({
      ...nothing,
      reason: "x never varies: every value is 2",
    });
    // The widest interval of 4 points holds the slope in 1 - 2/4! = 92 % of samples.
    const four = theilSen([1, 2, 3, 4], [1, 3, 2, 5]);
    expect(four).toMatchObject({ interval: null, slopes: 6 });
    expect(four.reason).toContain("0.95");
    expect(theilSen([1, 2, 3, 4], [1, 3, 2, 5], { confidenceLevel: 0.9 }).interval).not.toBeNull();
  });

  test("a level line has slope 0, not -0", () => {
    expect(theilSen([3, 2, 1], [4, 4, 4]).slope).toBe(0);
  });

  test("refuses more points than it can compare", () => {
    const many = new Float64Array(5001);
    const error = thrown(() => theilSen(many, many));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "x" });
    expect(error.message).toMatch(/5001.*5000/);
    expect(thrown(() => theilSen([1], [1, 2])).path).toBe("y");
    expect(thrown(() => theilSen([0, 1], [-1e308, 1e308])).message).toContain("other units");
  });
});
