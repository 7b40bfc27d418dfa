import { describe, expect, test } from "vitest";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";
import { acsi } from "../../../src/value/satisfaction/acsi.js";
import { thrown } from "../../core/thrown.js";

const lists = {
  overall: [8, 9, 6, 7, null, 10, 5],
  expectations: [7, 9, 5, 8, 6, 9, 6],
  ideal: [7, 8, 6, null, 7, 9, 4],
};
const weights = { overall: 0.4, expectations: 0.35, ideal: 0.25 };
const names = ["overall", "expectations", "ideal"] as const;
const rated = names.map((id) => ({ id, ratings: lists[id], weight: weights[id] }));

describe("an index of respondents' own answers", () => {
  // The same by another way: a weighted scale of which every item must be answered.
  const scores = scaleScore(
    {
      respondentIds: lists.overall.map((_, i) => `r${i}`),
      itemIds: names,
      values: lists.overall.flatMap((_, i) => names.map((id) => lists[id][i] ?? null)),
    },
    {
      ...{ id: "index", min: 1, max: 10, minAnswered: 1 },
      items: names.map((id) => ({ id, weight: weights[id] })),
    },
  ).dimensions[0];

  test("what is undefined is not given: means may come from rows with a place for ratings", () => {
    const means = names.map((id) => ({ id, mean: 8, weight: weights[id] }));
    const placed = means.map((item) => ({ ...item, ratings: undefined }));
    expect(acsi(placed)).toEqual(acsi(means));
  });

  test("score, n and interval are those of a scale with the same weights", () => {
    const { score, n, missing, interval, reason } = acsi(rated);
    expect([n, missing, reason]).toEqual([5, 2, null]);
    expect(score).toBeCloseTo(scores?.pomp ?? 0, 10);
    const pomp = (value: number) => (100 * (value - 1)) / 9;
    expect(interval?.lower).toBeCloseTo(pomp(scores?.interval?.lower ?? 0), 9);
    expect(interval?.upper).toBeCloseTo(pomp(scores?.interval?.upper ?? 0), 9);
    const wide = acsi(rated, { confidenceLevel: 0.99 }).interval;
    expect(wide?.lower).toBeLessThan(interval?.lower ?? 0);
    expect(wide?.confidenceLevel).toBe(0.99);
  });

  test("means, products and equal weights are of those whom the index is of; n is of each question", () => {
    const { items, score, equalWeights } = acsi(rated);
    // Respondents 0, 1, 2, 5 and 6 answered everything: 8, 9, 6, 10, 5.
    expect(items[0]).toMatchObject({ mean: 7.6, n: 6, missing: 1 });
    expect(items.map(({ n, missing }) => [n, missing])).toEqual([
      [6, 1],
      [7, 0],
      [6, 1],
    ]);
    expect(items.reduce((sum, { contribution }) => sum + (contribution ?? Number.NaN), 0)).toBeCloseTo(
      score ?? 0,
      10,
    );
    const equal = acsi(rated.map((item) => ({ ...item, weight: 7 })));
    expect(equalWeights).toBeCloseTo(equal.score ?? 0, 10);
  });

  test("NaN in a typed array is no answer, as null is in a list", () => {
    const typed = rated.map((item) => ({
      ...item,
      ratings: Float64Array.from(item.ratings, (value) => value ?? Number.NaN),
    }));
    expect(acsi(typed)).toEqual(acsi(rated));
  });

  test("the interval stays within 0 and 100", () => {
    // t.test(c(0, 100)) of R 4.2 leaves them on both sides: -585 to 685.
    const { interval } = acsi([{ id: "a", ratings: [1, 10], weight: 1 }]);
    expect(interval).toEqual({ lower: 0, upper: 100, confidenceLevel: 0.95 });
  });

  test.each<[(number | null)[], object]>([
    [
      [null, null],
      { score: null, equalWeights: null, n: 0, missing: 2, reason: "nobody answered every question" },
    ],
    [[], { score: null, n: 0, missing: 0, interval: null }],
    [
      [10, null],
      { score: 100, n: 1, missing: 1, interval: null, reason: expect.stringContaining("there is 1") },
    ],
  ])("answers %j", (ratings, expected) => {
    expect(acsi([{ id: "a", ratings, weight: 1 }])).toMatchObject(expected);
  });
});

describe("an index of means states what the caller counted", () => {
  const means = [
    { id: "a", mean: 8, weight: 1, n: 100, missing: 20 },
    { id: "b", mean: 7, weight: 1, n: 90, missing: 30 },
  ];
  test("the fewest who answered, the most who did not", () => {
    expect(acsi(means)).toMatchObject({
      n: 90,
      missing: 30,
      interval: null,
      reason: "interval: means do not say how answers vary, pass ratings",
      items: [
        { n: 100, missing: 20 },
        { n: 90, missing: 30 },
      ],
    });
  });
  test("what one question does not state is not known of the index", () => {
    const [first, { n: _, ...second }] = means as [(typeof means)[0], (typeof means)[0]];
    expect(acsi([first, second])).toMatchObject({
      n: null,
      missing: 30,
      reason: expect.stringMatching(/; n: a question does not state it$/),
    });
  });
});

describe("what is refused", () => {
  test.each<[string, object[], string, string]>([
    [
      "an answer off the scale",
      [{ id: "a", ratings: [5, 11], weight: 1 }],
      "INVALID_ROWS",
      "items[0].ratings[1]",
    ],
    [
      "lists of two lengths",
      [rated[0] ?? {}, { id: "b", ratings: [5], weight: 1 }],
      "INVALID_ARGUMENT",
      "items[1].ratings",
    ],
    ["a mean beside answers", [{ ...rated[0], mean: 8 }], "INVALID_ROWS", "items[0].mean"],
    [
      "answers for some",
      [rated[0] ?? {}, { id: "b", mean: 8, weight: 1 }],
      "INVALID_ROWS",
      "items[1].ratings",
    ],
    ["means for some", [{ id: "b", mean: 8, weight: 1 }, rated[0] ?? {}], "INVALID_ROWS", "items[1].ratings"],
    ["n of nobody beside a mean", [{ id: "a", mean: 8, weight: 1, n: 0 }], "INVALID_ROWS", "items[0].n"],
    ["half a missing", [{ id: "a", mean: 8, weight: 1, missing: 0.5 }], "INVALID_ROWS", "items[0].missing"],
  ])("%s", (_, items, code, path) => {
    expect(thrown(() => acsi(items as never))).toMatchObject({ code, path });
  });
});
