import type { Period } from "../../core/period.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { type CellSums, type CohortTally, sumOfCells } from "./cohort-tally.js";

/** The customers who started in one period, of one group: a line of the cohort table. */
export interface Cohort {
  /** Their group; `null` without `groupBy`, and for customers in no group. */
  readonly group: string | null;
  /** In which they started; its label names the cohort. */
  readonly period: Period;
  /** How many they are: the denominator of every rate of the cohort. 0 for a period in which nobody started. */
  readonly customers: number;
  /** How many ages, counted from age 0, are over at `asOf` for all of them. */
  readonly observedAges: number;
}

/** How long after the start: a column of the cohort table. */
export interface CohortAge {
  /** Its name: `"3"`, with `"onOrAfter"` `"3+"`, and `"1-3"` for the bracket `[1, 4)`. */
  readonly label: string;
  /** First age of it: 0 is the one in which the customer started. */
  readonly from: number;
  /** First age after it; money is counted from `from` up to here, however customers are counted. */
  readonly to: number;
}

/** The cells of a cohort table: each cohort by each age, cohort by cohort. A cell that is not over is `null` throughout. */
export interface CohortCellColumns {
  /** Group of the cohort. */
  group: (string | null)[];
  /** Label of the cohort's period. */
  cohort: string[];
  /** Label of the age. */
  age: string[];
  /** First age of it, a number to sort and plot by: `from` of the table's `ages`. */
  from: number[];
  /** First age after it. */
  to: number[];
  /** Customers of the cohort: the denominator of `rate`. */
  size: number[];
  /** Those of them who bought at this age: the numerator of `rate`. */
  customers: (number | null)[];
  /** `customers / size`. */
  rate: (number | null)[];
  /** Lower limit of the rate's interval (Wilson 1927), at the table's confidence level. */
  lower: (number | null)[];
  /** Upper limit. */
  upper: (number | null)[];
  /** Net sales to the cohort at this age: minor units. */
  revenue: (number | null)[];
  /** `revenue` less cost: minor units; `null` without costs in the log. */
  profit: (number | null)[];
  /** Net sales to the cohort from the start to the end of this age: minor units. */
  cumulativeRevenue: (number | null)[];
  /** `cumulativeRevenue / size`: minor units per customer of the cohort, bought or not. */
  cumulativeRevenuePerCustomer: (number | null)[];
  /** Why `rate` is `null`; `null` where it is a number. */
  reason: (string | null)[];
}

/** What a cohort table counted, before any mean. */
export interface CohortCells {
  /** Group by group in ascending order of names (no group last), then in order of time, without a gap. */
  readonly cohorts: readonly Cohort[];
  /** The columns. */
  readonly ages: readonly CohortAge[];
  /** Each cohort by each age: row `cohort * ages.length + age`. */
  readonly cells: Table<CohortCellColumns>;
  /** Whether `groupBy` was given. */
  readonly grouped: boolean;
  /** Of all intervals of the table. */
  readonly confidenceLevel: number;
}

/** What the cells are made of. @internal */
export interface CohortCounts extends Omit<CohortCells, "cells"> {
  readonly tally: CohortTally;
  /** How many ages, from 0, the tally tells apart. */
  readonly talliedAges: number;
  readonly mode: "on" | "onOrAfter" | "brackets";
}

/** The cells, those that are over with what was counted, the others `null`. @internal */
export function cohortCells(counts: CohortCounts): Table<CohortCellColumns> {
  const { cohorts, ages, confidenceLevel } = counts;
  const cells: CohortCellColumns = {
    group: [],
    cohort: [],
    age: [],
    from: [],
    to: [],
    size: [],
    customers: [],
    rate: [],
    lower: [],
    upper: [],
    revenue: [],
    profit: [],
    cumulativeRevenue: [],
    cumulativeRevenuePerCustomer: [],
    reason: [],
  };
  cohorts.forEach((cohort, line) => {
    const size = cohort.customers;
    const customersOf = customerCounter(counts, line);
    const moneyOf = moneyCounter(counts, line);
    ages.forEach((age, place) => {
      const isOver = age.to <= cohort.observedAges;
      const customers = isOver ? customersOf(place) : null;
      const share = customers === null || size === 0 ? null : customers / size;
      const interval =
        share === null || customers === null ? null : wilsonInterval(customers, size, { confidenceLevel });
      const money = isOver ? moneyOf(age) : NOT_OVER;
      cells.group.push(cohort.group);
      cells.cohort.push(cohort.period.label);
      cells.age.push(age.label);
      cells.from.push(age.from);
      cells.to.push(age.to);
      cells.size.push(size);
      cells.customers.push(customers);
      cells.rate.push(share);
      cells.lower.push(interval?.lower ?? null);
      cells.upper.push(interval?.upper ?? null);
      cells.revenue.push(money.revenue);
      cells.profit.push(money.profit);
      cells.cumulativeRevenue.push(money.cumulative);
      cells.cumulativeRevenuePerCustomer.push(
        money.cumulative === null || size === 0 ? null : money.cumulative / size,
      );
      cells.reason.push(share !== null ? null : isOver ? "customers in the cohort: 0" : "not over at asOf");
    });
  });
  return table(cells);
}

/** How many customers of a cohort to count at each of the ages in turn. */
function customerCounter(
  { tally, talliedAges, ages, mode }: CohortCounts,
  line: number,
): (place: number) => number {
  const { customers } = tally;
  if (mode === "brackets") return (place) => customers[line * ages.length + place];
  const first = line * talliedAges;
  // An empty cohort can be over at more ages than any cohort with customers; then it has nobody there either.
  if (mode === "on") return (place) => (place < talliedAges ? customers[first + place] : 0);
  // Who was seen last at an age was seen "then or later" at each one before.
  const fromAge = new Float64Array(talliedAges + 1);
  for (let age = talliedAges - 1; age >= 0; age--) fromAge[age] = fromAge[age + 1] + customers[first + age];
  return (place) => fromAge[Math.min(place, talliedAges)];
}

const NOT_OVER = { revenue: null, profit: null, cumulative: null };

/** What a cohort brought at each of the ages in turn. */
function moneyCounter({ tally, talliedAges }: CohortCounts, line: number) {
  const first = line * talliedAges;
  const sum = (sums: CellSums, from: number, to: number, what: string) =>
    sumOfCells(sums, first + Math.min(from, talliedAges), first + Math.min(to, talliedAges), what);
  let summedTo = 0;
  let cumulative = 0;
  return ({ from, to }: CohortAge) => {
    const revenue = sum(tally.revenue, from, to, "the revenue of a cohort");
    const cost = tally.cost && sum(tally.cost, from, to, "the cost of a cohort");
    // Ages come in order and add to what is summed; brackets need not.
    const start = to >= summedTo ? summedTo : 0;
    const more = sum(tally.revenue, start, to, CUMULATIVE);
    cumulative = safeInteger(start === 0 ? more : cumulative + more, "log", CUMULATIVE);
    summedTo = to;
    return {
      revenue,
      profit: cost === null ? null : safeInteger(revenue - cost, "log", "the profit of a cohort"),
      cumulative,
    };
  };
}

const CUMULATIVE = "the cumulative revenue of a cohort";
