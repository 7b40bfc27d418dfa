import { assertInRange, assertOptions } from "../../core/assert.js";
import { chiSquareCdf } from "../chi-square.js";
import { choleskyFactor, choleskySolve } from "../cholesky.js";
import {
  type GroupedSurvivalData,
  type GroupedSurvivalInput,
  readGroupedSurvivalData,
} from "./survival-groups.js";

/** Which differences a log-rank test looks for. */
export interface LogRankOptions {
  /**
   * Each event counts with survival ^ rho, survival of all groups together just before it (Harrington & Fleming 1982):
   * 0 (default) is the log-rank test, which weighs all events alike; 1 is Peto and Peto's form of the Wilcoxon test,
   * which weighs early events more.
   */
  readonly rho?: number;
}

/** What one group did, and what it would have done were all groups alike. */
export interface LogRankGroup {
  /** Name of the group; `null`: those of no group. */
  readonly group: string | null;
  /** Subjects in the group (weights summed). */
  readonly subjects: number;
  /** Events in the group, each counted with survival ^ rho. */
  readonly observed: number;
  /** Events that its subjects at risk make expect if all groups were alike, counted likewise. */
  readonly expected: number;
}

/** The comparison of survival in two or more groups. */
export interface LogRankTest {
  /** The groups by name, ascending; `null` last. */
  readonly groups: readonly LogRankGroup[];
  /** Covariance of observed - expected, a row and a column for each group, in the order of `groups`. */
  readonly covariance: readonly (readonly number[])[];
  /** Sum of squares of observed - expected, in units of that covariance; `null` where nothing can be compared. */
  readonly chiSquare: number | null;
  /**
   * Groups, less one for each set of them that can be compared: two groups can where they were at risk together at an
   * event, or both can be compared with a third. A group that was never at risk beside another adds nothing.
   */
  readonly degreesOfFreedom: number;
  /** Chance of groups at least so different if all were alike; `null` where `chiSquare` is. */
  readonly pValue: number | null;
  /** The weighting of early and late events. */
  readonly rho: number;
  /** Why `chiSquare` and `pValue` are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/**
 * Do the groups differ in how long they stay, or could it be chance?
 *
 * At each time of an event the events of each group are compared with its share of the subjects at risk (Mantel 1966),
 * with the variance of the hypergeometric distribution, exact for ties. With strata only subjects of one stratum are
 * compared with each other, and the strata are summed. Groups that were never at risk together, since they are in other
 * strata or came later, are compared within the sets that were: the test is of all these comparisons at once. Late entry (`entry`) counts a subject from then on. Most powerful
 * when the hazards are proportional; curves that cross can be very different and yet not be found so.
 *
 * @param data - Rows `{ duration, event, group, stratum?, entry?, weight? }`, the same as columns, or a table that has such columns; in any order. Weights are whole numbers of like subjects.
 * @param options - `rho` (default 0).
 * @returns Observed and expected events by group, chi-square and p-value.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row breaks a rule of survival data, a group is no text or a weight is not whole; `INVALID_ARGUMENT` when columns differ in length or `rho` is out of range.
 * @example
 * ```ts
 * import { logRankTest } from "clientele";
 *
 * const test = logRankTest({
 *   duration: [9, 13, 18, 23, 28, 5, 8, 12, 16, 23],
 *   event: [1, 1, 1, 1, 0, 1, 1, 1, 0, 1],
 *   group: ["member", "member", "member", "member", "member", "guest", "guest", "guest", "guest", "guest"],
 * });
 * test.groups[0].observed; // => 4
 * test.groups[0].expected; // ~> 2.998015873015873
 * test.chiSquare; // ~> 0.6243099603173626
 * test.pValue; // ~> 0.429450172336121
 * ```
 */
export function logRankTest(data: GroupedSurvivalInput, options: LogRankOptions = {}): LogRankTest {
  assertOptions(options);
  const { rho = 0 } = options;
  assertInRange(rho, "options.rho", 0, Number.MAX_VALUE);
  const grouped = readGroupedSurvivalData(data);
  const { names, codes } = grouped.groups;
  const sums: Sums = {
    observed: names.map(() => 0),
    expected: names.map(() => 0),
    covariance: names.map(() => names.map(() => 0)),
    sets: names.map((_, code) => code),
  };
  for (const rows of rowsByStratum(grouped)) addStratum(sums, grouped, rows, rho);
  const subjects = names.map(() => 0);
  codes.forEach((code, row) => {
    subjects[code] += grouped.weight?.[row] ?? 1;
  });
  const { observed, expected, covariance } = sums;
  return {
    groups: names.map((group, code) => ({
      group,
      subjects: subjects[code],
      observed: observed[code],
      expected: expected[code],
    })),
    covariance,
    ...compared(sums),
    rho,
  };
}

interface Sums {
  readonly observed: number[];
  readonly expected: number[];
  readonly covariance: number[][];
  /** For each group the first group of the set in which it can be compared. */
  readonly sets: number[];
}

function rowsByStratum({ strata, length }: GroupedSurvivalData): number[][] {
  const rows: number[][] = strata.names.map(() => []);
  for (let row = 0; row < length; row++) rows[strata.codes[row]].push(row);
  return rows;
}

/** Walks through the times of one stratum with the subjects at risk by group. */
function addStratum(sums: Sums, data: GroupedSurvivalData, rows: readonly number[], rho: number): void {
  const { duration, event, entry, weight, groups } = data;
  const count = (row: number) => (weight === null ? 1 : weight[row]);
  const entryOf = (row: number) => (entry === null ? 0 : entry[row]);
  const byDuration = [...rows].sort((a, b) => duration[a] - duration[b]);
  const byEntry = entry === null ? byDuration : [...rows].sort((a, b) => entry[a] - entry[b]);
  const atRisk = groups.names.map(() => 0);
  const events = groups.names.map(() => 0);
  let survival = 1;
  let entered = 0;
  for (let left = 0; left < byDuration.length; ) {
    const now = duration[byDuration[left]];
    // Entry 0 is at risk at 0 too; otherwise a subject is at risk after its entry only.
    while (entered < byEntry.length && (entryOf(byEntry[entered]) < now || entryOf(byEntry[entered]) === 0)) {
      const row = byEntry[entered++];
      atRisk[groups.codes[row]] += count(row);
    }
    events.fill(0);
    let end = left;
    while (end < byDuration.length && duration[byDuration[end]] === now) {
      const row = byDuration[end++];
      if (event[row] === 1) events[groups.codes[row]] += count(row);
    }
    survival *= addTime(sums, atRisk, events, survival ** rho);
    for (; left < end; left++) atRisk[groups.codes[byDuration[left]]] -= count(byDuration[left]);
  }
}

/** Adds one time to the sums; returns the share of all at risk that goes on without the event. */
function addTime(sums: Sums, atRisk: readonly number[], events: readonly number[], weight: number): number {
  const { observed, expected, covariance } = sums;
  const allEvents = events.reduce((sum, count) => sum + count, 0);
  if (allEvents === 0) return 1;
  const all = atRisk.reduce((sum, count) => sum + count, 0);
  const variance = all > 1 ? (weight * weight * allEvents * (all - allEvents)) / (all - 1) : 0;
  for (let i = 0; i < atRisk.length; i++) {
    const share = atRisk[i] / all;
    observed[i] += weight * events[i];
    expected[i] += weight * allEvents * share;
    covariance[i][i] += variance * share;
    for (let j = 0; j < atRisk.length; j++) covariance[i][j] -= (variance * share * atRisk[j]) / all;
  }
  if (variance > 0) joinSets(sums.sets, atRisk);
  return (all - allEvents) / all;
}

/** Groups at risk together can be compared, as can all with whom they could be compared before. */
function joinSets(sets: number[], atRisk: readonly number[]): void {
  let first = -1;
  for (let code = 0; code < sets.length; code++) {
    if (atRisk[code] === 0 || sets[code] === first) continue;
    if (first < 0) {
      first = sets[code];
      continue;
    }
    const [kept, gone] = first < sets[code] ? [first, sets[code]] : [sets[code], first];
    for (let other = 0; other < sets.length; other++) if (sets[other] === gone) sets[other] = kept;
    first = kept;
  }
}

function compared({
  observed,
  expected,
  covariance,
  sets,
}: Sums): Pick<LogRankTest, "chiSquare" | "degreesOfFreedom" | "pValue" | "reason"> {
  // The differences of each set sum to 0, so that its first one says nothing new.
  const tested = [...sets.keys()].filter((code) => sets[code] !== code);
  const degreesOfFreedom = tested.length;
  const unknown = { chiSquare: null, degreesOfFreedom, pValue: null };
  if (observed.length < 2) return { ...unknown, reason: `groups: ${observed.length}` };
  const comparable = expected.filter((events) => events > 0).length;
  if (comparable < 2)
    return { ...unknown, reason: `groups with subjects at risk at an event: ${comparable}` };
  if (degreesOfFreedom === 0)
    return {
      ...unknown,
      reason: "no two groups have subjects at risk at an event that some of them outlast",
    };
  const factor = choleskyFactor(tested.map((i) => tested.map((j) => covariance[i][j])));
  if (factor === null)
    return { ...unknown, reason: "the events at which groups can be compared have too little weight" };
  const differences = tested.map((i) => observed[i] - expected[i]);
  const solved = choleskySolve(factor, differences);
  const chiSquare = differences.reduce((sum, difference, i) => sum + difference * solved[i], 0);
  return {
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareCdf(chiSquare, degreesOfFreedom, { tail: "upper" }),
    reason: null,
  };
}
