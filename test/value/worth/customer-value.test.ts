import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { customerValue } from "../../../src/value/worth/customer-value.js";
import {
  benefitKinds,
  sacrificeKinds,
  type ValueItem,
  type ValueItems,
} from "../../../src/value/worth/value-item.js";
import type { CustomerValueOptions } from "../../../src/value/worth/value-options.js";

const items = (scores: Record<string, number>): ValueItem[] =>
  Object.entries(scores).map(([id, score]) => ({ id, score }));

/** All benefits and sacrifices of the literature, on constant sums. */
const whole: ValueItems = {
  benefits: items({ product: 40, service: 20, personnel: 15, image: 10, pride: 5, brand: 10 }),
  sacrifices: items({
    monetary: 50,
    time: 10,
    energy: 5,
    psychic: 5,
    discomfort: 2,
    insecurity: 2,
    anxiety: 1,
  }),
};

test("benefits of 100 against sacrifices of 75", () => {
  const value = customerValue(whole);
  expect(value.benefit).toBe(100);
  expect(value.sacrifice).toBe(75);
  expect(value.net).toBe(25);
  expect(value.ratio).toEqual({ value: 100 / 75, numerator: 100, denominator: 75, reason: null });
  expect(value.unit).toBe("points");
  expect(value.contributions.map(({ id }) => id)).toEqual([...benefitKinds, ...sacrificeKinds]);
  expect(value.contributions[0]).toEqual({
    id: "product",
    side: "benefit",
    score: 40,
    points: 40,
    weight: 1,
    contribution: 40,
    share: { value: 0.4, numerator: 40, denominator: 100, reason: null },
    source: null,
    note: null,
  });
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
});

test("source and note are kept, names of one's own are welcome", () => {
  const { contributions } = customerValue({
    benefits: [{ id: "halal", score: 3, source: "expert", note: "by certificate" }],
    sacrifices: [],
  });
  expect(contributions[0]).toMatchObject({ id: "halal", source: "expert", note: "by certificate" });
});

test("nothing given: no ratio, and why", () => {
  const { net, ratio } = customerValue({ benefits: items({ product: 3 }), sacrifices: [] });
  expect(net).toBe(3);
  expect(ratio).toEqual({ value: null, numerator: 3, denominator: 0, reason: "sacrifice: 0" });
});

describe("scales", () => {
  const seven = { min: 1, max: 7 };
  const hundred = { min: 0, max: 100 };
  const mixed: ValueItems = {
    benefits: [
      { id: "product", score: 4, scale: seven, weight: 2 },
      { id: "image", score: 80, scale: hundred, weight: 6 },
    ],
    sacrifices: [{ id: "time", score: 7, scale: seven }],
  };

  test("that differ become percent of the maximum possible", () => {
    // 4 of 1 to 7 is 50; weighted mean (2 * 50 + 6 * 80) / 8 = 72.5; 7 of 1 to 7 is 100.
    const value = customerValue(mixed, { combine: "mean" });
    expect(value.unit).toBe("pomp");
    expect(value.benefit).toBeCloseTo(72.5, 12);
    expect(value.sacrifice).toBe(100);
    expect(value.contributions.map(({ points }) => points)).toEqual([50, 80, 100]);
  });

  test.each([
    { min: 0, max: 7 },
    { min: 1, max: 6 },
  ])("differ where one end does: %j", (other) => {
    const two = { benefits: [{ id: "product", score: 4, scale: seven }], sacrifices: [] };
    const sacrifices = [{ id: "time", score: 4, scale: other }];
    expect([customerValue(two).unit, customerValue({ ...two, sacrifices }).unit]).toEqual(["points", "pomp"]);
  });

  test("that are one stay as they are, unless POMP is asked for", () => {
    const one = { benefits: [{ id: "product", score: 4, scale: seven }], sacrifices: items({ time: 2 }) };
    expect(customerValue(one).benefit).toBe(4);
    expect(() => customerValue(one, { unit: "pomp" })).toThrow("sacrifices[0].scale is missing");
  });

  test("that differ cannot be added as points, nor where one is missing", () => {
    expect(() => customerValue(mixed, { unit: "points" })).toThrow("different scales");
    const without = { ...mixed, sacrifices: items({ time: 7 }) };
    expect(errorOf(() => customerValue(without))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "sacrifices[0].scale",
    });
  });
});

function errorOf(run: () => unknown): ClienteleError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was thrown");
}

describe("refuses", () => {
  test.each<[string, ValueItem[], string, string]>([
    [
      "a score outside its scale",
      [{ id: "a", score: 8, scale: { min: 1, max: 7 } }],
      "score",
      "8 is outside its scale from 1 to 7",
    ],
    [
      "a score below its scale",
      [{ id: "a", score: 0, scale: { min: 1, max: 7 } }],
      "score",
      "0 is outside its scale from 1 to 7",
    ],
    ["no score", [{ id: "a", score: Number.NaN }], "score", "NaN is not a finite number"],
    [
      "a negative weight",
      [{ id: "a", score: 1, weight: -1 }],
      "weight",
      "-1 is not a finite number from 0 on",
    ],
    ["a scale upside down", [{ id: "a", score: 1, scale: { min: 7, max: 1 } }], "scale", "min below max"],
    ["no name", [{ id: "", score: 1 }], "id", "is not an id"],
    [
      "an unknown source",
      [{ id: "a", score: 1, source: "rumor" as never }],
      "source",
      "is not one of survey",
    ],
  ])("%s", (_, benefits, field, words) => {
    const error = errorOf(() => customerValue({ benefits, sacrifices: [] }));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: `benefits[0].${field}` });
    expect(error.message).toContain(words);
  });

  test("a sacrifice below 0, which would be a gain, unless its scale has it", () => {
    const paid = (more: Partial<ValueItem>) => ({
      benefits: items({ product: 5 }),
      sacrifices: [{ id: "monetary", score: -5, ...more }],
    });
    const error = errorOf(() => customerValue(paid({})));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "sacrifices[0].score" });
    expect(error.message).toContain("-5 is below 0: a sacrifice is scored by its size");
    expect(customerValue(paid({ scale: { min: -5, max: 5 } })).net).toBe(10);
    expect(customerValue({ benefits: items({ image: -2 }), sacrifices: [] }).net).toBe(-2);
    expect(customerValue(paid({ score: 0 })).net).toBe(5);
  });

  test.each<[string, ValueItems, string]>([
    ["benefit", { benefits: [{ id: "a", score: 1e308, weight: 10 }], sacrifices: [] }, "Infinity"],
    ["sacrifice", { benefits: [], sacrifices: [{ id: "a", score: 1e308, weight: 10 }] }, "Infinity"],
    ["net", { benefits: items({ a: -1e308 }), sacrifices: items({ a: 1e308 }) }, "-Infinity"],
  ])("a %s that no number can hold", (what, value, written) => {
    const error = errorOf(() => customerValue(value));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "value" });
    expect(error.message).toContain(`value gives a ${what} of ${written}`);
  });

  test("a scale too wide to measure on", () => {
    const wide = [{ id: "a", score: 0, scale: { min: -1e308, max: 1e308 } }];
    expect(errorOf(() => customerValue({ benefits: wide, sacrifices: [] })).path).toBe("benefits[0].scale");
  });

  test("an item that comes twice on a side, naming the second", () => {
    const error = errorOf(() =>
      customerValue({ benefits: [], sacrifices: [...items({ time: 1 }), ...items({ time: 2 })] }),
    );
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "sacrifices[1].id" });
  });

  test.each<[unknown, CustomerValueOptions, string]>([
    [null, {}, "value"],
    [{ benefits: 3, sacrifices: [] }, {}, "benefits"],
    [whole, { combine: "product" as never }, "options.combine"],
    [whole, { unit: "stars" as never }, "options.unit"],
    [{ benefits: [], sacrifices: [] }, { combine: "mean" }, "benefits"],
    [{ benefits: [{ id: "a", score: 1, weight: 0 }], sacrifices: [] }, { combine: "mean" }, "benefits"],
  ])("bad arguments: %#", (value, options, path) => {
    expect(errorOf(() => customerValue(value as ValueItems, options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path,
    });
  });
});

describe("laws", () => {
  const item = fc.record({
    score: fc.integer({ min: 0, max: 10 }),
    weight: fc.integer({ min: 1, max: 9 }),
  });
  const list = fc
    .array(item, { minLength: 1, maxLength: 8 })
    .map((rows) => rows.map((row, i): ValueItem => ({ id: `i${i}`, ...row, scale: { min: 0, max: 10 } })));

  test("contributions of a side add up to it; order does not matter (whole numbers: exactly)", () => {
    fc.assert(
      fc.property(list, list, (benefits, sacrifices) => {
        const value = customerValue({ benefits, sacrifices });
        const sum = (side: string) =>
          value.contributions.reduce(
            (total, part) => (part.side === side ? total + part.contribution : total),
            0,
          );
        expect(sum("benefit")).toBe(value.benefit);
        expect(sum("sacrifice")).toBe(value.sacrifice);
        const turned = customerValue({ benefits: [...benefits].reverse(), sacrifices });
        expect(turned.net).toBe(value.net);
      }),
    );
  });

  test("a mean does not ask for the size of the weights; a sum grows with it", () => {
    fc.assert(
      fc.property(list, list, fc.integer({ min: 2, max: 5 }), (benefits, sacrifices, factor) => {
        const heavier = benefits.map((one) => ({ ...one, weight: (one.weight ?? 1) * factor }));
        const mean = { combine: "mean" } as const;
        const before = customerValue({ benefits, sacrifices }, mean).benefit;
        // Divided by another sum: rounding alone differs.
        expect(customerValue({ benefits: heavier, sacrifices }, mean).benefit).toBeCloseTo(before, 10);
        expect(customerValue({ benefits: heavier, sacrifices }).benefit).toBe(
          factor * customerValue({ benefits, sacrifices }).benefit,
        );
      }),
    );
  });

  test("POMP does not ask how a scale is written", () => {
    fc.assert(
      fc.property(
        list,
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (benefits, shift, stretch) => {
          const rewritten = benefits.map((one) => ({
            ...one,
            score: shift + stretch * one.score,
            scale: { min: shift, max: shift + 10 * stretch },
          }));
          const options = { unit: "pomp" } as const;
          const before = customerValue({ benefits, sacrifices: [] }, options).benefit;
          expect(customerValue({ benefits: rewritten, sacrifices: [] }, options).benefit).toBeCloseTo(
            before,
            9,
          );
        },
      ),
    );
  });
});
