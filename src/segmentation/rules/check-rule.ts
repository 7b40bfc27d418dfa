import { shown } from "../../core/assert.js";
import { COUNT_KIND, checkRange, checkValue, TIME_KIND, type ValueCheck, wrongValue } from "./check-value.js";
import { checkDuration, checkWindow } from "./check-window.js";
import type { CustomOperator, CustomOperators } from "./custom-operator.js";
import { KIND_NAMES, kindName, operatorsOf } from "./field-operators.js";
import type { EventRule, FieldRule, RuleComparison, RuleStep, SegmentRule } from "./rule.js";
import { type FieldKind, fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { DEFAULT_LIMITS, type RuleLimits } from "./rule-limits.js";
import { type RuleVocabulary, segmentLookup } from "./rule-options.js";
import { MOST_PROBLEMS, type RuleProblem } from "./rule-problem.js";
import { isEventRule, MOST_LENGTH, MOST_PERIODS, PERIODS_OF_UNIT } from "./rule-shapes.js";

/** Against what a rule of the right shape is held. @internal */
export interface LimitedVocabulary extends RuleVocabulary {
  readonly limits?: RuleLimits;
}

interface Context extends ValueCheck {
  readonly fields: RuleFieldMap;
  /** `null` inside the rule on an event, where there are no events of events and no segments. */
  readonly events: RuleFields["events"] | null;
  readonly isSegment: (name: string) => boolean;
  readonly operators: CustomOperators;
  /** How many steps a sequence may have. */
  readonly steps: number;
  /** Calendar periods at which the frequencies so far look. */
  readonly periods: { total: number };
}

/**
 * What in a rule does not fit the fields: no such field, an operator that its type does not have, a value of another type.
 *
 * The rule has the right shape already, and the vocabulary too.
 *
 * @internal
 */
export function vocabularyProblems(
  rule: SegmentRule,
  { fields, segments = [], operators = {}, limits }: LimitedVocabulary,
  path = "rule",
): RuleProblem[] {
  const context: Context = {
    fields: fields.fields,
    events: fields.events,
    isSegment: segmentLookup(segments),
    operators,
    steps: limits?.steps ?? DEFAULT_LIMITS.steps,
    problems: [],
    choiceSets: new Map(),
    periods: { total: 0 },
  };
  checkRule(rule, context, path);
  return context.problems;
}

function checkRule(rule: SegmentRule, context: Context, path: string): void {
  if (context.problems.length >= MOST_PROBLEMS) return;
  switch (rule.op) {
    case "all":
    case "any":
    case "atLeast":
      if (rule.op === "atLeast" && rule.count > rule.of.length)
        report(
          context,
          path,
          "count",
          rule.count,
          `is more than the ${rule.of.length} rules there are: nobody can meet it`,
        );
      rule.of.forEach((part, i) => {
        checkRule(part, context, `${path}.of[${i}]`);
      });
      return;
    case "not":
      checkRule(rule.of, context, `${path}.of`);
      return;
    case "segment":
      if (context.events === null)
        report(context, path, "segment", rule.segment, "stands in a rule on an event");
      else if (!context.isSegment(rule.segment))
        report(context, path, "segment", rule.segment, "is no segment of this set");
      return;
    case "custom":
      checkCustom(rule, context, path);
      return;
    default:
      if (isEventRule(rule)) checkEvents(rule, context, path);
      else checkField(rule, context, path);
  }
}

function checkField(rule: FieldRule, context: Context, path: string): void {
  const kind = fieldKind(context.fields, rule.field);
  if (kind === null) {
    report(context, path, "field", rule.field, "is no field of these rules");
    return;
  }
  if (!operatorsOf(kind).includes(rule.op)) {
    const reason = `does not apply to ${shown(rule.field)}, which is ${kindName(kind)}: it takes ${operatorsOf(kind).join(", ")}`;
    report(context, path, "op", rule.op, reason);
    return;
  }
  switch (rule.op) {
    case "between":
      checkRange(rule, kind, context, path);
      return;
    case "in":
    case "notIn":
    case "hasAny":
    case "hasAll":
    case "hasNone":
      for (let i = 0; i < rule.values.length && context.problems.length < MOST_PROBLEMS; i++) {
        const value = rule.values[i];
        const reason = wrongValue(value, kind, context);
        if (reason !== null) context.problems.push({ path: `${path}.values[${i}]`, value, reason });
      }
      return;
    case "size":
      checkComparison(rule.is, COUNT_KIND, context, `${path}.is`);
      return;
    case "within":
      // Of an event, `at` is when it was, which lies before asOf.
      checkWindow(rule.window, context, `${path}.window`, context.events === null && rule.field === "at");
      return;
    case "anniversary":
      checkDuration(rule.within, context, `${path}.within`);
      return;
    case "exists":
    case "missing":
    case "contains":
    case "startsWith":
    case "endsWith":
      return;
    default:
      checkValue(rule.value, kind, context, `${path}.value`);
  }
}

function checkComparison(is: RuleComparison, kind: FieldKind, context: Context, path: string): void {
  if (is.op === "within") {
    // The only instants that are compared this way are those of events.
    if (kind.type === "instant") checkWindow(is.window, context, `${path}.window`, true);
    else report(context, path, "op", is.op, `does not apply to ${KIND_NAMES[kind.type]}`);
  } else if (is.op === "between") checkRange(is, kind, context, path);
  else checkValue(is.value, kind, context, `${path}.value`);
}

function checkEvents(rule: EventRule, context: Context, path: string): void {
  if (context.events === null) {
    report(context, path, "op", rule.op, "stands in a rule on an event");
    return;
  }
  if (rule.op === "sequence") {
    checkSequence(rule, context, path);
    return;
  }
  const fields = checkStep(rule, context, path);
  if (rule.op === "frequency") {
    checkFrequency(rule, context, path);
    return;
  }
  checkWindow(rule.window, context, `${path}.window`, true);
  if (rule.op === "did" || rule.op === "didNot" || fields === null) return;
  checkComparison(rule.is, measured(rule, fields, context, path), context, `${path}.is`);
}

function checkSequence(rule: Extract<EventRule, { op: "sequence" }>, context: Context, path: string): void {
  const { steps, window, notFollowedBy } = rule;
  if (steps.length > context.steps) {
    report(
      context,
      path,
      "steps",
      steps,
      `has ${steps.length} steps, more than the ${context.steps} allowed`,
    );
    return;
  }
  checkWindow(window, context, `${path}.window`, true);
  steps.forEach((step, i) => {
    checkStep(step, context, `${path}.steps[${i}]`);
    if (i > 0 && step.within) checkDuration(step.within, context, `${path}.steps[${i}].within`);
  });
  const [{ within }] = steps;
  if (within !== undefined)
    report(context, `${path}.steps[0]`, "within", within, "stands on the first step, which follows none");
  if (notFollowedBy === undefined) return;
  checkStep(notFollowedBy, context, `${path}.notFollowedBy`);
  if (notFollowedBy.within) checkDuration(notFollowedBy.within, context, `${path}.notFollowedBy.within`);
}

function checkFrequency(
  { unit, atLeast, outOf }: Extract<EventRule, { op: "frequency" }>,
  context: Context,
  path: string,
): void {
  context.periods.total += outOf;
  if (outOf > PERIODS_OF_UNIT[unit])
    report(context, path, "outOf", outOf, `leads more than ${MOST_LENGTH.years} years away from asOf`);
  else if (context.periods.total > MOST_PERIODS.frequency)
    report(
      context,
      path,
      "outOf",
      outOf,
      `brings the periods of the rule to more than ${MOST_PERIODS.frequency}`,
    );
  if (atLeast > outOf)
    report(context, path, "atLeast", atLeast, `is more than the ${outOf} periods of outOf`);
}

/** What an aggregate gives, once its field is checked. */
function measured(
  rule: Exclude<EventRule, { op: "did" | "didNot" | "sequence" | "frequency" }>,
  fields: RuleFieldMap,
  context: Context,
  path: string,
): FieldKind {
  if (rule.op === "first" || rule.op === "last") return TIME_KIND;
  if (rule.op === "count") return COUNT_KIND;
  const kind = fieldKind(fields, rule.field);
  if (kind === null) report(context, path, "field", rule.field, `is no field of ${shown(rule.of)}`);
  else if (kind.isList || (rule.op !== "distinct" && kind.type !== "number"))
    report(context, path, "field", rule.field, `is ${kindName(kind)}, of which there is no ${rule.op}`);
  return COUNT_KIND;
}

/** Checks the kind of event and the rule on it; the fields of that kind, `null` when there is none. */
function checkStep(step: RuleStep, context: Context, path: string): RuleFieldMap | null {
  const { events } = context;
  if (events === null || !Object.hasOwn(events, step.of)) {
    report(context, path, "of", step.of, "is no kind of event of these rules");
    return null;
  }
  const fields: RuleFieldMap = { at: "instant", ...events[step.of] };
  if (step.where) checkRule(step.where, { ...context, fields, events: null }, `${path}.where`);
  return fields;
}

function checkCustom(rule: Extract<SegmentRule, { op: "custom" }>, context: Context, path: string): void {
  const { name, field, value } = rule;
  const operator = Object.hasOwn(context.operators, name) ? context.operators[name] : undefined;
  if (operator === undefined) {
    report(context, path, "name", name, "is no operator of these rules");
    return;
  }
  const wantsField = operator.field ?? true;
  if (wantsField && (field === undefined || fieldKind(context.fields, field) === null))
    report(context, path, "field", field, "is no field of these rules");
  if (!wantsField && field !== undefined)
    report(context, path, "field", field, `is nothing that ${shown(name)} takes`);
  if (operator.value) checkCustomValue(name, operator.value, value, context, path);
}

function checkCustomValue(
  name: string,
  schema: NonNullable<CustomOperator["value"]>,
  value: unknown,
  context: Context,
  path: string,
): void {
  let isTaken: boolean;
  try {
    isTaken = schema.safeParse(value).success;
  } catch (error) {
    // A refinement of the caller's, or a schema that would have to wait.
    const said = shown(error instanceof Error ? error.message : error);
    report(context, path, "value", value, `makes the value check of ${shown(name)} throw ${said}`);
    return;
  }
  if (!isTaken) report(context, path, "value", value, `is no value that ${shown(name)} takes`);
}

function report(context: Context, path: string, key: string, value: unknown, reason: string): void {
  context.problems.push({ path: `${path}.${key}`, value, reason });
}
