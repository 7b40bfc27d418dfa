import { civilDay, LAST_DAY, parseCivilDay } from "../../core/civil-day.js";
import { isCivilDay } from "../../core/instant.js";
import type { QueryBuilderGroup, QueryBuilderRule } from "./query-builder-query.js";
import type { FieldRule } from "./rule.js";

/** A comparison of a field with values that have an order. @internal */
export type OrderedRule = Extract<
  FieldRule,
  { readonly op: "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "between" }
>;

/** Whether a comparison is one with a civil day, which in rules is the whole day. @internal */
export function isOfDays(rule: OrderedRule): boolean {
  return valuesOf(rule).some((value) => typeof value === "string" && isCivilDay(value));
}

/**
 * A comparison of an instant with whole days as comparisons with their beginnings alone, which is how the exports of
 * react-querybuilder read a day: up to and with a day is before the next, in every time zone.
 *
 * @returns `null` where the day is the last of the calendar, which has no next.
 * @internal
 */
export function byDayStarts(rule: OrderedRule): QueryBuilderGroup | QueryBuilderRule | null {
  const { op, field } = rule;
  const is = (operator: string, value: unknown): QueryBuilderRule => ({ field, operator, value });
  if (op === "gte") return is(">=", rule.value);
  if (op === "lt") return is("<", rule.value);
  const last = op === "between" ? String(rule.to) : String(rule.value);
  const next = isCivilDay(last) ? dayAfter(last) : last;
  if (next === null) return null;
  const until = isCivilDay(last) ? is("<", next) : is("<=", next);
  switch (op) {
    case "lte":
      return until;
    case "gt":
      return is(">=", next);
    case "ne":
      return { combinator: "or", rules: [is("<", last), is(">=", next)] };
    case "between":
      return { combinator: "and", rules: [is(">=", rule.from), until] };
    case "eq":
      return { combinator: "and", rules: [is(">=", last), until] };
  }
}

function valuesOf(rule: OrderedRule): readonly unknown[] {
  return rule.op === "between" ? [rule.from, rule.to] : [rule.value];
}

function dayAfter(day: string): string | null {
  const number = parseCivilDay(day);
  return number === LAST_DAY ? null : civilDay(number + 1);
}
