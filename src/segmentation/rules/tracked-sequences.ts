import type { NewEvent } from "./counted-event.js";
import { part } from "./customer-state.js";
import { firstAtOrAfter } from "./event-sequence.js";
import type { ReadEvents } from "./read-events.js";
import type { SavedTotals, SequenceState } from "./saved-totals.js";
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

/**
 * One more event, however late. A sequence that holds is looked at again only when the event undoes the ending that is
 * known; one that does not, only for assignments with this event.
 *
 * @param take - Gets the number of each sequence that the event can change.
 * @internal
 */
export function withSequenceEvent(
  { isSound, picks, sequences }: TrackingSet,
  before: PickedInstants,
  { of, at, event }: NewEvent,
  totals: (SavedTotals | null)[],
  take: (slot: number, value: number) => void,
): PickedInstants {
  if (sequences.length === 0) return before;
  const isFresh = new Uint8Array(picks.length);
  let picked: (readonly number[] | null)[] | null = null;
  for (let place = 0; place < picks.length; place++) {
    const list = before[place];
    const pick = picks[place];
    if (list === null || pick.of !== of || !pick.counts(event, at)) continue;
    const grown = withInstant(list, at);
    if (grown === list) continue;
    picked ??= before.slice();
    picked[place] = grown;
    isFresh[place] = 1;
  }
  if (picked === null) return before;
  let isSettled = false;
  for (const sequence of sequences) {
    const { slot, plan, places } = sequence;
    if (!isAnyFresh(places, isFresh)) continue;
    const saved: unknown = totals[slot];
    if (!isSound[slot](saved)) part(`totals[${slot}]`, false, saved, "where a sequence ends");
    const { ending: last } = saved as SequenceState;
    // More events make no less of a sequence that nothing can end.
    if (last !== null && !plan.canEnd) continue;
    const known = last ?? Number.NaN;
    const ending = endingAfter(sequence, known, at, isFresh, picked);
    if (Object.is(ending, known)) continue;
    totals[slot] = endingState(ending);
    take(slot, Number.isNaN(ending) ? 0 : 1);
    if (!plan.canEnd) isSettled = true;
  }
  return isSettled ? stillNeeded(sequences, picked, totals) : picked;
}

function isAnyFresh(places: readonly number[], isFresh: Uint8Array): boolean {
  for (let i = 0; i < places.length; i++) if (isFresh[places[i]] === 1) return true;
  return false;
}

/** Where a sequence ends after one more event, which may be any of the steps whose picks are fresh. */
function endingAfter(
  { plan, places }: TrackedSequence,
  known: number,
  at: number,
  isFresh: Uint8Array,
  picked: PickedInstants,
): number {
  const { stepsOf, length } = plan;
  if (!Number.isNaN(known)) {
    const mayEnd = places.some((place, pick) => isFresh[place] === 1 && stepsOf[pick].includes(length));
    return mayEnd && plan.undoes(at, known) ? plan.ending(instantsOf(places, picked)) : known;
  }
  if (lacksStep(plan, places, picked)) return Number.NaN;
  const instants = instantsOf(places, picked);
  for (let pick = 0; pick < places.length; pick++) {
    if (isFresh[places[pick]] === 0) continue;
    for (const step of stepsOf[pick]) {
      const ending = step === length ? Number.NaN : plan.endingWith(at, step, instants);
      if (!Number.isNaN(ending)) return ending;
    }
  }
  return Number.NaN;
}

/** Whether for some step there is no event at all. */
function lacksStep(
  { stepsOf, length }: TrackedSequence["plan"],
  places: readonly number[],
  picked: PickedInstants,
): boolean {
  for (let pick = 0; pick < places.length; pick++)
    // Steps ascend: the first of them tells whether there are others than what must not follow.
    if (stepsOf[pick][0] < length && picked[places[pick]]?.length === 0) return true;
  return false;
}

function instantsOf(places: readonly number[], picked: PickedInstants): (readonly number[])[] {
  return places.map((place) => picked[place] ?? []);
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
