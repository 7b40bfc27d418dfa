import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../src/core/table.js";
import { type AbcOptions, abcClassification } from "../../src/segmentation/abc-classification.js";
import { paretoCurve } from "../../src/segmentation/pareto-curve.js";
import { thrown } from "../core/thrown.js";

const customers = (...values: number[]) => values.map((value, i) => ({ customerId: `c${i}`, value }));
const classes = (values: readonly number[], options?: AbcOptions) =>
  abcClassification(customers(...values), options).members.columns.class.join("");
const someValues = fc.array(fc.oneof(fc.nat(9), fc.nat(100_000)), { maxLength: 40 });
const mixedValues = fc.array(fc.integer({ min: -50, max: 100 }), { maxLength: 40 });
const someOptions: fc.Arbitrary<AbcOptions> = fc.record({
  crossing: fc.constantFrom("above" as const, "below" as const),
  negatives: fc.constantFrom("positive" as const, "net" as const),
  ties: fc.constantFrom("stable" as const, "promote" as const),
});

describe("abcClassification", () => {
  it("puts the one who crosses a cut in the better class, or below it where asked", () => {
    // Running sums 50, 75, 90, 96, 100.
    expect(classes([50, 25, 15, 6, 4])).toBe("AAABC");
    expect(classes([50, 25, 15, 6, 4], { crossing: "below" })).toBe("AABCC");
    expect(classes([90, 10])).toBe("AB");
    // A brings at most 80 %: nobody can, where the first one brings 90 %.
    expect(classes([90, 10], { crossing: "below" })).toBe("BC");
  });

  it("counts who ends exactly on a cut to the better class, however the cut is rounded", () => {
    expect(classes([80, 15, 5])).toBe("ABC");
    expect(classes([80, 15, 5], { crossing: "below" })).toBe("ABC");
    // Ten times 0.1, where adding one by one gives 0.7999999999999999 for eight.
    const tenths = Array.from({ length: 10 }, () => 0.1);
    expect(classes(tenths)).toBe("AAAAAAAABB");
    expect(classes(tenths, { crossing: "below" })).toBe("AAAAAAAABC");
  });

  it("splits equal values by id, or promotes them all to the class of the first", () => {
    // 40 + 4 x 15: 80 % falls between the second and the third of the equal ones, at 85 with the third.
    expect(classes([40, 15, 15, 15, 15])).toBe("AAAAB");
    expect(classes([40, 15, 15, 15, 15], { crossing: "below" })).toBe("AAABC");
    expect(classes([40, 15, 15, 15, 15], { ties: "promote" })).toBe("AAAAA");
    expect(classes([40, 15, 15, 15, 15], { ties: "promote", crossing: "below" })).toBe("AAAAA");
    // The first of the equal ones is below the cut already.
    expect(classes([78, 11, 11], { ties: "promote", crossing: "below" })).toBe("ABB");
    // The running sum of 3, 5, 7 falls back to 4, which is no reason to put a loss in the best class.
    expect(classes([3, 2, 2, -3], { ties: "promote", crossing: "below" })).toBe("AAAC");
    expect(abcClassification([]).rules).toEqual({ crossing: "above", negatives: "positive", ties: "stable" });
  });

  it("takes shares of the values above zero, or of the net sum, or refuses what is negative", () => {
    const values = [60, 30, 10, -50];
    expect(abcClassification(customers(...values))).toMatchObject({ total: 50, base: 100 });
    expect(classes(values)).toBe("AABC");
    // Of the net 50, the first one alone brings 120 %.
    expect(classes(values, { negatives: "net" })).toBe("ACCC");
    expect(thrown(() => classes(values, { negatives: "refuse" }))).toMatchObject({ code: "INVALID_ROWS" });
    expect(classes([60, 0], { negatives: "refuse" })).toBe("AC");
    expect(classes([-1, -2])).toBe("CC");
    expect(classes([0, 0])).toBe("CC");
  });

  it("counts customers and values by class", () => {
    const { classes: all } = abcClassification(customers(50, 25, 15, 6, 4));
    expect(all[0]).toEqual({
      name: "A",
      cut: 0.8,
      customers: 3,
      value: 90,
      shareOfCustomers: { value: 0.6, numerator: 3, denominator: 5, reason: null },
      shareOfValue: { value: 0.9, numerator: 90, denominator: 100, reason: null },
      lowestValue: 15,
    });
    expect(all.map(({ customers: count, lowestValue }) => [count, lowestValue])).toEqual([
      [3, 15],
      [1, 6],
      [1, 4],
    ]);
    const [none] = abcClassification([]).classes;
    expect(none).toMatchObject({ customers: 0, lowestValue: null });
    expect(none.shareOfValue).toMatchObject({ value: null, reason: "sum of the values above zero: 0" });
  });

  it("takes cuts and names of one's own", () => {
    expect(classes([50, 30, 20], { cuts: [0.5], classes: ["head", "tail"] })).toBe("headtailtail");
    expect(classes([50, 30, 15, 5], { cuts: [0.2, 0.6, 0.9] })).toBe("ABCD");
  });

  it("never puts a smaller value in a better class, and ends A at or above its cut, or at or below", () => {
    fc.assert(
      fc.property(mixedValues, someOptions, (values, options) => {
        const { members, classes: all, base } = abcClassification(customers(...values), options);
        const { value, class: names } = members.columns;
        for (let i = 1; i < names.length; i++) {
          expect(names[i] >= names[i - 1]).toBe(true);
          if (options.ties === "promote" && value[i] === value[i - 1]) expect(names[i]).toBe(names[i - 1]);
        }
        for (const { value: own, name } of rows(members).map((row) => ({
          value: row.value,
          name: row.class,
        })))
          if (own <= 0) expect(name).toBe("C");
        expect(all.reduce((sum, { customers: count }) => sum + count, 0)).toBe(values.length);
        if (!(base > 0)) return;
        // Whole numbers: 5 x A against 4 x the base is exact.
        if (options.crossing === "above") expect(5 * all[0].value).toBeGreaterThanOrEqual(4 * base);
        else {
          // Those who are promoted after the first of their value do not count against the cut.
          const lowest = all[0].lowestValue;
          const promoted =
            options.ties === "stable" || lowest === null
              ? 0
              : value.filter((own) => own === lowest).length - 1;
          expect(5 * (all[0].value - promoted * (lowest ?? 0))).toBeLessThanOrEqual(4 * base);
        }
      }),
    );
  });

  it("does not depend on the order of the input, nor on the unit", () => {
    fc.assert(
      fc.property(mixedValues, someOptions, (values, options) => {
        const given = customers(...values);
        const base = abcClassification(given, options);
        expect(abcClassification(given.toReversed(), options)).toEqual(base);
        const scaled = given.map(({ customerId, value }) => ({ customerId, value: 1024 * value }));
        expect(abcClassification(scaled, options).members.columns.class).toEqual(base.members.columns.class);
        const columns = {
          customerId: given.map(({ customerId }) => customerId),
          value: given.map(({ value }) => value),
        };
        expect(abcClassification(table(columns), options)).toEqual(base);
      }),
    );
  });

  it("refuses cuts that do not ascend below 1, and names that do not fit", () => {
    const failing = (options: unknown) => thrown(() => classes([1], options as AbcOptions));
    expect(failing({ cuts: [0.8, 0.8] })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.cuts[1]",
      message: "options.cuts[1] is 0.8: pass a share above 0.8 and below 1",
    });
    expect(failing({ cuts: [80, 95] })).toMatchObject({ path: "options.cuts[0]" });
    expect(failing({ cuts: [] })).toMatchObject({ path: "options.cuts" });
    expect(failing({ classes: ["A", "B"] })).toMatchObject({ path: "options.classes" });
    expect(failing({ classes: ["A", "A", "B"] })).toMatchObject({ path: "options.classes[1]" });
    expect(failing({ crossing: "a" }).message).toContain('options.crossing is "a"');
    expect(failing({ ties: "together" })).toMatchObject({ path: "options.ties" });
    expect(failing(null)).toMatchObject({ code: "INVALID_ARGUMENT", path: "options" });
    expect(failing({ cuts: null })).toMatchObject({ path: "options.cuts" });
    expect(failing({ negatives: "drop" })).toMatchObject({ path: "options.negatives" });
    const huge = thrown(() => classes([Number.MAX_SAFE_INTEGER, 2, -5]));
    expect(huge).toMatchObject({ code: "UNSAFE_INTEGER" });
    expect(thrown(() => classes([1e308, 1e308]))).toMatchObject({ path: "values" });
  });
});

it("reads typed arrays as it reads plain ones, and has the sums of fractions rounded once", () => {
  const given = customers(0.1, 0.2, 0.3, 0.7, -0.5);
  const columns = {
    customerId: given.map(({ customerId }) => customerId),
    value: Float64Array.from(given, ({ value }) => value),
  };
  const typed = { length: 5, columns };
  expect(abcClassification(typed)).toEqual(abcClassification(given));
  expect(paretoCurve(typed)).toEqual(paretoCurve(given));
  // 0.7 + 0.3 + 0.2 + 0.1 is 1.3 to the last digit, and the class that has all of it has the share 1.
  const all = abcClassification(given, { cuts: [0.9999], classes: ["all", "none"] });
  expect(all.base).toBe(1.3);
  expect(all.classes[0].shareOfValue.value).toBe(1);
});

describe("paretoCurve", () => {
  it("finds how few bring half, four fifths and nearly all", () => {
    const { reach, gini, points } = paretoCurve(customers(60, 20, 10, 6, 4));
    expect(reach.map(({ customers: few }) => few)).toEqual([1, 2, 4]);
    expect(points.columns.shareOfValue).toEqual([0.6, 0.8, 0.9, 0.96, 1]);
    expect(points.columns.shareOfCustomers).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    // Mean absolute difference by hand: 2 (40+50+54+56 + 10+14+16 + 4+6 + 2) / 25 = 20.16; half of it over the mean 20.
    expect(gini).toBeCloseTo(20.16 / 40, 12);
  });

  it("the Gini coefficient is half the relative mean absolute difference", () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        const { gini } = paretoCurve(customers(...values));
        if (total === 0) {
          expect(gini).toBe(null);
          return;
        }
        let differences = 0;
        for (const a of values) for (const b of values) differences += Math.abs(a - b);
        // Sums of up to 1600 terms on either way.
        expect(gini).toBeCloseTo(differences / (2 * values.length * total), 10);
      }),
    );
  });

  it("rises and flattens, and reaches a share with the fewest", () => {
    fc.assert(
      fc.property(someValues, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, share) => {
        const curve = paretoCurve(customers(...values), { shares: [share] });
        const { cumulative, value } = curve.points.columns;
        for (let i = 1; i < value.length; i++) expect(value[i]).toBeLessThanOrEqual(value[i - 1]);
        expect(cumulative.at(-1) ?? 0).toBe(curve.total);
        const [{ customers: few }] = curve.reach;
        if (!(curve.base > 0) || few === null) {
          expect(few).toBe(null);
          return;
        }
        // A hair of rounding in the product share x base.
        expect(cumulative[few - 1]).toBeGreaterThanOrEqual(share * curve.base * (1 - 1e-12));
        if (few > 1) expect(cumulative[few - 2]).toBeLessThan(share * curve.base);
      }),
    );
  });

  it("counts the equals of the last one needed where they are promoted, as class A does", () => {
    fc.assert(
      fc.property(someValues, fc.constantFrom("stable" as const, "promote" as const), (values, ties) => {
        const given = customers(...values);
        const curve = paretoCurve(given, { shares: [0.8], ties });
        const [best] = abcClassification(given, { ties }).classes;
        expect(curve.reach[0].customers ?? 0).toBe(best.customers);
        expect(curve.rules).toEqual({ negatives: "positive", ties });
      }),
    );
    expect(paretoCurve(customers(40, 15, 15, 15, 15), { ties: "promote" }).reach[0].customers).toBe(5);
  });

  it("with negative values: shares of the positive ones, or of what is left", () => {
    const values = customers(60, 40, -20);
    expect(paretoCurve(values)).toMatchObject({ total: 80, base: 100, gini: null });
    expect(paretoCurve(values).points.columns.shareOfValue).toEqual([0.6, 1, 0.8]);
    const net = paretoCurve(values, { negatives: "net" });
    expect(net.points.columns.shareOfValue).toEqual([0.75, 1.25, 1]);
    expect(thrown(() => paretoCurve(values, { negatives: "refuse" })).message).toContain("-20");
  });

  it("of nobody, and of nothing", () => {
    expect(paretoCurve([])).toMatchObject({ customers: 0, total: 0, gini: null });
    const { reach, points } = paretoCurve(customers(0, -3));
    expect(reach[0].customers).toBe(null);
    expect(reach[0].shareOfCustomers.reason).toBe("sum of the values above zero: 0");
    expect(points.columns.shareOfValue).toEqual([null, null]);
    expect(paretoCurve(customers(5, 5, 5)).gini).toBe(0);
  });

  it("refuses shares that are none", () => {
    expect(thrown(() => paretoCurve([], { shares: [80] }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.shares[0]",
    });
    expect(thrown(() => paretoCurve([], { shares: 0.8 as never }))).toMatchObject({ path: "options.shares" });
    expect(thrown(() => paretoCurve([], { ties: "split" as never }))).toMatchObject({ path: "options.ties" });
    expect(thrown(() => paretoCurve([], null as never))).toMatchObject({ path: "options" });
  });
});
