import { describe, expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { countsByCohort, visits } from "../cohorts/cohort-logs.js";

describe("trap 6: the day on which the week starts", () => {
  // Friday 5, Saturday 6, Sunday 7 and Monday 8 January 2024.
  const log = visits({
    ani: ["2024-01-05", "2024-01-06"],
    budi: ["2024-01-06", "2024-01-07"],
    citra: ["2024-01-07", "2024-01-08"],
  });
  const byWeek = (weekStartsOn?: number) =>
    countsByCohort(cohortTable(log, { asOf: "2024-02-01", by: "week", maxAge: 1, weekStartsOn }));

  test("Monday by default, ISO 8601: only Sunday to Monday crosses", () => {
    expect(byWeek()).toEqual({ "2024-W01": "3 1" });
    expect(byWeek(1)).toEqual(byWeek());
  });
  test("Saturday", () => {
    expect(byWeek(6)).toEqual({ "2023-12-30": "1 1", "2024-01-06": "2 0" });
  });
  test("Sunday", () => {
    expect(byWeek(0)).toEqual({ "2023-12-31": "2 1", "2024-01-07": "1 0" });
  });
});
