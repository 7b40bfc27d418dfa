import { assertOneOf } from "../../core/assert.js";
import { ruleWords, type Speaker } from "./describe-words.js";
import { englishPhrases } from "./phrases-english.js";
import { indonesianPhrases } from "./phrases-indonesian.js";
import { type ParseRuleOptions, readableRule } from "./readable-rule.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { type RuleClockOptions, ruleClock } from "./rule-clock.js";

/** In which language a rule is put into words, and with which names. */
export interface DescribeRuleOptions extends ParseRuleOptions, Partial<RuleClockOptions> {
  /** English or Indonesian; default `"en"`. */
  readonly language?: "en" | "id";
}

/**
 * What does this rule say, in words?
 *
 * Fields, kinds of events, segments and choices stand under their labels, numbers as they are in the rule (amounts have no
 * currency there), dates as people write them. What has a label in the other language alone stands under that; what has
 * none, under its own name. Groups in groups stand in parentheses, so that one sentence can be read in one way only.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - The `fields` with their labels, the `language`, and, to show to which dates relative windows come, `asOf`
 * with its `timeZone`, `weekStartsOn` and `firstMonth`; `segments` as for {@link parseRule}, default any.
 * @returns A clause without a full stop, ready to stand after "Customers of whom it is true that", or in Indonesian after
 * "Pelanggan yang memenuhi syarat bahwa".
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule does not fit the fields, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { describeRule, ruleBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields(
 *   { age: { type: "number", label: { en: "age", id: "umur" } }, plan: ["free", "pro"] },
 *   { visits: { page: "text" } },
 *   { events: { visits: { en: { one: "visit", many: "visits" }, id: "kunjungan" } } },
 * );
 * const { all, any, field, events } = ruleBuilder(fields);
 * const quiet = events("visits").within({ last: { days: 90 } }).didNot();
 * const rule = any(all(field("age").gte(18), field("plan").eq("pro")), quiet);
 * describeRule(rule, { fields }); // => '(age is at least 18 and plan is "pro") or there are no visits in the last 90 days'
 * describeRule(quiet, { fields, language: "id" }); // => "tidak ada kunjungan dalam 90 hari terakhir"
 * ```
 */
export function describeRule(rule: SegmentRule | RuleDocument, options: DescribeRuleOptions): string {
  return ruleWords(readableRule(rule, options), speakerOf(options));
}

/** Who speaks, and of what, by the options of {@link describeRule}. @internal */
export function speakerOf(options: DescribeRuleOptions): Speaker {
  const { fields, operators = {}, language = "en", asOf } = options;
  assertOneOf(language, "options.language", ["en", "id"]);
  // The calendar is checked also where no date is shown by it.
  const clock = ruleClock({ ...options, asOf: asOf ?? 0 });
  return {
    phrases: language === "id" ? indonesianPhrases : englishPhrases,
    language,
    fields,
    kind: null,
    operators,
    clock: asOf === undefined ? null : clock,
  };
}
