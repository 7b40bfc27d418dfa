import { describe, expect, test } from "vitest";
import { transactionsOf } from "../../src/history/log-row.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { thrown } from "../core/thrown.js";

describe("transactionsOf", () => {
  const log = transactionLog(
    [
      {
        id: "T1",
        customerId: 7,
        at: 10,
        amount: 500,
        cost: 300,
        quantity: 2,
        productId: "tea",
        channel: "web",
      },
      { customerId: 7, at: 20, amount: -2, cost: -1, refundOf: "T1", currency: "USD" },
      { customerId: 8, at: 5, amount: 1, cost: 0, quantity: 1 },
      { customerId: 7, at: 15, amount: -9, type: "refund" },
    ],
    { currency: "IDR", unlinkedRefunds: "accept", rate: () => 50 },
  );
  const none = { id: null, refundOf: null, quantity: 0, productId: null, channel: null, original: null };

  test("gives one customer's rows in order of time, with all that was recorded", () => {
    expect(transactionsOf(log, "7")).toEqual([
      {
        ...none,
        customerId: "7",
        at: 10,
        amount: 500,
        net: 400,
        type: "purchase",
        id: "T1",
        cost: 300,
        quantity: 2,
        productId: "tea",
        channel: "web",
      },
      { ...none, customerId: "7", at: 15, amount: -9, net: -9, type: "refund", cost: 0 },
      {
        ...none,
        customerId: "7",
        at: 20,
        amount: -100,
        net: -100,
        type: "refund",
        refundOf: "T1",
        cost: -50,
        original: { amount: -2, currency: "USD" },
      },
    ]);
  });

  test("gives null for what no row of the log has", () => {
    const plain = transactionLog([{ customerId: "ani", at: 1, amount: 2 }], { currency: "IDR" });
    expect(transactionsOf(plain, "ani")).toEqual([
      { ...none, customerId: "ani", at: 1, amount: 2, net: 2, type: "purchase", cost: null, quantity: null },
    ]);
  });

  test("of an unknown customer there are none; what is no log is refused", () => {
    expect(transactionsOf(log, "9")).toEqual([]);
    expect(thrown(() => transactionsOf(JSON.parse("7"), "7")).message).toContain("log is 7");
  });
});
