import { describe, expect, it } from "vitest";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { estimateRedemption } from "../../../src/loyalty/liability/estimate-redemption.js";
import {
  type LiabilityRollForwardOptions,
  liabilityRollForward,
} from "../../../src/loyalty/liability/liability-roll-forward.js";
import type { CohortMovement } from "../../../src/loyalty/liability/point-movement.js";
import { pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import { pointRollForward } from "../../../src/loyalty/liability/point-roll-forward.js";
import { thrown } from "../../core/thrown.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";

const at = Date.UTC(2025, 0, 5);
const move = (kind: CohortMovement["kind"], points: number, days = 0): CohortMovement => ({
  at: at + days * 86_400_000,
  issuedAt: at,
  kind,
  points,
});
const refused = (call: () => unknown, path: string, ...named: readonly string[]) => {
  const error = thrown(call);
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
  for (const words of named) expect(error.message).toContain(words);
};
const options = { by: "month", asOf: "2025-03-01" } as const;
const proportional: LiabilityRollForwardOptions = {
  ...options,
  allocations: [{ cohort: "2025-01", amount: 1_000 }],
  estimates: [{ at: "2025-01-01", redemptionRate: 0.9 }],
};
const whenRemote: LiabilityRollForwardOptions = {
  ...options,
  allocations: proportional.allocations,
  breakage: "whenRemote",
};

describe("redemptions or lapses that came back, and had never been", () => {
  const issued = move("issued", 100);
  it.each([
    ["all that there is", [move("reversed", 50)]],
    ["beside points that are known", [issued, move("redeemed", -20, 1), move("reversed", 70, 40)]],
  ])("%s: redemptions", (_, movements) => {
    const words = ["issued in 2025-01 give back 50 more than were redeemed", '"adjusted"'] as const;
    refused(() => liabilityRollForward(movements, proportional), "movements", ...words);
    refused(() => liabilityRollForward(movements, whenRemote), "movements", ...words);
    refused(() => estimateRedemption(movements, options), "movements", ...words);
    // In points alone nothing depends on it.
    expect(pointRollForward(movements, options).periods.columns.closing.at(-1)).toBe(
      movements.length === 1 ? 50 : 150,
    );
  });
  it("lapses", () => {
    const movements = [issued, move("expired", 30, 40)];
    for (const how of [proportional, whenRemote]) {
      const words = "give back 30 more than were expired by the end of 2025-02";
      refused(() => liabilityRollForward(movements, how), "movements", words);
    }
  });
  it("what comes back in the period in which it went is no fault", () => {
    const movements = [issued, move("reversed", 30, 2), move("redeemed", -30, 1)];
    expect(liabilityRollForward(movements, proportional).periods.columns.closing).toEqual([1_000, 1_000]);
  });
});

describe("events without a programme", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2025-01-01"));
  shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "r", points: 60 });
  shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "s", points: 10 });
  const [enrolled, adjusted, first, last] = shop.events;
  it.each<[string, unknown[], string]>([
    ["one is missing", [enrolled, adjusted, last], 'event 4 of account "A" follows event 2'],
    ["the first is missing", [adjusted, first], 'event 2 of account "A" follows event 0'],
    ["one comes twice", [enrolled, adjusted, first, first], 'event 3 of account "A" follows event 3'],
    ["another version", [enrolled, { ...adjusted, version: 2 }], "is of version 2"],
    ["another type", [enrolled, { ...adjusted, type: "gifted" }], 'is of type "gifted"'],
  ])("%s", (_, events, words) => {
    refused(() => pointMovements(events as LoyaltyEvent[]), "events", words);
  });
});
