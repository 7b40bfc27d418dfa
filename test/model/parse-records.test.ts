import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactSchema } from "../../src/model/contact.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { transactionSchema } from "../../src/model/transaction.js";
import { thrown } from "../core/thrown.js";
import { anyTransaction, march1Ms, purchase, refund } from "./samples.js";

const bad = { ...purchase, amount: 10.5 };

describe("parseRecords", () => {
  test("gives the parsed records in the order of the input", () => {
    const parsed = parseRecords(transactionSchema, [refund, purchase]);
    expect(parsed.map(({ id, type }) => [id, type])).toEqual([
      ["T-2", "refund"],
      ["T-1", "purchase"],
    ]);
    expect(parsed[1].at).toBe(march1Ms);
  });

  test("takes any iterable, once", () => {
    function* rows() {
      yield purchase;
      yield bad;
      yield refund;
    }
    const { valid, rejects } = parseRecords(transactionSchema, rows(), { onInvalid: "collect" });
    expect(valid.map(({ id }) => id)).toEqual(["T-1", "T-2"]);
    expect(rejects.map(({ row }) => row)).toEqual([1]);
  });

  test("throws one error for all bad records, with row, field, value and rule", () => {
    const error = thrown(() =>
      parseRecords(transactionSchema, [purchase, bad, { ...refund, customerId: "" }], {
        what: "transactions",
      }),
    );
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.path).toBe("transactions[1].amount");
    expect(error.message).toBe(
      [
        "2 problems in transactions:",
        "  row 2, amount: 10.5 is not a whole number of minor units",
        '  row 3, customerId: "" is empty',
      ].join("\n"),
    );
    expect(error.problems).toEqual([
      { row: 1, field: "amount", reason: "is not a whole number of minor units", value: 10.5 },
      { row: 2, field: "customerId", reason: "is empty", value: "" },
    ]);
  });

  test("lists the first 20 problems and counts them all", () => {
    const error = thrown(() => parseRecords(transactionSchema, Array(30).fill({ customerId: "C-1", at: 0 })));
    expect(error.message.split("\n")).toHaveLength(21);
    expect(error.message).toMatch(/^30 problems in records, the first 20:\n {2}row 1, amount: is missing\n/);
    expect(error.problems).toHaveLength(20);
  });

  test("collects the bad records whole, each with all its problems", () => {
    const record = { id: "", extra: 1 };
    const { valid, rejects } = parseRecords(contactSchema, [record], { onInvalid: "collect" });
    expect(valid).toEqual([]);
    expect(rejects).toEqual([
      {
        row: 0,
        record,
        problems: [
          { row: 0, field: "id", reason: "is empty", value: "" },
          { row: 0, field: "name", reason: "is missing", value: undefined },
          { row: 0, field: "extra", reason: "is not a known field", value: 1 },
        ],
      },
    ]);
    expect(rejects[0].record).toBe(record);
  });

  test("no records are no problem", () => {
    expect(parseRecords(contactSchema, [])).toEqual([]);
    expect(parseRecords(contactSchema, [], { onInvalid: "collect" })).toEqual({ valid: [], rejects: [] });
  });

  test("refuses an option that does not exist", () => {
    // @ts-expect-error the type says so too
    const error = thrown(() => parseRecords(contactSchema, [], { onInvalid: "ignore" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.onInvalid"]);
    expect(error.message).toContain('"ignore"');
  });

  test("refuses what is no list of records", () => {
    for (const [bad, shown] of [
      [undefined, "undefined"],
      [{ id: "P-1" }, "an object"],
      ["id,name", '"id,name"'],
    ] as const) {
      const error = thrown(() => parseRecords(contactSchema, bad as never));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "records"]);
      expect(error.message).toBe(`records is ${shown}: pass an array or another iterable of records`);
    }
  });

  test("tells a field that would reach the prototype by its name, and sets no prototype", () => {
    const hostile = JSON.parse('{"id":"P-1","name":"x","__proto__":{"role":"admin"}}');
    const [reject] = parseRecords(contactSchema, [hostile], { onInvalid: "collect" }).rejects;
    expect(reject.problems).toMatchObject([{ field: "__proto__", reason: "is not a known field" }]);
    const inside = JSON.parse('{"id":"P-1","name":"x","attributes":{"__proto__":{"role":"admin"}}}');
    const attributes = contactSchema.parse(inside).attributes;
    expect([attributes?.role, Object.getPrototypeOf(attributes)]).toEqual([undefined, Object.prototype]);
  });

  test("loses nothing: valid and rejects together are the input, in order", () => {
    const rows = fc.array(fc.oneof(anyTransaction, fc.constant(bad), fc.jsonValue()), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (records) => {
        const { valid, rejects } = parseRecords(transactionSchema, records, { onInvalid: "collect" });
        const left = records.filter((_, row) => !rejects.some((reject) => reject.row === row));
        expect(valid).toEqual(left.map((record) => transactionSchema.parse(record)));
        for (const { row, record, problems } of rejects) {
          expect(record).toBe(records[row]);
          expect(problems.length).toBeGreaterThan(0);
          expect(problems.every((problem) => problem.row === row)).toBe(true);
        }
      }),
    );
  });
});
