/**
 * Which customers are alike? Tiers by what they bring, and segments by how recently, how often and for how much they buy.
 *
 * A **tier** is a part of the ranking of customers by a **value**, from the greatest: the top 1 %, the next 4 %. A
 * **score** says in which bin a customer falls, from 1; the **cuts** lie between the bins. A **segment** is the name of
 * the cells of recency and frequency scores that call for the same treatment.
 *
 * ```ts
 * import { rfm, tierBy } from "clientele";
 *
 * const customers = [1, 2, 3, 4, 5].map((i) => ({ customerId: `c${i}`, recency: 60 - 10 * i, frequency: i, monetary: 2 ** i }));
 * const tiers = tierBy(customers.map(({ customerId, monetary }) => ({ customerId, value: monetary })));
 * tiers.members.columns.tier; // => ["top", "small", "small", "small", "small"]
 * const scores = rfm(customers);
 * scores.members.columns.code; // => ["1-1-1", "2-2-2", "3-3-3", "4-4-4", "5-5-5"]
 * scores.segments.filter((segment) => segment.name === "Champions")[0]?.customers; // => 1
 * ```
 *
 * @module
 */
export { type RfmCuts, type RfmLogOptions, type RfmOptions, type RfmScores, rfm } from "./rfm.js";
export type { RfmMemberColumns, RfmSegment } from "./rfm-members.js";
export { type RfmBins, type RfmSegmentRule, rfmSegmentGrid, type ScoreRange } from "./rfm-segment-grid.js";
export type { RfmValues } from "./rfm-values.js";
export {
  type CustomerTier,
  type CustomerTiers,
  curryTiers,
  type TierMemberColumns,
  type TierOptions,
  type TierShare,
  type TierTies,
  tierBy,
} from "./tier-by.js";
export type { ValuedCustomer, ValuedCustomerColumns } from "./valued-customers.js";
