import { describe, expect, test } from "vitest";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { mergeAccounts, transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import { keep, lotOf, openShop, programOf, type Shop, type ShopCommand } from "../ledger/shop.js";

// Accounts that several people share, and accounts that hand over what they have.

const by = { reason: "moved in", actor: "desk" };
const dates = (shop: Shop) =>
  accountLots(shop.account)
    .filter((lot) => lot.remaining > 0)
    .map(({ remaining, earnedAt, activeAt, expiresAt }) => ({ remaining, earnedAt, activeAt, expiresAt }));

describe("a household", () => {
  const open = (redeem: "owner" | "anyone") => {
    const shop = openShop(programOf({ household: { maximumMembers: 3, redeem } }));
    for (const memberId of ["child", "aunt"]) shop.grant({ type: "addMember", at: "2025-01-01", memberId });
    return shop;
  };
  const earn = (orderId: string, amount: number, memberId?: string) =>
    ({ type: "earn", at: "2025-01-02", orderId, lines: [{ lineId: "1", amount }], memberId }) as ShopCommand;
  const spend = (redemptionId: string, points: number, memberId?: string) =>
    ({ type: "redeem", at: "2025-01-03", redemptionId, points, memberId }) as ShopCommand;

  test("pools what its members earn, and the event says who it was", () => {
    const shop = open("anyone");
    shop.grant(earn("O-1", 10));
    shop.grant(earn("O-2", 20, "child"));
    shop.grant(earn("O-3", 30, "aunt"));
    expect(shop.refusal(earn("O-4", 1, "stranger"))).toMatchObject({ code: "not_a_member", id: "stranger" });
    expect(shop.at("2025-01-02")).toBe(60);
    const who = shop.events.flatMap((event) => (event.type === "earned" ? [event.memberId] : []));
    expect(who).toEqual(["member of A", "child", "aunt"]);
  });
  test("lets anyone or the owner alone spend the points of all", () => {
    for (const redeem of ["anyone", "owner"] as const) {
      const shop = open(redeem);
      shop.grant(earn("O-1", 50, "child"));
      if (redeem === "anyone") {
        shop.grant(spend("R-1", 40, "aunt"));
        expect(shop.events.at(-1)).toMatchObject({ type: "redeemed", memberId: "aunt" });
      } else {
        expect(shop.refusal(spend("R-1", 40, "aunt")).code).toBe("owner_only");
        shop.grant(spend("R-1", 40));
      }
      expect(shop.at("2025-01-03")).toBe(10);
    }
  });
  test("keeps the points of who leaves, who can neither earn nor spend from then on and may come back", () => {
    const shop = open("anyone");
    shop.grant(earn("O-1", 50, "child"));
    shop.grant({ type: "removeMember", at: "2025-01-03", memberId: "child" });
    expect(shop.refusal(earn("O-2", 1, "child")).code).toBe("not_a_member");
    expect(shop.refusal(spend("R-1", 1, "child")).code).toBe("not_a_member");
    expect(shop.at("2025-01-03")).toBe(50);
    shop.grant({ type: "addMember", at: "2025-01-04", memberId: "child" });
    shop.grant(spend("R-1", 50, "child"));
    expect(shop.account.memberIds).toEqual(["aunt", "child"]);
  });
});

describe("what is handed over keeps its dates", () => {
  const pair = (change = {}) => {
    const program = programOf(change);
    const [from, to] = [openShop(program, "A"), openShop(program, "B")];
    from.grant(lotOf(100, "2025-01-01", "2025-06-01"));
    from.grant(lotOf(50, "2025-01-02", null, "2025-04-01"));
    from.grant(lotOf(70, "2025-01-03"));
    return { program, from, to };
  };
  test("part of an account: the lots in burn order, each with its earning, its beginning and its lapse", () => {
    const { program, from, to } = pair();
    const sent = { key: "T", transferId: "T", at: "2025-02-01", points: 120 };
    const both = transferPoints(program, from.account, to.account, sent);
    if (!both.ok) throw new Error(both.error.message);
    keep(from, both.value.from);
    keep(to, both.value.to);
    const day = (month: number, date: number) => Date.UTC(2025, month - 1, date);
    expect(dates(to)).toEqual([
      { remaining: 100, earnedAt: day(1, 1), activeAt: day(1, 1), expiresAt: day(6, 1) },
      { remaining: 20, earnedAt: day(1, 3), activeAt: day(1, 3), expiresAt: null },
    ]);
    expect([from.at("2025-02-01"), to.at("2025-02-01"), to.at("2025-06-01")]).toEqual([50, 120, 20]);
  });
  test("a merge: every lot, those that wait too; what the one that stays owes is repaid; the other is closed", () => {
    const { program, from, to } = pair({ returnPolicy: "unlimited" });
    to.grant({ type: "earn", at: "2025-01-05", orderId: "O", lines: [{ lineId: "1", amount: 30 }] });
    to.grant({ type: "redeem", at: "2025-01-06", redemptionId: "R", points: 30 });
    to.grant({ type: "clawBack", at: "2025-01-07", orderId: "O" });
    expect(to.at("2025-01-07")).toBe(-30);
    const before = dates(from);
    const merge = { key: "M", transferId: "M", at: "2025-02-01", ...by };
    const merged = mergeAccounts(program, from.account, to.account, merge);
    if (!merged.ok) throw new Error(merged.error.message);
    keep(from, merged.value.from);
    keep(to, merged.value.to);
    // 30 of the lot that lapses first repaid what was owed.
    expect(dates(to)).toEqual(before.map((lot, i) => (i === 0 ? { ...lot, remaining: 70 } : lot)));
    expect([to.at("2025-02-01"), to.at("2025-02-01", "pending"), to.at("2025-04-01")]).toEqual([
      140, 50, 190,
    ]);
    expect(from.account.status).toBe("closed");
    expect(merged.value.from.events.at(-1)).toMatchObject({ type: "closed", ...by });
    const again = mergeAccounts(program, from.account, to.account, merge);
    expect(again).toMatchObject({ ok: true, value: { from: { events: [] }, to: { events: [] } } });
  });
  test("an account that owes hands nothing over and may not vanish in another one", () => {
    const { program, from, to } = pair({ returnPolicy: "unlimited" });
    to.grant({ type: "earn", at: "2025-01-05", orderId: "O", lines: [{ lineId: "1", amount: 30 }] });
    to.grant({ type: "redeem", at: "2025-01-06", redemptionId: "R", points: 30 });
    to.grant({ type: "clawBack", at: "2025-01-07", orderId: "O" });
    const merge = { key: "M", transferId: "M", at: "2025-02-01", ...by };
    expect(mergeAccounts(program, to.account, from.account, merge)).toMatchObject({
      error: { code: "has_arrears" },
    });
  });
});

describe("closing an account", () => {
  test("lets what is there lapse, keeps what is owed, and takes no command any more but the same again", () => {
    const shop = openShop(programOf({ returnPolicy: "unlimited" }));
    shop.grant({ type: "earn", at: "2025-01-05", orderId: "O", lines: [{ lineId: "1", amount: 30 }] });
    shop.grant({ type: "redeem", at: "2025-01-06", redemptionId: "R", points: 30 });
    shop.grant({ type: "clawBack", at: "2025-01-07", orderId: "O" });
    const close = { type: "close", key: "C", at: "2025-02-01", ...by } as const;
    const { events } = shop.grant(close);
    expect(events.at(-1)).toMatchObject({ type: "closed", ...by });
    expect([shop.at("2025-02-01"), shop.at("2025-02-01", "arrears")]).toEqual([-30, -30]);
    expect(shop.refusal(lotOf(5, "2025-02-02")).code).toBe("account_closed");
    expect(shop.refusal({ type: "reverseRedemption", at: "2025-02-02", redemptionId: "R" }).code).toBe(
      "account_closed",
    );
    expect(shop.grant(close)).toMatchObject({ repeated: true, events: [] });
  });
});
