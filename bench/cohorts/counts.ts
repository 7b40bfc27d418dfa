/** Cell `cohort * months + age`, of as many cohorts as ages; `null` where a month is not over. */
export interface CohortCounts {
  readonly customers: readonly (number | null)[] | Uint32Array;
  /** Whole minor units. */
  readonly revenue: readonly (number | null)[] | Float64Array;
}

/** How many cohorts and how many ages. */
export const MONTHS = 36;
/** The months are those of 2021 to 2023 in the zone of the run. */
export const FIRST_YEAR = 2021;

/** Sums that must be the same for all contenders: whole numbers, in which each cell has a weight of its own. */
export interface Checksum {
  readonly cells: number;
  readonly customers: number;
  readonly weightedCustomers: number;
  readonly revenue: number;
  /** Of the revenue modulo 2^20, so that the sum stays exact. */
  readonly weightedRevenue: number;
}

/** Adds up the cells in which somebody was counted. */
export function checksum({ customers, revenue }: CohortCounts): Checksum {
  const sums = { cells: 0, customers: 0, weightedCustomers: 0, revenue: 0, weightedRevenue: 0 };
  for (let cell = 0; cell < customers.length; cell++) {
    const count = customers[cell] ?? 0;
    const money = revenue[cell] ?? 0;
    if (count > 0) sums.cells++;
    sums.customers += count;
    sums.weightedCustomers += count * (cell + 1);
    sums.revenue += money;
    sums.weightedRevenue += (money % 2 ** 20) * (cell + 1);
  }
  return sums;
}
