import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { assertReward, assertSchemeFacts, type SchemeFacts, type SchemeReward } from "./scheme-facts.js";

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
  /** The level of the member in mind, one of the programme's; absent: none. */
  readonly tier?: string;
  /** By the id of a reward of the programme: category, value, whether it is experiential. */
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
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a reward is not described, none can be had, or the profile names a
 * reward or a level that the programme does not have.
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
  assertProgram(program);
  assertOptions(profile, "{ asOf, pointsPerPeriod, spendPerPeriod, ..., rewards, convenience }", "profile");
  assertOptions(profile.rewards, "{ category, value } by the id of a reward", "profile.rewards");
  const { timeZone } = program;
  if (profile.tier !== undefined) {
    const levels = program.tiers?.levels.map(({ id }) => id) ?? [];
    assertArgument(
      levels.includes(profile.tier),
      "profile.tier",
      () =>
        `profile.tier is ${shown(profile.tier)}, no level of program ${shown(program.id)}: ${levels.length === 0 ? "it has none, leave it out" : `pass one of ${levels.map(shown).join(", ")}`}`,
    );
  }
  for (const id of Object.keys(profile.rewards)) {
    assertArgument(
      program.rewards.some((reward) => reward.id === id),
      `profile.rewards.${id}`,
      () => `profile.rewards.${id} is no reward of program ${shown(program.id)}: name one of its catalogue`,
    );
  }
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
    .map(({ id, points, cash = 0 }) => {
      const path = `profile.rewards.${id}`;
      assertArgument(
        Object.hasOwn(profile.rewards, id),
        path,
        () => `${path} is missing: say what reward ${shown(id)} is worth, { category, value }`,
      );
      const reward: SchemeReward = { ...profile.rewards[id], id, points, cash };
      assertReward(reward, path);
      return reward;
    });
  assertArgument(
    rewards.length > 0,
    "program.rewards",
    () =>
      `program ${shown(program.id)} has no reward that this member could have then: pass another asOf or tier`,
  );
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
  assertSchemeFacts(facts, "profile");
  return facts;
}
