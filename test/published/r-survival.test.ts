import { describe, expect, test } from "vitest";
import { kaplanMeier } from "../../src/statistics/survival/kaplan-meier.js";
import { logRankTest } from "../../src/statistics/survival/log-rank-test.js";
import { nelsonAalen } from "../../src/statistics/survival/nelson-aalen.js";
import { restrictedMeanSurvival } from "../../src/statistics/survival/restricted-mean-survival.js";
import type { SurvivalIntervalMethod } from "../../src/statistics/survival/survival-limits.js";
import { survivalQuantile } from "../../src/statistics/survival/survival-quantile.js";
import { relativeError } from "../statistics/relative-error.js";
import reference from "./r-survival.json";

// Values of R 4.2.2 with its package survival 3.5-3 (survfit, quantile, survmean, survdiff, coxph): r-survival.R makes
// them of made-up data and writes data and results to r-survival.json with 17 digits.

type Numbers = readonly (number | null)[];

/** 1e-11: both programs round each step; the longest products here have 60 factors. */
function expectClose(got: Numbers, want: Numbers, tolerance = 1e-11): void {
  expect(got.map((value) => value === null)).toEqual(want.map((value) => value === null));
  got.forEach((value, i) => {
    expect(relativeError(Number(value), Number(want[i])), `at ${i}: ${value}, R ${want[i]}`).toBeLessThan(
      tolerance,
    );
  });
}

const methods: readonly SurvivalIntervalMethod[] = ["plain", "log", "logLog", "logit", "arcsine"];

describe.each(Object.entries(reference.curves))("survfit: %s", (_name, r) => {
  const data = {
    duration: r.duration,
    event: r.event as (0 | 1)[],
    entry: r.entry ?? undefined,
    weight: r.weight ?? undefined,
  };
  const [confidenceLevel] = r.level;

  test("curve and its standard error", () => {
    const { columns } = kaplanMeier(data, { confidenceLevel }).points;
    expect(columns.time).toEqual(r.time);
    expectClose(columns.atRisk, r.atRisk);
    expectClose(columns.events, r.events);
    expectClose(columns.censored, r.censored);
    expectClose(columns.survival, r.survival);
    expectClose(columns.standardError, r.standardError);
  });

  test("cumulative hazard and its standard error", () => {
    const { columns } = nelsonAalen(data).points;
    expectClose(columns.cumulativeHazard, r.cumulativeHazard);
    expectClose(columns.standardError, r.hazardError);
  });

  test.each(methods)("limits and quantiles: %s", (interval) => {
    const curve = kaplanMeier(data, { interval, confidenceLevel });
    const limits = r.limits[interval];
    const { lower, upper } = curve.points.columns;
    // Absolute: a lower limit of 1e-9 and the like has lost its leading digits on the way in both programs.
    expect(lower.map((value) => value === null)).toEqual(limits.lower.map((value) => value === null));
    lower.forEach((value, i) => {
      expect(Number(value)).toBeCloseTo(Number(limits.lower[i]), 11);
      expect(Number(upper[i])).toBeCloseTo(Number(limits.upper[i]), 11);
    });

    // R reads on where late entry emptied the risk set: from there on nothing is known.
    if (curve.emptiedAt !== null) return;
    reference.probabilities.forEach((probability, i) => {
      const quantile = survivalQuantile(curve, probability);
      expect(quantile.value).toBe(limits.quantile[i]);
      // Where limits rise again, R's quantile() reads them in order of size, its print() in order of time.
      if (falls(lower)) expect(quantile.lower).toBe(limits.quantileLower[i]);
      if (falls(upper)) expect(quantile.upper).toBe(limits.quantileUpper[i]);
    });
  });

  test("restricted means, also beyond the last time", () => {
    const curve = kaplanMeier(data);
    const means = r.horizon.map((horizon) => restrictedMeanSurvival(curve, horizon));
    if (curve.emptiedAt !== null) {
      for (const { horizon, value, standardError } of means) {
        const at = r.horizon.indexOf(horizon);
        if (horizon > curve.emptiedAt) expect(value).toBeNull();
        else expectClose([value, standardError], [r.mean[at], r.meanError[at]]);
      }
      return;
    }
    expectClose(
      means.map(({ value }) => value),
      r.mean,
    );
    expectClose(
      means.map(({ standardError }) => standardError),
      r.meanError,
    );
  });
});

function falls(limits: Numbers): boolean {
  const known = limits.filter((value) => value !== null);
  return known.every((value, i) => i === 0 || value <= known[i - 1] + 1e-12);
}

test("print(survfit): medians whose limits rise again", () => {
  let compared = 0;
  for (const r of Object.values(reference.curves)) {
    const data = {
      ...r,
      event: r.event as (0 | 1)[],
      entry: r.entry ?? undefined,
      weight: r.weight ?? undefined,
    };
    for (const interval of methods) {
      const curve = kaplanMeier(data, { interval, confidenceLevel: r.level[0] });
      if (falls(curve.points.columns.lower) && falls(curve.points.columns.upper)) continue;
      const { value, lower, upper } = survivalQuantile(curve);
      expect([value, lower, upper]).toEqual(r.limits[interval].printedMedian);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(0);
});

describe.each(Object.entries(reference.tests))("log-rank test: %s", (_name, r) => {
  test("observed, expected, covariance, chi-square", () => {
    const r0 = r as Partial<(typeof reference.tests)["strata"]> & typeof r;
    const result = logRankTest(
      {
        duration: r.duration,
        event: r.event as (0 | 1)[],
        group: r.group,
        stratum: r.stratum ?? undefined,
        entry: r.entry ?? undefined,
        weight: r.weight ?? undefined,
      },
      { rho: r.rho[0] },
    );
    expect(relativeError(Number(result.chiSquare), r.chiSquare[0])).toBeLessThan(1e-11);
    if (r0.expected === undefined) return;
    expect(result.groups.map(({ group }) => group)).toEqual(r0.names);
    expectClose(
      result.groups.map(({ observed }) => observed),
      r0.observed ?? [],
    );
    expectClose(
      result.groups.map(({ expected }) => expected),
      r0.expected,
    );
    result.covariance.forEach((row, i) => {
      expectClose(row, r0.covariance?.[i] ?? []);
    });
    expect(relativeError(Number(result.pValue), r0.pValue?.[0] ?? Number.NaN)).toBeLessThan(1e-10);
  });
});
