import type { TierPlan } from "../program/tier-plan.js";
import type { TierStanding } from "./tier-standing.js";

/** Place of a level in the plan, from 0; -1 below the lowest, and for a level that the plan no longer has. @internal */
export function tierRank(plan: TierPlan, tier: string | null): number {
  return tier === null ? -1 : plan.levels.findIndex(({ id }) => id === tier);
}

/** The highest level whose threshold a count reaches, as its place; -1 below the lowest. @internal */
export function rankOfCount(plan: TierPlan, count: number): number {
  let rank = -1;
  while (rank + 1 < plan.levels.length && count >= (plan.levels[rank + 1]?.threshold ?? Infinity)) rank++;
  return rank;
}

/** The level at a place; `null` for -1. @internal */
export function tierAtRank(plan: TierPlan, rank: number): string | null {
  return plan.levels[rank]?.id ?? null;
}

/** A standing with another earned level, floor or term; `since` moves when the level that holds changes. @internal */
export function restated(
  plan: TierPlan,
  standing: TierStanding,
  change: Partial<Pick<TierStanding, "earned" | "until" | "floor">>,
  at: number,
): TierStanding {
  const { earned, until, floor } = { ...standing, ...change };
  const lifted = floor !== null && tierRank(plan, floor.tier) > tierRank(plan, earned);
  const tier = lifted ? floor.tier : earned;
  return { tier, since: tier === standing.tier ? standing.since : at, earned, until, floor };
}

/** Whether a level can be lost at all: not one that a count of 0 gives, and none where no level is. @internal */
export function canBeLost(plan: TierPlan, rank: number): boolean {
  return plan.downgrade !== "none" && rank > rankOfCount(plan, 0);
}
