import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { row, rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type PurchaseIntervalOptions,
  purchaseIntervals,
} from "../../../src/retention/purchases/purchase-intervals.js";
import { purchaseWaits } from "../../../src/retention/purchases/purchase-waits.js";
import { kaplanMeier } from "../../../src/statistics/survival/kaplan-meier.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";
import { wallClock } from "../../history/zone-clock.js";

const asOf = "2025-01-01";
const of = (options: Partial<PurchaseIntervalOptions> = {}) =>
  purchaseIntervals(referenceLog, { asOf, ...options });

describe("purchaseIntervals on the reference log", () => {
  it("A: 59, 259, 47, 181, 184, 29 days, and 307 since", () => {
    // 2022-01-31, 03-31, 12-15, 2023-01-31, 07-31, 2024-01-31, 02-29.
    const a = row(of().customers, 0);
    expect(a).toMatchObject({
      customerId: "A",
      purchases: 7,
      mean: 759 / 6,
      median: (59 + 181) / 2,
      shortest: 29,
      longest: 259,
      toSecond: 59,
      open: 307,
    });
    const squares = [59, 259, 47, 181, 184, 29].reduce((sum, gap) => sum + (gap - 126.5) ** 2, 0);
    // One square root and a few sums: some units in the last place.
    expect(Math.abs((a.standardDeviation ?? 0) / Math.sqrt(squares / 5) - 1)).toBeLessThan(1e-14);
  });

  it("two gaps have a standard deviation, one has none: C 153, 578; K 30", () => {
    const byId = new Map(rows(of().customers).map((customer) => [customer.customerId, customer]));
    // |578 - 153| / sqrt(2), one rounding or two.
    expect(byId.get("C")?.standardDeviation).toBeCloseTo(425 / Math.SQRT2, 11);
    expect(byId.get("K")?.standardDeviation).toBeNull();
  });

  it("the base: 21 gaps of 4358 days in all, which is from everybody's first purchase to the last", () => {
    const { gaps, customerMeans, toSecond, open } = of();
    expect([gaps.count, gaps.mean, gaps.shortest, gaps.longest]).toEqual([21, 4358 / 21, 29, 578]);
    // A 59, B 150, C 153, G 386, H 228, I 30, J 182, K 30.
    expect([toSecond.count, toSecond.mean, toSecond.median]).toEqual([8, 1218 / 8, (150 + 153) / 2]);
    // Of A 759/6, B 943/3, C 731/2, G 386, H 502/2, I 641/4, J 366/2, K 30.
    expect(customerMeans.count).toBe(8);
    const means = [759 / 6, 943 / 3, 731 / 2, 386, 251, 641 / 4, 183, 30];
    expect(customerMeans.mean).toBeCloseTo(means.reduce((sum, mean) => sum + mean, 0) / 8, 12);
    expect(open.count).toBe(11);
    expect(open.shortest).toBe(1);
  });

  it("one purchase makes no gap: D, E, F have an open wait only", () => {
    const d = rows(of().customers).find(({ customerId }) => customerId === "D");
    // From 2024-03-01 to 2025-01-01.
    expect(d).toEqual({
      customerId: "D",
      purchases: 1,
      mean: null,
      median: null,
      standardDeviation: null,
      shortest: null,
      longest: null,
      toSecond: null,
      open: 306,
    });
  });

  it("rolling days are hours over 24", () => {
    const c = rows(of({ dayCount: "rolling" }).customers).find(({ customerId }) => customerId === "C");
    // 2022-02-28T23:59:59 to 07-31T12:00:00: 152 days, 12 hours and a second, where civil days are 153.
    expect(c?.toSecond).toBeCloseTo(152.5 + 1 / 86_400, 12);
    const k = rows(of({ dayCount: "rolling" }).customers).find(({ customerId }) => customerId === "K");
    expect([k?.mean, k?.open]).toEqual([30, 276.5]);
  });

  it("G's two orders of one instant are a gap of 0 where each is a purchase", () => {
    const g = rows(of({ occasion: "transaction" }).customers).find(({ customerId }) => customerId === "G");
    expect([g?.purchases, g?.shortest, g?.mean, g?.toSecond]).toEqual([3, 0, 193, 0]);
  });

  it("looks at the waits that began in a window, to their end after it", () => {
    const window = { start: "2023-01-01", end: "2024-01-01" };
    const { customers, gaps, toSecond, open } = of({ window });
    expect(customers.columns.customerId).toEqual(["A", "B", "G", "H", "I", "J"]);
    // A 181, 184; B 550; H 228, 274; I 30, 184, 152; J 182; G did not come back: 215 days of 2023 and 366.
    expect([gaps.count, gaps.mean]).toEqual([9, 1965 / 9]);
    expect(customers.columns.open).toEqual([null, null, 581, null, null, null]);
    expect(open.count).toBe(1);
    // H, I and J are new in 2023; A's first wait of that year is no wait for a second purchase.
    expect(customers.columns.toSecond).toEqual([null, null, null, 228, 30, 182]);
    expect([toSecond.count, toSecond.mean]).toEqual([3, 440 / 3]);
  });

  it("quantiles of type 7, for the shares asked for", () => {
    const { toSecond } = of({ probabilities: [0, 0.5, 1] });
    expect(toSecond.quantiles).toEqual([
      { probability: 0, value: 30 },
      { probability: 0.5, value: 151.5 },
      { probability: 1, value: 386 },
    ]);
    expect(of().gaps.quantiles.map(({ probability }) => probability)).toEqual([0.1, 0.25, 0.5, 0.75, 0.9]);
  });
});

it("without purchases or gaps every summary is null, and says why", () => {
  const { gaps, open, customers } = purchaseIntervals(transactionLog([], { currency: "IDR" }), { asOf });
  expect(gaps).toEqual({
    count: 0,
    mean: null,
    median: null,
    standardDeviation: null,
    shortest: null,
    longest: null,
    quantiles: [],
    reason: "gaps between purchases: 0",
  });
  expect([open.reason, customers.length]).toEqual(["customers whose wait is open: 0", 0]);
  const once = transactionLog([{ customerId: "a", at: "2024-12-31", amount: 1 }], { currency: "IDR" });
  const one = purchaseIntervals(once, { asOf });
  expect([one.toSecond.reason, one.customerMeans.count, one.open.mean]).toEqual([
    "customers with a second purchase: 0",
    0,
    1,
  ]);
  expect([one.open.standardDeviation, one.open.reason]).toEqual([null, "customers whose wait is open: 1"]);
});

it("refuses unusable options", () => {
  const path = (options: object) => thrown(() => of(options as Partial<PurchaseIntervalOptions>)).path;
  expect(path({ dayCount: "calendar" })).toBe("options.dayCount");
  expect(path({ occasion: "week" })).toBe("options.occasion");
  expect(path({ probabilities: [0.5, 1.5] })).toBe("options.probabilities[1]");
});

describe("purchaseWaits", () => {
  it("gives the gaps and the open wait of every customer", () => {
    const { columns, length } = purchaseWaits(referenceLog, { asOf });
    expect(length).toBe(32);
    expect(columns.duration.slice(0, 7)).toEqual([59, 259, 47, 181, 184, 29, 307]);
    expect(columns.event.slice(0, 7)).toEqual([true, true, true, true, true, true, false]);
    expect(columns.afterPurchase.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(columns.from[0]).toBe(Date.UTC(2022, 0, 31, 10));
    expect(columns.event.filter(Boolean)).toHaveLength(21);
  });

  it("after the first purchase alone: one row a customer", () => {
    const { columns } = purchaseWaits(referenceLog, { asOf, afterPurchase: 1 });
    expect(columns.customerId).toEqual([..."ABCDEFGHIJK"].sort(inLogOrder));
    const byId = new Map(columns.customerId.map((id, i) => [id, [columns.duration[i], columns.event[i]]]));
    expect([byId.get("A"), byId.get("D")]).toEqual([
      [59, true],
      [306, false],
    ]);
    expect(purchaseWaits(referenceLog, { asOf, afterPurchase: 8 }).length).toBe(0);
  });

  it("are survival data: open waits count as long as they were seen", () => {
    const log = transactionLog(
      [
        { customerId: "a", at: "2024-01-01", amount: 1 },
        { customerId: "a", at: "2024-01-31", amount: 1 },
        { customerId: "b", at: "2024-01-01", amount: 1 },
        { customerId: "b", at: "2024-02-20", amount: 1 },
        { customerId: "c", at: "2024-01-21", amount: 1 },
      ],
      { currency: "IDR" },
    );
    const first = kaplanMeier(purchaseWaits(log, { asOf: "2024-03-01", afterPurchase: 1 }));
    // A waited 30 days, c 40 so far, b 50: two of three still waited after 30, and of the one left at 50 none.
    expect(first.points.columns.time).toEqual([30, 40, 50]);
    expect(first.points.columns.survival.map((left) => left.toFixed(12))).toEqual([
      (2 / 3).toFixed(12),
      (2 / 3).toFixed(12),
      (0).toFixed(12),
    ]);
  });

  it("refuses a wait after no purchase", () => {
    const error = thrown(() => purchaseWaits(referenceLog, { asOf, afterPurchase: 0 }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.afterPurchase"]);
  });
});

const inLogOrder = (a: string, b: string) =>
  referenceLog.customerIds.indexOf(a) - referenceLog.customerIds.indexOf(b);

it("agrees with days counted on the calendar of the zone", () => {
  const dayNumber = (day: string) => Date.parse(day) / 86_400_000;
  fc.assert(
    fc.property(plainLog(), plainOptions, ({ rows: records, options }, o) => {
      const log = transactionLog(records, options);
      const { start, end } = o.window ?? { start: -Infinity, end: Infinity };
      const result = purchaseIntervals(log, o);
      const waits = rows(purchaseWaits(log, o));
      const seen = new Map(rows(result.customers).map((customer) => [customer.customerId, customer]));
      const all: number[] = [];
      for (const customerId of new Set(records.map((record) => record.customerId))) {
        const dayOf = (at: number) => dayNumber(wallClock(at, o.timeZone).day);
        const instants = plainFacts(records, customerId, { ...o, window: undefined })
          .filter(({ counts }) => counts)
          .map(({ row: { at } }) => at);
        // The first purchase of each day, of all known time: each begins a wait, up to the next or to asOf.
        const occasions = instants.filter(
          (at, i) => instants.findIndex((one) => dayOf(one) === dayOf(at)) === i,
        );
        const began = occasions.map((at, i) => ({
          after: i + 1,
          isIn: at >= start && at < end,
          event: i + 1 < occasions.length,
          days: dayOf(occasions[i + 1] ?? o.asOf) - dayOf(at),
        }));
        const own = began.filter(({ isIn }) => isIn);
        const gaps = own.filter(({ event }) => event).map(({ days }) => days);
        all.push(...gaps);
        expect(
          waits
            .filter((wait) => wait.customerId === customerId)
            .map(({ afterPurchase, duration, event }) => [afterPurchase, duration, event]),
        ).toEqual(own.map(({ after, days, event }) => [after, days, event]));
        const customer = seen.get(customerId);
        expect(customer === undefined).toBe(own.length === 0);
        if (!customer) continue;
        expect(customer.purchases).toBe(own.length);
        expect([customer.shortest, customer.longest]).toEqual(
          gaps.length === 0 ? [null, null] : [Math.min(...gaps), Math.max(...gaps)],
        );
        // Whole days add up exactly: one division.
        expect(customer.mean).toBe(
          gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
        );
        expect(customer.open).toBe(own.find(({ event }) => !event)?.days ?? null);
        expect(customer.toSecond).toBe(own.find(({ after, event }) => after === 1 && event)?.days ?? null);
      }
      expect(result.gaps.count).toBe(all.length);
      if (all.length > 0) expect(result.gaps.mean).toBe(all.reduce((sum, gap) => sum + gap, 0) / all.length);
    }),
  );
});

describe("a window says which waits begin in it; first, second and last are those of all time", () => {
  const day = (customerId: string, at: string) => ({ customerId, at, amount: 1 });
  const log = transactionLog(
    [
      day("old", "2023-12-01"),
      day("old", "2024-01-10"),
      day("old", "2024-03-10"),
      day("new", "2024-01-20"),
      day("new", "2024-02-09"),
    ],
    { currency: "IDR" },
  );
  const january = { start: "2024-01-01", end: "2024-02-01" };
  const options = { asOf: "2024-04-01", window: january };

  it("the wait after the second purchase of an old customer is no wait after the first", () => {
    const { columns } = purchaseWaits(log, options);
    expect(columns.customerId).toEqual(["old", "new"]);
    // old's of 10 January is the second purchase, and is waited out to 10 March, after the window.
    expect(columns.afterPurchase).toEqual([2, 1]);
    expect(columns.duration).toEqual([60, 20]);
    expect(columns.event).toEqual([true, true]);
    expect(purchaseWaits(log, { ...options, afterPurchase: 1 }).columns.customerId).toEqual(["new"]);
    const open = purchaseWaits(log, { asOf: "2024-02-05", window: january, afterPurchase: 1 });
    expect([open.columns.duration, open.columns.event]).toEqual([[16], [false]]);
  });

  it("the time to the second purchase is new's alone", () => {
    const { toSecond, gaps, open, customers } = purchaseIntervals(log, options);
    expect([toSecond.count, toSecond.mean]).toEqual([1, 20]);
    expect([gaps.count, gaps.mean, open.count]).toEqual([2, 40, 0]);
    expect(customers.columns.toSecond).toEqual([null, 20]);
    expect(customers.columns.open).toEqual([null, null]);
    // old's of 10 March (22 days) and new's of 9 February (52) begin the open waits.
    const later = purchaseIntervals(log, {
      asOf: "2024-04-01",
      window: { start: "2024-02-01", end: "2025-01-01" },
    });
    expect([later.customers.columns.open, later.toSecond.count]).toEqual([[22, 52], 0]);
  });

  it("firstPurchaseIn picks the customers, whose later waits count too", () => {
    const cohort = { asOf: "2024-04-01", firstPurchaseIn: january };
    expect(purchaseWaits(log, cohort).columns.customerId).toEqual(["new", "new"]);
    const { customers, firstPurchaseIn, window } = purchaseIntervals(log, cohort);
    expect(customers.columns.customerId).toEqual(["new"]);
    expect(firstPurchaseIn).toEqual({ start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 1, 1) });
    expect(window).toBeNull();
    const none = { asOf: "2024-04-01", firstPurchaseIn: { start: "2025-01-01", end: "2024-01-01" } };
    expect(thrown(() => purchaseWaits(log, none)).path).toBe("options.firstPurchaseIn");
    expect(thrown(() => purchaseIntervals(log, none)).path).toBe("options.firstPurchaseIn");
  });
});

it("rolling gaps and the open wait add up to the time from the first purchase to asOf", () => {
  fc.assert(
    fc.property(plainLog(), plainOptions, ({ rows: records, options }, { asOf: now, timeZone }) => {
      const log = transactionLog(records, options);
      const waits = rows(
        purchaseWaits(log, { asOf: now, timeZone, dayCount: "rolling", occasion: "transaction" }),
      );
      for (const { customerId, from, afterPurchase } of waits) {
        if (afterPurchase !== 1) continue;
        const own = waits.filter((wait) => wait.customerId === customerId);
        const total = own.reduce((sum, { duration }) => sum + duration, 0);
        // Sums of a few quotients of about 1e2 days.
        expect(Math.abs(total - (now - from) / 86_400_000)).toBeLessThan(1e-10);
      }
    }),
  );
});
