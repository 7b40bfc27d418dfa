import type { Duration } from "../../core/duration.js";
import type { PeriodUnit } from "../../core/period.js";

/** What a field is compared with. An instant is ISO 8601 with offset, or a civil day that stands for the whole day. */
export type RuleValue = string | number | boolean;

/**
 * A stretch of time, told from `asOf` or from the calendar; it becomes one half-open window `[start, end)` when a rule is
 * compiled. Left out, it is all time before `asOf`.
 *
 * - `{ last: { days: 90 } }`: from 90 days before `asOf` up to `asOf`, local time of day kept: 90 days, not 91.
 * - `{ next: { days: 30 } }`: from `asOf` up to 30 days later; for dates that lie ahead, such as a renewal.
 * - `{ ago: [{ days: 60 }, { days: 30 }] }`: from 60 days before `asOf` up to 30 days before it.
 * - `{ calendar: "month" }`: the calendar period that holds `asOf`; `offset: -1` the one before it; `count: 3` three of
 *   them, the last of which is at `offset`.
 * - `{ from: "2024-01-01", until: "2024-07-01" }`: fixed; `from` is included, `until` is not; either may be left out.
 */
export type RuleWindow =
  | { readonly last: Duration }
  | { readonly next: Duration }
  | { readonly ago: readonly [from: Duration, to: Duration] }
  | { readonly calendar: PeriodUnit; readonly offset?: number; readonly count?: number }
  | { readonly from?: string; readonly until?: string };

/** How a number or an instant that was computed is held against a value. */
export type RuleComparison =
  | { readonly op: "eq" | "ne" | "lt" | "lte" | "gt" | "gte"; readonly value: number | string }
  | { readonly op: "between"; readonly from: number | string; readonly to: number | string }
  | { readonly op: "within"; readonly window: RuleWindow };

/** Which events are meant: those of one kind, of one window, for which a rule on their own fields holds. */
export interface RuleEvents {
  /** The kind of event, as the fields of the rule name it: `"transactions"`, `"interactions"`. */
  readonly of: string;
  /** A rule on the fields of one event; default all of them. It has no event conditions and no segments. */
  readonly where?: SegmentRule;
  /** When; default all time before `asOf`. */
  readonly window?: RuleWindow;
}

/** A step of a sequence of events. */
export interface RuleStep {
  /** The kind of event. */
  readonly of: string;
  /** A rule on the fields of the event; default any. */
  readonly where?: SegmentRule;
  /** At most this long after the step before it; default any time after it. Not on the first step. */
  readonly within?: Duration;
}

/** Rules combined. */
export type CombinedRule =
  | { readonly op: "all" | "any"; readonly of: readonly SegmentRule[] }
  | { readonly op: "not"; readonly of: SegmentRule }
  | { readonly op: "atLeast"; readonly count: number; readonly of: readonly SegmentRule[] };

/** A condition on one field of the record. */
export type FieldRule =
  | {
      readonly op: "eq" | "ne" | "lt" | "lte" | "gt" | "gte";
      readonly field: string;
      readonly value: RuleValue;
    }
  | {
      readonly op: "between";
      readonly field: string;
      readonly from: number | string;
      readonly to: number | string;
    }
  | { readonly op: "in" | "notIn"; readonly field: string; readonly values: readonly RuleValue[] }
  | {
      readonly op: "contains" | "startsWith" | "endsWith";
      readonly field: string;
      readonly value: string;
      readonly ignoreCase?: boolean;
    }
  | { readonly op: "exists" | "missing"; readonly field: string }
  | {
      readonly op: "hasAny" | "hasAll" | "hasNone";
      readonly field: string;
      readonly values: readonly RuleValue[];
    }
  | { readonly op: "size"; readonly field: string; readonly is: RuleComparison }
  | { readonly op: "within"; readonly field: string; readonly window: RuleWindow }
  | {
      readonly op: "anniversary";
      readonly field: string;
      readonly within: Duration;
      readonly direction?: "next" | "last";
    };

/** A condition on what the customer did. */
export type EventRule =
  | EachOp<"did" | "didNot", RuleEvents>
  | EachOp<"count" | "first" | "last", RuleEvents & { readonly is: RuleComparison }>
  | EachOp<
      "sum" | "average" | "min" | "max" | "distinct",
      RuleEvents & { readonly field: string; readonly is: RuleComparison }
    >
  | {
      readonly op: "sequence";
      readonly steps: readonly RuleStep[];
      readonly window?: RuleWindow;
      readonly notFollowedBy?: RuleStep;
    }
  | ({
      readonly op: "frequency";
      readonly unit: PeriodUnit;
      readonly atLeast: number;
      readonly outOf: number;
      readonly minimum?: number;
    } & Omit<RuleEvents, "window">);

/** One member of the union for each operator, so that TypeScript tells them apart by `op`. @internal */
type EachOp<Op extends string, Shape> = Op extends string ? { readonly op: Op } & Shape : never;

/**
 * A condition on a customer, as plain JSON: what is written in code, kept in a database and edited in a form.
 *
 * It is two-valued: where a field is missing (absent, `null`, `NaN`), every comparison with it is false, also `ne`,
 * `notIn` and `hasNone`; `not` turns false into true. `all` of nothing holds, `any` of nothing does not, `in` no values
 * holds for nobody.
 */
export type SegmentRule =
  | CombinedRule
  | FieldRule
  | EventRule
  | { readonly op: "segment"; readonly segment: string }
  | { readonly op: "custom"; readonly name: string; readonly field?: string; readonly value?: unknown };

/** A rule as it is stored: with the version of the language in which it is written. */
export interface RuleDocument {
  /** Version of the rule language. */
  readonly version: 1;
  /** The rule. */
  readonly rule: SegmentRule;
}
