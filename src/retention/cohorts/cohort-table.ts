import { assertInteger } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import type { Instant } from "../../core/instant.js";
import { type PeriodOptions, type PeriodSpec, periodAt, periodReader } from "../../core/period.js";
import { readPeriodOption } from "../../core/period-option.js";
import { windowOption } from "../../core/window-option.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type CohortMode, cohortColumns } from "./cohort-ages.js";
import { type Cohort, type CohortCells, cohortCells } from "./cohort-cells.js";
import { calendarClock, rollingClock } from "./cohort-clock.js";
import { type CohortCurves, cohortCurves } from "./cohort-curves.js";
import { assertSize, cohortMembers } from "./cohort-members.js";
import { type CohortStartOptions, cohortStarts } from "./cohort-starts.js";
import { tallyCohorts } from "./cohort-tally.js";

/** Who is a cohort, how time since the start is told, and who is counted. */
export interface CohortTableOptions
  extends CohortStartOptions,
    ConfidenceOptions,
    Pick<PeriodOptions, "weekStartsOn" | "firstMonth"> {
  /** Customers who started in the same period are a cohort: `"month"`, `"week"` ..., or `{ days, anchor }`. */
  readonly by: PeriodSpec;
  /**
   * Length of an age in days of 24 hours from each customer's own first instant, half-open: at 30, age 1 begins exactly
   * 720 hours after it. Default: ages are periods of the calendar, and a customer who started on 31 January is at age 1
   * on 1 February.
   */
  readonly rollingDays?: number;
  /** Who is counted at an age: `"on"` (default), `"onOrAfter"`, or `{ brackets: [[0, 1], [1, 4], ...] }`. */
  readonly mode?: CohortMode;
  /** The last age to show; default all that are over for some cohort. */
  readonly maxAge?: number;
  /** Half-open `[start, end)`: only the cohorts whose period lies in or touches it. Default all from the first to the last. */
  readonly cohorts?: { readonly start: Instant; readonly end: Instant };
  /**
   * Keeps the cohorts of each group apart. For cohorts by this attribute alone, whenever their customers started, read
   * the groups' curves.
   */
  readonly groupBy?: CustomerGrouping;
}

/** Cohorts by ages, the means over cohorts, and how they were counted. */
export interface CohortTable extends CohortCells, CohortCurves {
  /** Length of the periods in which customers started. */
  readonly by: PeriodSpec;
  /** Length of an age in days of 24 hours; `null` when ages are periods of the calendar, as long as `by` says. */
  readonly rollingDays: number | null;
  /** Who is counted at an age. */
  readonly mode: "on" | "onOrAfter" | "brackets";
  /** Customers known at `asOf` who are in no cohort: without a start, or with one outside `cohorts`. */
  readonly customersWithoutCohort: number;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
  /** ISO 4217 code of all money. */
  readonly currency: string;
}

/**
 * Of the customers who started together, how many are still buying, and what have they brought by now?
 *
 * A cohort is everyone whose first qualifying purchase lies in one period; a purchase that was wholly refunded starts
 * nobody. Each cohort is followed by age, and its rate is always over all its customers. Money is what its customers
 * bought since they started, net of refunds, whether or not a predicate accepts the purchase.
 *
 * A cell is `null` until its age is over at `asOf` for every customer of the cohort: in the calendar when the period (or
 * the last one of a bracket) has ended, with `rollingDays` when the period of the cohort has, and the window of the customer
 * who started last. Cells with nobody count as 0 in the means, cohorts without customers do not count at all. A cell that
 * is not `null` changes later only through refunds, or `"onOrAfter"`, when a customer comes back.
 *
 * Both means are given: pooled, the one to use for "what share of customers", and simple, in which a cohort of three
 * customers weighs as much as one of three thousand. See {@link fixedCohortCurves} on why either can rise with age.
 *
 * @param log - A transaction log. Customers who bought before it begins look new in it: leave its first periods out of
 * `cohorts` where that matters.
 * @param options - `asOf`, `by`, the ages (`rollingDays`, `mode`, `maxAge`), the start (`startAt`, `startsWith`,
 * `returnsWith`), `cohorts`, `groupBy`, `weekStartsOn` (default 1, Monday), `firstMonth` of the year (default 1),
 * `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns Cohorts, ages, cells and means; without a cohort they are empty. Periods between two cohorts in which nobody
 * started are cohorts of 0 customers.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is unusable, two contradict each other, or the table
 * would have more than 5,000,000 cells; `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { cohortTable, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 100 },
 *     { customerId: "budi", at: "2024-01-20", amount: 300 },
 *     { customerId: "ani", at: "2024-02-10", amount: 100 },
 *     { customerId: "citra", at: "2024-02-15", amount: 500 },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const table = cohortTable(log, { asOf: "2024-03-15", by: "month" });
 * const cells = rows(table.cells).map((cell) => [cell.cohort, cell.age, cell.customers, cell.rate]);
 * cells.slice(0, 2); // => [["2024-01", "0", 2, 1], ["2024-01", "1", 1, 0.5]]
 * // March is not over: who started in February is not known at age 1 yet.
 * cells.slice(2); // => [["2024-02", "0", 1, 1], ["2024-02", "1", null, null]]
 * table.curve.points[1]?.pooled; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * table.curve.points[0]?.cumulativeRevenuePerCustomer.value; // => 300
 * ```
 */
export function cohortTable(log: TransactionLog, options: CohortTableOptions): CohortTable {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const { by, rollingDays, groupBy, weekStartsOn, firstMonth } = options;
  if (rollingDays !== undefined) assertInteger(rollingDays, "options.rollingDays", 1);
  const columns = cohortColumns(options);
  const confidenceLevel = confidenceLevelOf(options);
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const periodOf = readPeriodOption(() => periodReader(by, calendar));
  const window =
    options.cohorts === undefined ? null : windowOption(options.cohorts, "options.cohorts", timeZone);

  const starts = cohortStarts(log, facts, options);
  const members = cohortMembers(facts, starts, periodOf, window, groupBy);
  const { periods, firstPeriod, groups, sizes } = members;
  const allPeriods = Array.from({ length: periods }, (_, i) => periodAt(firstPeriod + i, by, calendar));
  // The period that holds asOf ends after it.
  const runningPeriod = periodOf(asOf) - firstPeriod;
  const observed = (cohort: number): number => {
    const period = cohort % periods;
    if (rollingDays === undefined || period >= runningPeriod) return runningPeriod - period;
    const latest = sizes[cohort] > 0 ? members.latestStart[cohort] : allPeriods[period].end;
    return Math.floor((asOf - latest) / (rollingDays * DAY_MS));
  };
  const cohorts = Array.from(sizes, (customers, cohort) => ({
    group: groups[Math.floor(cohort / periods)],
    period: allPeriods[cohort % periods],
    customers,
    observedAges: observed(cohort),
  }));

  const mostObserved = cohorts.reduce(
    (most, { customers, observedAges }) => (customers > 0 ? Math.max(most, observedAges) : most),
    0,
  );
  const ages = columns.ages(mostObserved);
  assertSize(cohorts.length * ages.length, "cells");
  const lastAge = ages.reduce((last, { to }) => Math.max(last, to), 1);
  const talliedAges = Math.max(1, Math.min(lastAge, mostObserved));
  assertSize(cohorts.length * talliedAges, "cells");
  const tally = tallyCohorts(facts, starts, {
    cohortOf: members.cohortOf,
    cohorts: cohorts.length,
    ages: talliedAges,
    clock:
      rollingDays === undefined
        ? calendarClock(
            Array.from(
              { length: Math.min(runningPeriod, periods - 1 + talliedAges) + 1 },
              (_, i) => periodAt(firstPeriod + i, by, calendar).start,
            ),
            periods,
          )
        : rollingClock(rollingDays, periods),
    mode: columns.mode === "brackets" ? ages : columns.mode === "on" ? "each" : "last",
    refundedRow: options.refundAttribution === "transaction" ? log.purchaseRow : null,
  });
  const shape = { cohorts, ages, grouped: groupBy !== undefined, confidenceLevel };
  const counted = {
    ...shape,
    cells: cohortCells({ ...shape, tally, talliedAges, mode: columns.mode }),
  };
  const { curve, groupCurves } = cohortCurves(counted);
  // Of all customers together an age may be over for no cohort though it is for one of its groups.
  const togetherObserved = mostObservedTogether(cohorts, periods);
  return {
    ...counted,
    curve: { ...curve, points: curve.points.slice(0, columns.ages(togetherObserved).length) },
    groupCurves,
    by,
    rollingDays: rollingDays ?? null,
    mode: columns.mode,
    customersWithoutCohort: members.withoutCohort,
    asOf,
    timeZone,
    currency: log.currency,
  };
}

/** How many ages are over for all groups of a period together, at the most. */
function mostObservedTogether(cohorts: readonly Cohort[], periods: number): number {
  const observed = new Float64Array(periods).fill(Number.POSITIVE_INFINITY);
  for (const [cohort, { customers, observedAges }] of cohorts.entries()) {
    const period = cohort % periods;
    if (customers > 0) observed[period] = Math.min(observed[period], observedAges);
  }
  return observed.reduce(
    (most, ages) => (ages === Number.POSITIVE_INFINITY ? most : Math.max(most, ages)),
    0,
  );
}
