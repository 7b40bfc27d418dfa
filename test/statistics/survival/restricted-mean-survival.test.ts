import fc from "fast-check";
import { expect, test } from "vitest";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import {
  restrictedMeanDifference,
  restrictedMeanSurvival,
} from "../../../src/statistics/survival/restricted-mean-survival.js";
import { thrown } from "../../core/thrown.js";
import { survivalRows } from "./survival-sample.js";

test("without censoring it is the mean of min(duration, horizon), its error that of a mean", () => {
  fc.assert(
    fc.property(survivalRows({ minLength: 2 }), fc.integer({ min: 1, max: 60 }), (sample, quarter) => {
      const rows = sample.map(({ duration }) => ({ duration, event: true }));
      const horizon = quarter / 4;
      const times = rows.map(({ duration }) => Math.min(duration, horizon));
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length;
      const result = restrictedMeanSurvival(kaplanMeier(rows), horizon);
      expect(result.value).toBeCloseTo(mean, 11);
      expect(result.standardError).toBeCloseTo(Math.sqrt(variance / times.length), 11);
      expect(result.extendedFrom).toBeNull();
    }),
  );
});

test("grows with the horizon by the share still there", () => {
  fc.assert(
    fc.property(survivalRows({ entry: true }), fc.integer({ min: 1, max: 40 }), (rows, quarter) => {
      const curve = kaplanMeier(rows);
      const [now, soon] = [quarter / 4, quarter / 4 + 1 / 16];
      fc.pre(curve.emptiedAt === null || soon <= curve.emptiedAt);
      const step = curve.points.columns.time.filter((time) => time <= now).length - 1;
      const share = step < 0 ? 1 : curve.points.columns.survival[step];
      const grown =
        Number(restrictedMeanSurvival(curve, soon).value) - Number(restrictedMeanSurvival(curve, now).value);
      expect(grown).toBeCloseTo(share / 16, 11);
    }),
  );
});

test("interval: at the level of the curve, cut at 0 and the horizon", () => {
  const data = { duration: [1, 9, 10, 10, 10, 10, 10, 10], event: [1, 1, 0, 0, 0, 0, 0, 0] as (0 | 1)[] };
  // One standard error either way is this level; 99 % reach beyond 10.
  const curve = kaplanMeier(data, { confidenceLevel: 0.6826894921370859 });
  const { interval, value, standardError } = restrictedMeanSurvival(curve, 10);
  expect(interval?.lower).toBeCloseTo(Number(value) - Number(standardError), 12);
  expect(interval?.upper).toBeCloseTo(Number(value) + Number(standardError), 12);
  expect(interval?.confidenceLevel).toBe(0.6826894921370859);
  const wide = restrictedMeanSurvival(kaplanMeier(data, { confidenceLevel: 0.99 }), 10);
  expect(wide.interval?.upper).toBe(10);
  const short = kaplanMeier({ duration: [0, 9], event: [1, 1] }, { confidenceLevel: 0.99 });
  expect(restrictedMeanSurvival(short, 9).interval).toMatchObject({ lower: 0, upper: 9 });
});

test("a curve that ends early is carried on level, and that is said", () => {
  const curve = kaplanMeier({ duration: [2, 4], event: [true, false] });
  expect(restrictedMeanSurvival(curve, 4)).toMatchObject({ value: 3, extendedFrom: null });
  expect(restrictedMeanSurvival(curve, 10)).toMatchObject({ value: 6, extendedFrom: 4 });
  const ended = kaplanMeier({ duration: [2, 4], event: [true, true] });
  expect(restrictedMeanSurvival(ended, 10)).toMatchObject({ value: 3, extendedFrom: null });
});

test("before the first time everybody is still there", () => {
  const curve = kaplanMeier({ duration: [5], event: [true] });
  expect(restrictedMeanSurvival(curve, 3)).toMatchObject({ value: 3, standardError: 0, reason: null });
});

test("difference: antisymmetric, with the error of both", () => {
  fc.assert(
    fc.property(survivalRows(), survivalRows(), (first, second) => {
      const [a, b] = [kaplanMeier(first), kaplanMeier(second)];
      const there = restrictedMeanDifference(a, b, 8);
      const back = restrictedMeanDifference(b, a, 8);
      expect(there.treatment).toEqual(restrictedMeanSurvival(a, 8));
      expect(there.difference).toBe(Number(there.treatment.value) - Number(there.control.value));
      expect(back.difference).toBe(0 - Number(there.difference));
      expect(back.pValue).toBe(there.pValue);
      expect(there.standardError).toBeCloseTo(
        Math.sqrt(Number(there.treatment.standardError) ** 2 + Number(there.control.standardError) ** 2),
        12,
      );
      // A p-value below 0.05 and a 95 % interval without 0 are the same finding.
      if (there.pValue !== null && Math.abs(there.pValue - 0.05) > 1e-9)
        expect(there.pValue < 0.05).toBe(
          Number(there.interval?.lower) > 0 || Number(there.interval?.upper) < 0,
        );
    }),
  );
});

test("says what is undefined", () => {
  const none = kaplanMeier([]);
  const some = kaplanMeier({ duration: [3, 5], event: [true, false] });
  expect(restrictedMeanSurvival(none, 2)).toMatchObject({
    value: null,
    standardError: null,
    reason: "no subjects",
  });
  expect(restrictedMeanDifference(some, none, 2)).toMatchObject({
    difference: null,
    reason: "control: no subjects",
  });
  expect(restrictedMeanDifference(none, some, 2).reason).toBe("treatment: no subjects");
  const same = restrictedMeanDifference(some, some, 2);
  expect(same).toMatchObject({ difference: 0, standardError: 0, z: null, pValue: null });
  expect(same.reason).toBe("z and pValue: the standard error is 0");
});

test("beyond a risk set that late entry emptied nothing is known", () => {
  // One leaves at 1, before the 99 others come under observation at 2.
  const curve = kaplanMeier({
    duration: [1, ...Array.from({ length: 99 }, (_, i) => 10 + i)],
    event: new Array<1>(100).fill(1),
    entry: [0, ...new Array<number>(99).fill(2)],
  });
  expect(restrictedMeanSurvival(curve, 1)).toMatchObject({ value: 1, standardError: 0, reason: null });
  expect(restrictedMeanSurvival(curve, 50)).toEqual({
    horizon: 50,
    value: null,
    standardError: null,
    interval: null,
    extendedFrom: null,
    reason: "all under observation had the event by 1, though others who were not yet were seen later",
  });
  const sound = kaplanMeier({ duration: [20, 60], event: [1, 0] });
  const { difference, reason } = restrictedMeanDifference(sound, curve, 50);
  expect([difference, reason]).toEqual([null, `control: ${restrictedMeanSurvival(curve, 50).reason}`]);
});

test("bad input", () => {
  const curve = kaplanMeier({ duration: [3], event: [true] });
  for (const horizon of [0, -1, 1e101, Number.POSITIVE_INFINITY])
    expect(thrown(() => restrictedMeanSurvival(curve, horizon))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "horizon",
      message: expect.stringContaining(String(horizon)),
    });
  const other = kaplanMeier({ duration: [3], event: [true] }, { confidenceLevel: 0.9 });
  const error = thrown(() => restrictedMeanDifference(curve, other, 2));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "control" });
  expect(error.message).toContain("0.9");
});

test("a curve without a column is none", () => {
  const curve = { points: { length: 1, columns: { time: [1], survival: [1] } } };
  for (const call of [
    () => restrictedMeanSurvival(curve as never, 1),
    () => restrictedMeanDifference(kaplanMeier([]), curve as never, 1),
  ]) {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain("has no column atRisk, events, censored, standardError, lower, upper");
  }
  expect(thrown(() => restrictedMeanSurvival(null as never, 1)).message).toBe(
    "curve is null: pass a curve of kaplanMeier",
  );
});
