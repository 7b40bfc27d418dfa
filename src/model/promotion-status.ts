/**
 * How does a promotion stand?
 *
 * @example
 * ```ts
 * import { promotionStatuses } from "clientele";
 *
 * promotionStatuses; // => ["draft", "planned", "running", "ended", "canceled"]
 * ```
 */
export const promotionStatuses = ["draft", "planned", "running", "ended", "canceled"] as const;

/** How a promotion stands; {@link promotionStatuses} lists them. */
export type PromotionStatus = (typeof promotionStatuses)[number];

/**
 * Which status of a promotion may follow which?
 *
 * @example
 * ```ts
 * import { promotionTransitions } from "clientele";
 *
 * promotionTransitions.running; // => ["ended", "canceled"]
 * ```
 */
export const promotionTransitions: Readonly<Record<PromotionStatus, readonly PromotionStatus[]>> = {
  draft: ["planned", "canceled"],
  planned: ["draft", "running", "canceled"],
  running: ["ended", "canceled"],
  ended: [],
  canceled: [],
};
