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
  type GroupFlow,
  type GroupMigration,
  type GroupMigrationColumns,
  type GroupMigrationOptions,
  groupMigration,
} from "./group-migration.js";
export {
  type ClusterModel,
  type KMeansClustering,
  type KMeansOptions,
  type KMeansProgress,
  type KMeansSettings,
  kMeans,
} from "./k-means.js";
export { type NaturalBreaks, type NaturalClass, naturalBreaks } from "./natural-breaks.js";
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
export { type RfmBins, type RfmSegmentRule, rfmSegmentGrid, type ScoreRange } from "./rfm-segment-grid.js";
export {
  type RfmValueGroup,
  type RfmValueOrder,
  type RfmValueOrderOptions,
  rfmValueOrder,
} from "./rfm-value-order.js";
export type { RfmValues } from "./rfm-values.js";
export type { RuleVocabulary } from "./rules/check-rule.js";
export { compileRule } from "./rules/compile-rule.js";
export type {
  CompiledRule,
  CompileRuleOptions,
  CustomerEvents,
  SelectedCustomers,
} from "./rules/compiled-rule.js";
export type { CustomOperator, CustomOperators } from "./rules/custom-operator.js";
export type {
  CustomerSegments,
  SegmentUpdate,
} from "./rules/customer-segments.js";
export { type DescribeRuleOptions, describeRule } from "./rules/describe-rule.js";
export { transactionEventFields } from "./rules/event-columns.js";
export {
  type ExplainedRule,
  explainRule,
  type RuleExplained,
  type RuleExplanation,
} from "./rules/explain-rule.js";
export type { RuleRequirement } from "./rules/explained-leaf.js";
export { type JsonLogicRule, toJsonLogic } from "./rules/json-logic-export.js";
export { fromJsonLogic } from "./rules/json-logic-import.js";
export { migrateRule, type ParseRuleOptions, parseRule, ruleProblems } from "./rules/parse-rule.js";
export {
  type QueryBuilderGroup,
  type QueryBuilderRule,
  toQueryBuilder,
} from "./rules/query-builder-export.js";
export { fromQueryBuilder, type ImportRuleOptions } from "./rules/query-builder-import.js";
export type { ReadableRuleOptions } from "./rules/readable-rule.js";
export type {
  CombinedRule,
  EventRule,
  FieldRule,
  RuleComparison,
  RuleDocument,
  RuleEvents,
  RuleStep,
  RuleValue,
  RuleWindow,
  SegmentRule,
} from "./rules/rule.js";
export { type RuleBuilder, ruleBuilder } from "./rules/rule-builder.js";
export { type LeafChange, type RuleChange, type RuleSituation, ruleChange } from "./rules/rule-change.js";
export type { RuleClockOptions } from "./rules/rule-clock.js";
export type {
  DictionaryColumn,
  NumberColumn,
  RuleColumn,
  RuleColumnInput,
  RuleColumns,
} from "./rules/rule-columns.js";
export type {
  BooleanConditions,
  EventConditions,
  EventStep,
  FieldConditions,
  FieldReader,
  FieldsOfType,
  InstantComparisons,
  InstantConditions,
  ListConditions,
  NumberComparisons,
  NumberConditions,
  Presence,
  SingleFields,
  TextConditions,
  TextMatchOptions,
} from "./rules/rule-conditions.js";
export {
  type RuleField,
  type RuleFieldMap,
  type RuleFields,
  type RuleFieldType,
  type RuleLabel,
  ruleFields,
} from "./rules/rule-fields.js";
export { ruleFieldsFromSchema, type SchemaRuleFields } from "./rules/rule-fields-from-schema.js";
export type { RuleFieldsOf } from "./rules/rule-fields-of.js";
export { ruleJsonSchema } from "./rules/rule-json-schema.js";
export type { RuleLimits } from "./rules/rule-limits.js";
export type { RuleProblem } from "./rules/rule-problem.js";
export type { RuleRefusal } from "./rules/rule-refusal.js";
export type {
  SegmentAssignmentColumns,
  SegmentMemberColumns,
  SegmentMembership,
  SegmentSize,
} from "./rules/segment-membership.js";
export {
  type SegmentFlowColumns,
  type SegmentMigration,
  type SegmentMoveColumns,
  type SegmentMoves,
  segmentMigration,
} from "./rules/segment-migration.js";
export type { SegmentOverlap } from "./rules/segment-overlap.js";
export { type SegmentSet, type SegmentSetOptions, segmentSet } from "./rules/segment-set.js";
export { type SelectRowsOptions, selectRows } from "./rules/select-rows.js";
export type { SegmentSetInput } from "./rules/set-answers.js";
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
  rPackageSegments,
  type ScoreCell,
  type SegmentTable,
  type SegmentTableCheck,
  type SegmentTableRow,
} from "./segment-table.js";
export { type Silhouette, type SilhouetteColumns, type SilhouetteOptions, silhouette } from "./silhouette.js";
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
export type { NegativeValues } from "./value-ranking.js";
export type { ValuedCustomer, ValuedCustomerColumns } from "./valued-customers.js";
