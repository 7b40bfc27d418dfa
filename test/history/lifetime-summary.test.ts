import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { row, rows } from "../../src/core/table.js";
import { type LifetimeSummaryOptions, lifetimeSummary } from "../../src/history/lifetime-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { thrown } from "../core/thrown.js";
import { type PlainRow, plainFacts, plainLog, sumOf, ZONES } from "./plain-log.js";
import { daysBetween, wallClock } from "./zone-clock.js";

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The first instant at which a clock shows the day or a later one, found by halving. */
function firstInstantOf(day: string, timeZone: string): number {
  let before = Date.parse(day) - 2 * 86_400_000;
  let after = Date.parse(day) + 2 * 86_400_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(middle, timeZone).day >= day) after = middle;
    else before = middle;
  }
  return after;
}

function expected(
  records: readonly PlainRow[],
  {
    through,
    holdoutThrough,
    timeZone,
    occasion,
  }: Required<Omit<LifetimeSummaryOptions, "qualifies" | "unit">>,
) {
  const purchasesOf = (customerId: string, last: string) => {
    const facts = plainFacts(records, customerId, { asOf: firstInstantOf(nextDay(last), timeZone), timeZone })
      .filter(({ counts }) => counts)
      .map(({ row: { at }, net }) => ({ day: wallClock(at, timeZone).day, net }));
    if (occasion === "transaction") return facts.map(({ day, net }) => ({ day, net }));
    return [...new Set(facts.map(({ day }) => day))].map((day) => ({
      day,
      net: sumOf(
        facts.filter((fact) => fact.day === day),
        ({ net }) => net,
      ),
    }));
  };
  return [...new Set(records.map(({ customerId }) => customerId))].flatMap((customerId) => {
    const [first, ...repeats] = purchasesOf(customerId, through);
    if (!first) return [];
    const holdout = purchasesOf(customerId, holdoutThrough).filter(({ day }) => day > through);
    return {
      customerId,
      x: repeats.length,
      tx: daysBetween(first.day, (repeats.at(-1) ?? first).day),
      T: daysBetween(first.day, through),
      meanRepeatSpend: repeats.length > 0 ? sumOf(repeats, ({ net }) => net) / repeats.length : null,
      holdoutX: holdout.length,
      holdoutSpend: sumOf(holdout, ({ net }) => net),
    };
  });
}

describe("lifetimeSummary", () => {
  test("equals a plain count over objects, refunds known at the end of each period", () => {
    const cases = fc.record({
      timeZone: fc.constantFrom(...ZONES),
      through: fc.constantFrom("2023-03-12", "2023-07-31", "2023-11-05"),
      holdoutThrough: fc.constantFrom("2023-11-06", "2024-02-29"),
      occasion: fc.constantFrom("day" as const, "transaction" as const),
    });
    fc.assert(
      fc.property(plainLog(), cases, (plain, options) => {
        const log = transactionLog(plain.rows, plain.options);
        expect(rows(lifetimeSummary(log, options))).toEqual(expected(plain.rows, options));
      }),
      { numRuns: 200 },
    );
  });

  const log = transactionLog(
    [
      { id: "T1", customerId: "ani", at: "2024-01-01T09:00:00Z", amount: 100 },
      { customerId: "ani", at: "2024-01-01T20:00:00Z", amount: 50 },
      { id: "T2", customerId: "ani", at: "2024-01-29T09:00:00Z", amount: 300 },
      { customerId: "ani", at: "2024-02-12T09:00:00Z", amount: 0 },
      { customerId: "ani", at: "2024-03-05T09:00:00Z", amount: -300, refundOf: "T2" },
      { customerId: "ani", at: "2024-03-06T09:00:00Z", amount: 70 },
      { customerId: "budi", at: "2024-03-01T00:00:00Z", amount: 70 },
    ],
    { currency: "IDR" },
  );
  const ani = (options: LifetimeSummaryOptions) => row(lifetimeSummary(log, options), 0);

  test("purchases of one civil day are one by default; `through` is included", () => {
    expect(ani({ through: "2024-02-12" })).toEqual({
      customerId: "ani",
      x: 2,
      tx: 42,
      T: 42,
      meanRepeatSpend: 150,
      holdoutX: null,
      holdoutSpend: null,
    });
    expect(ani({ through: "2024-02-11" })).toMatchObject({ x: 1, tx: 28, T: 41 });
    expect(ani({ through: "2024-02-12", occasion: "transaction" })).toMatchObject({
      x: 3,
      tx: 42,
      meanRepeatSpend: (50 + 300 + 0) / 3,
    });
  });

  test("a customer enters with the day of the first purchase", () => {
    expect(lifetimeSummary(log, { through: "2024-02-29" }).columns.customerId).toEqual(["ani"]);
    expect(lifetimeSummary(log, { through: "2024-03-01" }).columns.customerId).toEqual(["ani", "budi"]);
    expect(lifetimeSummary(log, { through: "2023-12-31" }).length).toBe(0);
  });

  test("a refund after `through` is not known then, and does not reach into the holdout", () => {
    expect(ani({ through: "2024-02-29", holdoutThrough: "2024-03-31" })).toMatchObject({
      x: 2,
      meanRepeatSpend: 150,
      holdoutX: 1,
      holdoutSpend: 70,
    });
    // Known: the purchase of 29 January is none.
    expect(ani({ through: "2024-03-31" })).toMatchObject({ x: 2, tx: 65, meanRepeatSpend: 35 });
  });

  test.each([
    ["day", 42],
    ["week", 6],
    ["month", 42 / (365.25 / 12)],
    ["year", 42 / 365.25],
  ] as const)("in the unit of a %s", (unit, time) => {
    expect(ani({ through: "2024-02-12", unit })).toMatchObject({ x: 2, tx: time, T: time });
  });

  test.each([
    [{ through: "2024-02-30" }, "options.through", '"2024-02-30"'],
    [{ through: 5 }, "options.through", "5"],
    [{ through: "2024-02-29", holdoutThrough: "2024-02-29" }, "options.holdoutThrough", '"2024-02-29"'],
    [{ through: "2024-02-29", unit: "decade" }, "options.unit", '"decade"'],
    [{ through: "2024-02-29", occasion: "hour" }, "options.occasion", '"hour"'],
    [undefined, "options", "undefined"],
  ])("%j is refused", (options, path, value) => {
    const error = thrown(() => lifetimeSummary(log, options as LifetimeSummaryOptions));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(value);
  });

  test("what is no log is refused", () => {
    const error = thrown(() => lifetimeSummary(JSON.parse("null"), { through: "2024-02-29" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "log"]);
  });
});
