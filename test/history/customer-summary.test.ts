import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { thrown } from "../core/thrown.js";
import {
  occasionsOf,
  type PlainLog,
  type PlainOptions,
  plainFacts,
  plainLog,
  plainOptions,
  sumOf,
} from "./plain-log.js";

function expected(
  { rows: records }: PlainLog,
  options: PlainOptions,
  countsById?: (id: string | null) => boolean,
) {
  const has = (field: "cost" | "quantity") => records.some((row) => row[field] !== undefined);
  return [...new Set(records.map((row) => row.customerId))].map((customerId) => {
    const facts = plainFacts(records, customerId, options, countsById);
    const counting = facts.filter(({ counts }) => counts);
    const net = sumOf(facts, (fact) => fact.net);
    const cost = has("cost") ? sumOf(facts, (fact) => fact.cost) : null;
    return {
      customerId,
      firstAt: counting[0]?.row.at ?? null,
      lastAt: counting.at(-1)?.row.at ?? null,
      purchases: counting.length,
      occasions: occasionsOf(facts, options.timeZone).length,
      net,
      cost,
      profit: cost === null ? null : net - cost,
      quantity: has("quantity") ? sumOf(facts, (fact) => fact.quantity) : null,
    };
  });
}

describe("customerSummary", () => {
  test("equals a plain count over objects, with refunds, windows, zones and both attributions", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, (plain, options) => {
        const log = transactionLog(plain.rows, plain.options);
        expect(rows(customerSummary(log, options))).toEqual(expected(plain, options));
      }),
      { numRuns: 300 },
    );
  });

  test("with a predicate, what it says is what counts; sums stay as they are", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, (plain, options) => {
        const log = transactionLog(plain.rows, plain.options);
        const even = (id: string | null) => id !== null && Number(id.slice(1)) % 2 === 0;
        const found = customerSummary(log, { ...options, qualifies: (purchase) => even(purchase.id) });
        expect(rows(found)).toEqual(expected(plain, options, even));
      }),
    );
  });

  test("the order of the input does not matter where instants differ", () => {
    const shuffled = plainLog({ distinctInstants: true }).chain((plain) =>
      fc.tuple(
        fc.constant(plain),
        fc.shuffledSubarray([...plain.rows], { minLength: plain.rows.length }),
        plainOptions,
      ),
    );
    fc.assert(
      fc.property(shuffled, ([plain, other, options]) => {
        const summary = (records: PlainLog["rows"]) =>
          new Map(
            rows(customerSummary(transactionLog(records, plain.options), options)).map((row) => [
              row.customerId,
              row,
            ]),
          );
        expect(summary(other)).toEqual(summary(plain.rows));
      }),
    );
  });

  test("money is additive over windows that follow each other", () => {
    fc.assert(
      fc.property(
        plainLog(),
        plainOptions,
        ({ rows: records, options: intake }, { window: _, ...options }) => {
          const log = transactionLog(records, intake);
          const middle = Date.UTC(2023, 6, 1);
          const net = (start: number, end: number) =>
            customerSummary(log, { ...options, window: { start, end } }).columns.net;
          const whole = customerSummary(log, options).columns.net;
          const late = net(middle, Date.UTC(2030, 0, 1));
          expect(net(0, middle).map((early, customer) => early + late[customer])).toEqual(whole);
        },
      ),
    );
  });

  test("every customer of the log has a row, also one of whom nothing is known yet", () => {
    const log = transactionLog([{ customerId: "ani", at: "2024-01-31", amount: 500 }], { currency: "IDR" });
    expect(rows(customerSummary(log, { asOf: "2024-01-31" }))).toEqual([
      {
        customerId: "ani",
        firstAt: null,
        lastAt: null,
        purchases: 0,
        occasions: 0,
        net: 0,
        cost: null,
        profit: null,
        quantity: null,
      },
    ]);
  });

  test("a log without rows has a summary without rows", () => {
    const summary = customerSummary(transactionLog([], { currency: "IDR" }), { asOf: "2024-01-01" });
    expect(summary.length).toBe(0);
    expect(rows(summary)).toEqual([]);
  });

  test("the log's zone is only the default", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-01-31T10:00:00Z", amount: 1 },
        { customerId: "ani", at: "2024-01-31T20:00:00Z", amount: 1 },
      ],
      { currency: "IDR", timeZone: "Asia/Jakarta" },
    );
    expect(customerSummary(log, { asOf: "2024-03-01" }).columns.occasions).toEqual([2]);
    expect(customerSummary(log, { asOf: "2024-03-01", timeZone: "UTC" }).columns.occasions).toEqual([1]);
    // The civil day of asOf begins in the zone of the call: at 17:00Z of the day before in Jakarta.
    expect(customerSummary(log, { asOf: "2024-02-01" }).columns.purchases).toEqual([1]);
    expect(customerSummary(log, { asOf: "2024-02-01", timeZone: "UTC" }).columns.purchases).toEqual([2]);
  });

  test("clocks set back over midnight do not split a day in three", () => {
    // St. John's, 2009-11-01: at 00:01 the clocks went back to 23:01 of the day before.
    const log = transactionLog(
      ["2009-11-01T02:00:00Z", "2009-11-01T02:30:30Z", "2009-11-01T03:00:00Z", "2009-11-01T04:00:00Z"].map(
        (at) => ({ customerId: "ani", at, amount: 1 }),
      ),
      { currency: "CAD", timeZone: "America/St_Johns" },
    );
    expect(customerSummary(log, { asOf: "2010-01-01" }).columns.occasions).toEqual([2]);
  });

  test("a sum that leaves the safe integers is refused, also when refunds lead it back", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-01-01", amount: huge },
        { customerId: "ani", at: "2024-01-02", amount: 2 },
        { customerId: "ani", at: "2024-01-03", amount: -3, type: "refund" },
      ],
      { currency: "IDR", unlinkedRefunds: "accept" },
    );
    const error = thrown(() => customerSummary(log, { asOf: "2025-01-01" }));
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "log"]);
    expect(error.message).toContain("customer ani");
    expect(customerSummary(log, { asOf: "2024-01-02" }).columns.net).toEqual([huge]);
  });
});
