/** Rules that say who belongs to a segment, as plain JSON. */
export type { RuleVocabulary } from "./check-rule.js";
export { compileRule } from "./compile-rule.js";
export type {
  CompiledRule,
  CompileRuleOptions,
  CustomerEvents,
  SelectedCustomers,
} from "./compiled-rule.js";
export type { CustomOperator, CustomOperators } from "./custom-operator.js";
export type {
  CustomerSegments,
  SegmentUpdate,
} from "./customer-segments.js";
export { type DescribeRuleOptions, describeRule } from "./describe-rule.js";
export { transactionEventFields } from "./event-columns.js";
export {
  type ExplainedRule,
  explainRule,
  type RuleExplained,
  type RuleExplanation,
} from "./explain-rule.js";
export type { RuleRequirement } from "./explained-leaf.js";
export { type JsonLogicRule, toJsonLogic } from "./json-logic-export.js";
export { fromJsonLogic } from "./json-logic-import.js";
export { migrateRule, type ParseRuleOptions, parseRule, ruleProblems } from "./parse-rule.js";
export {
  type QueryBuilderGroup,
  type QueryBuilderRule,
  toQueryBuilder,
} from "./query-builder-export.js";
export { fromQueryBuilder, type ImportRuleOptions } from "./query-builder-import.js";
export type { ReadableRuleOptions } from "./readable-rule.js";
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
  SingleFields,
  TextConditions,
  TextMatchOptions,
} from "./rule-conditions.js";
export {
  type RuleField,
  type RuleFieldMap,
  type RuleFields,
  type RuleFieldType,
  type RuleLabel,
  ruleFields,
} from "./rule-fields.js";
export { ruleFieldsFromSchema, type SchemaRuleFields } from "./rule-fields-from-schema.js";
export type { RuleFieldsOf } from "./rule-fields-of.js";
export { ruleJsonSchema } from "./rule-json-schema.js";
export type { RuleLimits } from "./rule-limits.js";
export type { RuleProblem } from "./rule-problem.js";
export type { RuleRefusal } from "./rule-refusal.js";
export type {
  SegmentAssignmentColumns,
  SegmentMemberColumns,
  SegmentMembership,
  SegmentSize,
} from "./segment-membership.js";
export {
  type SegmentFlowColumns,
  type SegmentMigration,
  type SegmentMoveColumns,
  type SegmentMoves,
  segmentMigration,
} from "./segment-migration.js";
export type { SegmentOverlap } from "./segment-overlap.js";
export { type SegmentSet, type SegmentSetOptions, segmentSet } from "./segment-set.js";
export { type SelectRowsOptions, selectRows } from "./select-rows.js";
export type { SegmentSetInput } from "./set-answers.js";
