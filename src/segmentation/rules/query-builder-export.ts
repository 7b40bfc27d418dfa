import type { Result } from "../../core/result.js";
import { type ReadableRuleOptions, readableRule } from "./readable-rule.js";
import type { FieldRule, RuleDocument, SegmentRule } from "./rule.js";
import type { RuleProblem } from "./rule-problem.js";
import { outcomeOf, type RuleRefusal } from "./rule-refusal.js";
import { isFieldRule } from "./rule-shapes.js";

/** A group of a query of react-querybuilder: its `RuleGroupType`. */
export interface QueryBuilderGroup {
  /** How its rules are combined. */
  readonly combinator: "and" | "or";
  /** Whether the whole is negated; default no. */
  readonly not?: boolean;
  /** Rules and groups. */
  readonly rules: readonly (QueryBuilderGroup | QueryBuilderRule)[];
}

/** A condition of a query of react-querybuilder: its `RuleType`. */
export interface QueryBuilderRule {
  /** A field, by path. */
  readonly field: string;
  /** An operator that react-querybuilder comes with. */
  readonly operator: string;
  /** Its value; a list for `in` and `between`; `null` for `null` and `notNull`. */
  readonly value: unknown;
}

/**
 * How is a rule edited with react-querybuilder?
 *
 * Comparisons of fields, `all`, `any` and `not` have their counterpart there; conditions on events, on lists, relative
 * windows, anniversaries, `atLeast`, segments, operators of your own and matching that ignores case have none and are
 * refused: nothing is left out. What comes out goes back through {@link fromQueryBuilder} to a rule with the same
 * members; not always to the same tree, since a single rule has to stand in a group there.
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
  options: ReadableRuleOptions,
): Result<QueryBuilderGroup, RuleRefusal> {
  const problems: RuleProblem[] = [];
  const query = groupOf(readableRule(rule, options), "rule", problems);
  return outcomeOf(query, "NOT_EXPRESSIBLE", problems);
}

/** A group, if need be around a single rule. */
function groupOf(rule: SegmentRule, path: string, problems: RuleProblem[]): QueryBuilderGroup | null {
  const node = nodeOf(rule, path, problems);
  if (node === null || "rules" in node) return node;
  return { combinator: "and", rules: [node] };
}

function nodeOf(
  rule: SegmentRule,
  path: string,
  problems: RuleProblem[],
): QueryBuilderGroup | QueryBuilderRule | null {
  const negated = negatedLeaf(rule);
  if (negated) return negated;
  switch (rule.op) {
    case "all":
    case "any": {
      if (rule.op === "any" && rule.of.length === 0)
        return refuse(
          problems,
          path,
          rule.op,
          "of nothing holds for nobody: an empty group means everybody there",
        );
      const rules = rule.of.map((part, i) => nodeOf(part, `${path}.of[${i}]`, problems));
      return { combinator: rule.op === "all" ? "and" : "or", rules: rules.filter((part) => part !== null) };
    }
    case "not": {
      const of = groupOf(rule.of, `${path}.of`, problems);
      if (of === null) return null;
      return of.not ? { combinator: "and", not: true, rules: [of] } : { ...of, not: true };
    }
    default:
      return isFieldRule(rule)
        ? leafOf(rule, path, problems)
        : refuse(problems, path, rule.op, "has no counterpart in react-querybuilder");
  }
}

function leafOf(rule: FieldRule, path: string, problems: RuleProblem[]): QueryBuilderRule | null {
  const { op, field } = rule;
  switch (op) {
    case "exists":
      return { field, operator: "notNull", value: null };
    case "missing":
      return { field, operator: "null", value: null };
    case "between":
      return { field, operator: op, value: [rule.from, rule.to] };
    case "in":
    case "notIn":
      return rule.values.length === 0
        ? refuse(
            problems,
            `${path}.values`,
            rule.values,
            "is empty: react-querybuilder takes that for everybody",
          )
        : { field, operator: op, value: rule.values };
    case "contains":
    case "startsWith":
    case "endsWith":
      return rule.ignoreCase
        ? refuse(problems, `${path}.ignoreCase`, true, "has no counterpart in react-querybuilder")
        : { field, operator: MATCHES[op], value: rule.value };
    case "eq":
    case "ne":
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return { field, operator: COMPARISONS[op], value: rule.value };
    default:
      return refuse(problems, path, op, "has no counterpart in react-querybuilder");
  }
}

const COMPARISONS = { eq: "=", ne: "!=", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;
const MATCHES = { contains: "contains", startsWith: "beginsWith", endsWith: "endsWith" } as const;
const NEGATED = {
  contains: "doesNotContain",
  startsWith: "doesNotBeginWith",
  endsWith: "doesNotEndWith",
  between: "notBetween",
} as const;

/** "Has a value, and it is not so", the form in which negated operators come in; `null` for any other rule. */
function negatedLeaf(rule: SegmentRule): QueryBuilderRule | null {
  if (rule.op !== "all" || rule.of.length !== 2) return null;
  const [exists, not] = rule.of;
  if (exists.op !== "exists" || not.op !== "not") return null;
  const { of: leaf } = not;
  if (leaf.op !== "between" && leaf.op !== "contains" && leaf.op !== "startsWith" && leaf.op !== "endsWith")
    return null;
  if (leaf.field !== exists.field || ("ignoreCase" in leaf && leaf.ignoreCase)) return null;
  const value = leaf.op === "between" ? [leaf.from, leaf.to] : leaf.value;
  return { field: leaf.field, operator: NEGATED[leaf.op], value };
}

function refuse(problems: RuleProblem[], path: string, value: unknown, reason: string): null {
  problems.push({ path, value, reason });
  return null;
}
