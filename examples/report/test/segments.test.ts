import { type Interaction, type SegmentRule, type TransactionRow, transactionLog } from "clientele";
import { describe, expect, it } from "vitest";
import { sampleBase } from "../src/sample/sample-base.js";
import { shop } from "../src/sample/shop-calendar.js";
import { otherEvents } from "../src/segments/customer-events.js";
import { analyzeSegments } from "../src/segments/segment-analysis.js";
import type { SegmentBase } from "../src/segments/segment-base.js";
import { fieldsOf } from "../src/segments/segment-fields.js";
import { parseSegments, readStoredSegments } from "../src/segments/stored-segments.js";
import { usableSegments } from "../src/segments/usable-segments.js";

const asOf = "2024-01-01";

function bought(customerId: string, ...days: readonly string[]): TransactionRow[] {
  return days.map((at) => ({ customerId, at, amount: 1_000, channel: "app" }));
}

function contact(customerId: string, at: string, purpose: string): Interaction {
  return {
    ...{ id: `${customerId} ${at}`, customerId, at: Date.parse(at), purpose },
    ...{ channel: "phone", direction: "inbound", planned: false },
  };
}

/** Who is in which segment, by segment. */
function membersOf(base: SegmentBase, day = asOf): Record<string, string[]> {
  const { customerId, segment } = analyzeSegments(base, readStoredSegments(), day).membership.members.columns;
  const members: Record<string, string[]> = {};
  customerId.forEach((id, i) => {
    members[segment[i] ?? ""] = [...(members[segment[i] ?? ""] ?? []), id];
  });
  return members;
}

describe("the segments of the shop", () => {
  it("hold whom they are meant for", () => {
    const log = transactionLog(
      [
        ...bought("ani", "2023-10-05", "2023-10-20"),
        ...bought("budi", "2023-10-05", "2023-10-20"),
        ...bought("warung", "2023-03-01", "2023-04-01", "2023-05-01", "2023-06-01"),
        ...bought("citra", "2023-07-03", "2023-08-03", "2023-09-03", "2023-11-03", "2023-12-03"),
        ...bought("dewi", "2023-12-20"),
        ...bought("eka", "2020-01-01"),
      ],
      { currency: "USD" },
    );
    const customers = ["ani", "budi", "warung", "citra", "dewi", "eka", "fajar", "gita"].map((id) => ({
      id,
      kind: id === "warung" ? ("organization" as const) : ("person" as const),
      attributes: { city: id === "citra" ? "Depok" : "Semarang" },
      signals: id === "fajar" ? [{ kind: "inquiry", at: "2023-12-01" }] : [],
    }));
    const interactions = [
      // budi bought again after it; eka complained of what was bought long ago.
      contact("ani", "2023-10-22", "complaint"),
      contact("budi", "2023-10-07", "complaint"),
      contact("dewi", "2023-12-22", "thanks"),
      contact("eka", "2023-12-01", "complaint"),
    ];
    expect(membersOf({ log, customers, interactions })).toEqual({
      Complained: ["ani"],
      "Quiet trade": ["warung"],
      Slipping: ["warung"],
      Regulars: ["citra"],
      "App shoppers": ["citra"],
      "First-timers": ["dewi"],
      Interested: ["fajar"],
    });
  });

  it("are asked of those alone who are on file by then", () => {
    const log = transactionLog([...bought("ani", "2023-05-01"), ...bought("budi", "2024-05-01")], {
      currency: "USD",
    });
    const stored = readStoredSegments();
    expect(analyzeSegments({ log }, stored, asOf).membership.customers).toBe(1);
    const customers = [{ id: "ani" }, { id: "budi", createdAt: "2024-05-01" }, { id: "citra" }];
    expect(analyzeSegments({ log, customers }, stored, asOf).membership.customers).toBe(2);
  });

  it("that ask about what the data lack are left out, with what that is, and those that refer to them too", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2023-05-01", amount: 1_000 },
        { customerId: "ani", at: "2023-05-02", amount: 1_000 },
      ],
      { currency: "USD" },
    );
    const { segments, leftOut } = analyzeSegments({ log }, readStoredSegments(), asOf);
    expect(segments.map(({ name }) => name)).toEqual(["Slipping", "Regulars", "First-timers"]);
    expect(leftOut).toEqual([
      { name: "Complained", lacks: ["contacts"] },
      { name: "Quiet trade", lacks: ["kind of customer"] },
      { name: "App shoppers", lacks: ["city", "sales channel"] },
      { name: "Interested", lacks: ["signs of interest"] },
    ]);
    const stored = (name: string, rule: SegmentRule) => ({ name, action: "", rule });
    const referring = [
      stored("calm", { op: "not", of: { op: "segment", segment: "firms" } }),
      stored("firms", { op: "eq", field: "kind", value: "organization" }),
    ];
    expect(usableSegments(referring, fieldsOf({ log }))).toEqual({
      usable: [],
      leftOut: [
        { name: "calm", lacks: ["firms"] },
        { name: "firms", lacks: ["kind of customer"] },
      ],
    });
    expect(analyzeSegments({ log }, referring, asOf)).toMatchObject({ segments: [], changes: null });
  });
});

describe("why customers moved", () => {
  const base = sampleBase({ buyers: 600 });
  const log = transactionLog(base.transactions, { currency: shop.currency, timeZone: shop.timeZone });
  const { customers, interactions } = base;
  const shopBase = { log, customers, interactions };

  it("is said where somebody moved, and of no more than did", () => {
    const moves = analyzeSegments(shopBase, readStoredSegments(), shop.asOf).changes?.moves ?? [];
    expect(moves.reduce((sum, { entered, left }) => sum + entered + left, 0)).toBeGreaterThan(100);
    for (const { entered, left, reasons } of moves) {
      for (const [moved, reason] of [[entered, reasons.entered] as const, [left, reasons.left] as const]) {
        expect(reason === null).toBe(moved === 0);
        expect(reason?.words).not.toBe("");
        expect(reason?.customers ?? 0).toBeLessThanOrEqual(moved);
      }
    }
  });

  it("goes by what was known then: a purchase that came back later counted", () => {
    const log = transactionLog(
      [
        ...bought("budi", "2023-01-01"),
        ...[1, 2, 3].map((day) => ({ id: `T${day}`, customerId: "ani", at: `2023-08-0${day}`, amount: 500 })),
        { customerId: "ani", at: "2023-12-01", type: "refund", amount: -500, refundOf: "T3" },
      ],
      { currency: "USD" },
    );
    const often: SegmentRule = {
      op: "all",
      of: [{ op: "count", of: "transactions", is: { op: "gte", value: 3 } }],
    };
    const rare: SegmentRule = { op: "not", of: { op: "segment", segment: "often" } };
    const asked = [
      { name: "often", action: "", rule: often },
      { name: "rare", action: "", rule: rare },
    ];
    const { changes } = analyzeSegments({ log }, asked, asOf);
    const reason = { words: "no longer: the number of transactions is at least 3", customers: 1 };
    expect(changes?.moves).toMatchObject([
      { segment: "often", entered: 0, left: 1, reasons: { entered: null, left: reason } },
      { segment: "rare", entered: 1, left: 0, reasons: { entered: reason, left: null } },
    ]);
  });

  it("looks up contacts and signals, as far as the data have them", () => {
    const log = transactionLog(bought("ani", "2023-05-01"), { currency: "USD" });
    const interactions = [contact("ani", "2023-05-02", "thanks"), contact("ani", "2023-05-03", "complaint")];
    const budi = { id: "budi", signals: [{ at: "2023-01-01" }] };
    const eventsOf = otherEvents({ log, interactions, customers: [{ id: "ani" }, budi] });
    expect(eventsOf({ id: "ani" })).toEqual({ interactions, signals: [] });
    expect(eventsOf(budi)).toEqual({ interactions: [], signals: budi.signals });
    expect(otherEvents({ log })(budi)).toEqual({});
  });
});

describe("what is stored", () => {
  const segment = (name: string, rule: unknown) => ({ name, action: "Call them.", rule });
  const all = { version: 1, rule: { op: "all", of: [] } };

  it.each<[string, unknown, string]>([
    ["no list", {}, "expected array"],
    ["no action", [{ name: "a", rule: all }], "action"],
    ["two of a name", [segment("a", all), segment("a", all)], 'two segments are called "a"'],
    [
      "no such field",
      [segment("a", { op: "exists", field: "shoe" })],
      'segments.json, "a": rule.field: "shoe"',
    ],
    ["a later version", [segment("a", { version: 9, rule: all.rule })], 'segments.json, "a": version: 9'],
    ["no such segment", [segment("a", { op: "segment", segment: "b" })], "is no segment of this set"],
  ])("%s is refused with its place", (_, stored, message) => {
    expect(() => parseSegments(JSON.stringify(stored))).toThrow(message);
  });

  it("must be JSON", () => {
    expect(() => parseSegments("[")).toThrow("segments.json is no JSON");
  });
});
