import { firstAtOrAfter } from "./event-sequence.js";
import { isDistinct, lastBound } from "./event-totals.js";
import {
  isCounts,
  isObject,
  type PeriodState,
  packedLength,
  packing,
  type SavedTotals,
} from "./saved-totals.js";
import { type DistinctValue, lastTime, type ValueTimes, valueTimes, withLastTime } from "./value-times.js";

/**
 * What is kept once for all conditions that count the same in windows which end together: when each value came last, or
 * how many events each calendar period has. Of it each window sees the part from its beginning on.
 *
 * @internal
 */
export interface SharedCounts {
  /** Counts many events. */
  readonly collect: () => SharedCollector;
  /** Whether what came from elsewhere is such as can be gone on from. */
  readonly isSound: (saved: unknown) => saved is SavedTotals;
  /** One event more; `null` where it changes nothing. What was saved stays as it is. */
  readonly after: (saved: SavedTotals, at: number, value: unknown) => SharedChange | null;
}

/** Many events as they come, in any order. */
interface SharedCollector {
  add(at: number, value: unknown): void;
  /** What is to be known to go on, as plain data; nothing is added here afterwards. */
  save(): SavedTotals;
  /** What a window counts, by where it begins. */
  counter(): (start: number) => number;
}

/** What one event changes. */
interface SharedChange {
  readonly saved: SavedTotals;
  /** The windows that begin later than this, and not later than the event, count one more; epoch milliseconds; `null`: all. */
  readonly since: number | null;
}

/** Values, each counted by the windows in which it came last. @internal */
export const SHARED_VALUES: SharedCounts = {
  collect: collectedValues,
  isSound: (saved): saved is ValueTimes =>
    isObject<ValueTimes>(saved) && areParallel(saved.values, saved.last),
  after: (saved, at, value) => {
    if (!isDistinct(value)) return null;
    const times = saved as ValueTimes;
    const since = lastTime(times, value);
    return since === null || at > since ? { saved: withLastTime(times, value, at), since } : null;
  },
};

/** Calendar periods, told by the bounds between them, each counted once it has so many events. @internal */
export function sharedPeriods(bounds: ArrayLike<number>, minimum: number): SharedCounts {
  const { perNumber, base } = packing(minimum);
  const length = packedLength(bounds.length - 1, minimum);
  return {
    collect: () => collectedPeriods(bounds, minimum),
    isSound: (saved): saved is PeriodState => isObject<PeriodState>(saved) && isCounts(saved.periods, length),
    after: (saved, at) => {
      const { periods } = saved as PeriodState;
      const period = lastBound(bounds, at);
      const place = Math.floor(period / perNumber);
      const unit = base ** (period % perNumber);
      const count = Math.floor(periods[place] / unit) % base;
      // More than enough are not counted.
      if (count >= minimum) return null;
      const own = periods.slice();
      own[place] += unit;
      const since = count + 1 === minimum ? null : Number.POSITIVE_INFINITY;
      return { saved: { periods: own }, since };
    },
  };
}

function collectedValues(): SharedCollector {
  const last = new Map<DistinctValue, number>();
  return {
    add: (at, value) => {
      if (isDistinct(value) && at > (last.get(value) ?? Number.NEGATIVE_INFINITY)) last.set(value, at);
    },
    save: () => valueTimes(last),
    counter: () => {
      const ascending = Float64Array.from(last.values()).sort();
      return (start) => ascending.length - firstAtOrAfter(ascending, 0, ascending.length, start);
    },
  };
}

function collectedPeriods(bounds: ArrayLike<number>, minimum: number): SharedCollector {
  const { perNumber, base } = packing(minimum);
  const events = new Float64Array(bounds.length - 1);
  return {
    add: (at) => {
      events[lastBound(bounds, at)]++;
    },
    save: () => {
      const periods: number[] = new Array(packedLength(events.length, minimum)).fill(0);
      events.forEach((count, period) => {
        periods[Math.floor(period / perNumber)] += Math.min(count, minimum) * base ** (period % perNumber);
      });
      return { periods };
    },
    counter: () => (start) => {
      let periods = 0;
      for (let period = events.length - 1; period >= 0 && bounds[period] >= start; period--)
        if (events[period] >= minimum) periods++;
      return periods;
    },
  };
}

/** Whether these are lists of lists, both of the same lengths. */
function areParallel(values: unknown, last: unknown): boolean {
  if (!Array.isArray(values) || !Array.isArray(last) || values.length !== last.length) return false;
  for (let i = 0; i < values.length; i++) {
    if (!Array.isArray(values[i]) || !Array.isArray(last[i]) || values[i].length !== last[i].length)
      return false;
  }
  return true;
}
