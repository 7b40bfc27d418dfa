import { describe, expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, type ShopCommand } from "../ledger/shop.js";

// What the programme says of spending, through the ledger: a refusal leaves no trace (the shop sees to that), a grant books
// the points and keeps in the event what they paid.

function shopOf(more: Partial<LoyaltyProgram>) {
  const shop = openShop(programOf(more));
  shop.grant(lotOf(5_000, "2025-01-01"));
  return shop;
}
let count = 0;
const redeem = (more: object) =>
  ({ type: "redeem", at: "2025-01-02", redemptionId: `R-${count++}`, ...more }) as ShopCommand;

const redemption = { points: 10, amount: 3, minimumPoints: 500, step: 50, maximumShare: 0.5 };
/** What breaks each of its rules, and how a refusal says so. */
const broken = [
  ["below the least", { points: 450, orderAmount: 10_000 }, { code: "below_minimum", bound: 500 }],
  ["no step", { points: 501, orderAmount: 10_000 }, { code: "not_a_step", bound: 50 }],
  [
    "more than half of the order",
    { points: 550, orderAmount: 329 },
    { code: "above_order_share", bound: 164 },
  ],
  [
    "more than there is",
    { points: 5_050, orderAmount: 10_000 },
    { code: "insufficient_points", missing: 50 },
  ],
] as const;

describe("points as payment", () => {
  test.each(broken)("%s is refused, and says by how much", (_, asked, refusal) => {
    expect(shopOf({ redemption }).refusal(redeem(asked))).toMatchObject(refusal);
  });
  test("what is granted keeps what it paid: 550 points at 3 for 10 pay 1.65, half of 3.30", () => {
    const shop = shopOf({ redemption });
    const { events, outcome } = shop.grant(redeem({ points: 550, orderAmount: 330, orderId: "O" }));
    expect(events[0]).toMatchObject({ type: "redeemed", points: 550, amount: 165, cash: 0, orderId: "O" });
    expect(outcome).toMatchObject({ points: { points: 550 }, amount: 165 });
    expect(shop.at("2025-01-02")).toBe(4_450);
  });
  test("a share of an order without the order is a mistake", () => {
    expect(() => shopOf({ redemption }).send(redeem({ points: 500 }))).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "command.orderAmount" }),
    );
  });
});

describe("a hold is held against the same rules as the redemption that it becomes", () => {
  const hold = (more: object) =>
    ({ type: "authorize", at: "2025-01-02", holdId: "H", ...more }) as ShopCommand;
  test.each(broken)("%s", (_, asked, refusal) => {
    expect(shopOf({ redemption }).refusal(hold(asked))).toMatchObject(refusal);
  });
  test("granted, it may be captured in part, though that is below the least: less was delivered", () => {
    const shop = shopOf({ redemption });
    shop.grant(hold({ points: 550, orderAmount: 330 }));
    shop.grant({ type: "capture", at: "2025-01-03", holdId: "H", points: 120 });
    expect([shop.at("2025-01-03"), shop.at("2025-01-03", "redeemed")]).toEqual([4_880, 120]);
  });
  test("a share of an order without the order is a mistake, and so is half a minor unit", () => {
    for (const more of [{}, { orderAmount: 0.5 }]) {
      expect(() => shopOf({ redemption }).send(hold({ points: 500, ...more }))).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", path: "command.orderAmount" }),
      );
    }
  });
});

describe("rewards of the catalogue", () => {
  const catalogue: Partial<LoyaltyProgram> = {
    pointTypes: [
      { id: "points", kind: "spendable" },
      { id: "miles", kind: "spendable" },
    ],
    rewards: [
      { id: "mug", points: 300, cash: 2_50 },
      { id: "seat", points: 10, pointType: "miles" },
      { id: "spring", points: 1, from: "2025-03-01", until: "2025-06-01" },
      { id: "lounge", points: 1, tiers: ["gold"] },
    ],
    tiers: {
      levels: [
        { id: "basic", threshold: 0 },
        { id: "gold", threshold: 1_000 },
      ],
      measure: { kind: "spend" },
      period: { kind: "ever" },
      downgrade: "none",
    },
  };
  test("points and cash: the points are taken, the cash is kept in the event", () => {
    const shop = shopOf(catalogue);
    const { events, outcome } = shop.grant(redeem({ rewardId: "mug" }));
    expect(events[0]).toMatchObject({ rewardId: "mug", points: 300, amount: null, cash: 2_50 });
    expect(outcome).toMatchObject({ amount: null, cash: 2_50 });
    expect(shop.at("2025-01-02")).toBe(4_700);
  });
  test("a reward in miles is not paid with points", () => {
    const shop = shopOf(catalogue);
    expect(shop.refusal(redeem({ rewardId: "seat", pointType: "points" })).code).toBe("reward_not_available");
    expect(shop.refusal(redeem({ rewardId: "seat" }))).toMatchObject({
      code: "insufficient_points",
      pointType: "miles",
      requested: 10,
    });
    shop.grant({ ...lotOf(10, "2025-01-01"), pointType: "miles" } as ShopCommand);
    shop.grant(redeem({ rewardId: "seat" }));
    expect([shop.at("2025-01-02"), shop.at("2025-01-02", "available", "miles")]).toEqual([5_000, 0]);
  });
  test("in its days by when it happened, and for its levels", () => {
    const shop = shopOf(catalogue);
    const spring = (at: string) => redeem({ rewardId: "spring", at, recordedAt: "2025-06-10" });
    expect(shop.refusal(spring("2025-06-01")).code).toBe("reward_not_available");
    shop.grant(spring("2025-05-31T23:59:59Z"));
    const lounge = { rewardId: "lounge", at: "2025-06-10" };
    expect(shop.refusal(redeem(lounge)).code).toBe("reward_not_available");
    shop.grant({ type: "earn", at: "2025-06-10", orderId: "O", lines: [{ lineId: "1", amount: 1_000 }] });
    shop.grant(redeem(lounge));
    expect(shop.refusal(redeem({ ...lounge, rewardId: "yacht" })).code).toBe("unknown_reward");
  });
});

describe("undone redemptions", () => {
  const reversal = (points?: number) =>
    ({ type: "reverseRedemption", at: "2025-02-01", redemptionId: "R", points }) as ShopCommand;
  test("in parts, no more than was spent, and once", () => {
    const shop = shopOf({});
    shop.grant({ ...redeem({ points: 100 }), redemptionId: "R" } as ShopCommand);
    expect(shop.refusal(reversal(101)).code).toBe("reversal_exceeds_redemption");
    shop.grant(reversal(30));
    expect(shop.refusal(reversal(71)).code).toBe("reversal_exceeds_redemption");
    shop.grant(reversal());
    expect(shop.refusal(reversal()).code).toBe("already_reversed");
    expect([shop.at("2025-02-01"), shop.at("2025-02-01", "redeemed")]).toEqual([5_000, 0]);
  });
  test("into a new lot that lapses as if earned then", () => {
    const expiry = { kind: "afterEarn", after: { months: 1 } } as const;
    const shop = openShop(
      programOf({ reversal: { into: "newLot" }, pointTypes: [{ id: "points", kind: "spendable", expiry }] }),
    );
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "O", lines: [{ lineId: "1", amount: 100 }] });
    shop.grant({ ...redeem({ points: 60, at: "2025-01-11" }), redemptionId: "R" } as ShopCommand);
    shop.grant(reversal());
    expect([shop.at("2025-02-09"), shop.at("2025-02-10"), shop.at("2025-03-01")]).toEqual([100, 60, 0]);
  });
});
