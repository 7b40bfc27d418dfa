import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import {
  type ComparableAttribute,
  type CustomerValueAnalysisInput,
  customerValueAnalysis,
} from "../../../src/value/relative/customer-value-analysis.js";
import { relativeValueSensitivity } from "../../../src/value/relative/relative-value-sensitivity.js";

const attribute = (id: string, weight: number, ours: number, theirs: number): ComparableAttribute => ({
  id,
  weight,
  ours,
  theirs,
});

/** MPQ = 37/35, MPP = 41/35. */
const gale: CustomerValueAnalysisInput = {
  quality: [
    attribute("reliability", 40, 8, 7),
    attribute("service", 30, 9, 8),
    attribute("design", 30, 7, 8),
  ],
  price: [attribute("purchase price", 60, 9, 7), attribute("running cost", 40, 8, 8)],
  qualityWeight: 0.6,
  priceWeight: 0.4,
};

describe("Gale's customer value analysis", () => {
  test("additive: 1.102857143", () => {
    const { quality, price, value } = customerValueAnalysis(gale);
    expect(quality.ratio).toBeCloseTo(37 / 35, 14);
    expect(price.ratio).toBeCloseTo(41 / 35, 14);
    // (0.6 * 37 + 0.4 * 41) / 35.
    expect(value).toBeCloseTo(38.6 / 35, 14);
  });

  test("geometric: 1.101454427", () => {
    const { value, quality } = customerValueAnalysis({ ...gale, form: "geometric" });
    expect(quality.ratio).toBeCloseTo(37 / 35, 14);
    expect(value).toBeCloseTo(1.1014544269515067, 14);
  });

  test("what each attribute adds, and the mean scores", () => {
    const { quality } = customerValueAnalysis(gale);
    expect(quality.ours).toBeCloseTo(8, 12);
    expect(quality.theirs).toBeCloseTo(7.6, 12);
    expect(quality.attributes.map(({ share }) => share)).toEqual([0.4, 0.3, 0.3]);
    const leads = quality.attributes.map(({ lead }) => lead);
    expect(leads).toEqual([
      expect.closeTo(0.4 / 7, 14),
      expect.closeTo(0.3 / 8, 14),
      expect.closeTo(-0.3 / 8, 14),
    ]);
    expect(leads.reduce((sum, lead) => sum + lead, 0)).toBeCloseTo(quality.ratio - 1, 14);
  });
});

const score = fc.integer({ min: 1, max: 10 });
const weight = fc.integer({ min: 1, max: 50 });
const attributes = fc
  .array(fc.tuple(weight, score, score), { minLength: 2, maxLength: 6 })
  .map((rows) => rows.map(([w, ours, theirs], i) => attribute(`a${i}`, w, ours, theirs)));
const input = fc.record({
  quality: attributes,
  price: attributes,
  qualityWeight: weight,
  priceWeight: weight,
});
const swapped = (list: readonly ComparableAttribute[]) =>
  list.map(({ id, weight: w, ours, theirs }) => attribute(id, w, theirs, ours));

describe("laws", () => {
  test("geometric throughout is 1 / CVA from the other side; the other forms are at least that (means of ratios)", () => {
    fc.assert(
      fc.property(input, (one) => {
        const other = { ...one, quality: swapped(one.quality), price: swapped(one.price) };
        const product = (form: CustomerValueAnalysisInput["form"]) =>
          customerValueAnalysis({ ...one, form }).value * customerValueAnalysis({ ...other, form }).value;
        expect(product("geometricThroughout")).toBeCloseTo(1, 10);
        expect(product("geometric")).toBeGreaterThan(1 - 1e-12);
        expect(product("additive")).toBeGreaterThan(1 - 1e-12);
      }),
    );
  });

  test("weights count by their share, and equal scores are a CVA of 1", () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 2, max: 9 }), (one, factor) => {
        const heavier = one.quality.map((own) => ({ ...own, weight: own.weight * factor }));
        const value = customerValueAnalysis(one).value;
        expect(customerValueAnalysis({ ...one, quality: heavier }).value).toBeCloseTo(value, 10);
        const same = (list: readonly ComparableAttribute[]) =>
          list.map((own) => ({ ...own, theirs: own.ours }));
        const level = { ...one, quality: same(one.quality), price: same(one.price) };
        expect(customerValueAnalysis(level).value).toBeCloseTo(1, 12);
      }),
    );
  });

  test.each(["additive", "geometric", "geometricThroughout"] as const)(
    "at the break-even weight CVA is 1, beyond it on the other side (%s)",
    (form) => {
      let found = 0;
      fc.assert(
        fc.property(input, (one) => {
          const { bars, value } = relativeValueSensitivity({ ...one, form });
          // Near 1 rounding decides which side is ahead.
          if (Math.abs(value - 1) < 1e-6) return;
          for (const { part, id, weight: own, breakEven } of bars) {
            if (breakEven === null || breakEven < 1e-6 || breakEven > 1e6) continue;
            const at = (moved: number): number =>
              customerValueAnalysis({
                ...one,
                form,
                ...(part === "qualityWeight"
                  ? { qualityWeight: moved }
                  : { [part]: one[part].map((row) => (row.id === id ? { ...row, weight: moved } : row)) }),
              }).value;
            expect(at(breakEven)).toBeCloseTo(1, 9);
            const beyond = breakEven * (breakEven > own ? 1.1 : 0.9);
            expect((at(beyond) - 1) * (value - 1)).toBeLessThan(0);
            found++;
          }
        }),
        { seed: 11 },
      );
      expect(found).toBeGreaterThan(20);
    },
  );
});

test("a tornado by hand: the weight of quality against price", () => {
  const { bars, value } = relativeValueSensitivity(
    {
      quality: [attribute("reliability", 1, 3, 2)],
      price: [attribute("price", 1, 1, 2)],
      qualityWeight: 50,
      priceWeight: 50,
    },
    { change: 0.5 },
  );
  expect(value).toBe(1);
  // 25 : 50 is 1/3 * 1.5 + 2/3 * 0.5; 75 : 50 is 0.6 * 1.5 + 0.4 * 0.5.
  expect(bars[0]).toMatchObject({ part: "qualityWeight", weight: 50, breakEven: 50, change: 0 });
  expect(bars[0].down).toEqual({ weight: 25, value: expect.closeTo(5 / 6, 12) });
  expect(bars[0].up).toEqual({ weight: 75, value: expect.closeTo(1.1, 12) });
  // An attribute alone of its kind has no weight to speak of.
  expect(bars.slice(1).map(({ swing, breakEven }) => [swing, breakEven])).toEqual([
    [0, null],
    [0, null],
  ]);
});

test("a break-even weight is told as a share too, and with weights of that share CVA is 1", () => {
  const input = {
    quality: [attribute("reliability", 75, 8, 5), attribute("design", 25, 6, 5)],
    price: [attribute("price", 1, 6, 8)],
    qualityWeight: 0.6,
    priceWeight: 0.4,
  };
  const { bars } = relativeValueSensitivity(input);
  const [quality] = bars.filter(({ part }) => part === "qualityWeight");
  // Quality 1.5 and price 0.75: share x 1.5 + (1 - share) x 0.75 = 1 at a third, which is 0.2 beside 0.4.
  expect(quality?.breakEven).toBeCloseTo(0.2, 12);
  expect(quality?.breakEvenShare).toBeCloseTo(1 / 3, 12);
  const share = quality?.breakEvenShare ?? 0;
  const level = customerValueAnalysis({ ...input, qualityWeight: share, priceWeight: 1 - share });
  expect(level.value).toBeCloseTo(1, 12);
  for (const { part, id, breakEven, breakEvenShare } of bars) {
    if (part === "qualityWeight" || breakEven === null) continue;
    const others = input[part].filter((one) => one.id !== id).reduce((sum, { weight }) => sum + weight, 0);
    expect(breakEvenShare).toBeCloseTo(breakEven / (breakEven + others), 12);
  }
  expect(bars.some(({ breakEven, breakEvenShare }) => breakEven === null && breakEvenShare !== null)).toBe(
    false,
  );
});

test.each(["additive", "geometric", "geometricThroughout"] as const)(
  "a break-even weight that rounding alone makes is none (%s)",
  (form) => {
    // By its decimals the ratio is 1: (0.1 + 0.2) / 0.3 is not, in doubles.
    const level = (id: string): ComparableAttribute => attribute(id, 1, 0.1 + 0.2, 0.3);
    const { bars } = relativeValueSensitivity({
      quality: [level("a"), attribute("b", 1, 2, 1)],
      price: [level("c"), attribute("d", 1, 1, 1)],
      qualityWeight: 1,
      priceWeight: 1,
      form,
    });
    // Quality is ahead by b alone: only without it, or without quality, are the two level.
    const found = Object.fromEntries(bars.map(({ id, breakEven }) => [id, breakEven]));
    expect(found).toEqual({ qualityWeight: 0, a: null, b: 0, c: null, d: null });
    // And with nothing but rounding, no weight is asked for anything.
    const same = { quality: [level("a"), level("b")], price: [level("c")], qualityWeight: 1, priceWeight: 1 };
    for (const { breakEven } of relativeValueSensitivity({ ...same, form }).bars)
      expect(breakEven).toBeNull();
  },
);

test.each<[Partial<CustomerValueAnalysisInput>, string, string]>([
  [{ quality: [attribute("a", 1, 8, 0)] }, "INVALID_ROWS", "quality[0].theirs"],
  [{ price: [attribute("a", 1, -1, 5)] }, "INVALID_ROWS", "price[0].ours"],
  [{ quality: [attribute("a", 1, 8, 7), attribute("a", 1, 8, 7)] }, "INVALID_ROWS", "quality[1].id"],
  [{ quality: [attribute("a", -1, 8, 7)] }, "INVALID_ROWS", "quality[0].weight"],
  [{ quality: [] }, "INVALID_ARGUMENT", "quality"],
  [{ price: [attribute("a", 0, 8, 7)] }, "INVALID_ARGUMENT", "price"],
  [{ qualityWeight: -0.1 }, "INVALID_ARGUMENT", "qualityWeight"],
  [{ qualityWeight: 0, priceWeight: 0 }, "INVALID_ARGUMENT", "qualityWeight"],
  [{ form: "mean" as never }, "INVALID_ARGUMENT", "form"],
  [{ qualityWeight: 1e308, priceWeight: 1e308 }, "INVALID_ARGUMENT", "qualityWeight"],
  [{ quality: [attribute("a", 1, 1e308, 1e-5)] }, "INVALID_ARGUMENT", "quality"],
  [{ price: [attribute("a", 1, 1e308, 1e-5)] }, "INVALID_ARGUMENT", "price"],
])("refuses %j", (wrong, code, path) => {
  let thrown: unknown;
  try {
    customerValueAnalysis({ ...gale, ...wrong });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ClienteleError);
  expect(thrown).toMatchObject({ code, path });
});
