import type { Result } from "../../core/result.js";
import { byDayStarts, isOfDays, type OrderedRule } from "./query-builder-days.js";
import { queryOperatorName } from "./query-builder-operators.js";
import type { QueryBuilderGroup, QueryBuilderRule } from "./query-builder-query.js";
import { BLANKS, EMPTY_LIST, hasBlanks } from "./query-builder-values.js";
import { type ParseRuleOptions, readableRule } from "./readable-rule.js";
import type { FieldRule, RuleDocument, SegmentRule } from "./rule.js";
import { fieldKind, type RuleFieldMap } from "./rule-fields.js";
import { type Faults, noFaults, outcomeOf, type RuleRefusal, refuse } from "./rule-refusal.js";
import { isFieldRule } from "./rule-shapes.js";

/**
 * How is a rule edited with react-querybuilder?
 *
 * Comparisons of fields, `all`, `any` and `not` have their counterpart there; conditions on events, on lists, relative
 * windows, anniversaries, `atLeast`, segments, operators of your own and matching that ignores case have none and are
 * refused, and so is what its exports would mean otherwise: `all` or `any` of nothing within a rule, `in` no values, listed
 * texts with blanks around them. Nothing is left out.
 *
 * A comparison with a whole day becomes one with the beginnings of days, since its exports read a day as its first instant:
 * "up to 1 February" is before 2 February.
 *
 * What comes out goes back through {@link fromQueryBuilder} to a rule with the same members; not always to the same tree,
 * since a single rule has to stand in a group there. Mind that some of its exports, SQL among them, leave the `%` and `_` of
 * a text that is looked for as wildcards.
 *
 * @param rule - A rule, or a stored {@link RuleDocument}.
 * @param options - The `fields`, as for {@link parseRule}.
 * @returns The query, lists as arrays, or why there is none: each place with its path.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rule does not fit the fields.
 * @example
 * ```ts
 * import { ruleFields, toQueryBuilder } from "clientele";
 *
 * const fields = ruleFields({ age: "number" }, { transactions: {} });
 * const outcome = toQueryBuilder({ op: "gte", field: "age", value: 18 }, { fields });
 * outcome; // => { ok: true, value: { combinator: "and", rules: [{ field: "age", operator: ">=", value: 18 }] } }
 * toQueryBuilder({ op: "did", of: "transactions" }, { fields }).ok; // => false
 * ```
 */
export function toQueryBuilder(
  rule: SegmentRule | RuleDocument,
  options: ParseRuleOptions,
): Result<QueryBuilderGroup, RuleRefusal> {
  const checked = readableRule(rule, options);
  const into: Export = { ...noFaults(), fields: options.fields.fields };
  const isEverybody = checked.op === "all" && checked.of.length === 0;
  const query: QueryBuilderGroup | null = isEverybody
    ? { combinator: "and", rules: [] }
    : groupOf(checked, "rule", into);
  return outcomeOf(query, into);
}

interface Export extends Faults {
  readonly fields: RuleFieldMap;
}

type QueryNode = QueryBuilderGroup | QueryBuilderRule;

/** A group, if need be around a single rule. */
function groupOf(rule: SegmentRule, path: string, into: Export): QueryBuilderGroup | null {
  const node = nodeOf(rule, path, into);
  if (node === null || "rules" in node) return node;
  return { combinator: "and", rules: [node] };
}

function nodeOf(rule: SegmentRule, path: string, into: Export): QueryNode | null {
  switch (rule.op) {
    case "all":
    case "any": {
      if (rule.of.length === 0) return refuse(into, path, rule.op, EMPTY_GROUP);
      const negated = negatedLeaf(rule);
      if (negated) return negated;
      const rules = rule.of.map((part, i) => nodeOf(part, `${path}.of[${i}]`, into));
      return { combinator: rule.op === "all" ? "and" : "or", rules: rules.filter((part) => part !== null) };
    }
    case "not": {
      const of = groupOf(rule.of, `${path}.of`, into);
      if (of === null) return null;
      return of.not ? { combinator: "and", not: true, rules: [of] } : { ...of, not: true };
    }
    default:
      return isFieldRule(rule) ? leafOf(rule, path, into) : refuse(into, path, rule.op, NO_COUNTERPART);
  }
}

const NO_COUNTERPART = "has no counterpart in react-querybuilder";
const EMPTY_GROUP = "of nothing is an empty group, which its exports take for everybody or leave out";

function leafOf(rule: FieldRule, path: string, into: Export): QueryNode | null {
  const { op, field } = rule;
  const operator = queryOperatorName(op);
  if (operator === null) return refuse(into, path, op, NO_COUNTERPART);
  switch (op) {
    case "exists":
    case "missing":
      return { field, operator, value: null };
    case "in":
    case "notIn": {
      const { values } = rule;
      if (values.length === 0) return refuse(into, `${path}.values`, values, EMPTY_LIST);
      const blank = values.findIndex(hasBlanks);
      return blank < 0
        ? { field, operator, value: values }
        : refuse(into, `${path}.values[${blank}]`, values[blank], BLANKS);
    }
    case "contains":
    case "startsWith":
    case "endsWith":
      return rule.ignoreCase
        ? refuse(into, `${path}.ignoreCase`, true, NO_COUNTERPART)
        : { field, operator, value: rule.value };
    default:
      return orderedNode(rule as OrderedRule, operator, path, into);
  }
}

function orderedNode(rule: OrderedRule, operator: string, path: string, into: Export): QueryNode | null {
  if (fieldKind(into.fields, rule.field)?.type === "instant" && isOfDays(rule))
    return byDayStarts(rule) ?? refuse(into, path, rule.op, "reaches to the end of the calendar");
  return { field: rule.field, operator, value: rule.op === "between" ? [rule.from, rule.to] : rule.value };
}

/** "Has a value, and it is not so", the form in which negated operators come in; `null` for any other rule. */
function negatedLeaf({ op, of }: Extract<SegmentRule, { op: "all" | "any" }>): QueryBuilderRule | null {
  const [exists, not] = of;
  if (op !== "all" || of.length !== 2 || exists.op !== "exists" || not.op !== "not") return null;
  const { of: leaf } = not;
  if (!isFieldRule(leaf) || leaf.field !== exists.field) return null;
  const operator = queryOperatorName(leaf.op, true);
  if (operator === null) return null;
  const { field } = leaf;
  if (leaf.op === "between") return isOfDays(leaf) ? null : { field, operator, value: [leaf.from, leaf.to] };
  return "ignoreCase" in leaf && leaf.ignoreCase
    ? null
    : { field, operator, value: "value" in leaf ? leaf.value : null };
}
