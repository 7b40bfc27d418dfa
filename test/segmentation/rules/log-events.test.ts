import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TransactionLog } from "../../../src/history/log-columns.js";
import { transactionsOf } from "../../../src/history/log-row.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { asOf, fields, instant, record, segmentRules, timeZone, visit } from "./random-events.js";

const fieldsOfLog = ruleFields(fields.fields, { ...fields.events, transactions: transactionEventFields });

const purchase = fc.record({
  customerId: fc.constantFrom("c0", "c1", "c2", "c3", "c4"),
  at: instant,
  amount: fc.integer({ min: 0, max: 5 }),
  quantity: fc.integer({ min: 0, max: 40 }).map((n) => n / 8),
  productId: fc.option(fc.constantFrom("a", "b", "c")),
  channel: fc.option(fc.constantFrom("web", "shop")),
});

/** Purchases with ids, some of them given back in part or as a whole, and refunds of none. */
const rowsOfLog = fc
  .array(
    fc.tuple(purchase, fc.option(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 5 })))),
    {
      maxLength: 25,
    },
  )
  .map((list) =>
    list.flatMap(([row, refund], i) => {
      const bought = { ...row, id: `T${i}` };
      if (refund === null) return [bought];
      const [hours, given] = refund;
      const { customerId, amount } = row;
      // A refund need not tell its quantity.
      const back = {
        customerId,
        at: row.at + hours * 7_200_000,
        amount: -Math.min(given, amount),
        ...(hours % 2 === 0 && { quantity: 0 }),
      };
      return [bought, given === 5 ? { ...back, type: "refund" as const } : { ...back, refundOf: `T${i}` }];
    }),
  );

/** What a log's rows are as events in arrays; read row by row, not by column. */
function eventsOfLog(log: TransactionLog, customerId: string): object[] {
  return transactionsOf(log, customerId).map(({ at, amount, type, quantity, productId, channel }) => ({
    at,
    amount,
    type,
    quantity,
    productId,
    channel,
  }));
}

/** A row that has every column. */
const complete = { at: 0, amount: 1, quantity: 1, productId: "a", channel: "web" };

interface RowOfLog {
  readonly id?: string;
  readonly customerId: string;
  readonly at: number;
  readonly amount: number;
  readonly quantity?: number;
  readonly type?: "refund" | "purchase";
  readonly refundOf?: string;
}

const customers = ["c0", "c1", "c2", "c5"];

describe("a log", () => {
  it("finds in a log's columns what it finds in arrays of its rows", () => {
    fc.assert(
      fc.property(
        segmentRules(),
        rowsOfLog,
        fc.array(fc.tuple(record, fc.array(visit, { maxLength: 3 })), { minLength: 4, maxLength: 4 }),
        (segments, rows, others) => {
          const log = transactionLog(
            [...rows, { customerId: "c9", at: 0, amount: 1, quantity: 1, productId: "a", channel: "web" }],
            { currency: "IDR", unlinkedRefunds: "accept" },
          );
          const set = segmentSet(segments, { fields: fieldsOfLog, asOf, timeZone });
          const records = customers.map((customerId, place) => ({ ...others[place][0], customerId }));
          const visitsOf = (place: number) => ({ visits: others[place][1] });
          const fromLog = set.evaluate({
            records,
            log,
            refundAttribution: "transaction",
            eventsOf: (_, place) => visitsOf(place),
          });
          const fromArrays = set.evaluate({
            records,
            eventsOf: ({ customerId }, place) => ({
              ...visitsOf(place),
              transactions: eventsOfLog(log, customerId),
            }),
          });
          const away = new Set(
            rows
              .filter(({ customerId, at }) => !customers.includes(customerId) && at < asOf)
              .map(({ customerId }) => customerId),
          );
          expect(fromLog).toEqual({ ...fromArrays, withoutRecord: away.size + 1 });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes the customers of the log who have come where there are no records", () => {
    fc.assert(
      fc.property(segmentRules(["transactions"], false), rowsOfLog, (segments, rows) => {
        const log = transactionLog(
          [...rows, { customerId: "c9", at: 0, amount: 1, quantity: 1, productId: "a", channel: "web" }],
          { currency: "IDR", unlinkedRefunds: "accept" },
        );
        const set = segmentSet(segments, { fields: fieldsOfLog, asOf, timeZone });
        const { members } = set.evaluate({ log, refundAttribution: "transaction" });
        const come = log.customerIds.filter((id) => transactionsOf(log, id).some(({ at }) => at < asOf));
        const expected = Object.entries(segments).map(([, rule]) => {
          const { matches } = compileRule(rule, { fields: fieldsOfLog, segments, asOf, timeZone });
          return come.filter((id) => matches({}, { transactions: eventsOfLog(log, id) }));
        });
        expect(members.columns.customerId).toEqual(expected.flat());
      }),
      { numRuns: 300 },
    );
  });

  it("goes through many customers, and through one with very many rows", () => {
    // More rows than are looked at together, and blocks that end inside a customer.
    const rows = Array.from({ length: 60_000 }, (_, i) => ({
      customerId: i < 40_000 ? "much" : `c${i % 5_000}`,
      at: asOf - 1 - (i % 977) * 3_600_000,
      amount: i % 101,
      quantity: (i % 13) / 4,
      productId: `p${i % 7}`,
    }));
    const log = transactionLog(rows, { currency: "IDR", unlinkedRefunds: "accept" });
    const { events: of } = ruleBuilder(fieldsOfLog);
    const lately = of("transactions").within({ last: { days: 20 } });
    const segments: Record<string, SegmentRule> = {
      sum: lately.sum("amount").gte(200),
      parts: lately.sum("quantity").gte(5.5),
      kinds: of("transactions").distinct("productId").gte(7),
      one: lately
        .where((row) => row.field("productId").eq("p3"))
        .count()
        .eq(1),
      first: of("transactions").average("amount").lt(40),
    };
    const { members } = segmentSet(segments, { fields: fieldsOfLog, asOf }).evaluate({ log });
    const start = asOf - 20 * 86_400_000;
    const ownRows = new Map<string, typeof rows>();
    for (const row of rows)
      ownRows.set(row.customerId, [
        ...(row.customerId === "much" ? [] : (ownRows.get(row.customerId) ?? [])),
        row,
      ]);
    ownRows.set("much", rows.slice(0, 40_000));
    const expected = log.customerIds.flatMap((id) => {
      const own = ownRows.get(id) ?? [];
      const recent = own.filter(({ at }) => at >= start);
      const total = (list: typeof rows, of_: "amount" | "quantity") =>
        list.reduce((sum, row) => sum + row[of_], 0);
      return [
        ...(total(recent, "amount") >= 200 ? [`sum ${id}`] : []),
        ...(total(recent, "quantity") >= 5.5 ? [`parts ${id}`] : []),
        ...(new Set(own.map(({ productId }) => productId)).size >= 7 ? [`kinds ${id}`] : []),
        ...(recent.filter(({ productId }) => productId === "p3").length === 1 ? [`one ${id}`] : []),
        ...(total(own, "amount") / own.length < 40 ? [`first ${id}`] : []),
      ];
    });
    const got = members.columns.customerId.map((id, i) => `${members.columns.segment[i]} ${id}`);
    expect(got.sort()).toEqual(expected.sort());
    expect(new Set(members.columns.segment).size).toBe(5);
  });
});

describe("windows of one set", () => {
  it("may lie in each other, cross each other or hold all", () => {
    const rows = Array.from({ length: 9_000 }, (_, i) => ({
      customerId: `c${i % 700}`,
      at: asOf - 1 - ((i * 7919) % 60) * 86_400_000,
      amount: i % 5,
      channel: i % 3 === 0 ? "web" : "shop",
    }));
    const log = transactionLog(rows, { currency: "IDR" });
    const { events: of } = ruleBuilder(fieldsOfLog);
    const bounds: readonly [from: number, to: number][] = [
      [60, 0],
      [30, 0],
      [7, 0],
      [30, 7],
      [40, 20],
      [50, 10],
      [400, 0],
    ];
    const segments = Object.fromEntries(
      bounds.flatMap(([from, to]) => {
        const then = of("transactions").within({ ago: [{ days: from }, { days: to }] });
        const web = then.where((row) => row.field("channel").eq("web"));
        return [
          [`sum ${from} ${to}`, then.sum("amount").gte(9)],
          [`web ${from} ${to}`, web.count().gte(2)],
        ] as const;
      }),
    );
    const { members } = segmentSet(segments, { fields: fieldsOfLog, asOf }).evaluate({ log });
    const ownRows = new Map<string, typeof rows>(log.customerIds.map((id) => [id, []]));
    for (const row of rows) ownRows.get(row.customerId)?.push(row);
    const expected = [...ownRows].flatMap(([id, own]) =>
      bounds.flatMap(([from, to]) => {
        const then = own.filter(({ at }) => at >= asOf - from * 86_400_000 && at < asOf - to * 86_400_000);
        const sum = then.reduce((total, { amount }) => total + amount, 0);
        return [
          ...(sum >= 9 ? [`sum ${from} ${to} ${id}`] : []),
          ...(then.filter(({ channel }) => channel === "web").length >= 2 ? [`web ${from} ${to} ${id}`] : []),
        ];
      }),
    );
    const got = members.columns.customerId.map((id, i) => `${members.columns.segment[i]} ${id}`);
    expect(got.sort()).toEqual(expected.sort());
  });
});

describe("refunds in a log", () => {
  const { events: of } = ruleBuilder(fieldsOfLog);
  const log = transactionLog(
    [
      { id: "T1", customerId: "ani", at: "2024-01-10", amount: 500 },
      { id: "T2", customerId: "ani", at: "2024-01-20", amount: 300 },
      { customerId: "ani", at: "2024-02-10", amount: -200, refundOf: "T1" },
      { customerId: "ani", at: "2024-02-11", amount: -300, refundOf: "T2" },
      { customerId: "ani", at: "2024-02-12", amount: -50, type: "refund" },
    ],
    { currency: "IDR", unlinkedRefunds: "accept" },
  );
  const counted = (rule: SegmentRule, refundAttribution: "purchase" | "transaction", at = "2024-03-01") =>
    segmentSet({ rule }, { fields: fieldsOfLog, asOf: at }).evaluate({ log, refundAttribution }).segments[0]
      .members.numerator === 1;
  const t = of("transactions");
  const refunds = t.where((row) => row.field("type").eq("refund"));

  it("are netted by purchase as a plain list of what is known would have them", () => {
    fc.assert(
      fc.property(segmentRules(["transactions"], false), rowsOfLog, (segments, rows) => {
        const all: RowOfLog[] = [...rows, { id: "X", ...complete, customerId: "c0" }];
        const given = transactionLog(all, { currency: "IDR", unlinkedRefunds: "accept" });
        const set = segmentSet(segments, { fields: fieldsOfLog, asOf, timeZone });
        const records = customers.map((customerId) => ({ customerId }));
        const netted = all.flatMap((row): RowOfLog[] => {
          if (row.refundOf !== undefined) return [];
          // A log takes a refund that does not tell its quantity as one of none.
          if (row.id === undefined) return [{ ...row, quantity: row.quantity ?? 0 }];
          const refund = all.find((other) => other.refundOf === row.id && other.at < asOf);
          if (!refund) return [{ ...row, type: "purchase" }];
          const amount = row.amount + refund.amount;
          const quantity = (row.quantity ?? 0) + (refund.quantity ?? 0);
          return amount > 0 || row.amount === 0 ? [{ ...row, type: "purchase", amount, quantity }] : [];
        });
        const fromLog = set.evaluate({ records, log: given, refundAttribution: "purchase" });
        const fromArrays = set.evaluate({
          records,
          eventsOf: ({ customerId }) => ({
            transactions: netted.filter((row) => row.customerId === customerId),
          }),
        });
        expect(fromLog.members).toEqual(fromArrays.members);
      }),
      { numRuns: 500 },
    );
  });

  it("are events as they are by transaction", () => {
    expect(counted(t.count().eq(5), "transaction")).toBe(true);
    expect(counted(refunds.count().eq(3), "transaction")).toBe(true);
    expect(counted(t.sum("amount").eq(250), "transaction")).toBe(true);
    expect(counted(t.max("amount").eq(500), "transaction")).toBe(true);
  });

  it("make their purchases less by purchase, as far as they are known", () => {
    expect(counted(t.count().eq(2), "purchase")).toBe(true);
    expect(counted(refunds.count().eq(1), "purchase")).toBe(true);
    expect(counted(t.sum("amount").eq(250), "purchase")).toBe(true);
    expect(counted(t.max("amount").eq(300), "purchase")).toBe(true);
    expect(counted(t.within({ calendar: "month", offset: -2 }).sum("amount").eq(300), "purchase")).toBe(true);
    // Before they happen nothing has been given back.
    expect(counted(t.max("amount").eq(500), "purchase", "2024-02-10")).toBe(true);
    expect(counted(t.count().eq(2), "purchase", "2024-02-11")).toBe(true);
  });
});
