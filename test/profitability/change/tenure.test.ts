import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration } from "../../../src/core/duration.js";
import { startOfDay } from "../../../src/core/time-zone.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { growthByTenure } from "../../../src/profitability/change/growth-by-tenure.js";
import { pricePremiumByTenure } from "../../../src/profitability/change/price-premium-by-tenure.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const buy = (customerId: string, at: string, amount: number, more: object = {}) => ({
  customerId,
  at,
  amount,
  ...more,
});
const logOf = (list: ReturnType<typeof buy>[], timeZone = "UTC") =>
  transactionLog(list, { currency: "IDR", timeZone });

describe("growthByTenure", () => {
  const log = logOf([
    buy("a", "2022-03-01", 100, { cost: 50 }),
    buy("a", "2023-02-28", 20, { cost: 20 }),
    buy("a", "2023-03-01", 180, { cost: 60 }),
    buy("a", "2024-05-01", 200, { cost: 60 }),
    buy("b", "2022-06-15", 80, { cost: 10 }),
    buy("c", "2023-12-31", 60, { cost: 10 }),
    buy("d", "2024-11-01", 999, { cost: 10 }),
  ]);

  it("by hand: the same customers, those who left as zero", () => {
    const { steps } = growthByTenure(log, { asOf: "2025-01-01" });
    // Over at 2025-01-01: a two years (the third ends in March), b two, c one, d none.
    expect(steps).toMatchObject([
      {
        step: 1,
        customers: 3,
        buyers: 3,
        amount: 260,
        mean: { value: 260 / 3 },
        growth: null,
        growthOfBuyers: null,
      },
      {
        step: 2,
        customers: 2,
        buyers: 1,
        amount: 180,
        mean: { value: 90 },
        growth: { customers: 2, before: 200, after: 180, growth: { value: -0.1 } },
        growthOfBuyers: { customers: 1, before: 120, after: 180, growth: { value: 0.5 } },
      },
    ]);
    expect(steps).toHaveLength(2);
  });

  it("profit and orders; a stated start moves the years", () => {
    const profit = growthByTenure(log, { asOf: "2025-01-01", measure: "profit" });
    expect(profit.steps.map(({ amount }) => amount)).toEqual([50 + 0 + 70 + 50, 120]);
    const orders = growthByTenure(log, { asOf: "2025-01-01", measure: "orders" });
    expect(orders.steps.map(({ amount }) => amount)).toEqual([4, 1]);
    const startedAt = new Map([["b", "2020-06-15"]]);
    const { steps } = growthByTenure(log, { asOf: "2025-01-01", startedAt });
    // b: 80 in the third year of four and a half.
    expect(steps.map(({ customers, amount }) => [customers, amount])).toEqual([
      [3, 180],
      [2, 180],
      [1, 80],
      [1, 0],
    ]);
    expect(steps[3].growth?.growth.value).toBe(-1);
    expect(steps[2].growth?.growth).toMatchObject({ value: null, reason: "brought in the step before: 0" });
  });

  it("a step is over on the anniversary, not a day before; a refund after asOf is not known", () => {
    expect(growthByTenure(log, { asOf: "2023-02-28" }).steps).toEqual([]);
    expect(growthByTenure(log, { asOf: "2023-03-01" }).steps).toHaveLength(1);
    const refunded = logOf([
      buy("a", "2023-01-01", 100, { id: "1" }),
      buy("a", "2023-02-01", 50),
      buy("a", "2024-06-01", -100, { refundOf: "1" }),
    ]);
    expect(growthByTenure(refunded, { asOf: "2024-06-01" }).steps[0].amount).toBe(150);
    // The first purchase that stands is the second.
    expect(growthByTenure(refunded, { asOf: "2024-07-01" }).steps[0]).toMatchObject({
      amount: 50,
      customers: 1,
    });
  });

  it("every amount is in one step, by any length of it", () => {
    const asOf = "2030-01-01";
    // All rows of the log, refunds being rows below zero: that of D, who brought everything back, sum to zero.
    const whole = referenceLog.amount.reduce((sum, amount) => sum + amount, 0);
    for (const by of ["month", "quarter", "halfYear", "year"] as const) {
      const { steps } = growthByTenure(referenceLog, { asOf, by });
      const net = steps.reduce((sum, step) => sum + step.amount, 0);
      expect(net).toBe(whole);
    }
  });

  it("anniversaries are those of addDuration: month ends, leap days, clocks", () => {
    const days = fc.integer({ min: 10_000, max: 21_000 });
    const zones = fc.constantFrom("UTC", "Asia/Jakarta", "America/New_York");
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: -1, max: 1 }),
        zones,
        (day, months, off, timeZone) => {
          const start = startOfDay(day, timeZone);
          const anniversary = addDuration(start, { months }, { timeZone });
          const asOf = anniversary + off * 86_400_000;
          const one = transactionLog([{ customerId: "a", at: start, amount: 1 }], {
            currency: "IDR",
            timeZone,
          });
          const { steps } = growthByTenure(one, { asOf, by: "month" });
          // A day off either way is on the other side of this anniversary, never beyond the next.
          expect(steps.length).toBe(off < 0 ? months - 1 : months);
        },
      ),
    );
  });

  it("bad input", () => {
    const asOf = "2025-01-01";
    expect(thrown(() => growthByTenure(log, { asOf, by: "week" as never })).path).toBe("options.by");
    expect(thrown(() => growthByTenure(log, { asOf, measure: "sales" as never })).path).toBe(
      "options.measure",
    );
    const bare = logOf([buy("a", "2022-01-01", 1)]);
    expect(thrown(() => growthByTenure(bare, { asOf, measure: "profit" })).message).toContain("no costs");
    const late = thrown(() => growthByTenure(log, { asOf, startedAt: new Map([["a", "2022-03-02"]]) }));
    expect(late).toMatchObject({ code: "INVALID_ARGUMENT", path: 'options.startedAt.get("a")' });
    expect(late.message).toContain("2022-03-01T00:00:00.000Z");
    expect(thrown(() => growthByTenure(log, { asOf, startedAt: 5 as never })).path).toBe("options.startedAt");
  });
});

describe("pricePremiumByTenure", () => {
  const asOf = "2025-01-01";
  const sold = (
    customerId: string,
    at: string,
    productId: string,
    quantity: number,
    amount: number,
    more: object = {},
  ) => buy(customerId, at, amount, { productId, quantity, ...more });
  const log = logOf([
    sold("a", "2023-01-10", "tea", 10, 900),
    sold("a", "2024-02-10", "tea", 5, 520),
    sold("a", "2024-03-10", "cup", 1, 330),
    sold("b", "2024-05-10", "cup", 2, 600),
    sold("b", "2024-06-10", "gift", 1, 50),
  ]);
  const listPrice = new Map([
    ["tea", 100],
    ["cup", 300],
  ]);

  it("by hand: realized over list, by year with us, and of those who bought in both", () => {
    const { steps, total, leftOut } = pricePremiumByTenure(log, { asOf, listPrice });
    // First year: 900 + 600 at lists of 1,000 + 600; second: 520 + 330 at 500 + 300.
    expect(steps[0]).toMatchObject({
      step: 1,
      customers: 2,
      realized: 1500,
      list: 1600,
      sameCustomers: null,
    });
    expect(steps[0].premium.value).toBe(-100 / 1600);
    expect(steps[1]).toMatchObject({
      step: 2,
      customers: 1,
      realized: 850,
      list: 800,
      premium: { value: 0.0625 },
    });
    expect(steps[1].sameCustomers).toMatchObject({
      customers: 1,
      before: { realized: 900, premium: { value: -0.1 } },
      after: { premium: { value: 0.0625 } },
    });
    expect(total).toMatchObject({ realized: 2350, list: 2400 });
    expect(leftOut).toEqual({ rows: 1, realized: 50 });
  });

  it("prices that change with time, and a window", () => {
    const rising = (productId: string, at: number) =>
      productId === "gift" ? null : (productId === "tea" ? 100 : 300) * (at >= Date.UTC(2024, 0) ? 1.1 : 1);
    const { steps } = pricePremiumByTenure(log, {
      asOf,
      listPrice: rising,
      window: { start: "2024-01-01", end: "2024-05-01" },
    });
    expect(steps.map(({ customers }) => customers)).toEqual([0, 1]);
    expect(steps[0].premium).toMatchObject({ value: null, reason: "at list prices: 0" });
    expect(steps[1].list).toBeCloseTo(880, 9);
  });

  it("refunds take their units with them, at the list price of the purchase", () => {
    const refunded = logOf([
      sold("a", "2023-01-10", "tea", 10, 900, { id: "1" }),
      sold("a", "2023-02-10", "tea", 10, 1000),
      sold("a", "2023-03-10", "tea", -10, -900, { refundOf: "1" }),
    ]);
    const listOf = (_: string, at: number) => (at < Date.UTC(2023, 1) ? 100 : 125);
    for (const refundAttribution of ["purchase", "transaction"] as const) {
      const { total } = pricePremiumByTenure(refunded, { asOf, listPrice: listOf, refundAttribution });
      // The first purchase does not stand, and tenure begins with the second: a refund at its own time takes its units off there.
      expect(total.realized).toBe(refundAttribution === "purchase" ? 1000 : 100);
      expect(total.list).toBe(refundAttribution === "purchase" ? 1250 : 250);
    }
  });

  it("who only brings something back in a year has not bought in it; the money counts there all the same", () => {
    const returned = logOf([
      sold("a", "2022-01-10", "tea", 10, 1000, { id: "1" }),
      sold("a", "2023-02-10", "tea", -1, -100, { refundOf: "1" }),
    ]);
    const { steps } = pricePremiumByTenure(returned, { asOf, listPrice, refundAttribution: "transaction" });
    expect(steps.map(({ customers, realized }) => [customers, realized])).toEqual([
      [1, 1000],
      [0, -100],
    ]);
    expect(steps[1].sameCustomers).toMatchObject({ customers: 0, before: { list: 0 }, after: { list: 0 } });
  });

  it("scaling all prices leaves the premium; an amount at list is none", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("a", "b"),
            fc.integer({ min: 0, max: 900 }),
            fc.integer({ min: 1, max: 9 }),
          ),
          { minLength: 1 },
        ),
        (list) => {
          const rows = list.map(([customerId, day, quantity]) => ({
            customerId,
            at: Date.UTC(2022, 0, 1 + day),
            productId: "tea",
            quantity,
            amount: quantity * 100,
          }));
          const atList = pricePremiumByTenure(transactionLog(rows, { currency: "IDR" }), { asOf, listPrice });
          expect(atList.total.premium.value).toBe(0);
          expect(atList.steps.reduce((sum, step) => sum + step.realized, 0)).toBe(atList.total.realized);
        },
      ),
    );
  });

  it("bad input", () => {
    const bare = logOf([buy("a", "2023-01-10", 900, { productId: "tea" })]);
    expect(thrown(() => pricePremiumByTenure(bare, { asOf, listPrice })).message).toContain("no quantity");
    const nameless = logOf([buy("a", "2023-01-10", 900, { quantity: 1 })]);
    expect(thrown(() => pricePremiumByTenure(nameless, { asOf, listPrice })).message).toContain(
      "no products",
    );
    expect(thrown(() => pricePremiumByTenure(log, { asOf, listPrice: {} as never })).path).toBe(
      "options.listPrice",
    );
    const zero = thrown(() => pricePremiumByTenure(log, { asOf, listPrice: () => 0 }));
    expect(zero.message).toContain('gives 0 for "tea"');
  });
});
