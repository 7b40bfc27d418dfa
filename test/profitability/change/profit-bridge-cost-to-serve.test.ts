import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { profitBridge } from "../../../src/profitability/change/profit-bridge.js";
import { thrown } from "../../core/thrown.js";

const log = transactionLog(
  [
    { customerId: 7, at: "2023-05-01", amount: 100, cost: 40, quantity: 1 },
    { customerId: 7, at: "2024-05-01", amount: 100, cost: 40, quantity: 1 },
  ],
  { currency: "IDR" },
);
const options = {
  asOf: "2025-01-01",
  before: { start: "2023-01-01", end: "2024-01-01" },
  after: { start: "2024-01-01", end: "2025-01-01" },
};

describe("profitBridge: cost to serve", () => {
  it("in hours, at a price", () => {
    const costToServe = { before: [{ customerId: "7", hours: 2 }], after: [{ customerId: "7", hours: 0.5 }] };
    const { effects, after } = profitBridge(log, { ...options, costToServe, hourlyRate: 20 });
    expect([effects.costToServe, after.costToServe]).toEqual([30, 10]);
    expect(thrown(() => profitBridge(log, { ...options, costToServe }))).toMatchObject({
      code: "INVALID_ROWS",
      path: "options.costToServe.before[0].hours",
    });
  });

  it("meets its customers in whatever order it comes, in parts, and of those whom the log does not know", () => {
    const many = transactionLog(
      ["a", "b", "c", "d"].flatMap((customerId, i) => [
        { customerId, at: "2023-05-01", amount: 100 + i, cost: 40, quantity: 1 },
        { customerId, at: "2024-05-01", amount: 120 + i, cost: 40, quantity: 1 },
      ]),
      { currency: "IDR" },
    );
    const rowOf = ([customerId, amount]: readonly [string, number]) => ({ customerId, amount });
    const entry = fc.tuple(fc.constantFrom("a", "b", "c", "d", "x", "y"), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), (before, after) => {
        const costToServe = { before: before.map(rowOf), after: after.map(rowOf) };
        const { customers } = profitBridge(many, { ...options, costToServe });
        const sumOf = (list: typeof before, id: string) =>
          list.reduce((sum, [customerId, amount]) => (customerId === id ? sum + amount : sum), 0);
        for (const { customerId, status, costToServe: effect, before: had, after: has } of rows(customers)) {
          const [first, second] = [sumOf(before, customerId), sumOf(after, customerId)];
          const place = "abcd".indexOf(customerId);
          expect(status).toBe(place < 0 ? "neither" : "kept");
          expect(effect).toBe(first - second);
          expect([had, has]).toEqual(
            place < 0 ? [0 - first, 0 - second] : [60 + place - first, 80 + place - second],
          );
        }
        const strangers = [...before, ...after].filter(([id, amount]) => amount > 0 && id > "d");
        expect(customers.length).toBe(4 + new Set(strangers.map(([id]) => id)).size);
      }),
    );
  });

  it("of neither period is refused, not ignored", () => {
    const bad = (costToServe: unknown) =>
      thrown(() => profitBridge(log, { ...options, costToServe: costToServe as never }));
    expect(bad([{ customerId: "7", amount: 5 }])).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.costToServe",
    });
    expect(bad({ befor: [] })).toMatchObject({ path: "options.costToServe.befor" });
    expect(bad(5).message).toContain("is 5: pass { before, after }");
  });
});

it("profitBridge of rows: whole numbers are ids, as in a log", () => {
  const row = { quantity: 1, revenue: 100, costOfGoods: 40 };
  const { customers, counts } = profitBridge(
    [{ customerId: 7 as never, ...row }],
    [{ customerId: "7", ...row }],
  );
  expect([customers.columns.customerId, counts.kept]).toEqual([["7"], 1]);
  const error = thrown(() => profitBridge([{ customerId: 1.5 as never, ...row }], []));
  expect(error).toMatchObject({ code: "INVALID_ROWS", path: "before[0].customerId" });
});
