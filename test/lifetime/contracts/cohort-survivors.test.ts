import { describe, expect, test } from "vitest";
import { renewalCounts } from "../../../src/lifetime/contracts/cohort-survivors.js";
import { thrown } from "../thrown.js";

describe("renewalCounts", () => {
  test("one cohort", () => {
    expect(renewalCounts([100, 80, 70])).toEqual({
      renewed: [80, 70],
      left: [20, 10],
      customers: 100,
      renewals: 2,
    });
  });

  test("cohorts of different lengths are pooled by renewal, one seen late among them", () => {
    const lists = renewalCounts([
      [100, 80, 70],
      [50, 45],
    ]);
    expect(lists).toEqual({ renewed: [125, 70], left: [25, 10], customers: 150, renewals: 2 });
    const late = renewalCounts([
      { cohort: "late", tenure: 2, customers: 20 },
      { cohort: "late", tenure: 1, customers: 25 },
      { cohort: "b", tenure: 1, customers: 45 },
      { cohort: "b", tenure: 0, customers: 50 },
    ]);
    expect(late).toEqual({ renewed: [45, 20], left: [5, 5], customers: 75, renewals: 2 });
  });

  test("a table says the same as rows", () => {
    const columns = { cohort: ["a", "a", "b", "b"], tenure: [0, 1, 0, 1], customers: [10, 6, 8, 7] };
    const rows = columns.cohort.map((cohort, i) => ({
      cohort,
      tenure: columns.tenure[i],
      customers: columns.customers[i],
    }));
    expect(renewalCounts({ columns })).toEqual(renewalCounts(rows));
  });

  test("a renewal to which nobody came is not counted", () => {
    expect(renewalCounts([10, 0, 0])).toEqual({ renewed: [0, 0], left: [10, 0], customers: 10, renewals: 1 });
    const late = [
      { tenure: 3, customers: 10 },
      { tenure: 4, customers: 8 },
    ];
    expect(renewalCounts(late)).toEqual({
      renewed: [0, 0, 0, 8],
      left: [0, 0, 0, 2],
      customers: 10,
      renewals: 1,
    });
  });

  // biome-ignore format: a line for each
  test.each([
    ["survivors that rise", [100, 80, 90], "cohorts[2].customers", "row 3, customers: 90 is more than the 80 of the renewal before"],
    ["in the second list", [[10, 8], [10, 11]], "cohorts[1][1]", "row 2, [1]: 11 is more than the 10 of the renewal before"],
    ["below 0", [100, -1], "cohorts[1].customers", "row 2, customers: -1 is no number of 0 or more"],
    ["no number", [100, Number.NaN], "cohorts[1].customers", "row 2, customers: NaN is no number of 0 or more"],
    ["a gap", [{ tenure: 0, customers: 9 }, { tenure: 2, customers: 5 }], "cohorts[1].tenure", "row 2, tenure: 2 has no row of tenure 1 before it in its cohort"],
    ["half a tenure", [{ tenure: 0.5, customers: 9 }], "cohorts[0].tenure", "row 1, tenure: 0.5 is no whole number of renewals"],
    ["twice", [{ tenure: 0, customers: 9 }, { tenure: 0, customers: 8 }], "cohorts[1].tenure", "row 2, tenure: 0 stands twice in its cohort"],
    ["missing", [{ tenure: 0 }], "cohorts[0].customers", "row 1, customers: is missing"],
    ["no row", [null], "cohorts[0].tenure", "row 1, tenure: is missing"],
  ])("%s", (_, input, path, message) => {
    const error = thrown(() => renewalCounts(input as number[]));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", path]);
    expect(error.message).toContain(message);
  });

  test.each([
    ["nothing", [], "cohorts"],
    ["no list", "1000, 869", "cohorts"],
    ["columns of two lengths", { columns: { tenure: [0, 1], customers: [9] } }, "cohorts.columns.customers"],
    ["columns without tenure", { columns: { customers: [9] } }, "cohorts.columns.tenure"],
  ])("%s", (_, input, path) => {
    const error = thrown(() => renewalCounts(input as number[]));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
  });
});
