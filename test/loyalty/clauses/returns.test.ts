import { describe, expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { openShop, programOf } from "../ledger/shop.js";

// What comes back is goods, at the prices of the lines, whatever they were paid with; and what its answer says.

describe("an order of 1000, of which points paid 300: 700 are paid back for all of it", () => {
  const bought = (earnOn: LoyaltyProgram["earnOn"]) => {
    const earnRules = [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }] as const;
    const tiers: LoyaltyProgram["tiers"] = {
      levels: [{ id: "basic", threshold: 0 }],
      measure: { kind: "spend" },
      period: { kind: "ever" },
      downgrade: "none",
    };
    const shop = openShop(programOf({ earnOn, earnRules, tiers }), "A", "2025-01-01");
    const lines = [{ lineId: "1", quantity: 10, amount: 1000 }];
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines, paidWithPoints: 300 });
    return shop;
  };
  const back = { type: "clawBack", at: "2025-01-03", orderId: "O" } as const;

  test.each([
    ["netOfRedemption", 7, 700],
    ["gross", 10, 1000],
  ] as const)("%s: the goods that came back are 1000, and take all %i points", (earnOn, points, spend) => {
    const whole = { due: { points }, qualifying: { spend: -spend, orders: -1 } };
    const byAmount = bought(earnOn);
    expect(byAmount.grant({ ...back, amount: 1000 }).events[0]).toMatchObject(whole);
    const byLine = bought(earnOn).grant({ ...back, lines: [{ lineId: "1", quantity: 10 }] });
    expect(byLine.events[0]).toMatchObject(whole);
    expect(bought(earnOn).grant(back).events[0]).toMatchObject(whole);
    expect(byAmount.refusal(back).code).toBe("already_returned");
  });
  test("goods for 500 are half of it, of which 350 are paid back in money: by amount as by line", () => {
    for (const earnOn of ["gross", "netOfRedemption"] as const) {
      const byAmount = bought(earnOn).grant({ ...back, amount: 500 }).outcome;
      const byLine = bought(earnOn).grant({ ...back, lines: [{ lineId: "1", quantity: 5 }] }).outcome;
      // Half of 10, and of 7 rounded down.
      expect([byAmount.points, byLine.points]).toEqual(
        earnOn === "gross" ? [{ points: 5 }, { points: 5 }] : [{ points: 3 }, { points: 3 }],
      );
    }
  });
  test("more than the lines came to cannot come back", () => {
    const shop = bought("netOfRedemption");
    expect(shop.refusal({ ...back, amount: 1001 })).toMatchObject({
      code: "return_exceeds_order",
      limit: 1000,
    });
  });
});

describe("the answer to a return of 10 points, of which 5 were spent", () => {
  const returned = (returnPolicy: LoyaltyProgram["returnPolicy"]) => {
    const shop = openShop(programOf({ returnPolicy }), "A", "2025-01-01");
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines: [{ lineId: "1", amount: 10 }] });
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R", points: 5 });
    const command = { type: "clawBack", key: "K", at: "2025-01-04", orderId: "O" } as const;
    const first = shop.grant(command).outcome;
    expect(shop.grant({ ...command, recordedAt: "2025-02-01" })).toMatchObject({
      repeated: true,
      outcome: first,
    });
    return { ...first, balance: shop.at("2025-01-04") };
  };
  test.each([
    ["withinBalance", 5, 5, 0],
    ["unlimited", 10, 0, -5],
    // Points that count already stay where they are.
    ["onlyPending", 0, 10, 5],
  ] as const)("%s: %i taken back, %i let go, balance %i", (policy, taken, unrecovered, balance) => {
    const outcome = returned(policy);
    expect(outcome).toMatchObject({ points: { points: taken }, due: { points: 10 }, balance });
    expect(outcome.unrecovered).toEqual(unrecovered === 0 ? {} : { points: unrecovered });
  });
  test("no other answer speaks of what was due", () => {
    const shop = openShop(programOf());
    const { outcome } = shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines: [] });
    expect(Object.keys(outcome)).toEqual(["type", "seq", "points", "amount", "cash"]);
  });
});
