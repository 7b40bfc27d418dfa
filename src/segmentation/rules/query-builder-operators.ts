import { operatorsOf } from "./field-operators.js";
import type { FieldRule } from "./rule.js";
import type { FieldKind } from "./rule-fields.js";

/** What an operator that react-querybuilder comes with is in rules. @internal */
export interface QueryOperator {
  readonly op: FieldRule["op"];
  readonly takes: "one" | "list" | "range" | "none";
  /** Whether it holds where the field has a value for which `op` does not hold, as in SQL. */
  readonly isNegated?: true;
}

const OPERATORS = {
  "=": { op: "eq", takes: "one" },
  "!=": { op: "ne", takes: "one" },
  "<": { op: "lt", takes: "one" },
  ">": { op: "gt", takes: "one" },
  "<=": { op: "lte", takes: "one" },
  ">=": { op: "gte", takes: "one" },
  contains: { op: "contains", takes: "one" },
  beginsWith: { op: "startsWith", takes: "one" },
  endsWith: { op: "endsWith", takes: "one" },
  doesNotContain: { op: "contains", takes: "one", isNegated: true },
  doesNotBeginWith: { op: "startsWith", takes: "one", isNegated: true },
  doesNotEndWith: { op: "endsWith", takes: "one", isNegated: true },
  null: { op: "missing", takes: "none" },
  notNull: { op: "exists", takes: "none" },
  in: { op: "in", takes: "list" },
  notIn: { op: "notIn", takes: "list" },
  between: { op: "between", takes: "range" },
  notBetween: { op: "between", takes: "range", isNegated: true },
} as const satisfies Readonly<Record<string, QueryOperator>>;

/** The operators that react-querybuilder comes with, all of which rules have. @internal */
export type QueryOperatorName = keyof typeof OPERATORS;

const NAMES = Object.keys(OPERATORS) as readonly QueryOperatorName[];

/** What an operator of a query is in rules; `null` where it is none that react-querybuilder comes with. @internal */
export function queryOperator(name: unknown): QueryOperator | null {
  return typeof name === "string" && Object.hasOwn(OPERATORS, name)
    ? OPERATORS[name as QueryOperatorName]
    : null;
}

/** The operators that a query may ask of a field of this kind, in the order in which a form shows them. @internal */
export function queryOperatorsOf(kind: FieldKind): readonly QueryOperatorName[] {
  const ops = operatorsOf(kind);
  return NAMES.filter((name) => ops.includes(OPERATORS[name].op));
}

/** The name of a condition in a query; `null` where it has none. @internal */
export function queryOperatorName(op: FieldRule["op"], isNegated = false): QueryOperatorName | null {
  return (
    NAMES.find((name) => {
      const operator: QueryOperator = OPERATORS[name];
      return operator.op === op && (operator.isNegated ?? false) === isNegated;
    }) ?? null
  );
}
