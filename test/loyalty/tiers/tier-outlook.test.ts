import { describe, expect, test } from "vitest";
import { tierOutlook } from "../../../src/loyalty/tiers/tier-outlook.js";
import type { TierStanding } from "../../../src/loyalty/tiers/tier-standing.js";
import { tierProgram } from "./tier-program.js";

const JOINED = Date.UTC(2024, 2, 15);
const NOW = Date.UTC(2025, 5, 1);
const UNTIL = Date.UTC(2026, 0, 1);
const gold: TierStanding = { tier: "gold", since: JOINED, earned: "gold", until: UNTIL, floor: null };

describe("tierOutlook", () => {
  test("at the top there is no next level; what is counted so far decides what follows", () => {
    expect(tierOutlook(tierProgram(), gold, () => 12, NOW, JOINED)).toEqual({
      tier: "gold",
      counted: 12,
      next: null,
      until: UNTIL,
      projectedTier: "silver",
    });
    expect(tierOutlook(tierProgram(), gold, () => 100, NOW, JOINED)?.projectedTier).toBe("gold");
  });

  test("below the top, what is missing to the next one", () => {
    const silver = { ...gold, tier: "silver", earned: "silver" };
    expect(tierOutlook(tierProgram(), silver, () => 12, NOW, JOINED)).toMatchObject({
      next: { tier: "gold", missing: 88 },
      projectedTier: "silver",
    });
  });

  test("a floor has its own end", () => {
    const lifted: TierStanding = {
      tier: "gold",
      since: 0,
      earned: "bronze",
      until: null,
      floor: { tier: "gold", until: UNTIL },
    };
    expect(tierOutlook(tierProgram(), lifted, () => 3, NOW, JOINED)).toMatchObject({
      tier: "gold",
      until: UNTIL,
      projectedTier: "bronze",
    });
  });

  test("a level that cannot be lost has no end", () => {
    const bronze = { ...gold, tier: "bronze", earned: "bronze", until: null };
    expect(tierOutlook(tierProgram(), bronze, () => 3, NOW, JOINED)).toMatchObject({
      until: null,
      projectedTier: "bronze",
      next: { tier: "silver", missing: 7 },
    });
  });
});
