import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { type CohortTableOptions, cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";
import { countsByCohort, visits } from "./cohort-logs.js";

const MONTHLY = { asOf: "2024-05-01", by: "month" } as const;

describe("a table", () => {
  const log = transactionLog(
    [
      { id: "A1", customerId: "ani", at: "2024-01-10", amount: 1000, cost: 400 },
      { id: "A2", customerId: "ani", at: "2024-02-10", amount: 500, cost: 200 },
      { customerId: "ani", at: "2024-04-02", amount: -100, cost: 0, refundOf: "A2" },
      { id: "B1", customerId: "budi", at: "2024-01-20", amount: 300, cost: 400 },
    ],
    { currency: "IDR" },
  );

  test("money of each cell, net of refunds at their purchase", () => {
    expect(
      rows(cohortTable(log, MONTHLY).cells).map((cell) => [
        cell.revenue,
        cell.profit,
        cell.cumulativeRevenue,
      ]),
    ).toEqual([
      [1300, 500, 1300],
      [400, 200, 1700],
      [0, 0, 1700],
      [0, 0, 1700],
    ]);
  });

  test("refunds at their own instant", () => {
    const { cells } = cohortTable(log, { ...MONTHLY, refundAttribution: "transaction" });
    expect(cells.columns.revenue).toEqual([1300, 500, 0, -100]);
    expect(cells.columns.cumulativeRevenuePerCustomer).toEqual([650, 900, 900, 850]);
  });

  test("a refund of what was bought before the start is none of the cohort's money", () => {
    const returned = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2024-01-05", amount: 700 },
        { id: "T2", customerId: "ani", at: "2024-01-10", amount: 200 },
        { customerId: "ani", at: "2024-01-20", amount: -700, refundOf: "T1" },
      ],
      { currency: "IDR" },
    );
    for (const refundAttribution of ["purchase", "transaction"] as const) {
      const { cells } = cohortTable(returned, { asOf: "2024-02-01", by: "month", refundAttribution });
      expect(cells.columns.revenue).toEqual([200]);
    }
  });

  test("without costs profit is null, everything else is there", () => {
    const { cells, curve } = cohortTable(visits({ ani: ["2024-01-10"] }), {
      asOf: "2024-02-01",
      by: "month",
    });
    expect(rows(cells)).toEqual([
      {
        group: null,
        cohort: "2024-01",
        age: "0",
        from: 0,
        to: 1,
        size: 1,
        customers: 1,
        rate: 1,
        lower: wilsonInterval(1, 1).lower,
        upper: 1,
        revenue: 1,
        profit: null,
        cumulativeRevenue: 1,
        cumulativeRevenuePerCustomer: 1,
        reason: null,
      },
    ]);
    expect(curve.points[0].profit).toBe(null);
  });

  test("intervals at the confidence level of the call", () => {
    const { cells, curve } = cohortTable(log, { ...MONTHLY, confidenceLevel: 0.8 });
    const { lower, upper } = wilsonInterval(1, 2, { confidenceLevel: 0.8 });
    expect([cells.columns.lower[1], cells.columns.upper[1]]).toEqual([lower, upper]);
    expect(curve.points[1].pooledInterval).toEqual({ lower, upper, confidenceLevel: 0.8 });
  });

  test("survives JSON and leaves its input alone", () => {
    const before = structuredClone(referenceLog);
    const table = cohortTable(referenceLog, { asOf: "2025-01-01", by: "quarter", groupBy: () => "all" });
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
    expect(referenceLog).toEqual(before);
  });

  test("sums are exact, and refused where they cannot be", () => {
    const large = 9e15;
    const sale = (id: string, amount: number) => ({ id, customerId: "ani", at: "2024-01-10", amount });
    const back = (refundOf: string) => ({ customerId: "ani", at: "2024-01-11", amount: 1 - large, refundOf });
    const options = { asOf: "2024-02-01", by: "month", refundAttribution: "transaction" } as const;
    const build = (list: readonly object[]) => transactionLog(list as never, { currency: "IDR" });
    const fits = build([sale("T1", large), sale("T2", large), sale("T3", 5), back("T1"), back("T2")]);
    expect(cohortTable(fits, options).cells.columns.revenue).toEqual([7]);
    const { code, path, message } = thrown(() =>
      cohortTable(build([sale("T1", large), sale("T2", large)]), options),
    );
    expect([code, path]).toEqual(["UNSAFE_INTEGER", "log"]);
    expect(message).toContain("the revenue of a cohort is 18000000000000000");
  });
});

describe("who is in a cohort", () => {
  const log = visits({
    ani: ["2024-01-10", "2024-02-10"],
    budi: ["2024-02-20", "2024-03-10"],
    citra: ["2024-03-05"],
  });

  test("a window of cohorts: whole periods that it touches; the others are counted apart", () => {
    const table = cohortTable(log, { ...MONTHLY, cohorts: { start: "2024-02-15", end: "2024-02-16" } });
    expect(countsByCohort(table)).toEqual({ "2024-02": "1 1 0" });
    expect(table.customersWithoutCohort).toBe(2);
  });

  test("a window shows its empty periods, none that begins at asOf or later, and may be empty", () => {
    const labels = (start: string, end: string) =>
      cohortTable(log, { ...MONTHLY, cohorts: { start, end } }).cohorts.map(({ period }) => period.label);
    expect(labels("2023-12-01", "2024-02-01")).toEqual(["2023-12", "2024-01"]);
    expect(labels("2024-03-01", "2030-01-01")).toEqual(["2024-03", "2024-04"]);
    expect(labels("2024-03-01", "2024-03-01")).toEqual([]);
    expect(labels("2025-03-01", "2026-03-01")).toEqual([]);
  });

  test("starts given by the caller: those who never bought count, purchases from before the start do not", () => {
    const startAt = new Map([
      ["ani", "2024-01-20"],
      ["dewi", "2024-01-03"],
      ["budi", "2024-02-25"],
      ["eka", "2024-06-01"],
    ]);
    const table = cohortTable(log, { ...MONTHLY, startAt });
    // ani's purchase of 10 January was before; dewi never bought; eka is not there yet; citra has no start.
    expect(countsByCohort(table)).toEqual({ "2024-01": "0 1 0 0", "2024-02": "0 1 0 -" });
    expect(table.cohorts.map(({ customers }) => customers)).toEqual([2, 1]);
    expect(table.cells.columns.revenue.slice(0, 4)).toEqual([0, 1, 0, 0]);
    expect(table.customersWithoutCohort).toBe(1);
  });

  test("starts by a function: the customers of the log known at asOf are asked, nobody else can be", () => {
    const asked: string[] = [];
    const table = cohortTable(log, {
      ...MONTHLY,
      asOf: "2024-03-01",
      startAt: (customerId) => {
        asked.push(customerId);
        return customerId === "ani" ? "2024-01-20" : null;
      },
    });
    expect(asked).toEqual(["ani", "budi"]);
    expect(countsByCohort(table)).toEqual({ "2024-01": "0 1" });
    expect(table.customersWithoutCohort).toBe(1);
    const startAt = new Map([["ani", "2024-01-20"]]);
    expect(cohortTable(log, { ...MONTHLY, asOf: "2024-03-01", startAt })).toEqual(table);
  });

  test("what happened at the instant of the start belongs to it, in whichever order it came in", () => {
    const sale = (productId: string, amount: number) => ({
      customerId: "ani",
      at: "2024-01-10",
      productId,
      amount,
    });
    const both = transactionLog([sale("rice", 200), sale("tea", 100)], { currency: "IDR" });
    const startsWith = ({ productId }: { productId?: string | null }) => productId === "tea";
    const { cells } = cohortTable(both, { asOf: "2024-02-01", by: "month", startsWith });
    expect(cells.columns.revenue).toEqual([300]);
  });

  test("qualifies decides who starts and who returns", () => {
    const table = cohortTable(log, { ...MONTHLY, qualifies: ({ customerId }) => customerId !== "budi" });
    expect(table.cohorts.map(({ customers }) => customers)).toEqual([1, 0, 1]);
    expect(table.customersWithoutCohort).toBe(1);
  });

  test("groups: apart in the cells, together in the curve, those in none under null", () => {
    const groupBy = new Map([
      ["ani", "north"],
      ["budi", "east"],
    ]);
    const table = cohortTable(log, { ...MONTHLY, groupBy });
    expect(table.cohorts.map(({ group, period, customers }) => [group, period.label, customers])).toEqual([
      ["east", "2024-01", 0],
      ["east", "2024-02", 1],
      ["east", "2024-03", 0],
      ["north", "2024-01", 1],
      ["north", "2024-02", 0],
      ["north", "2024-03", 0],
      [null, "2024-01", 0],
      [null, "2024-02", 0],
      [null, "2024-03", 1],
    ]);
    expect(table.groupCurves.map(({ group, points }) => [group, points[1].pooled.value])).toEqual([
      ["east", 1],
      ["north", 1],
      [null, 0],
    ]);
    expect(table.curve.points[1].pooled).toEqual({
      value: 2 / 3,
      numerator: 2,
      denominator: 3,
      reason: null,
    });
  });

  test("the curve of all customers ends where it would without groups", () => {
    // Of group a the second week is over, of b, who came last, only the first: together it is the first.
    const days = visits({ ani: ["2024-01-01"], budi: ["2024-01-30"] });
    const options = { asOf: "2024-02-10", by: "month", rollingDays: 7 } as const;
    const grouped = cohortTable(days, { ...options, groupBy: (id) => id });
    const alone = cohortTable(days, options);
    expect(alone.curve.points.map(({ cohorts }) => cohorts)).toEqual([1]);
    expect(grouped.ages.length).toBe(5);
    expect(grouped.curve).toEqual(alone.curve);
    expect(grouped.groupCurves.map(({ points }) => points.length)).toEqual([5, 5]);
  });

  test("only customers with a cohort are asked for their group", () => {
    const asked: string[] = [];
    const groupBy = (customerId: string) => {
      asked.push(customerId);
      return "all";
    };
    cohortTable(log, { asOf: "2024-02-01", by: "month", groupBy, startAt: new Map([["zoe", "2024-01-01"]]) });
    expect(asked).toEqual(["zoe"]);
  });
});

describe("columns", () => {
  const log = visits({ ani: ["2024-01-10", "2024-03-10", "2024-04-10"], budi: ["2024-01-20", "2024-02-20"] });

  test("maxAge cuts, and shows what is not over", () => {
    expect(countsByCohort(cohortTable(log, { ...MONTHLY, maxAge: 1 }))).toEqual({ "2024-01": "2 1" });
    expect(countsByCohort(cohortTable(log, { ...MONTHLY, maxAge: 5 }))).toEqual({ "2024-01": "2 1 1 1 - -" });
  });

  test("labels, and brackets that overlap", () => {
    const labels = (mode?: CohortTableOptions["mode"]) =>
      cohortTable(log, {
        ...MONTHLY,
        mode,
        maxAge: mode === undefined || mode === "onOrAfter" ? 1 : undefined,
      }).ages;
    expect(labels().map(({ label }) => label)).toEqual(["0", "1"]);
    expect(labels("onOrAfter").map(({ label }) => label)).toEqual(["0+", "1+"]);
    const brackets = {
      brackets: [
        [1, 2],
        [1, 3],
        [1, 4],
        [2, 9],
      ],
    } as const;
    expect(labels(brackets)).toEqual([
      { label: "1", from: 1, to: 2 },
      { label: "1-2", from: 1, to: 3 },
      { label: "1-3", from: 1, to: 4 },
      { label: "2-8", from: 2, to: 9 },
    ]);
    expect(countsByCohort(cohortTable(log, { ...MONTHLY, mode: brackets }))).toEqual({
      "2024-01": "1 2 2 -",
    });
  });

  test("an age as numbers beside its label", () => {
    const brackets = {
      brackets: [
        [0, 1],
        [1, 4],
      ],
    } as const;
    const { from, to, age } = cohortTable(log, { ...MONTHLY, mode: brackets }).cells.columns;
    expect([age, from, to]).toEqual([
      ["0", "1-3"],
      [0, 1],
      [1, 4],
    ]);
  });

  test.each(["on", "onOrAfter"] as const)(
    "%s: a cohort without customers has nobody at every age that is over",
    (mode) => {
      // October is empty and older than any cohort with customers.
      const cohorts = { start: "2023-10-01", end: "2024-02-01" };
      const table = cohortTable(log, { ...MONTHLY, mode, cohorts, maxAge: 6 });
      const october = rows(table.cells).slice(0, 7);
      expect(october.map(({ size, customers, revenue }) => [size, customers, revenue])).toEqual(
        Array(7).fill([0, 0, 0]),
      );
    },
  );

  test("on or after counts what is known at asOf, though its own month is not over", () => {
    const table = cohortTable(log, { asOf: "2024-04-15", by: "month", mode: "onOrAfter" });
    expect(countsByCohort(table)).toEqual({ "2024-01": "2 2 1" });
  });
});

describe("nothing to count", () => {
  test.each([
    ["an empty log", visits({}), "2024-01-01"],
    ["asOf before the first row", visits({ ani: ["2024-01-10"] }), "2023-01-01"],
    [
      "everything given back",
      transactionLog(
        [
          { id: "T1", customerId: "ani", at: "2024-01-10", amount: 5 },
          { customerId: "ani", at: "2024-01-11", amount: -5, refundOf: "T1" },
        ],
        { currency: "IDR" },
      ),
      "2025-01-01",
    ],
  ])("%s", (_, log, asOf) => {
    const table = cohortTable(log, { asOf, by: "month", maxAge: 1 });
    expect([table.cohorts, table.cells.length]).toEqual([[], 0]);
    expect(
      table.curve.points.map(({ cohorts, pooled, simple, revenue }) => [cohorts, pooled, simple, revenue]),
    ).toEqual(
      Array(2).fill([
        0,
        {
          value: null,
          numerator: 0,
          denominator: 0,
          reason: "customers in cohorts for which this age is over: 0",
        },
        { value: null, numerator: 0, denominator: 0, reason: "cohorts for which this age is over: 0" },
        null,
      ]),
    );
  });

  test("only the cohort of a month that runs: its size, and no age yet", () => {
    const table = cohortTable(visits({ ani: ["2024-01-10"] }), { asOf: "2024-01-15", by: "month" });
    expect(table.cohorts.map(({ customers, observedAges }) => [customers, observedAges])).toEqual([[1, 0]]);
    expect([table.ages, table.curve.points]).toEqual([[], []]);
  });
});
