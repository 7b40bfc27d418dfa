import { readMatrix } from "./scale-answer-matrix.js";
import { readLongAnswers } from "./scale-answer-rows.js";
import type { AnswerSelection, ReadAnswers, ScaleAnswers } from "./scale-answers.js";
import type { ReadScale } from "./scale-definition.js";

/** Reads answers in any form; throws with every one that breaks a rule. @internal */
export function readAnswers(
  answers: ScaleAnswers,
  scale: ReadScale,
  selection: AnswerSelection,
): ReadAnswers {
  const isMatrix = typeof answers === "object" && answers !== null && "respondentIds" in answers;
  return isMatrix ? readMatrix(answers, scale, selection) : readLongAnswers(answers, scale, selection);
}
