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
  /** A rule that holds for all: of the customers (`null`), or of the events that are named. */
  readonly everybody: (events: string | null) => string;
  readonly nobody: (events: string | null) => string;
  readonly noValues: string;
  readonly not: (part: string) => string;
  readonly atLeast: (count: number, parts: string) => string;
  readonly inSegment: (name: string) => string;
  readonly custom: (name: string, field: string | null, value: string | null) => string;
  /** A condition on a field or a number; `values` are worded already. */
  readonly compare: Readonly<Record<ComparisonPhrase, (subject: string, ...values: string[]) => string>>;
  /** `ne` of what cannot be missing: a number of events. */
  readonly isNot: (subject: string, value: string) => string;
  /** As `compare`, for instants: `moment` has the preposition, "on" a day or "at" a time. */
  readonly compareInstant: Readonly<Record<InstantPhrase, (subject: string, ...moments: Moment[]) => string>>;
  readonly inZone: (timeZone: string) => string;
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
    /** The dates of a window: from the first to the last, a single one, or none. */
    readonly resolved: (from: string, to: string) => string;
    readonly onDay: (day: string) => string;
    readonly empty: string;
  };
  /** After the words of events: those for which a rule holds. */
  readonly where: (rule: string) => string;
  readonly did: (events: EventPhrase) => string;
  readonly didNot: (events: EventPhrase) => string;
  readonly measure: Readonly<Record<EventMeasure, (events: EventPhrase, field: string) => string>>;
  readonly sequence: (
    steps: readonly string[],
    window: string | null,
    notFollowedBy: string | null,
  ) => string;
  readonly step: (events: string, within: string | null) => string;
  /** In how many of the last periods; their dates come after it. */
  readonly frequencyPeriods: (atLeast: number, outOf: number, unit: PeriodUnit) => string;
  /** `each` is the unit where there are several periods. */
  readonly frequency: (
    events: EventPhrase,
    minimum: number,
    periods: string,
    each: PeriodUnit | null,
  ) => string;
}

type ComparisonPhrase = Exclude<FieldRule["op"], "size" | "within" | "anniversary">;

type InstantPhrase = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "between";

type DurationPart = "years" | "months" | "weeks" | "days";

type EventMeasure = Exclude<EventRule["op"], "did" | "didNot" | "sequence" | "frequency">;

/** Events in words: of one (`null` where the word is not known) and of several, and what narrows them, with its space. @internal */
export interface EventPhrase {
  readonly one: string | null;
  readonly many: string;
  readonly rest: string;
}

/** An instant in words, and whether it is a whole day. @internal */
export interface Moment {
  readonly text: string;
  readonly isDay: boolean;
}
