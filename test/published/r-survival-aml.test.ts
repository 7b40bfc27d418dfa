import { describe, expect, test } from "vitest";
import { kaplanMeier } from "../../src/statistics/survival/kaplan-meier.js";
import { logRankTest } from "../../src/statistics/survival/log-rank-test.js";
import { nelsonAalen } from "../../src/statistics/survival/nelson-aalen.js";
import { restrictedMeanSurvival } from "../../src/statistics/survival/restricted-mean-survival.js";
import type { SurvivalIntervalMethod } from "../../src/statistics/survival/survival-limits.js";
import { survivalQuantile } from "../../src/statistics/survival/survival-quantile.js";
import { relativeError } from "../statistics/relative-error.js";
import reference from "./r-survival-aml.json";

// Survival in acute myelogenous leukemia, with and without maintained chemotherapy (Miller 1997, Survival Analysis,
// p. 49; data set aml of R's package survival), 23 patients with ties and censoring. Results of R 4.2.2, survival 3.5-3,
// to 15 digits.

const { duration, group } = reference.input;
const event = reference.input.event as (0 | 1)[];

function patientsOf(name: string) {
  const rows = [...duration.keys()].filter((row) => name === "all" || group[row] === name);
  return rows.map((row) => ({ duration: duration[row], event: event[row] }));
}

/** 1e-12: the reference has 15 digits. */
function expectClose(got: readonly (number | null)[], want: readonly (number | null)[]): void {
  expect(got.map((value) => value === null)).toEqual(want.map((value) => value === null));
  got.forEach((value, i) => {
    expect(relativeError(Number(value), Number(want[i])), `at ${i}: ${value}, R ${want[i]}`).toBeLessThan(
      1e-12,
    );
  });
}

describe.each(Object.entries(reference.curves))("survfit of aml: %s", (name, byMethod) => {
  test.each(Object.entries(byMethod))("conf.type %s", (interval, want) => {
    const curve = kaplanMeier(patientsOf(name), { interval: interval as SurvivalIntervalMethod });
    const { columns } = curve.points;
    for (const column of ["time", "atRisk", "events", "censored"] as const)
      expect(columns[column]).toEqual(want[column]);
    for (const column of ["survival", "standardError", "lower", "upper"] as const)
      expectClose(columns[column], want[column]);
  });
});

test("cumulative hazard and its standard error", () => {
  const { columns } = nelsonAalen({ duration, event }).points;
  expect(columns.time).toEqual(reference.nelsonAalen.time);
  expectClose(columns.cumulativeHazard, reference.nelsonAalen.cumulativeHazard);
  expectClose(columns.standardError, reference.nelsonAalen.standardError);
});

test.each(reference.medians)("median: $group, $interval", ({ group, interval, ...want }) => {
  const curve = kaplanMeier(patientsOf(group), { interval: interval as SurvivalIntervalMethod });
  expect(survivalQuantile(curve)).toMatchObject(want);
});

test.each(reference.restrictedMeans)(
  "restricted mean: $group up to $horizon",
  ({ group, horizon, ...want }) => {
    const { value, standardError } = restrictedMeanSurvival(kaplanMeier(patientsOf(group)), horizon);
    expectClose([value, standardError], [want.value, want.standardError]);
  },
);

test("log-rank test", () => {
  const { groups, chiSquare, pValue, degreesOfFreedom } = logRankTest({ duration, event, group });
  expect(groups).toMatchObject(reference.logRank.groups.map(({ expected: _, ...rest }) => rest));
  expectClose(
    groups.map(({ expected }) => expected),
    reference.logRank.groups.map(({ expected }) => expected),
  );
  expect(degreesOfFreedom).toBe(1);
  expectClose([chiSquare, pValue], [reference.logRank.chiSquare, reference.logRank.pValue]);
});
