import { describe, expect, test } from "vitest";
import type { LoyaltyEventBase, PointAccount } from "../../src/loyalty/ledger/event-parts.js";
import type { LoyaltyEvent } from "../../src/loyalty/ledger/loyalty-event.js";
import { parseLoyaltyEvent, parseLoyaltyEvents } from "../../src/loyalty/parse-loyalty.js";
import { thrown } from "../core/thrown.js";

// Events as they are stored: each form with every field that it can have.

const lot = { pointType: "points", points: 5, earnedAt: 0, activeAt: 0, expiresAt: null };
const allocation = [{ lot: 0, points: 5 }];
const opened = [{ lot: 0, ...lot, sliding: true as const, rules: [{ ruleId: "r", points: 5 }] }];
const qualifying = { points: { points: -5 }, spend: -100, visits: 0, orders: -1, day: 20_000 };
const standing = { tier: "gold", earned: null, since: 0, until: null, floor: { tier: "gold", until: 5 } };
const audit = { reason: "r", actor: "a" };
const hold = { holdId: "H", pointType: "points", points: 5 };
const paid = { orderId: "O-2", amount: null };
const released = { released: allocation, lapsed: allocation };
const common: Required<Omit<LoyaltyEventBase, "postings">> = {
  version: 1,
  accountId: "A",
  seq: 1,
  at: 0,
  recordedAt: 1,
  key: "K",
  fingerprint: "f",
  slides: [{ pointType: "points", expiresAt: 5 }],
};
const merged = {
  orders: [
    {
      orderId: "O",
      at: 0,
      day: 0,
      lines: [{ lineId: "1", quantity: 1, amount: 0, points: { points: 5 } }],
      earned: { points: 5 },
      lapsed: {},
      firstLot: 0,
      lotCount: 1,
      returned: { lines: { "1": 1 }, amount: null, due: { points: 5 }, whole: true },
    },
  ],
  debits: [{ debitId: "R", accountId: "B" }],
  counted: [{ ruleId: "r", period: "2025", points: 5 }],
  paid: [{ orderId: "O", amount: 5 }],
  purchases: 1,
};
const events: {
  [Type in LoyaltyEvent["type"]]: Required<
    Omit<Extract<LoyaltyEvent, { type: Type }>, keyof LoyaltyEventBase | "type">
  >;
} = {
  enrolled: { programId: "P", memberId: "M", birthday: "2000-02-29", standing },
  earned: {
    orderId: "O",
    memberId: "M",
    channel: null,
    segmentIds: [],
    tier: null,
    lines: [{ lineId: "1", quantity: 1, amount: 0, points: { points: 5 } }],
    lots: opened,
    counted: [{ ruleId: "r", period: "2025", points: 5 }],
    repaid: [],
    qualifying,
  },
  activated: { lots: allocation, repaid: allocation },
  expired: { lots: allocation },
  adjusted: {
    pointType: "points",
    points: -5,
    ...audit,
    lots: [],
    allocations: allocation,
    repaid: [],
  },
  authorized: { ...hold, ...paid, rate: null, allocations: allocation, until: null },
  captured: { ...hold, ...paid, allocations: allocation, ...released, repaid: allocation },
  voided: { ...hold, reason: "timeout", ...released, repaid: allocation },
  redeemed: {
    redemptionId: "R",
    memberId: "M",
    pointType: "points",
    points: 5,
    allocations: allocation,
    rewardId: null,
    orderId: null,
    amount: null,
    cash: 0,
  },
  redemptionReversed: {
    redemptionId: "R",
    pointType: "points",
    points: 15,
    restored: allocation,
    lapsed: allocation,
    moved: allocation,
    lots: opened,
    repaid: allocation,
    amount: 25,
    cash: 0,
  },
  clawedBack: {
    orderId: "O",
    lines: [{ lineId: "1", quantity: 1 }],
    amount: null,
    due: { points: 5 },
    allocations: allocation,
    arrears: { points: 0 },
    unrecovered: {},
    qualifying,
  },
  transferredOut: { transferId: "T", to: "B", allocations: allocation, lots: [lot] },
  transferredIn: { transferId: "T", from: "B", lots: opened, repaid: allocation, merged },
  tierChanged: { from: null, standing, cause: "merge", reason: null, actor: null },
  reallocated: {
    debits: [{ debitId: "R", allocations: [{ lot: 0, points: -5 }] }],
    changes: [
      { lot: 0, points: -5 },
      { lot: 1, points: 5 },
    ],
  },
  membersChanged: { memberIds: ["M"] },
  closed: { ...audit, lots: allocation, into: "B" },
};

/** Postings that come to what the event says, by account. */
const posted: { [Type in LoyaltyEvent["type"]]: Partial<Record<PointAccount, number>> } = {
  enrolled: {},
  earned: { issued: -5, available: 5 },
  activated: { pending: -5, arrears: 5 },
  expired: { available: -5, expired: 5 },
  adjusted: { available: -5, adjusted: 5 },
  authorized: { available: -5, held: 5 },
  captured: { held: -10, redeemed: 5, arrears: 5 },
  voided: { held: -5, arrears: 5 },
  redeemed: { available: -5, redeemed: 5 },
  redemptionReversed: { redeemed: -15, available: 5, expired: 5, arrears: 5 },
  clawedBack: { available: -5, clawedBack: 5 },
  transferredOut: { pending: -5, transferred: 5 },
  transferredIn: { transferred: -5, arrears: 5 },
  tierChanged: {},
  reallocated: { available: -5, expired: 5 },
  membersChanged: {},
  closed: { pending: -5, expired: 5 },
};
const everyEvent = (Object.keys(events) as LoyaltyEvent["type"][]).map(
  (type) => [type, { type, ...common, postings: postingsOf(posted[type]), ...events[type] }] as const,
);
function postingsOf(accounts: Partial<Record<PointAccount, number>>) {
  return Object.entries(accounts).map(([account, points]) => ({ account, pointType: "points", points }));
}

describe("parseLoyaltyEvent", () => {
  test.each(everyEvent)("%s with every field, through JSON", (_, event) => {
    expect(parseLoyaltyEvent(JSON.parse(JSON.stringify(event)))).toStrictEqual(event);
  });
  test.each(everyEvent)("%s with a field missing, whichever", (type, event) => {
    // Left out they are refused, except those that may be: the absent ones mean none.
    const optional = ["slides", "repaid:captured", "merged:transferredIn", "into:closed"];
    for (const field of Object.keys(event).filter((name) => name !== "type")) {
      if (optional.includes(field) || optional.includes(`${field}:${type}`)) continue;
      const { [field]: left, ...rest } = event as Record<string, unknown>;
      expect(thrown(() => parseLoyaltyEvent(rest)).path).toBe(`event.${field}`);
    }
  });
  const closed = { ...Object.fromEntries(everyEvent).closed };
  test("an unknown version is named, before all else", () => {
    const error = thrown(() => parseLoyaltyEvent({ ...closed, version: 7, type: "melted" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "event.version"]);
    expect(error.message).toContain("7");
  });
  test("postings that do not come to zero, though another type makes up for it", () => {
    const postings = [
      { account: "issued", pointType: "points", points: -5 },
      { account: "available", pointType: "status", points: 5 },
    ];
    expect(thrown(() => parseLoyaltyEvent({ ...closed, postings })).path).toBe("event.postings");
  });
  test("rows are named, all of them", () => {
    const rows = [closed, { ...closed, version: 7 }, { ...closed, seq: 0 }];
    const error = thrown(() => parseLoyaltyEvents(rows));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "events[1].version"]);
    expect(error.message).toMatch(/row 2, version: 7 .*\n.*row 3, seq: 0/);
    expect(parseLoyaltyEvents([closed, closed])).toStrictEqual([closed, closed]);
  });
});

describe("what an event says of its points in two places", () => {
  const of = Object.fromEntries(everyEvent);
  const other = [{ lot: 1, points: 4 }];
  test.each<[LoyaltyEvent["type"], object, string, string]>([
    ["redeemed", { allocations: other }, "points", "points: 5 does not fit the lots, which come to 4"],
    ["authorized", { points: 6 }, "points", "points: 6 does not fit the lots, which come to 5"],
    ["captured", { points: 6 }, "points", "points: 6 does not fit the lots, which come to 5"],
    ["voided", { released: [] }, "points", "does not fit the lots, which come to 0"],
    ["adjusted", { points: -6 }, "allocations", "comes to 5 points, where it is 6 that moved"],
    ["adjusted", { lots: opened }, "lots", "comes to 5 points, where it is 0 that moved"],
    ["redemptionReversed", { restored: [] }, "points", "does not fit the lots, which come to 10"],
    ["redemptionReversed", { lots: [] }, "lots", "comes to 0 points, where it is 5 that moved"],
    ["clawedBack", { due: { points: 6 } }, "allocations", "comes to 5 points, where it is 6 that moved"],
    ["transferredOut", { allocations: other }, "allocations", "comes to 4 points, where it is 5 that moved"],
    ["reallocated", { changes: other }, "changes", "comes to 4 points, where it is 0 that moved"],
  ])("%s with %o", (type, change, field, reason) => {
    const error = thrown(() => parseLoyaltyEvent({ ...of[type], ...change }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", `event.${field}`]);
    expect(error.message).toContain(reason);
  });
  test.each<[LoyaltyEvent["type"], Partial<Record<PointAccount, number>>, string]>([
    [
      "earned",
      { issued: -20, available: 20 },
      'has -20 points of type "points" for "issued", where the lots come to -5',
    ],
    ["earned", {}, 'has 0 points of type "points" for "issued"'],
    ["earned", { issued: -5, held: 5 }, 'names "held", where no points of the event "earned" go'],
    [
      "earned",
      { issued: -5, available: 4, arrears: 1 },
      'has 1 points for "arrears", where the lots come to 0',
    ],
    ["activated", { pending: -4, arrears: 4 }, 'has -4 points for "pending", where the lots come to -5'],
    ["expired", { available: -4, expired: 4 }, 'has 4 points for "expired", where the lots come to 5'],
    ["closed", {}, 'has 0 points for "expired", where the lots come to 5'],
    ["adjusted", { available: 5, adjusted: -5 }, 'for "adjusted", where the lots come to 5'],
    ["authorized", { available: -5, redeemed: 5 }, 'names "redeemed"'],
    ["captured", { held: -5, redeemed: 5 }, 'has 0 points of type "points" for "arrears"'],
    [
      "captured",
      { held: -5, arrears: 5 },
      'has -5 points of type "points" for "held", where the lots come to -10',
    ],
    ["voided", { held: -4, arrears: 5, available: -1 }, 'for "held", where the lots come to -5'],
    ["redeemed", { available: -4, redeemed: 4 }, 'for "redeemed", where the lots come to 5'],
    [
      "redemptionReversed",
      { redeemed: -10, available: 5, arrears: 5 },
      'for "redeemed", where the lots come to -15',
    ],
    ["clawedBack", { available: -4, clawedBack: 4 }, 'for "clawedBack", where the lots come to 5'],
    ["transferredOut", { available: -4, transferred: 4 }, 'for "transferred", where the lots come to 5'],
    ["transferredIn", { transferred: -4, arrears: 4 }, 'for "transferred", where the lots come to -5'],
    ["enrolled", { issued: -5, available: 5 }, 'names "issued", where no points of the event "enrolled" go'],
    ["reallocated", { available: -5, redeemed: 5 }, 'names "redeemed"'],
  ])("%s that posts %o", (type, accounts, reason) => {
    const error = thrown(() => parseLoyaltyEvent({ ...of[type], postings: postingsOf(accounts) }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "event.postings"]);
    expect(error.message).toContain(reason);
  });
  test("points of another type", () => {
    const postings = postingsOf(posted.redeemed).map((posting) => ({ ...posting, pointType: "status" }));
    const error = thrown(() => parseLoyaltyEvent({ ...of.redeemed, postings }));
    expect(error.message).toContain('names points of type "status", of which the event moves none');
  });
  test("an earn of two types is held to each of them", () => {
    const lots = [...opened, { ...opened[0], lot: 1, pointType: "status", points: 7 }];
    const two = (points: number, status: number) => [
      { account: "issued", pointType: "points", points: -points },
      { account: "available", pointType: "points", points },
      { account: "issued", pointType: "status", points: -status },
      { account: "pending", pointType: "status", points: status },
    ];
    expect(parseLoyaltyEvent({ ...of.earned, lots, postings: two(5, 7) }).seq).toBe(1);
    const turned = thrown(() => parseLoyaltyEvent({ ...of.earned, lots, postings: two(7, 5) }));
    expect(turned.message).toContain(
      'has -7 points of type "points" for "issued", where the lots come to -5',
    );
  });
  test("rows are named", () => {
    const rows = [of.redeemed, { ...of.redeemed, points: 6 }];
    const error = thrown(() => parseLoyaltyEvents(rows));
    expect([error.code, error.path]).toEqual(["INVALID_ROWS", "events[1].points"]);
    expect(error.message).toContain("row 2, points: 6 does not fit the lots, which come to 5");
  });
});
