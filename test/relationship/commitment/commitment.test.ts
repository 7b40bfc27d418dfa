import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  commitmentDimensions,
  commitmentMeanings,
} from "../../../src/relationship/commitment/commitment-dimension.js";
import { commitmentMovement } from "../../../src/relationship/commitment/commitment-movement.js";
import { commitmentProfile } from "../../../src/relationship/commitment/commitment-profile.js";
import { commitmentFromScale } from "../../../src/relationship/commitment/commitment-scores.js";
import { offerResistance } from "../../../src/relationship/commitment/offer-resistance.js";
import { reliableChange } from "../../../src/relationship/commitment/reliable-change.js";
import { scaleScore } from "../../../src/statistics/scales/scale-score.js";

const wave = (scores: Record<string, number | null>) =>
  Object.entries(scores).map(([respondentId, affective]) => ({ respondentId, affective }));

describe("the dimensions as data", () => {
  test("each is there once, the mapping goes both ways, from one model to the other", () => {
    expect(commitmentMeanings.map(({ dimension }) => dimension)).toEqual([...commitmentDimensions]);
    for (const { dimension, nearest, model } of commitmentMeanings) {
      const back = commitmentMeanings.find((other) => other.dimension === nearest);
      expect(back?.nearest).toBe(dimension);
      expect(back?.model).not.toBe(model);
    }
  });
});

test.each(["rational", "afective"])(
  "a score under %j, which is no dimension, is not lost in silence",
  (name) => {
    const mistyped = [{ respondentId: "ani", name: "Ani", affective: 50, [name]: 80 }];
    const words = `row 1, ${name}: 80 is no dimension of commitment: one of instrumental, relational`;
    expect(() => commitmentProfile(mistyped)).toThrow(words);
    expect(() => commitmentProfile([{ respondentId: "ani", [name]: null }])).toThrow("null is no dimension");
    const fine = [{ respondentId: "ani", customerId: null, name: "Ani", affective: 50 }];
    expect(commitmentProfile(fine).n).toBe(1);
    expect(() => commitmentMovement(fine, mistyped)).toThrow(`1 problem in after:\n  ${words}`);
  },
);

describe("commitmentFromScale", () => {
  const items = [
    { id: "a1", dimension: "affective" },
    { id: "a2", dimension: "affective", reverse: true },
    { id: "x1", dimension: "other" },
  ];
  const scored = scaleScore(
    [
      { respondentId: "ani", itemId: "a1", value: 7 },
      { respondentId: "ani", itemId: "a2", value: 4 },
      { respondentId: "budi", itemId: "x1", value: 1 },
    ],
    { id: "own", min: 1, max: 7, items },
  );

  test("POMP by hand: (7 + (8 - 4)) / 2 = 5.5, 75% of the way from 1 to 7", () => {
    expect(commitmentFromScale(scored, { dimensions: { affective: "affective" } })).toEqual([
      { respondentId: "ani", affective: 75 },
      { respondentId: "budi", affective: null },
    ]);
  });

  test("refuses dimensions that are none, on either side", () => {
    expect(() => commitmentFromScale(scored)).toThrow('options.dimensions.other is "other"');
    expect(() => commitmentFromScale(scored, { dimensions: { trust: "affective" } })).toThrow(
      'options.dimensions.trust is no dimension of the scale "own"',
    );
    expect(() =>
      commitmentFromScale(scored, { dimensions: { affective: "normative", other: "normative" } }),
    ).toThrow("options.dimensions.other");
  });

  test("refuses what is no result of scaleScore, and a mapping that is none", () => {
    expect(() => commitmentFromScale(undefined as never)).toThrow("scores is undefined");
    expect(() => commitmentFromScale({} as never)).toThrow("scores.respondents is undefined");
    expect(() => commitmentFromScale(scored, { dimensions: null as never })).toThrow(
      "options.dimensions is null",
    );
  });
});

describe("commitmentProfile", () => {
  const rows = [
    { respondentId: "ani", affective: 80, calculative: 20 },
    { respondentId: "budi", affective: 40, calculative: null },
    { respondentId: "citra", affective: 65, calculative: 60 },
  ];

  test("mean and interval as R has them: t.test(c(80, 40, 65))", () => {
    const { dimensions, n } = commitmentProfile(rows);
    expect(n).toBe(3);
    const [affective, calculative] = dimensions;
    // R prints 15 digits.
    expect(affective.mean).toBeCloseTo(61.6666666666667, 12);
    expect(affective.sd).toBeCloseTo(20.2072594216369, 12);
    expect(affective.interval?.lower).toBeCloseTo(11.4690514862563, 9);
    expect(affective.interval?.upper).toBeCloseTo(111.8642818470771, 9);
    expect([calculative.n, calculative.missing]).toEqual([2, 1]);
    expect(calculative.high).toBeNull();
  });

  test("patterns: who is high in what, a score on the cut is high, the unanswered in none", () => {
    const found = commitmentProfile(rows, { highFrom: { affective: 65, calculative: 60 } });
    expect(found.patterns.map(({ high, respondents }) => [high, respondents])).toEqual([
      [["affective"], 1],
      [["affective", "calculative"], 1],
    ]);
    expect(found.unpatterned).toBe(1);
    expect(found.dimensions[0].high).toMatchObject({ numerator: 2, denominator: 3 });
  });

  test("nobody: nothing asked; one: no interval", () => {
    expect(commitmentProfile([])).toEqual({ n: 0, dimensions: [], patterns: [], unpatterned: 0 });
    expect(commitmentProfile(rows.slice(0, 1)).dimensions[0]).toMatchObject({ mean: 80, interval: null });
  });

  test("the most frequent pattern comes first, whoever answers first", () => {
    const scores = { a: 90, b: 10, c: 20, d: 30 };
    const { patterns } = commitmentProfile(wave(scores), { highFrom: { affective: 50 } });
    expect(patterns.map(({ high, respondents, share }) => [high, respondents, share.value])).toEqual([
      [[], 3, 0.75],
      [["affective"], 1, 0.25],
    ]);
  });

  test("a cut for what nobody was asked about is shown, and leaves nobody in a pattern", () => {
    const found = commitmentProfile(rows, { highFrom: { affective: 65, normative: 50 } });
    expect(found.dimensions.map(({ dimension, n, missing }) => [dimension, n, missing])).toEqual([
      ["affective", 3, 0],
      ["calculative", 2, 1],
      ["normative", 0, 3],
    ]);
    expect(found.dimensions[2].high).toMatchObject({ value: null, reason: "respondents with a score: 0" });
    expect([found.patterns, found.unpatterned]).toEqual([[], 3]);
  });

  test("refuses scores off 0 to 100, a respondent twice, cuts of no dimension", () => {
    expect(() => commitmentProfile([{ respondentId: "a", affective: 101 }])).toThrow("row 1, affective: 101");
    expect(() => commitmentProfile([rows[0], rows[0]])).toThrow("row 2, respondentId");
    expect(() => commitmentProfile(rows, { highFrom: { affective: -1 } })).toThrow(
      "options.highFrom.affective",
    );
    const highFrom = { total: 50 } as object;
    expect(() => commitmentProfile(rows, { highFrom })).toThrow("options.highFrom.total");
  });
});

describe("reliableChange", () => {
  test("the worked example of Jacobson & Truax (1991): -15 / 4.74 = -3.16", () => {
    const found = reliableChange(47.5, 32.5, { alpha: 0.8, sd: 7.5 });
    expect(found.standardError).toBeCloseTo(4.74, 2);
    expect(found.index).toBeCloseTo(-3.16, 2);
    expect(found.verdict).toBe("declined");
  });

  test("turned round it is the other way; a perfect scale has no error; a useless one the most", () => {
    const scores = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(scores, scores, (before, after) => {
        const there = reliableChange(before, after, { alpha: 0.7, sd: 12 });
        const back = reliableChange(after, before, { alpha: 0.7, sd: 12 });
        expect(back.change).toBe(0 - there.change);
        expect(there.verdict === "improved").toBe(back.verdict === "declined");
      }),
    );
    expect(reliableChange(50, 51, { alpha: 1, sd: 10 })).toMatchObject({ index: null, verdict: "improved" });
    // Not beyond what error does, be it none at all.
    expect(reliableChange(50, 50, { alpha: 1, sd: 10 }).verdict).toBe("noReliableChange");
    expect(reliableChange(50, 51, { alpha: 0, sd: 10 }).standardError).toBeCloseTo(Math.sqrt(200), 12);
  });

  test.each([
    [{ alpha: 1.2, sd: 5 }, "options.alpha is 1.2"],
    [{ alpha: 0.8, sd: 0 }, "options.sd is 0"],
  ])("refuses %j", (options, words) => {
    expect(() => reliableChange(1, 2, options)).toThrow(words);
  });

  test("refuses a change that is no finite number", () => {
    expect(() => reliableChange(1e308, -1e308, { alpha: 0.5, sd: 1 })).toThrow("after - before is -Infinity");
  });
});

describe("commitmentMovement", () => {
  const before = wave({ a: 40, b: 60, c: 55, d: 70, e: 20, f: null, gone: 10 });
  const after = wave({ e: 45, d: 90, c: 70, b: 58, a: 50, f: 50, late: 99 });

  test("the group as R has it: t.test(c(10, -2, 15, 20, 25))", () => {
    const { dimensions, ...found } = commitmentMovement(before, after);
    expect([found.inBoth, found.onlyBefore, found.onlyAfter]).toEqual([6, 1, 1]);
    const [affective] = dimensions;
    expect([affective.n, affective.missing]).toEqual([5, 1]);
    expect(affective.change).toBeCloseTo(13.6, 12);
    expect(affective.interval?.lower).toBeCloseTo(0.738134906635281, 9);
    expect(affective.interval?.upper).toBeCloseTo(26.461865093364722, 9);
    expect([affective.smallest, affective.improved]).toEqual([null, null]);
    expect(found.respondents.columns.verdict).toEqual([null, null, null, null, null]);
  });

  test("an answer in one wave alone is no change, whichever wave it is", () => {
    const [affective] = commitmentMovement(wave({ a: 40, b: null }), wave({ a: null, b: 50 })).dimensions;
    expect([affective.n, affective.missing, affective.before, affective.change]).toEqual([0, 2, null, null]);
  });

  test("each respondent as reliableChange has it", () => {
    const quality = { alpha: 0.9, sd: 18 };
    const { dimensions, respondents } = commitmentMovement(before, after, {
      quality: { affective: quality },
    });
    const { columns } = respondents;
    for (let i = 0; i < respondents.length; i++) {
      const one = reliableChange(columns.before[i], columns.after[i], quality);
      expect([columns.index[i], columns.verdict[i]]).toEqual([one.index, one.verdict]);
    }
    // 1.96 x 18 x sqrt(0.2) = 15.8: of 10, -2, 15, 20 and 25 the last two.
    expect([dimensions[0].improved, dimensions[0].declined]).toEqual([2, 0]);
    expect(dimensions[0].smallest).toBeCloseTo(15.78, 2);
  });

  test("refuses reliability of no dimension, and a respondent twice in a wave", () => {
    const quality = { total: { alpha: 0.9, sd: 5 } } as object;
    expect(() => commitmentMovement(before, after, { quality })).toThrow("options.quality.total");
    expect(() => commitmentMovement(before, [after[0], after[0]])).toThrow(
      'row 2, respondentId: "e" comes a second time',
    );
  });
});

describe("offerResistance", () => {
  const says = (respondentId: string, ...stays: (boolean | null)[]) =>
    stays.map((stay, i) => ({ respondentId, advantage: (i + 1) / 10, stays: stay }));
  const answers = [
    ...says("firm", true, true, true),
    ...says("fair", true, true, false),
    ...says("quick", false, false, false),
    ...says("odd", true, false, true),
    ...says("silent", null, null, null),
  ];

  test("shares, thresholds, who is not consistent, who is silent", () => {
    const found = offerResistance(answers);
    expect([found.n, found.inconsistent]).toEqual([4, 1]);
    expect(found.offers.map(({ n, unanswered, stays }) => [n, unanswered, stays.value])).toEqual([
      [4, 1, 0.75],
      [4, 1, 0.5],
      [4, 1, 0.5],
    ]);
    expect(found.half).toEqual({ stay: 0.1, leave: 0.2 });
    expect(found.respondents.map(({ withstands, leavesAt }) => [withstands, leavesAt])).toEqual([
      [0.3, null],
      [0.2, 0.3],
      [null, 0.1],
      [0.1, 0.2],
    ]);
  });

  test("nobody leaves, all leave, nobody was asked", () => {
    expect(offerResistance(says("a", true, true)).half).toEqual({ stay: 0.2, leave: null });
    expect(offerResistance(says("a", false)).half).toEqual({ stay: null, leave: 0.1 });
    expect(offerResistance([])).toMatchObject({ n: 0, half: { stay: null, leave: null } });
  });

  test("the Wilson interval of 0 of 4 as published: upper limit z^2 / (n + z^2)", () => {
    const none = ["a", "b", "c", "d"].flatMap((id) => says(id, false));
    const z2 = 1.959963984540054 ** 2;
    expect(offerResistance(none).offers[0].interval?.upper).toBeCloseTo(z2 / (4 + z2), 12);
  });

  test("refuses an offer answered twice, an advantage below 0, an answer that is none", () => {
    expect(() => offerResistance([...says("a", true), ...says("a", false)])).toThrow(
      "row 2, advantage: 0.1 is answered a second time by a",
    );
    expect(() => offerResistance([{ respondentId: "a", advantage: -1, stays: true }])).toThrow(
      "advantage: -1",
    );
    const stays = "yes" as unknown as boolean;
    expect(() => offerResistance([{ respondentId: "a", advantage: 1, stays }])).toThrow('stays: "yes"');
  });
});
