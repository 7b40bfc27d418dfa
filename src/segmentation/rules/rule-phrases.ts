import type { PeriodUnit } from "../../core/period.js";
import type { EventRule, FieldRule } from "./rule.js";

/** A rule language for people: words and the order in which they stand. @internal */
export interface RulePhrases {
  /** Of the year, from January. */
  readonly months: readonly string[];
  /** Between groups of three digits, and before decimals. */
  readonly digits: { readonly group: string; readonly decimal: string };
  readonly yes: string;
  readonly no: string;
  readonly and: string;
  readonly or: string;
  readonly everybody: string;
  readonly nobody: string;
  readonly noValues: string;
  readonly not: (part: string) => string;
  readonly atLeast: (count: number, parts: string) => string;
  readonly inSegment: (name: string) => string;
  readonly custom: (name: string, field: string | null, value: string | null) => string;
  /** A condition on a field or a number; `values` are worded already. */
  readonly compare: Readonly<Record<ComparisonPhrase, (subject: string, ...values: string[]) => string>>;
  /** As `compare`, for instants: `moment` has the preposition, "on" a day or "at" a time. */
  readonly compareInstant: Readonly<Record<InstantPhrase, (subject: string, ...moments: Moment[]) => string>>;
  readonly ignoringCase: string;
  readonly sizeOf: (field: string) => string;
  readonly inWindow: (subject: string, window: string) => string;
  readonly anniversary: (field: string, length: string, direction: "next" | "last") => string;
  readonly duration: (parts: readonly (readonly [part: DurationPart, length: number])[]) => string;
  readonly window: {
    readonly last: (length: string) => string;
    readonly next: (length: string) => string;
    readonly ago: (from: string, to: string) => string;
    readonly calendar: (unit: PeriodUnit, offset: number, count: number) => string;
    readonly from: (moment: string) => string;
    readonly until: (moment: string) => string;
    readonly between: (from: string, until: string) => string;
    readonly always: string;
    readonly resolved: (from: string, to: string) => string;
  };
  /** Events of a kind in a window, those for which a rule holds. */
  readonly events: (kind: string, window: string | null, where: string | null) => string;
  readonly did: (events: string) => string;
  readonly didNot: (events: string) => string;
  readonly measure: Readonly<Record<EventMeasure, (events: string, field: string) => string>>;
  readonly sequence: (
    steps: readonly string[],
    window: string | null,
    notFollowedBy: string | null,
  ) => string;
  readonly step: (events: string, within: string | null) => string;
  readonly frequency: (
    events: string,
    minimum: number,
    atLeast: number,
    outOf: number,
    unit: PeriodUnit,
  ) => string;
}

type ComparisonPhrase = Exclude<FieldRule["op"], "size" | "within" | "anniversary">;

type InstantPhrase = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "between";

type DurationPart = "years" | "months" | "weeks" | "days";

type EventMeasure = Exclude<EventRule["op"], "did" | "didNot" | "sequence" | "frequency">;

/** An instant in words, and whether it is a whole day. @internal */
export interface Moment {
  readonly text: string;
  readonly isDay: boolean;
}
