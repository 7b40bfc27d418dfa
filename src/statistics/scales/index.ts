/** Multi-item scales: scores, and whether the items measure one thing. */
export type {
  ScaleAnswer,
  ScaleAnswerColumns,
  ScaleAnswerMatrix,
  ScaleAnswers,
} from "./scale-answers.js";
export type { ScaleDefinition, ScaleItem } from "./scale-definition.js";
export {
  type ScaleDimension,
  type ScaleItemStatistics,
  type ScaleScoreColumns,
  type ScaleScoreOptions,
  type ScaleScores,
  scaleScore,
} from "./scale-score.js";
