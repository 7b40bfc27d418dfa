import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { assertSchemeFacts, type SchemeFacts, type SchemeReward } from "./scheme-facts.js";

/** What the catalogue of a programme does not say of a reward. */
export type RewardFacts = Omit<SchemeReward, "id" | "points" | "cash">;

/** What has to be known beside the programme. */
export interface SchemeProfile
  extends Pick<
    SchemeFacts,
    "pointsPerPeriod" | "spendPerPeriod" | "periodsPerYear" | "withinPeriods" | "convenience"
  > {
  /** The member in mind looks at the catalogue just before this instant: rewards of other days are left out. */
  readonly asOf: Instant;
  /** The level of the member in mind; absent: none. */
  readonly tier?: string;
  /** By reward id: category, value, whether it is experiential. */
  readonly rewards: Readonly<Record<string, RewardFacts>>;
}

/**
 * Which facts make the value profile of a programme, for {@link schemeScores}?
 *
 * Ids, points and cash are those of the programme's catalogue: rewards that its first spendable type of point buys, on that
 * day, for a member of that level.
 *
 * @param program - The programme.
 * @param profile - The member in mind, and what each of those rewards is worth.
 * @returns The facts.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a reward is not described, or none can be had.
 * @example
 * ```ts
 * import { defineProgram, schemeFactsOf, schemeValues } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   rewards: [{ id: "mug", points: 500 }, { id: "tree", points: 200, from: "2025-12-01" }],
 * });
 * const facts = schemeFactsOf(program, {
 *   asOf: "2025-01-01",
 *   pointsPerPeriod: 200,
 *   spendPerPeriod: 200_00,
 *   periodsPerYear: 12,
 *   withinPeriods: 12,
 *   rewards: { mug: { category: "home", value: 5_00 } },
 *   convenience: { earnsByItself: true, noMinimum: true, noClaimStep: false, anyChannel: true },
 * });
 * schemeValues(facts).measures.bestRewardRate.value; // => 0.01
 * ```
 */
export function schemeFactsOf(program: LoyaltyProgram, profile: SchemeProfile): SchemeFacts {
  assertOptions(program, "a LoyaltyProgram", "program");
  assertOptions(profile, "{ asOf, pointsPerPeriod, spendPerPeriod, ..., rewards, convenience }", "profile");
  assertOptions(profile.rewards, "{ category, value } by the id of a reward", "profile.rewards");
  const { timeZone } = program;
  const asOf = epochMs(profile.asOf, "profile.asOf", timeZone);
  const first = program.pointTypes.find(({ kind }) => kind === "spendable")?.id;
  const starts = (day: string) => epochMs(day, "program.rewards", timeZone);
  const rewards = program.rewards
    .filter(
      ({ pointType = first, from, until, tiers }) =>
        pointType === first &&
        (from === undefined || starts(from) < asOf) &&
        (until === undefined || starts(until) >= asOf) &&
        (tiers === undefined || (profile.tier !== undefined && tiers.includes(profile.tier))),
    )
    .map(({ id, points, cash = 0 }): SchemeReward => {
      const path = `profile.rewards.${id}`;
      assertArgument(
        Object.hasOwn(profile.rewards, id),
        path,
        () => `${path} is missing: say what reward ${shown(id)} is worth, { category, value }`,
      );
      return { ...profile.rewards[id], id, points, cash };
    });
  const { pointsPerPeriod, spendPerPeriod, periodsPerYear, withinPeriods, convenience } = profile;
  const facts: SchemeFacts = {
    id: program.id,
    currency: program.currency,
    pointsPerPeriod,
    spendPerPeriod,
    periodsPerYear,
    withinPeriods,
    rewards,
    convenience,
  };
  assertSchemeFacts(facts, "facts");
  return facts;
}
