import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { customerEventsReader } from "../../../src/segmentation/rules/customer-events-reader.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";
import { instant, segmentRules, timeZone, asOf as zoneAsOf } from "./random-events.js";

const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });

/** Purchases, of which some come back in part or as a whole, before or after the instant of the rules. */
const rowsOfLog = fc
  .array(
    fc.record({
      customerId: fc.constantFrom("ani", "budi"),
      at: instant,
      amount: fc.integer({ min: 0, max: 5 }),
      quantity: fc.integer({ min: 0, max: 9 }),
      productId: fc.option(fc.constantFrom("a", "b", "c")),
      channel: fc.option(fc.constantFrom("web", "shop")),
      back: fc.option(fc.integer({ min: 0, max: 5 })),
      after: fc.integer({ min: 0, max: 20 }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.flatMap(({ back, after, ...row }, i) => {
      const bought = { ...row, id: `T${i}` };
      if (back === null) return [bought];
      const refund = {
        customerId: row.customerId,
        at: row.at + after * 86_400_000,
        amount: -Math.min(back, row.amount),
        quantity: -1,
      };
      return [bought, back === 5 ? { ...refund, type: "refund" as const } : { ...refund, refundOf: `T${i}` }];
    }),
  );

describe("the events of one customer of a log", () => {
  it("give in matches, start and explain what evaluate gives, however refunds are taken", () => {
    fc.assert(
      fc.property(
        segmentRules(["transactions"], false),
        rowsOfLog,
        fc.constantFrom("purchase" as const, "transaction" as const),
        (segments, rows, refundAttribution) => {
          const complete = {
            customerId: "citra",
            at: 0,
            amount: 1,
            quantity: 1,
            productId: "a",
            channel: "web",
          };
          const log = transactionLog([...rows, complete], { currency: "IDR", unlinkedRefunds: "accept" });
          const options = { fields, asOf: zoneAsOf, timeZone };
          const set = segmentSet(segments, options);
          // Who only comes later is no customer yet: evaluate leaves them out.
          const { members, assignment } = set.evaluate({ log, refundAttribution });
          const eventsOf = customerEventsReader(log, { asOf: zoneAsOf, refundAttribution });
          for (const id of assignment.columns.customerId) {
            const events = { ...eventsOf(id) };
            const expected = members.columns.segment.filter((_, i) => members.columns.customerId[i] === id);
            expect(set.start({ customerId: id }, events).segments).toEqual(expected);
            for (const [name, rule] of Object.entries(segments)) {
              const held = expected.includes(name);
              expect(compileRule(rule, { ...options, segments }).matches({}, events)).toBe(held);
              expect(explainRule(rule, { record: {}, events }, { ...options, segments }).held).toBe(held);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const log = transactionLog(
    [
      { id: "T1", customerId: 7, at: "2024-01-10", amount: 500 },
      { id: "T2", customerId: 7, at: "2024-01-20", amount: 300 },
      { customerId: 7, at: "2024-02-10", amount: -200, refundOf: "T1" },
      { customerId: 7, at: "2024-02-11", amount: -300, refundOf: "T2" },
    ],
    { currency: "IDR" },
  );
  const amounts = (asOf: string, refundAttribution?: "purchase" | "transaction") =>
    customerEventsReader(log, { asOf, ...(refundAttribution && { refundAttribution }) })(7).transactions.map(
      (event) => (event as { amount: number }).amount,
    );

  it("are netted by purchase unless said otherwise, as far as refunds are known", () => {
    expect(amounts("2024-03-01")).toEqual([300]);
    expect(amounts("2024-03-01", "transaction")).toEqual([500, 300, -200, -300]);
    // T2 came back at this very instant: not known yet.
    expect(amounts("2024-02-11")).toEqual([300, 300]);
    expect(amounts("2024-02-01", "transaction")).toEqual([500, 300]);
    expect(customerEventsReader(log, { asOf: "2024-03-01" })("nobody")).toEqual({ transactions: [] });
  });

  it("are refused with options that are none", () => {
    const refusals: [options: unknown, path: string][] = [
      [undefined, "options"],
      [{ asOf: "soon" }, "options.asOf"],
      [{ asOf: "2024-03-01", refundAttribution: "sale" }, "options.refundAttribution"],
      [{ asOf: "2024-03-01", refunds: "purchase" }, "options.refunds"],
    ];
    for (const [options, path] of refusals)
      expect(thrown(() => customerEventsReader(log, options as never))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path,
      });
    expect(thrown(() => customerEventsReader({} as never, { asOf: 0 })).path).toBe("log");
  });
});
