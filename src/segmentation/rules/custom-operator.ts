/** An operator of your own for segment rules, under a name that a rule of `op: "custom"` calls. */
export interface CustomOperator {
  /**
   * Whether the condition holds. It is asked only where the field has a value; for an operator without a field, `field`
   * is `undefined`. Must be pure: the same arguments, the same answer. Nothing but `true` counts as yes.
   *
   * @param field - The value of the rule's field.
   * @param value - The value in the rule; where `value` says what that must be, as it puts it out: coerced, with defaults.
   * @param record - The whole record; over columns one that is made of the row's cells.
   */
  readonly holds: (field: unknown, value: unknown, record: unknown) => boolean;
  /**
   * What the value in a rule must be: any zod schema, or anything with its `safeParse`, which answers at once. Default:
   * anything.
   */
  readonly value?: {
    readonly safeParse: (value: unknown) => { readonly success: boolean; readonly data?: unknown };
  };
  /** Whether the rule names a field. Default true. */
  readonly field?: boolean;
  /** The condition in words, for {@link describeRule}, with the value as the rule has it; default the name and the value. */
  readonly describe?: (fieldLabel: string, value: unknown, language: "en" | "id") => string;
}

/** Operators of your own, by name. */
export type CustomOperators = Readonly<Record<string, CustomOperator>>;

/** What a rule's value is to an operator, once it is checked: what its schema puts out. @internal */
export function customValue({ value: schema }: CustomOperator, value: unknown): unknown {
  if (schema === undefined) return value;
  const parsed = schema.safeParse(value);
  return "data" in parsed ? parsed.data : value;
}
