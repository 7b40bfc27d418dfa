import type { Result } from "../../core/result.js";
import { holdsForZero } from "./json-logic-export.js";
import type { FieldRule, SegmentRule } from "./rule.js";
import { fieldKind } from "./rule-fields.js";
import {
  type ImportRuleOptions,
  importedRule,
  type PlaceOf,
  placed,
  type RuleImport,
} from "./rule-import.js";
import { type RuleRefusal, refuse, reject } from "./rule-refusal.js";
import { isFieldRule } from "./rule-shapes.js";

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
  return importedRule(logic, "logic", options, readLogic);
}

function readLogic(logic: unknown, path: string, into: RuleImport): SegmentRule | null {
  // Constants, as `all` and `any` of nothing are written.
  if (typeof logic === "boolean") return placed(into, { op: logic ? "all" : "any", of: [] }, () => path);
  const call = callOf(logic);
  if (call === null) return reject(into, path, logic, "is no condition");
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
      return of && operator === "!" ? placed(into, { op: "not", of }, () => at) : of;
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
  into: RuleImport,
): SegmentRule | null {
  if (operands.length === 0)
    return refuse(into, path, operands, "of nothing has no truth value in JsonLogic");
  const of = operands
    .map((part, i) => readLogic(part, `${path}[${i}]`, into))
    .filter((part) => part !== null);
  const leaf = operator === "and" ? presentLeaf(of, into) : null;
  return leaf ?? placed(into, { op: operator === "and" ? "all" : "any", of }, () => path);
}

/** "Not null, and ..." of one field is a condition of rules by itself: see `toJsonLogic`. */
function presentLeaf(
  [exists, rest, ...others]: readonly SegmentRule[],
  into: RuleImport,
): SegmentRule | null {
  if (exists?.op !== "exists" || rest === undefined || others.length > 0) return null;
  const { field } = exists;
  if (rest.op === "any" && rest.of.length === 2) {
    const [leaf, missing] = rest.of;
    if (missing.op !== "missing" || missing.field !== field) return null;
    // Only "missing" itself holds for what is missing.
    return isFieldRule(leaf) && leaf.field === field && leaf.op !== "missing" ? leaf : null;
  }
  const leaf = rest.op === "not" ? rest.of : null;
  if (leaf?.op !== "eq" && leaf?.op !== "in" && leaf?.op !== "hasAny") return null;
  if (leaf.field !== field) return null;
  const op = ({ eq: "ne", in: "notIn", hasAny: "hasNone" } as const)[leaf.op];
  const placeOf = into.places.get(leaf) as PlaceOf;
  return placed(into, { ...leaf, op } as FieldRule, placeOf);
}

/** The operands at which parts of a leaf stand. */
type OperandOf = Readonly<Partial<Record<string, number>>>;

/** Remembers from which operands of an operator the parts of a leaf come; the leaf. */
function leafAt(path: string, operandOf: OperandOf, leaf: FieldRule, into: RuleImport): FieldRule {
  return placed(into, leaf, (part, index) => {
    const operand = operandOf[part];
    // One item of a list there may be the whole operand here.
    return operand === undefined ? path : `${path}[${operand}]${leaf.op === "hasAny" ? "" : index}`;
  });
}

function readEquality(
  isNegated: boolean,
  operands: readonly unknown[],
  path: string,
  into: RuleImport,
): SegmentRule | null {
  const [left, right] = operands;
  const isTurned = callOf(left)?.operator !== "var";
  const field = readField(isTurned ? right : left, `${path}[${isTurned ? 1 : 0}]`, into);
  const value = isTurned ? left : right;
  if (field === null) return null;
  if (operands.length !== 2) return refuse(into, path, operands, "has not two operands");
  const operand = isTurned ? 0 : 1;
  if (value === null) return leafAt(path, {}, { op: isNegated ? "exists" : "missing", field }, into);
  if (isInstant(field, into)) return refuse(into, path, field, NO_INSTANTS);
  if (!isScalar(value)) return refuse(into, `${path}[${operand}]`, value, "is no literal");
  const leaf = leafAt(path, { value: operand }, { op: "eq", field, value }, into);
  // What is missing is unlike every value there.
  return isNegated ? placed(into, { op: "not", of: leaf }, () => path) : leaf;
}

const ORDERS = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" } as const;
const TURNED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function readOrder(
  operator: keyof typeof ORDERS,
  operands: readonly unknown[],
  path: string,
  into: RuleImport,
): SegmentRule | null {
  const hasThree = operands.length === 3 && (operator === "<" || operator === "<=");
  if (operands.length !== 2 && !hasThree) return refuse(into, path, operands, "has not two operands");
  const place = operands.findIndex((operand) => callOf(operand)?.operator === "var");
  const wanted = hasThree ? 1 : place === 1 ? 1 : 0;
  const field = readField(operands[wanted], `${path}[${wanted}]`, into);
  if (field === null) return null;
  if (fieldKind(into.fields, field)?.type !== "number" || fieldKind(into.fields, field)?.isList)
    return isInstant(field, into)
      ? refuse(into, path, field, NO_INSTANTS)
      : reject(into, path, field, "is no number");
  for (const [i, operand] of operands.entries()) {
    if (i !== wanted && typeof operand !== "number")
      return refuse(into, `${path}[${i}]`, operand, "is not a number");
  }
  if (!hasThree) {
    const op = ORDERS[wanted === 0 ? operator : TURNED[operator]];
    const value = Number(operands[1 - wanted]);
    const leaf = leafAt(path, { value: 1 - wanted }, { op, field, value }, into);
    return orMissing(leaf, field, holdsForZero(op, value), path, into);
  }
  const [from, to] = [Number(operands[0]), Number(operands[2])];
  if (operator === "<=") {
    if (from > to) return placed(into, { op: "any", of: [] }, () => path);
    const leaf = leafAt(path, { from: 0, to: 2 }, { op: "between", field, from, to }, into);
    return orMissing(leaf, field, from <= 0 && 0 <= to, path, into);
  }
  const above = leafAt(path, { value: 0 }, { op: "gt", field, value: from }, into);
  const below = leafAt(path, { value: 2 }, { op: "lt", field, value: to }, into);
  const inside = placed(into, { op: "all", of: [above, below] }, () => path);
  return orMissing(inside, field, from < 0 && 0 < to, path, into);
}

/** `null` is 0 in comparisons of JsonLogic. */
function orMissing(
  rule: SegmentRule,
  field: string,
  holdsForNull: boolean,
  path: string,
  into: RuleImport,
): SegmentRule {
  return holdsForNull ? placed(into, { op: "any", of: [rule, { op: "missing", field }] }, () => path) : rule;
}

function readIn(operands: readonly unknown[], path: string, into: RuleImport): SegmentRule | null {
  const [item, list] = operands;
  if (operands.length !== 2) return refuse(into, path, operands, "has not two operands");
  if (Array.isArray(list)) {
    const field = readField(item, `${path}[0]`, into);
    if (field === null) return null;
    if (isInstant(field, into)) return refuse(into, path, field, NO_INSTANTS);
    return list.every(isScalar)
      ? leafAt(path, { values: 1 }, { op: "in", field, values: list }, into)
      : refuse(into, `${path}[1]`, list, "has items that are no literals");
  }
  const field = readField(list, `${path}[1]`, into);
  if (field === null) return null;
  if (!isScalar(item)) return refuse(into, `${path}[0]`, item, "is no literal");
  const kind = fieldKind(into.fields, field);
  if (kind?.isList) return leafAt(path, { values: 0 }, { op: "hasAny", field, values: [item] }, into);
  if (kind?.type !== "text" || typeof item !== "string")
    return reject(into, path, field, "is neither a text nor a list");
  // "in" does not look into an empty text, not even for an empty one.
  const leaf: FieldRule =
    item === "" ? { op: "ne", field, value: "" } : { op: "contains", field, value: item };
  return leafAt(path, { value: 0 }, leaf, into);
}

/** A field by itself is a condition where it is true or false. */
function readFlag(logic: unknown, path: string, into: RuleImport): SegmentRule | null {
  const field = readField(logic, path, into);
  if (field === null) return null;
  return fieldKind(into.fields, field)?.type === "boolean"
    ? leafAt(path, {}, { op: "eq", field, value: true }, into)
    : refuse(into, path, field, "is a condition by itself, and not true or false");
}

function readField(logic: unknown, path: string, into: RuleImport): string | null {
  const call = callOf(logic);
  if (call?.operator !== "var") return refuse(into, path, logic, 'is not { "var": field }');
  const [field] = call.operands;
  if (call.operands.length !== 1) return refuse(into, path, logic, "has a default, which rules have not");
  if (typeof field !== "string" || fieldKind(into.fields, field) === null)
    return reject(into, path, field, "is no field of these rules");
  if (field.split(".").some((step) => step in Object.prototype))
    return refuse(into, path, field, "is a name that JsonLogic finds in every object");
  return field;
}

const NO_INSTANTS = "is an instant, which JsonLogic compares as text";

function isInstant(field: string, { fields }: RuleImport): boolean {
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
