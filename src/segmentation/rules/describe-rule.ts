import { assertOneOf, shown } from "../../core/assert.js";
import type { RuleVocabulary } from "./check-rule.js";
import type { CustomOperators } from "./custom-operator.js";
import { durationText, momentOf, numberText, windowText } from "./describe-dates.js";
import { englishPhrases } from "./phrases-english.js";
import { indonesianPhrases } from "./phrases-indonesian.js";
import { readableRule } from "./readable-rule.js";
import type { EventRule, FieldRule, RuleComparison, RuleDocument, RuleStep, SegmentRule } from "./rule.js";
import { type RuleClock, type RuleClockOptions, ruleClock } from "./rule-clock.js";
import { fieldKind, fieldLabel, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import type { RuleLimits } from "./rule-limits.js";
import type { RulePhrases } from "./rule-phrases.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";

/** In which language a rule is put into words, and with which names. */
export interface DescribeRuleOptions extends RuleVocabulary, Partial<RuleClockOptions> {
  /** Names of the segments to which it may refer; default any. */
  readonly segments?: Iterable<string>;
  /** English or Indonesian; default `"en"`. */
  readonly language?: "en" | "id";
  /** How large the rule may be. */
  readonly limits?: RuleLimits;
}

/**
 * What does this rule say, in words?
 *
 * Fields stand under their labels, numbers as they are in the rule (amounts have no currency there), dates as people write
 * them. Groups in groups stand in parentheses, so that one sentence can be read in one way only.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - The `fields` with their labels, the `language`, and, to show to which dates relative windows come, `asOf`
 * with its `timeZone`, `weekStartsOn` and `firstMonth`.
 * @returns A phrase without a full stop, ready to stand after "Customers of whom it is true that".
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule does not fit the fields, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { describeRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields(
 *   { age: { type: "number", label: { en: "age", id: "umur" } }, plan: ["free", "pro"] },
 *   { transactions: { amount: "number" } },
 * );
 * const { all, any, field, events } = ruleBuilder(fields);
 * const rule = any(
 *   all(field("age").gte(18), field("plan").eq("pro")),
 *   events("transactions").within({ last: { days: 90 } }).didNot(),
 * );
 * describeRule(rule, { fields }); // => '(age is at least 18 and plan is "pro") or has no transactions in the last 90 days'
 * describeRule(field("age").gte(18), { fields, language: "id" }); // => "umur paling sedikit 18"
 * ```
 */
export function describeRule(rule: SegmentRule | RuleDocument, options: DescribeRuleOptions): string {
  const checked = readableRule(rule, options);
  const { fields, operators = {}, language = "en" } = options;
  assertOneOf(language, "options.language", ["en", "id"]);
  const { asOf } = options;
  const clock = asOf === undefined ? null : ruleClock({ ...options, asOf });
  const phrases = language === "id" ? indonesianPhrases : englishPhrases;
  return wordsOf(checked, { phrases, language, fields, map: fields.fields, operators, clock });
}

interface Speaker {
  readonly phrases: RulePhrases;
  readonly language: "en" | "id";
  readonly fields: RuleFields;
  /** The fields of which it is the turn: those of the record, or of an event. */
  readonly map: RuleFieldMap;
  readonly operators: CustomOperators;
  readonly clock: RuleClock | null;
}

function wordsOf(rule: SegmentRule, speaker: Speaker): string {
  const { phrases } = speaker;
  switch (rule.op) {
    case "all":
      return joined(rule.of, phrases.and, phrases.everybody, speaker);
    case "any":
      return joined(rule.of, phrases.or, phrases.nobody, speaker);
    case "atLeast":
      if (rule.count === 0) return phrases.everybody;
      if (rule.count > rule.of.length) return phrases.nobody;
      return phrases.atLeast(rule.count, rule.of.map((part) => `(${wordsOf(part, speaker)})`).join(", "));
    case "not":
      return phrases.not(wordsOf(rule.of, speaker));
    case "segment":
      return phrases.inSegment(quoted(rule.segment));
    case "custom":
      return customWords(rule, speaker);
    default:
      if (isEventRule(rule)) return eventWords(rule, speaker);
      return isFieldRule(rule) ? fieldWords(rule, speaker) : shown(rule);
  }
}

function joined(parts: readonly SegmentRule[], by: string, none: string, speaker: Speaker): string {
  if (parts.length === 0) return none;
  if (parts.length === 1) return wordsOf(parts[0], speaker);
  return parts.map((part) => grouped(part, speaker)).join(by);
}

/** In parentheses where its own "and" or "or", or the end of its list, would run into what comes next. */
function grouped(part: SegmentRule, speaker: Speaker): string {
  const isJoined = part.op === "all" || part.op === "any";
  if (isJoined && part.of.length === 1) return grouped(part.of[0], speaker);
  const words = wordsOf(part, speaker);
  const isOpen =
    (isJoined && part.of.length > 1) ||
    part.op === "sequence" ||
    part.op === "atLeast" ||
    part.op === "custom";
  return isOpen ? `(${words})` : words;
}

function customWords(rule: Extract<SegmentRule, { op: "custom" }>, speaker: Speaker): string {
  const { name, field, value } = rule;
  const { map, language, operators, phrases } = speaker;
  const label = field === undefined ? null : fieldLabel(map, field, language);
  const { describe } = operators[name];
  if (describe) return describe(label ?? "", value, language);
  return phrases.custom(name, label, value === undefined ? null : JSON.stringify(value));
}

function fieldWords(rule: FieldRule, speaker: Speaker): string {
  const { map, language, phrases, clock } = speaker;
  const label = fieldLabel(map, rule.field, language);
  switch (rule.op) {
    case "exists":
    case "missing":
      return phrases.compare[rule.op](label);
    case "size":
      return comparisonWords(phrases.sizeOf(label), rule.is, false, speaker);
    case "within":
      return phrases.inWindow(label, windowText(rule.window, phrases, clock));
    case "anniversary":
      return phrases.anniversary(label, durationText(rule.within, phrases), rule.direction ?? "next");
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
    case "hasNone": {
      const values = rule.values.map((value) => scalarText(value, phrases)).join(", ");
      return phrases.compare[rule.op](label, values === "" ? phrases.noValues : values);
    }
    default: {
      const isTime = fieldKind(map, rule.field)?.type === "instant";
      if (rule.op === "between" || isTime)
        return comparisonWords(label, rule as unknown as RuleComparison, isTime, speaker);
      return phrases.compare[rule.op](label, scalarText(rule.value, phrases));
    }
  }
}

function comparisonWords(
  subject: string,
  is: RuleComparison,
  isTime: boolean,
  { phrases, clock }: Speaker,
): string {
  if (is.op === "within") return phrases.inWindow(subject, windowText(is.window, phrases, clock));
  const values = is.op === "between" ? [is.from, is.to] : [is.value];
  return isTime
    ? phrases.compareInstant[is.op](subject, ...values.map((value) => momentOf(String(value), phrases)))
    : phrases.compare[is.op](subject, ...values.map((value) => scalarText(value, phrases)));
}

function eventWords(rule: EventRule, speaker: Speaker): string {
  const { phrases, clock, fields, language } = speaker;
  if (rule.op === "sequence") {
    const { window, notFollowedBy } = rule;
    return phrases.sequence(
      rule.steps.map((step) => stepWords(step, speaker)),
      window ? windowText(window, phrases, clock) : null,
      notFollowedBy ? stepWords(notFollowedBy, speaker) : null,
    );
  }
  const window = rule.op === "frequency" || !rule.window ? null : windowText(rule.window, phrases, clock);
  const events = phrases.events(rule.of, window, whereWords(rule, speaker));
  switch (rule.op) {
    case "did":
    case "didNot":
      return phrases[rule.op](events);
    case "frequency":
      return phrases.frequency(events, rule.minimum ?? 1, rule.atLeast, rule.outOf, rule.unit);
    default: {
      const label = "field" in rule ? fieldLabel(eventFields(rule.of, fields), rule.field, language) : "";
      const isTime = rule.op === "first" || rule.op === "last";
      return comparisonWords(phrases.measure[rule.op](events, label), rule.is, isTime, speaker);
    }
  }
}

function stepWords(step: RuleStep, speaker: Speaker): string {
  const { phrases } = speaker;
  const events = phrases.events(step.of, null, whereWords(step, speaker));
  return phrases.step(events, step.within ? durationText(step.within, phrases) : null);
}

function whereWords({ of, where }: RuleStep, speaker: Speaker): string | null {
  return where ? wordsOf(where, { ...speaker, map: eventFields(of, speaker.fields) }) : null;
}

function eventFields(kind: string, { events }: RuleFields): RuleFieldMap {
  return { at: "instant", ...events[kind] };
}

function scalarText(value: unknown, phrases: RulePhrases): string {
  if (typeof value === "number") return numberText(value, phrases);
  if (typeof value === "boolean") return value ? phrases.yes : phrases.no;
  return quoted(String(value));
}

/** Between quotation marks whatever it holds, so that a value cannot pass for words of the rule. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
