import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ces } from "../../../src/value/satisfaction/ces.js";
import { csat } from "../../../src/value/satisfaction/csat.js";
import { satisfactionTrend } from "../../../src/value/satisfaction/satisfaction-trend.js";
import { thrown } from "../../core/thrown.js";

const scale = { min: 1, max: 5 };

describe("respondents of two waves are paired", () => {
  const people = fc.uniqueArray(fc.tuple(fc.nat(9), fc.option(fc.integer(scale))), {
    selector: ([id]) => id,
    maxLength: 10,
  });
  const waveOf = (waveId: string, rows: [number, number | null][]) => ({
    waveId,
    respondentIds: rows.map(([id]) => `r${id}`),
    ratings: rows.map(([, rating]) => rating),
  });

  test("by name, whatever the order, as a comparison of each with each does", () => {
    fc.assert(
      fc.property(people, people, (first, second) => {
        const changes = first.flatMap(([id, before]) =>
          second.flatMap(([other, after]) =>
            id === other && before !== null && after !== null ? [after - before] : [],
          ),
        );
        const waves = [waveOf("1", first), waveOf("2", second)];
        const { overall } = satisfactionTrend(waves, { measure: "mean", design: "paired", ...scale });
        expect(overall?.inBoth).toBe(changes.length);
        const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
        expect(overall?.difference).toEqual(changes.length === 0 ? null : expect.closeTo(mean, 10));
      }),
    );
  });

  test("a list that was changed between two calls is read anew", () => {
    const respondentIds = ["ani", "budi", "citra"];
    const waves = [
      { waveId: "1", respondentIds, ratings: [1, 2, 3] },
      { waveId: "2", respondentIds: ["citra", "budi", "ani"], ratings: [5, 5, 5] },
    ];
    const options = { measure: "mean", design: "paired", ...scale } as const;
    const inBoth = () => satisfactionTrend(waves, options).overall?.inBoth;
    expect([inBoth(), inBoth()]).toEqual([3, 3]);
    respondentIds[0] = "dewi";
    expect(inBoth()).toBe(2);
    respondentIds[1] = "dewi";
    expect(thrown(() => satisfactionTrend(waves, options)).path).toBe("waves[0].respondentIds[1]");
    respondentIds.splice(0, 3, "ani", "budi", "citra");
    expect(inBoth()).toBe(3);
    // Alone, beside fewer waves and beside more.
    expect(satisfactionTrend(waves.slice(0, 1), options).overall).toBeNull();
    const third = { waveId: "3", respondentIds: ["ani"], ratings: [4] };
    expect(satisfactionTrend([...waves, third], options).changes.map((change) => change.inBoth)).toEqual([
      3, 1,
    ]);
  });

  test("of three waves, overall is from the first to the last", () => {
    const waves = [
      [1, 2],
      [3, 5],
      [2, 4],
    ].map((ratings, i) => ({ waveId: `${i}`, respondentIds: ["a", "b"], ratings }));
    const { changes, overall } = satisfactionTrend(waves, { measure: "mean", design: "paired", ...scale });
    expect(changes.map(({ difference }) => difference)).toEqual([2.5, -1]);
    expect(overall).toMatchObject({ from: "0", to: "2", difference: 1.5 });
  });
});

describe("small cells of top boxes", () => {
  const change = (before: [number, number], after: [number, number]) =>
    satisfactionTrend(
      [before, after].map(([satisfied, n], i) => ({
        waveId: `${i}`,
        ratings: Array.from({ length: n }, (_, row) => (row < satisfied ? 5 : 1)),
      })),
      { measure: "topBox", design: "independent", from: 4, ...scale },
    ).overall;

  test("2 of 5 and 5 of 6: Fisher's exact test, by hand", () => {
    const found = change([2, 5], [5, 6]);
    // C(5, k) C(6, 7 - k) for k = 1 to 5: 5, 60, 150, 100, 15 of 330; no more probable than 60 are 60, 5 and 15.
    expect(found).toMatchObject({ test: "fisher", reason: null });
    expect(found?.pValue).toBeCloseTo(80 / 330, 12);
    expect(found?.difference).toBeCloseTo(5 / 6 - 2 / 5, 14);
    expect(found?.interval).not.toBeNull();
  });
  test.each<[string, [number, number], [number, number], string]>([
    ["five in and out of each wave", [5, 10], [6, 12], "twoProportion"],
    ["four in the first", [4, 10], [6, 12], "fisher"],
    ["four out of the first", [6, 10], [6, 12], "fisher"],
    ["four in the second", [6, 12], [4, 10], "fisher"],
    ["four out of the second", [6, 12], [6, 10], "fisher"],
  ])("%s", (_, before, after, test) => {
    expect(change(before, after)?.test).toBe(test);
  });
  test("12 of 100 and 4 of 100: what z calls a change, the exact test does not", () => {
    // R 4.2: fisher.test(matrix(c(12, 88, 4, 96), 2))$p.value
    expect(change([12, 100], [4, 100])?.pValue).toBeCloseTo(0.06519694306245735, 12);
  });
  test("where nothing varies there is no p-value", () => {
    expect(change([0, 3], [0, 4])).toMatchObject({
      pValue: null,
      reason: expect.stringContaining("nothing varies"),
    });
  });
});

test("the interval of a mean stays on its scale, as that of a share does", () => {
  // t.test(c(1, 7)) of R 4.2: -34.1 to 42.1.
  const { meanInterval, easeInterval } = ces([1, 7], { highMeans: "effort" });
  expect(meanInterval).toEqual({ lower: 1, upper: 7, confidenceLevel: 0.95 });
  expect(easeInterval).toEqual({ lower: 0, upper: 100, confidenceLevel: 0.95 });
  expect(csat([1, 5]).meanInterval).toMatchObject({ lower: 1, upper: 5 });
  // t.test(c(5, 5, 4, 5)): 3.954 to 5.546, of which the upper end is beyond 5.
  const [wave] = satisfactionTrend([{ waveId: "1", ratings: [5, 5, 4, 5] }], {
    ...{ measure: "mean", design: "independent" },
    ...scale,
  }).waves;
  expect(wave?.interval).toEqual({ lower: expect.closeTo(3.954388, 6), upper: 5, confidenceLevel: 0.95 });
});
