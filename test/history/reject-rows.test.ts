import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionLogOptions, TransactionRow } from "../../src/history/transaction-row.js";
import { type PlainRow, plainLog } from "./plain-log.js";

const IDR = { currency: "IDR" } as const;
const good = { customerId: "ani", at: "2024-01-31", amount: 500 };

const collect = (records: readonly TransactionRow[], options: Partial<TransactionLogOptions> = {}) =>
  transactionLog(records, { ...IDR, ...options, onInvalid: "collect" });

const messages = (records: readonly TransactionRow[], options: Partial<TransactionLogOptions> = {}) =>
  collect(records, options).rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));

describe("a row that breaks a rule across rows", () => {
  test("of two rows with one id the first stays", () => {
    const { log, rejects } = collect([
      { ...good, id: "T1" },
      { ...good, id: "T2" },
      { ...good, id: "T1", amount: 7 },
      good,
      good,
    ]);
    expect(log.ids).toEqual(["T1", "T2", null, null]);
    expect(rejects).toEqual([
      {
        row: 2,
        record: { id: "T1", customerId: "ani", at: Date.parse("2024-01-31"), amount: 7, type: "purchase" },
        problems: [{ row: 2, field: "id", reason: "stands on an earlier row: an id is unique", value: "T1" }],
      },
    ]);
  });

  test("a row rejected on its own leaves its id to the next", () => {
    const { log, rejects } = collect([
      { ...good, id: "T1", amount: 0.5 },
      { ...good, id: "T1" },
    ]);
    expect([log.ids, rejects.length]).toEqual([["T1"], 1]);
  });

  const refund = { customerId: "ani", at: "2024-02-05", amount: -100, refundOf: "T1" };
  const purchase = { ...good, id: "T1" };
  test.each([
    [
      "names no row",
      [refund],
      'row 1, refundOf: "T1" is the id of no purchase that the log holds: add the purchase',
    ],
    [
      "names a refund",
      [purchase, { ...refund, id: "R1" }, { ...refund, refundOf: "R1" }],
      'row 3, refundOf: "R1" is the id of a refund: only a purchase can be refunded',
    ],
    ["names itself", [{ ...refund, id: "T1" }], 'row 1, refundOf: "T1" is the id of a refund'],
    [
      "is another customer's",
      [purchase, { ...refund, customerId: "budi" }],
      'row 2, refundOf: "T1" is a purchase of another customer, ani',
    ],
    [
      "came before its purchase",
      [purchase, { ...refund, at: "2024-01-30" }],
      'row 2, refundOf: "T1" is a purchase that happened after this refund',
    ],
  ] as [string, TransactionRow[], string][])("a refund that %s", (_, records, message) => {
    expect(messages(records)).toEqual([expect.stringContaining(message)]);
  });

  test("a refund may stand before its purchase in the input, and happen at the same instant", () => {
    expect(messages([{ ...refund, at: good.at }, purchase])).toEqual([]);
  });

  test("where refunds need no purchase, one that names an unknown purchase is told so", () => {
    expect(messages([refund], { unlinkedRefunds: "accept" })).toEqual([
      expect.stringContaining("leave refundOf out if the purchase is not in the log"),
    ]);
  });

  test.each(["cost", "quantity"] as const)("%s is on every purchase or on none", (field) => {
    const missing = `${field}: is missing while other rows have it: give it on every purchase (0 for none)`;
    expect(messages([good, { ...good, [field]: 5 }, good])).toEqual([
      `row 1, ${missing}`,
      `row 3, ${missing}`,
    ]);
    // A refund may leave it out, and takes nothing back.
    const { log, rejects } = collect([{ ...purchase, [field]: 5 }, refund]);
    expect(rejects).toEqual([]);
    expect([...(log[field] ?? [])]).toEqual([5, 0]);
    // And may not bring it in.
    expect(messages([purchase, { ...refund, [field]: -1 }])).toEqual([
      `row 2, ${field}: -1 is given while no purchase has it: give it on every purchase or on none`,
    ]);
  });

  test("a bad row does not put all others in the wrong", () => {
    const { log, rejects } = collect([
      { ...good, id: "T1" },
      { ...good, id: "T1", cost: 5 },
      { ...good, id: "T2" },
    ]);
    expect(rejects.map(({ row }) => row)).toEqual([1]);
    expect(log).toEqual(
      transactionLog(
        [
          { ...good, id: "T1" },
          { ...good, id: "T2" },
        ],
        IDR,
      ),
    );
  });

  test("all rules that it breaks are listed, and refunds follow their purchase", () => {
    const records = [
      { ...good, id: "T0", cost: 1 },
      { ...purchase, cost: 1 },
      { ...purchase },
      { ...good, id: "T2" },
      { ...refund, refundOf: "T2" },
      refund,
    ];
    expect(
      collect(records).rejects.map(({ row, problems }) => [row, problems.map(({ field }) => field)]),
    ).toEqual([
      [2, ["id", "cost"]],
      [3, ["cost"]],
      [4, ["refundOf"]],
    ]);
  });

  test("the rejected record has what was given, before conversion", () => {
    const foreign = {
      ...good,
      id: "T1",
      cost: 3,
      quantity: 2,
      productId: "tea",
      channel: "web",
      currency: "USD",
    };
    const { rejects } = collect(
      [{ ...good, id: "T1", cost: 1, quantity: 1 }, foreign, { ...refund, refundOf: "T9", currency: "USD" }],
      { rate: () => 15_000 },
    );
    expect(rejects.map(({ record }) => record)).toEqual([
      { ...foreign, at: Date.parse(foreign.at), type: "purchase" },
      { ...refund, refundOf: "T9", at: Date.parse(refund.at), type: "refund", currency: "USD" },
    ]);
  });

  test("rejects by the hundred thousand are all there", () => {
    const records = Array.from({ length: 200_000 }, (_, n) => ({
      customerId: n % 9,
      at: n,
      amount: 1,
      id: "T1",
    }));
    const { log, rejects } = collect(records);
    expect([log.length, rejects.length]).toEqual([1, 199_999]);
  });
});

type Damage = (row: PlainRow, random: number) => TransactionRow;

const damages: readonly Damage[] = [
  (row) => ({ ...row, amount: 0.5 }),
  (row) => ({ ...row, customerId: "" }),
  (row) => ({ ...row, at: "yesterday" }),
  (row) => ({ ...row, id: "T0" }),
  (row) => ({ ...row, currency: "USD", id: "T1" }),
  (row) => ({ ...row, currency: "EUR" }),
  (row) => ({ ...row, productId: "only here", channel: "only here", id: "T2" }),
  (row) => ({ ...row, cost: null, quantity: null }),
  (row) => ({ ...row, refundOf: "T99", type: undefined }),
  (row) => ({ ...row, customerId: "somebody else" }),
];

const rate = (currency: string) => (currency === "USD" ? 15_000 : Number.NaN);

describe("with some rows damaged", () => {
  const damaged = fc
    .tuple(plainLog(), fc.array(fc.tuple(fc.nat(99), fc.nat(damages.length - 1)), { maxLength: 6 }))
    .map(([plain, hits]) => ({
      options: { ...plain.options, rate },
      records: plain.rows.map((row, place) => {
        const hit = hits.find(([at]) => at % plain.rows.length === place);
        return hit ? damages[hit[1]](row, hit[0]) : row;
      }),
    }));

  test("each row is either in the log or among the rejects, and the log is that of the good rows alone", () => {
    let rejected = 0;
    fc.assert(
      fc.property(damaged, ({ records, options }) => {
        const { log, rejects } = transactionLog(records, { ...options, onInvalid: "collect" });
        const bad = new Set(rejects.map(({ row }) => row));
        rejected += bad.size;
        expect(bad.size).toBe(rejects.length);
        expect(rejects.map(({ row }) => row)).toEqual([...bad].sort((a, b) => a - b));
        expect(log.length + rejects.length).toBe(records.length);
        for (const { row, record, problems } of rejects) {
          expect(problems.length).toBeGreaterThan(0);
          expect(problems.every((problem) => problem.row === row)).toBe(true);
          expect(record).toMatchObject({ amount: records[row].amount });
        }
        const goodRows = records.filter((_, row) => !bad.has(row));
        expect(log).toEqual(transactionLog(goodRows, options));
      }),
      { numRuns: 400 },
    );
    expect(rejected).toBeGreaterThan(100);
  });
});
