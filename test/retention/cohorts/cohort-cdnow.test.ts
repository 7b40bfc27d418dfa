import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toMinorUnits } from "../../../src/core/minor-units.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";

// CDNOW: purchases of compact discs by the 23,570 customers who first bought in the first quarter of 1997, to June 1998;
// data published by Bruce Hardie, brucehardie.com/datasets. 69,659 purchases, 2,500,315.63 dollars.

const file = fileURLToPath(new URL("../../../../shared/data/CDNOW_master.txt", import.meta.url));

// The data are not part of the project: this runs where they lie beside it, and shows as skipped elsewhere.
describe.skipIf(!existsSync(file))("all customers of CDNOW (../shared/data/CDNOW_master.txt)", () => {
  const purchases = existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter(([, day]) => /^\d{8}$/.test(day ?? ""))
        .map(([customerId, day, , dollars]) => ({
          customerId,
          at: day.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"),
          amount: toMinorUnits(dollars, "USD"),
        }))
    : [];
  const log = transactionLog(purchases, { currency: "USD" });
  const monthly = { asOf: "1998-07-01", by: "month" } as const;
  const sum = (column: readonly (number | null)[]) =>
    column.reduce<number>((total, value) => total + (value ?? 0), 0);

  test("three cohorts, in which every customer, month and cent is once", () => {
    const { cohorts, ages, cells, curve } = cohortTable(log, monthly);
    expect(cohorts.map(({ period }) => period.label)).toEqual(["1997-01", "1997-02", "1997-03"]);
    expect(sum(cohorts.map(({ customers }) => customers))).toBe(23_570);
    expect(ages.length).toBe(18);
    expect(sum(cells.columns.revenue)).toBe(2_500_315_63);
    const months = new Set(purchases.map(({ customerId, at }) => `${customerId} ${at.slice(0, 7)}`));
    expect(sum(cells.columns.customers)).toBe(months.size);
    expect(curve.points[0].pooled).toEqual({
      value: 1,
      numerator: 23_570,
      denominator: 23_570,
      reason: null,
    });
    expect(curve.points[17].cohorts).toBe(1);
  });

  test("on or after falls in each cohort, from all of them to those who bought in the last month", () => {
    const { columns } = cohortTable(log, { ...monthly, mode: "onOrAfter" }).cells;
    const on = cohortTable(log, monthly).cells.columns;
    columns.customers.forEach((count, cell) => {
      if (count === null) return;
      const isLast =
        columns.cohort[cell + 1] !== columns.cohort[cell] || columns.customers[cell + 1] === null;
      if (isLast) expect(count).toBe(on.customers[cell]);
      else expect(columns.customers[cell + 1]).toBeLessThanOrEqual(count);
    });
  });

  test("one bracket of all ages is the share who ever came, two brackets of the first year overlap at most by both", () => {
    const { columns } = cohortTable(log, {
      ...monthly,
      cohorts: { start: "1997-01-01", end: "1997-02-01" },
      mode: {
        brackets: [
          [0, 18],
          [1, 18],
          [1, 7],
          [7, 18],
        ],
      },
    }).cells;
    const [all, again, early, late] = columns.customers.map((count) => count ?? Number.NaN);
    expect(all).toBe(columns.size[0]);
    const january = new Map<string, Set<string>>();
    for (const { customerId, at } of purchases)
      january.set(customerId, (january.get(customerId) ?? new Set()).add(at.slice(0, 7)));
    const returned = [...january.values()].filter((seen) => seen.has("1997-01") && seen.size > 1);
    expect(again).toBe(returned.length);
    expect(early + late).toBeGreaterThanOrEqual(again);
    expect(Math.max(early, late)).toBeLessThanOrEqual(again);
  });
});
