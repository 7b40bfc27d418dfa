import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";
import { plainEventsHold } from "./plain-events.js";
import { asOf, events, fields, record, segmentRules, world, zones } from "./random-events.js";

const fieldsOfLog = ruleFields(fields.fields, { ...fields.events, transactions: transactionEventFields });

describe("a set of segments", () => {
  it("holds for whom each rule holds, references and priority included", () => {
    fc.assert(
      fc.property(
        segmentRules(),
        fc.array(fc.tuple(record, events), { maxLength: 4 }),
        fc.constantFrom(...zones),
        (segments, list, [timeZone, offsetHours]) => {
          const set = segmentSet(segments, { fields, asOf, timeZone, priority: ["b", "d", "a", "c"] });
          const records = list.map(([given], place) => ({ ...given, customerId: `c${place}` }));
          const got = set.evaluate({ records, eventsOf: (_, place) => list[place][1] });
          const own = { ...world, offsetHours, segments };
          const expected = ["b", "d", "a", "c"].map((name) =>
            records.flatMap(({ customerId }, place) =>
              plainEventsHold(segments[name], list[place][0], list[place][1], own) ? [customerId] : [],
            ),
          );
          expect(got.members.columns.customerId).toEqual(expected.flat());
          expect(got.segments.map(({ members }) => members.numerator)).toEqual(
            expected.map((ids) => ids.length),
          );
          expect(got.assignment.columns.segment).toEqual(
            records.map(
              ({ customerId }) =>
                ["b", "d", "a", "c"].find((_, i) => expected[i].includes(customerId)) ?? null,
            ),
          );
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe("records and operators", () => {
  class Customer {
    readonly customerId: string;
    readonly plan: string;
    constructor(customerId: string, plan: string) {
      this.customerId = customerId;
      this.plan = plan;
    }
    get since() {
      return asOf;
    }
  }
  const { field } = ruleBuilder(fields);

  it("reads own properties of instances alone, and asks operators about the customer at hand", () => {
    const asked: string[] = [];
    const operators = {
      named: {
        field: false,
        holds: (_: unknown, __: unknown, record: unknown) => {
          asked.push((record as Customer).customerId);
          // Asks the same set about another customer in between.
          set.start({ plan: "pro" });
          return (record as Customer).customerId === "budi";
        },
      },
    };
    const set = segmentSet(
      {
        pro: field("plan").eq("pro"),
        both: {
          op: "all",
          of: [
            { op: "custom", name: "named" },
            { op: "segment", segment: "pro" },
          ],
        },
        since: field("since").exists(),
      },
      {
        fields,
        asOf,
        operators: { ...operators, named: { ...operators.named, holds: once(operators.named.holds) } },
      },
    );
    const records = [new Customer("ani", "pro"), new Customer("budi", "free"), new Customer("budi2", "pro")];
    expect(set.evaluate({ records }).assignment.columns.segment).toEqual(["pro", null, "pro"]);
    expect(asked).toEqual(["ani", "budi", "budi2"]);
  });

  /** Holds for nobody while it is being asked already: an operator that asks its own set would not come to an end. */
  function once(holds: (field: unknown, value: unknown, record: unknown) => boolean) {
    let isBusy = false;
    return (given: unknown, value: unknown, record: unknown) => {
      if (isBusy) return false;
      isBusy = true;
      try {
        return holds(given, value, record);
      } finally {
        isBusy = false;
      }
    };
  }
});

describe("a rule that passes the check and leads out of the calendar", () => {
  it("is named by its segment and the place in it", () => {
    const fine: SegmentRule = { op: "did", of: "visits" };
    const window = { last: { years: 300 } };
    const cases: [rule: SegmentRule, path: string][] = [
      [{ op: "did", of: "visits", window }, "segments.bad.window"],
      [{ op: "not", of: { op: "within", field: "since", window } }, "segments.bad.of.window"],
      [{ op: "frequency", of: "visits", unit: "year", atLeast: 1, outOf: 300 }, "segments.bad.outOf"],
      [{ op: "did", of: "visits", window: { calendar: "year", offset: -300 } }, "segments.bad.window"],
      [
        { op: "did", of: "visits", where: { op: "within", field: "until", window } },
        "segments.bad.where.window",
      ],
    ];
    for (const [bad, path] of cases) {
      const error = thrown(() => segmentSet({ fine, bad, also: fine }, { fields, asOf: "0200-01-01" }));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
      expect((error as Error).message).toContain(path);
    }
  });
});

describe("refusals", () => {
  const { events: of, field } = ruleBuilder(fieldsOfLog);
  const log = transactionLog([{ customerId: "ani", at: "2024-01-10", amount: 500 }], {
    currency: "IDR",
    unlinkedRefunds: "accept",
  });
  const options = { fields: fieldsOfLog, asOf: "2024-07-01" };
  const bought = of("transactions").did();
  const cases: [name: string, call: () => unknown, code: string, path: string, words: string][] = [
    [
      "a column that the log lacks",
      () => segmentSet({ a: of("transactions").sum("cost").gt(1) }, options).evaluate({ log }),
      "UNKNOWN_COLUMN",
      "log",
      "log has no cost",
    ],
    [
      "a field that no log has",
      () => {
        const own = ruleFields({}, { transactions: { tags: "text[]" } });
        const rule: SegmentRule = {
          op: "did",
          of: "transactions",
          where: { op: "hasAny", field: "tags", values: ["x"] },
        };
        return segmentSet({ a: rule }, { ...options, fields: own }).evaluate({ log });
      },
      "UNKNOWN_COLUMN",
      "log",
      "log has no tags",
    ],
    [
      "a field declared otherwise than the log holds it",
      () => {
        const own = ruleFields({}, { transactions: { amount: "text" } });
        return segmentSet(
          { a: { op: "distinct", of: "transactions", field: "amount", is: { op: "gt", value: 0 } } },
          { ...options, fields: own },
        ).evaluate({ log });
      },
      "INVALID_ARGUMENT",
      "fields.events.transactions.amount",
      "declared as text, in a log it is number",
    ],
    [
      "fields without records",
      () => segmentSet({ a: field("plan").eq("pro") }, options).evaluate({ log }),
      "INVALID_ARGUMENT",
      "input.records",
      "rules ask for plan",
    ],
    [
      "no customers",
      () => segmentSet({ a: bought }, options).evaluate({}),
      "INVALID_ARGUMENT",
      "input",
      "no records",
    ],
    [
      "no events",
      () => segmentSet({ a: bought }, options).evaluate({ records: [{ customerId: "ani" }] }),
      "INVALID_ARGUMENT",
      "input.eventsOf",
      "input.eventsOf is undefined",
    ],
    [
      "transactions twice",
      () =>
        segmentSet({ a: bought, b: of("visits").did() }, options).evaluate({
          log,
          eventsOf: () => ({ transactions: [], visits: [] }),
        }),
      "INVALID_ARGUMENT",
      "input.eventsOf",
      "pass them once",
    ],
    [
      "a customer twice",
      () =>
        segmentSet({ a: bought }, options).evaluate({
          log,
          records: [{ customerId: 7 }, { customerId: "7" }],
        }),
      "INVALID_ARGUMENT",
      "input.records[1]",
      'the id "7" of a record before it',
    ],
    [
      "a record without id",
      () => segmentSet({ a: bought }, options).evaluate({ log, records: [{ plan: "pro" }] }),
      "INVALID_ARGUMENT",
      "input.records[0]",
      "has the id undefined",
    ],
    [
      "an option for a log without a log",
      () =>
        segmentSet({ a: field("plan").eq("x") }, options).evaluate({
          records: [],
          refundAttribution: "purchase",
        }),
      "INVALID_ARGUMENT",
      "input.refundAttribution",
      "is for a log",
    ],
    [
      "a circle",
      () => segmentSet({ a: { op: "segment", segment: "b" }, b: { op: "segment", segment: "a" } }, options),
      "INVALID_ARGUMENT",
      "segments.b",
      "refers to itself: a > b > a",
    ],
    [
      "a priority that lacks a name",
      () => segmentSet({ a: bought, b: bought }, { ...options, priority: ["a"] }),
      "INVALID_ARGUMENT",
      "options.priority",
      '"b"',
    ],
    [
      "names that are whole numbers, which come in another order than written, without a priority",
      () => segmentSet({ "60": bought, "18": bought }, options),
      "INVALID_ARGUMENT",
      "options.priority",
      '"18"',
    ],
    [
      "one such name among others",
      () => segmentSet({ best: bought, "0": bought }, options),
      "INVALID_ARGUMENT",
      "options.priority",
      '"0"',
    ],
    [
      "a rule that does not fit",
      () => segmentSet({ a: bought, b: { op: "eq", field: "nope", value: 1 } }, options),
      "INVALID_ARGUMENT",
      "segments.b.field",
      '"nope"',
    ],
  ];
  for (const [name, call, code, path, words] of cases) {
    it(`refuses ${name}`, () => {
      const error = thrown(call);
      expect(error).toMatchObject({ code, path });
      expect((error as Error).message).toContain(words);
    });
  }
});

describe("names that are whole numbers", () => {
  const options = { fields: ruleFields({ age: "number" }), asOf };
  const from = (value: number): SegmentRule => ({ op: "gte", field: "age", value });
  const records = [{ customerId: "ani", age: 70 }];

  it("are taken with a priority, which holds at every other instant too", () => {
    const set = segmentSet({ "60": from(60), "18": from(18) }, { ...options, priority: ["60", "18"] });
    for (const each of [set, set.at("2030-01-01")]) {
      expect(each.names).toEqual(["60", "18"]);
      expect(each.evaluate({ records }).assignment.columns.segment).toEqual(["60"]);
      expect(each.start(records[0]).segments).toEqual(["60", "18"]);
    }
  });

  it("are taken where there is nothing to order, or JavaScript keeps the order", () => {
    expect(segmentSet({ "60": from(60) }, options).names).toEqual(["60"]);
    // The largest index of a list is 2^32 - 2: what lies above it is text, as are these others.
    const kept = ["z", "060", "-1", "1.5", "1e3", "4294967295", " 7", "a"];
    const segments = Object.fromEntries(kept.map((name) => [name, from(1)]));
    expect(segmentSet(segments, options).names).toEqual(kept);
    const last = thrown(() => segmentSet({ z: from(1), "4294967294": from(1) }, options));
    expect(last.message).toContain('"4294967294"');
  });
});

describe("a chain of segments", () => {
  it("of 3,000 is compiled and asked, in whatever order it is written", () => {
    const chain = (name: (i: number) => string): Record<string, SegmentRule> =>
      Object.fromEntries(
        Array.from({ length: 3000 }, (_, i): [string, SegmentRule] => [
          name(i),
          i === 0
            ? { op: "eq", field: "plan", value: "pro" }
            : { op: "not", of: { op: "segment", segment: name(i - 1) } },
        ]),
      );
    const records = [{ customerId: "ani", plan: "pro" }];
    const up = segmentSet(
      chain((i) => `s${i}`),
      { fields, asOf },
    );
    expect(up.start(records[0], {}).segments).toHaveLength(1500);
    const segments = Object.fromEntries(Object.entries(chain((i) => `s${i}`)).reverse());
    expect(segmentSet(segments, { fields, asOf }).references[0]).toBe("s0");
  });
});
