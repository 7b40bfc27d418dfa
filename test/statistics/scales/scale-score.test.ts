import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { column, rows } from "../../../src/core/table.js";
import type { ScaleDefinition } from "../../../src/statistics/scales/scale-definition.js";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";

// The worked example of 6 respondents x 4 items, the third reversed: alpha 0.966482504604052, and -0.461261261261262
// where the reversal is forgotten.
const raw = [
  [5, 4, 2, 5],
  [4, 4, 1, 4],
  [2, 3, 4, 2],
  [3, 3, 3, 4],
  [5, 5, 1, 5],
  [1, 2, 5, 2],
];
const itemIds = ["q1", "q2", "q3", "q4"];
const respondentIds = raw.map((_, i) => `r${i}`);
const matrix = { respondentIds, itemIds, values: raw.flat() };
const scale = (reversed: readonly string[] = ["q3"]): ScaleDefinition => ({
  id: "trust",
  min: 1,
  max: 5,
  items: itemIds.map((id) => ({ id, reverse: reversed.includes(id) })),
});
const long = raw.flatMap((values, i) =>
  values.map((value, j) => ({ respondentId: `r${i}`, itemId: itemIds[j] ?? "", value })),
);

describe("the worked example", () => {
  test("scores, percent of maximum possible and alpha", () => {
    const { respondents, dimensions, n, unanswered } = scaleScore(matrix, scale());
    expect(column(respondents, "score")).toEqual([4.5, 4.25, 2.25, 3.25, 5, 1.5]);
    expect(column(respondents, "pomp")).toEqual([87.5, 81.25, 31.25, 56.25, 100, 12.5]);
    expect([n, unanswered]).toEqual([6, 0]);
    expect(dimensions).toHaveLength(1);
    expect(dimensions[0]).toMatchObject({
      dimension: "trust",
      n: 6,
      tooFew: 0,
      unanswered: 0,
      warning: null,
    });
    expect(dimensions[0]?.alpha).toBeCloseTo(0.966482504604052, 14);
  });

  test("a forgotten reversal makes alpha negative, and is asked about", () => {
    const [whole] = scaleScore(matrix, scale([])).dimensions;
    expect(whole?.alpha).toBeCloseTo(-0.461261261261262, 14);
    expect(whole?.warning).toBe("reverse coding?");
    expect(whole?.items.filter(({ itemTotal }) => (itemTotal ?? 0) < 0).map(({ id }) => id)).toEqual(["q3"]);
  });

  test("every form of the answers gives the same", () => {
    const expected = scaleScore(matrix, scale());
    const columns = {
      respondentId: long.map(({ respondentId }) => respondentId),
      itemId: long.map(({ itemId }) => itemId),
      value: Float64Array.from(long, ({ value }) => value),
    };
    expect(scaleScore(long, scale())).toEqual(expected);
    expect(scaleScore(columns, scale())).toEqual(expected);
    expect(scaleScore({ length: long.length, columns }, scale())).toEqual(expected);
    expect(scaleScore({ ...matrix, values: Float32Array.from(raw.flat()) }, scale())).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
  });
});

describe("missing answers", () => {
  const items = [
    { id: "a", dimension: "left" },
    { id: "b", dimension: "left" },
    { id: "c", dimension: "left" },
    { id: "d", dimension: "right" },
  ];
  const two: ScaleDefinition = { id: "two", min: 0, max: 10, items };
  const nan = Number.NaN;
  const values = Float64Array.of(1, 2, nan, 4, 7, nan, nan, nan, nan, nan, nan, nan);
  const answers = { respondentIds: ["x", "y", "z"], itemIds: ["a", "b", "c", "d"], values };

  test("a score needs half of the items, and n says who has none", () => {
    const { respondents, dimensions, unanswered } = scaleScore(answers, two);
    expect(rows(respondents).map(({ dimension, score, answered }) => [dimension, score, answered])).toEqual([
      ["left", 1.5, 2],
      ["right", 4, 1],
      ["left", null, 1],
      ["right", null, 0],
      ["left", null, 0],
      ["right", null, 0],
    ]);
    expect(unanswered).toBe(1);
    expect(dimensions.map(({ n, tooFew, unanswered: none }) => [n, tooFew, none])).toEqual([
      [1, 1, 1],
      [1, 0, 2],
    ]);
    expect(dimensions[0]?.items.map(({ n, missing, mean }) => [n, missing, mean])).toEqual([
      [2, 1, 4],
      [1, 2, 2],
      [0, 3, null],
    ]);
    expect(dimensions[1]).toMatchObject({
      alpha: null,
      alphaReason: "alpha needs 2 items, the dimension has 1",
    });
    expect(dimensions[0]?.alphaReason).toBe("alpha needs 2 respondents who answered every item, there are 0");
  });

  test.each([
    [1, [null, null, null]],
    [2 / 3, [1.5, null, null]],
    [0, [1.5, 7, null]],
  ])("minAnswered %f", (minAnswered, expected) => {
    const { respondents } = scaleScore(answers, { ...two, minAnswered });
    const left = rows(respondents).filter(({ dimension }) => dimension === "left");
    expect(left.map(({ score }) => score)).toEqual(expected);
  });

  test("an item that was not asked is missing for all; nobody at all is no error", () => {
    const asked = { respondentIds: ["x"], itemIds: ["d"], values: [3] };
    expect(scaleScore(asked, two).dimensions[0]).toMatchObject({
      n: 0,
      unanswered: 1,
      mean: null,
      interval: null,
    });
    expect(scaleScore([], two)).toMatchObject({ n: 0, unanswered: 0, respondents: { length: 0 } });
  });

  test("items of other ranges are stretched onto the scale", () => {
    const mixed = {
      id: "m",
      min: 1,
      max: 5,
      items: [
        { id: "a", min: 0, max: 10 },
        { id: "b", min: 0, max: 100, reverse: true },
      ],
    };
    const { respondents } = scaleScore(
      { respondentIds: ["x", "y"], itemIds: ["a", "b"], values: [5, 0, 10, null] },
      mixed,
    );
    // 5 of 0 to 10 is 3 of 1 to 5; 0 of 0 to 100, reversed, is 5.
    expect(column(respondents, "score")).toEqual([4, 5]);
  });

  test.each([1e-30, 1e-20, 1e20, 1e30])("weights of %f and their like leave scores and alpha", (unit) => {
    const weighted = (factor: number) => ({
      ...scale(),
      items: scale().items.map((item, i) => ({ ...item, weight: factor * (i % 2 === 0 ? 1 : 0.5) })),
    });
    const [plain] = scaleScore(matrix, weighted(1)).dimensions;
    const least = unit === 1e-30 ? 2 * unit : unit;
    const [scaled] = scaleScore(matrix, weighted(least)).dimensions;
    // Both are quotients of sums of a few dozen products.
    expect(scaled?.mean).toBeCloseTo(plain?.mean ?? 0, 12);
    expect(scaled?.alpha).toBeCloseTo(plain?.alpha ?? 0, 12);
    expect(scaled?.standardizedAlpha).toBeCloseTo(plain?.standardizedAlpha ?? 0, 12);
  });

  test("items that cancel out at equal variances have no standardized alpha", () => {
    // 7, 5, 1 are 9 less twice 1, 2, 4: standardized they cancel, though not to the last digit. Of 0.1, 0.2, 0.4 likewise.
    for (const first of [
      [1, 2, 4],
      [0.1, 0.2, 0.4],
    ]) {
      const values = first.flatMap((value, i) => [value, [7, 5, 1][i] ?? 0]);
      const two = { respondentIds: ["x", "y", "z"], itemIds: ["q1", "q2"], values };
      const [whole] = scaleScore(two, {
        id: "s",
        min: 0,
        max: 9,
        items: [{ id: "q1" }, { id: "q2" }],
      }).dimensions;
      expect(whole).toMatchObject({ standardizedAlpha: null, warning: "reverse coding?" });
      expect(whole?.alpha).toBeLessThan(0);
    }
  });

  test("items that have nothing in common are not asked about reverse coding", () => {
    const tenth = fc.integer({ min: 0, max: 90 }).map((value) => value / 10);
    fc.assert(
      fc.property(tenth, tenth, tenth, tenth, (p, q, r, s) => {
        // Every pair of two answers to one and two to the other: the correlation is 0.
        const values = [p, r, p, s, q, r, q, s];
        const four = { respondentIds: ["w", "x", "y", "z"], itemIds: ["q1", "q2"], values };
        const range = { id: "s", min: 0, max: 9, items: [{ id: "q1" }, { id: "q2" }] };
        expect(scaleScore(four, range).dimensions[0]?.warning).toBeNull();
      }),
    );
  });

  test("where the others sum to the same for all, an item has nothing to go along with", () => {
    // The last three sum to 15 for each.
    const even = { respondentIds: ["x", "y", "z"], itemIds, values: [1, 5, 5, 5, 4, 6, 2, 7, 2, 5, 4, 6] };
    const [whole] = scaleScore(even, { ...scale([]), max: 7 }).dimensions;
    expect(whole?.items[0]).toMatchObject({ itemTotal: null, alphaIfDropped: null });
    // The third, 5, 2, 4, against the sum of the others, 11, 17, 13.
    const [a, b] = [
      [11, 17, 13],
      [5, 2, 4],
    ].map((values) => values.map((value) => value - values.reduce((sum, one) => sum + one / 3, 0)));
    const product = (left: number[] = [], right: number[] = []) =>
      left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0);
    expect(whole?.items[2]?.itemTotal).toBeCloseTo(
      product(a, b) / Math.sqrt(product(a, a) * product(b, b)),
      12,
    );
  });

  test("answers that never vary have no alpha", () => {
    const same = { respondentIds: ["x", "y"], itemIds: ["a", "b", "c"], values: [2, 3, 4, 2, 3, 4] };
    expect(scaleScore(same, two).dimensions[0]).toMatchObject({
      alpha: null,
      alphaInterval: null,
      alphaReason: "the sum of the items does not vary",
      warning: null,
    });
  });
});

describe("laws", () => {
  const answer = fc.option(fc.integer({ min: 1, max: 7 }), { nil: null });
  const tables = fc.array(fc.tuple(answer, answer, answer, answer), { minLength: 1, maxLength: 20 });
  const definition = (reverse: boolean): ScaleDefinition => ({
    id: "s",
    min: 1,
    max: 7,
    items: itemIds.map((id) => ({ id, reverse })),
  });
  const scored = (values: readonly (number | null)[][], reverse = false) =>
    scaleScore(
      { respondentIds: values.map((_, i) => `${i}`), itemIds, values: values.flat() },
      definition(reverse),
    );

  test("reversing every item mirrors scores and leaves alpha and item-total correlations", () => {
    fc.assert(
      fc.property(tables, (values) => {
        const [plain, mirrored] = [scored(values), scored(values, true)];
        const expected = column(plain.respondents, "score").map((score) =>
          score === null ? null : expect.closeTo(8 - score, 12),
        );
        expect(column(mirrored.respondents, "score")).toEqual(expected);
        const [a, b] = [plain.dimensions[0], mirrored.dimensions[0]];
        const close = (value: number | null | undefined) =>
          typeof value === "number" ? expect.closeTo(value, 9) : value;
        expect(b?.alpha).toEqual(close(a?.alpha));
        expect(b?.items.map(({ itemTotal }) => itemTotal)).toEqual(
          a?.items.map(({ itemTotal }) => close(itemTotal)),
        );
      }),
    );
  });

  test("the order of respondents and of rows does not matter", () => {
    fc.assert(
      fc.property(tables, fc.nat(), (values, seed) => {
        const answers = values.flatMap((row, i) =>
          row.map((value, j) => ({ respondentId: `${i}`, itemId: itemIds[j] ?? "", value })),
        );
        const shuffled = answers
          .map((row, i) => ({ row, key: ((i + 1) * (2 * seed + 7919)) % 10007 }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const [a, b] = [scaleScore(answers, definition(false)), scaleScore(shuffled, definition(false))];
        const scores = ({ respondents }: typeof a) =>
          Object.fromEntries(rows(respondents).map(({ respondentId, score }) => [respondentId, score]));
        expect(scores(b)).toEqual(scores(a));
        expect(b.dimensions[0]?.n).toBe(a.dimensions[0]?.n);
        expect(b.dimensions[0]?.completeN).toBe(a.dimensions[0]?.completeN);
      }),
    );
  });

  test("respondents who answered something: scored, or with too few answers; the rest are unanswered", () => {
    fc.assert(
      fc.property(tables, (values) => {
        const [whole] = scored(values).dimensions;
        const answered = values.map((row) => row.filter((value) => value !== null).length);
        expect([whole?.n, whole?.tooFew, whole?.unanswered]).toEqual([
          answered.filter((count) => count >= 2).length,
          answered.filter((count) => count === 1).length,
          answered.filter((count) => count === 0).length,
        ]);
      }),
    );
  });
});
