import { expect, test } from "vitest";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { referenceLog } from "../../history/reference-log.js";
import { countsByCohort } from "./cohort-logs.js";

// Every cell of the made-up reference log, by hand and by two independent programs: cohorts by the month of the first
// qualifying purchase, UTC, as of 2025-01-01. A dash is a month that is not over.

const ON = {
  "2022-01": "2 0 1 0 0 1 0 0 0 0 0 1 1 1 0 0 0 0 1 0 0 0 0 0 1 1 0 0 0 0 0 1 0 0 0 0",
  "2022-02": "1 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 -",
  "2022-05": "1 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - -",
  "2022-08": "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - - - - -",
  "2022-12": "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - - - - - - - - -",
  "2023-01": "1 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 - - - - - - - - - - - -",
  "2023-03": "1 1 0 0 0 0 0 1 0 0 0 0 1 0 0 0 0 0 0 0 0 1 - - - - - - - - - - - - - -",
  "2023-12": "1 0 0 0 0 0 1 0 0 0 0 0 1 - - - - - - - - - - - - - - - - - - - - - - -",
  "2024-02": "1 1 0 0 0 0 0 0 0 0 0 - - - - - - - - - - - - - - - - - - - - - - - - -",
  "2024-03": "1 0 0 0 0 0 0 0 0 0 - - - - - - - - - - - - - - - - - - - - - - - - - -",
};
const ON_POOLED =
  "1/1 2/11 1/11 0/1 0/1 2/11 1/11 2/11 0/1 0/1 0/1 1/9 4/9 1/8 0/1 0/1 1/8 0/1 1/8 0/1 0/1 1/8 0/1 0/1 1/3 1/5 0/1 0/1 0/1 0/1 0/1 1/4 0/1 0/1 0/1 0/1";

const ON_OR_AFTER = {
  "2022-01": "2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 1 1 1 1 1 1 0 0 0 0",
  "2022-02": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0 0 0 -",
  "2022-05": "1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - -",
  "2022-08": "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - - - - -",
  "2022-12": "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 - - - - - - - - - - -",
  "2023-01": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 0 0 0 0 0 - - - - - - - - - - - -",
  "2023-03": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 - - - - - - - - - - - - - -",
  "2023-12": "1 1 1 1 1 1 1 1 1 1 1 1 1 - - - - - - - - - - - - - - - - - - - - - - -",
  "2024-02": "1 1 0 0 0 0 0 0 0 0 0 - - - - - - - - - - - - - - - - - - - - - - - - -",
  "2024-03": "1 0 0 0 0 0 0 0 0 0 - - - - - - - - - - - - - - - - - - - - - - - - - -",
};
const ON_OR_AFTER_POOLED =
  "1/1 8/11 7/11 7/11 7/11 7/11 7/11 7/11 7/11 7/11 7/10 7/9 7/9 5/8 5/8 5/8 5/8 1/2 1/2 1/2 1/2 1/2 3/7 3/7 1/2 2/5 1/5 1/5 1/5 1/4 1/4 1/4 0/1 0/1 0/1 0/1";

test.each([
  ["on", ON, ON_POOLED],
  ["onOrAfter", ON_OR_AFTER, ON_OR_AFTER_POOLED],
] as const)("counted %s: every cell, every pooled rate", (mode, expected, expectedPooled) => {
  const table = cohortTable(referenceLog, { asOf: "2025-01-01", by: "month", mode });
  expect(countsByCohort(table)).toEqual(expected);
  expect(table.ages.length).toBe(36);
  const fractions = expectedPooled.split(" ").map((fraction) => fraction.split("/").map(Number));
  expect(table.curve.points.length).toBe(fractions.length);
  table.curve.points.forEach(({ pooled }, age) => {
    const [numerator, denominator] = fractions[age];
    // The fractions are in lowest terms.
    expect(pooled.numerator * denominator).toBe(numerator * pooled.denominator);
    expect(pooled.value).toBe(numerator / denominator);
  });
});

test("the members of the cohorts, and the months without a new customer", () => {
  const { cohorts } = cohortTable(referenceLog, { asOf: "2025-01-01", by: "month" });
  expect(cohorts.length).toBe(27);
  const expected = Object.entries(ON).map(([label, cells]) => [label, Number(cells[0])]);
  expect(
    cohorts
      .filter(({ customers }) => customers > 0)
      .map(({ period, customers }) => [period.label, customers]),
  ).toEqual(expected);
});

test("money: all of it is somewhere, once", () => {
  // 1785 dollars: the lifetime profit of the eleven customers, by hand.
  const years = cohortTable(referenceLog, { asOf: "2025-01-01", by: "year" });
  const { profit } = years.cells.columns;
  expect(profit.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(1785_00);
  // Customers of 2022 are A, B, C, E, F, G: 1560 dollars in 2022, 540 in 2023, and in 2024 A 300, B 300, C 70.
  expect(years.cells.columns.revenue.slice(0, 3)).toEqual([1560_00, 540_00, 670_00]);
});
