import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marginOfError, neededSampleSize } from "../../../src/value/satisfaction/margin-of-error.js";
import { npsDifference } from "../../../src/value/satisfaction/nps.js";
import { satisfactionTrend } from "../../../src/value/satisfaction/satisfaction-trend.js";
import { thrown } from "../../core/thrown.js";

describe("marginOfError and neededSampleSize", () => {
  // The sample sizes of every table at 95 %: 385 for 5 points, 1068 for 3, 278 of 1,000 and 370 of 10,000 (Cochran 1977).
  test.each<[number, object, number]>([
    [0.05, {}, 385],
    [0.03, {}, 1068],
    [0.05, { population: 1000 }, 278],
    [0.05, { population: 10_000 }, 370],
    [0.05, { confidenceLevel: 0.99 }, 664],
    [0.05, { share: 0.1 }, 139],
    [0.05, { population: 1 }, 1],
    [0.05, { share: 0 }, 1],
    [0.05, { share: 0, population: 1 }, 1],
  ])("margin %f with %j takes %i answers", (margin, options, n) => {
    expect(neededSampleSize(margin, options).n).toBe(n);
  });

  test("one answer fewer than needed would be too few", () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const population = fc.option(fc.integer({ min: 50, max: 100_000 }), { nil: undefined });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.2, noNaN: true }), share, population, (margin, p, size) => {
        const options = { share: p, population: size };
        const { n } = neededSampleSize(margin, options);
        // Rounding may leave the last digits over.
        expect(marginOfError(n, options).margin).toBeLessThanOrEqual(margin * (1 + 1e-9));
        if (n > 1) expect(marginOfError(n - 1, options).margin).toBeGreaterThan(margin * (1 - 1e-9));
      }),
    );
  });

  test("a whole population leaves nothing to chance", () => {
    expect(marginOfError(200, { population: 200 })).toEqual({
      margin: 0,
      standardError: 0,
      finitePopulationFactor: 0,
    });
    expect(marginOfError(1, { population: 1 }).margin).toBe(0);
  });

  test("of a mean, in its unit", () => {
    expect(marginOfError(100, { sd: 1.5 }).standardError).toBeCloseTo(0.15, 15);
    // (1.959963985 x 1.5 / 0.2)^2 = 216.08
    expect(neededSampleSize(0.2, { sd: 1.5 }).n).toBe(217);
  });

  test("invitations", () => {
    expect(neededSampleSize(0.05, { responseRate: 0.2 })).toMatchObject({
      invitations: 1925,
      isReachable: null,
    });
    const few = neededSampleSize(0.05, { population: 1000, responseRate: 0.2 });
    expect(few).toMatchObject({ n: 278, withoutCorrection: 385, invitations: 1390, isReachable: false });
  });

  test.each<[number, object, string]>([
    [0, {}, "margin"],
    [Number.NaN, {}, "margin"],
    [1e-12, {}, "margin"],
    [0.05, { share: 1.2 }, "options.share"],
    [0.05, { sd: 0 }, "options.sd"],
    [0.05, { share: 0.5, sd: 1 }, "options.sd"],
    [0.05, { responseRate: 0 }, "options.responseRate"],
    [0.05, { responseRate: "0.2" }, "options.responseRate"],
    [0.05, { population: 0 }, "options.population"],
    [0.05, { sd: 1e308 }, "options.sd"],
    [0.05, { responseRate: 1e-320 }, "options.responseRate"],
    [0.05, { responseRate: 1e-15 }, "options.responseRate"],
  ])("refuses margin %f with %j", (margin, options, path) => {
    expect(thrown(() => neededSampleSize(margin, options as never))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path,
    });
  });
  test("refuses more answers than people", () => {
    expect(thrown(() => marginOfError(11, { population: 10 })).path).toBe("options.population");
    expect(thrown(() => marginOfError(0)).path).toBe("n");
    expect(thrown(() => marginOfError(1, { sd: 1.7e308 })).path).toBe("options.sd");
  });
});

describe("satisfactionTrend", () => {
  const respondentIds = ["a", "b", "c", "d", "e"];
  const waves = [
    { waveId: "w1", respondentIds, ratings: [9, 3, 8, 10, null] },
    { waveId: "w2", respondentIds: [...respondentIds].reverse(), ratings: [2, 9, 9, 9, 9] },
    { waveId: "w3", respondentIds, ratings: [6, 9, null, 10, 10] },
  ];

  test("paired change is that of the respondents of both waves, matched by id", () => {
    const {
      changes,
      overall,
      waves: each,
    } = satisfactionTrend(waves, { measure: "mean", design: "paired", min: 0, max: 10 });
    expect(each.map(({ estimate, n, missing }) => [estimate, n, missing])).toEqual([
      [7.5, 4, 1],
      [7.6, 5, 0],
      [8.75, 4, 1],
    ]);
    // a 9 to 9, b 3 to 9, c 8 to 9, d 10 to 9.
    expect(changes[0]).toMatchObject({ from: "w1", to: "w2", difference: 1.5, inBoth: 4, test: "pairedT" });
    // a 9 to 6, b 3 to 9, d 10 to 10.
    expect(overall).toMatchObject({ from: "w1", to: "w3", difference: 1, inBoth: 3 });
  });

  test("waves taken as independent say how many answered in both", () => {
    const { changes } = satisfactionTrend(waves, { measure: "mean", design: "independent", min: 0, max: 10 });
    expect(changes[0]).toMatchObject({ test: "welch", inBoth: 4, difference: expect.closeTo(0.1, 12) });
    const nameless = waves.map(({ waveId, ratings }) => ({ waveId, ratings }));
    const [first] = satisfactionTrend(nameless, {
      measure: "mean",
      design: "independent",
      min: 0,
      max: 10,
    }).changes;
    expect(first?.inBoth).toBeNull();
  });

  test("nps of different respondents is npsDifference, of the same the mean of their changes", () => {
    const [first, second] = waves;
    const { changes } = satisfactionTrend(waves, { measure: "nps", design: "independent" });
    const { difference, pValue, interval } = npsDifference(second?.ratings ?? [], first?.ratings ?? []);
    expect(changes[0]).toMatchObject({ difference, pValue, interval, test: "unpooledZ" });
    // a 100 to 100, b -100 to 100, c 0 to 100, d 100 to 100.
    const paired = satisfactionTrend(waves, { measure: "nps", design: "paired" });
    expect(paired.changes[0]).toMatchObject({ difference: 75, test: "pairedT" });
    expect(paired.waves[0]).toMatchObject({ estimate: 25, n: 4 });
  });

  test("top boxes: McNemar by hand", () => {
    // 6 of 20 rise, 1 falls: p = 2 (1 + 7) / 2^7 = 0.125; Bonett & Price: (7 - 2) / 22 about, error sqrt((9/22 - (5/22)^2) / 22).
    const ids = Array.from({ length: 20 }, (_, i) => `${i}`);
    const before = ids.map((_, i) => (i < 6 ? 2 : i < 12 ? 5 : 3));
    const after = ids.map((_, i) => (i < 6 ? 5 : i === 6 ? 1 : (before[i] ?? 0)));
    const { overall } = satisfactionTrend(
      [
        { waveId: "x", respondentIds: ids, ratings: before },
        { waveId: "y", respondentIds: ids, ratings: after },
      ],
      { measure: "topBox", design: "paired", min: 1, max: 5, from: 4 },
    );
    expect(overall).toMatchObject({ difference: 0.25, pValue: expect.closeTo(0.125, 14), test: "mcnemar" });
    const error = Math.sqrt((9 / 22 - (5 / 22) ** 2) / 22);
    expect(overall?.interval?.lower).toBeCloseTo(5 / 22 - 1.959963984540054 * error, 12);
    expect(overall?.interval?.upper).toBeCloseTo(5 / 22 + 1.959963984540054 * error, 12);
  });

  test("no change at all, no answers, one wave", () => {
    const same = [waves[0], { ...waves[0], waveId: "again" }].flatMap((wave) =>
      wave ? [wave as never] : [],
    );
    const still = satisfactionTrend(same, { measure: "mean", design: "paired", min: 0, max: 10 });
    expect(still.overall).toMatchObject({
      difference: 0,
      pValue: null,
      reason: expect.stringContaining("nothing varies"),
    });
    const box = satisfactionTrend(same, { measure: "topBox", design: "paired", min: 0, max: 10, from: 9 });
    expect(box.overall).toMatchObject({
      difference: 0,
      pValue: null,
      reason: "pValue: nobody changed sides",
    });
    const empty = [
      { waveId: "x", ratings: [null] },
      { waveId: "y", ratings: [1] },
    ];
    const nobody = satisfactionTrend(empty, { measure: "mean", design: "independent", min: 0, max: 10 });
    expect(nobody.overall).toMatchObject({
      difference: null,
      pValue: null,
      reason: "the first wave has no answers",
    });
    expect(satisfactionTrend(waves.slice(0, 1), { measure: "nps", design: "paired" })).toMatchObject({
      changes: [],
      overall: null,
    });
  });

  test.each<[unknown, unknown, string]>([
    [waves, { measure: "mean", min: 0, max: 10 }, "options.design"],
    [waves, { design: "paired" }, "options.measure"],
    [waves, { measure: "mean", design: "paired" }, "options.min"],
    [waves, { measure: "topBox", design: "paired", min: 0, max: 10 }, "options.from"],
    [waves, { measure: "mean", design: "paired", min: 1, max: 7 }, "waves[0].ratings[0]"],
    [[{ waveId: "x", ratings: [1] }], { measure: "nps", design: "paired" }, "waves[0].respondentIds"],
    [
      [{ waveId: "x", ratings: [1, 2], respondentIds: ["a"] }],
      { measure: "nps", design: "paired" },
      "waves[0].respondentIds",
    ],
    [
      [{ waveId: "x", ratings: [1, 2], respondentIds: ["a", "a"] }],
      { measure: "nps", design: "paired" },
      "waves[0].respondentIds[1]",
    ],
    [[waves[0], waves[0]], { measure: "nps", design: "paired" }, "waves"],
  ])("refuses %j with %j", (input, options, path) => {
    expect(thrown(() => satisfactionTrend(input as never, options as never)).path).toBe(path);
  });
});
