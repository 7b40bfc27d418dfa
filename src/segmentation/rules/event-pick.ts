import type { FieldRecord } from "./field-reader.js";
import type { SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type { RuleFieldMap, RuleFields } from "./rule-fields.js";

/** The test of a rule on one event. @internal */
export type EventTest = (event: FieldRecord) => boolean;

/** How a rule on one event is compiled; given from outside, since rules and events contain each other. @internal */
export type CompileEventTest = (where: SegmentRule, fields: RuleFieldMap) => EventTest;

/** Which events of a kind count. @internal */
export interface EventPick {
  /** Whether an event, of this instant, counts. */
  readonly counts: (event: FieldRecord, at: number) => boolean;
  /** The first instant at which one does, epoch milliseconds. */
  readonly start: number;
  /** The instant before which one does. */
  readonly before: number;
  /** What else one must meet. */
  readonly test: EventTest | null;
}

/** Picks the events of a kind that are known, lie in a window and meet a rule. @internal */
export function eventPick(
  { of, where }: { readonly of: string; readonly where?: SegmentRule },
  { start, end }: { readonly start: number; readonly end: number },
  fields: RuleFields,
  { asOf }: RuleClock,
  compile: CompileEventTest,
): EventPick {
  const test = where ? compile(where, { at: "instant", ...fields.events[of] }) : null;
  const before = Math.min(end, asOf);
  const counts: EventPick["counts"] = (event, at) =>
    at >= start && at < before && (test === null || test(event));
  return { counts, start, before, test };
}
