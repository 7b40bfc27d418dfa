import type { Result } from "../../core/result.js";
import { kindName, operatorsOf } from "./field-operators.js";
import { type QueryOperator, queryOperator, queryOperatorsOf } from "./query-builder-operators.js";
import { readQueryValue } from "./query-builder-values.js";
import type { FieldRule, SegmentRule } from "./rule.js";
import { type FieldKind, fieldKind } from "./rule-fields.js";
import {
  type ImportRuleOptions,
  importedRule,
  type PlaceOf,
  placed,
  type RuleImport,
} from "./rule-import.js";
import { keyStep } from "./rule-problem.js";
import { type RuleRefusal, refuse, reject } from "./rule-refusal.js";

/**
 * Which rule does a query of react-querybuilder make?
 *
 * Reads groups with one combinator and with independent ones (where "and" binds tighter than "or"), `not`, and the
 * operators that react-querybuilder comes with; numbers, truth values and lists also as the text that its inputs give.
 *
 * Such a query says nothing about missing values, and its exports to SQL, MongoDB and JsonLogic differ there. Here it means
 * what rules mean: no comparison holds for a missing value, neither `!=`, `notIn`, `notBetween` nor `doesNotContain`; `not`
 * turns that around.
 *
 * Refused is what its exports mean otherwise: an empty list, and an empty group in another or under `not`, which they take for
 * everybody or leave out; a civil day compared with a field of instants by anything but `>=` and `<`, since they compare with
 * its first instant; items of lists with blanks around them. Refused, too, are rules that compare two fields, match in
 * nested arrays, or are muted.
 *
 * @param query - A query, as the component hands it out: `RuleGroupType` or `RuleGroupTypeIC`.
 * @param options - The `fields`, and `limits` on its size.
 * @returns The rule, or why there is none: each place with its path.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the options are unusable, never because of the query.
 * @example
 * ```ts
 * import { fromQueryBuilder, ruleFields } from "clientele";
 *
 * const fields = ruleFields({ age: "number", city: "text" });
 * const query = { combinator: "and", rules: [{ field: "age", operator: ">=", value: "18" }] };
 * fromQueryBuilder(query, { fields }); // => { ok: true, value: { op: "all", of: [{ op: "gte", field: "age", value: 18 }] } }
 * const other = { combinator: "or", rules: [{ field: "age", operator: ">", value: "city", valueSource: "field" }] };
 * const outcome = fromQueryBuilder(other, { fields });
 * !outcome.ok && outcome.error.problems[0]?.path; // => "query.rules[0].valueSource"
 * ```
 */
export function fromQueryBuilder(
  query: unknown,
  options: ImportRuleOptions,
): Result<SegmentRule, RuleRefusal> {
  return importedRule(query, "query", options, (copy, path, into) =>
    isUntouched(copy) ? placed(into, { op: "all", of: [] }, () => path) : readGroup(copy, path, into),
  );
}

type Tree = Readonly<Record<string, unknown>>;

/** Keys that are the form's own and say nothing of who is meant. */
const FORM_KEYS = ["id", "path", "disabled", "meta", "combinatorPreceding"];
const GROUP_KEYS = [...FORM_KEYS, "combinator", "not", "rules", "muted"];
const RULE_KEYS = [...FORM_KEYS, "field", "operator", "value", "valueSource", "muted"];

/** Whether this is a form into which nothing is put yet: everybody. */
function isUntouched(query: unknown): boolean {
  if (!isTree(query) || !Array.isArray(query.rules) || query.rules.length > 0) return false;
  const { combinator = "and", not = false, muted = false } = query;
  const isPlain = not === false && muted === false && otherKeys(query, GROUP_KEYS).length === 0;
  return isPlain && combinatorOp(combinator) === "all";
}

function readNode(node: unknown, path: string, into: RuleImport): SegmentRule | null {
  return isTree(node) && "rules" in node ? readGroup(node, path, into) : readLeaf(node, path, into);
}

function readGroup(group: unknown, path: string, into: RuleImport): SegmentRule | null {
  if (!isTree(group) || !Array.isArray(group.rules)) {
    return reject(into, path, group, "is no group: it has no list of rules");
  }
  if (saysMore(group, GROUP_KEYS, path, into)) return null;
  const { combinator, not = false, rules } = group;
  if (typeof not !== "boolean") reject(into, `${path}.not`, not, "is not true or false");
  if (rules.length === 0) {
    if (combinator !== undefined && combinatorOp(combinator) === null)
      reject(into, `${path}.combinator`, combinator, NO_COMBINATOR);
    return refuse(into, `${path}.rules`, rules, EMPTY_GROUP);
  }
  const isIndependent = combinator === undefined && rules.some((part) => typeof part === "string");
  const inner =
    isIndependent || (combinator === undefined && rules.length === 1)
      ? readIndependent(rules, path, into)
      : readCombined(combinator, rules, path, into);
  return not === true ? placed(into, { op: "not", of: inner }, () => path) : inner;
}

const EMPTY_GROUP = "is empty, which react-querybuilder's exports take for everybody or leave out";

function readCombined(
  combinator: unknown,
  rules: readonly unknown[],
  path: string,
  into: RuleImport,
): SegmentRule {
  const op = combinatorOp(combinator);
  if (op === null) reject(into, `${path}.combinator`, combinator, NO_COMBINATOR);
  const of = rules.map((part, i) => readNode(part, `${path}.rules[${i}]`, into));
  return placed(into, { op: op ?? "all", of: of.filter((part) => part !== null) }, () => path);
}

const NO_COMBINATOR = 'is neither "and" nor "or"';

/** Rules with combinators between them: "and" binds tighter. */
function readIndependent(items: readonly unknown[], path: string, into: RuleImport): SegmentRule {
  const groups: SegmentRule[][] = [[]];
  for (const [i, item] of items.entries()) {
    const place = `${path}.rules[${i}]`;
    if (i % 2 === 0) {
      const part = readNode(item, place, into);
      if (part) groups[groups.length - 1].push(part);
      continue;
    }
    const op = combinatorOp(item);
    if (op === null) reject(into, place, item, NO_COMBINATOR);
    else if (i === items.length - 1) reject(into, place, item, "has no rule after it");
    if (op === "any") groups.push([]);
  }
  const combined = (op: "all" | "any", of: readonly SegmentRule[]): SegmentRule =>
    placed(into, { op, of }, () => path);
  const parts = groups.map((of) => (of.length === 1 ? of[0] : combined("all", of)));
  if (parts.length > 1) return combined("any", parts);
  return groups[0].length > 1 ? parts[0] : combined("all", parts);
}

function combinatorOp(combinator: unknown): "all" | "any" | null {
  const name = typeof combinator === "string" ? combinator.toLowerCase() : combinator;
  return name === "and" ? "all" : name === "or" ? "any" : null;
}

function readLeaf(rule: unknown, path: string, into: RuleImport): SegmentRule | null {
  if (!isTree(rule)) return reject(into, path, rule, "is no rule");
  if (saysMore(rule, RULE_KEYS, path, into)) return null;
  const { field, value, valueSource = "value" } = rule;
  if (valueSource !== "value")
    refuse(into, `${path}.valueSource`, valueSource, "compares with something else than a value");
  const kind = typeof field === "string" ? fieldKind(into.fields, field) : null;
  if (kind === null) reject(into, `${path}.field`, field, "is no field of these rules");
  const operator = readOperator(rule.operator, kind, `${path}.operator`, into);
  if (kind === null || operator === null || valueSource !== "value") return null;
  const parts = readQueryValue(value, operator, kind, `${path}.value`, into);
  if (parts === null) return null;
  const placeOf: PlaceOf = (part, index) => {
    if (part === "") return path;
    const at = { from: "[0]", to: "[1]" }[part] ?? index;
    return `${path}.value${Array.isArray(value) ? at : ""}`;
  };
  const leaf = placed(into, { op: operator.op, field, ...parts } as FieldRule, placeOf);
  if (!operator.isNegated) return leaf;
  // As in SQL: the field has a value, and it is not so.
  const exists: SegmentRule = { op: "exists", field: leaf.field };
  return placed(into, { op: "all", of: [exists, { op: "not", of: leaf }] }, () => path);
}

function readOperator(
  name: unknown,
  kind: FieldKind | null,
  path: string,
  into: RuleImport,
): QueryOperator | null {
  const operator = queryOperator(name);
  if (operator === null) return refuse(into, path, name, "is no operator that rules have");
  if (kind === null || operatorsOf(kind).includes(operator.op)) return operator;
  const taken = queryOperatorsOf(kind).join(", ");
  return reject(into, path, name, `does not apply to ${kindName(kind)}, which takes ${taken}`);
}

/** Whether a node says more than rules can. */
function saysMore(tree: Tree, known: readonly string[], path: string, into: RuleImport): boolean {
  if (tree.muted === true)
    refuse(into, `${path}.muted`, true, "leaves it out of every export: remove it first");
  const others = otherKeys(tree, known);
  for (const key of others)
    refuse(into, `${path}${keyStep(key)}`, tree[key], "says something that rules cannot");
  return tree.muted === true || others.length > 0;
}

function otherKeys(tree: Tree, known: readonly string[]): string[] {
  return Object.keys(tree).filter((key) => !known.includes(key));
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
