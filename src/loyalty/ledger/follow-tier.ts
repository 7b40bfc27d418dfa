import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { startingStanding, tierDrop, tierUpgrade } from "../tiers/tier-changes.js";
import { higherStanding } from "../tiers/tier-floor.js";
import type { LoyaltyEventBody } from "./decision-context.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import { qualifyingReader } from "./qualifying-days.js";

/**
 * The change of level that follows what was counted: up by the term of what happened or by that of now, whichever lifts
 * higher, down by that of now.
 *
 * @internal
 */
export function followTier(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  at: number,
  recordedAt: number,
): LoyaltyEventBody | null {
  const { enrolledAt } = account;
  if (program.tiers === undefined || enrolledAt === null) return null;
  // Who joined before the programme had levels begins like a new member.
  const standing = account.standing ?? startingStanding(program, enrolledAt);
  if (standing === null) return null;
  const measure = qualifyingReader(program, account);
  const then = tierUpgrade(program, standing, measure, at, enrolledAt);
  const now = at === recordedAt ? null : tierUpgrade(program, standing, measure, recordedAt, enrolledAt);
  const risen =
    then !== null && now !== null ? higherStanding(program, then, now, recordedAt) : (then ?? now);
  const after = risen ?? tierDrop(program, standing, measure, recordedAt, enrolledAt);
  if (after === null) return null;
  const cause = risen === null ? "downgrade" : "upgrade";
  return {
    type: "tierChanged",
    postings: [],
    from: account.standing?.tier ?? null,
    standing: after,
    cause,
    reason: null,
    actor: null,
  };
}
