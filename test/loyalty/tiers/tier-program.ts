import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";

/** A programme of which only the levels matter: bronze from 0, silver from 10, gold from 100, by visits. */
export function tierProgram(plan: Partial<TierPlan> = {}, timeZone = "UTC"): LoyaltyProgram {
  return {
    version: 1,
    id: "club",
    currency: "EUR",
    timeZone,
    pointTypes: [{ id: "points", kind: "spendable" }],
    earnRules: [],
    earnOn: "gross",
    roundingPer: "order",
    rounding: "floor",
    burnOrder: "soonestExpiry",
    rewards: [],
    returnPolicy: "unlimited",
    reversal: { into: "originalLots" },
    lateEarns: "frozen",
    tiers: {
      levels: [
        { id: "bronze", threshold: 0 },
        { id: "silver", threshold: 10 },
        { id: "gold", threshold: 100 },
      ],
      measure: { kind: "visits" },
      period: { kind: "calendar", unit: "year" },
      downgrade: "byBalance",
      levelOfOrder: "start",
      ...plan,
    },
  };
}
