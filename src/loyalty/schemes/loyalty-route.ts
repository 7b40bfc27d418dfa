/**
 * By which routes is loyalty built?
 *
 * `continuity`: a programme that keeps members coming back; `oneToOne`: each customer is treated as one; `partnering`: others
 * serve our members too (co-marketing).
 *
 * @example
 * ```ts
 * import { loyaltyRoutes } from "clientele";
 *
 * loyaltyRoutes; // => ["continuity", "oneToOne", "partnering"]
 * ```
 */
export const loyaltyRoutes = ["continuity", "oneToOne", "partnering"] as const;

/** A route to loyalty; {@link loyaltyRoutes} lists them. */
export type LoyaltyRoute = (typeof loyaltyRoutes)[number];

/**
 * By which deeds is a customer treated as one?
 *
 * @example
 * ```ts
 * import { oneToOneDeeds } from "clientele";
 *
 * oneToOneDeeds; // => ["greeting", "ownComplaintHandling", "invitation", "birthdayCard"]
 * ```
 */
export const oneToOneDeeds = ["greeting", "ownComplaintHandling", "invitation", "birthdayCard"] as const;

/** A deed of one-to-one marketing; {@link oneToOneDeeds} lists them. */
export type OneToOneDeed = (typeof oneToOneDeeds)[number];

/**
 * On which route is a means of a scheme?
 *
 * @example
 * ```ts
 * import { routeMeans } from "clientele";
 *
 * routeMeans.partnering; // => ["memberDiscountAtPartner", "earnAtPartner", "burnAtPartner", "coBrandedCard"]
 * ```
 */
export const routeMeans = {
  continuity: ["points", "tiers", "collection", "memberDiscount", "membershipCard"],
  oneToOne: oneToOneDeeds,
  partnering: ["memberDiscountAtPartner", "earnAtPartner", "burnAtPartner", "coBrandedCard"],
} as const satisfies Readonly<Record<LoyaltyRoute, readonly string[]>>;
