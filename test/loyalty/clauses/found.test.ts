import { expect, test } from "vitest";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { simulateLoyalty } from "../../../src/loyalty/ledger/simulate-loyalty.js";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import { openShop, programOf } from "../ledger/shop.js";

// What random histories of households and merges found.

test("a card that was never used merges into another; both accounts survive JSON, without a 0 below 0", () => {
  const opened = (id: string) =>
    simulateLoyalty(programOf(), emptyLoyaltyAccount(id), [
      { type: "enroll", key: "enrolled", at: "2025-01-01", memberId: "M" },
    ]).account;
  const merge = { key: "M", transferId: "T", at: "2025-02-01", reason: "two cards", actor: "desk" };
  const merged = mergeAccounts(programOf(), opened("A"), opened("B"), merge);
  if (!merged.ok) throw new Error(merged.error.message);
  for (const { account } of [merged.value.from, merged.value.to]) {
    expect(JSON.parse(JSON.stringify(account))).toEqual(account);
  }
});

test("who may not spend a household's points is named", () => {
  const shop = openShop(programOf({ household: { maximumMembers: 2, redeem: "owner" } }));
  shop.grant({ type: "addMember", at: "2025-01-01", memberId: "child" });
  const spend = {
    type: "redeem",
    at: "2025-01-02",
    redemptionId: "R",
    points: 1,
    memberId: "child",
  } as const;
  expect(shop.refusal(spend).message).toBe(
    '"child" does not own account "A": only its owner may spend its points',
  );
});
