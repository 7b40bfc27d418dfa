import { safeIntegerOf } from "../../core/safe-integer.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { CohortClock } from "./cohort-clock.js";
import type { CohortStarts } from "./cohort-starts.js";

/** What is counted, for whom and how far. @internal */
export interface CohortTallyPlan {
  /** The cohort of each customer, from 0; -1 for none. */
  readonly cohortOf: Int32Array;
  readonly cohorts: number;
  /** How many ages, from 0, are told apart; what comes later is in none. */
  readonly ages: number;
  readonly clock: CohortClock;
  /** In which of its ages a customer is counted: each, the last one, or instead each of these brackets. */
  readonly mode: "each" | "last" | readonly { readonly from: number; readonly to: number }[];
  /** The purchase of each refund that takes effect at its own instant; `null` when none does. */
  readonly refundedRow: Int32Array | null;
}

/** Sums of safe integers, exact in any order of adding; what did not fit stands apart. @internal */
export interface CellSums {
  readonly sums: Float64Array;
  readonly beyond: Map<number, bigint>;
}

/** Counts and sums: cell `cohort * ages + age`, or for brackets `cohort * brackets + bracket`. @internal */
export interface CohortTally {
  readonly customers: Uint32Array;
  readonly revenue: CellSums;
  readonly cost: CellSums | null;
}

/**
 * Counts who came back at which age and what they brought, in one pass over the log.
 *
 * A customer's rows are in order of time, so those of an age stand together and nothing needs to be remembered from one
 * customer to the next.
 *
 * @internal
 */
export function tallyCohorts(facts: KnownFacts, starts: CohortStarts, plan: CohortTallyPlan): CohortTally {
  const { log, end, net, cost } = facts;
  const { at } = log;
  const { start, firstRow, returns } = starts;
  const { cohortOf, cohorts, ages, clock, mode, refundedRow } = plan;
  const brackets = typeof mode === "string" ? null : bracketCounter(mode, cohorts, ages);
  const isLast = mode === "last";
  const customers = brackets ? brackets.customers : new Uint32Array(cohorts * ages);
  const revenue = cellSums(cohorts * ages);
  const costs = cost ? cellSums(cohorts * ages) : null;
  const { rollingMs, bounds, buckets, bucketMs, periods } = clock;
  const perBucket = 1 / bucketMs;
  const origin = bounds[0];
  const lastBucket = buckets.length - 1;

  for (let customer = 0; customer < end.length; customer++) {
    const cohort = cohortOf[customer];
    if (cohort < 0) continue;
    const last = end[customer];
    const base = cohort * ages;
    const begin = start[customer];
    const startPeriod = cohort % periods;
    let age = -1;
    let nextAge = begin;
    let isCounted = false;
    let lastCounted = -1;
    for (let row = firstRow[customer]; row < last; row++) {
      const instant = at[row];
      if (instant >= nextAge) {
        if (rollingMs > 0) {
          age = Math.floor((instant - begin) / rollingMs);
          nextAge = begin + (age + 1) * rollingMs;
        } else {
          let period = buckets[Math.min(lastBucket, (instant - origin) * perBucket) | 0];
          while (instant >= bounds[period + 1]) period++;
          age = period - startPeriod;
          nextAge = bounds[period + 1];
        }
        isCounted = false;
      }
      if (!isCounted && (returns === null || returns[row] === 1)) {
        isCounted = true;
        lastCounted = age;
        if (brackets) brackets.count(customer, cohort, age);
        else if (!isLast && age < ages) customers[base + age]++;
      }
      if (age >= ages) continue;
      // What gives back a purchase from before the start is none of the cohort's business.
      if (refundedRow !== null && refundedRow[row] >= 0 && at[refundedRow[row]] < begin) continue;
      addTo(revenue, base + age, net[row]);
      if (costs !== null && cost !== null) addTo(costs, base + age, cost[row]);
    }
    if (isLast && lastCounted >= 0) customers[base + Math.min(lastCounted, ages - 1)]++;
  }
  return { customers, revenue, cost: costs };
}

/** The sum of some cells as a safe integer. @internal */
export function sumOfCells({ sums, beyond }: CellSums, from: number, to: number, what: string): number {
  let total = 0n;
  let sum = 0;
  for (let cell = from; cell < to; cell++) {
    const next = sum + sums[cell];
    if (Number.isSafeInteger(next)) {
      sum = next;
    } else {
      total += BigInt(sum) + BigInt(sums[cell]);
      sum = 0;
    }
    if (beyond.size > 0) total += beyond.get(cell) ?? 0n;
  }
  return total === 0n ? sum + 0 : safeIntegerOf(total + BigInt(sum), "log", what);
}

function cellSums(cells: number): CellSums {
  return { sums: new Float64Array(cells), beyond: new Map() };
}

function addTo({ sums, beyond }: CellSums, cell: number, value: number): void {
  const sum = sums[cell] + value;
  if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) {
    sums[cell] = sum;
  } else {
    beyond.set(cell, (beyond.get(cell) ?? 0n) + BigInt(sums[cell]) + BigInt(value));
    sums[cell] = 0;
  }
}

/** Counts each customer once in each bracket, where brackets may overlap. */
function bracketCounter(
  brackets: readonly { readonly from: number; readonly to: number }[],
  cohorts: number,
  ages: number,
) {
  const bracketsOf = Array.from({ length: ages }, (_, age) =>
    brackets.flatMap(({ from, to }, bracket) => (age >= from && age < to ? [bracket] : [])),
  );
  const customers = new Uint32Array(cohorts * brackets.length);
  const lastCustomer = new Int32Array(brackets.length).fill(-1);
  const count = (customer: number, cohort: number, age: number): void => {
    for (const bracket of bracketsOf[age] ?? []) {
      if (lastCustomer[bracket] === customer) continue;
      lastCustomer[bracket] = customer;
      customers[cohort * brackets.length + bracket]++;
    }
  };
  return { customers, count };
}
