import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import type { SegmentSetInput } from "../../../src/segmentation/rules/segment-set-input.js";
import { thrown } from "../../core/thrown.js";

const asOf = "2024-07-01";
const logFields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });
const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields, visits: {} });
const { events, sequence, not } = ruleBuilder(fields);
const bought = events("transactions");
const rows = [{ customerId: "ani", at: "2024-05-31T18:00:00Z", amount: 5 }];
const log = transactionLog(rows, { currency: "IDR" });
const records = [{ customerId: "ani" }];

function refusal(rule: SegmentRule, input: object, given: object = { fields }) {
  const options = { fields, asOf, ...given };
  return thrown(() => segmentSet({ few: rule }, options).evaluate(input as SegmentSetInput));
}

describe("what a set is asked about", () => {
  const few = bought.count().lt(3);
  const cases: [name: string, input: object, path: string, words: string, given?: object][] = [
    ["an unknown key", { log, record: [] }, "input.record", 'input has "record"'],
    ["an id that is no function", { log, records, idOf: "x" }, "input.idOf", 'input.idOf is "x"'],
    ["events that are no function", { log, eventsOf: 5 }, "input.eventsOf", "input.eventsOf is 5"],
    [
      "events of which no rule can ask beside a log",
      { log, records, eventsOf: () => ({}) },
      "input.eventsOf",
      "the fields declare no events besides transactions, which are in the log: leave it out",
      { fields: logFields },
    ],
    [
      "events that the log has, though no rule needs any",
      { log, records, eventsOf: () => ({ transactions: [] }) },
      "input.eventsOf",
      "pass them once",
    ],
    [
      "a kind that is misspelt",
      { records, eventsOf: () => ({ transaction: [] }) },
      "input.eventsOf(records[0]).transaction",
      '"transaction", which the fields do not declare: they have "transactions", "visits"',
    ],
    [
      "a kind that is misspelt, though the log has what rules need",
      { log, records, eventsOf: () => ({ visit: [] }) },
      "input.eventsOf(records[0]).visit",
      'the kind "visit"',
    ],
    [
      "an instant that cannot be read",
      { records, eventsOf: () => ({ transactions: [{ at: asOf }, { at: "01/06/2024" }] }) },
      "input.eventsOf(records[0]).transactions[1].at",
      '"01/06/2024"',
    ],
  ];
  for (const [name, input, path, words, given] of cases) {
    it(`refuses ${name}`, () => {
      const error = refusal(few, input, given);
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
      expect((error as Error).message).toContain(words);
    });
  }

  it("refuses a log and events of which no rule can ask", () => {
    const plain = { fields: ruleFields({ plan: "text" }) };
    const pro: SegmentRule = { op: "eq", field: "plan", value: "pro" };
    expect(refusal(pro, { records, log }, plain)).toMatchObject({ path: "input.log" });
    expect(refusal(pro, { records, eventsOf: () => ({}) }, plain)).toMatchObject({ path: "input.eventsOf" });
  });
});

describe("the zone of a log", () => {
  const jakarta = transactionLog(rows, { currency: "IDR", timeZone: "Asia/Jakarta" });
  const june = bought.within({ calendar: "month", offset: -1 }).did();
  const membersIn = (given: object) =>
    segmentSet({ june }, { fields, asOf, ...given }).evaluate({ log: jakarta }).segments[0].members.numerator;

  it("must be told where it is not that of a set without one", () => {
    const error = refusal(june, { log: jakarta });
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.timeZone" });
    for (const zone of ['"UTC"', '"Asia/Jakarta"']) expect((error as Error).message).toContain(zone);
    // Half past midnight on 1 June in Jakarta, still May in UTC.
    expect(membersIn({ timeZone: "Asia/Jakarta" })).toBe(1);
    expect(membersIn({ timeZone: "UTC" })).toBe(0);
    expect(
      thrown(() => segmentSet({ june }, { fields, asOf }).at("2024-08-01").evaluate({ log: jakarta })).path,
    ).toBe("options.timeZone");
  });
});

describe("refunds", () => {
  const given = transactionLog(
    [
      { id: "T1", customerId: "ani", at: "2024-06-01", amount: 500 },
      { customerId: "ani", at: "2024-06-10", amount: -200, refundOf: "T1" },
    ],
    { currency: "IDR" },
  );
  const holds = (rule: SegmentRule, input: object = {}) =>
    segmentSet({ rule }, { fields, asOf }).evaluate({ log: given, ...input }).segments[0].members
      .numerator === 1;

  it("make their purchases less, as in every metric, unless said otherwise", () => {
    expect(holds(bought.max("amount").eq(300))).toBe(true);
    expect(holds(bought.count().eq(1))).toBe(true);
    expect(holds(bought.max("amount").eq(500), { refundAttribution: "transaction" })).toBe(true);
  });

  const refunded = bought.where((row) => row.field("type").eq("refund"));
  const asking: [name: string, rule: SegmentRule][] = [
    ["of type refund", refunded.did()],
    ["of a type that is not purchase", bought.where((row) => row.field("type").ne("purchase")).did()],
    ["not of type purchase", bought.where((row) => not(row.field("type").eq("purchase"))).did()],
    ["of several types", bought.distinct("type").gte(2)],
    ["in a sequence", sequence([bought.step(), refunded.step()])],
    ["that must not follow", sequence([bought.step()], { notFollowedBy: refunded.step() })],
    ["deep in a rule", not(not(refunded.didNot()))],
  ];
  for (const [name, rule] of asking) {
    it(`must be said what they are for rules on those ${name}`, () => {
      const error = refusal(rule, { log: given });
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "input.refundAttribution" });
      expect((error as Error).message).toContain("segments.few asks for refunds");
      expect(() => holds(rule, { refundAttribution: "transaction" })).not.toThrow();
      expect(() => holds(rule, { refundAttribution: "purchase" })).not.toThrow();
    });
  }

  it("are of no concern to rules on purchases, nor to refunds that are given as events", () => {
    const purchases = bought.where((row) => row.field("type").eq("purchase"));
    expect(holds(purchases.count().eq(1))).toBe(true);
    const eventsOf = () => ({ transactions: [{ at: "2024-06-10", amount: -200, type: "refund" }] });
    const { segments } = segmentSet({ a: refunded.did() }, { fields, asOf }).evaluate({ records, eventsOf });
    expect(segments[0].members.numerator).toBe(1);
  });
});

describe("customers of a log who only come later", () => {
  const later = transactionLog(
    [
      ...rows,
      { customerId: "budi", at: "2024-07-01", amount: 7 },
      { customerId: "citra", at: "2024-08-01", amount: 7 },
    ],
    { currency: "IDR" },
  );
  const set = segmentSet({ none: bought.didNot(), some: bought.did() }, { fields, asOf });

  it("are none yet, neither as customers nor as such without a record", () => {
    expect(set.evaluate({ log: later }).assignment.columns).toEqual({
      customerId: ["ani"],
      segment: ["some"],
    });
    expect(set.at("2024-07-02").evaluate({ log: later }).customers).toBe(2);
    expect(set.at("2024-01-01").evaluate({ log: later }).customers).toBe(0);
    expect(set.evaluate({ log: later, records: [{ customerId: "dewi" }] })).toMatchObject({
      customers: 1,
      withoutRecord: 1,
    });
  });

  it("are customers where there is a record", () => {
    const known = [{ customerId: "citra" }, { customerId: "ani" }];
    expect(set.evaluate({ log: later, records: known }).assignment.columns.segment).toEqual(["none", "some"]);
  });
});

describe("ids of records", () => {
  it("are what idOf gives, before any customerId", () => {
    const set = segmentSet({ some: bought.did() }, { fields, asOf });
    const own = [
      { customerId: "x", code: "ani" },
      { customerId: "ani", code: "x" },
    ];
    const { assignment } = set.evaluate({ log, records: own, idOf: ({ code }) => code });
    expect(assignment.columns).toEqual({ customerId: ["ani", "x"], segment: ["some", null] });
  });
});

describe("a long evaluation", () => {
  const set = segmentSet({ few: bought.count().lt(3) }, { fields, asOf });
  const many = Array.from({ length: 20_000 }, (_, customerId) => ({ customerId }));
  const input = { records: many, eventsOf: () => ({}) };

  it("tells how far it has come, over records and over a log", () => {
    for (const given of [input, { records: many, log }]) {
      const seen: [number, number][] = [];
      set.evaluate(given, { onProgress: ({ asked, customers }) => seen.push([asked, customers]) });
      expect(seen).toEqual([
        [8192, 20_000],
        [16_384, 20_000],
        [20_000, 20_000],
      ]);
    }
  });

  it("stops when the signal fires", () => {
    const signal = { aborted: false };
    let calls = 0;
    const onProgress = () => {
      calls++;
      signal.aborted = true;
    };
    const error = thrown(() => set.evaluate(input, { onProgress, signal }));
    expect([error, calls]).toMatchObject([{ code: "ABORTED", path: "options.signal" }, 1]);
    expect(thrown(() => set.evaluate(input, { signal: { aborted: true } }))).toMatchObject({
      code: "ABORTED",
    });
  });

  it("takes these options and no others", () => {
    expect(thrown(() => set.evaluate(input, { progress: () => {} } as never)).path).toBe("options.progress");
    expect(thrown(() => set.evaluate(input, { onProgress: 5 } as never)).path).toBe("options.onProgress");
    expect(thrown(() => set.evaluate(input, null as never)).path).toBe("options");
  });
});
