import { describe, expect, test } from "vitest";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { evolveLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import type { LoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { lotOf, openShop, programOf, remaining } from "../ledger/shop.js";
import { ms } from "./event-body.js";
import { reversed } from "./reversal-body.js";

// What events leave behind: when activity had ended, which lots a redemption takes now, and faults of lots that are none.

const idle = { kind: "afterActivity", after: { days: 10 } } as const;
const earn = (day: number, orderId: string, more: object = {}) =>
  ({ type: "earn", at: ms(day), orderId, lines: [{ lineId: "1", amount: 5 }], ...more }) as const;

describe("the account knows when its points had lapsed for want of activity", () => {
  const open = () => openShop(programOf({ pointTypes: [{ id: "points", kind: "spendable", expiry: idle }] }));
  test.each([
    ["never, before the 10 days are over", 10, []],
    ["on the 11th, where activity comes as they end", 11, [ms(11)]],
    ["on the 11th, where activity comes later", 12, [ms(11)]],
  ])("%s", (_, next, expected) => {
    const shop = open();
    shop.grant(earn(1, "O-1"));
    expect(shop.account.points.points.slideLapses).toEqual([]);
    shop.grant(earn(next, "O-2"));
    expect(shop.account.points.points.slideLapses).toEqual(expected);
  });
  test("each time, and once however many orders arrive late", () => {
    const shop = open();
    shop.grant(earn(1, "O-1"));
    // Activity of the 1st: the points had lapsed on the 11th all the same.
    for (const orderId of ["O-2", "O-3", "O-4"]) shop.grant(earn(1, orderId, { recordedAt: ms(20) }));
    expect(shop.account.points.points.slideLapses).toEqual([ms(11)]);
    shop.grant(earn(21, "O-5"));
    expect(shop.account.points.points.slideLapses).toEqual([ms(11)]);
    shop.grant(earn(31, "O-6"));
    for (const orderId of ["O-7", "O-8"]) shop.grant(earn(21, orderId, { recordedAt: ms(45) }));
    expect(shop.account.points.points.slideLapses).toEqual([ms(11), ms(31), ms(41)]);
  });
});

test("what a late earn has moved to another lot comes back to that one", () => {
  const shop = openShop(
    programOf({
      lateEarns: "rederived",
      earnRules: [
        {
          id: "gift",
          award: { per: "event", event: "gift", points: 50 },
          expiry: { kind: "fixedDate", on: "2025-06-01" },
        },
      ],
    }),
  );
  shop.grant(lotOf(100, "2025-01-01"));
  shop.grant({ type: "redeem", at: "2025-02-10", redemptionId: "R", points: 40 });
  expect(remaining(shop.account)).toEqual([60]);
  shop.grant({ type: "earn", at: "2025-02-01", recordedAt: "2025-03-01", orderId: "late", event: "gift" });
  // The gift lapses first, so that the redemption has taken 40 of it.
  expect(remaining(shop.account)).toEqual([100, 10]);
  shop.grant({ type: "reverseRedemption", at: "2025-03-02", redemptionId: "R", points: 40 });
  expect(remaining(shop.account)).toEqual([100, 50]);
});

describe("points that come back", () => {
  const shop = openShop(programOf(), "A", "2025-01-01");
  shop.grant(earn(2, "O"));
  shop.grant({ type: "redeem", at: ms(3), redemptionId: "R", points: 3 });
  const { account } = shop;
  const eventOf = (body: object, before: LoyaltyAccount = account) =>
    ({
      ...{ version: 1, accountId: "A", seq: before.seq + 1, at: ms(4), recordedAt: ms(4) },
      ...{ key: null, fingerprint: null, postings: [], ...body },
    }) as unknown as LoyaltyEvent;
  test.each([
    ["as lapsed", { ...reversed, lapsed: [{ lot: 9, points: 3 }] }],
    ["by another order of debits", { type: "reallocated", debits: [], changes: [{ lot: 9, points: -3 }] }],
  ])("%s to a lot that there is not are a fault", (_, body) => {
    expect(() => evolveLoyalty(account, eventOf(body))).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        path: "event.allocations",
        message: expect.stringContaining("lot 9"),
      }),
    );
  });
  test("as lapsed to a lot that never lapses count again", () => {
    const after = evolveLoyalty(account, eventOf({ ...reversed, lapsed: [{ lot: 0, points: 3 }] }));
    expect(accountLots(after)).toMatchObject([{ remaining: 5, lapsed: 0, status: "active", lapsedAt: null }]);
  });
});
