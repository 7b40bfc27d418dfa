import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";
import type { RuleWindow, SegmentRule } from "./rule.js";
import type { RuleFieldMap } from "./rule-fields.js";

// What may be said of a field, by its type: the compiler's half of the language. `rule-builder.ts` is the other.

/** The operators of a field whose type is `Field`. */
export type FieldConditions<Field> = Presence &
  (Unlabeled<Field> extends "number"
    ? NumberConditions
    : Unlabeled<Field> extends "boolean"
      ? BooleanConditions
      : Unlabeled<Field> extends "instant"
        ? InstantConditions
        : Unlabeled<Field> extends "text"
          ? TextConditions
          : Unlabeled<Field> extends "text[]"
            ? ListConditions<string>
            : Unlabeled<Field> extends "number[]"
              ? ListConditions<number>
              : Unlabeled<Field> extends readonly (infer Choice extends string)[]
                ? TextConditions<Choice>
                : never);

type Unlabeled<Field> = Field extends { readonly type: infer Type } ? Type : Field;

/** Whether there is a value at all. */
export interface Presence {
  /** The field has a value: it is not absent, `null` or `NaN`. */
  exists(): SegmentRule;
  /** The field has no value. */
  missing(): SegmentRule;
}

/** What may be said of text; `Choice` are the texts that it may be. */
export interface TextConditions<Choice extends string = string> {
  /** Is this text, letter by letter. */
  eq(value: Choice): SegmentRule;
  /** Has a value, and another one. */
  ne(value: Choice): SegmentRule;
  /** Is one of these; of none, nobody. */
  in(values: readonly Choice[]): SegmentRule;
  /** Has a value, and none of these. */
  notIn(values: readonly Choice[]): SegmentRule;
  /** Has this text somewhere in it. */
  contains(value: string, options?: TextMatchOptions): SegmentRule;
  /** Begins with this text. */
  startsWith(value: string, options?: TextMatchOptions): SegmentRule;
  /** Ends with this text. */
  endsWith(value: string, options?: TextMatchOptions): SegmentRule;
}

/** How text is matched. */
export interface TextMatchOptions {
  /** Whether upper and lower case are the same, by Unicode's rules for no language in particular. Default false. */
  readonly ignoreCase?: boolean;
}

/** What may be said of a number. */
export interface NumberConditions {
  /** Equals. */
  eq(value: number): SegmentRule;
  /** Has a value, and another one. */
  ne(value: number): SegmentRule;
  /** Is less. */
  lt(value: number): SegmentRule;
  /** Is less or equal. */
  lte(value: number): SegmentRule;
  /** Is greater. */
  gt(value: number): SegmentRule;
  /** Is greater or equal. */
  gte(value: number): SegmentRule;
  /** Lies between, both ends included. */
  between(from: number, to: number): SegmentRule;
  /** Is one of these; of none, nobody. */
  in(values: readonly number[]): SegmentRule;
  /** Has a value, and none of these. */
  notIn(values: readonly number[]): SegmentRule;
}

/** What may be said of true or false. */
export interface BooleanConditions {
  /** Is. */
  eq(value: boolean): SegmentRule;
  /** Has a value, and the other one. */
  ne(value: boolean): SegmentRule;
}

/**
 * What may be said of an instant. A civil day (`"2024-02-29"`) stands for the whole day: `eq` is in it, `lt` before it
 * begins, `lte` before it ends, `gt` when it is over, `gte` from its start, `between` from the start of the one to the end
 * of the other.
 */
export interface InstantConditions {
  /** Is this instant, or lies in this day. */
  eq(value: string): SegmentRule;
  /** Has a value, and is not. */
  ne(value: string): SegmentRule;
  /** Is earlier. */
  lt(value: string): SegmentRule;
  /** Is not later. */
  lte(value: string): SegmentRule;
  /** Is later. */
  gt(value: string): SegmentRule;
  /** Is not earlier. */
  gte(value: string): SegmentRule;
  /** Lies between, both ends included. */
  between(from: string, to: string): SegmentRule;
  /** Lies in a window told from `asOf` or from the calendar. */
  within(window: RuleWindow): SegmentRule;
  /**
   * Its day and month come round within this long: from the day of `asOf` on (`"next"`, the default; today counts), or up
   * to it (`"last"`; today counts). 29 February comes round on 28 February in other years.
   */
  anniversary(within: Duration, direction?: "next" | "last"): SegmentRule;
}

/** What may be said of a list. */
export interface ListConditions<Item extends string | number> {
  /** Has at least one of these. */
  hasAny(values: readonly Item[]): SegmentRule;
  /** Has all of these; of none, every list. */
  hasAll(values: readonly Item[]): SegmentRule;
  /** Is a list with none of these. */
  hasNone(values: readonly Item[]): SegmentRule;
  /** How many items it has. */
  size(): NumberComparisons;
}

/** How a number that was counted or summed is held against a value. */
export interface NumberComparisons {
  /** Equals. */
  eq(value: number): SegmentRule;
  /** Differs. */
  ne(value: number): SegmentRule;
  /** Is less. */
  lt(value: number): SegmentRule;
  /** Is less or equal. */
  lte(value: number): SegmentRule;
  /** Is greater. */
  gt(value: number): SegmentRule;
  /** Is greater or equal. */
  gte(value: number): SegmentRule;
  /** Lies between, both ends included. */
  between(from: number, to: number): SegmentRule;
}

/** How the time of an event is held against an instant: see {@link InstantConditions}. */
export type InstantComparisons = Omit<InstantConditions, "anniversary">;

/** Names of the fields of one type. */
export type FieldsOfType<Fields extends RuleFieldMap, Type> = {
  [Path in keyof Fields]: Unlabeled<Fields[Path]> extends Type ? Path : never;
}[keyof Fields] &
  string;

/** Names of the fields that are no lists. */
export type SingleFields<Fields extends RuleFieldMap> = {
  [Path in keyof Fields]: Unlabeled<Fields[Path]> extends `${string}[]` ? never : Path;
}[keyof Fields] &
  string;

/** What may be said of the events of one kind. Each call narrows or asks; nothing is changed in place. */
export interface EventConditions<Fields extends RuleFieldMap> {
  /** Only events for which a rule on their own fields holds; a second call narrows further. */
  where(
    condition: (event: FieldReader<Fields & { readonly at: "instant" }>) => SegmentRule,
  ): EventConditions<Fields>;
  /** Only events of a window. Default: all time before `asOf`. */
  within(window: RuleWindow): EventConditions<Fields>;
  /** There is at least one. */
  did(): SegmentRule;
  /** There is none: also of who never had any event. */
  didNot(): SegmentRule;
  /** How many; 0 for who had none. */
  count(): NumberComparisons;
  /** Their sum; 0 for who had none. */
  sum(field: FieldsOfType<Fields, "number">): NumberComparisons;
  /** Their mean; no comparison holds for who had none. */
  average(field: FieldsOfType<Fields, "number">): NumberComparisons;
  /** The least; no comparison holds for who had none. */
  min(field: FieldsOfType<Fields, "number">): NumberComparisons;
  /** The greatest; no comparison holds for who had none. */
  max(field: FieldsOfType<Fields, "number">): NumberComparisons;
  /** How many different values; 0 for who had none. */
  distinct(field: SingleFields<Fields>): NumberComparisons;
  /** When the first was; no comparison holds for who had none. */
  first(): InstantComparisons;
  /** When the last was; no comparison holds for who had none. */
  last(): InstantComparisons;
  /**
   * There are events in at least `atLeast` of the last `outOf` complete calendar periods; `minimum` of them in each, default
   * 1. Not after {@link EventConditions.within}.
   */
  inAtLeast(
    atLeast: number,
    unit: PeriodUnit,
    options: { readonly outOf: number; readonly minimum?: number },
  ): SegmentRule;
  /** As a step of a sequence, at most this long after the step before it. */
  step(within?: Duration): EventStep;
}

/** A step of a sequence, made by {@link EventConditions}. */
export interface EventStep {
  /** Kind of event. */
  readonly of: string;
  /** A rule on its fields. */
  readonly where?: SegmentRule;
  /** At most this long after the step before. */
  readonly within?: Duration;
}

/** Names a field, so that something may be said of it. */
export interface FieldReader<Fields extends RuleFieldMap> {
  /**
   * The conditions that the type of a field has.
   *
   * @param path - One of the fields.
   */
  field<Path extends keyof Fields & string>(path: Path): FieldConditions<Fields[Path]>;
}
