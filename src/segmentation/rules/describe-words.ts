import { shown } from "../../core/assert.js";
import type { CustomOperators } from "./custom-operator.js";
import {
  anniversaryDates,
  durationText,
  momentOf,
  numberText,
  periodDates,
  windowText,
} from "./describe-dates.js";
import type { EventRule, FieldRule, RuleComparison, RuleStep, RuleValue, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import { fieldKind, type RuleFields } from "./rule-fields.js";
import { choiceName, eventWords, fieldName, fieldsOf, segmentLabel } from "./rule-names.js";
import type { EventPhrase, RulePhrases } from "./rule-phrases.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";

/** Who puts rules into words. @internal */
export interface Speaker {
  readonly phrases: RulePhrases;
  readonly language: "en" | "id";
  readonly fields: RuleFields;
  /** The kind of event of which it is the turn; `null`: the record. */
  readonly kind: string | null;
  readonly operators: CustomOperators;
  readonly clock: RuleClock | null;
}

/** A rule as a clause: "plan is "pro" and there are purchases in the last 90 days". @internal */
export function ruleWords(rule: SegmentRule, speaker: Speaker): string {
  const { phrases, fields, language } = speaker;
  switch (rule.op) {
    case "all":
      return joined(rule.of, phrases.and, phrases.everybody, speaker);
    case "any":
      return joined(rule.of, phrases.or, phrases.nobody, speaker);
    case "atLeast":
      if (rule.count === 0) return phrases.everybody(subjects(speaker));
      return phrases.atLeast(rule.count, rule.of.map((part) => `(${ruleWords(part, speaker)})`).join(", "));
    case "not":
      return phrases.not(ruleWords(rule.of, speaker));
    case "segment":
      return phrases.inSegment(quoted(segmentLabel(fields, rule.segment, language)));
    case "custom":
      return customWords(rule, speaker);
    default:
      if (isEventRule(rule)) return eventRuleWords(rule, speaker);
      return isFieldRule(rule) ? fieldWords(rule, speaker) : shown(rule);
  }
}

/** A step of a sequence: "visit (only where page is "price") within 7 days". @internal */
export function stepWords(step: RuleStep, speaker: Speaker): string {
  const { phrases } = speaker;
  const { one, many, rest } = eventPhrase(step, "", speaker);
  return phrases.step((one ?? many) + rest, step.within ? durationText(step.within, phrases) : null);
}

function joined(
  parts: readonly SegmentRule[],
  by: string,
  ofNothing: (events: string | null) => string,
  speaker: Speaker,
): string {
  if (parts.length === 0) return ofNothing(subjects(speaker));
  if (parts.length === 1) return ruleWords(parts[0], speaker);
  return parts.map((part) => grouped(part, speaker)).join(by);
}

/** Of what a rule speaks where it names no field: events of a kind, or `null`, customers. */
function subjects({ fields, kind, language }: Speaker): string | null {
  return kind === null ? null : eventWords(fields, kind, language).many;
}

/** In parentheses where its own "and" or "or", or the end of its list, would run into what comes next. */
function grouped(part: SegmentRule, speaker: Speaker): string {
  const isJoined = part.op === "all" || part.op === "any";
  if (isJoined && part.of.length === 1) return grouped(part.of[0], speaker);
  const words = ruleWords(part, speaker);
  const isOpen =
    (isJoined && part.of.length > 1) ||
    part.op === "sequence" ||
    part.op === "atLeast" ||
    part.op === "custom";
  return isOpen ? `(${words})` : words;
}

function customWords(rule: Extract<SegmentRule, { op: "custom" }>, speaker: Speaker): string {
  const { name, field, value } = rule;
  const { fields, kind, language, operators, phrases } = speaker;
  const label = field === undefined ? null : fieldName(fields, kind, field, language);
  const { describe } = operators[name];
  if (describe) return describe(label ?? "", value, language);
  return phrases.custom(quoted(name), label, value === undefined ? null : JSON.stringify(value));
}

function fieldWords(rule: FieldRule, speaker: Speaker): string {
  const { fields, kind, language, phrases, clock } = speaker;
  const label = fieldName(fields, kind, rule.field, language);
  switch (rule.op) {
    case "exists":
    case "missing":
      return phrases.compare[rule.op](label);
    case "size":
      return comparisonWords(phrases.sizeOf(label), rule.is, false, speaker);
    case "within":
      return phrases.inWindow(label, windowText(rule.window, phrases, clock));
    case "anniversary": {
      const length = durationText(rule.within, phrases);
      const words = phrases.anniversary(label, length, rule.direction ?? "next");
      return words + anniversaryDates(rule, phrases, clock);
    }
    case "contains":
    case "startsWith":
    case "endsWith":
      return (
        phrases.compare[rule.op](label, quoted(rule.value)) + (rule.ignoreCase ? phrases.ignoringCase : "")
      );
    case "in":
    case "notIn":
    case "hasAny":
    case "hasAll":
    case "hasNone":
      return phrases.compare[rule.op](label, listWords(rule.values, rule.field, speaker));
    default: {
      const isTime = fieldKind(fieldsOf(fields, kind), rule.field)?.type === "instant";
      if (rule.op === "between" || isTime)
        return comparisonWords(label, rule as unknown as RuleComparison, isTime, speaker);
      return phrases.compare[rule.op](label, valueWords(rule.value, rule.field, speaker));
    }
  }
}

function listWords(values: readonly RuleValue[], field: string, speaker: Speaker): string {
  if (values.length === 0) return speaker.phrases.noValues;
  const words = values.map((value) => valueWords(value, field, speaker));
  const hasComma = values.some((value, i) => typeof value === "number" && words[i].includes(","));
  return words.join(hasComma ? "; " : ", ");
}

function comparisonWords(
  subject: string,
  is: RuleComparison,
  isTime: boolean,
  { phrases, clock }: Speaker,
): string {
  if (is.op === "within") return phrases.inWindow(subject, windowText(is.window, phrases, clock));
  const values = is.op === "between" ? [is.from, is.to] : [is.value];
  if (isTime)
    return phrases.compareInstant[is.op](subject, ...values.map((value) => momentOf(String(value), phrases)));
  return phrases.compare[is.op](subject, ...values.map((value) => numberText(Number(value), phrases)));
}

function eventRuleWords(rule: EventRule, speaker: Speaker): string {
  const { phrases, clock, fields, language } = speaker;
  if (rule.op === "sequence") {
    const { window, notFollowedBy } = rule;
    return phrases.sequence(
      rule.steps.map((step) => stepWords(step, speaker)),
      window ? windowText(window, phrases, clock) : null,
      notFollowedBy ? stepWords(notFollowedBy, speaker) : null,
    );
  }
  if (rule.op === "frequency") {
    const { unit, outOf, atLeast, minimum = 1 } = rule;
    const periods = phrases.frequencyPeriods(atLeast, outOf, unit) + periodDates(rule, phrases, clock);
    return phrases.frequency(eventPhrase(rule, "", speaker), minimum, periods, outOf === 1 ? null : unit);
  }
  const window = rule.window ? ` ${windowText(rule.window, phrases, clock)}` : "";
  const events = eventPhrase(rule, window, speaker);
  if (rule.op === "did" || rule.op === "didNot") return phrases[rule.op](events);
  const label = "field" in rule ? fieldName(fields, rule.of, rule.field, language) : "";
  const isTime = rule.op === "first" || rule.op === "last";
  const subject = phrases.measure[rule.op](events, label);
  const isAlwaysThere = rule.op === "count" || rule.op === "sum" || rule.op === "distinct";
  if (isAlwaysThere && rule.is.op === "ne")
    return phrases.isNot(subject, numberText(Number(rule.is.value), phrases));
  return comparisonWords(subject, rule.is, isTime, speaker);
}

/** The words of a kind of event, and what narrows it: a window, and the rule on its fields. */
function eventPhrase({ of, where }: RuleStep, window: string, speaker: Speaker): EventPhrase {
  const { phrases, fields, language } = speaker;
  const narrowed =
    where === undefined || holdsAlways(where)
      ? ""
      : ` ${phrases.where(ruleWords(where, { ...speaker, kind: of }))}`;
  return { ...eventWords(fields, of, language), rest: window + narrowed };
}

/** Whether a rule on events asks nothing of them. */
function holdsAlways(rule: SegmentRule): boolean {
  if (rule.op === "atLeast") return rule.count === 0;
  return rule.op === "all" && rule.of.every(holdsAlways);
}

function valueWords(value: RuleValue, field: string, speaker: Speaker): string {
  const { phrases, fields, kind, language } = speaker;
  if (typeof value === "number") return numberText(value, phrases);
  if (typeof value === "boolean") return value ? phrases.yes : phrases.no;
  return quoted(choiceName(fields, kind, field, value, language));
}

/** Between quotation marks whatever it holds, so that a value cannot pass for words of the rule. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
