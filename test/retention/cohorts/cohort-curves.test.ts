import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { fixedCohortCurves } from "../../../src/retention/cohorts/cohort-curves.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, plainOptions } from "../../history/plain-log.js";
import { monthlyCohorts, visits } from "./cohort-logs.js";

const GROUPS = new Map([
  ["ani", "gold"],
  ["budi", "gold"],
  ["citra", "blue"],
]);
const spec = fc.constantFrom("week", "month", "quarter");
const counted = fc.constantFrom("on", "onOrAfter");

describe("means over cohorts", () => {
  test("each point is the sums over the cells of its column", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, spec, counted, (plain, { window: _, ...options }, by, mode) => {
        const log = transactionLog(plain.rows, plain.options);
        const { cohorts, ages, cells, curve } = cohortTable(log, { ...options, by, mode });
        const { customers, size, rate, revenue, profit, cumulativeRevenue } = cells.columns;
        ages.forEach((age, place) => {
          const column = cohorts
            .map((_, line) => line * ages.length + place)
            .filter((cell) => size[cell] > 0 && customers[cell] !== null);
          const sum = (of: readonly (number | null)[]) =>
            column.reduce((total, cell) => total + (of[cell] ?? Number.NaN), 0);
          const point = curve.points[place];
          expect(point).toMatchObject(age);
          expect(point.cohorts).toBe(column.length);
          expect([point.pooled.numerator, point.pooled.denominator]).toEqual([sum(customers), sum(size)]);
          expect(point.pooled.value).toBe(column.length === 0 ? null : sum(customers) / sum(size));
          expect(point.pooledInterval).toEqual(
            column.length === 0 ? null : wilsonInterval(sum(customers), sum(size)),
          );
          // The rates are added up in another order, or from other parts: a few units of the last place.
          if (column.length > 0) expect(point.simple.value).toBeCloseTo(sum(rate) / column.length, 12);
          expect(point.revenue).toBe(column.length === 0 ? null : sum(revenue));
          expect(point.profit).toBe(column.length === 0 || log.cost === null ? null : sum(profit));
          expect(point.cumulativeRevenuePerCustomer.numerator).toBe(sum(cumulativeRevenue));
          expect(point.cumulativeRevenuePerCustomer.denominator).toBe(sum(size));
        });
      }),
    );
  });

  test("counted on or after, a fixed curve never rises, in any group", () => {
    fc.assert(
      fc.property(
        plainLog(),
        plainOptions,
        spec,
        fc.nat(20),
        (plain, { window: _, ...options }, by, through) => {
          const log = transactionLog(plain.rows, plain.options);
          const table = cohortTable(log, { ...options, by, mode: "onOrAfter", groupBy: GROUPS });
          const { curve, groupCurves } = fixedCohortCurves(table, through);
          for (const { points } of [curve, ...groupCurves]) {
            expect(points.length).toBe(Math.min(table.ages.length, through + 1));
            for (let i = 1; i < points.length; i++) {
              expect(points[i].pooled.denominator).toBe(points[0].pooled.denominator);
              expect(points[i].pooled.numerator).toBeLessThanOrEqual(points[i - 1].pooled.numerator);
            }
          }
        },
      ),
    );
  });
});

describe("fixedCohortCurves", () => {
  const log = monthlyCohorts([
    [1, 1000, 500],
    [2, 500, 400],
    [3, 700, 10],
  ]);
  const table = cohortTable(log, { asOf: "2024-04-01", by: "month" });

  test("leaves the young cohorts out of every age", () => {
    const counts = (through: number) =>
      fixedCohortCurves(table, through).curve.points.map(({ cohorts, pooled }) => [
        cohorts,
        pooled.numerator,
        pooled.denominator,
      ]);
    expect(counts(0)).toEqual([[3, 2200, 2200]]);
    expect(counts(1)).toEqual([
      [2, 1500, 1500],
      [2, 900, 1500],
    ]);
    expect(counts(2)).toEqual([
      [1, 1000, 1000],
      [1, 500, 1000],
      [1, 0, 1000],
    ]);
  });

  test("no cohort is old enough: null, with the reason", () => {
    const { points } = fixedCohortCurves(table, 3).curve;
    expect(points.map(({ pooled }) => pooled.value)).toEqual([null, null, null]);
    expect(points[0].pooled.reason).toBe("customers in cohorts for which this age is over: 0");
  });

  test("brackets: those that end in time", () => {
    const mode = {
      brackets: [
        [0, 1],
        [1, 3],
      ],
    } as const;
    const bracketed = cohortTable(log, { asOf: "2024-05-01", by: "month", mode });
    const labels = (through: number) =>
      fixedCohortCurves(bracketed, through).curve.points.map(({ label, pooled }) => [
        label,
        pooled.denominator,
      ]);
    expect(labels(1)).toEqual([["0", 2200]]);
    expect(labels(2)).toEqual([
      ["0", 1500],
      ["1-2", 1500],
    ]);
  });

  test("rolling: a cohort is old enough when the last one who started is, whatever the groups", () => {
    const days = visits({ ani: ["2024-01-01"], budi: ["2024-01-20"] });
    const options = { asOf: "2024-02-15", by: "month", rollingDays: 7 } as const;
    // On 15 February six windows of ani are over, three of budi.
    const grouped = cohortTable(days, { ...options, groupBy: (customerId) => customerId });
    const cohortsOf = (through: number) => {
      const { curve, groupCurves } = fixedCohortCurves(grouped, through);
      return [curve, ...groupCurves].map(({ points }) => points[0].cohorts);
    };
    expect(cohortsOf(2)).toEqual([1, 1, 1]);
    expect(cohortsOf(3)).toEqual([0, 1, 0]);
    expect(fixedCohortCurves(cohortTable(days, options), 3).curve.points[0].cohorts).toBe(0);
  });

  test.each([-1, 1.5, Number.NaN, "3"])("refuses %s", (age) => {
    const { code, path, message } = thrown(() => fixedCohortCurves(table, age as number));
    expect([code, path]).toEqual(["INVALID_ARGUMENT", "observedThrough"]);
    expect(message).toContain(String(age));
  });

  test("refuses what is no table", () => {
    for (const none of [null, {}, { cohorts: [] }])
      expect(thrown(() => fixedCohortCurves(none as never, 1))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "table",
      });
  });
});
