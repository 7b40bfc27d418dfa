import { describe, expect, test } from "vitest";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { accountTierOutlook } from "../../../src/loyalty/reading/account-tier-outlook.js";
import { openShop, programOf, type Shop } from "../ledger/shop.js";

// Downgrade "none": nobody loses a level, so that no level has an end and nothing is booked at the end of a term.

const plan = (change: Partial<TierPlan>): { tiers: TierPlan } => ({
  tiers: {
    levels: [
      { id: "basic", threshold: 0 },
      { id: "gold", threshold: 100 },
    ],
    measure: { kind: "spend" },
    period: { kind: "calendar", unit: "month" },
    downgrade: "none",
    ...change,
  },
});
function goldMember(change: Partial<TierPlan> = {}, accountId = "A"): Shop {
  const shop = openShop(programOf(plan(change)), accountId, "2024-01-15");
  const lines = [{ lineId: "1", amount: 100 }];
  shop.grant({ type: "earn", at: "2024-02-01", orderId: `O-${accountId}`, lines });
  return shop;
}
const tiersIn = (events: readonly { readonly type: string }[]) =>
  events.filter(({ type }) => type === "tierChanged").length;

describe('downgrade "none"', () => {
  test.each<[string, TierPlan["period"]]>([
    ["calendar", { kind: "calendar", unit: "month" }],
    ["calendar, to the end of the same", { kind: "calendar", unit: "month", lasts: "periodEnd" }],
    ["anniversary", { kind: "anniversary" }],
    ["rolling", { kind: "rolling", length: { months: 1 } }],
    ["ever", { kind: "ever" }],
  ])("%s: gold has no end, and five years book nothing", (_, period) => {
    const shop = goldMember({ period });
    expect(shop.account.standing).toMatchObject({ tier: "gold", until: null });
    expect(accountTierOutlook(shop.program, shop.account, { at: "2024-02-02" })).toMatchObject({
      tier: "gold",
      until: null,
      projectedTier: "gold",
    });
    const before = shop.events.length;
    shop.grant({ type: "expire", at: "2029-02-01" });
    expect(shop.events.length).toBe(before);
    expect(accountTierOutlook(shop.program, shop.account, { at: "2029-02-02" })?.tier).toBe("gold");
  });
  test("a level given by hand still ends, and the outlook says when", () => {
    const shop = openShop(programOf(plan({})), "A", "2024-01-15");
    const until = "2024-06-01";
    shop.grant({ type: "setTier", at: "2024-02-01", tier: "gold", until, reason: "trial", actor: "desk" });
    expect(accountTierOutlook(shop.program, shop.account, { at: "2024-02-02" })).toMatchObject({
      tier: "gold",
      until: Date.UTC(2024, 5, 1),
      projectedTier: "basic",
    });
  });
  test("an end that an earlier plan set is told no more, and taken away once when it comes", () => {
    const shop = goldMember({ downgrade: "byBalance" });
    expect(shop.account.standing?.until).toBe(Date.UTC(2024, 3, 1));
    shop.program = programOf(plan({}));
    expect(accountTierOutlook(shop.program, shop.account, { at: "2024-02-02" })).toMatchObject({
      until: null,
      projectedTier: "gold",
    });
    const count = tiersIn(shop.events);
    shop.grant({ type: "expire", at: "2029-02-01" });
    expect(tiersIn(shop.events)).toBe(count + 1);
    expect(shop.account.standing).toMatchObject({ tier: "gold", until: null });
  });
  test("a level that was won so is kept under a later plan too", () => {
    const shop = goldMember();
    shop.program = programOf(plan({ downgrade: "byBalance" }));
    shop.grant({ type: "expire", at: "2029-02-01" });
    expect(shop.account.standing).toMatchObject({ tier: "gold", until: null });
  });
  test("a level that a merge brings has no end", () => {
    const [gone, stays] = [goldMember({}, "A"), openShop(programOf(plan({})), "B", "2024-01-15")];
    const merge = { key: "m", transferId: "T", at: "2024-03-01", reason: "two cards", actor: "desk" };
    const merged = mergeAccounts(stays.program, gone.account, stays.account, merge);
    expect(merged.ok && merged.value.to.account.standing).toMatchObject({ tier: "gold", until: null });
  });
});
