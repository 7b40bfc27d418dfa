import { assertArgument } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { CohortStarts } from "./cohort-starts.js";

/** Customers dealt into cohorts; cohorts are numbered `group * periods + period`. @internal */
export interface CohortMembers {
  /** Cohort by customer; -1 for none. */
  readonly cohortOf: Int32Array;
  /** Index of the period of the first cohort. */
  readonly firstPeriod: number;
  readonly periods: number;
  /** One name, `null`, without a grouping. */
  readonly groups: readonly (string | null)[];
  /** Customers by cohort. */
  readonly sizes: Uint32Array;
  /** The latest start in each cohort, epoch milliseconds; -Infinity in an empty one. */
  readonly latestStart: Float64Array;
  /** Customers of whom something is known at `asOf` and who are in no cohort. */
  readonly withoutCohort: number;
}

/** More are a mistake, or no table that anyone reads. */
const MOST_CELLS = 5_000_000;

/** Deals customers into cohorts by the period of their start. @internal */
export function cohortMembers(
  facts: KnownFacts,
  { start, furtherIds }: CohortStarts,
  periodOf: (at: number) => number,
  window: TimeWindow | null,
  groupBy: CustomerGrouping | undefined,
): CohortMembers {
  const { log, end, asOf } = facts;
  const period = new Int32Array(start.length);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let customer = 0; customer < start.length; customer++) {
    if (start[customer] === Number.POSITIVE_INFINITY) continue;
    const own = periodOf(start[customer]);
    period[customer] = own;
    if (own < first) first = own;
    if (own > last) last = own;
  }
  if (window) {
    first = periodOf(window.start);
    // No cohort can have begun at asOf or later, and an empty window holds none.
    const until = Math.min(window.end, asOf);
    last = until > window.start ? periodOf(until - 1) : first - 1;
  }
  const periods = Math.max(0, last - first + 1);
  if (periods === 0) first = 0;
  assertSize(periods, "cohorts");

  const cohortOf = new Int32Array(start.length).fill(-1);
  const placed: number[] = [];
  let withoutCohort = 0;
  for (let customer = 0; customer < start.length; customer++) {
    const hasStarted = start[customer] !== Number.POSITIVE_INFINITY;
    const place = period[customer] - first;
    if (hasStarted && place >= 0 && place < periods) {
      cohortOf[customer] = place;
      if (groupBy) placed.push(customer);
    } else if (hasStarted || end[customer] > log.offsets[customer]) withoutCohort++;
  }
  let groups: readonly (string | null)[] = [null];
  if (groupBy) {
    const idOf = (customer: number) =>
      customer < end.length ? log.customerIds[customer] : furtherIds[customer - end.length];
    const { codes, names } = groupCustomers(placed.map(idOf), groupBy, "options.groupBy");
    groups = names;
    assertSize(periods * names.length, "cohorts of all groups");
    placed.forEach((customer, i) => {
      cohortOf[customer] += codes[i] * periods;
    });
  }
  const sizes = new Uint32Array(groups.length * periods);
  const latestStart = new Float64Array(sizes.length).fill(Number.NEGATIVE_INFINITY);
  for (let customer = 0; customer < cohortOf.length; customer++) {
    const cohort = cohortOf[customer];
    if (cohort < 0) continue;
    sizes[cohort]++;
    if (start[customer] > latestStart[cohort]) latestStart[cohort] = start[customer];
  }
  return { cohortOf, firstPeriod: first, periods, groups, sizes, latestStart, withoutCohort };
}

/** Refuses a table that would fill the memory; nothing is cut off in silence. @internal */
export function assertSize(count: number, what: string): void {
  assertArgument(
    count <= MOST_CELLS,
    "options",
    () =>
      `options ask for ${count} ${what}, more than ${MOST_CELLS}: pass a longer period as by, fewer cohorts, or a maxAge`,
  );
}
