import type { FieldRecord } from "./field-reader.js";
import type { SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type { RuleFieldMap, RuleFields } from "./rule-fields.js";

/** The test of a rule on one event. @internal */
type EventTest = (event: FieldRecord) => boolean;

/** How a rule on one event is compiled; given from outside, since rules and events contain each other. @internal */
export type CompileEventTest = (where: SegmentRule, fields: RuleFieldMap) => EventTest;

/** Whether an event of a kind, of this instant, counts. @internal */
export type EventPick = (event: FieldRecord, at: number) => boolean;

/** Picks the events of a kind that are known, lie in a window and meet a rule. @internal */
export function eventPick(
  { of, where }: { readonly of: string; readonly where?: SegmentRule },
  { start, end }: { readonly start: number; readonly end: number },
  fields: RuleFields,
  { asOf }: RuleClock,
  compile: CompileEventTest,
): EventPick {
  const test = where && compile(where, { at: "instant", ...fields.events[of] });
  const before = Math.min(end, asOf);
  return (event, at) => at >= start && at < before && (!test || test(event));
}
