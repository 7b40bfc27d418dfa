/** All that is known of what holds a customer in one record, where it contradicts itself, and whether it goes with staying. */
export type { HealthEvidence, HealthFigureId, UnjudgedFlag } from "./health-condition.js";
export type { RelationshipCuts, RelationshipFlagCode } from "./health-rules.js";
export {
  type FigureBounds,
  type FigureSource,
  type ProfileFigure,
  type ProfileFigureId,
  profileFigureIds,
} from "./profile-figure.js";
export {
  type RelationshipFlag,
  type RelationshipHealth,
  relationshipHealth,
} from "./relationship-health.js";
export type {
  RelationshipInput,
  RelationshipProfileOptions,
  RelationshipProfit,
} from "./relationship-input.js";
export { type RelationshipProfile, relationshipProfile } from "./relationship-profile.js";
export {
  type RetentionLink,
  type RetentionLinkData,
  retentionLink,
  type ScoreLink,
} from "./retention-link.js";
