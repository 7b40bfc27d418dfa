import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naturalBreaks } from "../../src/segmentation/natural-breaks.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { countedValues, spreadWithin } from "../../src/segmentation/spread-within.js";
import { thrown } from "../core/thrown.js";

/** n times the sum of squared differences from the mean, exact for whole numbers. */
const spreadTimesCount = (values: readonly number[]) => {
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  const squares = values.reduce((total, value) => total + BigInt(value) ** 2n, 0n);
  return BigInt(values.length) * squares - sum * sum;
};
const exactSpread = (values: readonly number[]) => Number(spreadTimesCount(values)) / values.length;

/** The least spread of all ways to cut, each tried. */
function leastSpread(ascending: readonly number[], classes: number): number {
  if (classes === 1) return exactSpread(ascending);
  let least = Number.POSITIVE_INFINITY;
  for (let first = classes - 1; first < ascending.length; first++) {
    if (ascending[first] === ascending[first - 1]) continue;
    const sum = leastSpread(ascending.slice(0, first), classes - 1) + exactSpread(ascending.slice(first));
    least = Math.min(least, sum);
  }
  return least;
}

describe("known examples", () => {
  // Example of the R package Ckmeans.1d.dp (Wang & Song): c(-1, 2, -1, 2, 4, 5, 6, -1, 2, -1) in three clusters.
  it("Ckmeans.1d.dp: centers -1, 2, 5 of sizes 4, 3, 3", () => {
    const { classes, within } = naturalBreaks([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], { classes: 3 });
    expect(classes.map(({ mean }) => mean)).toEqual([-1, 2, 5]);
    expect(classes.map(({ count }) => count)).toEqual([4, 3, 3]);
    expect(within).toBe(2);
  });

  // simple-statistics, documentation of ckmeans.
  it("simple-statistics: [-1, -1, -1, -1], [2, 2, 2], [4, 5, 6] as well", () => {
    const { classes } = naturalBreaks([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], { classes: 3 });
    expect(classes.map(({ lowest, highest }) => [lowest, highest])).toEqual([
      [-1, -1],
      [2, 2],
      [4, 6],
    ]);
  });
});

describe("against every way to cut", () => {
  const whole = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });

  it.each([0, 1_000_000_000, -987_654_321_000])("whole numbers around %i", (offset) => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 5 }), (small, most) => {
        const values = small.map((value) => value + offset);
        const ascending = [...values].sort((a, b) => a - b);
        const classes = Math.min(most, new Set(values).size);
        const found = naturalBreaks(values, { classes });
        const least = leastSpread(ascending, classes);
        // Sums of fractions with denominators up to 12.
        expect(Math.abs(found.within - least)).toBeLessThanOrEqual(1e-12 * (1 + least));
        const own = found.classes.reduce(
          (sum, { lowest, highest }) =>
            sum + exactSpread(ascending.filter((value) => value >= lowest && value <= highest)),
          0,
        );
        expect(Math.abs(own - least)).toBeLessThanOrEqual(1e-12 * (1 + least));
      }),
      { numRuns: 300 },
    );
  });

  it("the spread of any neighbors to the last digits, a billion from zero and with great gaps", () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1e9, max: 1e9 + 50 }),
      fc.integer({ min: 1e12, max: 1e12 + 50 }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 30 }), fc.nat(), fc.nat(), (values, a, b) => {
        const counted = countedValues(values);
        const size = counted.values.length;
        const [i, j] = [a % size, b % size].sort((x, y) => x - y);
        const own = values.filter((one) => one >= counted.values[i] && one <= counted.values[j]);
        const expected = exactSpread(own);
        // Two doubles hold 106 bits: sums of 30 squares up to 1e24 leave an absolute error below 1e-6; next to 0..50 ones 1e-6 is small.
        expect(Math.abs(spreadWithin(counted)(i, j) - expected)).toBeLessThanOrEqual(1e-6 + 1e-15 * expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe("laws", () => {
  const doubles = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

  it("classes follow one another, hold everyone, and fall with each further class to nothing", () => {
    fc.assert(
      fc.property(doubles, (values) => {
        const different = new Set(values.map((value) => value + 0)).size;
        let before = Number.POSITIVE_INFINITY;
        for (let classes = 1; classes <= Math.min(different, 6); classes++) {
          const found = naturalBreaks(values, { classes });
          expect(found.classes).toHaveLength(classes);
          expect(found.classes.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
          for (const [i, cut] of found.cuts.entries()) {
            expect(found.classes[i].highest).toBeLessThanOrEqual(cut);
            expect(cut).toBeLessThan(found.classes[i + 1].lowest);
          }
          // Rounding of sums of squares up to 1e12.
          expect(found.within).toBeLessThanOrEqual(before * (1 + 1e-12));
          before = found.within;
        }
        expect(naturalBreaks(values, { classes: different }).within).toBe(0);
      }),
    );
  });

  it("differences whose squares are no doubles are no spread: more classes never come to more", () => {
    const values = [3.1434555694052576e-162, 0, -5.648021690076915e-146, 5e-324];
    expect([1, 2, 3, 4].map((classes) => naturalBreaks(values, { classes }).within)).toEqual([0, 0, 0, 0]);
    expect(naturalBreaks([0, 2e-140], { classes: 1 }).within / 2e-280).toBeCloseTo(1, 12);
  });

  it("do not depend on the order, and move with the values", () => {
    const whole = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(whole, (values) => {
        const found = naturalBreaks(values, { classes: 4 });
        expect(naturalBreaks([...values].reverse(), { classes: 4 })).toEqual(found);
        expect(
          naturalBreaks(
            values.map((value) => value * 8),
            { classes: 4 },
          ).cuts,
        ).toEqual(found.cuts.map((cut) => cut * 8));
      }),
    );
  });

  it("as cuts of a score they give the classes back", () => {
    const values = [3, 8, 9, 40, 41, 45, 200, 210, 230, 1000];
    const { cuts, classes } = naturalBreaks(values, { classes: 4 });
    const customers = values.map((monetary, i) => ({
      customerId: `c${i}`,
      recency: i,
      frequency: 1,
      monetary,
    }));
    for (const atCut of ["above", "below"] as const) {
      const { m } = rfm(customers, {
        cuts: { recency: [1, 2, 3], frequency: [1, 2, 3], monetary: cuts },
        bins: 4,
        atCut,
      }).members.columns;
      expect([1, 2, 3, 4].map((score) => m.filter((one) => one === score).length)).toEqual(
        classes.map(({ count }) => count),
      );
    }
  });

  it("neighboring doubles are parted below the upper one", () => {
    const { cuts } = naturalBreaks([1, 1 + Number.EPSILON], { classes: 2 });
    expect(cuts).toEqual([1]);
  });

  it("explains all where each class has one value, and says nothing of equal values", () => {
    expect(naturalBreaks([1, 2, 2, 9], { classes: 3 }).explained.value).toBe(1);
    expect(naturalBreaks([5, 5], { classes: 1 })).toMatchObject({
      cuts: [],
      within: 0,
      explained: { value: null },
    });
  });
});

it("a weight of 2 is the value twice, one of 0 leaves it out", () => {
  const weighed = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(weighed, fc.integer({ min: 1, max: 4 }), (rows, asked) => {
      const repeated = rows.flatMap(([value, weight]) => Array<number>(weight).fill(value));
      fc.pre(repeated.length > 0);
      const classes = Math.min(asked, new Set(repeated).size);
      const values = rows.map(([value]) => value);
      const weights = rows.map(([, weight]) => weight);
      expect(naturalBreaks(values, { classes, weights })).toEqual(naturalBreaks(repeated, { classes }));
    }),
  );
});

describe("refuses", () => {
  it.each([
    [[1, Number.NaN], 1, "values[1]", "NaN"],
    [[1, 1e141], 1, "values[1]", "1e+141"],
    [[], 1, "values", "0 values"],
    [null, 1, "values", "null"],
    [[1, 1, 2], 3, "options.classes", "3"],
    [[1, 2], 0, "options.classes", "0"],
    [[1, 2], 1.5, "options.classes", "1.5"],
  ])("%j in %j at %s", (values, classes, path, shows) => {
    const error = thrown(() => naturalBreaks(values as number[], { classes }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(shows);
  });
});
