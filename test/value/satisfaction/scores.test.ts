import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acsi } from "../../../src/value/satisfaction/acsi.js";
import { ces } from "../../../src/value/satisfaction/ces.js";
import { csat } from "../../../src/value/satisfaction/csat.js";
import { nps, npsDifference } from "../../../src/value/satisfaction/nps.js";
import { thrown } from "../../core/thrown.js";

// Worked numbers: 30, 20, 10 promoters, passives, detractors; 6, 10, 20, 48, 36 answers of 1 to 5; the ACSI of Ohio's
// Department of Taxation with its published weights. Standard errors divide by n, not n - 1.

describe("nps", () => {
  test("the worked example, from counts of groups, of answers, and from answers", () => {
    const groups = { promoters: 30, passives: 20, detractors: 10 };
    const counts = [1, 1, 1, 1, 2, 2, 2, 15, 5, 10, 20];
    const ratings = counts.flatMap((count, answer) => new Array<number>(count).fill(answer));
    const expected = nps(groups);
    expect(expected.nps).toBeCloseTo(33.33333333333333, 12);
    expect(expected.standardError).toBeCloseTo(9.622504486493764, 12);
    expect(expected.interval?.lower).toBeCloseTo(14.473571098730472, 10);
    expect(expected.interval?.upper).toBeCloseTo(52.19309556793619, 10);
    expect(nps({ counts })).toEqual(expected);
    expect(nps(ratings)).toEqual(expected);
    expect(nps(Float64Array.from(ratings))).toEqual(expected);
    expect(nps([...ratings, null, null])).toEqual({ ...expected, missing: 2 });
  });

  test("its error is that of the mean of +100, 0 and -100, with n", () => {
    const count = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(count, count, count, (promoters, passives, detractors) => {
        const n = promoters + passives + detractors;
        fc.pre(n > 0);
        const mean = (100 * (promoters - detractors)) / n;
        const squares =
          promoters * (100 - mean) ** 2 + passives * mean ** 2 + detractors * (-100 - mean) ** 2;
        // Two formulas of doubles: 1e-9 of 100 points.
        expect(nps({ promoters, passives, detractors })).toMatchObject({
          nps: expect.closeTo(mean, 9),
          standardError: expect.closeTo(Math.sqrt(squares / n / n), 7),
        });
      }),
    );
  });

  test("answers of one class have no Wald interval, but an adjusted one", () => {
    const all = { promoters: 8, passives: 0, detractors: 0 };
    expect(nps(all)).toMatchObject({ nps: 100, standardError: 0, interval: null });
    expect(nps(all).reason).toContain('pass interval: "adjusted"');
    // Bonett & Price: (9 - 1) / 10 = 0.8; sqrt((1 - 0.64) / 10) = 0.18973665961; x 1.959963985 = 0.37187703.
    const { interval, reason } = nps(all, { interval: "adjusted" });
    expect(reason).toBeNull();
    expect(interval?.lower).toBeCloseTo(42.812297, 5);
    expect(interval?.upper).toBe(100);
  });

  test("without answers", () => {
    expect(nps([null])).toMatchObject({
      nps: null,
      n: 0,
      missing: 1,
      interval: null,
      reason: "there are no answers",
    });
    expect(nps([]).promoters.value).toBeNull();
  });

  test.each<[unknown, string, string]>([
    [[9, 11], "ratings[1]", "11 is not a whole number from 0 to 10"],
    [[9, -1], "ratings[1]", "-1"],
    [[9.5], "ratings[0]", "9.5"],
    [["9"], "ratings[0]", '"9"'],
    [[Number.NaN], "ratings[0]", "NaN"],
    [[undefined], "ratings[0]", "row 1"],
  ])("refuses %j", (ratings, path, message) => {
    const error = thrown(() => nps(ratings as number[]));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path });
    expect(error.message).toContain(message);
  });

  test.each<[object, string]>([
    [{ promoters: 1, passives: 1, detractors: -1 }, "ratings.detractors"],
    [{ promoters: 1, passives: 1.5, detractors: 0 }, "ratings.passives"],
    [{ counts: [1, 2, 3] }, "ratings.counts"],
    [{ counts: new Array(11).fill(1), missing: -1 }, "ratings.missing"],
  ])("refuses the counts %j", (counts, path) => {
    expect(thrown(() => nps(counts as never))).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
});

describe("npsDifference", () => {
  const [a, b] = [
    { promoters: 30, passives: 20, detractors: 10 },
    { promoters: 40, passives: 30, detractors: 30 },
  ];
  test("the worked example", () => {
    const found = npsDifference(a, b);
    expect(found.difference).toBeCloseTo(23.333333333333332, 12);
    expect(found.standardError).toBeCloseTo(12.711907511958723, 12);
    expect(found.z).toBeCloseTo(1.8355493313165239, 13);
    expect(found.pValue).toBeCloseTo(0.06642433676862125, 13);
    expect(found.reason).toBeNull();
  });
  test("swapped, it changes its sign alone", () => {
    const [there, back] = [npsDifference(a, b), npsDifference(b, a)];
    expect(back.difference).toBe(-(there.difference ?? 0));
    expect(back.pValue).toBe(there.pValue);
    expect(back.interval?.lower).toBe(-(there.interval?.upper ?? 0));
  });
  test("undefined where a group is empty or nothing varies", () => {
    expect(npsDifference(a, [])).toMatchObject({
      difference: null,
      pValue: null,
      reason: "b has no answers",
    });
    const alike = npsDifference([10, 9], [0, 0]);
    expect(alike).toMatchObject({ difference: 200, standardError: 0, z: null, pValue: null, interval: null });
    expect(alike.reason).toContain("nothing varies");
  });
  test("its interval stays within -200 and 200", () => {
    const [low, high] = [
      { promoters: 0, passives: 1, detractors: 9 },
      { promoters: 5, passives: 0, detractors: 0 },
    ];
    // -190 less 1.96 x 9.49 points.
    expect(npsDifference(low, high).interval?.lower).toBe(-200);
    expect(npsDifference(high, low).interval?.upper).toBe(200);
  });
  test("errors name the group", () => {
    expect(thrown(() => npsDifference(a, [12]))).toMatchObject({ code: "INVALID_ROWS", path: "b[0]" });
  });
});

describe("csat", () => {
  test("the worked example: 84 of 120", () => {
    const found = csat({ counts: [6, 10, 20, 48, 36] });
    expect(found.satisfied).toEqual({ value: 0.7, numerator: 84, denominator: 120, reason: null });
    expect(found.interval?.lower).toBeCloseTo(0.6128485756752643, 14);
    expect(found.interval?.upper).toBeCloseTo(0.7747437577572543, 14);
    expect(found.mean).toBeCloseTo(3.8166666666666667, 14);
    expect(found.satisfiedFrom).toBe(4);
  });
  test("any scale and any number of top boxes", () => {
    const ratings = [0, 3, 8, 9, 10, null];
    const share = (top: number) => csat(ratings, { min: 0, max: 10, top }).satisfied.numerator;
    expect([1, 2, 3, 8, 10].map(share)).toEqual([1, 2, 3, 4, 4]);
    expect(csat(ratings, { min: 0, max: 10 })).toMatchObject({ n: 5, missing: 1, mean: 6 });
  });
  test.each<[number, number]>([
    [2, 2],
    [3, 3],
    [4, 3],
    [5, 4],
    [10, 9],
  ])("of 1 to %i, satisfied is %i or more: the middle never is", (max, from) => {
    expect(csat([1], { max }).satisfiedFrom).toBe(from);
  });
  test("counts that cannot be summed exactly", () => {
    const counts = [2 ** 53 - 1, 1, 1, 0, 0];
    expect(thrown(() => csat({ counts }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "ratings.counts",
    });
  });
  test("without answers", () => {
    expect(csat([])).toMatchObject({ interval: null, mean: null, n: 0, satisfied: { value: null } });
  });
  test.each<[object, string]>([
    [{ top: 5 }, "options.top"],
    [{ top: 0 }, "options.top"],
    [{ min: 5 }, "options.max"],
    [{ min: 0.5 }, "options.min"],
    [{ confidenceLevel: 1 }, "options.confidenceLevel"],
  ])("refuses %j", (options, path) => {
    expect(thrown(() => csat([1], options))).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });
});

describe("ces", () => {
  test("ease reads the same whichever way the question runs", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 30 }), (answers) => {
        const eased = ces(answers, { highMeans: "ease" });
        const effort = ces(
          answers.map((answer) => 8 - answer),
          { highMeans: "effort" },
        );
        const close = (value: number | null | undefined) =>
          typeof value === "number" ? expect.closeTo(value, 9) : value;
        expect(effort.ease).toEqual(close(eased.ease));
        expect(effort.easeInterval?.lower).toEqual(close(eased.easeInterval?.lower));
        expect(effort.easeInterval?.upper).toEqual(close(eased.easeInterval?.upper));
        expect(effort.easy).toEqual(eased.easy);
        expect(effort.easyInterval).toEqual(eased.easyInterval);
      }),
    );
  });
  test("by hand", () => {
    // Mean 5 of 1 to 7 is 4/6 of the way; 7, 6 and 5 are easy.
    expect(ces([7, 6, 5, 2], { highMeans: "ease" })).toMatchObject({
      mean: 5,
      easy: { numerator: 3, denominator: 4 },
    });
    expect(ces([7, 6, 5, 2], { highMeans: "effort" }).easy.numerator).toBe(1);
  });
  // 1 to 7: 5, 6, 7. 1 to 5: 4, 5, without the middle. Mirrored where high means effort.
  test.each<[number, number]>([
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
    [7, 3],
    [10, 5],
  ])("of 1 to %i, the easiest %i are easy", (max, count) => {
    const each = Array.from({ length: max }, (_, i) => i + 1);
    expect(ces(each, { highMeans: "ease", max }).easy.numerator).toBe(count);
    expect(ces(each, { highMeans: "effort", max }).easy.numerator).toBe(count);
    expect(ces(each.slice(-count), { highMeans: "ease", max }).easy.value).toBe(1);
  });
  test("which way the question runs must be said", () => {
    const error = thrown(() => ces([1], {} as never));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.highMeans" });
    expect(thrown(() => ces([1], undefined as never)).code).toBe("INVALID_ARGUMENT");
  });
});

describe("acsi", () => {
  const items = [
    { id: "overall", mean: 8.1, weight: 0.3885 },
    { id: "expectations", mean: 7.8, weight: 0.319 },
    { id: "ideal", mean: 7.5, weight: 0.2925 },
  ];
  test("the worked example", () => {
    const { score, equalWeights, items: parts } = acsi(items);
    expect(score).toBeCloseTo(75.87555555555556, 12);
    expect(equalWeights).toBeCloseTo(75.55555555555556, 12);
    expect(parts.reduce((sum, { contribution }) => sum + (contribution ?? Number.NaN), 0)).toBeCloseTo(
      score ?? 0,
      12,
    );
  });
  test("only the proportions of the weights count", () => {
    const percent = items.map((item) => ({ ...item, weight: item.weight * 1000 }));
    expect(acsi(percent).score).toBeCloseTo(acsi(items).score ?? 0, 12);
  });
  test.each<[object, string]>([
    [{ mean: 10.1 }, "items[1].mean"],
    [{ mean: 0.9 }, "items[1].mean"],
    [{ mean: "8" }, "items[1].mean"],
    [{ weight: -1 }, "items[1].weight"],
    [{ weight: Number.NaN }, "items[1].weight"],
    [{ id: "overall" }, "items[1].id"],
  ])("refuses %j", (change, path) => {
    const rows = items.map((item, i) => (i === 1 ? { ...item, ...change } : item));
    expect(thrown(() => acsi(rows as never))).toMatchObject({ code: "INVALID_ROWS", path });
  });
  test("refuses a range beyond reach", () => {
    const all = [{ id: "a", mean: 1e308, weight: 1 }];
    expect(thrown(() => acsi(all, { min: 0, max: 1e308 }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.max",
    });
  });
  test("refuses no question and no weight", () => {
    expect(thrown(() => acsi([])).path).toBe("items");
    expect(thrown(() => acsi([{ id: "a", mean: 5, weight: 0 }])).message).toContain("sum to 0");
  });
});
