import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HazardOptions, hazardByTenure } from "../../../src/statistics/survival/hazard-by-tenure.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import type { SurvivalRow } from "../../../src/statistics/survival/survival-data.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { repeated, survivalRows } from "./survival-sample.js";

describe("hazardByTenure", () => {
  test("in whole tenures it is the Kaplan-Meier curve", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (quarters) => {
        const whole = (row: SurvivalRow) => ({
          ...row,
          duration: 4 * row.duration,
          entry: 4 * (row.entry ?? 0),
        });
        const rows = quarters.map(whole);
        const curve = kaplanMeier(rows);
        const { buckets, uncounted } = hazardByTenure(rows);
        expect(uncounted).toBe(0);
        expect(buckets.map(({ start, end }) => [start, end])).toEqual(buckets.map((_, i) => [i, i + 1]));
        const { time, atRisk, events, censored } = curve.points.columns;
        time.forEach((tenure, i) => {
          expect(buckets[tenure]).toMatchObject({
            atRisk: atRisk[i],
            events: events[i],
            censored: censored[i],
          });
        });
        buckets.forEach(({ start, survival }) => {
          expect(survival).toBeCloseTo(Number(survivalAt(curve, start).survival), 12);
        });
      }),
    );
  });

  test("buckets: tenure is rounded down, whatever the unit; weights are rows", () => {
    fc.assert(
      fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
        const rounded = rows.map((row) => ({
          ...row,
          duration: Math.floor(row.duration),
          entry: Math.floor(row.entry ?? 0),
        }));
        const numbers = (data: SurvivalRow[], options?: HazardOptions) =>
          hazardByTenure(data, options).buckets.map(({ events, censored, atRisk }) => [
            events,
            censored,
            atRisk,
          ]);
        // A late entry counts in a bucket that it saw whole: rounding would put it at the start of others.
        if (rows.every(({ entry }) => (entry ?? 0) === 0)) expect(numbers(rows)).toEqual(numbers(rounded));
        expect(numbers(rows)).toEqual(numbers(repeated(rows)));
        const scaled = rows.map((row) => ({
          ...row,
          duration: 2 * row.duration,
          entry: 2 * (row.entry ?? 0),
        }));
        expect(numbers(scaled, { width: 2 })).toEqual(numbers(rows));
        const longest = Math.floor(Math.max(...rows.map(({ duration }) => duration)));
        if (longest > 0) {
          const cuts = Array.from({ length: longest }, (_, i) => i + 1);
          expect(numbers(rows, { cuts })).toEqual(numbers(rows));
        }
      }),
    );
  });

  test("rates with Wilson's interval and the product of what goes on, by hand", () => {
    // Six renewals due at 1: two lost. Four at 2: one lost, one not yet due again. Two at 3: one lost.
    const { buckets } = hazardByTenure(
      { duration: [1, 1, 2, 2, 3, 3], event: [1, 1, 1, 0, 1, 0] },
      { confidenceLevel: 0.9 },
    );
    expect(buckets.map(({ hazard }) => [hazard.numerator, hazard.denominator])).toEqual([
      [0, 6],
      [2, 6],
      [1, 4],
      [1, 2],
    ]);
    expect(buckets[3].survival).toBeCloseTo((4 / 6) * (3 / 4) * (1 / 2), 14);
    expect(buckets[2].interval).toEqual(wilsonInterval(1, 4, { confidenceLevel: 0.9 }));
  });

  test("cuts: the last bucket has no end; buckets stop with the longest tenure", () => {
    const data = { duration: [10, 29.9, 30, 200], event: [1, 0, 1, 0] as (0 | 1)[] };
    const shape = (cuts: number[]) =>
      hazardByTenure(data, { cuts }).buckets.map(({ start, end, atRisk }) => [start, end, atRisk]);
    expect(shape([30, 90])).toEqual([
      [0, 30, 4],
      [30, 90, 2],
      [90, null, 1],
    ]);
    expect(shape([100, 200, 300, 400])).toEqual([
      [0, 100, 4],
      [100, 200, 1],
      [200, 300, 1],
    ]);
    expect(shape([])).toEqual([[0, null, 4]]);
  });

  test("a border that a quotient misses by rounding is met", () => {
    // 0.3 / 0.1 is 2.9999999999999996.
    expect(hazardByTenure({ duration: [0.3], event: [1] }, { width: 0.1 }).buckets.length).toBe(4);
  });

  test("late entry: a tenure at which nobody was at risk, and rows never at risk", () => {
    const rows = [
      { duration: 1, event: true },
      { duration: 5.5, event: true, entry: 3.5 },
      { duration: 4.9, event: true, entry: 4.1 },
    ];
    const { buckets, uncounted } = hazardByTenure(rows);
    expect(uncounted).toBe(1);
    expect(buckets.map(({ atRisk }) => atRisk)).toEqual([1, 1, 0, 0, 1, 1]);
    expect(buckets[2]).toMatchObject({ interval: null, survival: 0 });
    expect(buckets[2].hazard).toMatchObject({ value: null, reason: "subjects at risk: 0" });
  });

  test("late entry at the start of a bucket counts in it, unless all leave at that very start", () => {
    const shape = (data: Parameters<typeof hazardByTenure>[0], options: HazardOptions) => {
      const { buckets, uncounted } = hazardByTenure(data, options);
      return [buckets.map(({ atRisk, events, censored }) => [atRisk, events, censored]), uncounted];
    };
    const year = {
      duration: [18, 20, 30, 20, 20],
      event: [1, 0, 1, 1, 1] as (0 | 1)[],
      entry: [12, 12, 12, 11, 13],
    };
    const seen = [
      [
        [0, 0, 0],
        [4, 2, 1],
        [1, 1, 0],
      ],
      1,
    ];
    expect(shape(year, { width: 12 })).toEqual(seen);
    expect(shape(year, { cuts: [12, 24] })).toEqual(seen);
    // 0.3 / 0.1 is 2.9999999999999996.
    expect(shape({ duration: [0.35], event: [1], entry: [0.3] }, { width: 0.1 })[1]).toBe(0);
    // Whole tenures: nobody who comes in at 3 could have been seen to leave at 3.
    expect(shape({ duration: [3, 3, 4], event: [1, 0, 1], entry: [0, 0, 3] }, { width: 1 })[0]).toEqual([
      [2, 0, 0],
      [2, 0, 0],
      [2, 0, 0],
      [2, 1, 1],
      [1, 1, 0],
    ]);
  });

  test("no rows, no buckets", () => {
    expect(hazardByTenure([])).toEqual({ buckets: [], uncounted: 0, confidenceLevel: 0.95 });
    expect(hazardByTenure([], { cuts: [3] }).buckets).toEqual([]);
  });
});

describe("bad input", () => {
  const data = { duration: [1, 2], event: [1, 0] as (0 | 1)[] };
  test.each<[HazardOptions, string, string]>([
    [{ width: 0 }, "options.width", "0"],
    [{ width: -1 }, "options.width", "-1"],
    [{ width: Number.NaN }, "options.width", "NaN"],
    [{ width: 1e-6 }, "options.width", "at most 10000 buckets"],
    [{ width: 1, cuts: [2] }, "options.width", "beside cuts"],
    [{ cuts: [0, 2] }, "options.cuts[0]", "0 after 0"],
    [{ cuts: [3, 2] }, "options.cuts[1]", "2 after 3"],
    [{ cuts: [Number.POSITIVE_INFINITY] }, "options.cuts[0]", "Infinity"],
    [{ cuts: Array.from({ length: 10_000 }, (_, i) => i + 1) }, "options.cuts", "10000"],
    [{ confidenceLevel: 1 }, "options.confidenceLevel", "1"],
  ])("%j", (options, path, message) => {
    const error = thrown(() => hazardByTenure(data, options));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(message);
  });

  test("fractional weights", () => {
    const error = thrown(() => hazardByTenure({ ...data, weight: [1, 2.5] }));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].weight" });
    expect(error.message).toContain("2.5");
  });
});
