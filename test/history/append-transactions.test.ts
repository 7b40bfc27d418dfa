import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { appendTransactions } from "../../src/history/append-transactions.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionRow } from "../../src/history/transaction-row.js";
import { thrown } from "../core/thrown.js";
import { plainLog } from "./plain-log.js";

const IDR = { currency: "IDR" } as const;
const ani: TransactionRow = { customerId: "ani", at: "2024-01-31", amount: 500 };

describe("appendTransactions", () => {
  const rates: Record<string, number> = { USD: 15_600.5, JPY: 104.25 };
  const rate = (currency: string) => rates[currency];
  const currencies = fc.constantFrom(undefined, "IDR", "USD", "JPY");
  const numbered = fc.constantFrom<(id: string) => string | number>(
    (id) => id,
    (id) => id.charCodeAt(0) - 100,
    (id) => (id.charCodeAt(0) - 100) * 2 ** 40,
  );

  test("equals building from all rows, wherever they are split and whatever columns they have", () => {
    const cases = fc.tuple(plainLog(), fc.infiniteStream(currencies), fc.nat(60), numbered);
    fc.assert(
      fc.property(cases, ([plain, currency, split, key]) => {
        const foreign = split % 2 === 0;
        const records = plain.rows.map((row) => ({
          ...row,
          customerId: key(row.customerId),
          ...(foreign ? { currency: currency.next().value } : {}),
        }));
        // A refund that comes before its purchase has none to point to yet.
        const ordered = [...records].sort((a, b) => Number(a.refundOf != null) - Number(b.refundOf != null));
        const at = split % (ordered.length + 1);
        const options = { ...plain.options, rate, timeZone: "Asia/Jakarta" };
        const { unlinkedRefunds } = plain.options;
        const early = transactionLog(ordered.slice(0, at), options);
        const before = structuredClone(early);
        const log = appendTransactions(early, ordered.slice(at), { rate, unlinkedRefunds });
        expect(log).toEqual(transactionLog(ordered, options));
        expect(early).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  test("row by row from nothing", () => {
    fc.assert(
      fc.property(plainLog({ distinctInstants: true }), ({ rows, options }) => {
        let log = transactionLog([], options);
        for (const row of rows) {
          log = appendTransactions(log, [row], { unlinkedRefunds: options.unlinkedRefunds });
        }
        expect(log).toEqual(transactionLog(rows, options));
      }),
      { numRuns: 50 },
    );
  });

  test("takes columns, and a batch without rows", () => {
    const log = transactionLog({ customerId: [1, 2], at: [1, 2], amount: [1, 2] }, IDR);
    const more = { customerId: Int32Array.of(1), at: Float64Array.of(3), amount: Float64Array.of(3) };
    expect(appendTransactions(log, more)).toEqual(
      transactionLog({ customerId: [1, 2, 1], at: [1, 2, 3], amount: [1, 2, 3] }, IDR),
    );
    expect(appendTransactions(log, [])).toEqual(log);
  });

  test("a refund points back into the old log", () => {
    const log = transactionLog(
      [
        { ...ani, id: "T1" },
        { ...ani, customerId: "budi" },
      ],
      IDR,
    );
    const both = appendTransactions(log, [{ ...ani, at: "2024-02-05", amount: -100, refundOf: "T1" }]);
    expect([...(both.purchaseRow ?? [])]).toEqual([-1, 0, -1]);
  });

  test("an old refund of no purchase stays, whatever the options of the new rows", () => {
    const log = transactionLog([{ ...ani, amount: -100, type: "refund" }], {
      ...IDR,
      unlinkedRefunds: "accept",
    });
    expect([...(appendTransactions(log, [ani]).purchaseRow ?? [])]).toEqual([-2, -1]);
  });
});

describe("bad rows count from the first new one, and are the new ones", () => {
  const log = transactionLog(
    [
      { ...ani, id: "T1" },
      { ...ani, id: "T2" },
    ],
    IDR,
  );
  const rejectsOf = (records: readonly TransactionRow[], onto = log) => {
    const { log: both, rejects } = appendTransactions(onto, records, { onInvalid: "collect" });
    expect(both.length).toBe(onto.length + records.length - rejects.length);
    return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
  };

  test.each([
    ["an id of the old log", [ani, { ...ani, id: "T2" }], 'row 2, id: "T2" stands on an earlier row'],
    ["a bad amount", [ani, { ...ani, amount: 0.5 }], "row 2, amount: 0.5 is not a whole number"],
    [
      "an unknown purchase",
      [{ ...ani, amount: -1, refundOf: "T9" }],
      'row 1, refundOf: "T9" is the id of no',
    ],
    ["the other kind of customer id", [ani, { ...ani, customerId: 7 }], "row 2, customerId: 7 is a number"],
    [
      "a cost that the log has not",
      [ani, { ...ani, cost: 5 }],
      "row 2, cost: 5 is given while the log has none",
    ],
  ] as [string, TransactionRow[], string][])("%s", (_, records, message) => {
    expect(rejectsOf(records)).toEqual([expect.stringContaining(message)]);
    const error = thrown(() => appendTransactions(log, records));
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.message).toContain(message);
  });

  test("no cost where the log has costs", () => {
    const withCosts = transactionLog([{ ...ani, cost: 5 }], IDR);
    expect(rejectsOf([{ ...ani, cost: 0 }, ani], withCosts)).toEqual([
      expect.stringContaining("row 2, cost: is missing while other rows have it"),
    ]);
  });

  test("after rejects the log is the old one with the good rows, its texts in their order", () => {
    const old = [
      { ...ani, productId: "tea", at: 5 },
      { ...ani, customerId: "budi", productId: "rice", at: 3 },
      { ...ani, productId: "salt", at: 1 },
    ];
    const bad = { ...ani, productId: "sugar", id: "T1" };
    const next = [{ ...ani, id: "T1" }, bad, { ...ani, productId: "milk" }];
    const { log: both } = appendTransactions(transactionLog(old, IDR), next, { onInvalid: "collect" });
    expect(both).toEqual(transactionLog([...old, next[0], next[2]], IDR));
  });

  test("what is no log, and bad options, are refused", () => {
    expect(thrown(() => appendTransactions(JSON.parse("{}"), [])).path).toBe("log");
    // @ts-expect-error no such choice
    const error = thrown(() => appendTransactions(log, [], { onInvalid: "skip" }));
    expect([error.path, error.message]).toEqual(["options.onInvalid", expect.stringContaining('"skip"')]);
  });
});
