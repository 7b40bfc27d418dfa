import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { type RetentionOptions, retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { retentionRateOf } from "../../../src/retention/rates/retention-rate-of.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const year = (y: number) => ({ start: `${y}-01-01`, end: `${y + 1}-01-01` });
const pair = (y: number, rest: Partial<RetentionOptions> = {}): RetentionOptions => ({
  asOf: "2025-01-01",
  previous: year(y),
  current: year(y + 1),
  ...rest,
});

describe("retentionRate on the reference log", () => {
  it("counts and weighs 2022 to 2023", () => {
    const rate = retentionRate(referenceLog, pair(2022));
    expect(rate.raw).toEqual({ value: 0.5, numerator: 3, denominator: 6, reason: null });
    expect(rate.salesAdjusted).toEqual({
      value: 25 / 39,
      numerator: 100_000,
      denominator: 156_000,
      reason: null,
    });
    expect(rate.profitAdjusted).toEqual({
      value: 10 / 9,
      numerator: 40_000,
      denominator: 36_000,
      reason: null,
    });
    expect([rate.base, rate.retained, rate.lost]).toEqual([6, 3, 3]);
  });

  it("counts and weighs 2023 to 2024", () => {
    const rate = retentionRate(referenceLog, pair(2023));
    expect([rate.raw.numerator, rate.raw.denominator]).toEqual([5, 6]);
    expect(rate.salesAdjusted.value).toBe(43 / 45);
    expect(rate.profitAdjusted.value).toBe(141 / 149);
  });

  it("defection is what is missing to 1, negative where those who left cost more than they brought", () => {
    const { defection } = retentionRate(referenceLog, pair(2022));
    expect(defection.raw).toEqual({ value: 0.5, numerator: 3, denominator: 6, reason: null });
    expect(defection.salesAdjusted.value).toBe(14 / 39);
    expect(defection.profitAdjusted).toEqual({
      value: -1 / 9,
      numerator: -4_000,
      denominator: 36_000,
      reason: null,
    });
  });

  it("the calendar year is that of the zone: F and J buy a year later in Jakarta", () => {
    const utc = [2022, 2023].map((y) => retentionRate(referenceLog, pair(y)).raw.value);
    const jakarta = [2022, 2023].map(
      (y) => retentionRate(referenceLog, pair(y, { timeZone: "Asia/Jakarta" })).raw.value,
    );
    expect(utc).toEqual([0.5, 5 / 6]);
    expect(jakarta).toEqual([0.6, 4 / 6]);
  });

  it("a refund counts where its purchase was made, or where it was paid", () => {
    // T41 gives back 20.00 of F's purchase of 2022 in January 2023.
    const purchase = retentionRate(referenceLog, pair(2022));
    const transaction = retentionRate(referenceLog, pair(2022, { refundAttribution: "transaction" }));
    expect(purchase.salesAdjusted.denominator).toBe(156_000);
    expect(transaction.salesAdjusted.denominator).toBe(158_000);
    // Who bought is the same: F's purchase of 2023 was wholly given back, D's of 2022 too.
    expect(transaction.raw).toEqual(purchase.raw);
  });

  it("does not know a refund of later than asOf", () => {
    // On 2022-04-02 D gives back the only purchase of March 2022.
    const march = {
      previous: { start: "2022-03-01", end: "2022-04-01" },
      current: { start: "2022-04-01", end: "2022-04-02" },
    };
    expect(retentionRate(referenceLog, { asOf: "2022-04-02", ...march }).base).toBe(2);
    expect(retentionRate(referenceLog, { asOf: "2022-05-01", ...march }).base).toBe(1);
  });

  it("windows are half-open: a purchase at the end is outside", () => {
    const at = "2023-02-28T12:00:00Z";
    const current = { start: "2024-01-01", end: "2025-01-01" };
    const upTo = retentionRate(
      referenceLog,
      pair(2023, { previous: { start: "2023-02-28", end: at }, current }),
    );
    const from = retentionRate(
      referenceLog,
      pair(2023, { previous: { start: at, end: "2023-03-01" }, current }),
    );
    expect([upTo.base, from.base, from.retained]).toEqual([0, 1, 1]);
  });

  it("a window that is not over gives counts, and no rates", () => {
    const rate = retentionRate(referenceLog, pair(2023, { asOf: "2024-07-01" }));
    const reason = "the current period ends 2025-01-01T00:00:00.000Z, after asOf 2024-07-01T00:00:00.000Z";
    expect(rate.raw).toEqual({ value: null, numerator: 4, denominator: 6, reason });
    expect([rate.salesAdjusted.reason, rate.profitAdjusted.reason, rate.defection.raw.reason]).toEqual([
      reason,
      reason,
      reason,
    ]);
    expect(rate.rawInterval).toBeNull();
  });

  it("a window that ends at asOf is over", () => {
    expect(retentionRate(referenceLog, pair(2023, { asOf: "2025-01-01" })).raw.value).not.toBeNull();
  });

  it("gaps between the windows are allowed: the same quarter a year later", () => {
    const rate = retentionRate(referenceLog, {
      asOf: "2025-01-01",
      previous: { start: "2023-01-01", end: "2023-04-01" },
      current: { start: "2024-01-01", end: "2024-04-01" },
    });
    // A, B, H, I bought in the first quarter of 2023; A and I in that of 2024.
    expect([rate.base, rate.retained]).toEqual([4, 2]);
  });

  it("the interval of the raw rate is Wilson's, at the level asked for", () => {
    // At a share of one half Wilson's limits are 1/2 -+ z / (2 sqrt(n + z^2)).
    const z = 1.959963984540054;
    const half = z / (2 * Math.sqrt(6 + z * z));
    const { rawInterval } = retentionRate(referenceLog, pair(2022));
    expect(rawInterval?.lower).toBeCloseTo(0.5 - half, 14);
    expect(rawInterval?.upper).toBeCloseTo(0.5 + half, 14);
    const wide = retentionRate(referenceLog, pair(2022, { confidenceLevel: 0.99 })).rawInterval;
    expect(wide?.confidenceLevel).toBe(0.99);
    expect(wide?.lower).toBeLessThan(rawInterval?.lower ?? 0);
  });

  it("survives JSON and structuredClone", () => {
    const rate = retentionRate(referenceLog, pair(2022));
    expect(JSON.parse(JSON.stringify(rate))).toEqual(rate);
    expect(structuredClone(rate)).toEqual(rate);
  });
});

describe("retentionRate where a rate is undefined", () => {
  it("an empty base gives null three ways, with a reason", () => {
    const rate = retentionRate(referenceLog, pair(2019));
    for (const part of [rate.raw, rate.salesAdjusted, rate.profitAdjusted]) {
      expect(part.value).toBeNull();
      expect(part.reason).not.toBeNull();
    }
    expect(rate.raw).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "customers in the base: 0",
    });
    expect(rate.rawInterval).toBeNull();
  });

  it("a base that brought no profit has no profit-adjusted rate", () => {
    const log = transactionLog(
      [
        { customerId: "a", at: "2023-05-01", amount: 100, cost: 150 },
        { customerId: "a", at: "2024-05-01", amount: 100, cost: 50 },
      ],
      { currency: "IDR" },
    );
    const rate = retentionRate(log, pair(2023));
    expect(rate.profitAdjusted).toEqual({
      value: null,
      numerator: -50,
      denominator: -50,
      reason: "previous profit of the base: -50",
    });
    expect(rate.salesAdjusted.value).toBe(1);
  });

  it("a log without costs has no profit-adjusted rate", () => {
    const log = transactionLog([{ customerId: "a", at: "2023-05-01", amount: 100 }], { currency: "IDR" });
    expect(retentionRate(log, pair(2023)).profitAdjusted).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "the log has no costs",
    });
  });

  it("dropping one of two products is no defection, a free purchase is a purchase", () => {
    const log = transactionLog(
      [
        { customerId: "a", at: "2023-05-01", amount: 100, productId: "phone" },
        { customerId: "a", at: "2023-06-01", amount: 900, productId: "internet" },
        { customerId: "a", at: "2024-05-01", amount: 0, productId: "phone" },
      ],
      { currency: "IDR" },
    );
    const rate = retentionRate(log, pair(2023));
    expect([rate.raw.value, rate.salesAdjusted.value]).toEqual([1, 1]);
  });

  it("says as of when, where and in which currency", () => {
    const rate = retentionRate(referenceLog, pair(2022, { asOf: "2024-06-01", timeZone: "Asia/Jakarta" }));
    expect([rate.asOf, rate.timeZone, rate.currency]).toEqual([
      Date.UTC(2024, 4, 31, 17),
      "Asia/Jakarta",
      "USD",
    ]);
  });

  it("a refund that is linked to no purchase can bring the sales-adjusted rate above 1", () => {
    const log = transactionLog(
      [
        { customerId: "stayer", at: "2023-05-01", amount: 1000 },
        { customerId: "stayer", at: "2024-05-01", amount: 10 },
        { customerId: "leaver", at: "2023-05-01", amount: 100 },
        { customerId: "leaver", at: "2023-06-01", type: "refund", amount: -500 },
      ],
      { currency: "IDR", unlinkedRefunds: "accept" },
    );
    const { salesAdjusted, defection } = retentionRate(log, pair(2023));
    expect(salesAdjusted).toEqual({ value: 1000 / 600, numerator: 1000, denominator: 600, reason: null });
    expect(defection.salesAdjusted.numerator).toBe(-400);
  });

  it("a predicate decides what counts as business done", () => {
    const only = retentionRate(
      referenceLog,
      pair(2022, { qualifies: (purchase) => purchase.amount >= 20_000 }),
    );
    // B and E (and D, whose purchase the predicate lets stand) in 2022; of them B in 2023.
    expect([only.base, only.retained]).toEqual([3, 1]);
  });
});

describe("retentionRate refuses", () => {
  it("overlapping windows", () => {
    const error = thrown(() =>
      retentionRate(referenceLog, pair(2022, { current: { start: "2022-12-31", end: "2024-01-01" } })),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.current"]);
    expect(error.message).toContain('"2022-12-31"');
  });

  it("a window that ends before it starts", () => {
    const error = thrown(() =>
      retentionRate(referenceLog, pair(2022, { previous: { start: "2022-12-31", end: "2022-01-01" } })),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.previous"]);
    expect(error.message).toContain('"2022-01-01"');
  });

  it("no window, a wrong level, an unknown zone", () => {
    const { previous: _, ...without } = pair(2022);
    const missing = thrown(() => retentionRate(referenceLog, without as RetentionOptions));
    expect([missing.code, missing.path]).toEqual(["INVALID_ARGUMENT", "options.previous"]);
    expect(missing.message).toContain("undefined");
    const level = thrown(() => retentionRate(referenceLog, pair(2022, { confidenceLevel: 95 })));
    expect([level.code, level.path]).toEqual(["INVALID_ARGUMENT", "options.confidenceLevel"]);
    expect(level.message).toContain("95");
    expect(thrown(() => retentionRate(referenceLog, pair(2022, { timeZone: "Mars/Base" }))).code).toBe(
      "UNKNOWN_TIME_ZONE",
    );
  });
});

// Purchases and refunds of few customers over two years, so that all cases meet.
const purchases = fc.array(
  fc.record({
    customerId: fc.constantFrom("a", "b", "c", "d", "e"),
    day: fc.integer({ min: 0, max: 729 }),
    amount: fc.integer({ min: 0, max: 1000 }),
    cost: fc.integer({ min: 0, max: 1200 }),
    refund: fc.option(fc.record({ after: fc.integer({ min: 0, max: 400 }), part: fc.constantFrom(0.5, 1) })),
  }),
  { maxLength: 25 },
);
const DAY = 86_400_000;
const rowsOf = (drawn: typeof purchases extends fc.Arbitrary<infer T> ? T : never) =>
  drawn.flatMap(({ customerId, day, amount, cost, refund }, i) => {
    const at = Date.UTC(2023, 0, 1) + day * DAY;
    const back = refund && {
      customerId,
      at: at + refund.after * DAY,
      amount: -Math.floor(amount * refund.part),
      cost: 0,
      refundOf: `T${i}`,
    };
    return [{ id: `T${i}`, customerId, at, amount, cost }, ...(back ? [back] : [])];
  });

describe("laws of retentionRate", () => {
  it("equals the definitions, computed customer by customer from the rows", () => {
    fc.assert(
      fc.property(purchases, (drawn) => {
        const rows = rowsOf(drawn);
        const rate = retentionRate(transactionLog(rows, { currency: "IDR" }), pair(2023));
        const asOf = Date.UTC(2025, 0, 1);
        const bought = rows.flatMap((row) => {
          if (!("id" in row) || row.at >= asOf) return [];
          const back = rows.filter((r) => "refundOf" in r && r.refundOf === row.id && r.at < asOf);
          const net = back.reduce((sum, r) => sum + r.amount, row.amount);
          const counts = row.amount === 0 || net > 0;
          return [
            { customerId: row.customerId, y: new Date(row.at).getUTCFullYear(), net, cost: row.cost, counts },
          ];
        });
        const active = (y: number) =>
          new Set(bought.filter((b) => b.counts && b.y === y).map((b) => b.customerId));
        const base = active(2023);
        const kept = new Set([...base].filter((id) => active(2024).has(id)));
        const sum = (who: Set<string>, of: (b: (typeof bought)[number]) => number) =>
          bought.filter((b) => b.y === 2023 && who.has(b.customerId)).reduce((total, b) => total + of(b), 0);
        expect([rate.retained, rate.base]).toEqual([kept.size, base.size]);
        expect(rate.salesAdjusted.numerator).toBe(sum(kept, (b) => b.net));
        expect(rate.salesAdjusted.denominator).toBe(sum(base, (b) => b.net));
        expect(rate.profitAdjusted.numerator).toBe(sum(kept, (b) => b.net - b.cost));
        expect(rate.profitAdjusted.denominator).toBe(sum(base, (b) => b.net - b.cost));
        expect(rate.salesAdjusted.value ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("does not depend on the order of the rows; multiplying all money changes no rate", () => {
    fc.assert(
      fc.property(purchases, fc.integer({ min: 2, max: 1000 }), (drawn, factor) => {
        const rows = rowsOf(drawn);
        const rate = retentionRate(transactionLog(rows, { currency: "IDR" }), pair(2023));
        const turned = transactionLog([...rows].reverse(), { currency: "IDR" });
        expect(retentionRate(turned, pair(2023))).toEqual(rate);
        const scaled = rows.map((row) => ({ ...row, amount: row.amount * factor, cost: row.cost * factor }));
        const other = retentionRate(transactionLog(scaled, { currency: "IDR" }), pair(2023));
        // Quotients of the same two integers times a factor: correctly rounded division gives the same double.
        expect([other.raw.value, other.salesAdjusted.value, other.profitAdjusted.value]).toEqual([
          rate.raw.value,
          rate.salesAdjusted.value,
          rate.profitAdjusted.value,
        ]);
      }),
    );
  });

  it("is the plain form on the same numbers, and retention and defection make up the base", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            sales: fc.integer({ min: 1, max: 9999 }),
            cost: fc.integer({ min: 0, max: 12_000 }),
            retained: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (customers) => {
          const rows = customers.flatMap(({ sales, cost, retained }, i) => [
            { customerId: `c${i}`, at: "2023-06-01", amount: sales, cost },
            ...(retained ? [{ customerId: `c${i}`, at: "2024-06-01", amount: 1, cost: 0 }] : []),
          ]);
          // An empty log has no cost column, and says so.
          fc.pre(customers.length > 0);
          const { previous, current, asOf, timeZone, currency, ...shares } = retentionRate(
            transactionLog(rows, { currency: "IDR" }),
            pair(2023),
          );
          const plain = customers.map(({ sales, cost, retained }) => ({
            sales,
            profit: sales - cost,
            retained,
          }));
          expect(shares).toEqual(retentionRateOf(plain));
          for (const way of ["raw", "salesAdjusted", "profitAdjusted"] as const) {
            expect(shares[way].numerator + shares.defection[way].numerator).toBe(shares[way].denominator);
          }
        },
      ),
    );
  });
});
