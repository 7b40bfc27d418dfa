import fc from "fast-check";
import { expect, it } from "vitest";
import { theilSen } from "../../src/statistics/theil-sen.js";
import { seriesSlopeReader } from "../../src/statistics/theil-sen-series.js";

it("equals theilSen to the last digit, whatever was read before", () => {
  // Few different values make ties, zeros what most customers bring, and negative ones returns.
  const values = fc.oneof(
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 30 }),
    fc.array(fc.constantFrom(0, 0, 0, 0, 700), { minLength: 2, maxLength: 30 }),
    fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 2, maxLength: 30 }),
    fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 }),
  );
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0.01, max: 0.999, noNaN: true }),
      (all, level) => {
        const slopeOf = seriesSlopeReader(30, level);
        const series = new Float64Array(30);
        for (const list of all) {
          series.set(list);
          const { slope, interval } = theilSen(
            list.map((_, i) => i),
            list,
            { confidenceLevel: level },
          );
          expect(slopeOf(series, list.length)).toEqual({
            slope,
            lower: interval?.lower ?? null,
            upper: interval?.upper ?? null,
          });
        }
      },
    ),
  );
});

it("by hand: 1, 2, 4, 3, 9", () => {
  // Slopes of all ten pairs, in order -1, 1/2, 2/3, 1, 3/2, 2, 2, 7/3, 5/2, 6: the middle two are 3/2 and 2.
  const slope = seriesSlopeReader(5, 0.95)(Float64Array.of(1, 2, 4, 3, 9), 5);
  expect(slope.slope).toBe(1.75);
});
