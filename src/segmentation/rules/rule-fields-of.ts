import type { FORBIDDEN_KEYS } from "./forbidden-keys.js";
import type { RuleFieldMap, RuleFields } from "./rule-fields.js";

/**
 * What rules may say of a TypeScript type: its fields as {@link ruleFields} would tell them, for rules written in code.
 *
 * Text, numbers, booleans, `Date`s, lists of texts and of numbers, unions of literal texts, and those inside objects, by
 * path, four levels deep. What is optional or may be `null` counts as what it is when it is there, items of lists too. Whether a text or a
 * number is an instant, a type does not say: name those paths in `Instants`; the `at` of an event is one anyway. All else
 * is left out.
 *
 * @typeParam Shape - The record.
 * @typeParam Events - The records of events, by kind.
 * @typeParam Instants - Paths of fields that hold instants as text or number, those of events with their kind before:
 * `"joinedAt" | "transactions.dueAt"`.
 */
export type RuleFieldsOf<
  Shape extends object,
  Events extends object = Readonly<Record<never, never>>,
  Instants extends string = never,
> = RuleFields<
  AsMap<FieldsOf<Shape, Instants>>,
  {
    readonly [Kind in keyof Events & string]: AsMap<
      FieldsOf<Events[Kind], InstantsBelow<Instants, Kind> | "at">
    >;
  }
>;

/** Fields by path, as rules have them. @internal */
export type AsMap<Fields> = Fields extends RuleFieldMap
  ? { readonly [Path in keyof Fields]: Fields[Path] }
  : never;

/** The instants of one kind of event, told without it. @internal */
export type InstantsBelow<
  Instants extends string,
  Kind extends string,
> = Instants extends `${Kind}.${infer Path}` ? Path : never;

type FieldsOf<Shape, Instants extends string> = UnionToMap<
  Entries<Shape, "", Instants, [unknown, unknown, unknown]>
>;

/** A union of `[path, field]` pairs, one for each field that rules may speak of. */
type Entries<Shape, Before extends string, Instants extends string, Levels extends readonly unknown[]> = {
  [Key in keyof Shape & string]-?: Key extends `${string}.${string}` | "" | Forbidden
    ? never
    : IsPattern<Key> extends true
      ? never
      : Entry<NonNullable<Shape[Key]>, `${Before}${Key}`, Instants, Levels>;
}[keyof Shape & string];

type Entry<Value, Path extends string, Instants extends string, Levels extends readonly unknown[]> =
  FieldOf<Value, Path, Instants> extends infer Field
    ? [Field] extends [never]
      ? [Value] extends [Plain]
        ? Levels extends readonly [unknown, ...infer Rest]
          ? Entries<Value, `${Path}.`, Instants, Rest>
          : never
        : never
      : [Path, Field]
    : never;

type FieldOf<Value, Path extends string, Instants extends string> = [unknown] extends [Value]
  ? never
  : [Value] extends [never]
    ? never
    : [Path] extends [Instants]
      ? [Value] extends [string | number | Date]
        ? "instant"
        : never
      : [Value] extends [Date]
        ? "instant"
        : [Value] extends [boolean]
          ? "boolean"
          : [Value] extends [number]
            ? "number"
            : [Value] extends [string]
              ? TextField<Value>
              : [Value] extends [readonly (infer Item)[]]
                ? ListField<NonNullable<Item>>
                : never;

/** Literal texts are choices; a text with a pattern (`` `C-${string}` ``) is text. */
type TextField<Value extends string> = string extends Value
  ? "text"
  : IsPattern<Value> extends true
    ? "text"
    : readonly Value[];

type IsPattern<Value extends string> =
  Record<never, never> extends { readonly [Key in Value]: 1 } ? true : false;

type ListField<Item> = [Item] extends [never]
  ? never
  : [Item] extends [string]
    ? "text[]"
    : [Item] extends [number]
      ? "number[]"
      : never;

/** Objects whose fields are data: no lists, no functions, no dates. */
type Plain = object & {
  readonly [Symbol.iterator]?: never;
  readonly getTime?: never;
  readonly call?: never;
};

/** Names that lead out of an object's own data. @internal */
export type Forbidden = (typeof FORBIDDEN_KEYS)[number];

/** Fields by path, of pairs of path and field. @internal */
export type UnionToMap<Pair> = {
  [Each in Pair as Each extends [infer Path extends string, unknown] ? Path : never]: Each extends [
    string,
    infer Field,
  ]
    ? Field
    : never;
};
