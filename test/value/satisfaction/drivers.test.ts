import { describe, expect, test } from "vitest";
import { derivedImportance } from "../../../src/value/satisfaction/derived-importance.js";
import { importancePerformance } from "../../../src/value/satisfaction/importance-performance.js";
import { penaltyReward } from "../../../src/value/satisfaction/penalty-reward.js";
import { thrown } from "../../core/thrown.js";

const attributes = [
  { id: "speed", importance: 5, performance: 2 },
  { id: "price", importance: 4, performance: 2 },
  { id: "courtesy", importance: 5, performance: 5 },
  { id: "leaflets", importance: 1, performance: 4 },
  { id: "music", importance: 2, performance: 1 },
];

describe("importancePerformance", () => {
  test("a cut that is given is held against each attribute as it is, however large the others are", () => {
    const far = [
      { id: "far", importance: 1e17, performance: 8 },
      { id: "near", importance: 1, performance: 8 },
    ];
    const { quadrants } = importancePerformance(far, { cuts: { importance: 5, performance: 5 } });
    expect(quadrants).toMatchObject({ keepUpTheGoodWork: ["far"], possibleOverkill: ["near"] });
  });
  test("quadrants by the mean, the most important first", () => {
    const { quadrants, cuts } = importancePerformance(attributes, { cuts: "mean" });
    expect(cuts).toEqual({
      rule: "mean",
      importance: expect.closeTo(3.4, 14),
      performance: expect.closeTo(2.8, 14),
    });
    expect(quadrants).toEqual({
      concentrateHere: ["speed", "price"],
      keepUpTheGoodWork: ["courtesy"],
      lowPriority: ["music"],
      possibleOverkill: ["leaflets"],
    });
  });
  test("by the median, and a value on the cut is high", () => {
    const { quadrants, cuts } = importancePerformance(attributes, { cuts: "median" });
    expect(cuts).toEqual({ rule: "median", importance: 4, performance: 2 });
    expect(quadrants.keepUpTheGoodWork).toEqual(["speed", "courtesy", "price"]);
  });
  test("equal attributes lie on their mean, whatever the rounding", () => {
    for (let count = 1; count < 30; count++) {
      const alike = Array.from({ length: count }, (_, i) => ({
        id: `${i}`,
        importance: 0.1,
        performance: 0.7,
      }));
      expect(importancePerformance(alike, { cuts: "mean" }).quadrants.keepUpTheGoodWork).toHaveLength(count);
    }
  });
  test("a mean that rounding misses is met: 0.1, 0.2, -0.3 and 0", () => {
    const signed = [0.1, 0.2, -0.3, 0].map((importance, i) => ({
      id: `${i}`,
      importance,
      performance: 1 - i,
    }));
    const { attributes: placed } = importancePerformance(signed, { cuts: "mean" });
    expect(placed.map(({ quadrant }) => quadrant)).toEqual([
      "keepUpTheGoodWork",
      "keepUpTheGoodWork",
      "lowPriority",
      "concentrateHere",
    ]);
  });
  test("numbers beyond reach are refused", () => {
    const far = [{ id: "a", importance: -1e101, performance: 1e308 }];
    const error = thrown(() => importancePerformance(far, { cuts: "mean" }));
    expect(error.problems?.map(({ field }) => field)).toEqual(["importance", "performance"]);
    const cuts = { importance: 1, performance: 1e101 };
    expect(thrown(() => importancePerformance(attributes, { cuts })).path).toBe("options.cuts.performance");
  });
  test.each<[unknown, string]>([
    [undefined, "options.cuts"],
    [{}, "options.cuts"],
    [{ cuts: "middle" }, "options.cuts"],
    [{ cuts: { importance: 3 } }, "options.cuts.performance"],
  ])("the cuts must be said: %j", (options, path) => {
    expect(thrown(() => importancePerformance(attributes, options as never))).toMatchObject({ path });
  });
  test("rows that break a rule", () => {
    const rows = [...attributes, { id: "speed", importance: Number.NaN, performance: 1 }];
    const { code, problems } = thrown(() => importancePerformance(rows, { cuts: "mean" }));
    expect([code, problems?.map(({ row, field }) => [row, field])]).toEqual([
      "INVALID_ROWS",
      [
        [5, "id"],
        [5, "importance"],
      ],
    ]);
    expect(thrown(() => importancePerformance([], { cuts: "mean" })).code).toBe("INVALID_ARGUMENT");
  });
});

describe("derivedImportance", () => {
  const data = { itemIds: ["a", "b"], values: [1, 2, 2, 4, 3, 1, 4, 4, 5, null], overall: [1, 2, 3, 4, 5] };
  test("all figures are of the respondents who answered everything", () => {
    const found = derivedImportance(data);
    const complete = derivedImportance({ ...data, values: [1, 2, 2, 4, 3, 1, 4, 4], overall: [1, 2, 3, 4] });
    expect([found.n, found.dropped]).toEqual([4, 1]);
    expect(found.attributes).toEqual(complete.attributes);
    expect(found.attributes.map(({ performance }) => performance)).toEqual([2.5, 2.75]);
  });
  test("rows with an empty place for lists are rows", () => {
    const rows = { itemIds: ["a"], values: [1, 2, 2, 5, 3], overall: [2, 1, 4, 5, 3] };
    expect(derivedImportance({ ...rows, items: undefined })).toEqual(derivedImportance(rows));
  });
  test("with one attribute, the regression is the correlation", () => {
    const one = { itemIds: ["a"], values: [1, 2, 2, 5, 3], overall: [2, 1, 4, 5, 3] };
    const [r] = derivedImportance(one).attributes;
    const [beta] = derivedImportance(one, { method: "regression" }).attributes;
    expect(beta?.importance).toBeCloseTo(r?.importance ?? 0, 12);
    expect(beta?.pValue).toBeCloseTo(r?.pValue ?? 0, 12);
    expect(beta?.varianceInflation).toBeCloseTo(1, 12);
  });
  test("a judgment that the attributes explain wholly leaves their entanglement", () => {
    const a = [1, 2, 2, 4, 3, 1, 4, 3];
    const b = [2, 1, 3, 5, 1, 2, 4, 4];
    const whole = { itemIds: ["a", "b"], values: a.flatMap((rating, i) => [rating, b[i] ?? 0]), overall: a };
    const found = derivedImportance(whole, { method: "regression" });
    expect(found.rSquared).toBe(1);
    expect(found.attributes[0]).toMatchObject({
      importance: expect.closeTo(1, 12),
      pValue: null,
      reason: expect.stringMatching(/^pValue: .* wholly/),
    });
    // R 4.2: 1 / (1 - summary(lm(a ~ b))$r.squared)
    expect(found.attributes[0]?.varianceInflation).toBeCloseTo(1.7032967032967, 12);
  });
  test.each<[string, object, string]>([
    ["what varies by rounding", { values: [1, 0.3, 2, 0.1 + 0.2, 3, 0.3, 4, 0.3, 5, 0.3] }, "b never varies"],
    ["what varies beyond reach", { values: [1, 0, 2, 1e-200, 3, 0, 4, 0, 5, 0] }, "b never varies"],
    ["a sum of others", { values: [1, 2, 2, 4, 3, 6, 4, 8, 5, 10] }, "depend on each other"],
    ["a constant attribute", { values: [1, 7, 2, 7, 3, 7, 4, 7, 5, 7] }, "b never varies"],
    [
      "a constant judgment",
      { values: [1, 2, 2, 4, 3, 1, 4, 4, 5, 1], overall: [3, 3, 3, 3, 3] },
      "overall never varies",
    ],
    [
      "too few",
      { values: [1, 2, 2, 4, 3, 1], overall: [1, 2, 3] },
      "needs 4 respondents who answered everything, has 3",
    ],
  ])("no regression: %s", (_, change, reason) => {
    const { attributes: found, rSquared } = derivedImportance(
      { ...data, ...change },
      { method: "regression" },
    );
    expect(rSquared).toBeNull();
    for (const { importance, interval, reason: said } of found) {
      expect([importance, interval]).toEqual([null, null]);
      expect(said).toContain(reason);
    }
  });
  test.each<[object, string]>([
    [{ itemIds: ["a", "a"] }, "data.itemIds[1]"],
    [{ itemIds: [] }, "data.itemIds"],
    [{ values: [1, 2, 3] }, "data.values"],
    [{ overall: [1, 2, 3, 4, Number.POSITIVE_INFINITY] }, "data.overall[4]"],
    [{ overall: [1, 2, 3, 4, 1e200] }, "data.overall[4]"],
    [{ values: ["1", 2, 2, 4, 3, 1, 4, 4, 5, 1] }, "data.values[0]"],
  ])("refuses %j", (change, path) => {
    expect(thrown(() => derivedImportance({ ...data, ...change } as never)).path).toBe(path);
  });
});

describe("ratings as a list for each attribute", () => {
  const rows = { itemIds: ["a", "b"], values: [1, 2, 2, 4, 3, 1, 4, 4, 5, null], overall: [1, 2, 3, 4, 5] };
  const lists = { items: { a: [1, 2, 3, 4, 5], b: [2, 4, 1, 4, null] }, overall: rows.overall };
  test("say the same as rows", () => {
    expect(derivedImportance(lists)).toEqual(derivedImportance(rows));
    const cuts = { lowUpTo: 1, highFrom: 4 };
    expect(penaltyReward(lists, cuts)).toEqual(penaltyReward(rows, cuts));
  });
  test.each<[object, string]>([
    [{ items: {} }, "data.items"],
    [{ items: null }, "data.items"],
    [{ items: { a: [1, 2] } }, "data.items.a"],
    [{ items: { a: [1, 2, 3, 4, "5"] } }, "data.items.a[4]"],
  ])("refuses %j", (change, path) => {
    expect(thrown(() => derivedImportance({ ...lists, ...change } as never)).path).toBe(path);
  });
});

describe("penaltyReward", () => {
  // One attribute: the coefficients are differences of group means. Low 2, 4; middle 6, 8; high 7, 8, 9.
  const one = { itemIds: ["a"], values: [1, 2, 3, 4, 5, 5, 5], overall: [2, 4, 6, 8, 7, 8, 9] };
  const cuts = { lowUpTo: 2, highFrom: 5 };
  test("with one attribute, effects are differences of means", () => {
    const [a] = penaltyReward(one, cuts).attributes;
    expect(a).toMatchObject({ low: 2, middle: 2, high: 3, reason: null });
    expect(a?.penalty.effect).toBeCloseTo(-4, 12);
    expect(a?.reward.effect).toBeCloseTo(1, 12);
    expect(a?.asymmetry.effect).toBeCloseTo(-3, 12);
    // Residual sum of squares 2 + 2 + 2 over 4 degrees of freedom; means of 2 and 2: 1.5 (1/2 + 1/2).
    expect(a?.penalty.standardError).toBeCloseTo(Math.sqrt(1.5), 12);
  });
  test("an attribute that nobody rates low has no penalty, and leaves the others as they are", () => {
    const values = one.values.flatMap((rating, i) => [rating, i % 2 === 0 ? 5 : 3]);
    const never = { itemIds: ["a", "b"], values, overall: one.overall };
    const [, b] = penaltyReward(never, cuts).attributes;
    expect(b).toMatchObject({ low: 0, penalty: { effect: null }, kind: null });
    expect(b?.reason).toBe("penalty: 0 of 7 respondents rated it low");
    expect(b?.reward.effect).toEqual(expect.any(Number));
  });
  test("nobody between: penalty and reward cannot be told apart", () => {
    const polar = { itemIds: ["a"], values: [1, 1, 1, 5, 5, 5], overall: [1, 2, 3, 4, 5, 7] };
    const { attributes: found, rSquared } = penaltyReward(polar, cuts);
    expect(rSquared).toBeNull();
    expect(found[0]?.reason).toContain("nobody rates between");
  });
  test("where nothing is left to chance, rounding decides on no kind", () => {
    const values = [1, 1, 3, 3, 5, 5, 1, 3, 5];
    const judged = (low: number, middle: number, high: number) => ({
      itemIds: ["a"],
      values,
      overall: values.map((rating) => (rating === 1 ? low : rating === 3 ? middle : high)),
    });
    // 3.2 - 1.1 and 5.3 - 3.2 are 2.1, but for their last digits.
    const [even] = penaltyReward(judged(1.1, 3.2, 5.3), cuts).attributes;
    expect(even).toMatchObject({
      penalty: { effect: expect.closeTo(-2.1, 12), standardError: 0, pValue: null },
      asymmetry: { effect: 0 },
      kind: "performance",
      reason: expect.stringMatching(/^pValue: .* wholly/),
    });
    expect(penaltyReward(judged(1.1, 3.2, 5.4), cuts).attributes[0]?.kind).toBe("excitement");
    expect(penaltyReward(judged(1, 3.2, 5.3), cuts).attributes[0]?.kind).toBe("basic");
  });
  test("a reward alone, not shown to exceed the penalty, is performance", () => {
    // Middle 5, low 4.2, high 7, each give or take 0.8, s about 0.84: reward 2 is 4.3 standard errors, penalty -0.8 is 1.1,
    // asymmetry 1.2 is 1.1; the bound of 23 degrees of freedom is 2.07.
    const means = [
      ...new Array(4).fill([3, 5]),
      ...new Array(2).fill([1, 4.2]),
      ...new Array(20).fill([5, 7]),
    ];
    const rewarded = {
      itemIds: ["a"],
      values: means.map(([rating]) => rating as number),
      overall: means.map(([, mean], i) => (mean as number) + (i % 2 === 0 ? 0.8 : -0.8)),
    };
    const [a] = penaltyReward(rewarded, cuts).attributes;
    expect(a?.penalty.interval?.upper).toBeGreaterThan(0);
    expect(a).toMatchObject({ kind: "performance", reason: null });
  });
  test("a penalty alone, not shown to exceed the reward, is performance too", () => {
    // The same mirrored: middle 5, low 3, high 5.8.
    const means = [
      ...new Array(4).fill([3, 5]),
      ...new Array(2).fill([5, 5.8]),
      ...new Array(20).fill([1, 3]),
    ];
    const failed = {
      itemIds: ["a"],
      values: means.map(([rating]) => rating as number),
      overall: means.map(([, mean], i) => (mean as number) + (i % 2 === 0 ? 0.8 : -0.8)),
    };
    const [a] = penaltyReward(failed, cuts).attributes;
    expect(a?.reward.interval?.lower).toBeLessThan(0);
    expect(a?.asymmetry.interval?.upper).toBeGreaterThan(0);
    expect(a).toMatchObject({ kind: "performance", reason: null });
  });
  test("no effect shown is unclear", () => {
    const flat = { itemIds: ["a"], values: [1, 1, 3, 3, 5, 5], overall: [1, 9, 2, 8, 3, 7] };
    expect(penaltyReward(flat, cuts).attributes[0]?.kind).toBe("unclear");
  });
  test.each<[object, string]>([
    [{ lowUpTo: 5, highFrom: 5 }, "options.highFrom"],
    [{ highFrom: 5 }, "options.lowUpTo"],
    [{ lowUpTo: 2 }, "options.highFrom"],
  ])("refuses %j", (options, path) => {
    expect(thrown(() => penaltyReward(one, options as never)).path).toBe(path);
  });
});
