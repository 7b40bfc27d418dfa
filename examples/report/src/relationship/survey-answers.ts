import type { SurveyAnswer } from "clientele";

/** The answers of one wave. */
export function answersIn(answers: readonly SurveyAnswer[], { id }: { readonly id: string }): SurveyAnswer[] {
  return answers.filter(({ waveId }) => waveId === id);
}

/** The answers to these items. */
export function answersTo(answers: readonly SurveyAnswer[], itemIds: readonly string[]): SurveyAnswer[] {
  const asked = new Set(itemIds);
  return answers.filter(({ itemId }) => asked.has(itemId));
}

/** The answers to one item by respondent; `null`: left open. */
export function answersOf(answers: readonly SurveyAnswer[], itemId: string): Map<string, number | null> {
  return new Map(
    answers.flatMap((answer) => (answer.itemId === itemId ? [[answer.respondentId, answer.value]] : [])),
  );
}

/** Ratings of items beside the judgment of the whole, respondent by respondent. */
export function ratingsOf(answers: readonly SurveyAnswer[], itemIds: readonly string[], whole: string) {
  const columns = itemIds.map((id) => answersOf(answers, id));
  const overall = answersOf(answers, whole);
  const respondentIds = [...overall.keys()];
  return {
    respondentIds,
    overall: respondentIds.map((id) => overall.get(id) ?? null),
    values: respondentIds.flatMap((id) => columns.map((column) => column.get(id) ?? null)),
  };
}
