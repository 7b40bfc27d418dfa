import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { fixedCohortCurves } from "../../../src/retention/cohorts/cohort-curves.js";
import { cohortTable } from "../../../src/retention/cohorts/cohort-table.js";
import { plainLog, plainOptions, ZONES } from "../../history/plain-log.js";
import {
  type PlainBy,
  type PlainCohortOptions,
  plainCell,
  plainLives,
  plainPeriod,
} from "../plain-cohorts.js";

const GROUPS = new Map([
  ["ani", "gold"],
  ["budi", "gold"],
  ["citra", "blue"],
  ["eka", "blue"],
]);
const product = (productId: string) => (row: { productId?: string | null }) => row.productId === productId;
const instant = fc
  .integer({ min: -2000, max: 12_000 })
  .map((hours) => Date.UTC(2023, 0, 1) + hours * 3_600_000);

const someOptions: fc.Arbitrary<Omit<PlainCohortOptions, "groupOf"> & { readonly maxAge?: number }> = fc
  .record({
    base: plainOptions,
    by: fc.constantFrom<PlainBy>("day", "week", "month", "quarter", "year", {
      days: 10,
      anchor: "2023-02-03",
    }),
    weekStartsOn: fc.integer({ min: 0, max: 6 }),
    firstMonth: fc.integer({ min: 1, max: 12 }),
    rollingDays: fc.constantFrom(undefined, undefined, 1, 7, 30),
    mode: fc.constantFrom<PlainCohortOptions["mode"]>(
      "on",
      "on",
      "onOrAfter",
      {
        brackets: [
          [0, 1],
          [1, 4],
          [4, 40],
        ],
      },
      {
        brackets: [
          [2, 5],
          [0, 3],
          [0, 5],
        ],
      },
    ),
    maxAge: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    start: fc.constantFrom("purchase", "purchase", "tea", "map"),
    starts: fc.array(fc.tuple(fc.constantFrom("ani", "budi", "citra", "eka"), instant), { maxLength: 4 }),
    returns: fc.constantFrom(undefined, undefined, "rice", "tea"),
  })
  .map(({ base: { window: _, ...base }, start, starts, returns, maxAge, ...rest }) => ({
    ...base,
    ...rest,
    ...(typeof rest.mode === "string" && maxAge !== undefined ? { maxAge } : {}),
    ...(start === "tea" ? { startsWith: product("tea") } : {}),
    ...(start === "map" ? { startAt: new Map(starts) } : {}),
    ...(returns ? { returnsWith: product(returns) } : {}),
  }));

describe("cohortTable", () => {
  test("equals a plain count over objects, cell by cell, with and without groups", () => {
    let filled = 0;
    fc.assert(
      fc.property(plainLog(), someOptions, fc.boolean(), (plain, some, isGrouped) => {
        const groupOf = (id: string) => (isGrouped ? (GROUPS.get(id) ?? null) : null);
        const options = { ...some, groupOf };
        const log = transactionLog(plain.rows, plain.options);
        const { groupOf: _, ...given } = options;
        const table = cohortTable(log, isGrouped ? { ...given, groupBy: GROUPS } : given);

        const lives = plainLives(plain.rows, options);
        const periods = lives.map(({ period }) => period);
        const groups = [...new Set(lives.map(({ customerId }) => groupOf(customerId)))].sort((a, b) =>
          a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
        );
        const first = Math.min(...periods);
        const count = lives.length === 0 ? 0 : Math.max(...periods) - first + 1;
        const expectedCohorts = groups.flatMap((group) =>
          Array.from({ length: count }, (_, i) => ({ group, period: first + i })),
        );
        expect(
          table.cohorts.map(({ group, period, customers }) => ({
            group,
            period: plainPeriod(period.start, options),
            customers,
          })),
        ).toEqual(
          expectedCohorts.map(({ group, period }) => ({
            group,
            period,
            customers: lives.filter((life) => life.period === period && groupOf(life.customerId) === group)
              .length,
          })),
        );

        const hasCost = log.cost !== null;
        const cells = rows(table.cells);
        expect(cells.length).toBe(table.cohorts.length * table.ages.length);
        expectedCohorts.forEach(({ group, period }, line) => {
          table.ages.forEach((age, place) => {
            const { size, customers, revenue, profit, cumulativeRevenue, rate, reason } =
              cells[line * table.ages.length + place];
            const expected = plainCell(lives, group, period, age, options);
            if (expected === null || (size === 0 && customers === null)) {
              // In an empty cohort nobody's window tells when a rolling age is over; it counts nowhere.
              expect([customers, revenue, profit, cumulativeRevenue, rate]).toEqual(Array(5).fill(null));
              return;
            }
            if (size > 0) filled++;
            expect({ size, customers, revenue, profit, cumulativeRevenue }).toEqual({
              ...expected,
              profit: hasCost ? expected.profit : null,
            });
            expect(rate).toBe(size === 0 ? null : expected.customers / size);
            expect(reason === null).toBe(size > 0);
          });
        });

        // A further age would be over for no cohort; the last one shown is for one at least.
        if (typeof options.mode === "string" && some.maxAge === undefined) {
          const from = table.ages.length;
          const isSomeOver = (age: number) =>
            lives.some(
              ({ period, customerId }) =>
                plainCell(lives, groupOf(customerId), period, { from: age, to: age + 1 }, options) !== null,
            );
          expect(isSomeOver(from)).toBe(false);
          if (from > 0) expect(isSomeOver(from - 1)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    // The property says nothing where every cell is null.
    expect(filled).toBeGreaterThan(1000);
  });

  test("the curve of all customers does not depend on their groups", () => {
    fc.assert(
      fc.property(plainLog(), someOptions, (plain, options) => {
        const log = transactionLog(plain.rows, plain.options);
        const alone = cohortTable(log, options);
        const grouped = cohortTable(log, { ...options, groupBy: GROUPS });
        const [fixedAlone, fixedGrouped] = [alone, grouped].map(
          (table) => fixedCohortCurves(table, 2).curve.points,
        );
        expect(fixedGrouped.slice(0, fixedAlone.length)).toEqual(fixedAlone);
        expect(alone.groupCurves).toEqual([]);
        expect(grouped.curve).toEqual(alone.curve);
      }),
    );
  });

  test("what is not null stays as it is when time goes on, without refunds and counted on", () => {
    fc.assert(
      fc.property(plainLog(), someOptions, fc.nat(9000), (plain, options, hours) => {
        const purchases = plain.rows.filter(
          (row) => row.amount >= 0 && row.type !== "refund" && !row.refundOf,
        );
        const log = transactionLog(purchases, plain.options);
        const asked = { ...options, mode: "on" as const };
        const before = rows(cohortTable(log, asked).cells).filter(({ rate }) => rate !== null);
        const after = rows(cohortTable(log, { ...asked, asOf: options.asOf + hours * 3_600_000 }).cells);
        const found = new Map(after.map((cell) => [`${cell.cohort} ${cell.age}`, cell]));
        expect(before.map(({ cohort, age }) => found.get(`${cohort} ${age}`))).toEqual(before);
      }),
    );
  });

  test("the order of the rows does not matter", () => {
    fc.assert(
      fc.property(plainLog(), someOptions, (plain, options) => {
        const forwards = cohortTable(transactionLog(plain.rows, plain.options), options);
        const backwards = cohortTable(transactionLog(plain.rows.toReversed(), plain.options), options);
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  test("money scales, customers do not", () => {
    fc.assert(
      fc.property(plainLog(), someOptions, (plain, options) => {
        const larger = plain.rows.map((row) => ({ ...row, amount: 7 * row.amount }));
        const one = cohortTable(transactionLog(plain.rows, plain.options), options).cells.columns;
        const seven = cohortTable(transactionLog(larger, plain.options), options).cells.columns;
        expect(seven.customers).toEqual(one.customers);
        expect(seven.revenue).toEqual(one.revenue.map((value) => value && 7 * value));
        expect(seven.cumulativeRevenue).toEqual(one.cumulativeRevenue.map((value) => value && 7 * value));
      }),
    );
  });

  test("by day in a zone with summer time, a day of 23 or 25 hours is one age", () => {
    for (const timeZone of ZONES) {
      const days = Array.from({ length: 400 }, (_, i) => ({
        customerId: "ani",
        at: Date.UTC(2023, 0, 1, 12) + i * 86_400_000,
        amount: 1,
      }));
      const log = transactionLog(days, { currency: "IDR", timeZone });
      const { cells } = cohortTable(log, { asOf: Date.UTC(2024, 1, 5, 12), by: "day" });
      // Noon of UTC falls on each local day once in all of these zones.
      expect(new Set(cells.columns.customers)).toEqual(new Set([1]));
      expect(cells.length).toBeGreaterThan(398);
    }
  });
});
