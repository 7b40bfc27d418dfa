import { describe, expect, test } from "vitest";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival/survival-at.js";
import type { SurvivalIntervalMethod } from "../../../src/statistics/survival/survival-limits.js";

// The first point is a censoring (share 1), the last an event of all who are left (share 0). R 4.2.2, survival 3.5-3:
// survfit(Surv(c(1, 2, 2, 3), c(0, 1, 0, 1)) ~ 1, conf.type = ...) prints the values below, NA or NaN for null.
const data = { duration: [1, 2, 2, 3], event: [false, true, false, true] };

describe("trap 28: intervals of a survival share differ by the scale, and are undefined at its ends", () => {
  test("log-log is the default", () => {
    expect(kaplanMeier(data)).toEqual(kaplanMeier(data, { interval: "logLog" }));
    expect(kaplanMeier(data).intervalMethod).toBe("logLog");
  });

  test.each<[SurvivalIntervalMethod, number, number]>([
    ["plain", 0.133232, 1],
    ["log", 0.2995071, 1],
    ["logLog", 0.05407343, 0.9452064],
    ["logit", 0.1535131, 0.9566281],
    ["arcsine", 0.1442085, 0.9975332],
  ])("%s: the interval of 2/3", (interval, lower, upper) => {
    const { columns } = kaplanMeier(data, { interval }).points;
    expect(columns.survival[1]).toBeCloseTo(2 / 3, 14);
    expect(columns.lower[1]).toBeCloseTo(lower, 7);
    expect(columns.upper[1]).toBeCloseTo(upper, 7);
  });

  test.each<[SurvivalIntervalMethod, number | null]>([
    ["plain", 1],
    ["log", 1],
    ["logLog", null],
    ["logit", null],
    ["arcsine", null],
  ])("%s: a share of 1 has the interval 1 to 1 or none", (interval, limit) => {
    const { lower, upper, standardError } = kaplanMeier(data, { interval }).points.columns;
    expect([lower[0], upper[0]]).toEqual([limit, limit]);
    expect(standardError[0]).toBe(0);
  });

  test.each<SurvivalIntervalMethod>(["plain", "log", "logLog", "logit", "arcsine"])(
    "%s: a share of 0 has no interval, not 0 to 0",
    (interval) => {
      const curve = kaplanMeier(data, { interval });
      const { survival, standardError, lower, upper } = curve.points.columns;
      expect([survival[2], standardError[2], lower[2], upper[2]]).toEqual([0, null, null, null]);
      expect(survivalAt(curve, 3)).toMatchObject({ survival: 0, interval: null });
    },
  );
});

describe("trap 28: the same with weights and late entry", () => {
  // R 4.2.2, survival 3.5-3: survfit(Surv(c(0, 0, 1, 0, 2.5, 1), c(1, 3, 3, 4, 5, 5), c(0, 1, 0, 1, 1, 1)) ~ 1,
  // weights = c(1, 2, .5, 1.5, 2, 1), conf.type = ..., robust = FALSE)
  const entered = {
    duration: [1, 3, 3, 4, 5, 5],
    event: [0, 1, 0, 1, 1, 1] as (0 | 1)[],
    entry: [0, 0, 1, 0, 2.5, 1],
    weight: [1, 2, 0.5, 1.5, 2, 1],
  };

  test.each<[SurvivalIntervalMethod, number | null, [number, number], [number, number]]>([
    ["plain", 1, [0.3796278532, 1], [0.09335563602, 0.85902531636]],
    ["log", 1, [0.4470909479, 1], [0.2131219996, 1]],
    ["logLog", null, [0.2581536655, 0.919797456], [0.1116242352, 0.7779783256]],
    ["logit", null, [0.3266155139, 0.9279832032], [0.1638125729, 0.8083786828]],
    ["arcsine", null, [0.3532501551, 0.963006023], [0.1364197893, 0.8292794724]],
  ])("%s: where the share is 1, between, and 0", (interval, atOne, third, fourth) => {
    const { columns } = kaplanMeier(entered, { interval }).points;
    expect(columns.time).toEqual([1, 3, 4, 5]);
    expect(columns.atRisk).toEqual([4.5, 7, 4.5, 3]);
    [1, 0.7142857143, 0.4761904762, 0].forEach((share, i) => {
      expect(columns.survival[i]).toBeCloseTo(share, 10);
    });
    [0, 0.1707469442, 0.1953274872].forEach((error, i) => {
      expect(columns.standardError[i]).toBeCloseTo(error, 10);
    });
    expect([columns.lower[0], columns.upper[0]]).toEqual([atOne, atOne]);
    for (const [i, limits] of [third, fourth].entries()) {
      // R prints ten digits.
      expect(columns.lower[i + 1]).toBeCloseTo(limits[0], 9);
      expect(columns.upper[i + 1]).toBeCloseTo(limits[1], 9);
    }
    expect([columns.standardError[3], columns.lower[3], columns.upper[3]]).toEqual([null, null, null]);
  });
});
