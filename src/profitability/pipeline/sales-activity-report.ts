import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { byName } from "../../history/customer-groups.js";
import { ACTIVITY_FIELDS, rowGroups } from "./opportunity-groups.js";
import type { OpportunityWindow } from "./opportunity-row.js";
import {
  type KnownActivities,
  knownActivities,
  type SalesActivityOptions,
  type SalesActivityRow,
} from "./sales-activities.js";

/** One row an activity that should have been done. */
export interface OverdueActivityColumns {
  /** Identifier of the activity. */
  readonly activityId: readonly string[];
  /** What is to be done. */
  readonly kind: readonly string[];
  /** Who is to do it; `null`: nobody yet. */
  readonly ownerId: readonly (string | null)[];
  /** With whom; `null`: not recorded. */
  readonly accountId: readonly (string | null)[];
  /** By when; epoch milliseconds. */
  readonly dueAt: readonly number[];
  /** Local days since the day it was due, 1 or more. */
  readonly daysOverdue: readonly number[];
}

/**
 * What should have been done by now and is not?
 *
 * An activity is overdue from the day after the day it was due, until it is done or called off.
 *
 * @param activities - Planned and done ones.
 * @param options - `asOf`, and `timeZone`, in which days begin.
 * @returns The overdue ones, the longest overdue first; ties in the order of the input.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an activity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { overdueActivities, rows } from "clientele";
 *
 * const overdue = overdueActivities(
 *   [
 *     { id: "1", kind: "call", ownerId: "dewi", dueAt: "2024-03-01" },
 *     { id: "2", kind: "visit", ownerId: "dewi", dueAt: "2024-03-01", doneAt: "2024-03-02" },
 *     { id: "3", kind: "call", ownerId: "eko", dueAt: "2024-03-04" },
 *   ],
 *   { asOf: "2024-03-04" },
 * );
 * rows(overdue).map(({ activityId, daysOverdue }) => [activityId, daysOverdue]); // => [["1", 3]]
 * ```
 */
export function overdueActivities(
  activities: readonly SalesActivityRow[],
  options: SalesActivityOptions,
): Table<OverdueActivityColumns> {
  const known = knownActivities(activities, options);
  const { rows, dueAt, dueDay, today } = known;
  const late: number[] = [];
  for (let i = 0; i < rows.length; i++) if (isOverdue(known, i)) late.push(i);
  late.sort((a, b) => dueDay[a] - dueDay[b]);
  return table({
    activityId: late.map((i) => String(rows[i].id)),
    kind: late.map((i) => rows[i].kind),
    ownerId: late.map((i) => textOrNull(rows[i].ownerId)),
    accountId: late.map((i) => textOrNull(rows[i].accountId)),
    dueAt: late.map((i) => dueAt[i]),
    daysOverdue: late.map((i) => today - dueDay[i]),
  });
}

function textOrNull(id: string | number | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id);
}

function isOverdue(
  { dueDay, doneDay, isCanceled, today }: KnownActivities<SalesActivityRow>,
  i: number,
): boolean {
  return isCanceled[i] === 0 && Number.isNaN(doneDay[i]) && dueDay[i] < today;
}

/** How sales activities are reported. */
export interface SalesActivityReportOptions<Row extends SalesActivityRow = SalesActivityRow>
  extends SalesActivityOptions {
  /** Activities due in this window, which may reach beyond `asOf`; default all. */
  readonly window?: OpportunityWindow;
  /** Whose activities: a field or a function, such as the team of the owner; default `"ownerId"`. */
  readonly groupBy?: "ownerId" | "accountId" | ((activity: Row) => string | null | undefined);
}

/** What was planned and done. */
export interface ActivityCounts {
  /** Activities due in the window: `done + overdue + ahead + canceled`. */
  readonly planned: number;
  /** Done before `asOf`. */
  readonly done: number;
  /** Of `done`, on the day they were due or before. */
  readonly onTime: number;
  /** Not done, and the day they were due is over. */
  readonly overdue: number;
  /** Not done, and the day they are due is not over. */
  readonly ahead: number;
  /** Called off before `asOf`. */
  readonly canceled: number;
  /** Of `done`, answered before `asOf`. */
  readonly responses: number;
  /** `done / (done + overdue)`. */
  readonly completion: Rate;
  /** `onTime / (done + overdue)`. */
  readonly punctuality: Rate;
  /** `responses / done`. */
  readonly responseRate: Rate;
}

/** What one group planned and did of one kind. */
export interface ActivityCountsOfGroup extends ActivityCounts {
  /** Whose: owner, team; `null`: of those in no group. */
  readonly group: string | null;
  /** What was to be done; `null`: all kinds together. */
  readonly kind: string | null;
}

/** Activities of all, and of each group by kind. */
export interface SalesActivityReport extends ActivityCounts {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** By group and kind: groups by name, `null` last; in each all kinds together, then kinds by name. */
  readonly groups: readonly ActivityCountsOfGroup[];
}

/**
 * Who does what was planned, on time, and do customers answer?
 *
 * @param activities - Planned and done ones.
 * @param options - `asOf`, `window` (of the due instants), `groupBy` (default `"ownerId"`), `timeZone`.
 * @returns Counts and rates, in all, by group, and by group and kind.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an activity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { salesActivityReport } from "clientele";
 *
 * const report = salesActivityReport(
 *   [
 *     { id: "1", kind: "call", ownerId: "dewi", dueAt: "2024-03-01", doneAt: "2024-03-01", response: "yes" },
 *     { id: "2", kind: "visit", ownerId: "dewi", dueAt: "2024-03-01", doneAt: "2024-03-02" },
 *     { id: "3", kind: "call", ownerId: "dewi", dueAt: "2024-03-02" },
 *   ],
 *   { asOf: "2024-03-04" },
 * );
 * [report.planned, report.done, report.onTime, report.overdue, report.responses]; // => [3, 2, 1, 1, 1]
 * report.groups.map(({ kind, planned }) => [kind, planned]); // => [[null, 3], ["call", 2], ["visit", 1]]
 * ```
 */
export function salesActivityReport<Row extends SalesActivityRow>(
  activities: readonly Row[],
  options: SalesActivityReportOptions<Row>,
): SalesActivityReport {
  const known = knownActivities(activities, options);
  // What is due after asOf is planned all the same.
  const { start, end } = windowBeforeAsOf(options.window, {
    asOf: Number.POSITIVE_INFINITY,
    timeZone: known.timeZone,
  });
  const { codes, names } = rowGroups(known, options.groupBy ?? "ownerId", ACTIVITY_FIELDS);
  const all = newCounts();
  const byGroup = names.map(() => new Map<string | null, Counts>());
  for (let i = 0; i < known.rows.length; i++) {
    if (known.dueAt[i] < start || known.dueAt[i] >= end) continue;
    const kinds = byGroup[codes[i]];
    add(all, known, i);
    add(countsIn(kinds, null), known, i);
    add(countsIn(kinds, known.rows[i].kind), known, i);
  }
  return {
    asOf: known.asOf,
    ...countsOf(all),
    groups: names.flatMap((group, g) =>
      [...byGroup[g]]
        .sort(([a], [b]) => (a === null ? -1 : b === null ? 1 : byName(a, b)))
        .map(([kind, counts]) => ({ group, kind, ...countsOf(counts) })),
    ),
  };
}

interface Counts {
  planned: number;
  done: number;
  onTime: number;
  overdue: number;
  ahead: number;
  canceled: number;
  responses: number;
}

function countsIn(kinds: Map<string | null, Counts>, kind: string | null): Counts {
  const counts = kinds.get(kind) ?? newCounts();
  if (counts.planned === 0) kinds.set(kind, counts);
  return counts;
}

function newCounts(): Counts {
  return { planned: 0, done: 0, onTime: 0, overdue: 0, ahead: 0, canceled: 0, responses: 0 };
}

function add(counts: Counts, known: KnownActivities<SalesActivityRow>, i: number): void {
  counts.planned++;
  if (known.isCanceled[i] === 1) counts.canceled++;
  else if (isOverdue(known, i)) counts.overdue++;
  else if (Number.isNaN(known.doneDay[i])) counts.ahead++;
  else {
    counts.done++;
    if (known.doneDay[i] <= known.dueDay[i]) counts.onTime++;
    if (known.hasResponse[i] === 1) counts.responses++;
  }
}

function countsOf(counts: Counts): ActivityCounts {
  const due = counts.done + counts.overdue;
  return {
    ...counts,
    completion: ratio(counts.done, due, "activities done or overdue"),
    punctuality: ratio(counts.onTime, due, "activities done or overdue"),
    responseRate: ratio(counts.responses, counts.done, "activities done"),
  };
}
