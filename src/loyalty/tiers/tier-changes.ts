import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { TierPlan } from "../program/tier-plan.js";
import { canBeLost, rankOfCount, restated, tierAtRank, tierRank } from "./tier-levels.js";
import type { QualifyingReader, TierStanding } from "./tier-standing.js";
import {
  programDay,
  qualifyingDays,
  rollingDays,
  termAfter,
  termAt,
  termEnd,
  withGrace,
} from "./tier-term.js";

/** A change of level or of its term that has come due. */
export interface TierReview {
  /** When it came due, epoch milliseconds. */
  readonly at: number;
  /** Where the member stands from then on. */
  readonly standing: TierStanding;
  /** Whether the level fell. */
  readonly cause: "downgrade" | "renewal";
}

/**
 * Where does a new member stand?
 *
 * @param program - The programme.
 * @param at - When the member joins, epoch milliseconds.
 * @returns The level that a count of 0 gives (`null` where the lowest asks for more); `null` when there are no levels.
 * @example
 * ```ts
 * import { defineProgram, startingStanding } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 10 }],
 *     measure: { kind: "visits" },
 *     period: { kind: "ever" },
 *     downgrade: "none",
 *   },
 * });
 * startingStanding(program, 0)?.tier; // => "basic"
 * ```
 */
export function startingStanding(program: LoyaltyProgram, at: number): TierStanding | null {
  const plan = program.tiers;
  if (plan === undefined) return null;
  const tier = tierAtRank(plan, rankOfCount(plan, 0));
  return { tier, since: at, earned: tier, until: null, floor: null };
}

/**
 * Has the member risen?
 *
 * Called after each change of what is counted. A level is won as soon as the count of the term reaches its threshold, and
 * lasts to the end of its term; where the plan takes none away, for good.
 *
 * @param program - The programme.
 * @param standing - Where the member stands.
 * @param measure - Reads what the plan counts over local days.
 * @param at - When it happened, epoch milliseconds: the term that holds it is counted.
 * @param enrolledAt - When the member joined, epoch milliseconds.
 * @returns The new standing, or `null` when the level stays.
 * @example
 * ```ts
 * import { defineProgram, startingStanding, tierUpgrade } from "clientele";
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
 *     downgrade: "oneDown",
 *   },
 * });
 * const joined = Date.UTC(2024, 0, 1);
 * const start = startingStanding(program, joined);
 * const risen = start && tierUpgrade(program, start, () => 12, Date.UTC(2024, 5, 1), joined);
 * [risen?.tier, risen?.until]; // => ["gold", 1767225600000]
 * ```
 */
export function tierUpgrade(
  program: LoyaltyProgram,
  standing: TierStanding,
  measure: QualifyingReader,
  at: number,
  enrolledAt: number,
): TierStanding | null {
  const plan = program.tiers;
  if (plan === undefined) return null;
  const earned = tierRank(plan, standing.earned);
  if (earned === plan.levels.length - 1) return null;
  const rank = rankOfCount(plan, countAt(program, measure, at, enrolledAt));
  return rank > earned ? earnedStanding(program, plan, standing, rank, at, enrolledAt) : null;
}

/**
 * Has the member fallen, where the plan lets fall at once?
 *
 * Called after each change of what is counted, as {@link tierUpgrade}; with any other `downgrade` a level is kept to the
 * end of its term ({@link tierReview}).
 *
 * @param program - The programme.
 * @param standing - Where the member stands.
 * @param measure - Reads what the plan counts over local days.
 * @param at - When it happened, epoch milliseconds.
 * @param enrolledAt - When the member joined, epoch milliseconds.
 * @returns The new standing, or `null` when the level stays.
 * @example
 * ```ts
 * import { defineProgram, startingStanding, tierDrop, tierUpgrade } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "silver", threshold: 100 }],
 *     measure: { kind: "balance", pointType: "points" },
 *     period: { kind: "ever" },
 *     downgrade: "atOnce",
 *   },
 * });
 * const start = startingStanding(program, 0);
 * const silver = start && tierUpgrade(program, start, () => 100, 1, 0);
 * silver && tierDrop(program, silver, () => 50, 2, 0)?.tier; // => "basic"
 * ```
 */
export function tierDrop(
  program: LoyaltyProgram,
  standing: TierStanding,
  measure: QualifyingReader,
  at: number,
  enrolledAt: number,
): TierStanding | null {
  const plan = program.tiers;
  if (plan?.downgrade !== "atOnce") return null;
  const earned = tierRank(plan, standing.earned);
  if (!canBeLost(plan, earned)) return null;
  const rank = rankOfCount(plan, countAt(program, measure, at, enrolledAt));
  return rank < earned ? earnedStanding(program, plan, standing, rank, at, enrolledAt) : null;
}

/**
 * What has come due of a member's level: the end of its term, or of a floor given by hand?
 *
 * At the end of a term the level is renewed where the count of that term reaches it, and otherwise falls as the plan says.
 * The term that is counted is the one that has ended (with the grace after it); where a level lasts only to the end of the
 * period in which it was won, what was counted in the grace is all there is. Call again with the new standing until
 * nothing is due.
 *
 * @param program - The programme.
 * @param standing - Where the member stands.
 * @param measure - Reads what the plan counts over local days.
 * @param upTo - Now, epoch milliseconds: what is due at or before it.
 * @param enrolledAt - When the member joined, epoch milliseconds.
 * @returns The first change that is due, or `null`.
 * @example
 * ```ts
 * import { defineProgram, tierReview } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "bronze", threshold: 10 }, { id: "gold", threshold: 100 }, { id: "platinum", threshold: 1000 }],
 *     measure: { kind: "visits" },
 *     period: { kind: "calendar", unit: "year" },
 *     downgrade: "oneDown",
 *   },
 * });
 * const until = Date.UTC(2026, 0, 1);
 * const platinum = { tier: "platinum", since: 0, earned: "platinum", until, floor: null };
 * tierReview(program, platinum, () => 15, until, 0)?.standing.tier; // => "gold"
 * tierReview(program, platinum, () => 15, until - 1, 0); // => null
 * ```
 */
export function tierReview(
  program: LoyaltyProgram,
  standing: TierStanding,
  measure: QualifyingReader,
  upTo: number,
  enrolledAt: number,
): TierReview | null {
  const plan = program.tiers;
  if (plan === undefined) return null;
  const termDue = standing.until ?? Infinity;
  const floorDue = standing.floor?.until ?? Infinity;
  const at = Math.min(termDue, floorDue);
  if (at === Infinity || at > upTo) return null;
  const after =
    floorDue < termDue
      ? restated(plan, standing, { floor: null }, at)
      : reviewed(program, plan, standing, measure, at, enrolledAt);
  const fell = tierRank(plan, after.tier) < tierRank(plan, standing.tier);
  return { at, standing: after, cause: fell ? "downgrade" : "renewal" };
}

function reviewed(
  program: LoyaltyProgram,
  plan: TierPlan,
  standing: TierStanding,
  measure: QualifyingReader,
  at: number,
  enrolledAt: number,
): TierStanding {
  const { counted, next } = endedTerm(program, plan, measure, at, enrolledAt);
  const earned = tierRank(plan, standing.earned);
  const reached = rankOfCount(plan, counted);
  const rank = rankAfter(plan, earned, reached);
  const change = { earned: tierAtRank(plan, rank), until: canBeLost(plan, rank) ? next : null };
  return restated(plan, standing, change, at);
}

function rankAfter(plan: TierPlan, earned: number, reached: number): number {
  if (reached >= earned) return reached;
  if (plan.downgrade === "none") return earned;
  return plan.downgrade === "oneDown" ? Math.max(reached, earned - 1) : reached;
}

/** What was counted for a term that is over, and when the next one is. */
function endedTerm(
  program: LoyaltyProgram,
  plan: TierPlan,
  measure: QualifyingReader,
  at: number,
  enrolledAt: number,
): { readonly counted: number; readonly next: number | null } {
  const { period } = plan;
  if (period.kind === "rolling" || period.kind === "ever") {
    const days =
      period.kind === "rolling"
        ? rollingDays(program, at, period.length)
        : qualifyingDays(program, at, enrolledAt);
    const counted = days === null ? 0 : measure(days.firstDay, days.lastDay);
    return { counted, next: termEnd(program, plan, at, enrolledAt) };
  }
  const begun = termAfter(program, plan, at, enrolledAt);
  const counts = period.lasts === "periodEnd" ? begun : termAt(program, begun.start - 1, enrolledAt);
  const counted = measure(programDay(program, counts.start), programDay(program, at - 1));
  return { counted, next: withGrace(program, plan, begun.end) };
}

function countAt(program: LoyaltyProgram, measure: QualifyingReader, at: number, enrolledAt: number): number {
  const days = qualifyingDays(program, at, enrolledAt);
  return days === null ? 0 : measure(days.firstDay, days.lastDay);
}

function earnedStanding(
  program: LoyaltyProgram,
  plan: TierPlan,
  standing: TierStanding,
  rank: number,
  at: number,
  enrolledAt: number,
): TierStanding {
  const until = canBeLost(plan, rank) ? termEnd(program, plan, at, enrolledAt) : null;
  return restated(plan, standing, { earned: tierAtRank(plan, rank), until }, at);
}
