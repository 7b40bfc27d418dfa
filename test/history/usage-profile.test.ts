import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transactionLog } from "../../src/history/transaction-log.js";
import { usageProfile } from "../../src/history/usage-profile.js";
import { thrown } from "../core/thrown.js";
import { occasionsOf, type PlainFact, plainFacts, plainLog, plainOptions, sumOf } from "./plain-log.js";
import { wallClock } from "./zone-clock.js";

const histogram = (size: number, places: readonly number[]) =>
  Array.from({ length: size }, (_, place) => places.filter((other) => other === place).length);

describe("usageProfile", () => {
  test("equals a plain count over objects, for the base and for one customer", () => {
    const whose = fc.constantFrom("ani", undefined);
    fc.assert(
      fc.property(plainLog(), plainOptions, whose, (plain, options, customerId) => {
        const customers = [...new Set(plain.rows.map((row) => row.customerId))];
        fc.pre(customerId === undefined || customers.includes(customerId));
        const byCustomer = (customerId === undefined ? customers : [customerId]).map((id) =>
          plainFacts(plain.rows, id, options),
        );
        const facts = byCustomer.flat();
        const counting = facts.filter(({ counts }) => counts);
        const hasQuantity = plain.rows.some((row) => row.quantity !== undefined);
        const hasProduct = plain.rows.some((row) => row.productId != null);
        const clocks = counting.map(({ row }) => wallClock(row.at, options.timeZone));
        const units = (own: readonly PlainFact[]) =>
          hasQuantity ? sumOf(own, ({ quantity }) => quantity) : null;
        const products = [...new Set(facts.map(({ row }) => row.productId ?? null))]
          .map((productId) => {
            const own = facts.filter(({ row }) => (row.productId ?? null) === productId);
            return {
              productId,
              purchases: own.filter(({ counts }) => counts).length,
              quantity: units(own),
              net: sumOf(own, ({ net }) => net),
            };
          })
          .sort((a, b) => b.net - a.net || (a.productId ?? "").localeCompare(b.productId ?? ""));
        const log = transactionLog(plain.rows, plain.options);
        expect(usageProfile(log, { ...options, customerId })).toEqual({
          quantity: units(facts),
          net: sumOf(facts, ({ net }) => net),
          currency: "IDR",
          purchases: counting.length,
          occasions: sumOf(byCustomer, (own) => occasionsOf(own, options.timeZone).length),
          firstAt: counting.length > 0 ? Math.min(...counting.map(({ row }) => row.at)) : null,
          lastAt: counting.length > 0 ? Math.max(...counting.map(({ row }) => row.at)) : null,
          byProduct: hasProduct ? products : [],
          byWeekday: histogram(
            7,
            clocks.map(({ weekday }) => weekday),
          ),
          byHour: histogram(
            24,
            clocks.map(({ hour }) => hour),
          ),
        });
      }),
      { numRuns: 200 },
    );
  });

  test("weekdays begin with Sunday, also before 1970", () => {
    const log = transactionLog(
      ["1969-12-28", "1970-01-01", "2024-02-29"].map((at) => ({ customerId: "ani", at, amount: 1 })),
      { currency: "IDR" },
    );
    expect(usageProfile(log, { asOf: "2025-01-01" }).byWeekday).toEqual([1, 0, 0, 0, 2, 0, 0]);
  });

  test("an unknown customer is named", () => {
    const log = transactionLog([{ customerId: 42, at: 0, amount: 1 }], { currency: "IDR" });
    expect(usageProfile(log, { asOf: 1, customerId: "42" }).purchases).toBe(1);
    const error = thrown(() => usageProfile(log, { asOf: 1, customerId: "43" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.customerId"]);
    expect(error.message).toContain('"43"');
  });
});
