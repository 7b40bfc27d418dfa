import { doubles } from "./doubles.js";
import { sortTimes } from "./sort-times.js";
import type { SurvivalData } from "./survival-data.js";

/**
 * What happened at each distinct time at which a subject had the event or was last seen, ascending: new plain arrays of
 * one length, for a result to keep. With weights the counts are sums of weights.
 *
 * @internal
 */
export interface SurvivalSteps {
  readonly time: number[];
  /** Under observation and without the event just before the time: entry < time <= duration. */
  readonly atRisk: number[];
  readonly events: number[];
  /** Last seen at the time without the event; they are at risk at it, so events come before censorings. */
  readonly censored: number[];
}

/** Counts subjects at risk, events and censorings at each distinct time. @internal */
export function survivalSteps(data: SurvivalData): SurvivalSteps {
  return data.entry === null && data.weight === null ? mergedSteps(data) : tallySteps(data);
}

/**
 * Events and censorings apart, each sorted as plain numbers, then merged: no index has to be sorted along.
 */
function mergedSteps({ duration, event, length }: SurvivalData): SurvivalSteps {
  const [happened, censorings] = splitByEvent(duration, event);
  sortTimes(happened);
  sortTimes(censorings);
  // A time at which both came counts twice: what is too long is cut off below.
  const most = distinctTimes(happened) + distinctTimes(censorings);
  const time = doubles(most);
  const atRisk = doubles(most);
  const events = doubles(most);
  const censored = doubles(most);
  let steps = 0;
  let i = 0;
  let j = 0;
  while (i + j < length) {
    const first = i;
    const before = i + j;
    const now = Math.min(happened[i], censorings[j]);
    while (happened[i] === now) i++;
    while (censorings[j] === now) j++;
    time[steps] = now;
    atRisk[steps] = length - before;
    events[steps] = i - first;
    censored[steps] = j - (before - first);
    steps++;
  }
  const columns = { time, atRisk, events, censored };
  for (const column of Object.values(columns)) column.length = steps;
  return columns;
}

/** How many different numbers stand before the Infinity that closes them. */
function distinctTimes(ascending: Float64Array): number {
  let count = 0;
  for (let i = 1; i < ascending.length; i++) if (ascending[i] !== ascending[i - 1]) count++;
  return count;
}

/** Times of events and of censorings, each closed by an Infinity that no time is equal to. */
function splitByEvent(
  duration: Float64Array,
  event: Uint8Array,
): [happened: Float64Array, censored: Float64Array] {
  let count = 0;
  for (let row = 0; row < event.length; row++) count += event[row];
  const split = new Float64Array(duration.length + 2).fill(Number.POSITIVE_INFINITY);
  let i = 0;
  let j = count + 1;
  for (let row = 0; row < duration.length; row++) {
    const flag = event[row];
    // + 0 makes -0 a 0.
    split[flag === 1 ? i : j] = duration[row] + 0;
    i += flag;
    j += 1 - flag;
  }
  return [split.subarray(0, count + 1), split.subarray(count + 1)];
}

/** With late entry or weights: the distinct times first, then every row is added to its step. */
function tallySteps({ duration, event, entry, weight, length }: SurvivalData): SurvivalSteps {
  const time = distinct(sortTimes(duration.map((value) => value + 0)));
  const steps = time.length;
  const events = new Array<number>(steps).fill(0);
  const censored = new Array<number>(steps).fill(0);
  const joining = compensatedSums(steps);
  const leaving = compensatedSums(steps);
  // Rows beside sums of weights: they tell exactly when all at risk have the event.
  const rows = {
    joining: new Int32Array(steps),
    leaving: new Int32Array(steps),
    events: new Int32Array(steps),
  };
  for (let row = 0; row < length; row++) {
    const count = weight === null ? 1 : weight[row];
    const last = stepsUpTo(time, duration[row]) - 1;
    const first = entry === null || entry[row] === 0 ? 0 : stepsUpTo(time, entry[row]);
    add(joining, first, count);
    add(leaving, last, count);
    rows.joining[first]++;
    rows.leaving[last]++;
    rows.events[last] += event[row];
    if (event[row] === 1) events[last] += count;
    else censored[last] += count;
  }
  const atRisk = doubles(steps);
  const present = compensatedSums(1);
  let rowsPresent = 0;
  for (let step = 0; step < steps; step++) {
    add(present, 0, joining.sum[step]);
    add(present, 0, joining.lost[step]);
    rowsPresent += rows.joining[step];
    const here = events[step] + censored[step];
    atRisk[step] =
      rowsPresent === rows.events[step] ? events[step] : Math.max(here, present.sum[0] + present.lost[0]);
    add(present, 0, -leaving.sum[step]);
    add(present, 0, -leaving.lost[step]);
    rowsPresent -= rows.leaving[step];
  }
  return { time: Array.from(time), atRisk, events, censored };
}

/** Sums that keep what rounding loses: fractional weights come and go, and few of many may be left. */
interface CompensatedSums {
  readonly sum: Float64Array;
  readonly lost: Float64Array;
}

function compensatedSums(length: number): CompensatedSums {
  return { sum: new Float64Array(length), lost: new Float64Array(length) };
}

/** One step of Neumaier's (1974) summation. */
function add({ sum, lost }: CompensatedSums, place: number, value: number): void {
  const before = sum[place];
  const after = before + value;
  lost[place] += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
  sum[place] = after;
}

/** Moves the distinct values of a sorted array to its start. */
function distinct(sorted: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
  }
  return sorted.subarray(0, count);
}

/** How many of the ascending times are at or before `time`? @internal */
export function stepsUpTo(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
