import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { tierReview } from "./tier-changes.js";
import { tierRank } from "./tier-levels.js";
import type { QualifyingReader, TierStanding } from "./tier-standing.js";
import { qualifyingDays } from "./tier-term.js";

/** What a member has reached, and what is missing. */
export interface TierOutlook {
  /** The level that holds. */
  readonly tier: string | null;
  /** What is counted in the current term, in the plan's measure. */
  readonly counted: number;
  /** The next level up and how much is missing to it; `null` at the top. */
  readonly next: { readonly tier: string; readonly missing: number } | null;
  /** When the level or its floor ends or is looked at, epoch milliseconds; `null` never. */
  readonly until: number | null;
  /** The level from then on if nothing more is counted. */
  readonly projectedTier: string | null;
}

/**
 * How far is a member from the next level, and what becomes of the present one?
 *
 * @param program - The programme.
 * @param standing - Where the member stands.
 * @param measure - Reads what the plan counts over local days.
 * @param at - Now, epoch milliseconds; not after `standing.until` (settle the account first).
 * @param enrolledAt - When the member joined, epoch milliseconds.
 * @returns Count, what is missing, and the level after the next review; `null` when the programme has no levels.
 * @example
 * ```ts
 * import { defineProgram, tierOutlook } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 10 }],
 *     measure: { kind: "visits" },
 *     period: { kind: "calendar", unit: "year" },
 *     downgrade: "byBalance",
 *   },
 * });
 * const basic = { tier: "basic", since: 0, earned: "basic", until: null, floor: null };
 * tierOutlook(program, basic, () => 7, Date.UTC(2024, 5, 1), 0)?.next; // => { tier: "gold", missing: 3 }
 * ```
 */
export function tierOutlook(
  program: LoyaltyProgram,
  standing: TierStanding,
  measure: QualifyingReader,
  at: number,
  enrolledAt: number,
): TierOutlook | null {
  const plan = program.tiers;
  const days = qualifyingDays(program, at, enrolledAt);
  if (plan === undefined || days === null) return null;
  const counted = measure(days.firstDay, days.lastDay);
  const above = plan.levels[tierRank(plan, standing.tier) + 1];
  // The end of a term that an earlier plan set takes nothing away where no level is lost.
  const lasting = plan.downgrade === "none" ? { ...standing, until: null } : standing;
  const due = tierReview(program, lasting, measure, Infinity, enrolledAt);
  return {
    tier: standing.tier,
    counted,
    next: above === undefined ? null : { tier: above.id, missing: Math.max(0, above.threshold - counted) },
    until: due?.at ?? null,
    projectedTier: due?.standing.tier ?? standing.tier,
  };
}
