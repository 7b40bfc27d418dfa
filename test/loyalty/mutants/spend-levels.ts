import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";

/** Silver from 50 and gold from 100 of what is spent in a calendar year. */
export const spendLevels = (more: Partial<TierPlan> = {}): TierPlan => ({
  levels: [
    { id: "basic", threshold: 0 },
    { id: "silver", threshold: 50 },
    { id: "gold", threshold: 100 },
  ],
  measure: { kind: "spend" },
  period: { kind: "calendar", unit: "year" },
  downgrade: "byBalance",
  levelOfOrder: "start",
  ...more,
});
