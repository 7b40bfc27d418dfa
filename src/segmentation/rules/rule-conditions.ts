import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";
import type { FittingWindow } from "./fitting-window.js";
import type { RuleWindow, SegmentRule } from "./rule.js";
import type { RuleFieldMap } from "./rule-fields.js";

// What may be said of a field, by its type: the compiler's half of the language. `rule-builder.ts` is the other.

/**
 * A rule that was made for one place: `"record"`, or `"event of ..."` of a kind. It is a {@link SegmentRule}, and nothing
 * else at run time; the place keeps the compiler from taking a condition on the customer for one on an event.
 */
export type RuleFor<Place extends string> = SegmentRule & { readonly [place]?: Place };

declare const place: unique symbol;

/**
 * The operators of a field whose type is `Field`; of one of which only is known that it is a field, those that all have.
 * `Made` is what they make.
 */
export type FieldConditions<Field, Made = SegmentRule> = Presence<Made> &
  ConditionsOf<Unlabeled<Field>, Made>;

type ConditionsOf<Type, Made> = Type extends "number"
  ? NumberConditions<Made>
  : Type extends "boolean"
    ? BooleanConditions<Made>
    : Type extends "instant"
      ? InstantConditions<Made>
      : Type extends "text"
        ? TextConditions<string, Made>
        : Type extends "text[]"
          ? ListConditions<string, Made>
          : Type extends "number[]"
            ? ListConditions<number, Made>
            : Type extends readonly (infer Choice extends string)[]
              ? TextConditions<Choice, Made>
              : never;

type Unlabeled<Field> = Field extends { readonly type: infer Type } ? Type : Field;

/** Whether there is a value at all. */
export interface Presence<Made = SegmentRule> {
  /** The field has a value: it is not absent, `null` or `NaN`. */
  exists(): Made;
  /** The field has no value. */
  missing(): Made;
}

/** What may be said of text; `Choice` are the texts that it may be. */
export interface TextConditions<Choice extends string = string, Made = SegmentRule> {
  /** Is this text, letter by letter. */
  eq(value: Choice): Made;
  /** Has a value, and another one. */
  ne(value: Choice): Made;
  /** Is one of these; of none, nobody. */
  in(values: readonly Choice[]): Made;
  /** Has a value, and none of these. */
  notIn(values: readonly Choice[]): Made;
  /** Has this text somewhere in it. */
  contains(value: string, options?: TextMatchOptions): Made;
  /** Begins with this text. */
  startsWith(value: string, options?: TextMatchOptions): Made;
  /** Ends with this text. */
  endsWith(value: string, options?: TextMatchOptions): Made;
}

/** How text is matched. */
export interface TextMatchOptions {
  /** Whether upper and lower case are the same, by Unicode's rules for no language in particular. Default false. */
  readonly ignoreCase?: boolean;
}

/** What may be said of a number. */
export interface NumberConditions<Made = SegmentRule> {
  /** Equals. */
  eq(value: number): Made;
  /** Has a value, and another one. */
  ne(value: number): Made;
  /** Is less. */
  lt(value: number): Made;
  /** Is less or equal. */
  lte(value: number): Made;
  /** Is greater. */
  gt(value: number): Made;
  /** Is greater or equal. */
  gte(value: number): Made;
  /** Lies between, both ends included. */
  between(from: number, to: number): Made;
  /** Is one of these; of none, nobody. */
  in(values: readonly number[]): Made;
  /** Has a value, and none of these. */
  notIn(values: readonly number[]): Made;
}

/** What may be said of true or false. */
export interface BooleanConditions<Made = SegmentRule> {
  /** Is. */
  eq(value: boolean): Made;
  /** Has a value, and the other one. */
  ne(value: boolean): Made;
}

/**
 * What may be said of an instant. A civil day (`"2024-02-29"`) stands for the whole day: `eq` is in it, `lt` before it
 * begins, `lte` before it ends, `gt` when it is over, `gte` from its start, `between` from the start of the one to the end
 * of the other.
 */
export interface InstantConditions<Made = SegmentRule> {
  /** Is this instant, or lies in this day. */
  eq(value: string): Made;
  /** Has a value, and is not. */
  ne(value: string): Made;
  /** Is earlier. */
  lt(value: string): Made;
  /** Is not later. */
  lte(value: string): Made;
  /** Is later. */
  gt(value: string): Made;
  /** Is not earlier. */
  gte(value: string): Made;
  /** Lies between, both ends included. */
  between(from: string, to: string): Made;
  /** Lies in a window told from `asOf` or from the calendar. */
  within<const Window extends RuleWindow>(window: Window & FittingWindow<Window>): Made;
  /**
   * An anniversary of it comes within this long: from the day of `asOf` on (`"next"`, the default; today counts), or up to
   * it (`"last"`; today counts). The first is a year after the day itself: that day is none, and what lies ahead has none
   * yet. That of 29 February is 28 February in other years.
   */
  anniversary(within: Duration, direction?: "next" | "last"): Made;
}

/** What may be said of a list. */
export interface ListConditions<Item extends string | number, Made = SegmentRule> {
  /** Has at least one of these. */
  hasAny(values: readonly Item[]): Made;
  /** Has all of these; of none, every list. */
  hasAll(values: readonly Item[]): Made;
  /** Is a list with none of these. */
  hasNone(values: readonly Item[]): Made;
  /** How many items it has. */
  size(): NumberComparisons<Made>;
}

/** How a number that was counted or summed is held against a value. */
export interface NumberComparisons<Made = SegmentRule> {
  /** Equals. */
  eq(value: number): Made;
  /** Differs. */
  ne(value: number): Made;
  /** Is less. */
  lt(value: number): Made;
  /** Is less or equal. */
  lte(value: number): Made;
  /** Is greater. */
  gt(value: number): Made;
  /** Is greater or equal. */
  gte(value: number): Made;
  /** Lies between, both ends included. */
  between(from: number, to: number): Made;
}

/** How the time of an event is held against an instant: see {@link InstantConditions}. */
export type InstantComparisons<Made = SegmentRule> = Omit<InstantConditions<Made>, "anniversary">;

/** Names of the fields of one type. */
export type FieldsOfType<Fields extends RuleFieldMap, Type> = {
  [Path in keyof Fields]: [Extract<Unlabeled<Fields[Path]>, Type>] extends [never] ? never : Path;
}[keyof Fields] &
  string;

/** Names of the fields that are no lists. */
export type SingleFields<Fields extends RuleFieldMap> = {
  [Path in keyof Fields]: [Exclude<Unlabeled<Fields[Path]>, `${string}[]`>] extends [never] ? never : Path;
}[keyof Fields] &
  string;

/** What may be said of the events of one kind. Each call narrows or asks; nothing is changed in place. */
export interface EventConditions<
  Fields extends RuleFieldMap,
  Kind extends string = string,
  Made = RuleFor<"record">,
> {
  /** Only events for which a rule on their own fields holds; a second call narrows further. */
  where(
    condition: (
      event: FieldReader<Fields & { readonly at: "instant" }, RuleFor<`event of ${Kind}`>>,
    ) => RuleFor<`event of ${Kind}`>,
  ): EventConditions<Fields, Kind, Made>;
  /** Only events of a window; called once. Default: all time before `asOf`. */
  within<const Window extends RuleWindow>(
    window: Window & FittingWindow<Window>,
  ): EventConditions<Fields, Kind, Made>;
  /** There is at least one. */
  did(): Made;
  /** There is none: also of who never had any event. */
  didNot(): Made;
  /** How many; 0 for who had none. */
  count(): NumberComparisons<Made>;
  /** Their sum; 0 for who had none. */
  sum(field: FieldsOfType<Fields, "number">): NumberComparisons<Made>;
  /** Their mean; no comparison holds for who had none. */
  average(field: FieldsOfType<Fields, "number">): NumberComparisons<Made>;
  /** The least; no comparison holds for who had none. */
  min(field: FieldsOfType<Fields, "number">): NumberComparisons<Made>;
  /** The greatest; no comparison holds for who had none. */
  max(field: FieldsOfType<Fields, "number">): NumberComparisons<Made>;
  /** How many different values; 0 for who had none. */
  distinct(field: SingleFields<Fields> | "at"): NumberComparisons<Made>;
  /** When the first was; no comparison holds for who had none. */
  first(): InstantComparisons<Made>;
  /** When the last was; no comparison holds for who had none. */
  last(): InstantComparisons<Made>;
  /**
   * There are events in at least `atLeast` of the last `outOf` complete calendar periods; `minimum` of them in each, default
   * 1. Not after {@link EventConditions.within}.
   */
  frequency(options: {
    readonly unit: PeriodUnit;
    readonly atLeast: number;
    readonly outOf: number;
    readonly minimum?: number;
  }): Made;
  /** As a step of a sequence, at most this long after the step before it. */
  step(within?: Duration): EventStep<Kind>;
}

/** A step of a sequence, made by {@link EventConditions}. */
export interface EventStep<Kind extends string = string> {
  /** Kind of event. */
  readonly of: Kind;
  /** A rule on its fields. */
  readonly where?: SegmentRule;
  /** At most this long after the step before. */
  readonly within?: Duration;
}

/** Names a field, so that something may be said of it. */
export interface FieldReader<Fields extends RuleFieldMap, Made = SegmentRule> {
  /**
   * The conditions that the type of a field has.
   *
   * @param path - One of the fields.
   */
  field<Path extends keyof Fields & string>(path: Path): FieldConditions<Fields[Path], Made>;
  /**
   * An operator of your own holds.
   *
   * @param name - The operator.
   * @param options - The `field` that it reads, one of these, and the `value` that it takes.
   */
  custom(name: string, options?: { readonly field?: keyof Fields & string; readonly value?: unknown }): Made;
}
