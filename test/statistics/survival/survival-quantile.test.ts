import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile } from "../../../src/statistics/sample-quantile.js";
import { kaplanMeier, type SurvivalCurve } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import { survivalQuantile } from "../../../src/statistics/survival/survival-quantile.js";
import { thrown } from "../../core/thrown.js";
import { survivalRows } from "./survival-sample.js";

test("without censoring it is the sample quantile that takes the middle between two (type 2)", () => {
  fc.assert(
    fc.property(survivalRows(), fc.integer({ min: 1, max: 19 }), (sample, twentieth) => {
      const rows = sample.map(({ duration }) => ({ duration, event: true }));
      const probability = twentieth / 20;
      const durations = rows.map(({ duration }) => duration);
      const want = quantile(durations, probability, { method: "averagedInvertedCdf" });
      expect(survivalQuantile(kaplanMeier(rows), probability).value).toBe(want);
    }),
  );
});

test("before it more than 1 - p are without the event, after it no more than that", () => {
  fc.assert(
    fc.property(survivalRows(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (rows, probability) => {
      const curve = kaplanMeier(rows);
      const { value } = survivalQuantile(curve, probability);
      if (value === null) expect(curve.points.columns.survival.at(-1)).toBeGreaterThan(1 - probability);
      else {
        expect(survivalAt(curve, value).survival).toBeLessThanOrEqual(1 - probability + 1e-7);
        if (value >= 0.01)
          expect(survivalAt(curve, value - 0.01).survival).toBeGreaterThanOrEqual(1 - probability - 1e-7);
      }
    }),
  );
});

test("limits enclose the time, and another unit of time scales all three", () => {
  fc.assert(
    fc.property(survivalRows({ entry: true }), (rows) => {
      const scaled = rows.map((row) => ({ ...row, duration: 4 * row.duration, entry: 4 * (row.entry ?? 0) }));
      const median = survivalQuantile(kaplanMeier(rows));
      const times4 = (time: number | null) => (time === null ? null : 4 * time);
      expect(survivalQuantile(kaplanMeier(scaled))).toMatchObject({
        value: times4(median.value),
        lower: times4(median.lower),
        upper: times4(median.upper),
      });
      if (median.value === null) return;
      if (median.lower !== null) expect(median.lower).toBeLessThanOrEqual(median.value);
      if (median.upper !== null) expect(median.upper).toBeGreaterThanOrEqual(median.value);
    }),
  );
});

test("level at exactly the share: the middle of the stretch, to the end of the curve if need be", () => {
  expect(survivalQuantile(kaplanMeier({ duration: [1, 2, 3, 6], event: [1, 1, 1, 1] })).value).toBe(2.5);
  expect(survivalQuantile(kaplanMeier({ duration: [1, 2, 3, 6], event: [1, 1, 0, 0] })).value).toBe(4);
});

test("not reached, and no subjects", () => {
  const median = survivalQuantile(kaplanMeier({ duration: [1, 2, 3, 6], event: [1, 0, 0, 0] }));
  expect(median).toMatchObject({ probability: 0.5, value: null, upper: null, confidenceLevel: 0.95 });
  expect(median.reason).toBe("value, upper: not down to 1 - 0.5 when the curve ends, at 6");
  expect(survivalQuantile(kaplanMeier([])).reason).toBe("value, lower, upper: no subjects");
});

test("bad input", () => {
  const curve = kaplanMeier([]);
  for (const probability of [0, 1, 50, Number.NaN])
    expect(thrown(() => survivalQuantile(curve, probability))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "probability",
      message: expect.stringContaining(String(probability)),
    });
  expect(thrown(() => survivalQuantile(null as unknown as SurvivalCurve)).path).toBe("curve");
});

test("quartiles and median, value and limits, are their definition", () => {
  const wanted = (time: readonly number[], shares: readonly (number | null)[], share: number) => {
    // Distances of shares of 60 subjects are far from 1e-7, but for rounding.
    const reached = time.filter((_, i) => Number(shares[i] ?? 1) <= share + 1e-7);
    if (reached.length === 0) return null;
    const below = time.filter((now, i) => now >= reached[0] && Number(shares[i] ?? 1) <= share - 1e-7);
    if (below.length > 0) return (reached[0] + below[0]) / 2;
    return shares.at(-1) === null ? null : (reached[0] + time[time.length - 1]) / 2;
  };
  fc.assert(
    fc.property(survivalRows({ entry: true, weight: true }), (rows) => {
      const curve = kaplanMeier(rows);
      fc.pre(curve.emptiedAt === null);
      const { time, survival, lower, upper } = curve.points.columns;
      for (const probability of [0.25, 0.5, 0.75]) {
        const quartile = survivalQuantile(curve, probability);
        expect([quartile.value, quartile.lower, quartile.upper]).toEqual(
          [survival, lower, upper].map((shares) => wanted(time, shares, 1 - probability)),
        );
        expect(quartile.reason === null).toBe(
          quartile.value !== null && quartile.lower !== null && quartile.upper !== null,
        );
      }
    }),
  );
});

test("the share alone may come down so far: an upper limit is undefined where it ends at 0", () => {
  const { value, reason } = survivalQuantile(kaplanMeier({ duration: [1, 2, 3], event: [1, 1, 1] }));
  expect([value, reason]).toEqual([2, "upper: not down to 1 - 0.5 when the curve ends, at 3"]);
});

test("late entry that empties the risk set: what was known before, and nothing of the fall to 0", () => {
  const late = { duration: [20, 30], event: [1, 0] as (0 | 1)[], entry: [9, 9] };
  const emptied = (duration: number[]) =>
    kaplanMeier({
      duration: [...duration, ...late.duration],
      event: [...duration.map((): 1 => 1), ...late.event],
      entry: [...duration.map(() => 0), ...late.entry],
    });
  const emptiedAt1 = survivalQuantile(emptied([1]));
  expect(emptiedAt1).toMatchObject({ value: null, lower: null, upper: null });
  expect(emptiedAt1.reason).toBe(
    "value, lower, upper: not down to 1 - 0.5 when the curve ends, at 1; all under observation had the event by 1, though others who were not yet were seen later",
  );
  const four = emptied([1, 2, 3, 4]);
  expect(survivalQuantile(four, 0.25).value).toBe(1.5);
  expect(survivalQuantile(four, 0.6).value).toBe(3);
  // Level at exactly 0.25 up to 4, where nothing more is known.
  expect(survivalQuantile(four, 0.75).value).toBe(3.5);
  expect(survivalQuantile(four, 0.8).value).toBeNull();
});

test("a curve without limits", () => {
  const curve = kaplanMeier({ duration: [1, 2, 3, 6], event: [1, 1, 1, 1] }, { interval: "none" });
  expect(survivalQuantile(curve)).toMatchObject({
    value: 2.5,
    lower: null,
    upper: null,
    reason: 'lower, upper: the curve was made without limits, interval "none"',
  });
});
