import { describe, expect, test } from "vitest";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { simulateLoyalty } from "../../../src/loyalty/ledger/simulate-loyalty.js";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import { keep, lotOf, openShop, programOf, remaining } from "./shop.js";

const by = { reason: "asked for it", actor: "desk" };

describe("holds", () => {
  test("end by themselves; a capture that arrives after it is refused", () => {
    const shop = openShop(programOf({ holdTimeout: { days: 7 } }));
    shop.grant(lotOf(100, "2025-01-01"));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 60 });
    expect(shop.at("2025-01-08T23:59:59.999Z")).toBe(40);
    expect(shop.at("2025-01-09")).toBe(100);
    const late = { type: "capture", at: "2025-01-05", recordedAt: "2025-01-10", holdId: "H" } as const;
    expect(shop.refusal(late).code).toBe("hold_ended");
    const ended = shop.grant({ type: "expire", at: "2025-01-10" }).events[0];
    expect(ended).toMatchObject({ type: "voided", reason: "timeout", at: Date.UTC(2025, 0, 9), key: "A-4" });
  });
  test("that end as their lot lapses go back to it, and lapse with the rest of it", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(20, "2025-01-01", "2025-02-01"));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 5, until: "2025-02-01" });
    const { events } = shop.grant({ type: "expire", at: "2025-02-01" });
    expect(events.map(({ type }) => type)).toEqual(["voided", "expired"]);
    expect(shop.at("2025-02-01", "expired")).toBe(20);
    expect(shop.at("2025-02-01", "held")).toBe(0);
  });
  test("released by a capture repay what is owed", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }));
    const lines = [{ lineId: "1", amount: 100 }];
    shop.grant({ type: "earn", at: "2025-01-01", orderId: "O", lines });
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 70 });
    shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
    expect(shop.at("2025-01-03")).toBe(-70);
    shop.grant({ type: "capture", at: "2025-01-04", holdId: "H", points: 20 });
    expect(shop.at("2025-01-04")).toBe(-20);
    expect(shop.refusal({ type: "capture", at: "2025-01-04", holdId: "X" }).code).toBe("unknown_hold");
  });
});

describe("transfers", () => {
  const program = programOf();
  const pair = () => {
    const from = openShop(program, "A");
    const to = openShop(program, "B");
    from.grant(lotOf(100, "2025-01-01", "2025-03-01"));
    from.grant(lotOf(50, "2025-01-01", "2025-09-01", "2025-02-01"));
    return { from, to };
  };
  const transfer = { key: "T", transferId: "T", at: "2025-01-10", points: 70 };

  test("keep each lot's dates and conserve the total; sent again they change nothing", () => {
    const { from, to } = pair();
    const sent = transferPoints(program, from.account, to.account, transfer);
    if (!sent.ok) throw new Error(sent.error.message);
    keep(from, sent.value.from);
    keep(to, sent.value.to);
    expect([from.at("2025-01-10"), to.at("2025-01-10")]).toEqual([30, 70]);
    expect([from.at("2025-03-01"), to.at("2025-03-01")]).toEqual([50, 0]);
    const again = transferPoints(program, from.account, to.account, {
      ...transfer,
      recordedAt: "2025-02-01",
    });
    expect(again).toMatchObject({
      ok: true,
      value: { from: { events: [] }, to: { events: [], repeated: true } },
    });
    const alone = () => transferPoints(program, from.account, openShop(program, "B").account, transfer);
    expect(alone).toThrow(/both sides in one transaction/);
  });
  test("are refused to the account itself, without points, and for points that only wait", () => {
    const { from, to } = pair();
    const itself = transferPoints(program, from.account, from.account, transfer);
    expect(itself).toMatchObject({ ok: false, error: { code: "same_account" } });
    const much = transferPoints(program, from.account, to.account, { ...transfer, points: 101 });
    expect(much).toMatchObject({
      ok: false,
      error: { code: "insufficient_points", available: 100, missing: 1 },
    });
  });
  test("a merge moves pending lots too, and waits for open holds", () => {
    const { from, to } = pair();
    const merge = { key: "M", transferId: "M", at: "2025-01-10", ...by };
    from.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 10 });
    expect(mergeAccounts(program, from.account, to.account, merge)).toMatchObject({
      error: { code: "has_open_holds" },
    });
    from.grant({ type: "void", at: "2025-01-03", holdId: "H" });
    const merged = mergeAccounts(program, from.account, to.account, merge);
    if (!merged.ok) throw new Error(merged.error.message);
    keep(from, merged.value.from);
    keep(to, merged.value.to);
    expect([to.at("2025-01-10"), to.at("2025-01-10", "pending"), to.at("2025-02-01")]).toEqual([
      100, 50, 150,
    ]);
    expect(from.refusal(lotOf(1, "2025-02-02")).code).toBe("account_closed");
  });
});

describe("membership", () => {
  test("commands need an open account of the programme", () => {
    const shop = openShop(programOf());
    expect(shop.refusal({ type: "enroll", at: "2025-01-01", memberId: "M" }).code).toBe("already_enrolled");
    shop.program = programOf({ id: "other" });
    expect(shop.refusal(lotOf(5, "2025-01-01"))).toMatchObject({ code: "other_program", id: "other" });
  });
  test("a household has as many members as the programme says, the owner among them", () => {
    const shop = openShop(programOf({ household: { maximumMembers: 2, redeem: "owner" } }));
    const add = (memberId: string) => ({ type: "addMember", at: "2025-01-01", memberId }) as const;
    shop.grant(add("child"));
    expect(shop.refusal(add("child")).code).toBe("already_a_member");
    expect(shop.refusal(add("aunt"))).toMatchObject({ code: "household_full", requested: 3, limit: 2 });
    const lines = [{ lineId: "1", amount: 10 }];
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines, memberId: "child" });
    const spend = { type: "redeem", at: "2025-01-03", redemptionId: "R", points: 5 } as const;
    expect(shop.refusal({ ...spend, memberId: "child" }).code).toBe("owner_only");
    expect(shop.refusal({ ...spend, memberId: "aunt" }).code).toBe("not_a_member");
    shop.grant(spend);
    expect(shop.refusal({ type: "removeMember", at: "2025-01-04", memberId: "member of A" }).code).toBe(
      "is_owner",
    );
    shop.grant({ type: "removeMember", at: "2025-01-04", memberId: "child" });
    expect(shop.at("2025-01-04")).toBe(5);
    expect(openShop(programOf()).refusal(add("child")).code).toBe("no_household");
  });
  test("closing lets everything lapse, pending points too, and is refused with open holds", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(30, "2025-01-01"));
    shop.grant(lotOf(20, "2025-01-01", null, "2025-06-01"));
    shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 10 });
    expect(shop.refusal({ type: "close", at: "2025-01-03", ...by }).code).toBe("has_open_holds");
    shop.grant({ type: "capture", at: "2025-01-03", holdId: "H" });
    expect(shop.grant({ type: "close", at: "2025-01-04", ...by }).outcome.points).toEqual({ points: 40 });
    expect([shop.at("2025-07-01"), shop.at("2025-07-01", "expired")]).toEqual([0, 40]);
    expect(remaining(shop.account)).toEqual([0, 0]);
  });
  test("a level given by hand is a floor until its day", () => {
    const levels = [
      { id: "basic", threshold: 0 },
      { id: "gold", threshold: 1000 },
    ];
    const tiers = {
      levels,
      measure: { kind: "spend" },
      period: { kind: "ever" },
      downgrade: "none",
      levelOfOrder: "start",
    } as const;
    const shop = openShop(programOf({ tiers }));
    const set = { type: "setTier", at: "2025-01-01", tier: "gold", until: "2025-03-01", ...by } as const;
    expect(shop.refusal({ ...set, tier: "platinum" })).toMatchObject({
      code: "unknown_tier",
      id: "platinum",
    });
    shop.grant(set);
    const tierAt = (at: string) => settleLoyalty(shop.program, shop.account, at).account.standing?.tier;
    expect([tierAt("2025-02-28"), tierAt("2025-03-01")]).toEqual(["gold", "basic"]);
    shop.grant({ type: "earn", at: "2025-02-01", orderId: "O", lines: [{ lineId: "1", amount: 1000 }] });
    expect(tierAt("2025-03-01")).toBe("gold");
  });
});

test("a simulation keeps nothing and goes on after a refusal", () => {
  const shop = openShop(programOf());
  const before = JSON.stringify(shop.account);
  const simulated = simulateLoyalty(shop.program, shop.account, [
    { type: "redeem", key: "1", at: "2025-01-01", redemptionId: "R", points: 5 },
    { ...lotOf(5, "2025-01-02"), key: "2" } as Parameters<typeof simulateLoyalty>[2][number],
    { type: "redeem", key: "3", at: "2025-01-03", redemptionId: "R", points: 5 },
  ]);
  expect(simulated.outcomes.map(({ ok }) => ok)).toEqual([false, true, true]);
  expect(simulated.events).toHaveLength(2);
  expect(JSON.stringify(shop.account)).toBe(before);
});
