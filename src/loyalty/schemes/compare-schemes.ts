import { assertArgument, assertArray, shown } from "../../core/assert.js";
import { assertSchemeFacts, type SchemeFacts } from "./scheme-facts.js";
import {
  assertScoreOptions,
  type SchemeScoreOptions,
  type SchemeScores,
  scoredScheme,
} from "./scheme-scores.js";
import { type SchemeValueName, schemeValueNames } from "./scheme-values.js";

/** Where a scheme stands among others. */
export interface ComparedScheme extends SchemeScores {
  /** 1 for the best overall; equal ones share the rank, the next one skips; `null` where the overall score is. */
  readonly rank: number | null;
  /** In each of the five ways, how far below the best score; `null` where its own is. */
  readonly behind: Readonly<Record<SchemeValueName, number | null>>;
}

/** Schemes beside each other. */
export interface SchemeComparison {
  /** By rank; those of one rank as they were passed, those without one last. */
  readonly schemes: readonly ComparedScheme[];
  /** In each of the five ways, the schemes with the best score; none where no scheme has one. */
  readonly best: Readonly<Record<SchemeValueName, readonly string[]>>;
}

/**
 * Which of these schemes is worth most to members, and where is each ahead or behind?
 *
 * The measures are shares and counts, so schemes in different currencies compare; state the same member for each.
 *
 * @param schemes - At least one, each once.
 * @param options - As for {@link schemeScores}.
 * @returns The scores of each, ranked by the weighted mean.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link schemeScores}, and when a scheme comes twice.
 * @example
 * ```ts
 * import { compareSchemes } from "clientele";
 *
 * const convenience = { earnsByItself: true, noMinimum: true, noClaimStep: true, anyChannel: true };
 * const member = { currency: "EUR", pointsPerPeriod: 100, spendPerPeriod: 100_00, periodsPerYear: 12, withinPeriods: 12 };
 * const ours = { id: "ours", ...member, convenience, rewards: [{ id: "a", category: "x", points: 500, value: 5_00 }] };
 * const theirs = { id: "theirs", ...member, convenience, rewards: [{ id: "b", category: "x", points: 500, value: 10_00 }] };
 * const { schemes, best } = compareSchemes([ours, theirs], {
 *   scale: {
 *     cash: { measure: "bestRewardRate", cuts: [0.02] },
 *     redemption: { measure: "rewardsInReach", cuts: [2] },
 *     aspirational: { measure: "experientialShare", cuts: [0.1] },
 *     relevance: { measure: "periodsToFirstReward", cuts: [6] },
 *     convenience: { measure: "convenienceShare", cuts: [0.5] },
 *   },
 * });
 * schemes.map(({ schemeId, rank }) => `${rank} ${schemeId}`); // => ["1 theirs", "2 ours"]
 * best.cash; // => ["theirs"]
 * ```
 */
export function compareSchemes(
  schemes: readonly SchemeFacts[],
  options: SchemeScoreOptions,
): SchemeComparison {
  assertArray(schemes, "schemes");
  assertArgument(schemes.length > 0, "schemes", () => "schemes is empty: pass at least one scheme");
  assertScoreOptions(options);
  const seen = new Set<string>();
  for (const [i, facts] of schemes.entries()) {
    assertSchemeFacts(facts, `schemes[${i}]`);
    assertArgument(
      !seen.has(facts.id),
      `schemes[${i}].id`,
      () => `schemes[${i}].id is ${shown(facts.id)}, as that of an earlier one: pass each scheme once`,
    );
    seen.add(facts.id);
  }
  const all = schemes.map((facts) => scoredScheme(facts, options));
  const highest = byValue((name) => Math.max(...all.map(({ scores }) => scores[name].score ?? 0)));
  const overall = (one: SchemeScores) => one.overall.value;
  const compared = all.map((one) => {
    const own = overall(one);
    return {
      ...one,
      rank: own === null ? null : 1 + all.filter((other) => (overall(other) ?? 0) > own).length,
      behind: byValue((name) => {
        const { score } = one.scores[name];
        return score === null ? null : highest[name] - score;
      }),
    };
  });
  return {
    schemes: compared.sort(
      (a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER),
    ),
    best: byValue((name) =>
      all
        .filter(({ scores }) => scores[name].score !== null && scores[name].score === highest[name])
        .map(({ schemeId }) => schemeId),
    ),
  };
}

function byValue<T>(read: (name: SchemeValueName) => T): Record<SchemeValueName, T> {
  return Object.fromEntries(schemeValueNames.map((name) => [name, read(name)])) as Record<SchemeValueName, T>;
}
