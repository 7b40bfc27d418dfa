import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";
import { plainEventsHold } from "./plain-events.js";
import { asOf, eventRules, events, fields, world, zones } from "./random-events.js";

const shop = ruleFields({}, { transactions: { amount: "number", productId: "text" }, visits: {} });
const { events: of } = ruleBuilder(shop);
const days = (...texts: string[]) => texts.map((at) => ({ at }));

function holds(
  rule: SegmentRule,
  given: Record<string, readonly object[]>,
  at: string | number = "2024-07-01",
): boolean {
  return compileRule(rule, { fields: shop, asOf: at }).matches({}, given);
}

describe("conditions on events", () => {
  it("mean what trying everything out finds, in whatever order the events come", () => {
    fc.assert(
      fc.property(
        eventRules(),
        events,
        fc.infiniteStream(fc.nat()),
        fc.constantFrom(...zones),
        (rule, given, order, [timeZone, offsetHours]) => {
          const compiled = compileRule(rule, { fields, asOf, timeZone });
          const expected = plainEventsHold(rule, {}, given, { ...world, offsetHours });
          const shuffled = Object.fromEntries(
            Object.entries(given).map(([kind, list]) => [
              kind,
              (list as object[])
                .map((event) => ({ event, place: order.next().value }))
                .sort((a, b) => a.place - b.place)
                .map(({ event }) => event),
            ]),
          );
          expect([compiled.matches({}, given), compiled.matches({}, shuffled)]).toEqual([expected, expected]);
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("hold for customers without events where the arithmetic says so", () => {
    const t = of("transactions");
    const none: Record<string, readonly object[]>[] = [{}, { transactions: [] }];
    for (const given of none) {
      expect(holds(t.count().lt(3), given)).toBe(true);
      expect(holds(t.didNot(), given)).toBe(true);
      expect(holds(t.did(), given)).toBe(false);
      expect(holds(t.sum("amount").lte(0), given)).toBe(true);
      expect(holds(t.distinct("productId").eq(0), given)).toBe(true);
      // Missing: no comparison holds.
      for (const is of [
        { op: "lt", value: 9 },
        { op: "ne", value: 9 },
        { op: "gte", value: -9 },
      ] as const)
        for (const op of ["average", "min", "max"] as const)
          expect(holds({ op, of: "transactions", field: "amount", is }, given)).toBe(false);
      expect(holds(t.last().lt("2030-01-01"), given)).toBe(false);
      expect(holds({ op: "not", of: t.last().lt("2030-01-01") }, given)).toBe(true);
    }
  });

  it("have half-open windows, and know nothing of what happens at asOf or later", () => {
    const rule = of("visits")
      .within({ last: { days: 90 } })
      .did();
    expect(holds(rule, { visits: days("2024-04-02T00:00:00Z") })).toBe(true);
    expect(holds(rule, { visits: days("2024-04-01T23:59:59.999Z") })).toBe(false);
    expect(holds(rule, { visits: days("2024-07-01T00:00:00Z") })).toBe(false);
    expect(holds(rule, { visits: days("2024-06-30T23:59:59.999Z") })).toBe(true);
    expect(holds(of("visits").count().gte(1), { visits: days("2024-07-01") })).toBe(false);
  });

  it("refuse events without a readable instant, and those that are none", () => {
    const good = { at: "2024-06-01" };
    const bad: [event: unknown, path: string, words: string][] = [
      [null, "events.visits[1]", "events.visits[1] is null: pass an object with an instant at"],
      [5, "events.visits[1]", "events.visits[1] is 5"],
      ["2024-06-01", "events.visits[1]", 'events.visits[1] is "2024-06-01": pass an object'],
      [{}, "events.visits[1].at", "events.visits[1].at is undefined"],
      [{ at: "soon" }, "events.visits[1].at", 'events.visits[1].at is "soon"'],
      [{ at: "01/06/2024" }, "events.visits[1].at", 'events.visits[1].at is "01/06/2024"'],
      [{ at: "2024-06-01T10:00:00" }, "events.visits[1].at", "a time without an offset"],
      [{ at: 1.5 }, "events.visits[1].at", "events.visits[1].at is 1.5: pass whole epoch milliseconds"],
      [Object.create({ at: "2024-06-01" }), "events.visits[1].at", "events.visits[1].at is undefined"],
    ];
    for (const [event, path, words] of bad) {
      const rules = [of("visits").didNot(), { op: "sequence", steps: [{ of: "visits" }] } as const];
      for (const rule of rules) {
        const error = thrown(() => holds(rule, { visits: [good, event as object] }));
        expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
        expect((error as Error).message).toContain(words);
      }
    }
    expect(thrown(() => holds(of("visits").did(), { visits: "often" as never }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "events.visits",
      message: 'events.visits is "often": pass an array of events',
    });
  });

  it("refuse kinds of events that the fields do not declare, instead of taking them for none", () => {
    const given = { transaction: days("2024-06-01") };
    expect(thrown(() => holds(of("transactions").didNot(), given))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "events.transaction",
      message:
        'events has the kind "transaction", which the fields do not declare: they have "transactions", "visits"',
    });
    expect(holds(of("transactions").didNot(), { transactions: null as never })).toBe(true);
  });

  it("read the instant of each event once, however many conditions ask", () => {
    let reads = 0;
    const event = {
      get at() {
        reads++;
        return "2024-05-20";
      },
    };
    const rules = [30, 60, 90].map((length) =>
      of("visits")
        .within({ last: { days: length } })
        .did(),
    );
    const set = segmentSet(Object.fromEntries(rules.map((rule, i) => [`s${i}`, rule])), {
      fields: shop,
      asOf: "2024-07-01",
    });
    const { segments } = set.evaluate({
      records: [{ customerId: "ani" }],
      eventsOf: () => ({ visits: [event] }),
    });
    expect(segments.map(({ members }) => members.numerator)).toEqual([0, 1, 1]);
    expect(reads).toBe(1);
  });

  it("find 0 where the least number is -0", () => {
    const seconds = ruleFields({}, { visits: { seconds: "number" } });
    const rule = ruleBuilder(seconds).events("visits").min("seconds").eq(0);
    const events = { visits: [{ at: "2024-06-01", seconds: -0 }] };
    const { measured } = segmentSet({ rule }, { fields: seconds, asOf: "2024-07-01" }).start({}, events);
    expect(Object.is(measured[0], 0)).toBe(true);
  });
});

describe("sequences", () => {
  const a = { of: "transactions" };
  const v = { of: "visits" };
  const within = (n: number) => ({ days: n });

  it("need strictly later steps, before the end of their time", () => {
    const rule: SegmentRule = { op: "sequence", steps: [a, { ...v, within: within(7) }] };
    const with_ = (at: string) => ({ transactions: days("2024-06-01T10:00:00Z"), visits: days(at) });
    expect(holds(rule, with_("2024-06-01T10:00:00Z"))).toBe(false);
    expect(holds(rule, with_("2024-06-01T10:00:00.001Z"))).toBe(true);
    expect(holds(rule, with_("2024-06-08T09:59:59.999Z"))).toBe(true);
    expect(holds(rule, with_("2024-06-08T10:00:00Z"))).toBe(false);
  });

  it("find an assignment that taking the first match each time misses", () => {
    const rule: SegmentRule = { op: "sequence", steps: [a, { ...v, within: within(3) }] };
    expect(holds(rule, { transactions: days("2024-06-01", "2024-06-10"), visits: days("2024-06-12") })).toBe(
      true,
    );
  });

  it("keep the latest deadline, not that of the latest event", () => {
    // A month after 30 January, 10:00 is 29 February, 10:00; a month after 31 January, 8:00 is two hours before.
    const rule: SegmentRule = { op: "sequence", steps: [a, { ...v, within: { months: 1 } }] };
    const given = {
      transactions: days("2024-01-30T10:00:00Z", "2024-01-31T08:00:00Z"),
      visits: days("2024-02-29T09:00:00Z"),
    };
    expect(holds(rule, given)).toBe(true);
    expect(holds(rule, { ...given, transactions: given.transactions.slice(1) })).toBe(false);
  });

  it("end with nothing after them, where that is asked", () => {
    const rule: SegmentRule = { op: "sequence", steps: [a], notFollowedBy: { ...v, within: within(5) } };
    expect(holds(rule, { transactions: days("2024-06-01"), visits: days("2024-06-03") })).toBe(false);
    expect(holds(rule, { transactions: days("2024-06-01"), visits: days("2024-06-06") })).toBe(true);
    expect(holds(rule, { transactions: days("2024-06-01", "2024-06-20"), visits: days("2024-06-03") })).toBe(
      true,
    );
    const open: SegmentRule = { op: "sequence", steps: [a], notFollowedBy: v };
    expect(holds(open, { transactions: days("2024-06-01"), visits: days("2024-06-20") })).toBe(false);
    expect(holds(open, { transactions: days("2024-06-01"), visits: days("2024-07-02") })).toBe(true);
  });

  it("take a time that ends beyond the calendar as endless", () => {
    const rule: SegmentRule = { op: "sequence", steps: [a, { ...v, within: { years: 500 } }] };
    const late = { transactions: days("9900-06-01"), visits: days("9990-06-02") };
    expect(holds(rule, late, "9999-01-01")).toBe(true);
  });
});

describe("frequency", () => {
  it("counts complete periods alone, each with enough events", () => {
    const rule: SegmentRule = {
      op: "frequency",
      of: "visits",
      unit: "month",
      atLeast: 2,
      outOf: 3,
      minimum: 2,
    };
    const may = ["2024-05-01", "2024-05-31T23:59:59Z"];
    const march = ["2024-03-01", "2024-03-02"];
    const june = ["2024-06-01", "2024-06-02"];
    // As of 15 June the last three complete months are March, April, May.
    expect(holds(rule, { visits: days(...may, ...june) }, "2024-06-15")).toBe(false);
    expect(holds(rule, { visits: days(...may, ...march) }, "2024-06-15")).toBe(true);
    expect(holds(rule, { visits: days(...may, march[0]) }, "2024-06-15")).toBe(false);
    expect(holds(rule, { visits: days(...may, ...march) }, "2024-07-01")).toBe(false);
    expect(holds(rule, { visits: days(...may, ...june) }, "2024-07-01")).toBe(true);
  });
});
