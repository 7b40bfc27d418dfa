import type { StepTime } from "./duration-bounds.js";

/** A step of a sequence, and the events of one customer that would do for it. @internal */
export interface SequenceStep {
  /** Their instants, ascending: `at[from]` up to, not including, `at[to]`. */
  readonly at: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** How long after the step before it; `null`: any time. */
  readonly time: StepTime | null;
}

/** Instants that were found, ascending: `at[from]` up to, not including, `at[to]`. */
interface Found {
  readonly at: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
}

/**
 * Where some events end that follow each other as the steps say: each strictly later than the one before, inside its time.
 *
 * Step by step, every event is found at which the steps so far can end; no assignment is missed, which taking the first
 * match each time would. An event can end a step when some ending of the step before lies strictly before it and has a
 * later deadline. That need not be the latest ending: a month after 31 January, 8:00 comes before one after 30 January,
 * 10:00. So the latest deadline of all is kept, computed only where the bounds of a duration do not tell.
 *
 * @param steps - What must come after what; at least one.
 * @param notFollowedBy - What must not come strictly after the last step, within its time where it has one.
 * @returns The latest instant of a last step that does; NaN where there is none.
 * @internal
 */
export function sequenceEnding(steps: readonly SequenceStep[], notFollowedBy: SequenceStep | null): number {
  return lastAlone(endingsFrom(steps[0], steps, 1), notFollowedBy);
}

/**
 * The same of those assignments alone in which one of the steps is at a given instant. Looks at no more events than lie in
 * the time of the steps around it.
 *
 * @internal
 */
export function sequenceEndingWith(
  instant: number,
  step: number,
  steps: readonly SequenceStep[],
  notFollowedBy: SequenceStep | null,
): number {
  const given: Found = { at: [instant], from: 0, to: 1 };
  let openings = given;
  for (let i = step; i > 0; i--) {
    openings = openingsBefore(openings, steps[i - 1], steps[i].time);
    if (openings.from === openings.to) return Number.NaN;
  }
  return lastAlone(endingsFrom(given, steps, step + 1), notFollowedBy);
}

/** How many steps, from the first on, can follow each other. @internal */
export function stepsReached(steps: readonly SequenceStep[]): number {
  let endings: Found = steps[0];
  for (let reached = 0; reached < steps.length; reached++) {
    if (reached > 0) endings = endingsAfter(endings, steps[reached]);
    if (endings.from === endings.to) return reached;
  }
  return steps.length;
}

function endingsFrom(start: Found, steps: readonly SequenceStep[], next: number): Found {
  let endings = start;
  for (let i = next; i < steps.length && endings.from < endings.to; i++)
    endings = endingsAfter(endings, steps[i]);
  return endings;
}

/** The events of a step that come after some of `before`, in time. */
function endingsAfter(before: Found, { at, from, to, time }: SequenceStep): Found {
  const first = firstAfter(at, from, to, before.at[before.from]);
  if (time === null) return { at, from: first, to };
  const { least, most, end } = time;
  const endings: number[] = [];
  const tooLate = before.at[before.to - 1] + most;
  /** How far those come that lie strictly before the event at hand, and those whose deadline is behind or measured. */
  let opened = before.from;
  let measured = before.from;
  let deadline = Number.NEGATIVE_INFINITY;
  for (let i = first; i < to && at[i] < tooLate; i++) {
    const instant = at[i];
    while (opened < before.to && before.at[opened] < instant) opened++;
    if (instant >= before.at[opened - 1] + least) {
      while (measured < opened && before.at[measured] + most <= instant) measured++;
      for (; measured < opened; measured++) deadline = Math.max(deadline, end(before.at[measured]));
      if (instant >= deadline) continue;
    }
    endings.push(instant);
  }
  return { at: endings, from: 0, to: endings.length };
}

/** The events of a step after which some of `after` come, in time. */
function openingsBefore(after: Found, { at, from, to }: SequenceStep, time: StepTime | null): Found {
  const last = firstAtOrAfter(at, from, to, after.at[after.to - 1]);
  if (time === null) return { at, from, to: last };
  const { least, most, end } = time;
  const openings: number[] = [];
  let next = after.from;
  for (let i = firstAfter(at, from, last, after.at[after.from] - most); i < last; i++) {
    const instant = at[i];
    while (after.at[next] <= instant) next++;
    const gap = after.at[next] - instant;
    if (gap < least || (gap < most && after.at[next] < end(instant))) openings.push(instant);
  }
  return { at: openings, from: 0, to: openings.length };
}

/** The last of the endings after which nothing of this kind comes in time. */
function lastAlone(endings: Found, step: SequenceStep | null): number {
  const { at: ends, from: first } = endings;
  if (first === endings.to) return Number.NaN;
  const last = ends[endings.to - 1];
  if (step === null) return last;
  const { at, from, to, time } = step;
  let next = firstAfter(at, from, to, last);
  if (next === to) return last;
  // What comes after the last of them comes after all.
  if (time === null) return Number.NaN;
  for (let i = endings.to - 1; i >= first; i--) {
    const ending = ends[i];
    while (next > from && at[next - 1] > ending) next--;
    const gap = at[next] - ending;
    if (gap >= time.most || (gap >= time.least && at[next] >= time.end(ending))) return ending;
  }
  return Number.NaN;
}

function firstAfter(at: ArrayLike<number>, from: number, to: number, instant: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle] > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @internal */
export function firstAtOrAfter(at: ArrayLike<number>, from: number, to: number, instant: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle] >= instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
