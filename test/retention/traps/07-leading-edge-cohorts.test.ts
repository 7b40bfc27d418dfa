import { expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../../history/reference-log.js";

test("trap 7: cohorts too young for an age in its denominator: 4/9 at month 12, not 4/11", () => {
  const { curve } = cohortTable(referenceLog, { asOf: "2025-01-01", by: "month" });
  expect(curve.points[0].pooled.denominator).toBe(11);
  expect(curve.points[12].pooled).toEqual({ value: 4 / 9, numerator: 4, denominator: 9, reason: null });
});
