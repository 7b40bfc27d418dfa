import { describe, expect, test } from "vitest";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import { paidWithPoints } from "../../../src/loyalty/ledger/paid-with-points.js";
import { type AccountMerge, mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import { parseLoyaltyEvents } from "../../../src/loyalty/parse-loyalty.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { checkLedger } from "../../../src/loyalty/reading/check-ledger.js";
import { keep, lotOf, openShop, programOf, remaining, type Shop, type ShopCommand } from "./shop.js";

// An account that takes another one in goes on where that one stood. A point for each unit of money.

const by = { reason: "two cards", actor: "desk" };
const merge: AccountMerge = { key: "M", transferId: "M", at: "2025-02-01", ...by };
const earn = (orderId: string, amount: number, at = "2025-01-02"): ShopCommand => ({
  type: "earn",
  at,
  orderId,
  lines: [{ lineId: "1", quantity: 4, amount }],
});
const back = (orderId: string, more = {}) =>
  ({ type: "clawBack", at: "2025-02-02", orderId, ...more }) as const;
const redeem = (redemptionId: string, points: number, at = "2025-01-03", more = {}) =>
  ({ type: "redeem", at, redemptionId, points, ...more }) as const;

function pair(change: Partial<LoyaltyProgram> = {}): readonly [Shop, Shop] {
  const program = programOf({ returnPolicy: "unlimited", ...change });
  return [openShop(program, "A", "2025-01-01"), openShop(program, "B", "2025-01-01")];
}

/** Merges the first into the second, and keeps both sides. */
function merged(from: Shop, into: Shop, command: AccountMerge = merge): void {
  const both = mergeAccounts(from.program, from.account, into.account, command);
  if (!both.ok) throw new Error(both.error.message);
  keep(from, both.value.from);
  keep(into, both.value.to);
  for (const { events, account } of [from, into]) {
    expect(checkLedger(events).fault).toBeNull();
    const read = parseLoyaltyEvents(JSON.parse(JSON.stringify(events)));
    expect(foldLoyalty(read)).toEqual(JSON.parse(JSON.stringify(account)));
  }
}

describe("orders of the account that went", () => {
  test("do not earn again, and are taken back where their points are", () => {
    const [a, b] = pair();
    b.grant(earn("O-0", 30));
    a.grant(earn("O-1", 100));
    merged(a, b);
    expect(b.refusal(earn("O-1", 100, "2025-02-02")).code).toBe("duplicate_order");
    const { outcome, events } = b.grant(back("O-1"));
    expect(outcome.points).toEqual({ points: 100 });
    // Lot 0 is of B's own order.
    expect(events[0]).toMatchObject({ allocations: [{ lot: 1, points: 100 }] });
    expect(remaining(b.account)).toEqual([30, 0]);
    expect(b.refusal(back("O-1")).code).toBe("already_returned");
  });
  test("buy, merge, refund, keep: what was spent meanwhile is owed", () => {
    const [a, b] = pair();
    a.grant(earn("O-1", 100));
    a.grant(redeem("R-1", 60));
    merged(a, b);
    expect(b.grant(back("O-1")).events[0]).toMatchObject({
      due: { points: 100 },
      allocations: [{ lot: 0, points: 40 }],
      arrears: { points: 60 },
    });
    expect(b.at("2025-02-02")).toBe(-60);
  });
  test("of a type that the account never had are owed where they were all spent before", () => {
    const [a, b] = pair({
      pointTypes: [
        { id: "points", kind: "spendable" },
        { id: "gems", kind: "spendable" },
      ],
      earnRules: [{ id: "gem", pointType: "gems", award: { per: "amount", points: 1, amount: 1 } }],
    });
    a.grant(earn("O-1", 10));
    a.grant(redeem("R-1", 10, "2025-01-03", { pointType: "gems" }));
    merged(a, b);
    expect(b.account.points.gems).toBeUndefined();
    expect(b.grant(back("O-1")).events[0]).toMatchObject({
      due: { gems: 10 },
      allocations: [],
      arrears: { gems: 10 },
    });
    expect(b.account.points.gems?.balances.arrears).toBe(-10);
  });
  test("come back in parts on both sides, which come to the whole", () => {
    const [a, b] = pair();
    a.grant(earn("O-1", 100));
    // 25.25 of 101, rounded down.
    const [own, other] = [earn("O-2", 101), { lines: [{ lineId: "1", quantity: 1 }] }];
    a.grant(own);
    expect(a.grant({ ...back("O-2", other), at: "2025-01-05" }).outcome.points).toEqual({ points: 25 });
    merged(a, b);
    expect(b.grant(back("O-2", other)).outcome.points).toEqual({ points: 25 });
    expect(b.refusal(back("O-2", { amount: 1 })).code).toBe("return_mixed");
    expect(b.grant(back("O-2")).outcome.points).toEqual({ points: 51 });
    expect(b.at("2025-02-02")).toBe(100);
  });
  test("of points that had lapsed before the merge nothing is due", () => {
    const early = { id: "early", award: { per: "amount", points: 1, amount: 2 } } as const;
    const late = { ...early, id: "late", expiry: { kind: "fixedDate", on: "2025-01-20" } } as const;
    const [a, b] = pair({ earnRules: [early, late] });
    b.grant(lotOf(500, "2025-01-01"));
    a.grant(earn("O-1", 200));
    a.grant(redeem("R-1", 40));
    merged(a, b);
    // 100 and 100 were earned; of the second 40 were spent and 60 lapsed on the 20th.
    expect(remaining(b.account)).toEqual([500, 100]);
    const half = b.grant(back("O-1", { amount: 100 })).events[0];
    expect(half).toMatchObject({ due: { points: 100 }, allocations: [{ lot: 1, points: 100 }] });
    const rest = b.grant(back("O-1")).events[0];
    expect(rest).toMatchObject({ due: { points: 40 }, allocations: [{ lot: 0, points: 40 }] });
  });
  test("an order that both had earned stays the receiving account's own", () => {
    const [a, b] = pair();
    a.grant(earn("O-1", 100));
    b.grant(earn("O-1", 70));
    merged(a, b);
    expect(b.grant(back("O-1")).outcome.points).toEqual({ points: 70 });
  });
  test("take nothing off what counts towards a level: that stayed behind", () => {
    const tiers: LoyaltyProgram["tiers"] = {
      levels: [{ id: "basic", threshold: 0 }],
      measure: { kind: "spend" },
      period: { kind: "ever" },
      downgrade: "none",
    };
    const [a, b] = pair({ tiers });
    a.grant(earn("O-1", 100));
    a.grant(back("O-1", { at: "2025-01-05", amount: 30 }));
    merged(a, b);
    const nothing = { points: {}, spend: 0, visits: 0, orders: 0 };
    expect(b.grant(back("O-1")).events[0]).toMatchObject({ due: { points: 70 }, qualifying: nothing });
  });
  test("go on to a third account, more of them than fit a list", () => {
    const [a, b] = pair();
    const c = openShop(a.program, "C", "2025-01-01");
    for (let i = 0; i < 50; i++) a.grant(earn(`O-${i}`, 10 + i));
    merged(a, b);
    for (let i = 0; i < 10; i++) b.grant(earn(`P-${i}`, 5, "2025-02-02"));
    merged(b, c, { ...merge, key: "M-2", transferId: "M-2", at: "2025-02-03" });
    expect(c.refusal(earn("O-49", 1, "2025-02-04")).code).toBe("duplicate_order");
    expect(c.refusal(earn("P-9", 1, "2025-02-04")).code).toBe("duplicate_order");
    expect(c.grant({ ...back("O-17"), at: "2025-02-04" }).outcome.points).toEqual({ points: 27 });
    expect(c.refusal(redeem("R", 1, "2025-02-04", { points: 10_000 })).code).toBe("insufficient_points");
  });
});

describe("what the account that went had counted", () => {
  test("caps and the first purchase go on", () => {
    const first = {
      id: "first",
      award: { per: "order", points: 500 },
      when: { firstPurchase: true },
    } as const;
    const capped: EarnRule = {
      id: "base",
      award: { per: "amount", points: 1, amount: 1 },
      caps: [{ points: 50, per: "day", binds: "beforeMultiplier" }],
    };
    const [a, b] = pair({ earnRules: [first, capped] });
    expect(a.grant(earn("O-1", 40, "2025-02-01T08:00:00Z")).outcome.points).toEqual({ points: 540 });
    merged(a, b, { ...merge, at: "2025-02-01T09:00:00Z" });
    expect(b.grant(earn("O-2", 40, "2025-02-01T10:00:00Z")).outcome.points).toEqual({ points: 10 });
    expect(b.grant(earn("O-3", 40, "2025-02-02")).outcome.points).toEqual({ points: 40 });
  });
  test("and what points paid of an order", () => {
    const redemption = { points: 1, amount: 1, maximumShare: 0.5 };
    const [a, b] = pair({ redemption });
    const order = { orderId: "X", orderAmount: 100 };
    a.grant(earn("O-1", 100));
    b.grant(earn("O-2", 100));
    a.grant(redeem("R-1", 40, "2025-01-03", order));
    b.grant(redeem("R-2", 5, "2025-01-03", order));
    merged(a, b);
    expect(paidWithPoints(b.account, "X")).toBe(45);
    expect(b.refusal(redeem("R-3", 6, "2025-02-02", order)).code).toBe("above_order_share");
    b.grant(redeem("R-3", 5, "2025-02-02", order));
  });
});

describe("redemptions and holds of the account that went", () => {
  const spent = () => {
    const [a, b] = pair();
    a.grant(earn("O-1", 100));
    a.grant(redeem("R-1", 40));
    a.grant({ type: "authorize", at: "2025-01-04", holdId: "H-1", points: 10 });
    a.grant({ type: "void", at: "2025-01-05", holdId: "H-1" });
    merged(a, b);
    return [a, b] as const;
  };
  test("stay where they were booked, and a reversal says where", () => {
    const [, b] = spent();
    const reversal = { type: "reverseRedemption", at: "2025-02-02", redemptionId: "R-1" } as const;
    const refusal = b.refusal(reversal);
    expect(refusal).toMatchObject({ code: "booked_before_merge", id: "R-1", standsIn: "A" });
    expect(refusal.message).toMatch(/"R-1".*"A".*"B".*adjust/);
    for (const type of ["capture", "void"] as const) {
      expect(b.refusal({ type, at: "2025-02-02", holdId: "H-1" }).code).toBe("booked_before_merge");
    }
    expect(b.refusal({ ...reversal, redemptionId: "R-9" }).code).toBe("unknown_redemption");
    const c = openShop(b.program, "C", "2025-01-01");
    merged(b, c, { ...merge, key: "M-2", transferId: "M-2", at: "2025-02-03" });
    expect(c.refusal({ ...reversal, at: "2025-02-04" })).toMatchObject({ standsIn: "A" });
  });
  test("keep their ids: the same redemption does not spend twice", () => {
    const [, b] = spent();
    expect(b.refusal(redeem("R-1", 5, "2025-02-02")).code).toBe("duplicate_redemption");
    for (const holdId of ["R-1", "H-1"]) {
      const again = { type: "authorize", at: "2025-02-02", holdId, points: 5 } as const;
      expect(b.refusal(again).code).toBe("duplicate_hold");
    }
  });
  test("the account that went says where everything is", () => {
    const [a] = spent();
    for (const command of [back("O-1"), redeem("R-2", 1, "2025-02-02")]) {
      expect(a.refusal(command)).toMatchObject({ code: "account_closed", id: "A", standsIn: "B" });
    }
    expect(a.refusal(back("O-1")).message).toMatch(/merged into "B"/);
    const closed = openShop(a.program, "C");
    closed.grant({ type: "close", at: "2025-01-02", ...by });
    expect(closed.refusal(earn("O", 1))).not.toHaveProperty("standsIn");
  });
});

describe("a merge sent again", () => {
  test("gives its answer; with another reason, actor, account or instant it is a conflict", () => {
    const [a, b] = pair();
    a.grant(earn("O-1", 100));
    merged(a, b);
    const send = (change: Partial<AccountMerge>) =>
      mergeAccounts(a.program, a.account, b.account, { ...merge, ...change });
    expect(send({ recordedAt: "2025-03-01" })).toMatchObject({
      ok: true,
      value: { from: { repeated: true } },
    });
    for (const change of [{ reason: "another" }, { actor: "somebody else" }, { at: "2025-01-31" }]) {
      expect(send(change)).toMatchObject({ ok: false, error: { code: "idempotency_conflict", id: "M" } });
    }
    const other = openShop(a.program, "C", "2025-01-01").account;
    expect(mergeAccounts(a.program, a.account, other, merge)).toMatchObject({
      error: { code: "idempotency_conflict" },
    });
    // The same fields without a reason and an actor are another command, too.
    const bare = { type: "transferOut", key: "M", transferId: "M", at: "2025-02-01", to: "B" } as const;
    expect(a.refusal(bare).code).toBe("idempotency_conflict");
  });
});

test("points that are only sent take nothing along: the order stays the sender's", () => {
  const [a, b] = pair();
  a.grant(earn("O-1", 100));
  const out = { type: "transferOut", at: "2025-02-01", transferId: "T", to: "B", points: 60 } as const;
  const [sent] = a.grant(out).events;
  const lots = sent?.type === "transferredOut" ? sent.lots : [];
  b.grant({ type: "transferIn", at: "2025-02-01", transferId: "T", from: "A", lots });
  expect(b.refusal(back("O-1")).code).toBe("unknown_order");
  expect(a.grant(back("O-1")).events[0]).toMatchObject({ due: { points: 100 }, arrears: { points: 60 } });
});
