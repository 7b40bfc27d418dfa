import { describe, expect, test } from "vitest";
import { rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import type { TransactionLog } from "../../src/history/log-columns.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionColumns, TransactionRow } from "../../src/history/transaction-row.js";
import { thrown } from "../core/thrown.js";

const IDR = { currency: "IDR" } as const;
const ani: TransactionRow = { customerId: "ani", at: "2024-01-31", amount: 500 };

/** The columns as plain arrays, whatever their types. */
const plain = (log: TransactionLog) =>
  JSON.parse(JSON.stringify(log, (_, value) => (ArrayBuffer.isView(value) ? [...(value as never)] : value)));

describe("the columns of a log", () => {
  test("stand customer by customer in order of time, ties in the order of the input", () => {
    const log = transactionLog(
      [
        {
          id: "T3",
          customerId: "budi",
          at: "2024-03-01",
          amount: 3,
          cost: 1,
          productId: "tea",
          channel: "web",
        },
        { id: "T1", customerId: "ani", at: "2024-02-01", amount: 1, cost: 1, productId: "rice" },
        { id: "R3", customerId: "budi", at: "2024-03-02", amount: -2, refundOf: "T3" },
        { id: "T2", customerId: "budi", at: "2024-01-01", amount: 2, cost: 1, productId: "tea", quantity: 2 },
        { id: "T4", customerId: "ani", at: "2024-02-01", amount: 4, cost: 1, channel: "web" },
      ].map((row) => ({ quantity: 1, ...row, ...(row.refundOf ? { quantity: undefined } : {}) })),
      IDR,
    );
    const day = (text: string) => Date.parse(text);
    expect(plain(log)).toEqual({
      kind: "TransactionLog",
      version: 1,
      currency: "IDR",
      timeZone: "UTC",
      length: 5,
      customerIds: ["budi", "ani"],
      customerKeys: "text",
      firstAt: day("2024-01-01"),
      lastAt: day("2024-03-02"),
      offsets: [0, 3, 5],
      at: [day("2024-01-01"), day("2024-03-01"), day("2024-03-02"), day("2024-02-01"), day("2024-02-01")],
      amount: [2, 3, -2, 1, 4],
      purchaseRow: [-1, -1, 1, -1, -1],
      cost: [1, 1, 0, 1, 1],
      quantity: [2, 1, 0, 1, 1],
      product: { codes: [1, 1, 0, 2, 0], values: [null, "tea", "rice"] },
      channel: { codes: [0, 1, 0, 0, 1], values: [null, "web"] },
      ids: ["T2", "T3", "R3", "T1", "T4"],
      original: null,
    });
  });

  test("that no row has are null", () => {
    const { purchaseRow, cost, quantity, product, channel, ids, original } = transactionLog([ani], IDR);
    expect([purchaseRow, cost, quantity, product, channel, ids, original]).toEqual(Array(7).fill(null));
  });

  test("of texts take the narrowest codes that hold them", () => {
    const log = (products: number, more: readonly TransactionRow[] = []) =>
      transactionLog(
        [...Array.from({ length: products }, (_, n) => ({ ...ani, at: n, productId: `P${n}` })), ...more],
        IDR,
      ).product;
    expect(log(256)?.codes).toBeInstanceOf(Uint8Array);
    expect(log(257)?.codes).toBeInstanceOf(Uint16Array);
    expect(log(256, [{ ...ani, at: 256 }])?.codes).toBeInstanceOf(Uint16Array);
    const wide = log(65_537);
    expect(wide?.codes).toBeInstanceOf(Uint32Array);
    expect(wide?.values[wide.codes[65_536]]).toBe("P65536");
  });

  test("identical rows without ids are two transactions (trap 34)", () => {
    expect(transactionLog([ani, ani], IDR).length).toBe(2);
  });

  test("instants in every form are the same instant; a civil day begins in the log's zone", () => {
    const noon = "2024-01-31T00:00:00+07:00";
    const forms = [new Date(noon), Date.parse(noon), noon, "2024-01-30T17:00:00Z", "2024-01-31"];
    const log = transactionLog(
      forms.map((at) => ({ ...ani, at })),
      { ...IDR, timeZone: "Asia/Jakarta" },
    );
    expect(new Set(log.at)).toEqual(new Set([Date.parse(noon)]));
  });

  test("-0 becomes 0", () => {
    const log = transactionLog([{ ...ani, amount: -0, cost: -0, quantity: -0 }], IDR);
    expect([log.amount[0], log.cost?.[0], log.quantity?.[0]]).toEqual([0, 0, 0]);
  });
});

describe("customer ids", () => {
  const idsOf = (keys: readonly number[]) => {
    const log = transactionLog(
      keys.map((customerId, place) => ({ customerId, at: place, amount: 10 ** place })),
      IDR,
    );
    return [log.customerIds, [...customerSummary(log, { asOf: 100 }).columns.net], log.customerKeys];
  };
  const max = Number.MAX_SAFE_INTEGER;
  test.each([
    ["dense", [3, 1, 2, 1], ["1", "2", "3"], [1010, 100, 1]],
    ["negative", [-5, 0, -7, -5], ["-7", "-5", "0"], [100, 1001, 10]],
    ["sparse and huge", [max, -max, 7, max], [`${-max}`, "7", `${max}`], [10, 100, 1001]],
    ["a range just beyond dense", [0, 65_536, 0], ["0", "65536"], [101, 10]],
    ["a range just inside dense", [1, 65_536, 1], ["1", "65536"], [101, 10]],
    ["-0 and 0", [-0, 0], ["0"], [11]],
  ])("whole numbers, %s, stand in ascending order", (_, keys, ids, nets) => {
    expect(idsOf(keys)).toEqual([ids, nets, "integer"]);
  });

  test("text stands in order of first appearance, and numerals are text", () => {
    const log = transactionLog(
      ["10", "9", "010", "10"].map((customerId) => ({ ...ani, customerId })),
      IDR,
    );
    expect(log.customerIds).toEqual(["10", "9", "010"]);
    expect(log.customerKeys).toBe("text");
  });

  test("both kinds in one log are refused", () => {
    const mixed = (first: string | number, second: string | number) =>
      thrown(() =>
        transactionLog(
          [
            { ...ani, customerId: first },
            { ...ani, customerId: second },
          ],
          IDR,
        ),
      );
    expect(mixed("1", 1).message).toContain("row 2, customerId: 1 is a number while earlier rows have text");
    expect(mixed(1, "1").message).toContain(
      'row 2, customerId: "1" is text while earlier rows have whole numbers',
    );
  });
});

describe("columns in", () => {
  const records: TransactionRow[] = [
    { id: "T1", customerId: "ani", at: "2024-01-31", amount: 500, cost: 300, quantity: 1, productId: "tea" },
    { id: "T2", customerId: "budi", at: "2024-01-30", amount: 700, cost: 0, quantity: 2, channel: "web" },
    { customerId: "ani", at: "2024-02-01", amount: -50, refundOf: "T1", type: "refund", currency: "IDR" },
  ];
  const fields = ["customerId", "at", "amount", "cost", "quantity", "id", "productId", "channel"] as const;
  const columnsOf = (rowsIn: readonly TransactionRow[]) =>
    Object.fromEntries(
      [...fields, "refundOf", "type", "currency"].map((field) => [
        field,
        rowsIn.map((row) => row[field as keyof TransactionRow]),
      ]),
    ) as unknown as TransactionColumns;

  test("give the same log as records", () => {
    expect(transactionLog(columnsOf(records), IDR)).toEqual(transactionLog(records, IDR));
  });

  test.each([
    ["text ids", ["ani", "budi", "ani"], ["ani", "budi", "ani"]],
    ["whole numbers", [5, -3, 5], [5, -3, 5]],
    ["an Int32Array", Int32Array.of(5, -3, 5), [5, -3, 5]],
    ["a Uint32Array", Uint32Array.of(5, 4_294_967_295, 5), [5, 4_294_967_295, 5]],
  ] as const)("of numbers, read in place, too: %s", (_, customerId, keys) => {
    const at = Float64Array.of(3, 1, 2);
    const numbers = [Float64Array.of(30, 10, 20), Int32Array.of(30, 10, 20)] as const;
    for (const amount of numbers) {
      for (const cost of [undefined, ...numbers]) {
        for (const quantity of [undefined, ...numbers]) {
          const expected = transactionLog(
            keys.map((key, row) => ({
              customerId: key,
              at: at[row],
              amount: amount[row],
              cost: cost?.[row],
              quantity: quantity?.[row],
            })),
            IDR,
          );
          expect(transactionLog({ customerId, at, amount, cost, quantity }, IDR)).toEqual(expected);
        }
      }
    }
  });

  test.each([
    ["at", { at: Float64Array.of(1, 2.5) }],
    ["at", { at: Float64Array.of(1, Number.NaN) }],
    ["at", { at: Float64Array.of(1, 1.7e15) }],
    ["amount", { amount: Float64Array.of(1, 0.5) }],
    ["amount", { amount: Float64Array.of(1, 2 ** 53) }],
    ["amount", { amount: Int32Array.of(1, -1) }],
    ["cost", { cost: Float64Array.of(1, -1) }],
    ["quantity", { quantity: Float64Array.of(1, Number.POSITIVE_INFINITY) }],
    ["customerId", { customerId: ["ani", ""] }],
    ["customerId", { customerId: ["ani", 1] }],
    ["customerId", { customerId: [1, 1.5] }],
  ])("with a bad %s: row and field are named", (field, bad) => {
    const good = { customerId: ["ani", "budi"], at: Float64Array.of(1, 2), amount: Float64Array.of(1, 2) };
    const error = thrown(() => transactionLog({ ...good, ...bad }, IDR));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", `transactions[1].${field}`]);
    expect(error.problems?.map(({ row, field: at }) => [row, at])).toEqual([[1, field]]);
  });

  test("the record of a reject has the fields that were given", () => {
    const columns = {
      customerId: ["ani", "budi"],
      at: ["2024-01-31", "?"],
      amount: [1, 2],
      cost: [null, null],
    };
    const { rejects } = transactionLog(columns, { ...IDR, onInvalid: "collect" });
    expect(rejects.map(({ record }) => record)).toEqual([{ customerId: "budi", at: "?", amount: 2 }]);
  });

  test.each([
    [{ customerId: ["a"], at: [1] }, "records.amount", "undefined"],
    [{ customerId: "a", at: [1], amount: [1] }, "records.customerId", '"a"'],
    [
      { customerId: ["a"], at: [1], amount: [1, 2] },
      "records.amount",
      "2 values but records.customerId has 1",
    ],
    [{ customerId: ["a"], at: [1], amount: [1], id: ["x", "y"] }, "records.id", "2 values"],
    [{ customerId: ["a"], at: [1], amount: [1], cost: 5 }, "records.cost", "5"],
    [null, "records", "null"],
    ["ani", "records", '"ani"'],
  ])("%j is refused", (columns, path, value) => {
    const error = thrown(() => transactionLog(columns as unknown as TransactionColumns, IDR));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(value);
  });
});

describe("inputs of every size and kind", () => {
  test("no rows", () => {
    const empty = transactionLog([], IDR);
    expect([empty.length, empty.customerIds, [...empty.offsets]]).toEqual([0, [], [0]]);
    expect(transactionLog({ customerId: [], at: [], amount: [] }, IDR)).toEqual(empty);
    expect(
      transactionLog(
        { customerId: new Int32Array(0), at: new Float64Array(0), amount: new Float64Array(0) },
        IDR,
      ),
    ).toEqual(empty);
    expect(transactionLog(new Set<TransactionRow>(), IDR)).toEqual(empty);
  });

  test("a generator, an iterator that is longer than the first room", () => {
    function* many() {
      for (let n = 0; n < 5000; n++)
        yield { id: `T${n}`, customerId: n % 7, at: 5000 - n, amount: n, cost: n };
    }
    expect(transactionLog(many(), IDR)).toEqual(transactionLog([...many()], IDR));
    expect(transactionLog(new Set(many()), IDR).length).toBe(5000);
  });

  test("frozen records, and columns, stay as they were", () => {
    const record = Object.freeze({
      ...ani,
      id: "T1",
      cost: 5,
      quantity: 1,
      productId: "tea",
      channel: "web",
    });
    const refund = Object.freeze({ customerId: "ani", at: "2024-02-01", amount: -1, refundOf: "T1" });
    const frozen = Object.freeze([record, refund]);
    expect(transactionLog(frozen, Object.freeze({ ...IDR })).length).toBe(2);

    const columns = {
      customerId: Int32Array.of(2, 1, 2),
      at: Float64Array.of(3, 2, 1),
      amount: Float64Array.of(30, 20, 10),
      cost: Float64Array.of(3, 2, 1),
      quantity: Float64Array.of(3, 2, 1),
    };
    const before = structuredClone(columns);
    const log = transactionLog(Object.freeze(columns), IDR);
    for (const options of [{}, { refundAttribution: "transaction" as const }]) {
      customerSummary(log, { asOf: 10, ...options });
    }
    expect(columns).toEqual(before);
  });

  test("a metric does not change the log", () => {
    const log = transactionLog(
      [
        { ...ani, id: "T1", cost: 5 },
        { ...ani, at: "2024-02-05", amount: -500, refundOf: "T1" },
      ],
      IDR,
    );
    const before = structuredClone(log);
    customerSummary(log, { asOf: "2024-03-01" });
    expect(log).toEqual(before);
  });
});

describe("a log on its way to a worker", () => {
  const log = transactionLog(
    [
      { ...ani, id: "T1", cost: 5, quantity: 1, productId: "tea", channel: "web" },
      { ...ani, at: "2024-02-05", amount: -100, refundOf: "T1" },
    ],
    IDR,
  );
  const summary = rows(customerSummary(log, { asOf: "2024-03-01" }));

  test("survives structuredClone, with at and amount still halves of one buffer", () => {
    const clone = structuredClone(log);
    expect(clone).toEqual(log);
    expect(clone.at.buffer).toBe(clone.amount.buffer);
    expect(clone.at.buffer.byteLength).toBe(16 * log.length);
    expect(rows(customerSummary(clone, { asOf: "2024-03-01" }))).toEqual(summary);
  });

  test("and a transfer that names the buffer once", () => {
    const sent = structuredClone(log);
    const { at, offsets } = sent;
    const received = structuredClone(sent, { transfer: [at.buffer, offsets.buffer] as ArrayBuffer[] });
    expect(at.length).toBe(0);
    expect(received).toEqual(log);
    expect(rows(customerSummary(received, { asOf: "2024-03-01" }))).toEqual(summary);
  });

  test("what has lost its columns, or is of another version, is refused by name", () => {
    for (const [other, shown] of [
      [{ ...log, version: 2 }, "an object"],
      [[], "an array of 0"],
      [undefined, "undefined"],
    ] as const) {
      const error = thrown(() => customerSummary(other as unknown as TransactionLog, { asOf: 0 }));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "log"]);
      expect(error.message).toContain(shown);
    }
  });
});

describe("bad options", () => {
  test.each([
    [{ currency: "Rp" }, "INVALID_ARGUMENT", "options.currency", '"Rp"'],
    [{ currency: "IDR", timeZone: "Jakarta" }, "UNKNOWN_TIME_ZONE", "options.timeZone", "Jakarta"],
    [{ currency: "IDR", rate: 15600 }, "INVALID_ARGUMENT", "options.rate", "15600"],
    [{ currency: "IDR", unlinkedRefunds: "yes" }, "INVALID_ARGUMENT", "options.unlinkedRefunds", '"yes"'],
    [{ currency: "IDR", onInvalid: "ignore" }, "INVALID_ARGUMENT", "options.onInvalid", '"ignore"'],
    [undefined, "INVALID_ARGUMENT", "options", "undefined"],
  ])("%j", (options, code, path, value) => {
    const error = thrown(() => transactionLog([ani], options as never));
    expect([error.code, error.path]).toEqual([code, path]);
    expect(error.message).toContain(value);
  });
});
