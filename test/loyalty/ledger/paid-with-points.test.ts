import { describe, expect, test } from "vitest";
import type { LoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { paidWithPoints } from "../../../src/loyalty/ledger/paid-with-points.js";
import type { LoyaltyProgram, RedemptionPolicy } from "../../../src/loyalty/program/loyalty-program.js";
import { maximumRedemption, redemptionQuote } from "../../../src/loyalty/program/redemption-quote.js";
import { lotOf, openShop, programOf, type Shop } from "./shop.js";

// What points pay is kept by redemptions, holds, captures and reversals alike, and held against an order as a whole.

const shopOf = (redemption: RedemptionPolicy, more: Partial<LoyaltyProgram> = {}): Shop => {
  const shop = openShop(programOf({ redemption, ...more }), "A", "2025-01-01");
  shop.grant(lotOf(10_000, "2025-01-01"));
  return shop;
};
const redeem = (redemptionId: string, points: number, more = {}) =>
  ({ type: "redeem", at: "2025-01-10", redemptionId, points, ...more }) as const;
const authorize = (holdId: string, points: number, more = {}) =>
  ({ type: "authorize", at: "2025-01-10", holdId, points, ...more }) as const;

describe("money of a hold, 100 points for 0.50", () => {
  const half = { points: 100, amount: 50 };

  test("what 200 points are to pay stands in the hold; of 101 that are captured, what redeeming them pays", () => {
    const shop = shopOf(half);
    const held = shop.grant(authorize("H", 200, { orderId: "O", orderAmount: 1000 }));
    expect(held.outcome).toMatchObject({ points: { points: 200 }, amount: 100 });
    expect(held.events[0]).toMatchObject({ orderId: "O", amount: 100, rate: half });
    const captured = shop.grant({ type: "capture", at: "2025-01-11", holdId: "H", points: 101 });
    // 50.5, rounded down, as a redemption's.
    expect(captured.outcome).toMatchObject({ points: { points: 101 }, amount: 50 });
    expect(captured.events[0]).toMatchObject({ orderId: "O", amount: 50 });
    expect(shop.grant(redeem("R", 101)).outcome.amount).toBe(50);
    expect(shop.account.redemptions).toMatchObject([
      { id: "H", amount: 50, orderId: "O" },
      { id: "R", amount: 50 },
    ]);
  });
  test("a hold pays what was said when it was asked for, though the rate has changed since", () => {
    const shop = shopOf({ points: 3, amount: 10 });
    shop.grant(authorize("H", 200));
    shop.program = programOf({ redemption: half });
    // 199 x 10 / 3 = 663.3: a share of the hold's own 666 would be 662.
    expect(shop.grant({ type: "capture", at: "2025-01-11", holdId: "H", points: 199 }).outcome.amount).toBe(
      663,
    );
  });
  test("points without a value in money pay none, whichever way", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(100, "2025-01-01"));
    expect(shop.grant(authorize("H", 60)).events[0]).toMatchObject({ amount: null, rate: null });
    expect(shop.grant({ type: "capture", at: "2025-01-11", holdId: "H" }).outcome.amount).toBeNull();
    const back = shop.grant({ type: "reverseRedemption", at: "2025-01-12", redemptionId: "H" });
    expect([back.outcome.amount, back.outcome.cash]).toEqual([null, 0]);
  });
  test("a retry is told the same money", () => {
    const shop = shopOf(half);
    const command = { ...authorize("H", 200), key: "K" };
    const first = shop.grant(command);
    expect(shop.grant(command)).toMatchObject({ repeated: true, outcome: first.outcome });
  });
});

describe("money of a reversal, 200 points at 3 for 10: 666", () => {
  const back = (shop: Shop, points?: number) => {
    const reversal = { type: "reverseRedemption", at: "2025-01-12", redemptionId: "R" } as const;
    return shop.grant({ ...reversal, ...(points === undefined ? {} : { points }) }).outcome.amount;
  };
  test.each([
    ["a redemption", (shop: Shop) => shop.grant(redeem("R", 200))],
    [
      "a captured hold",
      (shop: Shop) => {
        shop.grant(authorize("R", 300));
        return shop.grant({ type: "capture", at: "2025-01-11", holdId: "R", points: 200 });
      },
    ],
  ])("of %s: parts are shares of the whole rounded down together, and come to it", (_, spend) => {
    const shop = shopOf({ points: 3, amount: 10 });
    expect(spend(shop).outcome.amount).toBe(666);
    // 50 of 200 are 166.5, 100 are 333, 199 are 662.67.
    expect([back(shop, 50), back(shop, 50), back(shop, 99), back(shop)]).toEqual([166, 167, 329, 4]);
  });
  test("of a reward: the money that was paid beside its points", () => {
    const rewards = [{ id: "mug", points: 30, cash: 500 }];
    const shop = openShop(programOf({ rewards }));
    shop.grant(lotOf(100, "2025-01-01"));
    shop.grant({ type: "redeem", at: "2025-01-10", redemptionId: "R", rewardId: "mug" });
    const parts = [10, 20].map((points) =>
      shop.grant({ type: "reverseRedemption", at: "2025-01-12", redemptionId: "R", points }),
    );
    expect(parts.map(({ outcome }) => [outcome.amount, outcome.cash])).toEqual([
      [null, 166],
      [null, 334],
    ]);
  });
});

describe("the share of an order binds the order: 0.3 of 100, a point for each unit", () => {
  const share = { points: 1, amount: 1, maximumShare: 0.3 };
  const order = { orderId: "X", orderAmount: 100 };
  const refused = { code: "above_order_share", bound: 30 };
  const paid = (shop: Shop): number => paidWithPoints(shop.account as LoyaltyAccount, "X");

  test("redemptions and open holds of it together", () => {
    const shop = shopOf(share);
    shop.grant(redeem("R-1", 20, order));
    expect(shop.refusal(redeem("R-2", 11, order))).toMatchObject(refused);
    shop.grant(authorize("H-1", 4, order));
    shop.grant(redeem("R-3", 6, order));
    expect(shop.refusal(authorize("H-2", 1, order))).toMatchObject(refused);
    expect(shop.refusal(redeem("R-4", 1, order)).message).toMatch(/1 points pay 1,.* 30 .*pay 30 already/);
    expect(paid(shop)).toBe(30);
    // Another order, and points that name none, are not of it.
    shop.grant(redeem("R-5", 30, { ...order, orderId: "Y" }));
    shop.grant(redeem("R-6", 30, { orderAmount: 100 }));
  });
  test("what is given back, released or ended may be paid again", () => {
    const shop = shopOf(share, { holdTimeout: { days: 5 } });
    shop.grant(authorize("H-1", 10, order));
    shop.grant(authorize("H-2", 10, order));
    shop.grant(authorize("H-3", 10, order));
    shop.grant({ type: "capture", at: "2025-01-11", holdId: "H-1", points: 7 });
    expect(paid(shop)).toBe(27);
    shop.grant({ type: "void", at: "2025-01-11", holdId: "H-2" });
    expect(paid(shop)).toBe(17);
    shop.grant({ type: "reverseRedemption", at: "2025-01-12", redemptionId: "H-1", points: 5 });
    expect(paid(shop)).toBe(12);
    // H-3 is over by itself.
    shop.grant(redeem("R", 28, { ...order, at: "2025-01-20" }));
    expect(paid(shop)).toBe(30);
    shop.grant({ type: "reverseRedemption", at: "2025-01-21", redemptionId: "H-1" });
    shop.grant({ type: "reverseRedemption", at: "2025-01-21", redemptionId: "R" });
    expect(shop.account.paidWithPoints).toBeNull();
  });
  test("without a share of its own, points pay no more than the order", () => {
    const shop = shopOf({ points: 1, amount: 1 });
    shop.grant(redeem("R-1", 60, order));
    expect(shop.refusal(redeem("R-2", 41, order))).toMatchObject({ code: "above_order_share", bound: 100 });
    shop.grant(redeem("R-3", 40, order));
  });
  test("many orders are known as well as one, by the account that their events make, too", () => {
    const shop = shopOf(share);
    for (let i = 0; i < 80; i++) shop.grant(redeem(`R-${i}`, 1 + (i % 30), { ...order, orderId: `X-${i}` }));
    const paidOf = (i: number) => paidWithPoints(shop.account, `X-${i}`);
    expect([paidOf(0), paidOf(41), paidOf(79), paidOf(80)]).toEqual([1, 12, 20, 0]);
  });
});

describe("quotes know what points pay of the order already", () => {
  const program = programOf({ redemption: { points: 1, amount: 1, step: 10, maximumShare: 0.5 } });
  const request = { at: "2025-01-10", orderAmount: 100 };
  test("the request", () => {
    expect(redemptionQuote(program, { ...request, points: 30, alreadyPaid: 20 }).ok).toBe(true);
    const more = redemptionQuote(program, { ...request, points: 40, alreadyPaid: 20 });
    expect(more).toMatchObject({ ok: false, error: { code: "above_order_share", bound: 50 } });
    const bad = () => redemptionQuote(program, { ...request, points: 10, alreadyPaid: -1 });
    expect(bad).toThrow(/request\.alreadyPaid/);
  });
  test("the most that may be spent", () => {
    const most = (alreadyPaid: number) =>
      maximumRedemption(program, { available: 1000, orderAmount: 100, alreadyPaid }).points;
    expect([most(0), most(15), most(50), most(90)]).toEqual([50, 30, 0, 0]);
    const bad = () => maximumRedemption(program, { available: 1, orderAmount: 100, alreadyPaid: 0.5 });
    expect(bad).toThrow(/order\.alreadyPaid/);
  });
});
