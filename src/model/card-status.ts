/**
 * How does a card stand?
 *
 * `issued`: handed out, not used yet; `active`; `blocked`: for a while; `lost`: or stolen; `replaced`: another card took its
 * place; `canceled`: for good. That a card ran out is no status: its `validUntil` says it.
 *
 * @example
 * ```ts
 * import { cardStatuses } from "clientele";
 *
 * cardStatuses.includes("blocked"); // => true
 * ```
 */
export const cardStatuses = ["issued", "active", "blocked", "lost", "replaced", "canceled"] as const;

/** How a card stands; {@link cardStatuses} lists them. */
export type CardStatus = (typeof cardStatuses)[number];

/**
 * Which status of a card may follow which?
 *
 * @example
 * ```ts
 * import { cardTransitions } from "clientele";
 *
 * cardTransitions.lost; // => ["replaced", "canceled"]
 * cardTransitions.canceled; // => []
 * ```
 */
export const cardTransitions: Readonly<Record<CardStatus, readonly CardStatus[]>> = {
  issued: ["active", "lost", "replaced", "canceled"],
  active: ["blocked", "lost", "replaced", "canceled"],
  blocked: ["active", "lost", "replaced", "canceled"],
  lost: ["replaced", "canceled"],
  replaced: [],
  canceled: [],
};
