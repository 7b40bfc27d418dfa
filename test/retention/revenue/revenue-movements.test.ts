import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PeriodSpec } from "../../../src/core/period.js";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import type { TransactionRow } from "../../../src/history/transaction-row.js";
import { recurringRevenue } from "../../../src/retention/revenue/recurring-revenue.js";
import type { RevenueSource } from "../../../src/retention/revenue/revenue-history.js";
import { type RevenueMovements, revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, sumOf } from "../../history/plain-log.js";
import { referenceLog, referenceRows } from "../../history/reference-log.js";
import { monthStart, plainBridge, plainMrr, plainSubscriptions, shownBridge } from "../plain-revenue.js";

const monthly = { currency: "IDR", interval: { unit: "month" } } as const;
const year2024 = { asOf: "2025-01-01", by: "month" } as const;

/** Every law that a result obeys by itself. */
function expectReconciled({ periods, groups, movements }: RevenueMovements): void {
  const kinds = ["new", "reactivation", "expansion", "contraction", "churn", "adjustment"] as const;
  const table = rows(movements);
  for (const all of [periods, ...(groups ?? []).map((group) => group.periods)])
    all.forEach(({ revenue, customers }, i) => {
      const { start, reactivation, expansion, contraction, churn, adjustment, end } = revenue;
      expect(start + revenue.new + reactivation + expansion - contraction - churn + adjustment).toBe(end);
      expect(customers.start + customers.new + customers.reactivation - customers.churn).toBe(customers.end);
      const gains = [revenue.new, reactivation, expansion, contraction, churn, revenue.grossRetained];
      expect(Math.min(...gains)).toBeGreaterThanOrEqual(0);
      expect(revenue.grossRetained).toBeLessThanOrEqual(revenue.base);
      expect(churn + contraction).toBeLessThanOrEqual(revenue.base);
      if (i > 0) {
        expect(start).toBe(all[i - 1].revenue.end);
        expect(customers.start).toBe(all[i - 1].customers.end);
      }
    });
  periods.forEach(({ period, revenue, customers }, i) => {
    for (const kind of kinds) {
      const own = table.filter((row) => row.period === period.label && row.kind === kind);
      const sign = kind === "contraction" || kind === "churn" ? -1 : 1;
      expect(sumOf(own, ({ change }) => change)).toBe(sign * revenue[kind] + 0);
      if (kind !== "adjustment") expect(own).toHaveLength(customers[kind]);
    }
    for (const part of [
      "start",
      "end",
      "new",
      "churn",
      "netRetained",
      "grossRetained",
      "base",
      "adjustment",
    ] as const)
      if (groups) expect(sumOf(groups, (group) => group.periods[i].revenue[part])).toBe(revenue[part]);
  });
  // The rows of a customer and period account for the whole difference.
  const byPlace = new Map<string, { difference: number; change: number }>();
  for (const { customerId, period, before, after, change } of table) {
    const place = `${customerId} ${period}`;
    byPlace.set(place, { difference: after - before, change: (byPlace.get(place)?.change ?? 0) + change });
  }
  for (const { difference, change } of byPlace.values()) expect(change).toBe(difference);
}

describe("revenueMovements of subscriptions", () => {
  it("takes the state at the end of each month, tests kinds in their order, and reconciles", () => {
    const result = revenueMovements(
      [
        { ...monthly, id: "S1", customerId: "ani", startAt: "2024-01-10", endAt: "2024-03-10", amount: 500 },
        { ...monthly, id: "S1", customerId: "ani", startAt: "2024-03-10", amount: 800 },
        { ...monthly, customerId: "budi", startAt: "2024-01-20", endAt: "2024-02-20", amount: 200 },
        { ...monthly, customerId: "budi", startAt: "2024-04-01", amount: 150 },
        { ...monthly, customerId: "citra", startAt: "2024-02-01", endAt: "2024-02-29", amount: 999 },
        { ...monthly, customerId: "dewi", startAt: "2024-03-31T23:59:59Z", amount: 70 },
      ],
      { asOf: "2024-05-15", by: "month", groupBy: (id) => (id < "c" ? "a-b" : "c-d") },
    );
    expect(result.periods.map(({ period }) => period.label)).toEqual([
      "2024-01",
      "2024-02",
      "2024-03",
      "2024-04",
    ]);
    const none = { new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0, adjustment: 0 };
    expect(result.periods.map(({ revenue }) => revenue)).toEqual([
      { ...none, start: 0, new: 700, end: 700, base: 0, netRetained: 0, grossRetained: 0 },
      { ...none, start: 700, churn: 200, end: 500, base: 700, netRetained: 500, grossRetained: 500 },
      {
        ...none,
        start: 500,
        new: 70,
        expansion: 300,
        end: 870,
        base: 500,
        netRetained: 800,
        grossRetained: 500,
      },
      { ...none, start: 870, reactivation: 150, end: 1020, base: 870, netRetained: 870, grossRetained: 870 },
    ]);
    expect(result.periods[2].customers).toEqual({
      start: 1,
      new: 1,
      reactivation: 0,
      expansion: 1,
      contraction: 0,
      churn: 0,
      end: 2,
    });
    expect(rows(result.movements)).toEqual([
      { customerId: "ani", period: "2024-01", kind: "new", before: 0, after: 500, change: 500 },
      { customerId: "ani", period: "2024-03", kind: "expansion", before: 500, after: 800, change: 300 },
      { customerId: "budi", period: "2024-01", kind: "new", before: 0, after: 200, change: 200 },
      { customerId: "budi", period: "2024-02", kind: "churn", before: 200, after: 0, change: -200 },
      { customerId: "budi", period: "2024-04", kind: "reactivation", before: 0, after: 150, change: 150 },
      { customerId: "dewi", period: "2024-03", kind: "new", before: 0, after: 70, change: 70 },
    ]);
    expect(result.groups?.map(({ group, periods }) => [group, periods[3].revenue.end])).toEqual([
      ["a-b", 950],
      ["c-d", 70],
    ]);
    expectReconciled(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("who paid between two ends of months only is returning later", () => {
    const { movements } = revenueMovements(
      [
        { ...monthly, customerId: "ani", startAt: "2024-01-02", endAt: "2024-01-20", amount: 500 },
        { ...monthly, customerId: "ani", startAt: "2024-03-02", amount: 500 },
        // Two trials, then a payment: never paid before.
        {
          ...monthly,
          customerId: "budi",
          startAt: "2024-01-02",
          endAt: "2024-01-20",
          trialEndAt: "2024-02-01",
          amount: 5,
        },
        { ...monthly, customerId: "budi", startAt: "2024-03-02", amount: 5 },
        // A trial that ends after another subscription began.
        { ...monthly, customerId: "citra", startAt: "2024-01-02", trialEndAt: "2024-04-02", amount: 9 },
        { ...monthly, customerId: "citra", startAt: "2024-02-02", endAt: "2024-02-20", amount: 3 },
      ],
      year2024,
    );
    expect(movements.columns.kind).toEqual(["reactivation", "new", "reactivation"]);
  });

  it("what begins or ends at the end of a month belongs to the next", () => {
    const { periods } = revenueMovements(
      [{ ...monthly, customerId: "ani", startAt: "2024-02-01", endAt: "2024-04-01", amount: 10 }],
      year2024,
    );
    expect(periods.slice(0, 4).map(({ period, revenue }) => [period.label, revenue.end])).toEqual([
      ["2024-02", 10],
      ["2024-03", 10],
      ["2024-04", 0],
      ["2024-05", 0],
    ]);
  });

  it("cuts periods in the zone, financial years by firstMonth, weeks by weekStartsOn", () => {
    // 23:00 UTC on 31 March is 1 April in Jakarta.
    const subscriptions = [{ ...monthly, customerId: "ani", startAt: "2024-03-31T23:00:00Z", amount: 10 }];
    const first = (by: PeriodSpec, more: object) =>
      revenueMovements(subscriptions, { asOf: "2025-06-01", by, ...more }).periods[0].period;
    expect(first("month", {}).label).toBe("2024-03");
    expect(first("month", { timeZone: "Asia/Jakarta" }).label).toBe("2024-04");
    expect(first("year", { firstMonth: 4 }).label).toBe("FY2024");
    expect(first("year", { firstMonth: 4, timeZone: "Asia/Jakarta" }).label).toBe("FY2025");
    expect(new Date(first("week", { weekStartsOn: 0 }).start).getUTCDay()).toBe(0);
    expect(first({ days: 10, anchor: "2024-01-01" }, {}).label).toBe("2024-03-31");
  });

  it("shows the whole periods of a window, also before all revenue; who paid before is known all the same", () => {
    const subscriptions = [
      { ...monthly, customerId: "ani", startAt: "2024-01-10", endAt: "2024-02-10", amount: 10 },
      { ...monthly, customerId: "ani", startAt: "2024-04-10", amount: 20 },
    ];
    const show = (start: string, end: string) =>
      revenueMovements(subscriptions, { ...year2024, window: { start, end } });
    expect(show("2024-03-15", "2024-06-01").periods.map(({ period }) => period.label)).toEqual([
      "2024-04",
      "2024-05",
    ]);
    expect(show("2024-04-01", "2024-05-01").periods[0].revenue.reactivation).toBe(20);
    expect(show("2024-04-01", "2024-05-01").movements.length).toBe(1);
    const early = show("2023-11-01", "2024-02-01").periods;
    expect(early.map(({ revenue }) => revenue.end)).toEqual([0, 0, 10]);
    expect(show("2024-11-15", "2030-01-01").periods.map(({ period }) => period.label)).toEqual(["2024-12"]);
    for (const [start, end] of [
      ["2024-04-02", "2024-04-30"],
      ["2024-04-01", "2024-04-01"],
      ["2026-01-01", "2027-01-01"],
    ])
      expect(show(start, end).periods).toEqual([]);
    expect(show("2022-01-01", "2022-03-01").periods.map(({ revenue }) => revenue.end)).toEqual([0, 0]);
  });

  it("is empty without subscriptions, or before a period is over", () => {
    const empty = revenueMovements([], year2024);
    expect([empty.periods, empty.groups, empty.movements.length, empty.currency]).toEqual([
      [],
      null,
      0,
      null,
    ]);
    const soon = [{ ...monthly, customerId: "ani", startAt: "2024-01-10", amount: 10 }];
    expect(revenueMovements(soon, { asOf: "2024-01-31", by: "month" }).periods).toEqual([]);
    expect(revenueMovements(soon, { asOf: "2024-01-05", by: "month" }).periods).toEqual([]);
    expect(revenueMovements(soon, { asOf: "2024-02-01", by: "month" }).periods).toHaveLength(1);
  });

  it("is what a full matrix of customers and months gives, and the sums of recurringRevenue", () => {
    fc.assert(
      fc.property(plainSubscriptions, (subscriptions) => {
        const window = { start: monthStart(0), end: monthStart(12) };
        const groupBy = (id: string) => (id < "c" ? "early" : null);
        const result = revenueMovements(subscriptions, { ...year2024, window, groupBy });
        expectReconciled(result);
        const ids = [...new Set(subscriptions.map(({ customerId }) => customerId))];
        expect(result.periods).toHaveLength(12);
        result.periods.forEach((shown, month) => {
          const expected = plainBridge(
            ids,
            (id) => plainMrr(subscriptions, id, monthStart(month)),
            (id) => plainMrr(subscriptions, id, monthStart(month + 1)),
            (id) =>
              subscriptions.some(
                (row) =>
                  row.customerId === id &&
                  row.amount > 0 &&
                  row.startAt < monthStart(month) &&
                  row.startAt < (row.endAt ?? Number.POSITIVE_INFINITY),
              ),
          );
          expect(shownBridge(shown)).toEqual(expected);
          expect(shown.revenue.base).toBe(shown.revenue.start);
          expect(recurringRevenue(subscriptions, { asOf: monthStart(month + 1) }).mrr).toBe(
            shown.revenue.end,
          );
        });
      }),
      { numRuns: 40 },
    );
  });

  it("longer periods are the shorter ones together", () => {
    const window = { start: monthStart(0), end: monthStart(12) };
    fc.assert(
      fc.property(plainSubscriptions, (subscriptions) => {
        const by = (unit: PeriodSpec) =>
          revenueMovements(subscriptions, { ...year2024, window, by: unit }).periods;
        const months = by("month");
        by("quarter").forEach(({ revenue, customers }, i) => {
          const [first, , last] = months.slice(3 * i, 3 * i + 3);
          expect([revenue.start, customers.start]).toEqual([first.revenue.start, first.customers.start]);
          expect([revenue.end, customers.end]).toEqual([last.revenue.end, last.customers.end]);
          // Who comes within the quarter is new in it once, unless gone again at its end.
          expect(customers.new).toBeLessThanOrEqual(
            sumOf(
              months.slice(3 * i, 3 * i + 3),
              (month) => month.customers.new + month.customers.reactivation,
            ),
          );
        });
      }),
      { numRuns: 40 },
    );
  });

  it("reconciles in moving exchange rates, and ends with what recurringRevenue says", () => {
    const rates = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 13, maxLength: 13 });
    const currencies = fc.infiniteStream(fc.constantFrom("USD", "IDR", "EUR"));
    fc.assert(
      fc.property(plainSubscriptions, currencies, rates, fc.boolean(), (plain, currency, rate, moves) => {
        const subscriptions = plain.map((row) => ({ ...row, currency: currency.next().value as string }));
        const convert = (amount: number, from: string, at: number) => {
          const place = moves ? new Date(at).getUTCMonth() + (at >= monthStart(12) ? 12 : 0) : 0;
          return Math.round((amount * rate[place]) / (from === "EUR" ? 7 : 3));
        };
        const options = { currency: "IDR", convert };
        const groupBy = (id: string) => (id < "c" ? "early" : "late");
        const result = revenueMovements(subscriptions, { ...year2024, ...options, groupBy });
        expectReconciled(result);
        for (const { period, revenue } of result.periods) {
          expect(recurringRevenue(subscriptions, { asOf: period.end, ...options }).mrr).toBe(revenue.end);
          if (!moves) expect(revenue.adjustment).toBe(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on the order of rows, and scales with the currency", () => {
    const sorted = ({ movements, ...result }: RevenueMovements) => ({
      ...result,
      movements: rows(movements).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    });
    fc.assert(
      fc.property(plainSubscriptions, fc.integer({ min: 2, max: 1000 }), (subscriptions, factor) => {
        const result = revenueMovements(subscriptions, year2024);
        expect(sorted(revenueMovements([...subscriptions].reverse(), year2024))).toEqual(sorted(result));
        const dearer = subscriptions.map((row) => ({ ...row, amount: row.amount * factor }));
        const scaled = revenueMovements(dearer, year2024);
        expect(scaled.movements.columns.change).toEqual(
          result.movements.columns.change.map((x) => x * factor),
        );
        expect(scaled.movements.columns.kind).toEqual(result.movements.columns.kind);
      }),
      { numRuns: 40 },
    );
  });
});

describe("revenueMovements of a log", () => {
  it("gives the sales of the reference log by year", () => {
    const { periods, currency, source } = revenueMovements(referenceLog, { asOf: "2025-01-01", by: "year" });
    expect([currency, source]).toEqual(["USD", "log"]);
    // Computed by hand and by two independent programs, in units of 100.
    const units = periods.map(({ revenue }) =>
      Object.fromEntries(Object.entries(revenue).map(([line, value]) => [line, value / 100])),
    );
    expect(units[1]).toMatchObject({
      start: 1560,
      churn: 560,
      contraction: 460,
      expansion: 0,
      new: 1710,
      reactivation: 0,
    });
    expect(units[2]).toMatchObject({
      start: 2250,
      churn: 100,
      contraction: 470,
      expansion: 250,
      new: 280,
      reactivation: 70,
    });
    expect(
      periods.map(({ customers }) => [
        customers.start,
        customers.new,
        customers.reactivation,
        customers.churn,
      ]),
    ).toEqual([
      [0, 6, 0, 0],
      [6, 3, 0, 3],
      [6, 2, 1, 1],
    ]);
  });

  it("a log of the same payment each month is the subscription", () => {
    // Paid on the first of each month that the subscription lasts, from its first to its last.
    const contract = fc.record({
      customerId: fc.constantFrom("a", "b", "c"),
      from: fc.nat(10),
      months: fc.integer({ min: 1, max: 8 }),
      amount: fc.integer({ min: 1, max: 900 }),
    });
    const noon = 43_200_000;
    fc.assert(
      fc.property(fc.array(contract, { minLength: 1, maxLength: 8 }), (contracts) => {
        const subscriptions = contracts.map(({ customerId, from, months, amount }) => ({
          ...monthly,
          customerId,
          amount,
          startAt: monthStart(from) + noon,
          endAt: monthStart(from + months) + noon,
        }));
        const payments: TransactionRow[] = contracts.flatMap(({ customerId, from, months, amount }) =>
          Array.from({ length: months }, (_, i) => ({ customerId, at: monthStart(from + i) + noon, amount })),
        );
        const options = { asOf: monthStart(20), by: "month" } as const;
        const { source: _, ...fromLog } = revenueMovements(
          transactionLog(payments, { currency: "IDR" }),
          options,
        );
        const { source: __, ...fromSubscriptions } = revenueMovements(subscriptions, options);
        expect(fromLog).toEqual(fromSubscriptions);
        expectReconciled({ source: "log", ...fromLog });
      }),
      { numRuns: 40 },
    );
  });

  it("reconciles with refunds of every kind, and ends with the net sales of the period", () => {
    const attribution = fc.constantFrom("purchase" as const, "transaction" as const);
    fc.assert(
      fc.property(
        plainLog(),
        attribution,
        fc.constantFrom<PeriodSpec>("month", "quarter"),
        (plain, refundAttribution, by) => {
          const log = transactionLog(plain.rows, plain.options);
          const options = { asOf: "2026-01-01", by, refundAttribution };
          const result = revenueMovements(log, {
            ...options,
            groupBy: (id) => (id < "c" ? "early" : "late"),
          });
          expectReconciled(result);
          // All refunds are in at asOf, so however they are dealt out, the periods sum to the sum of all rows.
          expect(sumOf(result.periods, ({ revenue }) => revenue.end)).toBe(
            sumOf(plain.rows, ({ amount }) => amount),
          );
          if (refundAttribution === "transaction")
            for (const { period, revenue } of result.periods) {
              const inside = plain.rows.filter(({ at }) => at >= period.start && at < period.end);
              expect(revenue.end).toBe(sumOf(inside, ({ amount }) => amount));
            }
          else if (
            plain.rows.every(
              (row) =>
                row.type !== "refund" &&
                sumOf(
                  plain.rows.filter(({ id, refundOf }) => (refundOf ?? id) === row.id),
                  ({ amount }) => amount,
                ) >= 0,
            )
          )
            expect(result.periods.every(({ revenue }) => revenue.adjustment === 0)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("without purchases, or with all of them given back, there are no movements", () => {
    const options = { asOf: "2025-01-01", by: "month" } as const;
    expect(revenueMovements(transactionLog([], { currency: "IDR" }), options).periods).toEqual([]);
    const returned = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2024-01-01", amount: 100 },
        { customerId: "ani", at: "2024-02-01", amount: -100, refundOf: "T1" },
      ],
      { currency: "IDR" },
    );
    expect(revenueMovements(returned, options).periods).toEqual([]);
    // By the day of each: money came and went, and nobody was ever a customer.
    const { periods } = revenueMovements(returned, { ...options, refundAttribution: "transaction" });
    expect(periods.slice(0, 3).map(({ revenue }) => [revenue.adjustment, revenue.end])).toEqual([
      [100, 100],
      [-200, -100],
      [100, 0],
    ]);
    expect(periods.every(({ customers }) => customers.end === 0)).toBe(true);
  });

  it("sees what was known at asOf", () => {
    const rowsSoFar = referenceRows.filter(({ at }) => (at as string) < "2023-07-01");
    const options = { asOf: "2023-07-01", by: "month", groupBy: () => null } as const;
    expect(revenueMovements(referenceLog, options).periods).toEqual(
      revenueMovements(transactionLog(rowsSoFar, { currency: "USD" }), options).periods,
    );
  });
});

describe("revenueMovements refuses", () => {
  it("options of the other source, and bad ones", () => {
    const log = (options: object) =>
      thrown(() => revenueMovements(referenceLog, { ...year2024, ...options } as never));
    const subscriptions = (options: object) =>
      thrown(() => revenueMovements([], { ...year2024, ...options } as never));
    for (const options of [{ statuses: {} }, { currency: "IDR" }, { convert: () => 1 }, { rounding: "up" }]) {
      const [name] = Object.keys(options);
      expect([log(options).code, log(options).path]).toEqual(["INVALID_ARGUMENT", `options.${name}`]);
      expect(log(options).message).toContain("the source is a log");
    }
    for (const name of ["qualifies", "refundAttribution"])
      expect(subscriptions({ [name]: "purchase" }).path).toBe(`options.${name}`);
    for (const by of ["fortnight", undefined]) {
      expect(subscriptions({ by }).path).toBe("options.by");
      expect(log({ by }).path).toBe("options.by");
    }
    for (const window of ["2024", null, 0, "", false]) {
      expect(subscriptions({ window }).path).toBe("options.window");
      expect(log({ window }).path).toBe("options.window");
    }
    expect(subscriptions({ window: { start: "2024-02-01", end: "2024-01-01" } }).message).toContain(
      "swap them",
    );
    expect(log({ timeZone: "Java" }).code).toBe("UNKNOWN_TIME_ZONE");
    expect(thrown(() => revenueMovements(referenceLog, undefined as never)).path).toBe("options");
    expect(thrown(() => revenueMovements({} as never, year2024)).path).toBe("subscriptions");
  });

  it("a customer's or a total revenue beyond 2^53 - 1", () => {
    const much = { ...monthly, startAt: "2024-01-01", amount: 2 ** 52 };
    for (const customers of [
      ["a", "a"],
      ["a", "b"],
    ]) {
      const call = () =>
        revenueMovements(
          customers.map((customerId) => ({ ...much, customerId })),
          year2024,
        );
      expect([thrown(call).code, thrown(call).path]).toEqual(["UNSAFE_INTEGER", "subscriptions"]);
    }
    const paid = { at: "2024-01-05", amount: Number.MAX_SAFE_INTEGER };
    const log = transactionLog(
      ["a", "b"].map((customerId) => ({ ...paid, customerId })),
      { currency: "IDR" },
    );
    expect(thrown(() => revenueMovements(log, year2024)).path).toBe("log");
  });

  it("no customer who is not known at asOf is asked for a group", () => {
    const asked: string[] = [];
    const groupBy = (id: string) => {
      asked.push(id);
      return id;
    };
    const groupsOf = (source: RevenueSource) =>
      revenueMovements(source, { asOf: "2024-03-01", by: "month", groupBy }).groups?.map(
        ({ group }) => group,
      );
    const rowOf = (customerId: string, startAt: string) => ({ ...monthly, customerId, startAt, amount: 10 });
    expect(groupsOf([rowOf("z", "2024-03-01"), rowOf("a", "2024-01-05")])).toEqual(["a"]);
    const log = transactionLog(
      [
        { customerId: "z", at: "2024-03-01", amount: 10 },
        { customerId: "a", at: "2024-01-05", amount: 10 },
      ],
      { currency: "IDR" },
    );
    expect(groupsOf(log)).toEqual(["a"]);
    expect(asked).toEqual(["a", "a"]);
  });
});
