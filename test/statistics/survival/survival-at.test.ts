import fc from "fast-check";
import { expect, test } from "vitest";
import { kaplanMeier, type SurvivalCurve } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import { thrown } from "../../core/thrown.js";
import { survivalRows } from "./survival-sample.js";

const data = { duration: [2, 4, 4, 7], event: [false, true, false, true] };

test("steps down at the time of an event, and is level between", () => {
  const curve = kaplanMeier(data);
  const shares = [0, 1.9, 2, 3.999, 4, 6.9, 7, 100].map((time) => survivalAt(curve, time).survival);
  expect(shares).toEqual([1, 1, 1, 1, 2 / 3, 2 / 3, 0, 0].map((share) => expect.closeTo(share, 14)));
});

test("where the share is 1 or 0, says what is undefined", () => {
  const curve = kaplanMeier(data);
  for (const time of [1, 3]) {
    expect(survivalAt(curve, time)).toEqual({
      time,
      survival: 1,
      standardError: 0,
      interval: null,
      reason: "interval: undefined where the share is 1, except for the methods plain and log",
    });
    expect(survivalAt(kaplanMeier(data, { interval: "log", confidenceLevel: 0.9 }), time)).toMatchObject({
      interval: { lower: 1, upper: 1, confidenceLevel: 0.9 },
      reason: null,
    });
  }
  expect(survivalAt(curve, 8)).toEqual({
    time: 8,
    survival: 0,
    standardError: null,
    interval: null,
    reason: "standardError and interval: undefined where the share is 0",
  });
});

test("nothing is known beyond the last time seen, or without subjects", () => {
  const curve = kaplanMeier({ duration: [2, 5], event: [true, false] });
  expect(survivalAt(curve, 5).survival).toBe(0.5);
  expect(survivalAt(curve, 5.1)).toMatchObject({ survival: null, reason: "nobody was watched beyond 5" });
  expect(survivalAt(kaplanMeier([]), 0)).toMatchObject({ survival: null, reason: "no subjects" });
});

test("at each point of the curve it is that point", () => {
  fc.assert(
    fc.property(survivalRows({ entry: true }), (rows) => {
      const curve = kaplanMeier(rows);
      const { time, survival, standardError, lower } = curve.points.columns;
      time.forEach((now, i) => {
        const at = survivalAt(curve, now);
        if (curve.emptiedAt !== null && now >= curve.emptiedAt) {
          expect([at.survival, at.standardError, at.interval]).toEqual([null, null, null]);
          expect(at.reason).toContain(`by ${curve.emptiedAt}`);
          return;
        }
        expect([at.survival, at.standardError, at.interval?.lower ?? null]).toEqual([
          survival[i],
          standardError[i],
          lower[i],
        ]);
        expect(at.reason === null).toBe(at.interval !== null);
      });
    }),
  );
});

test("bad input", () => {
  const time = thrown(() => survivalAt(kaplanMeier(data), -1));
  expect(time).toMatchObject({ code: "INVALID_ARGUMENT", path: "time" });
  expect(time.message).toContain("-1");
  const curve = thrown(() => survivalAt({} as SurvivalCurve, 1));
  expect(curve).toMatchObject({ code: "INVALID_ARGUMENT", path: "curve" });
  expect(curve.message).toContain("pass a curve of kaplanMeier");
});

test("from where late entry emptied the risk set on nothing is known, before it all", () => {
  const curve = kaplanMeier({ duration: [1, 2, 12, 14], event: [1, 1, 1, 0], entry: [0, 0, 5, 5] });
  expect(curve.emptiedAt).toBe(2);
  expect(survivalAt(curve, 1.5).survival).toBe(0.5);
  for (const time of [2, 3, 12, 20])
    expect(survivalAt(curve, time)).toEqual({
      time,
      survival: null,
      standardError: null,
      interval: null,
      reason: "all under observation had the event by 2, though others who were not yet were seen later",
    });
});

test("a curve without limits has none at any time, and says so", () => {
  const curve = kaplanMeier(data, { interval: "none" });
  for (const time of [1, 2, 4])
    expect(survivalAt(curve, time)).toMatchObject({
      interval: null,
      reason: 'interval: the curve was made without limits, interval "none"',
    });
  expect(survivalAt(curve, 7).reason).toBe("standardError and interval: undefined where the share is 0");
});
