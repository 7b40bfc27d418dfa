/**
 * Levels of membership: who rises, until when a level lasts, who falls, and what is missing to the next one.
 */
export { startingStanding, type TierReview, tierDrop, tierReview, tierUpgrade } from "./tier-changes.js";
export { higherStanding, withTierFloor } from "./tier-floor.js";
export { type TierOutlook, tierOutlook } from "./tier-outlook.js";
export type { QualifyingActivity, QualifyingReader, TierStanding } from "./tier-standing.js";
export { qualifyingDays } from "./tier-term.js";
