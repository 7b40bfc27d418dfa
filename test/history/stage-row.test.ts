import { describe, expect, test } from "vitest";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionLogOptions, TransactionRow } from "../../src/history/transaction-row.js";
import { thrown } from "../core/thrown.js";

const IDR = { currency: "IDR" } as const;
const good = { customerId: "ani", at: "2024-01-31", amount: 500 };

/** The problems of one record between two good ones. */
function problemsOf(record: unknown, options: Partial<TransactionLogOptions> = {}): string[] {
  const { log, rejects } = transactionLog([good, record as TransactionRow, good], {
    ...IDR,
    ...options,
    onInvalid: "collect",
  });
  expect(log.length).toBe(rejects.length === 0 ? 3 : 2);
  if (rejects.length > 0) {
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ row: 1, record });
  }
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}

describe("a record that breaks a rule of its own", () => {
  test.each([
    [{ customerId: undefined }, "customerId: is missing"],
    [{ customerId: null }, "customerId: is missing"],
    [{ customerId: "" }, 'customerId: "" is empty'],
    [{ customerId: true }, "customerId: true is neither text nor a whole number"],
    [{ at: undefined }, "at: is missing"],
    [{ at: null }, "at: is missing"],
    [{ at: "2024-01-31T10:00:00" }, 'at: "2024-01-31T10:00:00" is no instant: '],
    [{ at: "2023-02-29" }, 'at: "2023-02-29" is no instant: '],
    [{ at: "31/01/2024" }, 'at: "31/01/2024" is no instant: '],
    [{ at: {} }, "at: an object is no instant: "],
    [{ at: 1.5 }, "at: 1.5 is no instant of the years 0001 to 9999"],
    [{ at: Number.NaN }, "at: NaN is no instant of the years 0001 to 9999"],
    [{ at: new Date(Number.NaN) }, "at: an invalid Date is no instant of the years 0001 to 9999"],
    // Microseconds mistaken for milliseconds.
    [{ at: 1_706_659_200_000_000 }, "at: 1706659200000000 is no instant of the years 0001 to 9999"],
    [{ amount: undefined }, "amount: is missing"],
    [{ amount: "500" }, 'amount: "500" is not a whole number of minor units'],
    [{ amount: 10.5 }, "amount: 10.5 is not a whole number of minor units"],
    [{ amount: 2 ** 53 }, "amount: 9007199254740992 is not a whole number of minor units"],
    [{ amount: -1 }, 'amount: -1 is negative on a purchase: a refund has refundOf or type "refund"'],
    [{ cost: 0.5 }, "cost: 0.5 is not a whole number of minor units"],
    [{ cost: -1 }, "cost: -1 is negative on a purchase"],
    [{ quantity: "1" }, 'quantity: "1" is not a number'],
    [{ quantity: Number.NaN }, "quantity: NaN is not a number"],
    [{ quantity: -1 }, "quantity: -1 is negative on a purchase"],
    [{ id: 7 }, "id: 7 is not a text of at least one character"],
    [{ id: "" }, 'id: "" is not a text'],
    [{ productId: 7 }, "productId: 7 is not a text"],
    [{ channel: "" }, 'channel: "" is not a text'],
    [{ type: "sale" }, 'type: "sale" is neither "purchase" nor "refund"'],
    [{ type: "purchase", refundOf: "T1" }, 'refundOf: "T1" is given on a purchase'],
    [{ type: "refund", amount: 0 }, "refundOf: is missing: a refund names its purchase"],
    [{ refundOf: 7, amount: 0 }, "refundOf: 7 is not a text"],
    [{ currency: "usd" }, 'currency: "usd" is not an ISO 4217 code'],
    [{ currency: "USD" }, `currency: "USD" differs from the log's IDR: pass a rate(currency, at)`],
  ])("%j", (change, message) => {
    expect(problemsOf({ ...good, ...change })).toEqual([expect.stringContaining(`row 2, ${message}`)]);
  });

  test.each([null, undefined, 7, "ani"])("%j is no record", (record) => {
    expect(problemsOf(record)).toEqual([expect.stringContaining("is not a record")]);
  });

  test("the signs of a refund are turned round", () => {
    const refund = { ...good, type: "refund", amount: 1, cost: 2, quantity: 3 };
    expect(problemsOf(refund, { unlinkedRefunds: "accept" })).toEqual([
      "row 2, amount: 1 is positive on a refund: money given back is negative",
      "row 2, cost: 2 is positive on a refund: money given back is negative",
      "row 2, quantity: 3 is positive on a refund",
    ]);
  });

  test("every rule that it breaks is listed", () => {
    const record = { customerId: "", at: "?", amount: 0.5, id: 1, type: "x", currency: "??", cost: "1" };
    const fields = problemsOf(record).map((message) => message.replace(/^row 2, (\w+):.*$/, "$1"));
    expect(fields).toEqual(["customerId", "at", "type", "amount", "cost", "id", "currency"]);
  });

  test("null in an optional field is the same as nothing", () => {
    const nothing = Object.fromEntries(
      ["type", "id", "refundOf", "cost", "quantity", "productId", "channel", "currency"].map((field) => [
        field,
        null,
      ]),
    );
    expect(problemsOf({ ...good, ...nothing })).toEqual([]);
  });

  test("the ends of the calendar are good", () => {
    for (const at of [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")]) {
      expect(problemsOf({ ...good, at })).toEqual([]);
      expect(problemsOf({ ...good, at: at < 0 ? at - 1 : at + 1 })).toHaveLength(1);
    }
  });
});

describe("a negative amount without a type", () => {
  test("is a refund of no particular purchase where these are accepted", () => {
    const log = transactionLog([good, { ...good, amount: -100 }], { ...IDR, unlinkedRefunds: "accept" });
    expect([...(log.purchaseRow ?? [])]).toEqual([-1, -2]);
  });
});

describe("rate", () => {
  const rates: Record<string, number> = { USD: 15_600.5, JPY: 104.25, BHD: 41_379.31 };
  const rate = (currency: string) => rates[currency];

  test("converts amount and cost; the original amount and currency stay", () => {
    const log = transactionLog(
      [
        { ...good, at: 1, cost: 300 },
        { ...good, at: 2, amount: 1999, cost: 1001, currency: "USD" },
        { ...good, at: 3, amount: 1999, cost: 1001, currency: "JPY" },
        { ...good, at: 4, amount: 1999, cost: 1001, currency: "BHD" },
        { ...good, at: 5, cost: 1, currency: "IDR" },
      ],
      { ...IDR, rate },
    );
    // 19.99 USD at 15,600.5: 311,853.995 IDR, in sen 31,185,399.5, the half to the even. 1999 JPY have no decimals,
    // 1.999 BHD three.
    expect([...log.amount]).toEqual([500, 31_185_400, 20_839_575, 8_271_724, 500]);
    expect([...(log.cost ?? [])]).toEqual([300, 15_616_100, 10_435_425, 4_142_069, 1]);
    expect([...(log.original?.amount ?? [])]).toEqual([500, 1999, 1999, 1999, 500]);
    const { codes, values } = log.original?.currency ?? { codes: [], values: [] };
    expect(Array.from(codes, (code) => values[code])).toEqual(["IDR", "USD", "JPY", "BHD", "IDR"]);
  });

  test("is exact where doubles are not", () => {
    const log = transactionLog(
      [
        { ...good, amount: 500, currency: "USD" },
        { ...good, amount: 700, currency: "USD" },
      ],
      {
        currency: "EUR",
        rate: () => 1.005,
      },
    );
    // 502.5 and 703.5, halves to the even; in doubles 500 * 1.005 and 700 * 1.005 are a little less.
    expect([...log.amount]).toEqual([502, 704]);
    expect(log.original?.currency.values).toEqual(["USD"]);
  });

  test("gets the instant of the row", () => {
    const asked: unknown[] = [];
    transactionLog(
      [
        { ...good, currency: "USD" },
        { ...good, at: "?", currency: "USD" },
      ],
      {
        ...IDR,
        onInvalid: "collect",
        rate: (currency, at) => asked.push([currency, at]),
      },
    );
    expect(asked).toEqual([["USD", Date.parse("2024-01-31")]]);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined, "15600"])(
    "that gives %j makes a bad row",
    (value) => {
      const messages = problemsOf({ ...good, currency: "USD" }, { rate: () => value as number });
      expect(messages).toEqual([expect.stringContaining('row 2, currency: "USD" has no usable rate')]);
      expect(messages[0]).toContain(typeof value === "string" ? `"${value}"` : String(value));
    },
  );

  test("that leads out of the safe integers makes a bad row, for amount and cost", () => {
    const record = { ...good, amount: 2 ** 50, cost: 2 ** 51, currency: "USD" };
    expect(problemsOf(record, { rate })).toEqual([
      expect.stringContaining(
        "row 2, amount: 1125899906842624 is too large to be exact in minor units of IDR",
      ),
      expect.stringContaining("row 2, cost: 2251799813685248 is too large"),
    ]);
  });

  test("that throws is the caller's error, and leaves nothing behind", () => {
    const failing = () => {
      throw new RangeError("no rate today");
    };
    expect(() => transactionLog([{ ...good, currency: "USD" }], { ...IDR, rate: failing })).toThrow(
      RangeError,
    );
  });
});

describe("the error for bad rows", () => {
  test("lists the first 20 with row, field and reason, and counts all", () => {
    const records = Array.from({ length: 30 }, (_, n) => ({ ...good, amount: n % 2 === 0 ? 1 : n + 0.5 }));
    const error = thrown(() => transactionLog([...records, ...records], IDR));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "transactions[1].amount"]);
    const lines = error.message.split("\n");
    expect(lines[0]).toBe("30 problems in transactions, the first 20:");
    expect(lines).toHaveLength(21);
    expect(lines[1]).toBe("  row 2, amount: 1.5 is not a whole number of minor units");
    expect(lines[20]).toBe("  row 40, amount: 9.5 is not a whole number of minor units");
    expect(error.problems).toHaveLength(20);
  });

  test("lists problems in the order of the rows, whichever check found them", () => {
    const error = thrown(() =>
      transactionLog(
        [
          { ...good, id: "T1" },
          { ...good, id: "T1" },
          { ...good, amount: 0.5 },
        ],
        IDR,
      ),
    );
    expect(error.problems?.map(({ row, field }) => [row, field])).toEqual([
      [1, "id"],
      [2, "amount"],
    ]);
  });
});
