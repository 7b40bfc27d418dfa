import { part } from "./customer-state.js";
import { firstAtOrAfter } from "./event-sequence.js";
import { isSavedTotals, type SavedTotals, type SequenceState } from "./event-totals.js";
import type { FieldRecord } from "./field-reader.js";
import type { ReadEvents } from "./read-events.js";
import { pickedInstants } from "./sequence-plan.js";
import type { TrackedSequence, TrackingSet } from "./tracking-set.js";

/** The instants that the steps of sequences pick, as they are kept from event to event. @internal */
export type PickedInstants = readonly (readonly number[] | null)[];

/** Measures the sequences of one customer, and notes where they end; what is to be kept for one more event. @internal */
export function startSequences(
  { picks, sequences }: TrackingSet,
  read: ReadEvents,
  measures: Float64Array,
  totals: (SavedTotals | null)[],
): PickedInstants {
  const picked = picks.map(({ of, counts }) => eachOnce(pickedInstants(read.of(of), counts)));
  for (const { slot, plan, places } of sequences) {
    const state = endingState(plan.ending(places.map((place) => picked[place])));
    totals[slot] = state;
    measures[slot] = state.ending === null ? 0 : 1;
  }
  return stillNeeded(sequences, picked, totals);
}

interface NewEvent {
  readonly of: string;
  readonly at: number;
  readonly event: FieldRecord;
}

/**
 * One more event, however late. A sequence that holds is looked at again only when the event undoes the ending that is
 * known; one that does not, only for assignments with this event.
 *
 * @param take - Gets the number of each sequence that the event can change.
 * @internal
 */
export function withSequenceEvent(
  { set, picks, sequences }: TrackingSet,
  before: PickedInstants,
  { of, at, event }: NewEvent,
  totals: (SavedTotals | null)[],
  take: (slot: number, value: number) => void,
): PickedInstants {
  if (sequences.length === 0) return before;
  const picked = picks.map((pick, place) => {
    const list = before[place];
    return list === null || pick.of !== of || !pick.counts(event, at) ? list : withInstant(list, at);
  });
  let isSettled = false;
  for (const sequence of sequences) {
    const { slot, plan, places } = sequence;
    if (!isFresh(places, before, picked)) continue;
    const saved = totals[slot];
    part(`totals[${slot}]`, isSavedTotals(set.leaves[slot].rule, saved), saved, "where a sequence ends");
    const known = (saved as SequenceState).ending ?? Number.NaN;
    const steps = plan.stepsOf.flatMap((of_, i) => (picked[places[i]] === before[places[i]] ? [] : of_));
    const ending = endingAfter(sequence, known, at, steps, picked);
    if (Object.is(ending, known)) continue;
    totals[slot] = endingState(ending);
    take(slot, Number.isNaN(ending) ? 0 : 1);
    if (!plan.canEnd) isSettled = true;
  }
  return isSettled ? stillNeeded(sequences, picked, totals) : picked;
}

function isFresh(places: readonly number[], before: PickedInstants, picked: PickedInstants): boolean {
  for (let i = 0; i < places.length; i++) if (picked[places[i]] !== before[places[i]]) return true;
  return false;
}

/** Where a sequence ends after one more event, which may be any of these steps. */
function endingAfter(
  { plan, places }: TrackedSequence,
  known: number,
  at: number,
  steps: readonly number[],
  picked: PickedInstants,
): number {
  const instants = () => places.map((place) => picked[place] ?? []);
  if (!Number.isNaN(known)) {
    // More events make no less of a sequence that nothing can end.
    const isUndone = steps.includes(plan.length) && plan.undoes(at, known);
    return isUndone ? plan.ending(instants()) : known;
  }
  for (const step of steps) {
    if (step === plan.length) continue;
    const ending = plan.endingWith(at, step, instants());
    if (!Number.isNaN(ending)) return ending;
  }
  return Number.NaN;
}

/** The lists that some sequence still needs: one that holds, and that nothing can end, needs none. */
function stillNeeded(
  sequences: readonly TrackedSequence[],
  picked: PickedInstants,
  totals: readonly (SavedTotals | null)[],
): PickedInstants {
  const isNeeded = new Uint8Array(picked.length);
  for (const { slot, plan, places } of sequences) {
    if (!plan.canEnd && (totals[slot] as SequenceState).ending !== null) continue;
    for (const place of places) isNeeded[place] = 1;
  }
  return picked.map((list, place) => (isNeeded[place] === 1 ? list : null));
}

function endingState(ending: number): SequenceState {
  return { ending: Number.isNaN(ending) ? null : ending };
}

function withInstant(list: readonly number[], at: number): readonly number[] {
  const place = firstAtOrAfter(list, 0, list.length, at);
  if (list[place] === at) return list;
  const grown = list.slice();
  grown.splice(place, 0, at);
  return grown;
}

function eachOnce(ascending: Float64Array): readonly number[] {
  const once: number[] = [];
  for (let i = 0; i < ascending.length; i++)
    if (i === 0 || ascending[i] !== ascending[i - 1]) once.push(ascending[i]);
  return once;
}
