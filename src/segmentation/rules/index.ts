/** Rules that say who belongs to a segment, as plain JSON. */
export { compileRule } from "./compile-rule.js";
export type {
  CompiledRule,
  CompileRuleOptions,
  CustomerEvents,
  RuleMembership,
  SelectedCustomers,
} from "./compiled-rule.js";
export type { CustomOperator, CustomOperators } from "./custom-operator.js";
export {
  type CustomerEventsOptions,
  customerEventsReader,
  type TransactionEvents,
} from "./customer-events-reader.js";
export type {
  CustomerSegments,
  SegmentUpdate,
} from "./customer-state.js";
export { describeNode } from "./describe-node.js";
export { type DescribeRuleOptions, describeRule } from "./describe-rule.js";
export type { EvaluateSegmentsOptions, EvaluationProgress } from "./evaluation-progress.js";
export { transactionEventFields } from "./event-columns.js";
export type { EventHistory } from "./event-history.js";
export { explainRule } from "./explain-rule.js";
export type { RuleRequirement } from "./explained-leaf.js";
export { fieldOperators } from "./field-operators.js";
export type { FittingWindow } from "./fitting-window.js";
export { interactionEventFields } from "./interaction-events.js";
export { type JsonLogicRule, toJsonLogic } from "./json-logic-export.js";
export { fromJsonLogic } from "./json-logic-import.js";
export {
  type CustomerReasonColumns,
  type MigrationReasonColumns,
  type MigrationReasons,
  type MigrationReasonsOptions,
  migrationReasons,
} from "./migration-reasons.js";
export { type MigrateRuleOptions, migrateRule, parseRule, ruleProblems } from "./parse-rule.js";
export { toQueryBuilder } from "./query-builder-export.js";
export {
  type QueryBuilderField,
  type QueryBuilderFieldsOptions,
  type QueryBuilderOption,
  queryBuilderFields,
} from "./query-builder-fields.js";
export { fromQueryBuilder } from "./query-builder-import.js";
export type { QueryBuilderGroup, QueryBuilderRule } from "./query-builder-query.js";
export type { ParseRuleOptions } from "./readable-rule.js";
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
} from "./rule.js";
export { type RuleBuilder, ruleBuilder } from "./rule-builder.js";
export { type LeafChange, type RuleChange, type RuleSituation, ruleChange } from "./rule-change.js";
export type { RuleClockOptions } from "./rule-clock.js";
export type {
  DictionaryColumn,
  NumberColumn,
  RuleColumn,
  RuleColumnInput,
  RuleColumns,
} from "./rule-columns.js";
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
  RuleFor,
  SingleFields,
  TextConditions,
  TextMatchOptions,
} from "./rule-conditions.js";
export { ruleDocument } from "./rule-document.js";
export type {
  CustomerFacts,
  ExplainedNode,
  ExplainedStep,
  ExplainedTree,
  RuleExplanation,
} from "./rule-explanation.js";
export {
  type LabeledRuleField,
  type RuleField,
  type RuleFieldMap,
  type RuleFields,
  type RuleFieldType,
  ruleFields,
} from "./rule-fields.js";
export { ruleFieldsFromSchema, type SchemaRuleFields } from "./rule-fields-from-schema.js";
export type { RuleFieldsOf } from "./rule-fields-of.js";
export type { ImportRuleOptions } from "./rule-import.js";
export { type RuleJsonSchemaOptions, ruleJsonSchema } from "./rule-json-schema.js";
export type { EventLabel, RuleLabel, RuleLabels, RuleWord } from "./rule-labels.js";
export type { RuleLimits } from "./rule-limits.js";
export type { RuleSegments, RuleVocabulary } from "./rule-options.js";
export type { RuleProblem } from "./rule-problem.js";
export type { RuleRefusal } from "./rule-refusal.js";
export type { SchemaRuleLabels } from "./schema-labels.js";
export type { SegmentExplanations } from "./segment-explanations.js";
export {
  type SegmentAssignmentColumns,
  type SegmentMemberColumns,
  type SegmentMembership,
  type SegmentSize,
  segmentMembers,
} from "./segment-membership.js";
export {
  type SegmentMigration,
  type SegmentMoveColumns,
  type SegmentMoves,
  segmentMigration,
} from "./segment-migration.js";
export type { SegmentOverlap } from "./segment-overlap.js";
export { type SegmentSet, type SegmentSetOptions, segmentSet } from "./segment-set.js";
export type { SegmentSetInput } from "./segment-set-input.js";
export { type SelectRowsOptions, selectRows } from "./select-rows.js";
