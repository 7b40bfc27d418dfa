import type { CountedGroup, SharedConditions } from "./counted-groups.js";
import { part } from "./customer-state.js";
import type { FieldRecord } from "./field-reader.js";
import { isCount, type SavedTotals } from "./saved-totals.js";
import type { TrackingSet } from "./tracking-set.js";

/** One event more, its instant read. @internal */
export interface NewEvent {
  readonly of: string;
  readonly at: number;
  readonly event: FieldRecord;
}

/** What is known of a customer's events: totals, and the numbers of all conditions. @internal */
export interface Counted {
  readonly totals: (SavedTotals | null)[];
  readonly measures: Float64Array;
  /** Gets the number of each condition for which it changes. */
  readonly take: (slot: number, value: number) => void;
}

/** Adds an event to what is known, for the conditions that count events one by one. @internal */
export function countEvent({ set, counted, isSound }: TrackingSet, added: NewEvent, known: Counted): void {
  const { of, at, event } = added;
  const { totals, take } = known;
  for (const group of counted.get(of) ?? []) {
    if (!isCountedBy(group, added)) continue;
    const { read, conditions, shared } = group;
    const value = read === null ? undefined : read(event);
    for (let i = 0; i < conditions.length; i++) {
      const { slot, start, before, more } = conditions[i];
      if (at < start || at >= before) continue;
      const saved: unknown = totals[slot];
      if (isSound[slot](saved)) {
        const grown = more.after(saved, at, value);
        if (grown === saved) continue;
        totals[slot] = grown;
        take(slot, more.valueOf(grown));
      } else part(`totals[${slot}]`, false, saved, `what was counted for ${set.leaves[slot].rule.op}`);
    }
    for (let i = 0; i < shared.length; i++) countShared(shared[i], at, value, known);
  }
}

/** Whether an event is in the window of some condition, and meets what they test. @internal */
export function isCountedBy(
  { test, conditions, shared }: CountedGroup,
  { at, event }: Pick<NewEvent, "at" | "event">,
): boolean {
  for (let i = 0; i < conditions.length; i++)
    if (at >= conditions[i].start && at < conditions[i].before) return test === null || test(event);
  for (let i = 0; i < shared.length; i++)
    if (at >= shared[i].start && at < shared[i].before) return test === null || test(event);
  return false;
}

function countShared(
  { slot, start, before, counts, members }: SharedConditions,
  at: number,
  value: unknown,
  { totals, measures, take }: Counted,
): void {
  if (at < start || at >= before) return;
  const saved: unknown = totals[slot];
  if (!counts.isSound(saved)) {
    part(`totals[${slot}]`, false, saved, "what was counted for conditions like it");
    return;
  }
  const change = counts.after(saved, at, value);
  if (change === null) return;
  const { since } = change;
  totals[slot] = change.saved;
  for (let i = 0; i < members.length; i++) {
    const member = members[i];
    if (member.start > at || (since !== null && member.start <= since)) continue;
    const number = measures[member.slot];
    if (!isCount(number)) part(`measured[${member.slot}]`, false, number, "a count");
    take(member.slot, number + 1);
  }
}
