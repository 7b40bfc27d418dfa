import { describe, expect, test } from "vitest";
import { fixedCohortCurves } from "../../../src/retention/cohorts/cohort-curves.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../../history/reference-log.js";
import { pooledRates } from "../cohorts/cohort-logs.js";

describe("trap 8: the pooled curve rises though 'on or after' should fall", () => {
  const table = cohortTable(referenceLog, { asOf: "2025-01-01", by: "month", mode: "onOrAfter" });

  test("months 9 to 11 rest on ever fewer cohorts: .6364, .7, .7778", () => {
    expect(pooledRates(table).slice(9, 12)).toEqual([7 / 11, 7 / 10, 7 / 9]);
  });

  test("the same cohorts throughout: it falls", () => {
    // Observed through month 11 are all but K (2024-02) and D (2024-03); E and F of the nine never came back.
    const { points } = fixedCohortCurves(table, 11).curve;
    expect(points.map(({ pooled }) => pooled.value)).toEqual([1, ...Array(11).fill(7 / 9)]);
    expect(new Set(points.map(({ pooled }) => pooled.denominator))).toEqual(new Set([9]));
  });

  test("whatever the age that the cohorts are fixed at", () => {
    for (let age = 0; age < 36; age++) {
      const rates = fixedCohortCurves(table, age).curve.points.map(
        ({ pooled }) => pooled.value ?? Number.NaN,
      );
      expect(rates.length).toBe(age + 1);
      for (let i = 1; i < rates.length; i++) expect(rates[i]).toBeLessThanOrEqual(rates[i - 1]);
    }
  });
});
