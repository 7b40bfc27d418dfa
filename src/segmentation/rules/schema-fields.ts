import type * as z from "zod";
import type { LabeledRuleField, RuleFieldMap, RuleFields, RuleFieldType } from "./rule-fields.js";
import type { AsMap, Forbidden, InstantsBelow, UnionToMap } from "./rule-fields-of.js";

// What ruleFieldsFromSchema() finds at run time, found by the compiler: the same walk over the definitions of zod.

/** The fields of a zod schema, for the compiler. @internal */
export type SchemaRuleFieldsOf<Schema, Events, Instants extends string> = RuleFields<
  AsMap<SchemaFields<Schema, Instants>>,
  {
    readonly [Kind in keyof Events & string]: AsMap<
      SchemaFields<Events[Kind], InstantsBelow<Instants, Kind> | "at">
    >;
  }
>;

/** The same fields, those that have names with them. @internal */
export type LabeledFields<Fields extends RuleFields, Labeled extends string> = [Labeled] extends [never]
  ? Fields
  : RuleFields<
      LabeledMap<Fields["fields"], Labeled, "">,
      {
        readonly [Kind in keyof Fields["events"] & string]: LabeledMap<
          Fields["events"][Kind],
          Labeled,
          `${Kind}.`
        >;
      }
    >;

type LabeledMap<Map extends RuleFieldMap, Labeled extends string, Before extends string> = {
  readonly [Path in keyof Map]: `${Before}${Path & string}` extends Labeled
    ? Map[Path] extends infer Type extends RuleFieldType
      ? Omit<LabeledRuleField, "type"> & { readonly type: Type }
      : never
    : Map[Path];
};

type SchemaFields<Schema, Instants extends string> = UnionToMap<
  Entries<ShapeOf<Schema>, "", Instants, [1, 1, 1, 1, 1, 1, 1, 1]>
>;

type DefinitionOf<Schema> = Schema extends { readonly _zod: { readonly def: infer Definition } }
  ? Definition
  : never;

/** What stands inside optional, nullable, default and the like, and what comes out of a pipe. */
type Unwrapped<Schema> =
  DefinitionOf<Schema> extends infer Definition
    ? Definition extends { readonly type: Wrapper; readonly innerType: infer Inner }
      ? Unwrapped<Inner>
      : Definition extends { readonly type: "pipe"; readonly out: infer Out }
        ? Unwrapped<Out>
        : Definition
    : never;

type Wrapper = "optional" | "nullable" | "default" | "prefault" | "nonoptional" | "readonly" | "catch";

type ShapeOf<Schema> =
  Unwrapped<Schema> extends { readonly type: "object"; readonly shape: infer Shape } ? Shape : never;

type Entries<Shape, Before extends string, Instants extends string, Levels extends readonly unknown[]> = {
  [Key in keyof Shape & string]: Key extends `${string}.${string}` | "" | Forbidden
    ? never
    : `${Before}${Key}` extends Instants
      ? [`${Before}${Key}`, "instant"]
      : Entry<Shape[Key], `${Before}${Key}`, Instants, Levels>;
}[keyof Shape & string];

type Entry<Schema, Path extends string, Instants extends string, Levels extends readonly unknown[]> =
  Unwrapped<Schema> extends { readonly type: "object"; readonly shape: infer Shape }
    ? Levels extends readonly [unknown, ...infer Rest]
      ? Entries<Shape, `${Path}.`, Instants, Rest>
      : never
    : FieldOf<Unwrapped<Schema>> extends infer Field
      ? [Field] extends [never]
        ? never
        : [Path, Field]
      : never;

type FieldOf<Definition> = Definition extends { readonly type: "string" }
  ? Definition extends { readonly format: "datetime" | "date" }
    ? "instant"
    : "text"
  : Definition extends { readonly type: "template_literal" }
    ? "text"
    : Definition extends { readonly type: "number" | "nan" }
      ? "number"
      : Definition extends { readonly type: "boolean" }
        ? "boolean"
        : Definition extends { readonly type: "date" }
          ? "instant"
          : Definition extends { readonly type: "enum"; readonly entries: infer Entries }
            ? LiteralField<Entries[keyof Entries & string]>
            : Definition extends { readonly type: "literal"; readonly values: readonly (infer Value)[] }
              ? LiteralField<NonNullable<Value>>
              : Definition extends { readonly type: "array"; readonly element: infer Element }
                ? List<FieldOf<Unwrapped<Element>>>
                : Definition extends { readonly type: "union"; readonly options: readonly (infer Option)[] }
                  ? Merged<Part<Unwrapped<Option>>>
                  : never;

type LiteralField<Value> = [Value] extends [never]
  ? never
  : [Value] extends [string]
    ? readonly Value[]
    : [Value] extends [number]
      ? "number"
      : [Value] extends [boolean]
        ? "boolean"
        : never;

/** What one part of a union comes to: a field, `"absent"`, or `"none"` where rules know no such thing. */
type Part<Definition> = Definition extends { readonly type: "null" | "undefined" | "void" }
  ? "absent"
  : Definition extends unknown
    ? [FieldOf<Definition>] extends [never]
      ? "none"
      : FieldOf<Definition>
    : never;

type Merged<Parts> = "none" extends Parts ? never : SameField<Exclude<Parts, "absent">>;

type SameField<Fields> = [Fields] extends [never]
  ? never
  : [Fields] extends [readonly (infer Choice extends string)[]]
    ? readonly Choice[]
    : [Fields] extends ["text" | readonly string[]]
      ? "text"
      : true extends IsOne<Fields, "number" | "boolean" | "instant" | "text[]" | "number[]">
        ? Fields
        : never;

type IsOne<Fields, Known> = Known extends unknown ? ([Fields] extends [Known] ? true : never) : never;

type List<Item> = [Item] extends [never]
  ? never
  : [Item] extends ["text" | readonly string[]]
    ? "text[]"
    : [Item] extends ["number"]
      ? "number[]"
      : never;

/** Zod schemas of events by kind. @internal */
export type EventSchemas = Readonly<Record<string, z.core.$ZodType>>;
