import { instantOrNaN } from "../../core/instant.js";
import { anniversaryTest } from "./anniversary-test.js";
import type { FieldRule, RuleComparison, RuleValue } from "./rule.js";
import { momentInstants, type RuleClock, windowInstants } from "./rule-clock.js";
import type { FieldKind } from "./rule-fields.js";

/** Whether a condition holds for a value; false for a missing one, except by `missing`. @internal */
export type ValueTest = (value: unknown) => boolean;

/** The operators that hold in one range of instants. @internal */
export const INSTANT_RANGES: readonly FieldRule["op"][] = [
  "eq",
  "lt",
  "lte",
  "gt",
  "gte",
  "between",
  "within",
];

/** A half-open range of instants, which may be infinite. @internal */
export interface InstantRange {
  readonly start: number;
  readonly end: number;
}

/** The test of a condition on a field. @internal */
export function valueTest(rule: FieldRule, kind: FieldKind, clock: RuleClock): ValueTest {
  if (rule.op === "exists") return existsTest(kind, clock);
  if (rule.op === "missing") {
    const exists = existsTest(kind, clock);
    return (value) => !exists(value);
  }
  if (kind.isList) return listTest(rule);
  switch (kind.type) {
    case "instant":
      return instantTest(rule, clock);
    case "number":
      return numberFieldTest(rule);
    case "boolean":
      return booleanTest(rule);
    default:
      return textTest(rule);
  }
}

/** Whether a field of this kind has a value: one of another type counts as none. @internal */
export function existsTest({ type, isList }: FieldKind, { timeZone }: RuleClock): ValueTest {
  if (isList) return Array.isArray;
  if (type === "number") return (value) => typeof value === "number" && !Number.isNaN(value);
  if (type === "instant") return (value) => !Number.isNaN(instantOrNaN(value, timeZone));
  const typeName = type === "text" ? "string" : "boolean";
  return (value) => typeof value === typeName;
}

/** The range of instants in which a comparison holds; `outside`: in which it does not, for a value that exists. @internal */
export function instantRange(
  is: RuleComparison,
  clock: RuleClock,
): InstantRange & { readonly outside: boolean } {
  if (is.op === "within") return { ...windowInstants(is.window, clock), outside: false };
  if (is.op === "between") {
    const start = momentInstants(String(is.from), clock).start;
    return { start, end: momentInstants(String(is.to), clock).end, outside: false };
  }
  const { start, end } = momentInstants(String(is.value), clock);
  switch (is.op) {
    case "eq":
      return { start, end, outside: false };
    case "ne":
      return { start, end, outside: true };
    case "lt":
      return { start: Number.NEGATIVE_INFINITY, end: start, outside: false };
    case "lte":
      return { start: Number.NEGATIVE_INFINITY, end, outside: false };
    case "gt":
      return { start: end, end: Number.POSITIVE_INFINITY, outside: false };
    case "gte":
      return { start, end: Number.POSITIVE_INFINITY, outside: false };
  }
}

/** The test of a number that was counted, summed or measured; false for NaN, which stands for "none". @internal */
export function numberTest(is: Exclude<RuleComparison, { op: "within" }>): (value: number) => boolean {
  if (is.op === "between") {
    const [from, to] = [Number(is.from), Number(is.to)];
    return (value) => value >= from && value <= to;
  }
  const bound = Number(is.value);
  switch (is.op) {
    case "eq":
      return (value) => value === bound;
    case "ne":
      return (value) => !Number.isNaN(value) && value !== bound;
    case "lt":
      return (value) => value < bound;
    case "lte":
      return (value) => value <= bound;
    case "gt":
      return (value) => value > bound;
    case "gte":
      return (value) => value >= bound;
  }
}

/** The test of an instant in epoch milliseconds; false for NaN. @internal */
export function instantNumberTest(is: RuleComparison, clock: RuleClock): (ms: number) => boolean {
  const { start, end, outside } = instantRange(is, clock);
  return outside ? (ms) => ms < start || ms >= end : (ms) => ms >= start && ms < end;
}

function instantTest(rule: FieldRule, clock: RuleClock): ValueTest {
  const { timeZone } = clock;
  const holds =
    rule.op === "anniversary"
      ? anniversaryTest(rule, clock)
      : instantNumberTest(rule as unknown as RuleComparison, clock);
  return (value) => holds(instantOrNaN(value, timeZone));
}

function numberFieldTest(rule: FieldRule): ValueTest {
  if (rule.op === "in" || rule.op === "notIn") return oneOfTest(rule.op, rule.values, "number");
  const holds = numberTest(rule as unknown as Exclude<RuleComparison, { op: "within" }>);
  return (value) => typeof value === "number" && holds(value);
}

function booleanTest(rule: FieldRule): ValueTest {
  const { op, value: wanted } = rule as Extract<FieldRule, { op: "eq" | "ne" }>;
  const held = op === "eq" ? wanted : !wanted;
  return (value) => value === held;
}

function textTest(rule: FieldRule): ValueTest {
  switch (rule.op) {
    case "eq":
    case "ne": {
      const wanted = rule.value;
      if (rule.op === "eq") return (value) => value === wanted;
      return (value) => typeof value === "string" && value !== wanted;
    }
    case "in":
    case "notIn":
      return oneOfTest(rule.op, rule.values, "string");
    case "contains":
    case "startsWith":
    case "endsWith": {
      const ignoreCase = rule.ignoreCase ?? false;
      const wanted = ignoreCase ? caseless(rule.value) : rule.value;
      const matches = MATCHES[rule.op];
      return ignoreCase
        ? (value) => typeof value === "string" && matches(caseless(value), wanted)
        : (value) => typeof value === "string" && matches(value, wanted);
    }
    default:
      throw new TypeError(`no text operator: ${rule.op}`);
  }
}

/**
 * Text in which case is none. `toLowerCase` makes of a capital sigma what its place in the word asks for, and a part of a
 * text has other places: both forms are one here, so that whatever matches exactly matches in any case.
 */
function caseless(text: string): string {
  if (text !== LAST.text) {
    LAST.caseless = text.toLowerCase().replaceAll("ς", "σ");
    LAST.text = text;
  }
  return LAST.caseless;
}

/** The last of them: thousands of conditions may ask about one long text, one after the other. */
const LAST = { text: "", caseless: "" };

const MATCHES = {
  contains: (value: string, wanted: string): boolean => value.includes(wanted),
  startsWith: (value: string, wanted: string): boolean => value.startsWith(wanted),
  endsWith: (value: string, wanted: string): boolean => value.endsWith(wanted),
} as const;

function oneOfTest(op: "in" | "notIn", values: readonly RuleValue[], type: "string" | "number"): ValueTest {
  const wanted = new Set<unknown>(values);
  const isPresent = (value: unknown): boolean => typeof value === type && !Number.isNaN(value);
  return op === "in"
    ? (value) => isPresent(value) && wanted.has(value)
    : (value) => isPresent(value) && !wanted.has(value);
}

/** How many items are looked through one by one faster than by a set of them. */
const FEW = 16;

function listTest(rule: FieldRule): ValueTest {
  switch (rule.op) {
    case "hasAny": {
      const wanted = new Set<unknown>(rule.values);
      return (value) => Array.isArray(value) && value.some((item) => wanted.has(item));
    }
    case "hasNone": {
      const wanted = new Set<unknown>(rule.values);
      return (value) => Array.isArray(value) && !value.some((item) => wanted.has(item));
    }
    case "hasAll": {
      const wanted = [...new Set<unknown>(rule.values)];
      return (value) => {
        if (!Array.isArray(value)) return false;
        if (wanted.length <= FEW || value.length <= FEW) return wanted.every((item) => value.includes(item));
        const given = new Set<unknown>(value);
        return wanted.every((item) => given.has(item));
      };
    }
    case "size": {
      const holds = numberTest(rule.is as Exclude<RuleComparison, { op: "within" }>);
      return (value) => Array.isArray(value) && holds(value.length);
    }
    default:
      throw new TypeError(`no list operator: ${rule.op}`);
  }
}
