import { assertArgument, shown } from "../../core/assert.js";
import type { EventHistory } from "./event-history.js";
import { isSavedNumber } from "./saved-totals.js";
import type { TrackingSet } from "./tracking-set.js";

/**
 * One customer and a set of segments: in which they are, and what must be known to go on when something happens. Plain
 * data: it survives `structuredClone`, and JSON where all numbers in records and events are finite. It holds copies of what
 * was passed, and is never changed: the next state shares what stays the same.
 */
export interface CustomerSegments {
  /** Layout of this object. */
  readonly version: 1;
  /** Which rules it is about: a state is taken by sets of the same rules alone. */
  readonly rules: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** The segments whose rules hold, in order of priority. */
  readonly segments: readonly string[];
  /** The first of them; `null`: none. */
  readonly segment: string | null;
  /**
   * The first `asOf` at which the passing of time alone could change a segment, epoch milliseconds; `null`: it cannot.
   * Up to then no look is needed. It may be too early, never too late.
   */
  readonly quietUntil: number | null;
  /** The same as far as the events decide it one by one. */
  readonly quietEvents: number | null;
  /** The customer's fields. */
  readonly record: object;
  /** What the customer did, of the kinds that rules ask about. */
  readonly events: Readonly<Record<string, EventHistory>>;
  /** What was measured for each condition on events; text where it is not finite. */
  readonly measured: readonly (number | string)[];
  /** Of what it was measured, so that one more event can be added. */
  readonly totals: readonly unknown[];
  /**
   * For each step of the sequences, the instants of the events that would do, ascending; `null` where no sequence that it
   * is for can change by one more event. Each new one copies the list: 8 bytes an instant.
   */
  readonly picked: readonly (readonly number[] | null)[];
}

/** What an event, a change of the record or the passing of time did to a customer's segments. */
export interface SegmentUpdate {
  /** The customer from now on. */
  readonly state: CustomerSegments;
  /** Segments whose rules hold now and did not before, in order of priority. */
  readonly entered: readonly string[];
  /** Segments whose rules held before and do not now, in order of priority. */
  readonly left: readonly string[];
}

/** Throws unless a state is one of these rules, whatever its instant, and whole: it may come from a database. @internal */
export function assertState(tracking: TrackingSet, state: CustomerSegments): void {
  const { fingerprint, set, placeOf, kinds, picks } = tracking;
  assertArgument(
    typeof state === "object" && state?.version === 1 && state.rules === fingerprint,
    "state",
    () =>
      `state is ${shown(state)}, not of these rules: make it by start() of this set, or of the same rules as of another instant`,
  );
  const leaves = set.leaves.length;
  const { asOf, segments, record, events, measured, totals, picked } = state;
  part("asOf", Number.isFinite(asOf), asOf, "an instant");
  part(
    "segments",
    areAll(segments, (name) => placeOf.has(name as string)),
    segments,
    "a list of segments of the set",
  );
  part("record", isObject(record), record, "an object");
  part("events", isObject(events), events, "an object of histories by kind");
  for (const kind of kinds) {
    const history = Object.hasOwn(events, kind) ? events[kind] : undefined;
    if (!isLists(history)) part(`events.${kind}`, false, history, "a history");
  }
  for (const name of ["quietUntil", "quietEvents"] as const)
    part(name, state[name] === null || Number.isFinite(state[name]), state[name], "an instant or null");
  part(
    "measured",
    areAll(measured, isSavedNumber) && measured.length === leaves,
    measured,
    `a list of ${leaves}, one number for each condition on events`,
  );
  part(
    "totals",
    Array.isArray(totals) && totals.length === leaves,
    totals,
    `a list of ${leaves}, one for each condition on events`,
  );
  part(
    "picked",
    areAll(picked, isListOrNull) && picked.length === picks.length,
    picked,
    `a list of ${picks.length}, lists or null`,
  );
}

/** Throws unless a part of a state is what it should be. @internal */
export function part(name: string, isSound: boolean, value: unknown, what: string): void {
  if (isSound) return;
  const path = `state.${name}`;
  assertArgument(
    false,
    path,
    () => `${path} is ${shown(value)}, and should be ${what}: pass a state as it came from this set, whole`,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isLists(value: unknown): boolean {
  return areAll(value, Array.isArray) && (value as readonly unknown[]).length > 0;
}

function isListOrNull(value: unknown): boolean {
  return value === null || Array.isArray(value);
}

/** Whether a value is a list of such as are meant; a hole is `undefined`. */
function areAll(list: unknown, isMeant: (value: unknown) => boolean): boolean {
  if (!Array.isArray(list)) return false;
  for (let i = 0; i < list.length; i++) if (!isMeant(list[i])) return false;
  return true;
}
