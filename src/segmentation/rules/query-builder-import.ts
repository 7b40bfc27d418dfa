import type { Result } from "../../core/result.js";
import type { RuleVocabulary } from "./check-rule.js";
import { shapeValue } from "./query-builder-values.js";
import { assertRuleFields, madeRuleProblems } from "./readable-rule.js";
import type { FieldRule, SegmentRule } from "./rule.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { plainCopy, type RuleLimits } from "./rule-limits.js";
import type { RuleProblem } from "./rule-problem.js";
import { outcomeOf, type RuleRefusal } from "./rule-refusal.js";

/** Against what a query of another language is held. */
export interface ImportRuleOptions extends RuleVocabulary {
  /** How large it may be. */
  readonly limits?: RuleLimits;
}

/**
 * Which rule does a query of react-querybuilder make?
 *
 * Reads groups with one combinator and with independent ones (where "and" binds tighter than "or"), `not`, and the
 * operators that react-querybuilder comes with; numbers, truth values and lists also as the text that its inputs give.
 *
 * Such a query says nothing about missing values, and its exports to SQL, MongoDB and JsonLogic differ there. Here it means
 * what rules mean: no comparison holds for a missing value, neither `!=`, `notIn`, `notBetween` nor `doesNotContain`; `not`
 * turns that around. An empty list or an empty "or" group, which react-querybuilder exports as everybody, is refused, and so
 * are rules that compare two fields, match in nested arrays, or are muted.
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
  assertRuleFields(options?.fields);
  const copy = plainCopy(query, options.limits, "query");
  if (copy.problem) return outcomeOf<SegmentRule>(null, "INVALID_RULE", [copy.problem]);
  const problems: RuleProblem[] = [];
  const rule = readGroup(copy.value, "query", { problems, fields: options.fields.fields });
  if (problems.length > 0 || rule === null) return outcomeOf(rule, "NOT_EXPRESSIBLE", problems);
  return outcomeOf(rule, "INVALID_RULE", madeRuleProblems(rule, options));
}

interface Import {
  readonly problems: RuleProblem[];
  readonly fields: RuleFieldMap;
}

type Tree = Readonly<Record<string, unknown>>;

/** Keys that are the form's own and say nothing of who is meant. */
const FORM_KEYS = ["id", "path", "disabled", "meta", "combinatorPreceding"];
const GROUP_KEYS = [...FORM_KEYS, "combinator", "not", "rules", "muted"];
const RULE_KEYS = [...FORM_KEYS, "field", "operator", "value", "valueSource", "muted"];

function readNode(node: unknown, path: string, into: Import): SegmentRule | null {
  return isTree(node) && "rules" in node ? readGroup(node, path, into) : readLeaf(node, path, into);
}

function readGroup(group: unknown, path: string, into: Import): SegmentRule | null {
  if (!isTree(group) || !Array.isArray(group.rules)) {
    return refuse(into, path, group, "is no group: it has no list of rules");
  }
  if (hasOtherKeys(group, GROUP_KEYS, path, into)) return null;
  const { combinator, not = false, rules } = group;
  if (typeof not !== "boolean") return refuse(into, `${path}.not`, not, "is not true or false");
  const isIndependent = combinator === undefined && rules.some((part) => typeof part === "string");
  const inner =
    isIndependent || (combinator === undefined && rules.length === 1)
      ? readIndependent(rules, `${path}.rules`, into)
      : readCombined(combinator, rules, path, into);
  return inner && not ? { op: "not", of: inner } : inner;
}

function readCombined(
  combinator: unknown,
  rules: readonly unknown[],
  path: string,
  into: Import,
): SegmentRule | null {
  const op = combinatorOp(combinator);
  if (op === null) return refuse(into, `${path}.combinator`, combinator, 'is neither "and" nor "or"');
  if (op === "any" && rules.length === 0)
    return refuse(into, `${path}.rules`, rules, "is empty: there everybody is meant, here nobody would be");
  const of = rules.map((part, i) => readNode(part, `${path}.rules[${i}]`, into));
  return { op, of: of.filter((part) => part !== null) };
}

/** Rules with combinators between them: "and" binds tighter. */
function readIndependent(items: readonly unknown[], path: string, into: Import): SegmentRule | null {
  const groups: SegmentRule[][] = [[]];
  for (const [i, item] of items.entries()) {
    const isCombinator = i % 2 === 1;
    if (!isCombinator) {
      const part = readNode(item, `${path}[${i}]`, into);
      if (part) groups[groups.length - 1].push(part);
      continue;
    }
    const op = combinatorOp(item);
    if (op === null) return refuse(into, `${path}[${i}]`, item, 'is neither "and" nor "or"');
    if (i === items.length - 1) return refuse(into, `${path}[${i}]`, item, "has no rule after it");
    if (op === "any") groups.push([]);
  }
  const parts = groups.map((of): SegmentRule => (of.length === 1 ? of[0] : { op: "all", of }));
  return parts.length === 1 && groups[0].length > 1
    ? parts[0]
    : { op: parts.length === 1 ? "all" : "any", of: parts };
}

function combinatorOp(combinator: unknown): "all" | "any" | null {
  const name = typeof combinator === "string" ? combinator.toLowerCase() : combinator;
  return name === "and" ? "all" : name === "or" ? "any" : null;
}

function readLeaf(rule: unknown, path: string, into: Import): SegmentRule | null {
  if (!isTree(rule)) return refuse(into, path, rule, "is no rule");
  if (hasOtherKeys(rule, RULE_KEYS, path, into)) return null;
  const { field, operator, value, valueSource = "value" } = rule;
  if (valueSource !== "value")
    return refuse(into, `${path}.valueSource`, valueSource, "compares with something else than a value");
  const kind = typeof field === "string" ? fieldKind(into.fields, field) : null;
  if (typeof field !== "string" || kind === null)
    return refuse(into, `${path}.field`, field, "is no field of these rules");
  const reading = Object.hasOwn(READINGS, String(operator)) ? READINGS[String(operator)] : undefined;
  if (typeof operator !== "string" || reading === undefined)
    return refuse(into, `${path}.operator`, operator, "is no operator that rules have");
  const shaped = shapeValue(value, reading.takes, kind);
  if (shaped.reason !== null) return refuse(into, `${path}.value`, value, shaped.reason);
  const leaf = { op: reading.op, field, ...shaped.parts } as FieldRule;
  if (!reading.negated) return leaf;
  // As in SQL: the field has a value, and it is not so.
  return {
    op: "all",
    of: [
      { op: "exists", field },
      { op: "not", of: leaf },
    ],
  };
}

interface Reading {
  readonly op: FieldRule["op"];
  readonly takes: "one" | "list" | "range" | "none";
  readonly negated?: true;
}

const READINGS: Readonly<Record<string, Reading>> = {
  "=": { op: "eq", takes: "one" },
  "!=": { op: "ne", takes: "one" },
  "<": { op: "lt", takes: "one" },
  "<=": { op: "lte", takes: "one" },
  ">": { op: "gt", takes: "one" },
  ">=": { op: "gte", takes: "one" },
  contains: { op: "contains", takes: "one" },
  beginsWith: { op: "startsWith", takes: "one" },
  endsWith: { op: "endsWith", takes: "one" },
  doesNotContain: { op: "contains", takes: "one", negated: true },
  doesNotBeginWith: { op: "startsWith", takes: "one", negated: true },
  doesNotEndWith: { op: "endsWith", takes: "one", negated: true },
  in: { op: "in", takes: "list" },
  notIn: { op: "notIn", takes: "list" },
  between: { op: "between", takes: "range" },
  notBetween: { op: "between", takes: "range", negated: true },
  null: { op: "missing", takes: "none" },
  notNull: { op: "exists", takes: "none" },
};

function hasOtherKeys(tree: Tree, known: readonly string[], path: string, into: Import): boolean {
  const before = into.problems.length;
  if (tree.muted === true)
    refuse(into, `${path}.muted`, true, "leaves it out of every export: remove it first");
  for (const key of Object.keys(tree)) {
    if (!known.includes(key)) refuse(into, `${path}.${key}`, tree[key], "says something that rules cannot");
  }
  return into.problems.length > before;
}

function refuse(into: Import, path: string, value: unknown, reason: string): null {
  into.problems.push({ path, value, reason });
  return null;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
