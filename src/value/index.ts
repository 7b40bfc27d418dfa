/**
 * What do customers get for what they give, and do they get more from us than from others?
 *
 * - **Worth**: {@link customerValue} weighs benefits against sacrifices in points, {@link customerValueInMoney} in money;
 *   {@link economicValue} starts from the next best alternative. {@link surveyedValue} averages over respondents,
 *   {@link selfReportedValue} takes each one's own items. {@link weightSensitivity} and {@link breakEvenWeights} say how firm it is.
 * - **Relative value**: {@link customerValueAnalysis}, {@link valueMap}, {@link worthItRatio}, {@link improvementPriorities},
 *   {@link segmentPropositions}.
 * - **Satisfaction**: {@link csat}, {@link nps}, {@link disconfirmation}, {@link importancePerformance}; {@link itemRatings} makes of stored
 *   answers the lists that they take.
 *
 * A **benefit** is what is got, a **sacrifice** what is given up: both are scored by their size, and may have any names;
 * {@link benefitKinds} and {@link sacrificeKinds} are those of the literature. **POMP** is percent of the maximum possible, on which
 * different scales can be mixed.
 *
 * ```ts
 * import { customerValue, customerValueAnalysis } from "clientele";
 *
 * const value = customerValue({
 *   benefits: [{ id: "product", score: 8, weight: 5 }, { id: "service", score: 6, weight: 3 }],
 *   sacrifices: [{ id: "monetary", score: 7, weight: 4 }],
 * });
 * value.net; // => 30
 * const quality = [{ id: "reliability", weight: 1, ours: 9, theirs: 6 }];
 * const price = [{ id: "price", weight: 1, ours: 6, theirs: 8 }];
 * customerValueAnalysis({ quality, price, qualityWeight: 0.5, priceWeight: 0.5 }).value; // => 1.125
 * ```
 *
 * @module
 */
export type { ValueScale } from "./checked-rows.js";
export * from "./relative/index.js";
export * from "./satisfaction/index.js";
export * from "./worth/index.js";
