import type { Duration } from "../../core/duration.js";
import { type StepTime, stepTime } from "./duration-bounds.js";
import type { EventPick } from "./event-pick.js";
import { type SequenceStep, sequenceEnding, sequenceEndingWith, stepsReached } from "./event-sequence.js";
import type { TimedEvents } from "./read-events.js";
import type { EventRule, RuleStep, SegmentRule } from "./rule.js";
import { type RuleClock, windowInstants } from "./rule-clock.js";
import { sequenceSteps } from "./sequence-steps.js";

/** Events that would do for a step, which several steps and several sequences may share. @internal */
export interface StepPick {
  /** Differs where others are picked. */
  readonly key: string;
  readonly of: string;
  readonly where: SegmentRule | undefined;
  /** Half-open, epoch milliseconds. */
  readonly window: { readonly start: number; readonly end: number };
  readonly counts: EventPick["counts"];
}

/** A sequence made ready: which events its steps need, and how they follow each other. @internal */
export interface SequencePlan {
  /** What its steps pick, each once. */
  readonly picks: readonly StepPick[];
  /** For each pick, the steps that it is for; the one that must not follow comes after the last. */
  readonly stepsOf: readonly (readonly number[])[];
  /** How many steps there are, without the one that must not follow. */
  readonly length: number;
  /** Whether something must not follow: more events can then undo what holds. */
  readonly canEnd: boolean;
  /** An ending that holds, of the instants of each pick, ascending; NaN for none. */
  readonly ending: (picked: readonly ArrayLike<number>[]) => number;
  /** The same where there was none before one of the steps could be at this instant. */
  readonly endingWith: (instant: number, step: number, picked: readonly ArrayLike<number>[]) => number;
  /** How many steps, from the first on, can follow each other. */
  readonly reached: (picked: readonly ArrayLike<number>[]) => number;
  /** Whether an event that must not follow an ending does, in time. */
  readonly undoes: (instant: number, ending: number) => boolean;
}

/** @internal */
export function sequencePlan(
  rule: Extract<EventRule, { op: "sequence" }>,
  clock: RuleClock,
  pickOf: (step: RuleStep, window: StepPick["window"]) => EventPick,
): SequencePlan {
  const { length } = rule.steps;
  const window = windowInstants(rule.window, clock);
  // What must not follow may do so after the window as well.
  const known = { start: Number.NEGATIVE_INFINITY, end: clock.asOf };
  const picks: StepPick[] = [];
  const stepsOf: number[][] = [];
  const places = new Map<string, number>();
  const times = new Map<string, StepTime>();
  const timeOf = (within: Duration | undefined): StepTime | null => {
    if (within === undefined) return null;
    const key = JSON.stringify(within);
    const time = times.get(key) ?? stepTime(within, clock.timeZone);
    times.set(key, time);
    return time;
  };
  const ready = sequenceSteps(rule).map((step, i) => {
    const { of, where, within } = step;
    const during = i < length ? window : known;
    const key = JSON.stringify([of, where ?? null, during.start, during.end]);
    const place = places.get(key) ?? picks.length;
    if (place === picks.length) {
      places.set(key, place);
      picks.push({ key, of, where, window: during, counts: pickOf(step, during).counts });
      stepsOf.push([]);
    }
    stepsOf[place].push(i);
    return { place, time: timeOf(within) };
  });
  const stepsIn = (picked: readonly ArrayLike<number>[]): SequenceStep[] =>
    ready.map(({ place, time }) => ({ at: picked[place], from: 0, to: picked[place].length, time }));
  const last = rule.notFollowedBy ? (ready.at(-1)?.time ?? null) : null;
  return {
    picks,
    stepsOf,
    length,
    canEnd: rule.notFollowedBy !== undefined,
    ending: (picked) => {
      const steps = stepsIn(picked);
      return sequenceEnding(steps.slice(0, length), steps[length] ?? null);
    },
    endingWith: (instant, step, picked) => {
      const steps = stepsIn(picked);
      return sequenceEndingWith(instant, step, steps.slice(0, length), steps[length] ?? null);
    },
    reached: (picked) => stepsReached(stepsIn(picked).slice(0, length)),
    undoes: (instant, ending) => instant > ending && (last === null || instant < last.end(ending)),
  };
}

/** The instants of the events that count, ascending. @internal */
export function pickedInstants({ events, at }: TimedEvents, counts: EventPick["counts"]): Float64Array {
  const picked = new Float64Array(events.length);
  let length = 0;
  for (let i = 0; i < events.length; i++) if (counts(events[i], at[i])) picked[length++] = at[i];
  return picked.subarray(0, length).sort();
}
