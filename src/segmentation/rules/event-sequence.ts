import { addDuration, type Duration } from "../../core/duration.js";
import { ClienteleError } from "../../core/errors.js";

/** A step of a sequence, ready to be asked. @internal */
export interface SequenceStep {
  /** Whether an event is one for this step. */
  readonly matches: (event: number) => boolean;
  /** At most this long after the step before it; `null`: any time. */
  readonly within: Duration | null;
}

/**
 * Whether some events follow each other as the steps say: each strictly later than the one before, inside its time.
 *
 * Step by step, every event is found at which the steps so far can end. The latest deadline that they leave to the next
 * step is all that is to be kept: `steps x events` in all, and no assignment is missed, which taking the first match each
 * time would. It need not be that of the latest event: a month after 31 January, 8:00 comes before one after 30 January, 10:00.
 *
 * @param at - Instants of the events, ascending.
 * @param steps - What must come after what.
 * @param notFollowedBy - What must not come strictly after the last step, within its duration where it has one.
 * @internal
 */
export function followsSequence(
  at: ArrayLike<number>,
  steps: readonly SequenceStep[],
  notFollowedBy: SequenceStep | null,
  timeZone: string,
): boolean {
  let endings: Uint8Array | null = null;
  for (const step of steps) {
    endings = nextEndings(at, step, endings, timeZone);
    if (!endings.includes(1)) return false;
  }
  return endings !== null && (notFollowedBy === null || endsAlone(at, endings, notFollowedBy, timeZone));
}

/** 1 for each event at which the steps can end, once this one has come; `before` is `null` for the first step. */
function nextEndings(
  at: ArrayLike<number>,
  { matches, within }: SequenceStep,
  before: Uint8Array | null,
  timeZone: string,
): Uint8Array {
  const endings = new Uint8Array(at.length);
  let deadline = before === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  for (let first = 0; first < at.length; ) {
    const instant = at[first];
    let end = first;
    for (; end < at.length && at[end] === instant; end++) {
      if (instant < deadline && matches(end)) endings[end] = 1;
    }
    if (before !== null) {
      // Events of this instant open the time for later ones only.
      for (let event = first; event < end; event++) {
        if (before[event] === 0) continue;
        deadline = Math.max(deadline, deadlineAfter(instant, within, timeZone));
        break;
      }
    }
    first = end;
  }
  return endings;
}

/** Whether the steps can end at an event after which nothing of this kind comes in time. */
function endsAlone(
  at: ArrayLike<number>,
  endings: Uint8Array,
  step: SequenceStep,
  timeZone: string,
): boolean {
  let next = Number.POSITIVE_INFINITY;
  for (let last = at.length - 1; last >= 0; ) {
    const instant = at[last];
    const deadline = deadlineAfter(instant, step.within, timeZone);
    let first = last;
    let matched = false;
    for (; first >= 0 && at[first] === instant; first--) {
      if (endings[first] === 1 && next >= deadline) return true;
      if (step.matches(first)) matched = true;
    }
    if (matched) next = instant;
    last = first;
  }
  return false;
}

function deadlineAfter(instant: number, within: Duration | null, timeZone: string): number {
  if (within === null) return Number.POSITIVE_INFINITY;
  try {
    return addDuration(instant, within, { timeZone });
  } catch (error) {
    // The duration was checked with the rule: what is left to be refused is an end beyond the year 9999.
    if (error instanceof ClienteleError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
