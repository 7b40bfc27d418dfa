import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type PeriodOptions, type PeriodSpec, periodAt, periodOf } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { byName } from "../../history/customer-groups.js";
import { instantIn } from "../../history/read-contracts.js";
import { knownOpportunities, LOST, OPEN, WON } from "./known-opportunities.js";
import { OPPORTUNITY_FIELDS, rowGroups } from "./opportunity-groups.js";
import type {
  OpportunityGrouping,
  OpportunityOptions,
  OpportunityRow,
  OpportunityWindow,
} from "./opportunity-row.js";

/** What somebody is to sell in one period. */
export interface SalesQuota {
  /** Whose: the name of the group, as `groupBy` gives it, or the whole number that names it; `null`: of those in none. */
  readonly group: string | number | null;
  /** Any instant of the period, such as its first day. */
  readonly period: OpportunityWindow["start"];
  /** The quota in whole minor units, zero or positive. */
  readonly amount: number;
}

/** How sales performance is measured. */
export interface SalesPerformanceOptions<Row extends OpportunityRow = OpportunityRow>
  extends OpportunityOptions,
    PeriodOptions {
  /** IANA zone of civil days and periods; default `"UTC"`. */
  readonly timeZone?: string;
  /** By which periods of closing; default `"month"`. */
  readonly by?: PeriodSpec;
  /** Whose performance: a field or a function, such as the team of the owner; default `"ownerId"`. */
  readonly groupBy?: OpportunityGrouping<Row>;
  /** What was to be sold, one amount for a group and period; default none. */
  readonly quotas?: readonly SalesQuota[];
  /**
   * Opportunities closed in this window, and quotas of periods that lie in it; with quotas, whole periods: a quota says
   * nothing about a part of a month. Default all.
   */
  readonly window?: OpportunityWindow;
}

/** What one group sold in one period. */
export interface SalesPerformance extends TimeWindow {
  /** Whose: owner, team; `null`: of those in no group. */
  readonly group: string | null;
  /** Name of the period: `"2024-06"`. */
  readonly label: string;
  /** Number of the period; consecutive. */
  readonly index: number;
  /** Opportunities won. */
  readonly won: number;
  /** Opportunities lost. */
  readonly lost: number;
  /** What was won, minor units. */
  readonly actual: number;
  /** What was to be sold, minor units; `null`: no quota was set. */
  readonly quota: number | null;
  /** `actual / quota`; `null` without a quota or with one of 0. A period that is not over is measured so far. */
  readonly attainment: Rate;
  /** `won / (won + lost)`. */
  readonly winRate: Rate;
  /** `actual / won`: the mean amount, minor units. */
  readonly meanAmount: Rate;
}

/**
 * Who met the quota, and in which month?
 *
 * What was won counts for the owner of the record in the period of its closing. Groups and periods stand in the result
 * when something was won or lost or a quota was set, so that whoever sold nothing is seen.
 *
 * @param opportunities - Open and closed ones; stages are not read.
 * @param options - `asOf`, `quotas`, `groupBy` (default `"ownerId"`), `by` (default `"month"`), `window`, `timeZone`.
 * @returns One entry for each group and period: groups by name, `null` last; periods in order.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity or a quota breaks a rule, or a quota is set twice;
 * `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`; `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { salesPerformance } from "clientele";
 *
 * const deal = { stage: "proposal", openedAt: "2024-01-01", closedAt: "2024-02-10", outcome: "won" as const };
 * const performance = salesPerformance(
 *   [
 *     { ...deal, id: "1", ownerId: "dewi", amount: 700 },
 *     { ...deal, id: "2", ownerId: "dewi", amount: 200 },
 *   ],
 *   {
 *     asOf: "2024-03-01",
 *     quotas: [
 *       { group: "dewi", period: "2024-02-01", amount: 1000 },
 *       { group: "eko", period: "2024-02-01", amount: 500 },
 *     ],
 *   },
 * );
 * performance.map(({ group, label, attainment }) => [group, label, attainment.value]);
 * // => [["dewi", "2024-02", 0.9], ["eko", "2024-02", 0]]
 * ```
 */
export function salesPerformance<Row extends OpportunityRow>(
  opportunities: readonly Row[],
  options: SalesPerformanceOptions<Row>,
): SalesPerformance[] {
  const facts = knownOpportunities(opportunities, options, null, ["amount"]);
  const { by = "month", groupBy = "ownerId", quotas = [], weekStartsOn, firstMonth } = options;
  const { start, end } = windowBeforeAsOf(options.window, facts);
  const calendar: PeriodOptions = {
    timeZone: facts.timeZone,
    ...(weekStartsOn === undefined ? {} : { weekStartsOn }),
    ...(firstMonth === undefined ? {} : { firstMonth }),
  };
  const indexOf = periodOptionReader(by, calendar, "options.by");
  // A quota is a plan: it may be of a period after asOf.
  let quotaEnd = Number.POSITIVE_INFINITY;
  if (options.window !== undefined) {
    quotaEnd = epochMs(options.window.end, "options.window.end", facts.timeZone);
    if (quotas.length > 0) {
      assertWholePeriods(start, "options.window.start", options.window.start, by, calendar);
      assertWholePeriods(quotaEnd, "options.window.end", options.window.end, by, calendar);
    }
  }
  const planned = readQuotas(quotas, facts.timeZone, indexOf);
  const cells = new Map<string | null, Map<number, Cell>>();
  const cellOf = (group: string | null, index: number): Cell => {
    const row = cells.get(group) ?? new Map<number, Cell>();
    cells.set(group, row);
    const cell = row.get(index) ?? { counts: [0, 0, 0], actual: 0, quota: null };
    row.set(index, cell);
    return cell;
  };
  const { codes, names } = rowGroups(facts, groupBy, OPPORTUNITY_FIELDS);
  for (let k = 0; k < facts.length; k++) {
    const [outcome, at] = [facts.outcome[k], facts.closedAt[k]];
    if (outcome === OPEN || at < start || at >= end) continue;
    const cell = cellOf(names[codes[k]], indexOf(at));
    cell.counts[outcome]++;
    if (outcome === WON)
      cell.actual = safeInteger(cell.actual + facts.amount[k], "opportunities", "the sum of what was won");
  }
  for (const { group, index, amount, row } of planned) {
    const first = periodAt(index, by, calendar).start;
    if (first < start || first >= quotaEnd) continue;
    const cell = cellOf(group, index);
    if (cell.quota !== null)
      throw invalidRows(
        [{ row, field: "period", reason: "has a quota of this group already", value: quotas[row].period }],
        1,
        "options.quotas",
      );
    cell.quota = amount;
  }
  return [...cells]
    .sort(([a], [b]) => byName(a, b))
    .flatMap(([group, row]) =>
      [...row]
        .sort(([a], [b]) => a - b)
        .map(([index, cell]) => performanceOf(group, cell, periodAt(index, by, calendar))),
    );
}

function assertWholePeriods(
  at: number,
  path: string,
  given: Instant,
  by: PeriodSpec,
  calendar: PeriodOptions,
): void {
  const { start, label } = periodOf(at, by, calendar);
  assertArgument(
    start === at,
    path,
    () =>
      `${path} is ${shown(given)}, in the midst of ${label}, and quotas are of whole periods: move it, or leave the quotas out`,
  );
}

interface Cell {
  readonly counts: number[];
  actual: number;
  quota: number | null;
}

function performanceOf(
  group: string | null,
  { counts, actual, quota }: Cell,
  { label, index, start, end }: { label: string; index: number; start: number; end: number },
): SalesPerformance {
  const [won, lost] = [counts[WON], counts[LOST]];
  return {
    group,
    label,
    index,
    start,
    end,
    won,
    lost,
    actual,
    quota,
    attainment:
      quota === null
        ? { value: null, numerator: actual, denominator: 0, reason: "no quota is set" }
        : ratio(actual, quota, "quota"),
    winRate: ratio(won, won + lost, "opportunities closed in the period"),
    meanAmount: ratio(actual, won, "opportunities won in the period"),
  };
}

function readQuotas(
  quotas: readonly SalesQuota[],
  timeZone: string,
  indexOf: (ms: number) => number,
): { group: string | null; index: number; amount: number; row: number }[] {
  assertArgument(
    Array.isArray(quotas),
    "options.quotas",
    () => `options.quotas is ${shown(quotas)}: pass an array of { group, period, amount }`,
  );
  const problems: RowProblem[] = [];
  const read = quotas.map((quota: SalesQuota, row) => {
    const { group: given, period, amount } = Object(quota) as SalesQuota;
    const group = Number.isSafeInteger(given) ? String(given) : (given as string | null);
    const at = instantIn(period, timeZone);
    if (group !== null && typeof group !== "string")
      problems.push({ row, field: "group", reason: "is not text or null", value: group });
    if (Number.isNaN(at)) problems.push({ row, field: "period", reason: "is no instant", value: period });
    if (!Number.isSafeInteger(amount))
      problems.push({ row, field: "amount", reason: "is not a whole number of minor units", value: amount });
    else if (amount < 0) problems.push({ row, field: "amount", reason: "is below 0", value: amount });
    return { group, index: Number.isNaN(at) ? 0 : indexOf(at), amount, row };
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "options.quotas");
  return read;
}
