import { civilDay } from "../../core/civil-day.js";
import { addDuration, subtractDuration } from "../../core/duration.js";
import { epochMs, instantOrNaN } from "../../core/instant.js";
import type { PeriodUnit } from "../../core/period.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { TestContext } from "./compile-test.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import type { EventRule, FieldRule, RuleComparison, RuleValue, SegmentRule } from "./rule.js";
import { completePeriods, type RuleClock, windowInstants } from "./rule-clock.js";
import { type FieldKind, fieldKind } from "./rule-fields.js";
import { existsTest, instantRange } from "./value-test.js";

/** With what a leaf of a rule was compared: what the rule says, dates resolved to instants. */
export interface RuleRequirement {
  /** How: an operator of the language. */
  readonly op: FieldRule["op"] | "custom";
  /** The value; of a custom operator whatever its rule holds. */
  readonly value?: unknown;
  /** The values of a list operator. */
  readonly values?: readonly unknown[];
  /** Least number, included. */
  readonly from?: number;
  /** Greatest number, included. */
  readonly to?: number;
  /** Whether upper and lower case are the same. */
  readonly ignoreCase?: boolean;
  /** Of a frequency: the calendar period that is looked at; `value` of the last `outOf` complete ones must have enough events. */
  readonly unit?: PeriodUnit;
  /** Of a frequency: how many of the last complete periods are looked at. */
  readonly outOf?: number;
  /** Of a frequency: how many events are enough. */
  readonly minimum?: number;
  /** First instant of those meant, epoch milliseconds; `null`: no bound. With `ne`, those meant are the ones excluded. */
  readonly start?: number | null;
  /** First instant after those meant; `null`: no bound. */
  readonly end?: number | null;
}

/** What a field was found to hold: of its own type, `null` when it is missing, instants as epoch milliseconds. @internal */
export function actualValue(
  rule: SegmentRule,
  path: string,
  record: object,
  { fields, clock }: TestContext,
): unknown {
  const kind = fieldKind(fields, path);
  const value = fieldReader(path, false)(record as FieldRecord);
  if (kind === null || !existsTest(kind, clock)(value)) return null;
  if (Array.isArray(value)) return rule.op === "size" ? value.length : value.map(shownItem);
  if (kind.type === "instant") return instantOrNaN(value, clock.timeZone) + 0;
  return typeof value === "number" ? plainNumber(value) : value;
}

/** A number as JSON keeps it: `null` for NaN, text where it is not finite, 0 for -0. @internal */
export function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value + 0 : String(value);
}

/** Lists hold texts or numbers; anything else in them is shown as what no condition finds. */
function shownItem(item: unknown): unknown {
  if (typeof item === "number") return Number.isFinite(item) ? item + 0 : null;
  return typeof item === "string" ? item : null;
}

/** What a condition on a field requires. @internal */
export function fieldRequirement(rule: FieldRule, { fields, clock }: TestContext): RuleRequirement {
  const { op } = rule;
  switch (op) {
    case "exists":
    case "missing":
      return { op };
    case "size":
      return numberRequirement(rule.is);
    case "within":
      return { op, ...bounds(windowInstants(rule.window, clock)) };
    case "anniversary":
      return { op, ...anniversaryDays(rule, clock) };
    case "contains":
    case "startsWith":
    case "endsWith":
      return { op, value: rule.value, ignoreCase: rule.ignoreCase ?? false };
    case "in":
    case "notIn":
    case "hasAny":
    case "hasAll":
    case "hasNone":
      return { op, values: rule.values.map(plainValue) };
    default: {
      const kind: FieldKind | null = fieldKind(fields, rule.field);
      const is = rule as unknown as RuleComparison;
      if (kind?.type === "instant") return { op, ...bounds(instantRange(is, clock)) };
      return rule.op === "between" ? numberRequirement(is) : { op, value: plainValue(rule.value) };
    }
  }
}

/** What a condition on events requires, and in which window. @internal */
export function eventRequirement(
  rule: EventRule,
  clock: RuleClock,
): {
  readonly required: RuleRequirement;
  readonly window: { readonly start: number | null; readonly end: number | null };
} {
  if (rule.op === "frequency") {
    const starts = completePeriods(rule.unit, rule.outOf, clock);
    const window = { start: starts[0], end: starts[starts.length - 1] };
    const { atLeast: value, unit, outOf, minimum = 1 } = rule;
    return { required: { op: "gte", value, unit, outOf, minimum }, window };
  }
  const { start, end } = windowInstants(rule.window, clock);
  // What happens at asOf or later is not known, whatever the window.
  const window = bounds({ start, end: Math.min(end, clock.asOf) });
  switch (rule.op) {
    case "did":
      return { required: { op: "gt", value: 0 }, window };
    case "didNot":
      return { required: { op: "eq", value: 0 }, window };
    case "sequence":
      return { required: { op: "eq", value: true }, window };
    case "first":
    case "last":
      return { required: { op: rule.is.op, ...bounds(instantRange(rule.is, clock)) }, window };
    default:
      return { required: numberRequirement(rule.is), window };
  }
}

function numberRequirement(is: RuleComparison): RuleRequirement {
  if (is.op === "within") return { op: is.op };
  return is.op === "between"
    ? { op: is.op, from: Number(is.from) + 0, to: Number(is.to) + 0 }
    : { op: is.op, value: plainValue(is.value) };
}

/** -0, which rules from JSON may hold, becomes 0. */
function plainValue(value: RuleValue): RuleValue {
  return typeof value === "number" ? value + 0 : value;
}

/** The local days, as instants, on one of which the day must come round. */
function anniversaryDays(
  { within, direction = "next" }: Extract<FieldRule, { op: "anniversary" }>,
  { asOf, timeZone }: RuleClock,
): { readonly start: number; readonly end: number } {
  const day = begunDayReader(timeZone)(asOf);
  const today = civilDay(day);
  if (direction === "next") {
    return { start: epochMs(today, "asOf", timeZone), end: addDuration(today, within, { timeZone }) };
  }
  const tomorrow = addDuration(today, { days: 1 }, { timeZone });
  // The day itself lies outside: one later than the duration before today.
  const before = civilDay(begunDayReader(timeZone)(subtractDuration(today, within, { timeZone })) + 1);
  return { start: epochMs(before, "asOf", timeZone), end: tomorrow };
}

function bounds({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number | null;
  readonly end: number | null;
} {
  return { start: Number.isFinite(start) ? start + 0 : null, end: Number.isFinite(end) ? end + 0 : null };
}
