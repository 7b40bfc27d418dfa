import { shown } from "../../core/assert.js";
import { shapeProblems } from "./check-shape.js";
import { COUNT_KIND, checkRange, checkValue, TIME_KIND } from "./check-value.js";
import type { CustomOperators } from "./custom-operator.js";
import { KIND_NAMES, kindName, operatorsOf } from "./field-operators.js";
import type { EventRule, FieldRule, RuleComparison, RuleStep, RuleWindow, SegmentRule } from "./rule.js";
import { type FieldKind, fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { MOST_PROBLEMS, type RuleProblem } from "./rule-problem.js";
import { isEventRule, MOST_PERIODS } from "./rule-shapes.js";

/** What a rule may speak of. */
export interface RuleVocabulary {
  /** The fields of the record and of its events. */
  readonly fields: RuleFields;
  /** Names of the segments to which it may refer; default none. */
  readonly segments?: Iterable<string>;
  /** Operators of your own. */
  readonly operators?: CustomOperators;
}

interface Context {
  readonly fields: RuleFieldMap;
  /** `null` inside the rule on an event, where there are no events of events and no segments. */
  readonly events: RuleFields["events"] | null;
  readonly segments: ReadonlySet<string>;
  readonly operators: CustomOperators;
  readonly problems: RuleProblem[];
  /** Calendar periods at which the frequencies so far look. */
  readonly periods: { total: number };
}

/**
 * What is wrong with a rule that is plain JSON within the limits: its shape, or, where that is right, how it fits the
 * fields.
 *
 * @internal
 */
export function fieldProblems(rule: unknown, vocabulary: RuleVocabulary, path = "rule"): RuleProblem[] {
  const broken = shapeProblems(rule, path);
  return broken.length > 0 ? broken : vocabularyProblems(rule as SegmentRule, vocabulary, path);
}

/**
 * What in a rule does not fit the fields: no such field, an operator that its type does not have, a value of another type.
 *
 * The rule has the right shape already.
 *
 * @internal
 */
export function vocabularyProblems(
  rule: SegmentRule,
  vocabulary: RuleVocabulary,
  path = "rule",
): RuleProblem[] {
  const { fields, segments = [], operators = {} } = vocabulary;
  const problems: RuleProblem[] = [];
  checkRule(
    rule,
    {
      fields: fields.fields,
      events: fields.events,
      segments: new Set(segments),
      operators,
      problems,
      periods: { total: 0 },
    },
    path,
  );
  return problems;
}

function checkRule(rule: SegmentRule, context: Context, path: string): void {
  if (context.problems.length >= MOST_PROBLEMS) return;
  switch (rule.op) {
    case "all":
    case "any":
    case "atLeast":
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
      else if (!context.segments.has(rule.segment))
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
      checkRange(rule, kind, context.problems, path);
      return;
    case "in":
    case "notIn":
    case "hasAny":
    case "hasAll":
    case "hasNone":
      for (let i = 0; i < rule.values.length && context.problems.length < MOST_PROBLEMS; i++)
        checkValue(rule.values[i], kind, context.problems, `${path}.values[${i}]`);
      return;
    case "size":
      checkComparison(rule.is, COUNT_KIND, context, `${path}.is`);
      return;
    case "within":
      checkWindow(rule.window, context, `${path}.window`);
      return;
    case "exists":
    case "missing":
    case "anniversary":
    case "contains":
    case "startsWith":
    case "endsWith":
      return;
    default:
      checkValue(rule.value, kind, context.problems, `${path}.value`);
  }
}

function checkComparison(is: RuleComparison, kind: FieldKind, context: Context, path: string): void {
  if (is.op === "within") {
    if (kind.type === "instant") checkWindow(is.window, context, `${path}.window`);
    else report(context, path, "op", is.op, `does not apply to ${KIND_NAMES[kind.type]}`);
  } else if (is.op === "between") checkRange(is, kind, context.problems, path);
  else checkValue(is.value, kind, context.problems, `${path}.value`);
}

function checkWindow(window: RuleWindow | undefined, context: Context, path: string): void {
  if (window === undefined || !("from" in window || "until" in window)) return;
  if (window.from !== undefined) checkValue(window.from, TIME_KIND, context.problems, `${path}.from`);
  if (window.until !== undefined) checkValue(window.until, TIME_KIND, context.problems, `${path}.until`);
}

function checkEvents(rule: EventRule, context: Context, path: string): void {
  if (context.events === null) {
    report(context, path, "op", rule.op, "stands in a rule on an event");
    return;
  }
  if (rule.op === "sequence") {
    checkWindow(rule.window, context, `${path}.window`);
    rule.steps.forEach((step, i) => {
      checkStep(step, context, `${path}.steps[${i}]`);
    });
    if (rule.steps[0].within !== undefined)
      report(
        context,
        `${path}.steps[0]`,
        "within",
        rule.steps[0].within,
        "stands on the first step, which follows none",
      );
    if (rule.notFollowedBy) checkStep(rule.notFollowedBy, context, `${path}.notFollowedBy`);
    return;
  }
  const fields = checkStep(rule, context, path);
  if (rule.op === "frequency") {
    context.periods.total += rule.outOf;
    if (context.periods.total > MOST_PERIODS.frequency)
      report(
        context,
        path,
        "outOf",
        rule.outOf,
        `brings the periods of the rule to more than ${MOST_PERIODS.frequency}`,
      );
    if (rule.atLeast > rule.outOf)
      report(context, path, "atLeast", rule.atLeast, `is more than the ${rule.outOf} periods of outOf`);
    return;
  }
  checkWindow(rule.window, context, `${path}.window`);
  if (rule.op === "did" || rule.op === "didNot" || fields === null) return;
  checkComparison(rule.is, measured(rule, fields, context, path), context, `${path}.is`);
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
  if (operator.value && !operator.value.safeParse(value).success)
    report(context, path, "value", value, `is no value that ${shown(name)} takes`);
}

function report(context: Context, path: string, key: string, value: unknown, reason: string): void {
  context.problems.push({ path: `${path}.${key}`, value, reason });
}
