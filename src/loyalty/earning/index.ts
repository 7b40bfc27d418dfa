/**
 * What earns points, how many, and when do they lapse?
 */
export type { EarnContext, EarnedLot, EarnOrder, PointsEarned } from "./earn-order.js";
export { earnedPoints } from "./earned-points.js";
export { type PointLapse, pointExpiry, slidingExpiry } from "./point-expiry.js";
