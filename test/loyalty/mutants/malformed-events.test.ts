import { describe, expect, test } from "vitest";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { evolveLoyalty, foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";
import { ms } from "./event-body.js";
import { by } from "./refused.js";
import { reversed } from "./reversal-body.js";

// Events that do not fit the account: each is refused by the field that is wrong, with the figures that do not agree.

const shop = openShop(programOf(), "A", "2025-01-01");
shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines: [{ lineId: "1", amount: 10 }] });
shop.grant(lotOf(20, "2025-01-02", "2025-06-01", "2025-05-01"));
shop.grant(lotOf(30, "2025-01-02", "2025-02-01"));
shop.grant({ type: "authorize", at: "2025-01-03", holdId: "H", points: 30 });
shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R", points: 3 });
// Lot 0 has 7 of 10, lot 1 waits with 20, lot 2 holds all its 30.
const { account } = shop;

function eventOf(body: object, before: LoyaltyAccount = account): LoyaltyEvent {
  const header = { version: 1, accountId: "A", seq: before.seq + 1, at: ms(4), recordedAt: ms(4) };
  return { ...header, key: null, fingerprint: null, postings: [], ...body } as unknown as LoyaltyEvent;
}
function expectFault(run: () => unknown, path: string, words: readonly string[], code = "INVALID_ARGUMENT") {
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: "ClienteleError", code, path });
  for (const word of words) expect((thrown as Error).message).toContain(word);
}

test("the lots are as the table of faults takes them", () => {
  expect(accountLots(account).map((lot) => [lot.original, lot.remaining, lot.held, lot.status])).toEqual([
    [10, 7, 0, "active"],
    [20, 20, 0, "pending"],
    [30, 0, 30, "active"],
  ]);
});

const opened = { pointType: "points", points: 5, earnedAt: 0, activeAt: 0, expiresAt: null };
const adjusted = {
  type: "adjusted",
  pointType: "points",
  points: 5,
  ...by,
  lots: [],
  allocations: [],
  repaid: [],
};
const redeemed = { type: "redeemed", redemptionId: "R-2", pointType: "points", points: 8 };
const voided = { type: "voided", holdId: "H", reason: "void", released: [], lapsed: [], repaid: [] };
const captured = { type: "captured", holdId: "H", points: 31, allocations: [], released: [], lapsed: [] };
const nothing = { points: {}, spend: 0, visits: 0, orders: 0, day: 0 };
const posting = (points: number, name = "available", pointType = "points") => ({
  account: name,
  pointType,
  points,
});

test.each<readonly [name: string, body: object, path: string, words: readonly string[]]>([
  [
    "a lot out of turn",
    { ...adjusted, lots: [{ ...opened, lot: 5 }] },
    "event.lots",
    ["lot 5", "next lot is 3"],
  ],
  ["a lot of nothing", { ...adjusted, lots: [{ ...opened, lot: 3, points: 0 }] }, "event.lots", ["0 points"]],
  [
    "half a point",
    { ...redeemed, allocations: [{ lot: 0, points: 0.5 }] },
    "event.allocations",
    ["0.5 points"],
  ],
  [
    "more than a lot has",
    { ...redeemed, allocations: [{ lot: 0, points: 8 }] },
    "event.allocations",
    ["8 points", "lot 0", "has 7"],
  ],
  [
    "a lot that is none",
    { ...redeemed, allocations: [{ lot: 9, points: 1 }] },
    "event.allocations",
    ["lot 9"],
  ],
  [
    "activating what counts",
    { type: "activated", lots: [{ lot: 0, points: 7 }], repaid: [] },
    "event.lots",
    ["lot 0", "7"],
  ],
  [
    "activating a part",
    { type: "activated", lots: [{ lot: 1, points: 19 }], repaid: [] },
    "event.lots",
    ["lot 1", "19"],
  ],
  [
    "the lapse of a part",
    { type: "expired", lots: [{ lot: 0, points: 6 }] },
    "event.lots",
    ["6 points", "lot 0", "has 7"],
  ],
  [
    "spending more than is held",
    { ...captured, allocations: [{ lot: 2, points: 31 }] },
    "event.allocations",
    ["31 held points", "lot 2", "holds 30"],
  ],
  [
    "spending none of what is held",
    { ...captured, allocations: [{ lot: 2, points: 0 }] },
    "event.allocations",
    ["0 points"],
  ],
  ["ending no hold", { ...voided, holdId: "X" }, "event.holdId", ['"X"', "no such open hold"]],
  [
    "releasing more than is held",
    { ...voided, released: [{ lot: 2, points: 31 }] },
    "event.allocations",
    ["31", "30"],
  ],
  ["releasing none", { ...voided, released: [{ lot: 2, points: 0 }] }, "event.restored", ["0 points"]],
  [
    "undoing more than was redeemed",
    { ...reversed, points: 4 },
    "event.redemptionId",
    ["4 points", '"R"', "not so many left"],
  ],
  ["undoing no redemption", { ...reversed, redemptionId: "X" }, "event.redemptionId", ['"X"']],
  [
    "giving a lot more than it opened with",
    { ...reversed, restored: [{ lot: 0, points: 4 }] },
    "event.restored",
    ["4 points", "lot 0", "opened with 10", "has 7"],
  ],
  [
    "giving a lot more than it opened with, beside what it holds",
    { ...reversed, restored: [{ lot: 2, points: 1 }] },
    "event.restored",
    ["1 points", "lot 2", "opened with 30"],
  ],
  [
    "returning as lapsed what still counts",
    { ...reversed, lapsed: [{ lot: 1, points: 1 }] },
    "event.lapsed",
    ["lot 1", "20 that count"],
  ],
  [
    "allotting no redemption anew",
    { type: "reallocated", changes: [], debits: [{ debitId: "X", allocations: [] }] },
    "event.debits",
    ['"X"'],
  ],
  [
    "the return of no order",
    {
      type: "clawedBack",
      orderId: "X",
      lines: [],
      amount: null,
      due: {},
      allocations: [],
      qualifying: nothing,
    },
    "event.orderId",
    ['"X"'],
  ],
  ["an unknown type", { type: "gifted" }, "event.type", ['"gifted"', "update the package"]],
  ["another version", { type: "gifted", version: 2 }, "event.version", ["is 2", "version 1"]],
  ["another account", { accountId: "B" }, "event.accountId", ['"B"', '"A"']],
  ["a gap", { seq: 99 }, "event.seq", ["99", `${account.seq + 1}`]],
  ["an instant that is none", { at: 0.5 }, "event.at", ["0.5", "epoch milliseconds"]],
  ["a booking at no instant", { recordedAt: Number.NaN }, "event.at", ["NaN"]],
  [
    "an earlier booking",
    { recordedAt: ms(3) - 1 },
    "event.recordedAt",
    [`${ms(3) - 1}`, `${ms(3)}`, "in order"],
  ],
  ["a second enrolment", { type: "enrolled" }, "event.type", ['"enrolled"', "account is open"]],
  ["an account that is none", { postings: [posting(1, "vault")] }, "event.postings", ['"vault"']],
  ["what every object has", { postings: [posting(1, "toString")] }, "event.postings", ['"toString"']],
  ["points from nowhere", { postings: [posting(1)] }, "event.postings", ['"points"', "come to 1"]],
  [
    "points of one type for another",
    { postings: [posting(-1, "issued", "miles"), posting(1)] },
    "event.postings",
    ['"miles"', "come to -1"],
  ],
])("%s", (_, body, path, words) => {
  const before = JSON.stringify(account);
  expectFault(() => evolveLoyalty(account, eventOf(body)), path, words);
  expectFault(() => foldLoyalty([eventOf(body)], account), path, words);
  expect(JSON.stringify(account)).toBe(before);
});

describe("in their place in the history", () => {
  const enrolled = { type: "enrolled", programId: "club", memberId: "M", birthday: null, standing: null };
  test("nothing comes before the enrolment, and nothing after the end", () => {
    const empty = emptyLoyaltyAccount("A");
    expectFault(() => evolveLoyalty(empty, eventOf(adjusted, empty)), "event.type", ["account is new"]);
    const closing = openShop(programOf(), "A", "2025-01-01");
    closing.grant({ type: "close", at: "2025-01-02", ...by });
    const after = eventOf(adjusted, closing.account);
    expectFault(() => evolveLoyalty(closing.account, after), "event.type", ["account is closed"]);
    const again = eventOf(enrolled, closing.account);
    expectFault(() => evolveLoyalty(closing.account, again), "event.type", ["account is closed"]);
  });
  test("an event that is booked with the one before it follows it", () => {
    const next = eventOf({ type: "membersChanged", memberIds: ["child"], recordedAt: ms(3) });
    expect(evolveLoyalty(account, next)).toMatchObject({ seq: account.seq + 1, memberIds: ["child"] });
  });
  test("a lot lapses once", () => {
    const first = evolveLoyalty(account, eventOf({ type: "expired", lots: [{ lot: 0, points: 7 }] }));
    const second = eventOf({ type: "expired", lots: [{ lot: 0, points: 7 }] }, first);
    expectFault(() => evolveLoyalty(first, second), "event.lots", ["7 points", "lot 0"]);
  });
  test("a hold is resolved once", () => {
    const released = [{ lot: 2, points: 30 }];
    const first = evolveLoyalty(account, eventOf({ ...voided, released }));
    expectFault(() => evolveLoyalty(first, eventOf({ ...voided, released }, first)), "event.holdId", ['"H"']);
  });
  test("a balance beyond the exact integers is an error", () => {
    const postings = [posting(Number.MAX_SAFE_INTEGER), posting(-Number.MAX_SAFE_INTEGER, "issued")];
    const body = { type: "membersChanged", memberIds: [], postings };
    expectFault(
      () => evolveLoyalty(account, eventOf(body)),
      "event.postings",
      ['"available"'],
      "UNSAFE_INTEGER",
    );
  });
  test("a fold has events or an account", () => {
    expectFault(() => foldLoyalty([]), "events", ["emptyLoyaltyAccount(id)"]);
    expectFault(() => foldLoyalty("all" as never), "events", ["array"]);
    expect(foldLoyalty([], account)).toEqual(account);
  });
});
