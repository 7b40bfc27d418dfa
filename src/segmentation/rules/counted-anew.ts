import { isCountedBy } from "./counted-event.js";
import type { CountedGroup } from "./counted-groups.js";
import type { EventLeaf } from "./event-leaf.js";
import type { TimedEvents } from "./read-events.js";
import type { SavedTotals } from "./saved-totals.js";
import type { TrackingSet } from "./tracking-set.js";

/**
 * Counts the events of one kind from the beginning, for the conditions that count events one by one.
 *
 * @param totals - Gets what is to be known to go on.
 * @param measures - Gets the number of each condition.
 * @internal
 */
export function countAnew(
  { set, counted }: TrackingSet,
  kind: string,
  events: TimedEvents,
  totals: (SavedTotals | null)[],
  measures: Float64Array,
): void {
  for (const group of counted.get(kind) ?? []) {
    const picked = pickedEvents(group, events);
    for (const { slot, start, before } of group.conditions) {
      const sums = totalsOf(set.leaves[slot]);
      for (let i = 0; i < picked.at.length; i++) {
        const at = picked.at[i];
        if (at >= start && at < before) sums.add(at, picked.values[i]);
      }
      totals[slot] = sums.save();
      measures[slot] = sums.value();
    }
    for (const { slot, start, before, counts, members } of group.shared) {
      const collected = counts.collect();
      for (let i = 0; i < picked.at.length; i++) {
        const at = picked.at[i];
        if (at >= start && at < before) collected.add(at, picked.values[i]);
      }
      totals[slot] = collected.save();
      const countFrom = collected.counter();
      for (const member of members) measures[member.slot] = countFrom(member.start);
    }
  }
}

function totalsOf({ tally, rule }: EventLeaf) {
  if (tally === null) throw new TypeError(`not counted one by one: ${rule.op}`);
  return tally.totals();
}

/** The events that some condition of a group counts: their instants and the values that it reads. */
function pickedEvents(group: CountedGroup, { events, at }: TimedEvents) {
  const picked: { readonly at: number[]; readonly values: unknown[] } = { at: [], values: [] };
  for (let i = 0; i < events.length; i++) {
    if (!isCountedBy(group, { at: at[i], event: events[i] })) continue;
    picked.at.push(at[i]);
    picked.values.push(group.read === null ? undefined : group.read(events[i]));
  }
  return picked;
}
