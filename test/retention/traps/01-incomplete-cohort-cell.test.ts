import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { countsByCohort, monthlyCohorts, pooledRates, visits } from "../cohorts/cohort-logs.js";

describe("trap 1: an incomplete last period drags the mean or the curve", () => {
  // 500 of 1000 and 400 of 500 came back; of 700 in March 10 have so far, in an April that is not over.
  const log = monthlyCohorts([
    [1, 1000, 500],
    [2, 500, 400],
    [3, 700, 10],
  ]);

  test("its cell is null and in no total: .60, not 910/2200 = .41364", () => {
    const table = cohortTable(log, { asOf: "2024-04-15", by: "month" });
    expect(countsByCohort(table)).toEqual({
      "2024-01": "1000 500 0",
      "2024-02": "500 400 -",
      "2024-03": "700 - -",
    });
    expect(table.curve.points[1].pooled).toEqual({
      value: 0.6,
      numerator: 900,
      denominator: 1500,
      reason: null,
    });
    expect(rows(table.cells)[4 + 3]).toEqual({
      group: null,
      cohort: "2024-03",
      age: "1",
      from: 1,
      to: 2,
      size: 700,
      customers: null,
      rate: null,
      lower: null,
      upper: null,
      revenue: null,
      profit: null,
      cumulativeRevenue: null,
      cumulativeRevenuePerCustomer: null,
      reason: "not over at asOf",
    });
  });

  test("it counts from the instant at which the month is over", () => {
    const at = (asOf: string) => pooledRates(cohortTable(log, { asOf, by: "month" }))[1];
    expect(at("2024-04-30T23:59:59.999Z")).toBe(0.6);
    expect(at("2024-05-01T00:00:00Z")).toBe(910 / 2200);
  });

  test("a bracket counts when all of it is over", () => {
    const mode = {
      brackets: [
        [0, 1],
        [1, 3],
      ] as [number, number][],
    };
    const at = (asOf: string) => countsByCohort(cohortTable(log, { asOf, by: "month", mode }))["2024-02"];
    expect(at("2024-04-30T23:59:59.999Z")).toBe("500 -");
    expect(at("2024-05-01T00:00:00Z")).toBe("500 400");
  });

  test("rolling: when the window of the customer who started last is over, and the cohort is complete", () => {
    const days = visits({ ani: ["2024-01-01", "2024-01-05"], budi: ["2024-01-20", "2024-01-29"] });
    const at = (asOf: string) =>
      countsByCohort(cohortTable(days, { asOf, by: "month", rollingDays: 7, maxAge: 1 }));
    // Two windows of both are over on 3 February at the hour; until 1 February others may still join the cohort.
    expect(at("2024-01-31T23:59:59Z")).toEqual({ "2024-01": "- -" });
    expect(at("2024-02-01")).toEqual({ "2024-01": "2 -" });
    expect(at("2024-02-02T23:59:59.999Z")).toEqual({ "2024-01": "2 -" });
    expect(at("2024-02-03")).toEqual({ "2024-01": "2 1" });
  });
});
