import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { roundedTo } from "../../../src/profitability/change/bridge-effects.js";
import { profitBridge } from "../../../src/profitability/change/profit-bridge.js";
import type { ProfitBridgeRow } from "../../../src/profitability/change/profit-bridge-input.js";
import { customerProfitAndLoss } from "../../../src/profitability/statement/customer-profit-and-loss.js";
import { thrown } from "../../core/thrown.js";

const NONE = { lost: 0, won: 0, volume: 0, mix: 0, price: 0, costOfGoods: 0, costToServe: 0, other: 0 };
const sale = (
  customerId: string,
  productId: string | null,
  quantity: number,
  revenue: number,
  costOfGoods: number,
  costToServe = 0,
): ProfitBridgeRow => ({ customerId, productId, quantity, revenue, costOfGoods, costToServe });

describe("one effect alone", () => {
  const before = [sale("a", "tea", 10, 1000, 600, 50), sale("a", "cup", 10, 2000, 1500)];

  it.each([
    ["nothing", before, {}],
    // Half as much of both, at 40 and 50 a unit: -5 x 40 - 5 x 50.
    ["volume", [sale("a", "tea", 5, 500, 300, 50), sale("a", "cup", 5, 1000, 750)], { volume: -450 }],
    // Two units from tea (40) to cup (50).
    ["mix", [sale("a", "tea", 8, 800, 480, 50), sale("a", "cup", 12, 2400, 1800)], { mix: 20 }],
    ["price", [sale("a", "tea", 10, 1100, 600, 50), sale("a", "cup", 10, 1900, 1500)], { price: 0 }],
    ["price of one", [sale("a", "tea", 10, 1110, 600, 50), sale("a", "cup", 10, 2000, 1500)], { price: 110 }],
    [
      "unit cost",
      [sale("a", "tea", 10, 1000, 550, 50), sale("a", "cup", 10, 2000, 1500)],
      { costOfGoods: 50 },
    ],
    ["service", [sale("a", "tea", 10, 1000, 600, 20), sale("a", "cup", 10, 2000, 1500)], { costToServe: 30 }],
    ["customer lost", [], { lost: -850 }],
  ])("%s", (_, after, effect) => {
    for (const method of ["sequential", "symmetric"] as const)
      expect(profitBridge(before, after, { method }).effects).toEqual({ ...NONE, ...effect });
  });

  it("customer won, and one who still costs after leaving", () => {
    const after = [...before, sale("b", "tea", 1, 100, 60, 70)];
    expect(profitBridge(before, after)).toMatchObject({
      effects: { ...NONE, won: -30 },
      counts: { kept: 1, lost: 0, won: 1 },
    });
    const left = [{ ...sale("a", null, 0, 0, 0, 15) }];
    expect(profitBridge(before, left)).toMatchObject({
      effects: { ...NONE, lost: -865 },
      after: { customers: 0, profit: -15 },
    });
  });
});

describe("by hand", () => {
  it("all at once, step by step", () => {
    const before = [
      sale("a", "tea", 10, 1000, 600, 100),
      sale("a", "cup", 10, 3000, 2000),
      sale("b", "tea", 5, 500, 300, 10),
    ];
    const after = [
      sale("a", "tea", 18, 1980, 1170, 130),
      sale("a", "cup", 6, 1680, 1200),
      sale("c", "cup", 2, 600, 400, 20),
    ];
    const bridge = profitBridge(before, after);
    // a: unit margins 40 and 100, 70 on average. Volume 4 x 70. Mix 18 x 40 + 6 x 100 - 24 x 70. Tea 110 instead of 100 on 18,
    // cup 280 instead of 300 on 6. Tea costs 65 instead of 60 on 18.
    expect(bridge.effects).toEqual({
      lost: -190,
      won: 180,
      volume: 280,
      mix: -360,
      price: 180 - 120,
      costOfGoods: -90,
      costToServe: -30,
      other: 0,
    });
    expect(bridge.before).toEqual({
      customers: 2,
      revenue: 4500,
      costOfGoods: 2900,
      costToServe: 110,
      profit: 1490,
    });
    expect(bridge.change).toBe(-150);
    expect(bridge.routes).toEqual({ raiseRevenue: -30, takeCostOut: -120 });
    expect(
      rows(bridge.customers).map(({ customerId, status, change }) => [customerId, status, change]),
    ).toEqual([
      ["a", "kept", -140],
      ["b", "lost", -190],
      ["c", "won", 180],
    ]);
  });

  it("a product new to a customer is mix, at its margin of after; one dropped at its margin of before", () => {
    const bridge = profitBridge([sale("a", "tea", 10, 1000, 600)], [sale("a", "cup", 10, 3000, 2000)]);
    expect(bridge.effects).toEqual({ ...NONE, mix: 600 });
  });

  it("symmetric: the joint change is halved (Bennet 1920)", () => {
    // Price 10 to 12, units 10 to 20, no cost. Price (10 + 20) / 2 x 2, volume (10 + 12) / 2 x 10.
    const [before, after] = [[sale("a", null, 10, 100, 0)], [sale("a", null, 20, 240, 0)]];
    expect(profitBridge(before, after, { method: "symmetric" }).effects).toEqual({
      ...NONE,
      price: 30,
      volume: 110,
    });
    expect(profitBridge(before, after).effects).toEqual({ ...NONE, price: 40, volume: 100 });
  });

  it("without products mix shows as price and cost", () => {
    const strip = (list: ProfitBridgeRow[]) => list.map(({ productId: _, ...row }) => row);
    const before = [sale("a", "tea", 10, 1000, 600), sale("a", "cup", 10, 2000, 1500)];
    const after = [sale("a", "tea", 8, 800, 480), sale("a", "cup", 12, 2400, 1800)];
    expect(profitBridge(strip(before), strip(after))).toMatchObject({
      byProduct: false,
      effects: { ...NONE, price: 200, costOfGoods: -180 },
    });
  });

  it("money without units is other: a refund of an earlier period, a fee", () => {
    const bridge = profitBridge(
      [sale("a", "tea", 10, 1000, 600)],
      [sale("a", "tea", 10, 1000, 600), sale("a", "cup", 0, -300, -200), sale("a", null, 0, 25, 0)],
    );
    expect(bridge.effects).toEqual({ ...NONE, other: -75 });
  });

  it("rounds once for all customers, to the last unit", () => {
    // Unit price 100 / 3 before: price and volume of each customer end in thirds.
    const before = Array.from({ length: 30 }, (_, i) => sale(`c${i}`, null, 3, 100, 0));
    const after = Array.from({ length: 30 }, (_, i) => sale(`c${i}`, null, 4, 150, 0));
    const { effects, customers } = profitBridge(before, after);
    // 30 x 33.33 of volume, 30 x 4 x (37.5 - 33.33) of price.
    expect([effects.volume, effects.price]).toEqual([1000, 500]);
    expect(customers.columns.volume[0]).toBeCloseTo(100 / 3, 12);
  });
});

describe("from a log", () => {
  const purchases = [
    { id: "1", customerId: "a", at: "2023-02-01", amount: 1000, cost: 600, quantity: 10, productId: "tea" },
    { id: "2", customerId: "b", at: "2023-03-01", amount: 500, cost: 300, quantity: 5, productId: "tea" },
    { id: "3", customerId: "a", at: "2024-02-01", amount: 1320, cost: 720, quantity: 12, productId: "tea" },
    { id: "4", customerId: "b", at: "2024-03-01", amount: 300, cost: 180, quantity: 3, productId: "tea" },
    {
      id: "5",
      customerId: "b",
      at: "2024-07-01",
      amount: -300,
      cost: -180,
      quantity: -3,
      productId: "tea",
      refundOf: "4",
    },
    { id: "6", customerId: "d", at: "2024-08-01", amount: 200, cost: 90, quantity: 1, productId: "cup" },
  ];
  const log = transactionLog(purchases, { currency: "USD" });
  const years = {
    before: { start: "2023-01-01", end: "2024-01-01" },
    after: { start: "2024-01-01", end: "2025-01-01" },
  };

  it("lost are those without a purchase that stood; cost to serve also of who is in no transaction", () => {
    const costToServe = {
      before: [{ customerId: "a", amount: 30 }],
      after: [{ customerId: "e", amount: 7 }],
    };
    const bridge = profitBridge(log, { asOf: "2025-01-01", ...years, costToServe });
    expect(bridge.effects).toEqual({
      ...NONE,
      lost: -200,
      won: 110,
      volume: 80,
      price: 120,
      costToServe: 30 - 7,
    });
    expect(bridge.counts).toEqual({ kept: 1, lost: 1, won: 1 });
    expect(bridge.customers.columns.status).toEqual(["kept", "lost", "won", "neither"]);
    expect(bridge).toMatchObject({ currency: "USD", timeZone: "UTC", byProduct: true });
    expect(bridge.windows?.after).toEqual({ start: Date.UTC(2024, 0), end: Date.UTC(2025, 0) });
  });

  it("before the refund is known, and with refunds at their own time, the ends are those of the statement", () => {
    for (const asOf of ["2024-06-30", "2025-01-01"]) {
      for (const refundAttribution of ["purchase", "transaction"] as const) {
        const after = { start: "2024-01-01", end: asOf };
        const bridge = profitBridge(log, { asOf, ...years, after, refundAttribution });
        for (const [end, window] of [
          [bridge.before, years.before],
          [bridge.after, after],
        ] as const) {
          const { total } = customerProfitAndLoss(log, { asOf, window, refundAttribution });
          expect(end).toMatchObject({
            revenue: total.netRevenue,
            costOfGoods: total.costOfGoods,
            profit: total.profit,
          });
        }
      }
    }
  });

  it("equals the same rows", () => {
    const rowsOf = (year: string) =>
      purchases
        .filter(({ at, id }) => at.startsWith(year) && id !== "4" && id !== "5")
        .map(({ customerId, productId, quantity, amount, cost }) =>
          sale(customerId, productId, quantity, amount, cost),
        );
    expect(profitBridge(log, { asOf: "2025-01-01", ...years }).effects).toEqual(
      profitBridge(rowsOf("2023"), rowsOf("2024")).effects,
    );
  });

  it("bad input names the fault", () => {
    const options = { asOf: "2025-01-01", ...years };
    const plain = transactionLog([{ customerId: "a", at: "2024-01-01", amount: 5, cost: 1 }], {
      currency: "USD",
    });
    expect(thrown(() => profitBridge(plain, options)).message).toContain("log has no quantity");
    const late = { ...years.after, end: "2025-06-01" };
    expect(thrown(() => profitBridge(log, { ...options, after: late }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.after.end",
    });
    const overlapping = { start: "2023-12-01", end: "2024-06-01" };
    expect(thrown(() => profitBridge(log, { ...options, after: overlapping })).path).toBe("options.after");
    const empty = { start: "2024-01-01", end: "2024-01-01" };
    expect(thrown(() => profitBridge(log, { ...options, after: empty })).path).toBe("options.after");
    expect(thrown(() => profitBridge(log, { asOf: "2025-01-01", after: years.after } as never)).path).toBe(
      "options.before",
    );
    expect(thrown(() => profitBridge(log, undefined as never)).path).toBe("options");
    expect(thrown(() => profitBridge(log, { ...options, method: "mean" as never })).path).toBe(
      "options.method",
    );
    const pool = [{ amount: 5, driver: "equally" }] as never;
    expect(thrown(() => profitBridge(log, { ...options, costToServe: { after: pool } })).path).toBe(
      "options.costToServe.after",
    );
  });
});

describe("properties", () => {
  const cell = fc.tuple(
    fc.constantFrom("a", "b", "c", "d"),
    fc.constantFrom("tea", "cup", "pot"),
    fc.integer({ min: -2, max: 20 }),
    fc.integer({ min: -500, max: 5000 }),
    fc.integer({ min: -300, max: 4000 }),
    fc.integer({ min: 0, max: 300 }),
  );
  const period = fc.array(
    cell.map((parts) => sale(...parts)),
    { maxLength: 12 },
  );
  const METHODS = ["sequential", "symmetric"] as const;
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, value) => all + value, 0);

  it("effects add up to the change, in total and for each customer", () => {
    fc.assert(
      fc.property(period, period, fc.constantFrom(...METHODS), (before, after, method) => {
        const bridge = profitBridge(before, after, { method });
        expect(sum(Object.values(bridge.effects))).toBe(bridge.change);
        expect(bridge.after.profit - bridge.before.profit).toBe(bridge.change);
        expect(Object.values(bridge.effects).every(Number.isSafeInteger)).toBe(true);
        expect(sum(bridge.customers.columns.change)).toBe(bridge.change);
        for (const row of rows(bridge.customers)) {
          const { volume, mix, price, costOfGoods, costToServe, other, change, status } = row;
          // A few roundings of amounts of thousands.
          if (status === "kept")
            expect(volume + mix + price + costOfGoods + costToServe + other).toBeCloseTo(change, 6);
          else if (status !== "neither")
            expect([volume, mix, price, costOfGoods, costToServe]).toEqual([0, 0, 0, 0, 0]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("symmetric: periods swapped, all signs turn round, to the last unit", () => {
    fc.assert(
      fc.property(period, period, (before, after) => {
        const { effects } = profitBridge(before, after, { method: "symmetric" });
        const back = profitBridge(after, before, { method: "symmetric" }).effects;
        const { lost, won, ...others } = effects;
        expect([back.won, back.lost]).toEqual([0 - lost, 0 - won]);
        for (const [name, value] of Object.entries(others))
          expect(back[name as keyof typeof others]).toBe(0 - value);
      }),
      { numRuns: 400 },
    );
  });

  it("no effect of a kind of which nothing changed", () => {
    const good = fc.record({
      customerId: fc.constantFrom("a", "b", "c"),
      productId: fc.constantFrom("tea", "cup", "pot"),
      quantity: fc.integer({ min: 1, max: 50 }),
    });
    const PRICE = { tea: 7, cup: 19, pot: 113 };
    const priced = (list: { customerId: string; productId: string; quantity: number }[], raise = 0) =>
      list.map(({ customerId, productId, quantity }) => {
        const price = PRICE[productId as keyof typeof PRICE];
        return sale(customerId, productId, quantity, quantity * (price + raise), quantity * (price - 3));
      });
    fc.assert(
      fc.property(fc.array(good), fc.array(good), fc.integer({ min: 1, max: 9 }), (first, second, factor) => {
        for (const method of METHODS) {
          // Same prices and unit costs, other quantities.
          expect(profitBridge(priced(first), priced(second), { method }).effects).toMatchObject({
            price: 0,
            costOfGoods: 0,
          });
          // Same quantities, another price.
          const dearer = profitBridge(priced(first), priced(first, 5), { method }).effects;
          const units = sum(first.map(({ quantity }) => quantity));
          expect(dearer).toEqual({ ...NONE, price: 5 * units });
          // A multiple of everything.
          const scaled = first.map((row) => ({ ...row, quantity: row.quantity * factor }));
          const more = profitBridge(priced(first), priced(scaled), { method });
          expect(more.effects).toEqual({ ...NONE, volume: more.change });
        }
      }),
    );
  });

  it("no order of rows matters to the total, nor rows or tables", () => {
    fc.assert(
      fc.property(period, period, (before, after) => {
        const { effects } = profitBridge(before, after);
        expect(profitBridge([...before].reverse(), [...after].reverse()).effects).toEqual(effects);
        const columns = (list: ProfitBridgeRow[]) =>
          table({
            customerId: list.map((row) => row.customerId),
            productId: list.map((row) => row.productId ?? null),
            quantity: list.map((row) => row.quantity),
            revenue: list.map((row) => row.revenue),
            costOfGoods: list.map((row) => row.costOfGoods),
            costToServe: list.map((row) => row.costToServe ?? 0),
          });
        expect(profitBridge(columns(before), columns(after)).effects).toEqual(effects);
      }),
    );
  });

  it("roundedTo: sums to the total, none off by a unit or more, turned round with all signs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: 1, maxLength: 5 }),
        (quarters) => {
          // A profit is never -0, which rounding -0.25 gives.
          const total = Math.round(sum(quarters) / 4) + 0;
          const values = quarters.map((value) => value / 4);
          values[0] += total - sum(values);
          const found = roundedTo(total, values);
          expect(sum(found)).toBe(total);
          found.forEach((value, i) => {
            expect(Math.abs(value - values[i])).toBeLessThan(1);
          });
          expect(
            roundedTo(
              -total,
              values.map((value) => -value),
            ),
          ).toEqual(found.map((value) => 0 - value));
        },
      ),
    );
  });
});

describe("rows that cannot be read", () => {
  it.each([
    [{ customerId: "" }, "before[0].customerId"],
    [{ productId: 5 }, "before[0].productId"],
    [{ quantity: Number.NaN }, "before[0].quantity"],
    [{ revenue: 1.5 }, "before[0].revenue"],
    [{ costOfGoods: undefined }, "before[0].costOfGoods"],
    [{ costToServe: "5" }, "before[0].costToServe"],
  ])("%o", (part, path) => {
    const row = { ...sale("a", "tea", 1, 10, 5), ...part } as never;
    expect(thrown(() => profitBridge([row], []))).toMatchObject({ code: "INVALID_ROWS", path });
    expect(thrown(() => profitBridge([], [row])).path).toBe(path.replace("before", "after"));
  });

  it("no rows at all, and empty ones", () => {
    expect(thrown(() => profitBridge(null as never, [])).path).toBe("before");
    expect(profitBridge([], [])).toMatchObject({ change: 0, effects: NONE });
    const columns = { customerId: ["a"], quantity: [1], revenue: [1] };
    expect(thrown(() => profitBridge(table(columns) as never, [])).code).toBe("UNKNOWN_COLUMN");
  });
});
