/** A group of a query of react-querybuilder: what its `RuleGroupType` takes. */
export interface QueryBuilderGroup {
  /** How its rules are combined. */
  readonly combinator: "and" | "or";
  /** Whether the whole is negated; default no. */
  readonly not?: boolean;
  /** Rules and groups; not a readonly array, since react-querybuilder's types take none. */
  readonly rules: (QueryBuilderGroup | QueryBuilderRule)[];
}

/** A condition of a query of react-querybuilder: what its `RuleType` takes. */
export interface QueryBuilderRule {
  /** A field, by path. */
  readonly field: string;
  /** An operator that react-querybuilder comes with. */
  readonly operator: string;
  /** Its value; a list for `in` and `between`; `null` for `null` and `notNull`. */
  readonly value: unknown;
}
