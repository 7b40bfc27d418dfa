import {
  addDuration,
  commitmentFromScale,
  customerSummary,
  epochMs,
  retentionLink,
  type SurveyAnswer,
  scaleScore,
  surveyedValue,
  type TransactionLog,
} from "clientele";
import type { RelationshipAnalysis } from "./relationship-analysis.js";
import type { InvitedWave, Questionnaire } from "./relationship-books.js";
import { answersIn, answersOf, answersTo } from "./survey-answers.js";

/** Points of 100 for which odds are given: one more of 100 is nothing that anybody would notice. */
export const STEP = 10;

/** Did those who scored higher come back more often? Of the latest wave that is 12 months ago; `null` without one. */
export function linkOf(
  answers: readonly SurveyAnswer[],
  waves: readonly InvitedWave[],
  { satisfaction, value: items, commitment }: Questionnaire,
  log: TransactionLog,
  asOf: string,
): RelationshipAnalysis["link"] {
  const { timeZone } = log;
  const now = epochMs(asOf, "asOf", timeZone);
  const yearAfter = ({ endsAt }: InvitedWave) => addDuration(endsAt, { months: 12 }, { timeZone });
  const wave = waves.findLast((each) => yearAfter(each) <= now);
  if (wave === undefined) return null;
  const given = answersIn(answers, wave);
  const ratings = answersOf(given, satisfaction);
  const ids = [...ratings.keys()];
  const window = { start: wave.endsAt, end: yearAfter(wave) };
  const { customerId, purchases } = customerSummary(log, { asOf, window }).columns;
  const bought = new Set(customerId.filter((_, i) => (purchases[i] ?? 0) > 0));
  const worth = surveyedValue(
    answersTo(
      given,
      items.map(({ id }) => id),
    ),
    items,
    { combine: "mean", unit: "pomp" },
  ).values.columns;
  const net = new Map(worth.respondentId.map((id, i) => [id, worth.net[i] ?? null]));
  const scores = new Map(
    commitmentFromScale(
      scaleScore(
        answersTo(
          given,
          commitment.items.map(({ id }) => id),
        ),
        commitment,
      ),
    ).map((respondent) => [respondent.respondentId, respondent]),
  );
  const steps = (score: number | null | undefined) =>
    score === null || score === undefined ? null : score / STEP;
  const found = retentionLink({
    retained: ids.map((id) => bought.has(id)),
    scores: {
      satisfaction: ids.map((id) => {
        const rating = ratings.get(id) ?? null;
        return rating === null ? null : steps((100 * (rating - 1)) / 9);
      }),
      value: ids.map((id) => steps(net.get(id))),
      affective: ids.map((id) => steps(scores.get(id)?.affective)),
      calculative: ids.map((id) => steps(scores.get(id)?.calculative)),
      normative: ids.map((id) => steps(scores.get(id)?.normative)),
    },
  });
  return { wave, found };
}
