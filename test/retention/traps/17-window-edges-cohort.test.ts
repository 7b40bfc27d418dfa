import { describe, expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { countsByCohort, visits } from "../cohorts/cohort-logs.js";

describe("trap 17: edges of cohorts and ages are half-open", () => {
  const log = visits(
    {
      last: ["2024-01-31T16:59:59.999Z"],
      first: ["2024-01-31T17:00:00Z", "2024-02-29T16:59:59.999Z"],
      next: ["2024-01-31T17:00:00Z", "2024-02-29T17:00:00Z"],
    },
    "Asia/Jakarta",
  );

  test("the first instant of a month in the zone belongs to it, the last one before does not", () => {
    const table = cohortTable(log, { asOf: "2024-04-01", by: "month" });
    expect(countsByCohort(table)).toEqual({ "2024-01": "1 0 0", "2024-02": "2 1 -" });
  });

  test("the zone of the call counts, not the log's", () => {
    const table = cohortTable(log, { asOf: "2024-04-01", by: "month", timeZone: "UTC" });
    expect(countsByCohort(table)).toEqual({ "2024-01": "3 2 0" });
  });

  test("what happens at asOf does not exist yet", () => {
    const sizes = (asOf: string) =>
      cohortTable(log, { asOf, by: "month" }).cohorts.map(({ customers }) => customers);
    expect(sizes("2024-01-31T17:00:00Z")).toEqual([1]);
    expect(sizes("2024-01-31T17:00:00.001Z")).toEqual([1, 2]);
  });
});
