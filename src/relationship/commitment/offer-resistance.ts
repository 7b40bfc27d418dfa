import { assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { checkRows, isFiniteNumber } from "../../value/checked-rows.js";

/** What one respondent says to one offer of a competitor. */
export interface OfferAnswer {
  /** Who; once for each offer. */
  readonly respondentId: string;
  /** How much better the offer is than what they have, from 0, in any unit that all share: 0.1 for a tenth off the price. */
  readonly advantage: number;
  /** Whether they would stay; `null`: not answered. */
  readonly stays: boolean | null;
}

/** How much it takes to win customers away. */
export interface OfferResistance {
  /** Number of respondents who answered at least one offer. */
  readonly n: number;
  /** Each advantage that was offered, the smallest first. */
  readonly offers: readonly {
    /** How much better the offer is. */
    readonly advantage: number;
    /** Number of answers. */
    readonly n: number;
    /** Number of respondents who were asked and did not answer. */
    readonly unanswered: number;
    /** Part of the answers that say stay. */
    readonly stays: Rate;
    /** Of the part who stay (Wilson 1927); `null` without answers. */
    readonly interval: Interval | null;
  }[];
  /** Where half would go: `stay` is the last advantage up to which more than half stay at each, `leave` the next one; `null` beyond what was asked. */
  readonly half: { readonly stay: number | null; readonly leave: number | null };
  /** Each respondent, in the order of their first answer. */
  readonly respondents: readonly {
    /** Who. */
    readonly respondentId: string;
    /** The largest advantage that they withstand, all smaller ones withstood too; `null`: none. */
    readonly withstands: number | null;
    /** The smallest advantage for which they go; `null`: none that was asked. */
    readonly leavesAt: number | null;
    /** Whether they never leave for less and stay for more. */
    readonly isConsistent: boolean;
  }[];
  /** Number of respondents who leave for less and stay for more: they did not understand, or did not care. */
  readonly inconsistent: number;
}

/**
 * How good must a competitor's offer be before customers go?
 *
 * Answers to offers of growing advantage, each respondent to one or to several. What people say is not what they do: read it
 * beside those who left. With one offer for each respondent the offers are independent samples; with all offers for each
 * the intervals are those of single offers, not of their differences.
 *
 * @param answers - A row for each respondent and offer.
 * @param options - `confidenceLevel`.
 * @returns The part who stay by advantage, where half would go, each respondent's own threshold.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a respondent answers an offer twice, an advantage is below 0, or an answer is
 *   neither true, false nor null.
 * @example
 * ```ts
 * import { offerResistance } from "clientele";
 *
 * const says = (respondentId: string, advantage: number, stays: boolean) => ({ respondentId, advantage, stays });
 * const found = offerResistance([
 *   says("ani", 0.1, true), says("ani", 0.2, true),
 *   says("budi", 0.1, true), says("budi", 0.2, false),
 * ]);
 * found.offers.map(({ stays }) => stays.value); // => [1, 0.5]
 * found.half; // => { stay: 0.1, leave: 0.2 }
 * found.respondents[1]?.leavesAt; // => 0.2
 * ```
 */
export function offerResistance(
  answers: readonly OfferAnswer[],
  options: ConfidenceOptions = {},
): OfferResistance {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const byRespondent = answersByRespondent(answers);
  const advantages = [...new Set(answers.map(({ advantage }) => advantage + 0))].sort((a, b) => a - b);
  const counts = new Map(advantages.map((advantage) => [advantage, { stay: 0, go: 0, unanswered: 0 }]));
  for (const { advantage, stays } of answers) {
    const count = counts.get(advantage + 0);
    if (count !== undefined) count[stays === null ? "unanswered" : stays ? "stay" : "go"]++;
  }
  const offers = [...counts].map(([advantage, { stay, go, unanswered }]) => {
    const n = stay + go;
    const interval = n === 0 ? null : wilsonInterval(stay, n, { confidenceLevel });
    return { advantage, n, unanswered, stays: ratio(stay, n, "answers"), interval };
  });
  const respondents = [...byRespondent].flatMap(([respondentId, said]) => {
    const known = [...said].filter(([, stays]) => stays !== null).sort(([a], [b]) => a - b);
    return known.length === 0 ? [] : [{ respondentId, ...thresholdOf(known) }];
  });
  // An offer that nobody answered says nothing of where half would go.
  const asked = offers.filter(({ n }) => n > 0);
  const leave = asked.findIndex(({ stays }) => (stays.value ?? 0) <= 0.5);
  return {
    n: respondents.length,
    offers,
    half: {
      stay: (leave === -1 ? asked.at(-1) : asked[leave - 1])?.advantage ?? null,
      leave: leave === -1 ? null : asked[leave].advantage,
    },
    respondents,
    inconsistent: respondents.filter(({ isConsistent }) => !isConsistent).length,
  };
}

/** From answers by growing advantage. */
function thresholdOf(
  known: readonly (readonly [advantage: number, stays: boolean | null])[],
): Omit<OfferResistance["respondents"][number], "respondentId"> {
  const leaves = known.findIndex(([, stays]) => stays === false);
  const withstood = leaves === -1 ? known.at(-1) : known[leaves - 1];
  return {
    withstands: withstood?.[0] ?? null,
    leavesAt: leaves === -1 ? null : known[leaves][0],
    isConsistent: leaves === -1 || known.slice(leaves).every(([, stays]) => stays === false),
  };
}

function answersByRespondent(answers: unknown): Map<string, Map<number, boolean | null>> {
  const byRespondent = new Map<string, Map<number, boolean | null>>();
  checkRows(answers, "answers", (row, report) => {
    const { respondentId, advantage, stays } = row;
    const isId = typeof respondentId === "string" && respondentId !== "";
    const isAdvantage = isFiniteNumber(advantage) && advantage >= 0;
    const isAnswer = stays === null || typeof stays === "boolean";
    if (!isId) report("respondentId", "is not an id: text that is not empty", respondentId);
    if (!isAdvantage) report("advantage", "is not a finite number from 0 on", advantage);
    if (!isAnswer) report("stays", "is not true, false or null", stays);
    if (!isId || !isAdvantage || !isAnswer) return;
    const said = byRespondent.get(respondentId) ?? new Map<number, boolean | null>();
    if (said.has(advantage)) report("advantage", `is answered a second time by ${respondentId}`, advantage);
    byRespondent.set(respondentId, said.set(advantage, stays));
  });
  return byRespondent;
}
