import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PeriodSpec } from "../../../src/core/period.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import type { TransactionRow } from "../../../src/history/transaction-row.js";
import {
  type DefectionByViewOptions,
  defectionByView,
} from "../../../src/retention/rates/defection-by-view.js";
import { defectionSeriesByView } from "../../../src/retention/rates/defection-series-by-view.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { retentionSeries } from "../../../src/retention/rates/retention-series.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, sumOf, ZONES } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const options: DefectionByViewOptions = {
  asOf: "2025-01-01",
  view: "product",
  previous: { start: "2023-01-01", end: "2024-01-01" },
  current: { start: "2024-01-01", end: "2025-01-01" },
};
const logOf = (rows: readonly TransactionRow[]) => transactionLog(rows, { currency: "IDR" });
const bought = (customerId: string, y: number, productId: string | null, amount: number, cost = 0) => ({
  customerId,
  at: `${y}-06-01`,
  productId,
  amount,
  cost,
});

describe("defectionByView", () => {
  // ani drops tv and keeps fiber, budi leaves, citra goes from tv to fiber, dewi buys without a product and stays.
  const log = logOf([
    bought("ani", 2023, "fiber", 900, 400),
    bought("ani", 2023, "tv", 100, 50),
    bought("ani", 2024, "fiber", 950, 400),
    bought("budi", 2023, "tv", 300, 100),
    bought("citra", 2023, "tv", 200, 300),
    bought("citra", 2024, "fiber", 700, 300),
    bought("dewi", 2023, null, 50),
    bought("dewi", 2024, null, 50),
  ]);

  it("counts each product in both views, weighted with what it brought", () => {
    const { groups } = defectionByView(log, options);
    const [fiber, tv, none] = groups;
    expect(groups.map(({ group }) => group)).toEqual(["fiber", "tv", null]);
    expect([fiber.sameAgain.retained, fiber.sameAgain.base]).toEqual([1, 1]);
    expect(fiber.keptElsewhere).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "customers lost in this view: 0",
    });
    expect(fiber.keptElsewhereInterval).toBeNull();
    expect(tv.keptElsewhere.value).toBe(2 / 3);
    expect(tv.keptElsewhereInterval).toEqual(wilsonInterval(2, 3));
    const [, level] = defectionByView(log, { ...options, confidenceLevel: 0.8 }).groups;
    expect(level.keptElsewhereInterval).toEqual(wilsonInterval(2, 3, { confidenceLevel: 0.8 }));
    expect([tv.sameAgain.retained, tv.sameAgain.base]).toEqual([0, 3]);
    expect([tv.sameAgain.salesAdjusted.numerator, tv.sameAgain.salesAdjusted.denominator]).toEqual([0, 600]);
    expect([tv.anyBusiness.retained, tv.anyBusiness.base]).toEqual([2, 3]);
    expect([tv.anyBusiness.salesAdjusted.numerator, tv.anyBusiness.salesAdjusted.denominator]).toEqual([
      300, 600,
    ]);
    // Profit of tv: ani 50, budi 200, citra -100.
    expect([tv.anyBusiness.profitAdjusted.numerator, tv.anyBusiness.profitAdjusted.denominator]).toEqual([
      -50, 150,
    ]);
    expect(tv.keptElsewhere).toEqual({ value: 2 / 3, numerator: 2, denominator: 3, reason: null });
    expect([none.sameAgain.retained, none.sameAgain.base]).toEqual([1, 1]);
  });

  it("adds the products up to holdings, and tells the company's own retention apart", () => {
    const { sameAgain, anyBusiness, keptElsewhere, customers } = defectionByView(log, options);
    expect([sameAgain.retained, sameAgain.base]).toEqual([2, 5]);
    expect([anyBusiness.retained, anyBusiness.base]).toEqual([4, 5]);
    expect([keptElsewhere.numerator, keptElsewhere.denominator]).toEqual([2, 3]);
    expect([customers.retained, customers.base]).toEqual([3, 4]);
    expect(customers.salesAdjusted.denominator).toBe(1550);
  });

  it("a window that is not over gives counts, and no rates", () => {
    const { groups, keptElsewhere } = defectionByView(log, { ...options, asOf: "2024-08-01" });
    expect(keptElsewhere.reason).toContain("after asOf 2024-08-01");
    expect([groups[1].sameAgain.raw.value, groups[1].keptElsewhere.value]).toEqual([null, null]);
    expect([groups[1].sameAgain.base, groups[1].keptElsewhere.numerator]).toEqual([3, 2]);
  });

  it("a product that was wholly given back has no base; its refund counts in the customer's sales", () => {
    const refunded = logOf([
      { id: "T1", ...bought("ani", 2023, "tv", 100) },
      { customerId: "ani", at: "2023-07-01", productId: "tv", amount: -100, refundOf: "T1", cost: 0 },
      bought("ani", 2023, "fiber", 900),
    ]);
    const { groups, customers } = defectionByView(refunded, options);
    expect(groups.map(({ group, sameAgain }) => [group, sameAgain.base])).toEqual([["fiber", 1]]);
    expect(customers.salesAdjusted.denominator).toBe(900);
  });

  it("of a log without rows has no groups; without the column it is refused", () => {
    const empty = defectionByView(logOf([]), options);
    expect([empty.groups, empty.customers.base, empty.sameAgain.base]).toEqual([[], 0, 0]);
    const error = thrown(() => defectionByView(referenceLog, { ...options, view: "channel" }));
    expect([error.code, error.path]).toEqual(["UNKNOWN_COLUMN", "options.view"]);
    expect(error.message).toBe(
      'options.view is "channel", but the log has no channels: give channel in the transactions',
    );
    expect(thrown(() => defectionByView(referenceLog, options)).message).toContain("give productId");
    const view = thrown(() => defectionByView(log, { ...options, view: "customer" as never }));
    expect([view.code, view.path]).toEqual(["INVALID_ARGUMENT", "options.view"]);
    expect(view.message).toContain('"customer"');
  });
});

describe("laws of defectionByView", () => {
  const days = fc
    .uniqueArray(fc.integer({ min: 0, max: 450 }), { minLength: 3, maxLength: 3 })
    .map((drawn) => [...drawn].sort((a, b) => a - b).map((n) => Date.UTC(2023, 0, 1) + n * 86_400_000));
  // A log has a column where some row has a value.
  const withColumns = plainLog().filter(
    ({ rows }) =>
      rows.some(({ productId }) => productId != null) && rows.some(({ channel }) => channel != null),
  );

  it("equals the definitions, computed customer by customer from plain rows", () => {
    const view = fc.constantFrom("product" as const, "channel" as const);
    const attribution = fc.constantFrom("purchase" as const, "transaction" as const);
    fc.assert(
      fc.property(withColumns, days, view, attribution, (plain, [a, b, c], through, refundAttribution) => {
        const log = transactionLog(plain.rows, plain.options);
        const windows = { previous: { start: a, end: b }, current: { start: b, end: c } };
        const found = defectionByView(log, { asOf: c, view: through, refundAttribution, ...windows });
        expect(found.customers.raw).toEqual(
          retentionRate(log, { asOf: c, refundAttribution, ...windows }).raw,
        );

        const nameOf = (row: { productId?: string | null; channel?: string | null }) =>
          (through === "product" ? row.productId : row.channel) ?? null;
        const facts = (customerId: string, window: { start: number; end: number }) =>
          plainFacts(plain.rows, customerId, { asOf: c, timeZone: "UTC", refundAttribution, window });
        const expected = ["rice", "salt", "shop", "tea", "web", null].flatMap((group) => {
          const base = [...new Set(plain.rows.map(({ customerId }) => customerId))].flatMap((customerId) => {
            const own = facts(customerId, windows.previous).filter(({ row }) => nameOf(row) === group);
            if (!own.some(({ counts }) => counts)) return [];
            const next = facts(customerId, windows.current).filter(({ counts }) => counts);
            const sales = sumOf(own, ({ net }) => net);
            const same = next.some(({ row }) => nameOf(row) === group);
            return [{ sales, profit: sales - sumOf(own, ({ cost }) => cost), same, any: next.length > 0 }];
          });
          if (base.length === 0) return [];
          const sides = (kept: typeof base) => [
            [kept.length, base.length],
            [sumOf(kept, ({ sales }) => sales), sumOf(base, ({ sales }) => sales)],
            [sumOf(kept, ({ profit }) => profit), sumOf(base, ({ profit }) => profit)],
          ];
          return [[group, sides(base.filter(({ same }) => same)), sides(base.filter(({ any }) => any))]];
        });
        const parts = (shares: typeof found.customers) =>
          [shares.raw, shares.salesAdjusted, shares.profitAdjusted].map((rate) => [
            rate.numerator,
            rate.denominator,
          ]);
        expect(
          found.groups.map(({ group, sameAgain, anyBusiness }) => [
            group,
            parts(sameAgain),
            parts(anyBusiness),
          ]),
        ).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("the company never loses more than a product does, and all lost are one or the other", () => {
    fc.assert(
      fc.property(withColumns, days, (plain, [a, b, c]) => {
        const log = transactionLog(plain.rows, plain.options);
        const previous = { start: a, end: b };
        const { groups, ...all } = defectionByView(log, {
          asOf: c,
          view: "product",
          previous,
          current: { start: b, end: c },
        });
        for (const { sameAgain, anyBusiness, keptElsewhere } of [all, ...groups]) {
          expect(keptElsewhere.numerator).toBeGreaterThanOrEqual(0);
          expect(keptElsewhere.numerator + anyBusiness.lost).toBe(sameAgain.lost);
          expect(sameAgain.base).toBe(anyBusiness.base);
        }
        for (const way of ["sameAgain", "anyBusiness"] as const)
          expect(groups.reduce((sum, group) => sum + group[way].base, 0)).toBe(all[way].base);
      }),
    );
  });

  it("the series has the points of retentionSeries; each is defectionByView of its two periods", () => {
    const spec = fc.constantFrom<PeriodSpec>("month", "quarter", { days: 30, anchor: "2023-02-01" });
    fc.assert(
      fc.property(withColumns, spec, fc.constantFrom(...ZONES), (plain, by, timeZone) => {
        const log = transactionLog(plain.rows, plain.options);
        const asOf = "2024-02-15";
        const series = defectionSeriesByView(log, { asOf, by, timeZone, view: "channel" });
        expect(series.map(({ customers, previous, current }) => [customers.raw, previous, current])).toEqual(
          retentionSeries(log, { asOf, by, timeZone }).map(({ raw, previous, current }) => [
            raw,
            previous,
            current,
          ]),
        );
        for (const { previous, current, ...point } of series) {
          const {
            previous: _,
            current: __,
            ...single
          } = defectionByView(log, { asOf, timeZone, previous, current, view: "channel" });
          expect(point).toEqual(single);
        }
      }),
      { numRuns: 60 },
    );
  });
});
