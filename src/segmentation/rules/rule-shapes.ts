import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";
import type { EventRule, FieldRule, SegmentRule } from "./rule.js";

/** What may stand under a key of a rule; `?` after it where the key may be left out. @internal */
export type RulePart =
  | "rule"
  | "rules"
  | "name"
  | "text"
  | "scalar"
  | "ordered"
  | "scalars"
  | "boolean"
  | "whole"
  | "positive"
  | "periods"
  | "comparison"
  | "window"
  | "duration"
  | `${keyof Duration} of time`
  | "unit"
  | "direction"
  | "step"
  | "steps"
  | "json";

/** The keys of one operator besides `op`. @internal */
export type RuleShape = Readonly<Record<string, RulePart | `${RulePart}?`>>;

const VALUE = { field: "name", value: "scalar" } as const;
const VALUES = { field: "name", values: "scalars" } as const;
const MATCH = { field: "name", value: "text", ignoreCase: "boolean?" } as const;
const FIELD = { field: "name" } as const;
const EVENTS = { of: "name", where: "rule?", window: "window?" } as const;
const MEASURE = { ...EVENTS, is: "comparison" } as const;
const MEASURE_FIELD = { ...EVENTS, field: "name", is: "comparison" } as const;

/**
 * The rule language in one table: what each operator takes. The checks without zod and the JSON Schema are read off it.
 *
 * @internal
 */
export const RULE_SHAPES: Readonly<Record<SegmentRule["op"], RuleShape>> = {
  all: { of: "rules" },
  any: { of: "rules" },
  not: { of: "rule" },
  atLeast: { count: "whole", of: "rules" },
  eq: VALUE,
  ne: VALUE,
  lt: VALUE,
  lte: VALUE,
  gt: VALUE,
  gte: VALUE,
  between: { field: "name", from: "ordered", to: "ordered" },
  in: VALUES,
  notIn: VALUES,
  hasAny: VALUES,
  hasAll: VALUES,
  hasNone: VALUES,
  contains: MATCH,
  startsWith: MATCH,
  endsWith: MATCH,
  exists: FIELD,
  missing: FIELD,
  size: { field: "name", is: "comparison" },
  within: { field: "name", window: "window" },
  anniversary: { field: "name", within: "duration", direction: "direction?" },
  did: EVENTS,
  didNot: EVENTS,
  count: MEASURE,
  first: MEASURE,
  last: MEASURE,
  sum: MEASURE_FIELD,
  average: MEASURE_FIELD,
  min: MEASURE_FIELD,
  max: MEASURE_FIELD,
  distinct: MEASURE_FIELD,
  sequence: { steps: "steps", window: "window?", notFollowedBy: "step?" },
  frequency: {
    of: "name",
    where: "rule?",
    unit: "unit",
    atLeast: "positive",
    outOf: "periods",
    minimum: "positive?",
  },
  segment: { segment: "name" },
  custom: { name: "name", field: "name?", value: "json?" },
};

/** Calendar units. @internal */
export const RULE_UNITS = ["day", "week", "month", "quarter", "halfYear", "year"] as const;

/** The parts of a duration. @internal */
export const RULE_LENGTHS = ["years", "months", "weeks", "days"] as const;

/** Operators that compare with one value. @internal */
export const VALUE_COMPARISONS = ["eq", "ne", "lt", "lte", "gt", "gte"] as const;

/** The most calendar periods that a window spans or a frequency looks at. @internal */
export const MOST_PERIODS = { frequency: 10_000, window: 100_000 } as const;

/** The most that each part of a duration may be: 1,000 years, for which the calendar has room around any likely `asOf`. @internal */
export const MOST_LENGTH = {
  years: 1000,
  months: 12_000,
  weeks: 52_177,
  days: 365_242,
} as const satisfies Required<Duration>;

/** How many calendar periods there are in as much time. @internal */
export const PERIODS_OF_UNIT: Readonly<Record<PeriodUnit, number>> = {
  day: 365_242,
  week: 52_177,
  month: 12_000,
  quarter: 4000,
  halfYear: 2000,
  year: 1000,
};

const EVENT_OPS: ReadonlySet<string> = new Set<EventRule["op"]>([
  ...(["did", "didNot", "count", "first", "last", "sum", "average", "min", "max", "distinct"] as const),
  ...(["sequence", "frequency"] as const),
]);

const OTHER_OPS: ReadonlySet<string> = new Set(["all", "any", "not", "atLeast", "segment", "custom"]);

/** Whether a rule is a condition on events. @internal */
export function isEventRule(rule: SegmentRule): rule is EventRule {
  return EVENT_OPS.has(rule.op);
}

/** Whether a rule is a condition on a field. @internal */
export function isFieldRule(rule: SegmentRule): rule is FieldRule {
  return !EVENT_OPS.has(rule.op) && !OTHER_OPS.has(rule.op);
}
