import type { Result } from "../../core/result.js";
import { holdsForZero } from "./json-logic-export.js";
import type { ImportRuleOptions } from "./query-builder-import.js";
import { assertRuleFields, madeRuleProblems } from "./readable-rule.js";
import type { FieldRule, SegmentRule } from "./rule.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { plainCopy } from "./rule-limits.js";
import type { RuleProblem } from "./rule-problem.js";
import { outcomeOf, type RuleRefusal } from "./rule-refusal.js";

/**
 * Which rule means the same as this JsonLogic?
 *
 * Reads `and`, `or`, `!`, `!!`, `==`, `===`, `!=`, `!==`, `<`, `<=`, `>`, `>=` (with three operands as "between") and `in`,
 * each of one `var` and literals. What JsonLogic does with `null` is kept, and becomes visible: `{"<": [age, 18]}` holds for
 * a missing age there, so that it comes in as "less than 18, or missing". Everything else is refused: arithmetic, `if`, `map`
 * and `reduce`, defaults of `var`, comparisons of two fields, dates.
 *
 * The meaning is that of json-logic-js for data of JSON in which each field has its declared type, is `null`, or is absent.
 *
 * @param logic - A rule of JsonLogic.
 * @param options - The `fields`, and `limits` on its size.
 * @returns The rule, or why there is none: each place with its path.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the options are unusable, never because of the JsonLogic.
 * @example
 * ```ts
 * import { fromJsonLogic, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: "number", plan: "text" });
 * const adult = fromJsonLogic({ ">=": [{ var: "age" }, 18] }, { fields });
 * adult; // => { ok: true, value: { op: "gte", field: "age", value: 18 } }
 * const minor = fromJsonLogic({ "<": [{ var: "age" }, 18] }, { fields });
 * minor.ok && minor.value; // => { op: "any", of: [{ op: "lt", field: "age", value: 18 }, { op: "missing", field: "age" }] }
 * const sum = fromJsonLogic({ ">": [{ "+": [{ var: "age" }, 1] }, 18] }, { fields });
 * !sum.ok && sum.error.problems[0]?.path; // => "logic.>[0]"
 * ```
 */
export function fromJsonLogic(logic: unknown, options: ImportRuleOptions): Result<SegmentRule, RuleRefusal> {
  assertRuleFields(options?.fields);
  const copy = plainCopy(logic, options.limits, "logic");
  if (copy.problem) return outcomeOf<SegmentRule>(null, "INVALID_RULE", [copy.problem]);
  const problems: RuleProblem[] = [];
  const rule = readLogic(copy.value, "logic", { problems, fields: options.fields.fields });
  if (problems.length > 0 || rule === null) return outcomeOf(rule, "NOT_EXPRESSIBLE", problems);
  return outcomeOf(rule, "INVALID_RULE", madeRuleProblems(rule, options));
}

interface Import {
  readonly problems: RuleProblem[];
  readonly fields: RuleFieldMap;
}

function readLogic(logic: unknown, path: string, into: Import): SegmentRule | null {
  // Constants, as `all` and `any` of nothing are written.
  if (typeof logic === "boolean") return { op: logic ? "all" : "any", of: [] };
  const call = callOf(logic);
  if (call === null) return refuse(into, path, logic, "is no condition");
  const { operator, operands } = call;
  const at = `${path}.${operator}`;
  switch (operator) {
    case "and":
    case "or":
      return readJoined(operator, operands, at, into);
    case "!":
    case "!!": {
      if (operands.length !== 1) return refuse(into, at, operands, "has not one operand");
      const of = readLogic(operands[0], `${at}[0]`, into);
      return of && operator === "!" ? { op: "not", of } : of;
    }
    case "==":
    case "===":
    case "!=":
    case "!==":
      return readEquality(operator.startsWith("!"), operands, at, into);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return readOrder(operator, operands, at, into);
    case "in":
      return readIn(operands, at, into);
    case "var":
      return readFlag(logic, path, into);
    default:
      return refuse(into, at, operands, "is no operator that rules have");
  }
}

function readJoined(
  operator: "and" | "or",
  operands: readonly unknown[],
  path: string,
  into: Import,
): SegmentRule | null {
  if (operands.length === 0)
    return refuse(into, path, operands, "of nothing has no truth value in JsonLogic");
  const of = operands.map((part, i) => readLogic(part, `${path}[${i}]`, into));
  const known = of.filter((part) => part !== null);
  if (known.length < of.length) return null;
  return (operator === "and" && presentLeaf(known)) || { op: operator === "and" ? "all" : "any", of: known };
}

/** "Not null, and ..." of one field is a condition of rules by itself: see `toJsonLogic`. */
function presentLeaf(parts: readonly SegmentRule[]): SegmentRule | null {
  const [exists, rest] = parts;
  if (parts.length !== 2 || exists.op !== "exists") return null;
  if (rest.op === "any" && rest.of.length === 2) {
    const [leaf, missing] = rest.of;
    const isSame = "field" in leaf && leaf.field === exists.field;
    return isSame && missing.op === "missing" && missing.field === exists.field ? leaf : null;
  }
  if (rest.op !== "not") return null;
  const { of: leaf } = rest;
  switch (leaf.op) {
    case "eq":
      return leaf.field === exists.field ? { ...leaf, op: "ne" } : null;
    case "in":
      return leaf.field === exists.field ? { ...leaf, op: "notIn" } : null;
    case "hasAny":
      return leaf.field === exists.field ? { ...leaf, op: "hasNone" } : null;
    default:
      return null;
  }
}

function readEquality(
  isNegated: boolean,
  operands: readonly unknown[],
  path: string,
  into: Import,
): SegmentRule | null {
  const [left, right] = operands;
  const isTurned = callOf(left)?.operator !== "var";
  const field = readField(isTurned ? right : left, `${path}[${isTurned ? 1 : 0}]`, into);
  const value = isTurned ? left : right;
  if (field === null) return null;
  if (operands.length !== 2) return refuse(into, path, operands, "has not two operands");
  if (value === null) return { op: isNegated ? "exists" : "missing", field };
  if (isInstant(field, into)) return refuse(into, path, field, NO_INSTANTS);
  if (!isScalar(value)) return refuse(into, `${path}[${isTurned ? 0 : 1}]`, value, "is no literal");
  const leaf: FieldRule = { op: "eq", field, value };
  // What is missing is unlike every value there.
  return isNegated ? { op: "not", of: leaf } : leaf;
}

const ORDERS = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" } as const;
const TURNED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function readOrder(
  operator: keyof typeof ORDERS,
  operands: readonly unknown[],
  path: string,
  into: Import,
): SegmentRule | null {
  const hasThree = operands.length === 3 && (operator === "<" || operator === "<=");
  if (operands.length !== 2 && !hasThree) return refuse(into, path, operands, "has not two operands");
  const place = operands.findIndex((operand) => callOf(operand)?.operator === "var");
  const wanted = hasThree ? 1 : place === 1 ? 1 : 0;
  const field = readField(operands[wanted], `${path}[${wanted}]`, into);
  if (field === null) return null;
  if (fieldKind(into.fields, field)?.type !== "number" || fieldKind(into.fields, field)?.isList)
    return refuse(into, path, field, isInstant(field, into) ? NO_INSTANTS : "is no number");
  for (const [i, operand] of operands.entries()) {
    if (i !== wanted && typeof operand !== "number")
      return refuse(into, `${path}[${i}]`, operand, "is not a number");
  }
  if (!hasThree) {
    const op = ORDERS[wanted === 0 ? operator : TURNED[operator]];
    const value = Number(operands[1 - wanted]);
    return orMissing({ op, field, value }, holdsForZero(op, value));
  }
  const [from, to] = [Number(operands[0]), Number(operands[2])];
  if (operator === "<=") {
    if (from > to) return { op: "any", of: [] };
    return orMissing({ op: "between", field, from, to }, from <= 0 && 0 <= to);
  }
  const inside: SegmentRule[] = [
    { op: "gt", field, value: from },
    { op: "lt", field, value: to },
  ];
  return orMissing({ op: "all", of: inside }, from < 0 && 0 < to, field);
}

/** `null` is 0 in comparisons of JsonLogic. */
function orMissing(rule: SegmentRule, holdsForNull: boolean, field?: string): SegmentRule {
  const name = field ?? ("field" in rule ? rule.field : undefined);
  return holdsForNull && name !== undefined
    ? { op: "any", of: [rule, { op: "missing", field: name }] }
    : rule;
}

function readIn(operands: readonly unknown[], path: string, into: Import): SegmentRule | null {
  const [item, list] = operands;
  if (operands.length !== 2) return refuse(into, path, operands, "has not two operands");
  if (Array.isArray(list)) {
    const field = readField(item, `${path}[0]`, into);
    if (field === null) return null;
    if (isInstant(field, into)) return refuse(into, path, field, NO_INSTANTS);
    return list.every(isScalar)
      ? { op: "in", field, values: list }
      : refuse(into, `${path}[1]`, list, "has items that are no literals");
  }
  const field = readField(list, `${path}[1]`, into);
  if (field === null) return null;
  if (!isScalar(item)) return refuse(into, `${path}[0]`, item, "is no literal");
  const kind = fieldKind(into.fields, field);
  if (kind?.isList) return { op: "hasAny", field, values: [item] };
  if (kind?.type !== "text" || typeof item !== "string")
    return refuse(into, path, field, "is neither a text nor a list");
  // "in" does not look into an empty text, not even for an empty one.
  return item === "" ? { op: "ne", field, value: "" } : { op: "contains", field, value: item };
}

/** A field by itself is a condition where it is true or false. */
function readFlag(logic: unknown, path: string, into: Import): SegmentRule | null {
  const field = readField(logic, path, into);
  if (field === null) return null;
  return fieldKind(into.fields, field)?.type === "boolean"
    ? { op: "eq", field, value: true }
    : refuse(into, path, field, "is a condition by itself, and not true or false");
}

function readField(logic: unknown, path: string, into: Import): string | null {
  const call = callOf(logic);
  if (call?.operator !== "var") return refuse(into, path, logic, 'is not { "var": field }');
  const [field] = call.operands;
  if (call.operands.length !== 1) return refuse(into, path, logic, "has a default, which rules have not");
  if (typeof field !== "string" || fieldKind(into.fields, field) === null)
    return refuse(into, path, field, "is no field of these rules");
  if (field.split(".").some((step) => step in Object.prototype))
    return refuse(into, path, field, "is a name that JsonLogic finds in every object");
  return field;
}

const NO_INSTANTS = "is an instant, which JsonLogic compares as text";

function isInstant(field: string, { fields }: Import): boolean {
  return fieldKind(fields, field)?.type === "instant";
}

function callOf(logic: unknown): { readonly operator: string; readonly operands: readonly unknown[] } | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return null;
  const [[operator, value] = [], ...others] = Object.entries(logic);
  if (operator === undefined || others.length > 0) return null;
  return { operator, operands: Array.isArray(value) ? value : [value] };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function refuse(into: Import, path: string, value: unknown, reason: string): null {
  into.problems.push({ path, value, reason });
  return null;
}
