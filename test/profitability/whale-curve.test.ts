import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../src/core/table.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { type WhaleCurve, whaleCurve } from "../../src/profitability/whale-curve.js";
import { thrown } from "../core/thrown.js";
import { referenceLog, referenceRows } from "../history/reference-log.js";

describe("whaleCurve on the reference log", () => {
  const whale = whaleCurve(referenceLog, { asOf: "2025-01-01" });

  it("ranks by profit, ties by id, and adds up", () => {
    const { customerId, profit, cumulative, rank } = whale.points.columns;
    expect(customerId).toEqual(["I", "A", "B", "G", "J", "C", "H", "D", "F", "K", "E"]);
    expect(profit.map((value) => value / 100)).toEqual([710, 360, 330, 160, 135, 70, 70, 50, 20, -20, -100]);
    expect(cumulative.map((value) => value / 100)).toEqual([
      710, 1070, 1400, 1560, 1695, 1765, 1835, 1885, 1905, 1885, 1785,
    ]);
    expect(rank).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("peaks at 1905 of 1785 after 9 of 11", () => {
    expect([whale.total, whale.peak, whale.peakRank, whale.erosion]).toEqual([178_500, 190_500, 9, 12_000]);
    expect(whale.peakShareOfTotal.value).toBe(1.0672268907563025);
    expect([whale.customers, whale.profitable, whale.unprofitable]).toEqual([11, 9, 2]);
    expect(whale.currency).toBe("USD");
  });

  it("gives shares of customers and of the total", () => {
    const { shareOfCustomers, shareOfTotal } = whale.points.columns;
    expect(shareOfTotal).toEqual([
      0.39775910364145656, 0.5994397759103641, 0.7843137254901961, 0.8739495798319328, 0.9495798319327731,
      0.988795518207283, 1.0280112044817926, 1.0560224089635855, 1.0672268907563025, 1.0560224089635855, 1,
    ]);
    expect([shareOfCustomers[0], shareOfCustomers[10]]).toEqual([1 / 11, 1]);
  });

  it("the best fifth is rounded up: 3 of 11 bring 1400 of 1785", () => {
    expect(whale.top).toEqual({
      customers: 3,
      profit: 140_000,
      shareOfCustomers: { value: 3 / 11, numerator: 3, denominator: 11, reason: null },
      shareOfTotal: { value: 1400 / 1785, numerator: 140_000, denominator: 178_500, reason: null },
    });
  });

  it("looks at a window", () => {
    const year = whaleCurve(referenceLog, {
      asOf: "2025-01-01",
      window: { start: "2022-01-01", end: "2023-01-01" },
    });
    // Profit of 2022 by the retention figures: base 360, those who stay 400; E loses 100.
    expect([year.total, year.erosion, year.customers]).toEqual([36_000, 10_000, 6]);
    expect(year.window).toEqual({ start: Date.UTC(2022, 0, 1), end: Date.UTC(2023, 0, 1) });
    const windowAt = (asOf: string) =>
      whaleCurve(referenceLog, { asOf, window: { start: "2022-01-01", end: "2023-01-01" } }).window;
    expect(windowAt("2022-06-01")?.end).toBe(Date.UTC(2022, 5, 1));
    expect(windowAt("2021-06-01")?.end).toBe(Date.UTC(2022, 0, 1));
  });

  it("says as of when and where; plain rows do not know", () => {
    expect([whale.asOf, whale.window, whale.timeZone]).toEqual([Date.UTC(2025, 0, 1), null, "UTC"]);
    const plain = whaleCurve([{ customerId: "a", profit: 1 }]);
    expect([plain.asOf, plain.window, plain.timeZone]).toEqual([null, null, null]);
  });

  it("with refunds at their own instant, a customer without a purchase in the window is on the curve all the same", () => {
    const window = { start: "2022-04-01", end: "2022-05-01" };
    const options = { asOf: "2025-01-01", window };
    expect(whaleCurve(referenceLog, options).customers).toBe(0);
    const { points } = whaleCurve(referenceLog, { ...options, refundAttribution: "transaction" });
    expect(rows(points).map(({ customerId, profit }) => [customerId, profit])).toEqual([["D", -6_000]]);
  });

  it("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(whale))).toEqual(whale);
  });
});

describe("whaleCurve where shares are undefined", () => {
  it("nobody: nothing", () => {
    const none = whaleCurve([]);
    expect([none.total, none.peak, none.peakRank, none.erosion, none.top.customers]).toEqual([0, 0, 0, 0, 0]);
    expect([
      none.peakShareOfTotal.value,
      none.top.shareOfCustomers.value,
      none.top.shareOfTotal.value,
    ]).toEqual([null, null, null]);
    expect(none.currency).toBeNull();
  });

  it("a total of zero or less gives no shares of it", () => {
    const loss = whaleCurve([
      { customerId: "a", profit: 100 },
      { customerId: "b", profit: -300 },
    ]);
    expect(loss.points.columns.shareOfTotal).toEqual([null, null]);
    expect(loss.peakShareOfTotal).toEqual({
      value: null,
      numerator: 100,
      denominator: -200,
      reason: "profit of all customers: -200",
    });
    expect([loss.peak, loss.peakRank, loss.erosion]).toEqual([100, 1, 300]);
  });

  it("where nobody is profitable the peak is before the first", () => {
    const loss = whaleCurve([
      { customerId: "a", profit: -1 },
      { customerId: "b", profit: 0 },
    ]);
    expect([loss.peak, loss.peakRank, loss.erosion, loss.profitable, loss.unprofitable]).toEqual([
      0, 0, 1, 0, 1,
    ]);
  });

  it("the share of the top is taken as a decimal: 0.07 of 100 is 7", () => {
    const hundred = Array.from({ length: 100 }, (_, i) => ({ customerId: `c${i}`, profit: 1 }));
    expect(whaleCurve(hundred, { topShare: 0.07 }).top.customers).toBe(7);
    expect(whaleCurve(hundred, { topShare: 0.071 }).top.customers).toBe(8);
  });

  it("knows no -0", () => {
    const { points, total } = whaleCurve([
      { customerId: "b", profit: -0 },
      { customerId: "a", profit: 0 },
    ]);
    expect(points.columns.customerId).toEqual(["a", "b"]);
    expect(
      [...points.columns.profit, ...points.columns.cumulative, total].some((value) => Object.is(value, -0)),
    ).toBe(false);
  });
});

describe("whaleCurve refuses", () => {
  it("a log without costs, and says what to do", () => {
    const log = transactionLog([{ customerId: "a", at: "2024-01-01", amount: 1 }], { currency: "IDR" });
    const error = thrown(() => whaleCurve(log, { asOf: "2025-01-01" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "log"]);
    expect(error.message).toContain("give `cost` on every purchase");
  });

  it("bad rows", () => {
    const error = thrown(() =>
      whaleCurve([
        { customerId: "a", profit: 1 },
        { customerId: "a", profit: 2 },
        { customerId: "b", profit: 0.5 },
      ]),
    );
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "profits[1].customerId"]);
    expect(error.message).toContain('"a"');
    expect(error.message).toContain("row 3, profit: 0.5");
  });

  it("a share of the top outside 0 to 1, and what is no input", () => {
    const share = thrown(() => whaleCurve([], { topShare: 20 }));
    expect([share.code, share.path]).toEqual(["INVALID_ARGUMENT", "options.topShare"]);
    expect(share.message).toContain("20");
    for (const options of [null, 5]) {
      const error = thrown(() => whaleCurve([], options as never));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options"]);
      expect(error.message).toContain(`options is ${options}`);
    }
    const none = thrown(() => whaleCurve(null as unknown as []));
    expect([none.code, none.path]).toEqual(["INVALID_ARGUMENT", "profits"]);
    expect(none.message).toContain("null");
  });

  it("a sum beyond 2^53", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const error = thrown(() =>
      whaleCurve([
        { customerId: "a", profit: huge },
        { customerId: "b", profit: 1 },
      ]),
    );
    expect(error.code).toBe("UNSAFE_INTEGER");
    expect(error.message).toContain("9007199254740992");
  });
});

const profits = fc
  .array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 })
  .map((values) => values.map((profit, i) => ({ customerId: `c${i}`, profit })));

describe("laws of whaleCurve", () => {
  it("does not depend on the order of the rows, nor on their form", () => {
    fc.assert(
      fc.property(profits, fc.integer(), (drawn, seed) => {
        const turned = drawn
          .map((row, i) => ({ row, key: Math.sin(seed + i) }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const curve = whaleCurve(drawn);
        expect(whaleCurve(turned)).toEqual(curve);
        const columns = {
          customerId: turned.map((row) => row.customerId),
          profit: turned.map((row) => row.profit),
        };
        expect(whaleCurve(table(columns))).toEqual(curve);
      }),
    );
  });

  it("peak is the sum of the profits, erosion that of the losses; the curve is concave and ends at the total", () => {
    fc.assert(
      fc.property(profits, (drawn) => {
        const curve: WhaleCurve = whaleCurve(drawn);
        const sum = (part: (profit: number) => boolean) =>
          drawn.filter(({ profit }) => part(profit)).reduce((total, { profit }) => total + profit, 0);
        expect(curve.peak).toBe(sum((profit) => profit > 0));
        expect(curve.erosion).toBe(Math.abs(sum((profit) => profit < 0)));
        expect(curve.total).toBe(sum(() => true));
        const { profit, cumulative } = curve.points.columns;
        expect(profit).toEqual([...profit].sort((a, b) => b - a));
        expect(Math.max(0, ...cumulative)).toBe(curve.peak);
        expect(cumulative.at(-1) ?? 0).toBe(curve.total);
      }),
    );
  });

  it("on a log is the plain form on the sums of its rows", () => {
    const sums = new Map<string, number>();
    for (const { customerId, amount, cost } of referenceRows) {
      const id = String(customerId);
      sums.set(id, (sums.get(id) ?? 0) + amount - Number(cost));
    }
    const plain = whaleCurve(Array.from(sums, ([customerId, profit]) => ({ customerId, profit })));
    const origin = { currency: "USD", asOf: Date.UTC(2025, 0, 1), timeZone: "UTC" };
    expect({ ...plain, ...origin }).toEqual(whaleCurve(referenceLog, { asOf: "2025-01-01" }));
  });
});
