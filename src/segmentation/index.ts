/**
 * Which customers are alike? Rules that say who belongs, scores and tiers by what they do, clusters that nobody named.
 *
 * - **Rules**: plain JSON, written with {@link ruleBuilder} or in a form, read by {@link parseRule}, made ready by
 *   {@link compileRule}; {@link segmentSet} answers many at once, over a log too; {@link explainRule} says why,
 *   {@link describeRule} says it in words.
 * - **Scores**: {@link rfm} by recency, frequency and money; {@link tierBy}, {@link abcClassification},
 *   {@link paretoCurve}; {@link scoreGrid} for any axes, with the customary portfolios ready.
 * - **Clusters**: {@link kMeans}, {@link chooseClusters}, {@link clusterProfiles}; {@link naturalBreaks} in one dimension.
 *
 * A **tier** is a part of the ranking of customers by a **value**, from the greatest: the top 1 %, the next 4 %. A
 * **score** says in which bin a customer falls, from 1; the **cuts** lie between the bins. A **segment** is who meets a
 * rule, or the name of the cells of scores that call for the same treatment.
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

export {
  type AbcClass,
  type AbcClassification,
  type AbcMemberColumns,
  type AbcOptions,
  abcClassification,
} from "./abc-classification.js";
export { assignClusters, type ClusterAssignmentColumns } from "./assign-clusters.js";
export {
  type CategoryRfm,
  type CategoryRfmOptions,
  type CategoryScores,
  categoryRfm,
} from "./category-rfm.js";
export {
  type ChooseClustersOptions,
  type ChooseClustersProgress,
  type ClusterChoice,
  type ClusterCountTried,
  chooseClusters,
} from "./choose-clusters.js";
export type { ClusterColumns, ClusterData } from "./cluster-data.js";
export type { ClusterProfile, ProfileBase, ProfileColumn } from "./cluster-profile.js";
export { type ClusterProfileOptions, type ClusterProfiles, clusterProfiles } from "./cluster-profiles.js";
export type { ClusterScaling, ScaledColumn } from "./cluster-scaling.js";
export {
  type GroupedCustomer,
  type GroupedCustomerColumns,
  type GroupMigration,
  type GroupMigrationColumns,
  type GroupMigrationOptions,
  type GroupMoves,
  groupMigration,
} from "./group-migration.js";
export {
  type ClusterMemberColumns,
  type ClusterModel,
  type KMeansClustering,
  type KMeansOptions,
  type KMeansProgress,
  type KMeansSettings,
  kMeans,
} from "./k-means.js";
export type { MigrationChange, MigrationFlowColumns } from "./migration-flows.js";
export {
  type NaturalBreaks,
  type NaturalBreaksOptions,
  type NaturalClass,
  naturalBreaks,
} from "./natural-breaks.js";
export {
  type ParetoCurve,
  type ParetoOptions,
  type ParetoPointColumns,
  type ParetoReach,
  paretoCurve,
} from "./pareto-curve.js";
export {
  type GridCustomer,
  type GridMemberColumns,
  type GridPlace,
  type GridPlacement,
  type PlacedCell,
  placeOnGrid,
} from "./place-on-grid.js";
export {
  fioccaImportanceGrid,
  fioccaRelationshipGrid,
  type GridCuts,
  growthShareGrid,
  type LowHighCuts,
  loyaltyProfitGrid,
  turnbullZolkiewskiGrid,
  valueRiskGrid,
} from "./portfolio-grids.js";
export { type RfmScores, rfm } from "./rfm.js";
export type { RfmEmptyScores, RfmMemberColumns, RfmSegment } from "./rfm-members.js";
export {
  type RfmMigration,
  type RfmMigrationColumns,
  rfmMigration,
  type ScoreMoves,
} from "./rfm-migration.js";
export type {
  RfmAtCut,
  RfmCuts,
  RfmLogOptions,
  RfmMethod,
  RfmMethods,
  RfmOptions,
} from "./rfm-options.js";
export { type RfmBins, rfmSegmentTable, type ScoreRange, type SegmentTableRow } from "./rfm-segment-table.js";
export {
  type RfmValueGroup,
  type RfmValueOrder,
  type RfmValueOrderOptions,
  rfmValueOrder,
} from "./rfm-value-order.js";
export type { RfmValueColumns, RfmValues } from "./rfm-values.js";
export * from "./rules/index.js";
export {
  type GridAxis,
  type GridCell,
  type LabelsByAxis,
  type ScoreGrid,
  type ScoreGridDefinition,
  scoreGrid,
} from "./score-grid.js";
export {
  checkSegmentTable,
  type FirstMatchSegmentTable,
  rPackageSegmentTable,
  type ScoreCell,
  type SegmentTable,
  type SegmentTableCheck,
  type SegmentTableRowCheck,
} from "./segment-table.js";
export { type Silhouette, type SilhouetteColumns, type SilhouetteOptions, silhouette } from "./silhouette.js";
export {
  type CustomerTier,
  type CustomerTiers,
  curryTiers,
  type TierByOptions,
  type TierMemberColumns,
  type TierOptions,
  type TierShare,
  type TierTies,
  tierBy,
} from "./tier-by.js";
export type { CutCrossing, NegativeValues } from "./value-ranking.js";
export type { ValuedCustomer, ValuedCustomerColumns } from "./valued-customers.js";
