import type { Result } from "../../core/result.js";
import { type ParseRuleOptions, readableRule } from "./readable-rule.js";
import type { FieldRule, RuleDocument, RuleValue, SegmentRule } from "./rule.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { type Faults, noFaults, outcomeOf, type RuleRefusal, refuse } from "./rule-refusal.js";
import { isFieldRule } from "./rule-shapes.js";

/** A rule of JsonLogic: a value, a list, or an object with one operator. */
export type JsonLogicRule =
  | boolean
  | number
  | string
  | null
  | readonly JsonLogicRule[]
  | { readonly [operator: string]: JsonLogicRule };

/**
 * How does JsonLogic say this rule, so that it means the same customers?
 *
 * In JsonLogic `null` counts as 0 in `<` and `!=` holds for it; where that would let in a customer whose value is missing,
 * the condition says `!= null` as well. What it cannot say is refused: conditions on events, dates, the size of a list,
 * beginnings and ends of texts, matching that ignores case, `atLeast`, segments, operators of your own.
 *
 * The meaning is that of json-logic-js for data of JSON in which each field has its declared type, is `null`, or is absent.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - The `fields`, as for {@link parseRule}.
 * @returns The JsonLogic, or why there is none: each place with its path.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule does not fit the fields.
 * @example
 * ```ts
 * import { ruleFields, toJsonLogic } from "clientele";
 *
 * const fields = ruleFields({ age: "number", joinedAt: "instant" });
 * const adult = toJsonLogic({ op: "gte", field: "age", value: 18 }, { fields });
 * adult; // => { ok: true, value: { ">=": [{ var: "age" }, 18] } }
 * const minor = toJsonLogic({ op: "lt", field: "age", value: 18 }, { fields });
 * minor; // => { ok: true, value: { and: [{ "!=": [{ var: "age" }, null] }, { "<": [{ var: "age" }, 18] }] } }
 * toJsonLogic({ op: "lt", field: "joinedAt", value: "2024-01-01" }, { fields }).ok; // => false
 * ```
 */
export function toJsonLogic(
  rule: SegmentRule | RuleDocument,
  options: ParseRuleOptions,
): Result<JsonLogicRule, RuleRefusal> {
  const into = noFaults();
  const logic = logicOf(readableRule(rule, options), "rule", options.fields.fields, into);
  // `null` is a refused part; no rule becomes it.
  return outcomeOf(logic, into);
}

function logicOf(rule: SegmentRule, path: string, fields: RuleFieldMap, into: Faults): JsonLogicRule {
  switch (rule.op) {
    case "all":
    case "any": {
      // "and" of nothing is undefined there, which is no answer.
      if (rule.of.length === 0) return rule.op === "all";
      const parts = rule.of.map((part, i) => logicOf(part, `${path}.of[${i}]`, fields, into));
      return { [rule.op === "all" ? "and" : "or"]: parts };
    }
    case "not":
      return { "!": [logicOf(rule.of, `${path}.of`, fields, into)] };
    default:
      return isFieldRule(rule)
        ? leafOf(rule, path, fields, into)
        : refuse(into, path, rule.op, "has no counterpart in JsonLogic");
  }
}

function leafOf(rule: FieldRule, path: string, fields: RuleFieldMap, into: Faults): JsonLogicRule {
  const { op, field } = rule;
  const inherited = field.split(".").find((step) => step in Object.prototype);
  if (inherited !== undefined)
    return refuse(into, `${path}.field`, field, "is a name that JsonLogic finds in every object");
  const variable: JsonLogicRule = { var: field };
  const isNumberOrText = fieldKind(fields, field)?.type !== "instant";
  switch (op) {
    case "exists":
      return { "!=": [variable, null] };
    case "missing":
      return { "==": [variable, null] };
    case "in":
      return { in: [variable, rule.values] };
    case "notIn":
      return present(variable, { "!": [{ in: [variable, rule.values] }] });
    case "hasAny":
      return anyOf(rule.values, variable);
    case "hasNone":
      return present(variable, { "!": [anyOf(rule.values, variable)] });
    case "hasAll":
      return rule.values.length === 0
        ? { "!=": [variable, null] }
        : joined(
            "and",
            rule.values.map((value) => ({ in: [value, variable] })),
          );
    case "contains":
      if (rule.ignoreCase) return refuse(into, `${path}.ignoreCase`, true, "has no counterpart in JsonLogic");
      // "in" does not look into an empty text, not even for an empty one.
      return rule.value === "" ? { "!=": [variable, null] } : { in: [rule.value, variable] };
    case "eq":
    case "ne":
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      if (isNumberOrText) return comparison(op, rule.value, variable);
      break;
    case "between":
      if (isNumberOrText) return between(Number(rule.from), Number(rule.to), variable);
      break;
    default:
  }
  const reason = isNumberOrText
    ? "has no counterpart in JsonLogic"
    : "compares instants, for which JsonLogic has no type";
  return refuse(into, path, op, reason);
}

const COMPARISONS = { eq: "==", ne: "!=", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function comparison(op: keyof typeof COMPARISONS, value: RuleValue, variable: JsonLogicRule): JsonLogicRule {
  const logic = { [COMPARISONS[op]]: [variable, value] };
  return op === "ne" || (op !== "eq" && holdsForZero(op, Number(value))) ? present(variable, logic) : logic;
}

/** Whether a comparison holds for 0, and so for the `null` of JsonLogic. @internal */
export function holdsForZero(op: "lt" | "lte" | "gt" | "gte", value: number): boolean {
  switch (op) {
    case "lt":
      return 0 < value;
    case "lte":
      return 0 <= value;
    case "gt":
      return 0 > value;
    case "gte":
      return 0 >= value;
  }
}

function between(from: number, to: number, variable: JsonLogicRule): JsonLogicRule {
  const logic = { "<=": [from, variable, to] };
  return from <= 0 && 0 <= to ? present(variable, logic) : logic;
}

function anyOf(values: readonly RuleValue[], variable: JsonLogicRule): JsonLogicRule {
  return values.length === 0
    ? false
    : joined(
        "or",
        values.map((value) => ({ in: [value, variable] })),
      );
}

function joined(by: "and" | "or", parts: readonly JsonLogicRule[]): JsonLogicRule {
  return parts.length === 1 ? parts[0] : { [by]: parts };
}

function present(variable: JsonLogicRule, logic: JsonLogicRule): JsonLogicRule {
  return { and: [{ "!=": [variable, null] }, logic] };
}
