/** How committed customers are: dimensions that are never added up, four marks, movement, resistance to other offers. */

export {
  type CommitmentDimension,
  type CommitmentMeaning,
  commitmentDimensions,
  commitmentMeanings,
} from "./commitment-dimension.js";
export {
  type CommitmentMark,
  type CommitmentMarks,
  type CommitmentMarksOptions,
  type CommitmentVerdict,
  commitmentVerdict,
  type MarkObjects,
} from "./commitment-marks.js";
export {
  type CommitmentChangeColumns,
  type CommitmentMovement,
  type CommitmentMovementOptions,
  commitmentMovement,
} from "./commitment-movement.js";
export {
  type CommitmentProfile,
  type CommitmentProfileOptions,
  commitmentProfile,
} from "./commitment-profile.js";
export {
  type CommitmentFromScaleOptions,
  type CommitmentScores,
  commitmentFromScale,
  type RespondentCommitment,
} from "./commitment-scores.js";
export { type OfferAnswer, type OfferResistance, offerResistance } from "./offer-resistance.js";
export {
  type MeasurementQuality,
  type ReliableChange,
  type ReliableChangeOptions,
  reliableChange,
} from "./reliable-change.js";
