import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { subscriptionSchema } from "../../../src/model/subscription.js";
import {
  type RecurringRevenueOptions,
  recurringRevenue,
} from "../../../src/retention/revenue/recurring-revenue.js";
import type { RevenueSubscription } from "../../../src/retention/revenue/revenue-subscription.js";
import { thrown } from "../../core/thrown.js";
import { plainMrr, plainSubscriptions } from "../plain-revenue.js";

const monthly: Omit<RevenueSubscription, "customerId"> = {
  startAt: "2024-01-01",
  amount: 100,
  currency: "IDR",
  interval: { unit: "month" },
};
const JUNE = { asOf: "2024-06-01" };
const mrrOf = (more: Partial<RevenueSubscription>, options: RecurringRevenueOptions = JUNE) =>
  recurringRevenue([{ ...monthly, customerId: "a", ...more }], options).mrr;

describe("recurringRevenue", () => {
  it("sums by customer, product and group, in months and years", () => {
    const result = recurringRevenue(
      [
        { ...monthly, customerId: "b", productId: "web", amount: 100_000, interval: { unit: "year" } },
        { ...monthly, customerId: "a", productId: "mail", amount: 1200, interval: { unit: "week" } },
        { ...monthly, customerId: "b", productId: "mail", amount: 500 },
        { ...monthly, customerId: "b", productId: "web", amount: 7 },
        { ...monthly, customerId: "c" },
        { ...monthly, customerId: "d", productId: "free", amount: 0 },
      ],
      { ...JUNE, groupBy: (customerId) => ({ a: "south", b: "north", d: "west" })[customerId] },
    );
    // 8333.33 + 500 + 7 + 5200 + 100 a month; 100000 + 12 x 607 + 52 x 1200 a year.
    expect(result).toEqual({
      mrr: 14_140,
      arr: 100_000 + 7284 + 62_400,
      customers: 3,
      subscriptions: 5,
      perCustomer: { value: 14_140 / 3, numerator: 14_140, denominator: 3, reason: null },
      byCustomer: {
        length: 3,
        columns: {
          customerId: ["b", "a", "c"],
          mrr: [8840, 5200, 100],
          arr: [106_084, 62_400, 1200],
          subscriptions: [3, 1, 1],
        },
      },
      byProduct: [
        { productId: "mail", mrr: 5700, arr: 68_400, customers: 2, subscriptions: 2 },
        { productId: "web", mrr: 8340, arr: 100_084, customers: 1, subscriptions: 2 },
        { productId: null, mrr: 100, arr: 1200, customers: 1, subscriptions: 1 },
      ],
      groups: [
        { group: "north", mrr: 8840, arr: 106_084, customers: 1, subscriptions: 3 },
        { group: "south", mrr: 5200, arr: 62_400, customers: 1, subscriptions: 1 },
        { group: "west", mrr: 0, arr: 0, customers: 0, subscriptions: 0 },
        { group: null, mrr: 100, arr: 1200, customers: 1, subscriptions: 1 },
      ],
      asOf: Date.UTC(2024, 5, 1),
      currency: "IDR",
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("counts what began before asOf and has not ended before it", () => {
    expect(mrrOf({ startAt: "2024-05-31" })).toBe(100);
    expect(mrrOf({ startAt: "2024-06-01" })).toBe(0);
    expect(mrrOf({ endAt: "2024-05-31" })).toBe(0);
    // An end at asOf is not known yet.
    expect(mrrOf({ endAt: "2024-06-01" })).toBe(100);
    expect(mrrOf({ startAt: "2024-05-31", endAt: "2024-05-31" })).toBe(0);
    // Civil days are read in the zone: in Jakarta June begins at 17:00 UTC.
    expect(mrrOf({ startAt: "2024-05-31T18:00:00Z" }, { ...JUNE, timeZone: "Asia/Jakarta" })).toBe(0);
  });

  it("a record of the model fits as it is", () => {
    const subscription = subscriptionSchema.parse({
      id: "S-1",
      customerId: "C-1",
      productId: "fiber-50",
      startAt: "2024-03-01T00:00:00+07:00",
      amount: 350_000,
      currency: "IDR",
      interval: { unit: "month" },
      status: "paused",
      statusSince: "2024-06-15T00:00:00+07:00",
    });
    expect(recurringRevenue([subscription], JUNE).arr).toBe(4_200_000);
  });

  it("without subscriptions: zero, no currency, no revenue per customer", () => {
    const result = recurringRevenue([], JUNE);
    expect([result.mrr, result.arr, result.customers, result.currency]).toEqual([0, 0, 0, null]);
    expect(result.perCustomer).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "customers with recurring revenue: 0",
    });
    expect(recurringRevenue([], { ...JUNE, currency: "EUR" }).currency).toBe("EUR");
    expect(result.groups).toBeNull();
  });

  it("takes other currencies at the rates of asOf, each subscription rounded by the caller", () => {
    const asked: unknown[] = [];
    const result = recurringRevenue(
      [
        { ...monthly, customerId: "a", amount: 300 },
        { ...monthly, customerId: "a", amount: 1200, currency: "USD", interval: { unit: "year" } },
      ],
      {
        ...JUNE,
        currency: "IDR",
        convert: (amount, currency, at) => {
          asked.push([amount, currency, at]);
          return amount * 16_000;
        },
      },
    );
    expect([result.mrr, result.arr, result.currency]).toEqual([300 + 1_600_000, 3600 + 19_200_000, "IDR"]);
    expect(asked).toEqual([
      [100, "USD", Date.UTC(2024, 5, 1)],
      [1200, "USD", Date.UTC(2024, 5, 1)],
    ]);
  });

  it("is the plain sum, and its parts add up, in whatever order the rows come", () => {
    const asOf = fc.nat(400).map((days) => Date.UTC(2024, 0, 1) + days * 86_400_000);
    fc.assert(
      fc.property(plainSubscriptions, asOf, (subscriptions, asOf) => {
        const groupBy = (customerId: string) => (customerId < "c" ? customerId : null);
        const result = recurringRevenue(subscriptions, { asOf, groupBy });
        for (const { customerId, mrr } of rows(result.byCustomer))
          expect(mrr).toBe(plainMrr(subscriptions, customerId, asOf));
        const ids = [...new Set(subscriptions.map(({ customerId }) => customerId))];
        const paying = ids.filter((id) => plainMrr(subscriptions, id, asOf) > 0);
        expect([...result.byCustomer.columns.customerId].sort()).toEqual(paying.sort());
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        for (const parts of [rows(result.byCustomer), result.byProduct, result.groups ?? []]) {
          expect(sum(parts.map(({ mrr }) => mrr))).toBe(result.mrr);
          expect(sum(parts.map(({ arr }) => arr))).toBe(result.arr);
          expect(sum(parts.map((part) => part.subscriptions))).toBe(result.subscriptions);
        }
        expect(result.arr).toBe(12 * result.mrr);
        const { byCustomer: _, ...turned } = recurringRevenue([...subscriptions].reverse(), {
          asOf,
          groupBy,
        });
        const { byCustomer: __, ...straight } = result;
        expect(turned).toEqual(straight);
      }),
    );
  });
});

describe("recurringRevenue refuses", () => {
  const problemsOf = (subscriptions: readonly unknown[], options: object = JUNE) => {
    const error = thrown(() => recurringRevenue(subscriptions as never, options as never));
    expect(error.code).toBe("INVALID_ROWS");
    return error.problems?.map(({ row, field, reason }) => [row, field, reason]);
  };
  const good = { ...monthly, customerId: "a" };

  it("each bad row, with field and rule, all at once", () => {
    expect(
      problemsOf([
        good,
        { ...good, amount: -5 },
        { ...good, amount: 1.5, currency: "Rp" },
        { ...good, status: "active?" },
        { ...good, interval: { unit: "fortnight" } },
        { ...good, interval: undefined },
        { ...good, interval: { unit: "month", count: 0 } },
        { ...good, trialEndAt: "2023-12-31", statusSince: "yesterday" },
        { ...good, productId: 5 },
        { ...good, status: "canceled" },
      ]),
    ).toEqual([
      [1, "amount", "is below 0"],
      [2, "amount", "is not a whole number of minor units"],
      [2, "currency", "is not a currency code of three capital letters (ISO 4217)"],
      [3, "status", "is none of trialing, active, pastDue, unpaid, paused, canceled, expired, incomplete"],
      [4, "interval.unit", "is none of day, week, month, quarter, year"],
      [5, "interval.unit", "is none of day, week, month, quarter, year"],
      [6, "interval.count", "is not a whole number from 1"],
      [7, "trialEndAt", "is before startAt"],
      [7, "statusSince", "is no instant"],
      [8, "productId", "is no text"],
      [9, "endAt", "is missing, and so is statusSince: when was it canceled?"],
    ]);
    const { message } = thrown(() => recurringRevenue([good, { ...good, amount: -5 }], JUNE));
    expect(message).toContain("row 2, amount: -5 is below 0");
  });

  it("phases of one subscription that overlap, and ends before starts", () => {
    expect(
      problemsOf([
        { ...good, id: "S", endAt: "2024-03-01" },
        { ...good, id: "S", startAt: "2024-02-29" },
        { ...good, endAt: "2023-12-31" },
      ])?.map(([row, field]) => [row, field]),
    ).toEqual([
      [1, "startAt"],
      [2, "endAt"],
    ]);
    expect(mrrOf({ id: "S", endAt: "2024-03-01" })).toBe(0);
  });

  it("rows that are none", () => {
    expect(problemsOf([null, { ...good, customerId: "" }, { ...good, startAt: undefined }])).toHaveLength(3);
    // What is wrong with who and when, and with how much, in one error.
    expect(
      problemsOf([
        { ...good, customerId: "", amount: -1 },
        { ...good, startAt: "soon", currency: "Rp", status: "gone" },
        { ...good, amount: -10 },
      ])?.map(([row, field]) => [row, field]),
    ).toEqual([
      [0, "customerId"],
      [0, "amount"],
      [1, "startAt"],
      [1, "status"],
      [1, "currency"],
      [2, "amount"],
    ]);
    expect(thrown(() => recurringRevenue("rows" as never, JUNE)).path).toBe("subscriptions");
  });

  it("two currencies without a rate, and rates without a currency", () => {
    const two = [good, { ...good, currency: "USD" }];
    const mixed = thrown(() => recurringRevenue(two, JUNE));
    expect([mixed.code, mixed.path]).toEqual(["CURRENCY_MISMATCH", "subscriptions[1].currency"]);
    expect(mixed.message).toContain('row 2, currency: "USD" where row 1 has "IDR"');
    const other = thrown(() => recurringRevenue([good], { ...JUNE, currency: "USD" }));
    expect([other.code, other.path]).toEqual(["CURRENCY_MISMATCH", "subscriptions[0].currency"]);
    const unnamed = thrown(() => recurringRevenue(two, { ...JUNE, convert: (amount) => amount }));
    expect([unnamed.code, unnamed.path]).toEqual(["INVALID_ARGUMENT", "options.currency"]);
    for (const bad of [1.5, -1, Number.NaN]) {
      const error = thrown(() => recurringRevenue(two, { ...JUNE, currency: "IDR", convert: () => bad }));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.convert"]);
      expect(error.message).toContain(`${bad} for 100 USD at 2024-06-01`);
    }
  });

  it("bad options", () => {
    const pathOf = (options: object | undefined) => {
      const error = thrown(() => recurringRevenue([good], options as never));
      return [error.code, error.path];
    };
    expect(pathOf(undefined)).toEqual(["INVALID_ARGUMENT", "options"]);
    expect(pathOf({})).toEqual(["INVALID_ARGUMENT", "options.asOf"]);
    expect(pathOf({ ...JUNE, timeZone: "Java" })).toEqual(["UNKNOWN_TIME_ZONE", "options.timeZone"]);
    expect(pathOf({ ...JUNE, rounding: "up?" })).toEqual(["INVALID_ARGUMENT", "options.rounding"]);
    expect(pathOf({ ...JUNE, currency: "rp" })).toEqual(["INVALID_ARGUMENT", "options.currency"]);
    expect(pathOf({ ...JUNE, convert: 16_000, currency: "IDR" })).toEqual([
      "INVALID_ARGUMENT",
      "options.convert",
    ]);
    expect(pathOf({ ...JUNE, groupBy: "region" })).toEqual(["INVALID_ARGUMENT", "options.groupBy"]);
  });

  it("a sum beyond 2^53 - 1", () => {
    const much = { ...good, amount: Number.MAX_SAFE_INTEGER, interval: { unit: "year", count: 2 } } as const;
    const error = thrown(() => recurringRevenue([much, much, much], JUNE));
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "subscriptions"]);
    expect(error.message).toContain("of customer a");
    // One row whose month fits, and whose year does not.
    const year = thrown(() => recurringRevenue([good, { ...good, amount: 9e14 }], JUNE));
    expect([year.code, year.path]).toEqual(["UNSAFE_INTEGER", "subscriptions[1].amount"]);
    const two = ["a", "b"].map((customerId) => ({ ...good, customerId, amount: 4e14 }));
    expect(thrown(() => recurringRevenue([...two, { ...two[0], customerId: "c" }], JUNE)).path).toBe(
      "subscriptions",
    );
  });

  it("no customer who has not begun is asked for a group", () => {
    const asked: string[] = [];
    const { groups } = recurringRevenue([{ ...good, customerId: "z", startAt: "2024-06-01" }, good], {
      ...JUNE,
      groupBy: (id) => {
        asked.push(id);
        return id;
      },
    });
    expect([asked, groups?.map(({ group }) => group)]).toEqual([["a"], ["a"]]);
  });
});
