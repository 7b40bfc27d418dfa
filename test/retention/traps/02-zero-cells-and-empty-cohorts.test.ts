import { describe, expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { monthlyCohorts, pooledRates } from "../cohorts/cohort-logs.js";

describe("trap 2: cells with nobody dropped from the mean, empty cohorts counted in it", () => {
  test("0 % and 25 % make 12.5 %, not 25 %", () => {
    const log = monthlyCohorts([
      [1, 4, 0],
      [2, 4, 1],
    ]);
    const point = cohortTable(log, { asOf: "2024-04-01", by: "month" }).curve.points[1];
    expect(point.simple).toEqual({ value: 0.125, numerator: 0.25, denominator: 2, reason: null });
    expect(point.pooled).toEqual({ value: 0.125, numerator: 1, denominator: 8, reason: null });
  });

  test("months in which nobody started are shown, and leave age 0 at 100 %", () => {
    const log = monthlyCohorts([
      [1, 4, 2],
      [4, 2, 1],
    ]);
    const table = cohortTable(log, { asOf: "2024-06-01", by: "month" });
    expect(table.cohorts.map(({ customers }) => customers)).toEqual([4, 0, 0, 2]);
    expect(table.cells.columns.rate.slice(5, 8)).toEqual([null, null, null]);
    expect(table.cells.columns.customers.slice(5, 8)).toEqual([0, 0, 0]);
    expect(table.cells.columns.reason[5]).toBe("customers in the cohort: 0");
    expect(pooledRates(table).slice(0, 2)).toEqual([1, 0.5]);
    expect(table.curve.points.slice(0, 2).map(({ simple, cohorts }) => [simple.value, cohorts])).toEqual([
      [1, 2],
      [0.5, 2],
    ]);
  });
});
