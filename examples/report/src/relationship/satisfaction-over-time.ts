import { type SatisfactionTrend, type SurveyAnswer, satisfactionTrend } from "clientele";
import type { InvitedWave, Questionnaire } from "./relationship-books.js";
import { answersIn, answersOf } from "./survey-answers.js";

/** Answers from this one on, of 10, count as satisfied. */
export const SATISFIED_FROM = 8;

/** Satisfaction wave by wave. Change is that of the customers who answered both times. */
export interface SatisfactionOverTime {
  /** Share of the satisfied. */
  readonly satisfied: SatisfactionTrend;
  /** Promoters less detractors, in points. Waves are compared by the mean answer of those who gave both. */
  readonly promoters: SatisfactionTrend;
}

/** Is satisfaction what it was? */
export function satisfactionOf(
  answers: readonly SurveyAnswer[],
  waves: readonly InvitedWave[],
  { satisfaction, recommend }: Questionnaire,
): SatisfactionOverTime {
  const series = (itemId: string) =>
    waves.map((wave) => {
      const given = answersOf(answersIn(answers, wave), itemId);
      return { waveId: wave.id, ratings: [...given.values()], respondentIds: [...given.keys()] };
    });
  return {
    satisfied: satisfactionTrend(series(satisfaction), {
      ...{ measure: "topBox", design: "paired", min: 1, max: 10, from: SATISFIED_FROM },
    }),
    promoters: satisfactionTrend(series(recommend), { measure: "nps", design: "paired" }),
  };
}
