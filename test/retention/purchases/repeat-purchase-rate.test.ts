import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration } from "../../../src/core/duration.js";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type RepeatPurchaseOptions,
  repeatPurchaseRate,
} from "../../../src/retention/purchases/repeat-purchase-rate.js";
import { thrown } from "../../core/thrown.js";
import { occasionsOf, plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

const asOf = "2025-01-01";
const of = (options: Partial<RepeatPurchaseOptions> = {}) =>
  repeatPurchaseRate(referenceLog, { asOf, ...options });

// Qualifying purchases in the reference log: A 7, B 4, C 3, D 1, E 1, F 1, G 3 on 2 days, H 3, I 5, J 3, K 2.
describe("repeatPurchaseRate on the reference log", () => {
  it("8 of 11 buyers bought on a second day", () => {
    const result = of();
    expect(result.rate).toEqual({ value: 8 / 11, numerator: 8, denominator: 11, reason: null });
    expect([result.buyers, result.repeatBuyers, result.purchases, result.tooRecent]).toEqual([11, 8, 32, 0]);
    expect(rows(result.distribution)).toEqual([
      { purchases: 1, customers: 3, share: 3 / 11 },
      { purchases: 2, customers: 2, share: 2 / 11 },
      { purchases: 3, customers: 3, share: 3 / 11 },
      { purchases: 4, customers: 1, share: 1 / 11 },
      { purchases: 5, customers: 1, share: 1 / 11 },
      { purchases: 7, customers: 1, share: 1 / 11 },
    ]);
    expect(result.window).toBeNull();
  });

  it("from each purchase to the next", () => {
    const { steps } = of();
    expect(steps.map(({ purchases, reached, continued }) => [purchases, reached, continued])).toEqual([
      [1, 11, 8],
      [2, 8, 6],
      [3, 6, 3],
      [4, 3, 2],
      [5, 2, 1],
      [6, 1, 1],
      [7, 1, 0],
    ]);
    expect(steps[1].rate.value).toBe(0.75);
    expect(steps[6].interval?.lower).toBe(0);
  });

  it("G's two orders of one instant are one occasion, or two transactions", () => {
    const { purchases, distribution } = of({ occasion: "transaction" });
    expect(purchases).toBe(33);
    expect(distribution.columns.customers.slice(0, 3)).toEqual([3, 1, 4]);
  });

  it("a higher bar: three purchases or more", () => {
    expect(of({ minimumPurchases: 3 }).rate).toMatchObject({ numerator: 6, denominator: 11 });
  });

  it("in a window: buyers of 2023, and those of them who bought twice in it", () => {
    const window = { start: "2023-01-01", end: "2024-01-01" };
    // A 2, B 1, G 1, H 2, I 3, J 1; F's purchase was given back.
    const result = of({ window });
    expect(result.rate).toMatchObject({ value: 0.5, numerator: 3, denominator: 6 });
    expect(result.window).toEqual({ start: Date.UTC(2023, 0, 1), end: Date.UTC(2024, 0, 1) });
  });

  it("of the customers won in 2022: A, B, C, G of A, B, C, E, F, G; D's purchase of 2022 was given back", () => {
    const firstPurchaseIn = { start: "2022-01-01", end: "2023-01-01" };
    const result = of({ firstPurchaseIn });
    expect(result.rate).toMatchObject({ numerator: 4, denominator: 6 });
    expect(result.firstPurchaseIn).toEqual({ start: Date.UTC(2022, 0, 1), end: Date.UTC(2023, 0, 1) });
    const window = { start: "2023-01-01", end: "2024-01-01" };
    // Of them A, B, G bought in 2023, and A twice.
    expect(of({ firstPurchaseIn, window }).rate).toMatchObject({ numerator: 1, denominator: 3 });
  });

  it("windows are half-open: I bought first on 2023-03-31, next on 2023-04-30, both at 12:00", () => {
    const [first, second] = ["2023-03-31T12:00:00Z", "2023-04-30T12:00:00Z"];
    const won = (start: string, end: string) => of({ firstPurchaseIn: { start, end } }).buyers;
    expect([won("2023-03-31", first), won(first, "2023-04-01"), won("2023-03-31", "2023-04-01")]).toEqual([
      0, 1, 1,
    ]);
    const bought = (end: string) => of({ window: { start: first, end } }).rate.numerator;
    expect([bought(second), bought("2023-04-30T12:00:01Z")]).toEqual([0, 1]);
  });

  it("within 30 days of the first, half-open: I and K returned after exactly 30 days", () => {
    expect(of({ within: { days: 30 } }).rate).toMatchObject({ numerator: 0, denominator: 11 });
    expect(of({ within: { days: 31 } }).rate).toMatchObject({ numerator: 2, denominator: 11 });
  });

  it("within six months counts only those who had them", () => {
    // A, B, C, I, J, K: J from 31 December 18:00 to 30 June 18:00 (clamped), buying on 30 June 12:00.
    expect(of({ within: { months: 6 } }).rate).toMatchObject({ numerator: 6, denominator: 11 });
    // On 2024-08-15 the six months of D (from 1 March) and K (from 29 February) still run, though K bought again.
    const earlier = of({ within: { months: 6 }, asOf: "2024-08-15" });
    expect(earlier.rate).toMatchObject({ numerator: 5, denominator: 9 });
    expect([earlier.tooRecent, earlier.within]).toEqual([2, { months: 6 }]);
  });

  it("time that is over at asOf is over", () => {
    const k = { start: "2024-02-29", end: "2024-03-01" };
    const call = (when: string) => of({ asOf: when, firstPurchaseIn: k, within: { days: 31 } });
    expect(call("2024-03-31T11:59:59Z")).toMatchObject({ buyers: 0, tooRecent: 1 });
    expect(call("2024-03-31T12:00:00Z")).toMatchObject({ buyers: 1, repeatBuyers: 1, tooRecent: 0 });
  });
});

it("lists ten steps at most", () => {
  const many = Array.from({ length: 15 }, (_, i) => ({ customerId: "a", at: i * 86_400_000, amount: 1 }));
  const { steps, distribution } = repeatPurchaseRate(transactionLog(many, { currency: "IDR" }), { asOf });
  expect(steps.map(({ purchases }) => purchases)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(distribution.columns.purchases).toEqual([15]);
});

it("without buyers: an empty log, asOf before the first row, everything given back", () => {
  const none = repeatPurchaseRate(transactionLog([], { currency: "IDR" }), { asOf });
  expect(none.rate).toEqual({ value: null, numerator: 0, denominator: 0, reason: "buyers: 0" });
  expect([none.steps, none.distribution.length, none.interval]).toEqual([[], 0, null]);
  expect(of({ asOf: "2022-01-01" }).rate.reason).toBe("buyers: 0");
  const back = transactionLog(
    [
      { id: "T1", customerId: "a", at: "2024-01-01", amount: 5 },
      { customerId: "a", at: "2024-01-02", amount: -5, refundOf: "T1" },
    ],
    { currency: "IDR" },
  );
  expect(repeatPurchaseRate(back, { asOf }).rate.reason).toBe("buyers: 0");
});

describe("repeatPurchaseRate refuses", () => {
  const path = (options: object) => {
    const { code, path, message } = thrown(() => of(options as Partial<RepeatPurchaseOptions>));
    expect(code).toBe("INVALID_ARGUMENT");
    return [path, message] as const;
  };
  it("unusable options", () => {
    expect(path({ minimumPurchases: 1 })[0]).toBe("options.minimumPurchases");
    expect(path({ occasion: "visit" })[1]).toContain('"visit"');
    expect(path({ within: { days: 0 } })[0]).toBe("options.within");
    expect(path({ within: 30 })[0]).toBe("options.within");
    expect(path({ firstPurchaseIn: { start: "2024-01-01" } })[0]).toBe("options.firstPurchaseIn.end");
    expect(path({ confidenceLevel: 1 })[0]).toBe("options.confidenceLevel");
  });
  it("a window for all together with a time for each", () => {
    const window = { start: "2023-01-01", end: "2024-01-01" };
    const [place, message] = path({ window, within: { days: 30 } });
    expect(place).toBe("options.within");
    expect(message).toContain("firstPurchaseIn");
  });
});

describe("agrees with a plain count", () => {
  it("of days and transactions in a window", () => {
    fc.assert(
      fc.property(
        plainLog(),
        plainOptions,
        fc.integer({ min: 2, max: 4 }),
        ({ rows: records, options }, o, bar) => {
          const log = transactionLog(records, options);
          const ids = [...new Set(records.map(({ customerId }) => customerId))];
          const facts = ids.map((id) => plainFacts(records, id, o));
          for (const occasion of ["day", "transaction"] as const) {
            const counts = facts
              .map((own) =>
                occasion === "day"
                  ? occasionsOf(own, o.timeZone).length
                  : own.filter(({ counts }) => counts).length,
              )
              .filter((count) => count > 0);
            const result = repeatPurchaseRate(log, { ...o, occasion, minimumPurchases: bar });
            expect([result.buyers, result.repeatBuyers, result.purchases]).toEqual([
              counts.length,
              counts.filter((count) => count >= bar).length,
              counts.reduce((sum, count) => sum + count, 0),
            ]);
            // Every step starts with those who made the one before.
            result.steps.slice(1).forEach(({ reached }, i) => {
              expect(reached).toBe(result.steps[i].continued);
            });
            const { customers, share } = result.distribution.columns;
            expect(customers.reduce((sum, many) => sum + many, 0)).toBe(result.buyers);
            if (result.buyers > 0) expect(share.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 14);
          }
        },
      ),
    );
  });

  it("of transactions within a time from the first", () => {
    fc.assert(
      fc.property(
        plainLog(),
        plainOptions,
        fc.integer({ min: 1, max: 120 }),
        ({ rows: records, options }, o, days) => {
          const { asOf, timeZone, refundAttribution } = o;
          const ids = [...new Set(records.map(({ customerId }) => customerId))];
          const own = ids
            .map((id) =>
              plainFacts(records, id, { asOf, timeZone, refundAttribution })
                .filter(({ counts }) => counts)
                .map(({ row }) => row.at),
            )
            .filter((instants) => instants.length > 0)
            .map((instants) => ({ instants, until: addDuration(instants[0], { days }, { timeZone }) }));
          const seen = own.filter(({ until }) => until <= asOf);
          const again = seen.filter(({ instants, until }) => instants.length > 1 && instants[1] < until);
          const result = repeatPurchaseRate(transactionLog(records, options), {
            asOf,
            timeZone,
            refundAttribution,
            within: { days },
            occasion: "transaction",
          });
          expect([result.buyers, result.repeatBuyers, result.tooRecent]).toEqual([
            seen.length,
            again.length,
            own.length - seen.length,
          ]);
        },
      ),
    );
  });
});

describe("groupBy", () => {
  it("gives each group of buyers", () => {
    // Purchases: A 7, B 4, C 3; D, E and F 1.
    const groupBy = (id: string) => (id <= "C" ? "old" : id <= "F" ? "once" : null);
    const { groups } = of({ groupBy });
    expect(
      groups?.map(({ group, rate, purchases }) => [group, rate.numerator, rate.denominator, purchases]),
    ).toEqual([
      ["old", 3, 3, 14],
      ["once", 0, 3, 3],
      [null, 5, 5, 15],
    ]);
    expect(groups?.[0].steps).toHaveLength(7);
    expect(of().groups).toBeNull();
    expect(thrown(() => of({ groupBy: {} as never })).path).toBe("options.groupBy");
  });

  it("the groups add up to all, and each is the rate of its customers alone", () => {
    const groupOf = (id: string) => (id < "c" ? "early" : id < "d" ? "late" : null);
    fc.assert(
      fc.property(plainLog(), plainOptions, fc.boolean(), ({ rows: records, options }, o, isTimed) => {
        const { asOf, timeZone, refundAttribution, window } = o;
        const log = transactionLog(records, options);
        const shared = {
          asOf,
          timeZone,
          refundAttribution,
          ...(isTimed ? { within: { days: 30 } } : { window }),
        };
        const { groups, ...whole } = repeatPurchaseRate(log, { ...shared, groupBy: groupOf });
        expect({ ...whole, groups: null }).toEqual(repeatPurchaseRate(log, shared));
        for (const { group, ...shares } of groups ?? []) {
          const own = records.filter(({ customerId }) => groupOf(customerId) === group);
          expect(repeatPurchaseRate(transactionLog(own, options), shared)).toMatchObject(shares);
        }
        for (const field of ["buyers", "repeatBuyers", "tooRecent", "purchases"] as const)
          expect(groups?.reduce((sum, one) => sum + one[field], 0)).toBe(whole[field]);
      }),
    );
  });
});
