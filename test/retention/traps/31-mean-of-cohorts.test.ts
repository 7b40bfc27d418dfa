import { expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { monthlyCohorts } from "../cohorts/cohort-logs.js";

test("trap 31: the mean of cohorts, pooled .60 and simple .65, neither .56", () => {
  const log = monthlyCohorts([
    [1, 1000, 500],
    [2, 500, 400],
    [3, 700, 10],
  ]);
  const { curve } = cohortTable(log, { asOf: "2024-04-01", by: "month" });
  const { pooled, simple, cohorts } = curve.points[1];
  expect(pooled).toEqual({ value: 0.6, numerator: 900, denominator: 1500, reason: null });
  expect(simple).toEqual({ value: 0.65, numerator: 1.3, denominator: 2, reason: null });
  expect(cohorts).toBe(2);
});
