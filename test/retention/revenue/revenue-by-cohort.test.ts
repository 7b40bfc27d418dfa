import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type RevenueCohorts,
  revenueRetentionByCohort,
} from "../../../src/retention/revenue/revenue-by-cohort.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, sumOf } from "../../history/plain-log.js";
import { referenceLog, referenceRows } from "../../history/reference-log.js";
import { monthStart, plainMrr, plainSubscriptions } from "../plain-revenue.js";

/** The cells of each cohort. */
const cellsOf = ({ cohorts, ages, cells }: RevenueCohorts) =>
  cohorts.map((_, line) => rows(cells).slice(line * ages.length, (line + 1) * ages.length));

const monthly = { currency: "IDR", interval: { unit: "month" } } as const;

describe("revenueRetentionByCohort", () => {
  it("deals the customers of the reference log into months of their first purchase that counts", () => {
    const result = revenueRetentionByCohort(referenceLog, { asOf: "2025-01-01", by: "month" });
    const { cohorts, pooled } = result;
    expect(cohorts.map(({ period, customers }) => [period.label, customers])).toEqual([
      ["2022-01", 2],
      ["2022-02", 1],
      ["2022-05", 1],
      ["2022-08", 1],
      ["2022-12", 1],
      ["2023-01", 1],
      ["2023-03", 1],
      ["2023-12", 1],
      ["2024-02", 1],
      ["2024-03", 1],
    ]);
    // A is active at ages 0 2 11 12 18 24 25, B at 0 5 13 31; with 100 and 200 at first.
    const [january] = cellsOf(result);
    const counts = january.map(({ customers }) => customers);
    expect(counts).toHaveLength(36);
    const alone = [2, 5, 11, 12, 13, 18, 24, 25, 31];
    expect(counts).toEqual(counts.map((_, age) => (age === 0 ? 2 : alone.includes(age) ? 1 : 0)));
    // B brings 200 in June 2022, A 120 in January 2023 and 150 in February 2024.
    expect(cohorts[0].revenue).toBe(30_000);
    expect([5, 12, 25].map((age) => [january[age].revenue, january[age].revenueRetention])).toEqual([
      [20_000, 200 / 300],
      [12_000, 120 / 300],
      [15_000, 150 / 300],
    ]);
    // Pooled customers at ages 0 and 1: 11 of 11, and 2 of 11 (I and K).
    expect(
      pooled.slice(0, 2).map(({ logoRetention }) => [logoRetention.numerator, logoRetention.denominator]),
    ).toEqual([
      [11, 11],
      [2, 11],
    ]);
    // At age 12 the cohorts to December 2023 are old enough: A, G, I, J of 9.
    expect([
      pooled[12].cohorts,
      pooled[12].logoRetention.numerator,
      pooled[12].logoRetention.denominator,
    ]).toEqual([8, 4, 9]);
  });

  it("leaves cells null whose period is not over, with the reason, and out of the mean", () => {
    const result = revenueRetentionByCohort(referenceLog, { asOf: "2024-04-15", by: "month" });
    const [march] = cellsOf(result).slice(-1);
    expect(result.cohorts.at(-1)).toMatchObject({ observedAges: 1, customers: 1, revenue: 20_000 });
    expect(march[0]).toEqual({
      group: null,
      cohort: "2024-03",
      age: "0",
      size: 1,
      customers: 1,
      rate: 1,
      lower: wilsonInterval(1, 1).lower,
      upper: 1,
      revenue: 20_000,
      revenueRetention: 1,
      reason: null,
    });
    expect(march[1]).toEqual({
      group: null,
      cohort: "2024-03",
      age: "1",
      size: 1,
      customers: null,
      rate: null,
      lower: null,
      upper: null,
      revenue: null,
      revenueRetention: null,
      reason: "not over at asOf",
    });
    expect(result.pooled[1].cohorts).toBe(result.cohorts.length - 1);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("what is bought in a period that still runs is in no cell and founds no cohort", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-01-10", amount: 5 },
        { customerId: "ani", at: "2024-02-10", amount: 7 },
        { customerId: "budi", at: "2024-02-10", amount: 9 },
      ],
      { currency: "IDR" },
    );
    const { cells, pooled } = revenueRetentionByCohort(log, { asOf: "2024-02-20", by: "month" });
    expect(rows(cells).map(({ size, revenue }) => [size, revenue])).toEqual([[1, 5]]);
    expect(pooled.map(({ revenueRetention }) => revenueRetention.value)).toEqual([1]);
  });

  it("counts of subscriptions whoever paid in the period, also who was gone at its end", () => {
    const result = revenueRetentionByCohort(
      [
        { ...monthly, customerId: "short", startAt: "2024-01-05", endAt: "2024-01-20", amount: 10 },
        { ...monthly, customerId: "long", startAt: "2024-01-05", amount: 40 },
        { ...monthly, customerId: "more", startAt: "2024-02-10", amount: 20 },
        { ...monthly, customerId: "trial", startAt: "2024-01-10", trialEndAt: "2024-02-10", amount: 60 },
        { ...monthly, customerId: "long", startAt: "2024-03-05", amount: 20 },
      ],
      { asOf: "2024-04-01", by: "month" },
    );
    const { cohorts, pooled } = result;
    expect(cohorts.map(({ period, customers }) => [period.label, customers])).toEqual([
      ["2024-01", 2],
      ["2024-02", 2],
    ]);
    const [january, february] = cellsOf(result);
    expect(january.map((cell) => [cell.rate, cell.revenueRetention])).toEqual([
      [0.5, 1],
      [0.5, 1],
      [0.5, 1.5],
    ]);
    const { lower, upper } = wilsonInterval(1, 2);
    expect([january[2].lower, january[2].upper]).toEqual([lower, upper]);
    expect(february.map(({ customers }) => customers)).toEqual([2, 2, null]);
    // Of four customers three are there, and one is not; at age 2 one of two, with 60 for 40.
    expect(pooled[1]).toMatchObject({
      logoRetention: { numerator: 3, denominator: 4 },
      logoRetentionInterval: wilsonInterval(3, 4),
      logoChurn: { numerator: 1, denominator: 4, value: 0.25 },
      logoChurnInterval: wilsonInterval(1, 4),
    });
    expect(pooled[2].revenueChurn.value).toBe(-0.5);
    // (40 + 80) of (40 + 80), and 60 of 40.
    expect(
      pooled.map(({ revenueRetention }) => [revenueRetention.numerator, revenueRetention.denominator]),
    ).toEqual([
      [120, 120],
      [120, 120],
      [60, 40],
    ]);
  });

  it("a cohort that was gone at the end of its period has no revenue to measure against", () => {
    const { cells, pooled } = revenueRetentionByCohort(
      [{ ...monthly, customerId: "a", startAt: "2024-01-05", endAt: "2024-01-20", amount: 10 }],
      { asOf: "2024-03-01", by: "month" },
    );
    expect(
      rows(cells).map(({ customers, rate, revenueRetention, reason }) => [
        customers,
        rate,
        revenueRetention,
        reason,
      ]),
    ).toEqual([
      [0, 0, null, "revenue at age 0: 0"],
      [0, 0, null, "revenue at age 0: 0"],
    ]);
    expect(pooled[1].revenueRetention).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "revenue at age 0: 0",
    });
  });

  it("a window chooses cohorts, not ages", () => {
    const result = revenueRetentionByCohort(referenceLog, {
      asOf: "2025-01-01",
      by: "month",
      window: { start: "2023-01-01", end: "2023-04-01" },
    });
    expect(result.cohorts.map(({ period, observedAges }) => [period.label, observedAges])).toEqual([
      ["2023-01", 24],
      ["2023-03", 22],
    ]);
    expect(result.ages.map(({ label }) => label).slice(-2)).toEqual(["22", "23"]);
    expect(result.cells).toHaveLength(48);
    expect(result.cells.columns.customers.slice(-3).map((customers) => customers === null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("is empty without customers, or before a period is over", () => {
    const log = transactionLog([{ customerId: "a", at: "2024-01-10", amount: 5 }], { currency: "IDR" });
    const none = { cohorts: [], pooled: [] };
    expect(revenueRetentionByCohort([], { asOf: "2025-01-01", by: "month" })).toMatchObject(none);
    expect(revenueRetentionByCohort(log, { asOf: "2024-01-31", by: "month" })).toMatchObject(none);
    const error = thrown(() =>
      revenueRetentionByCohort(log, { asOf: "2025-01-01", by: "month", confidenceLevel: 1 }),
    );
    expect(error.path).toBe("options.confidenceLevel");
  });

  it("cohorts of groups are those of each group alone, side by side", () => {
    const groupBy = (id: string) => (id < "E" ? "late in name" : id < "H" ? "early" : null);
    const options = { asOf: "2025-01-01", by: "quarter" } as const;
    const result = revenueRetentionByCohort(referenceLog, { ...options, groupBy });
    const { groups, cohorts } = result;
    expect(groups?.map(({ group }) => group)).toEqual(["early", "late in name", null]);
    expect([...new Set(cohorts.map(({ group }) => group))]).toEqual(["early", "late in name", null]);
    for (const { group, pooled } of groups ?? []) {
      const alone = transactionLog(
        referenceRows.filter(({ customerId }) => groupBy(String(customerId)) === group),
        { currency: "USD" },
      );
      const single = revenueRetentionByCohort(alone, options);
      expect(pooled).toEqual(single.pooled);
      const own = cohorts.filter((cohort) => cohort.group === group);
      expect(own).toEqual(single.cohorts.map((cohort) => ({ ...cohort, group })));
    }
    // A cohort of two groups is two; every sum is the same.
    const sums = ({ pooled }: RevenueCohorts) => pooled.map(({ cohorts: _, ...rates }) => rates);
    expect(sums(result)).toEqual(sums(revenueRetentionByCohort(referenceLog, options)));
    expect(revenueRetentionByCohort(referenceLog, options).groups).toBeNull();
  });

  it("sums beyond 2^53 on the way are exact; more than 5,000,000 cells are refused", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const paid = (customerId: string, at: string, amount: number) => ({ customerId, at, amount });
    const log = transactionLog(
      [
        ...["a", "b"].map((id) => paid(id, "2024-01-05", 1)),
        ...["a", "b", "c"].flatMap((id) =>
          id === "c" ? [paid(id, "2024-01-05", 1)] : [paid(id, "2024-02-05", id === "a" ? huge : huge - 1)],
        ),
        { ...paid("c", "2024-02-05", -huge), type: "refund" as const },
      ],
      { currency: "IDR", unlinkedRefunds: "accept" },
    );
    const { cells } = revenueRetentionByCohort(log, { asOf: "2024-03-01", by: "month" });
    expect(cells.columns.revenue).toEqual([3, huge - 1]);
    const daily = Array.from({ length: 2300 }, (_, i) => ({
      ...monthly,
      customerId: `c${i}`,
      startAt: Date.UTC(2018, 0, 1) + i * 86_400_000,
      endAt: Date.UTC(2018, 0, 1) + (i + 1) * 86_400_000,
      amount: 10,
    }));
    const error = thrown(() => revenueRetentionByCohort(daily, { asOf: "2024-06-01", by: "day" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options"]);
  });

  it("is what a full matrix of customers and months gives", () => {
    fc.assert(
      fc.property(plainSubscriptions, (subscriptions) => {
        const result = revenueRetentionByCohort(subscriptions, { asOf: monthStart(12), by: "month" });
        const { cohorts } = result;
        const firstMonth = new Map<string, number>();
        for (const { customerId, amount, startAt, endAt } of subscriptions) {
          if (amount === 0 || startAt === endAt) continue;
          const month = new Date(startAt).getUTCMonth();
          if (startAt < monthStart(12))
            firstMonth.set(customerId, Math.min(month, firstMonth.get(customerId) ?? 12));
        }
        expect(sumOf(cohorts, ({ customers }) => customers)).toBe(firstMonth.size);
        cohorts.forEach(({ period, customers }, line) => {
          const month = new Date(period.start).getUTCMonth();
          const members = [...firstMonth].filter(([, first]) => first === month).map(([id]) => id);
          expect(customers).toBe(members.length);
          cellsOf(result)[line].forEach((cell, age) => {
            const mrr = members.map((id) => plainMrr(subscriptions, id, monthStart(month + age + 1)));
            const isOver = month + age < 12;
            expect(cell.revenue).toBe(isOver ? sumOf(mrr, (x) => x) : null);
            expect(cell.customers).toBe(isOver ? mrr.filter((x) => x > 0).length : null);
            expect([cell.cohort, cell.age, cell.size]).toEqual([period.label, String(age), customers]);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it("the cells of a period sum to its bridge: every customer is in one cohort", () => {
    fc.assert(
      fc.property(plainLog(), ({ rows: purchases, options }) => {
        const log = transactionLog(
          purchases.filter(({ type }) => type !== "refund"),
          options,
        );
        const range = { asOf: "2026-01-01", by: "month" } as const;
        const result = revenueRetentionByCohort(log, range);
        const { cohorts } = result;
        const cells = cellsOf(result);
        for (const { period, customers } of revenueMovements(log, range).periods) {
          const active = cohorts.map(
            (cohort, line) => cells[line][period.index - cohort.period.index]?.customers ?? 0,
          );
          expect(sumOf(active, (x) => x)).toBe(customers.end);
          const born = cohorts.find((cohort) => cohort.period.index === period.index);
          expect(born?.customers ?? 0).toBe(customers.new);
        }
      }),
      { numRuns: 60 },
    );
  });
});
