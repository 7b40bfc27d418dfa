import { startingStanding } from "../tiers/tier-changes.js";
import { higherStanding } from "../tiers/tier-floor.js";
import { canBeLost, tierRank } from "../tiers/tier-levels.js";
import type { TierStanding } from "../tiers/tier-standing.js";
import { termEnd } from "../tiers/tier-term.js";
import type { DecisionContext, LoyaltyEventBody } from "./decision-context.js";

/**
 * The level of an account that takes in another one's: the higher one. Of a level of which only the name is known, the term
 * is as if won now.
 *
 * @internal
 */
export function mergedTier(
  { program, account, at }: DecisionContext,
  standing: TierStanding | null,
  tier: string | null,
): LoyaltyEventBody | null {
  const plan = program.tiers;
  const enrolledAt = account.enrolledAt ?? at;
  const before = account.standing ?? startingStanding(program, enrolledAt);
  if (plan === undefined || before === null || (standing === null && tier === null)) return null;
  const until = canBeLost(plan, tierRank(plan, tier)) ? termEnd(program, plan, at, enrolledAt) : null;
  const other = standing ?? { tier, since: at, earned: tier, until, floor: null };
  const after = higherStanding(program, before, other, at);
  const isSame =
    after.earned === before.earned &&
    after.until === before.until &&
    after.floor?.tier === before.floor?.tier &&
    after.floor?.until === before.floor?.until;
  if (isSame) return null;
  const from = before.tier;
  return {
    type: "tierChanged",
    postings: [],
    from,
    standing: after,
    cause: "merge",
    reason: null,
    actor: null,
  };
}
