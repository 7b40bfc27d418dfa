import { describe, expect, test } from "vitest";
import { rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import type { LogRow } from "../../src/history/log-row.js";
import type { WindowedMetricOptions } from "../../src/history/metric-options.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionRow } from "../../src/history/transaction-row.js";
import { thrown } from "../core/thrown.js";

const IDR = { currency: "IDR" } as const;
const purchase = { id: "T1", customerId: "ani", at: "2024-01-31", amount: 500 };
const refund = (at: string, amount: number): TransactionRow => ({
  customerId: "ani",
  at,
  amount,
  refundOf: "T1",
});

function summaryOf(records: readonly TransactionRow[], options: WindowedMetricOptions) {
  const [summary] = rows(customerSummary(transactionLog(records, IDR), options));
  return [summary.purchases, summary.net];
}

describe("a purchase qualifies", () => {
  const asOf = "2025-01-01";
  test.each([
    ["without refunds", purchase, [], [1, 500]],
    ["when refunds leave a part", purchase, [-499], [1, 1]],
    ["not when one refund reverses all", purchase, [-500], [0, 0]],
    ["not when several refunds together reverse all", purchase, [-200, -300], [0, 0]],
    ["not when more is given back than was paid", purchase, [-501], [0, -1]],
    ["when a refund gives nothing back", purchase, [0], [1, 500]],
    ["with an amount of zero", { ...purchase, amount: 0 }, [], [1, 0]],
    [
      "with an amount of zero, also when something is given back for it",
      { ...purchase, amount: 0 },
      [-5],
      [1, -5],
    ],
  ])("%s", (_, bought, refunds, expected) => {
    const records = [bought, ...refunds.map((amount) => refund("2024-02-01", amount))];
    expect(summaryOf(records, { asOf })).toEqual(expected);
    expect(summaryOf(records, { asOf, refundAttribution: "transaction" })).toEqual(expected);
  });

  test("by what is known before asOf (trap 16: refund after asOf)", () => {
    const records = [purchase, refund("2024-02-10", -300), refund("2024-02-20", -200)];
    expect(summaryOf(records, { asOf: "2024-01-31" })).toEqual([0, 0]);
    expect(summaryOf(records, { asOf: "2024-02-10" })).toEqual([1, 500]);
    expect(summaryOf(records, { asOf: "2024-02-10T00:00:00.001Z" })).toEqual([1, 200]);
    expect(summaryOf(records, { asOf: "2024-02-20" })).toEqual([1, 200]);
    expect(summaryOf(records, { asOf: "2024-02-21" })).toEqual([0, 0]);
  });

  test("never as a refund alone (trap 15)", () => {
    const log = transactionLog([{ customerId: "ani", at: 5, amount: -5 }], {
      ...IDR,
      unlinkedRefunds: "accept",
    });
    expect(rows(customerSummary(log, { asOf: 9 }))).toMatchObject([{ purchases: 0, lastAt: null, net: -5 }]);
  });

  test("by its own currency, since rates move between a purchase and its refund", () => {
    const rates: Record<string, number> = {
      "2024-01-31": 15_000,
      "2024-02-10": 14_000,
      "2024-02-20": 16_000,
    };
    const rate = (_: string, at: number) => rates[new Date(at).toISOString().slice(0, 10)];
    const count = (...refunds: readonly TransactionRow[]) => {
      const log = transactionLog([{ ...purchase, currency: "USD" }, ...refunds], { ...IDR, rate });
      const { columns } = customerSummary(log, { asOf: "2025-01-01" });
      return [columns.purchases[0], columns.net[0]];
    };
    const usd = (at: string, amount: number) => ({ ...refund(at, amount), currency: "USD" });
    // 5 USD: all given back, at rates that leave 5,000 or take 5,000 IDR.
    expect(count(usd("2024-02-10", -500))).toEqual([0, 500_000]);
    expect(count(usd("2024-02-20", -500))).toEqual([0, -500_000]);
    // All but a cent given back, for more than was paid.
    expect(count(usd("2024-02-20", -499))).toEqual([1, 7_500_000 - 7_984_000]);
    // Given back in the log's currency: the log's currency decides.
    expect(count(refund("2024-02-20", -7_500_000))).toEqual([0, 0]);
    expect(count(refund("2024-02-20", -7_499_999))).toEqual([1, 1]);
  });

  test("a foreign amount that rounds to nothing is still positive", () => {
    const records = [
      { ...purchase, amount: 1, currency: "IQD" },
      { ...refund("2024-02-10", -1), currency: "IQD" },
    ];
    const log = transactionLog(records, { currency: "USD", rate: () => 0.00076 });
    expect(customerSummary(log, { asOf: "2024-02-10" }).columns.purchases).toEqual([1]);
    expect(customerSummary(log, { asOf: "2025-01-01" }).columns.purchases).toEqual([0]);
  });

  test("by a predicate, which sees each known purchase with what refunds leave of it", () => {
    const seen: LogRow[] = [];
    const records = [
      { ...purchase, productId: "tea" },
      refund("2024-02-10", -300),
      { customerId: "ani", at: "2024-02-15", amount: 0 },
      refund("2024-03-10", -200),
    ];
    const qualifies = (bought: LogRow) => {
      seen.push(bought);
      return bought.net > 0;
    };
    for (const refundAttribution of ["purchase", "transaction"] as const) {
      seen.length = 0;
      const [purchases] = summaryOf(records, { asOf: "2024-03-01", qualifies, refundAttribution });
      expect(purchases).toBe(1);
      expect(seen.map(({ type, id, net, productId }) => [type, id, net, productId])).toEqual([
        ["purchase", "T1", 200, "tea"],
        ["purchase", null, 0, null],
      ]);
    }
  });
});

describe("a refund takes effect", () => {
  const records = [
    { ...purchase, cost: 300 },
    { ...refund("2024-03-10", -200), cost: -50 },
  ];
  const log = transactionLog(records, IDR);
  const sums = (refundAttribution: "purchase" | "transaction" | undefined, start: string, end: string) => {
    const options = { asOf: "2025-01-01", refundAttribution, window: { start, end } };
    const [{ purchases, net, cost, profit }] = rows(customerSummary(log, options));
    return [purchases, net, cost, profit];
  };

  test("by default at its purchase: +X and -X meet in the month of the purchase (trap 15)", () => {
    for (const attribution of ["purchase", undefined] as const) {
      expect(sums(attribution, "2024-01-01", "2024-02-01")).toEqual([1, 300, 250, 50]);
      expect(sums(attribution, "2024-03-01", "2024-04-01")).toEqual([0, 0, 0, 0]);
    }
  });

  test('at its own instant with "transaction"', () => {
    expect(sums("transaction", "2024-01-01", "2024-02-01")).toEqual([1, 500, 300, 200]);
    expect(sums("transaction", "2024-03-01", "2024-04-01")).toEqual([0, -200, -50, -150]);
  });

  test("one of no particular purchase always at its own instant", () => {
    const unlinked = [purchase, { customerId: "ani", at: "2024-03-10", amount: -200 }];
    const march = { start: "2024-03-01", end: "2024-04-01" };
    for (const refundAttribution of ["purchase", "transaction"] as const) {
      const options = { asOf: "2025-01-01", refundAttribution, window: march };
      const other = transactionLog(unlinked, { ...IDR, unlinkedRefunds: "accept" });
      expect(customerSummary(other, options).columns.net).toEqual([-200]);
    }
  });
});

describe("a window", () => {
  const at = "2024-01-31";
  const inside = (start: string, end: string, asOf = "2025-01-01") =>
    summaryOf([purchase], { asOf, window: { start, end } });

  test("is half-open (trap 17)", () => {
    expect(inside(at, "2024-02-01")).toEqual([1, 500]);
    expect(inside("2024-01-01", at)).toEqual([0, 0]);
    expect(inside("2024-01-01", "2024-01-31T00:00:00.001Z")).toEqual([1, 500]);
    expect(inside("2024-01-31T00:00:00.001Z", "2024-02-01")).toEqual([0, 0]);
    expect(inside(at, at)).toEqual([0, 0]);
  });

  test("knows nothing from asOf on", () => {
    expect(inside("2024-01-01", "2024-12-31", at)).toEqual([0, 0]);
    expect(inside("2024-01-01", "2024-12-31", "2024-02-01")).toEqual([1, 500]);
  });

  test("is read in the zone of the call (trap 4)", () => {
    const log = transactionLog([{ ...purchase, at: "2023-12-31T18:00:00Z" }], IDR);
    const count = (timeZone: string) =>
      customerSummary(log, {
        asOf: "2025-01-01",
        timeZone,
        window: { start: "2024-01-01", end: "2025-01-01" },
      }).columns.purchases[0];
    expect([count("UTC"), count("Asia/Jakarta")]).toEqual([0, 1]);
  });
});

describe("bad options", () => {
  const asOf = "2025-01-01";
  test.each([
    [undefined, "INVALID_ARGUMENT", "options", "undefined"],
    [{}, "INVALID_ARGUMENT", "options.asOf", "undefined"],
    [{ asOf: "tomorrow" }, "INVALID_ARGUMENT", "options.asOf", '"tomorrow"'],
    [{ asOf, timeZone: "Jakarta" }, "UNKNOWN_TIME_ZONE", "options.timeZone", "Jakarta"],
    [{ asOf, refundAttribution: "none" }, "INVALID_ARGUMENT", "options.refundAttribution", '"none"'],
    [{ asOf, qualifies: true }, "INVALID_ARGUMENT", "options.qualifies", "true"],
    [{ asOf, window: { start: "?", end: asOf } }, "INVALID_ARGUMENT", "options.window.start", '"?"'],
    [{ asOf, window: null }, "INVALID_ARGUMENT", "options.window", "null"],
    [{ asOf, window: { start: asOf } }, "INVALID_ARGUMENT", "options.window.end", "undefined"],
    [
      { asOf, window: { start: asOf, end: "2024-01-01" } },
      "INVALID_ARGUMENT",
      "options.window",
      "2024-01-01",
    ],
  ])("%j", (options, code, path, value) => {
    const error = thrown(() => summaryOf([purchase], options as WindowedMetricOptions));
    expect([error.code, error.path]).toEqual([code, path]);
    expect(error.message).toContain(value);
  });
});
