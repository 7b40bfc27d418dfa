import type { SalesData } from "./sales-data.js";

/** What every contender finds out about each customer; the order of the customers is its own. */
export interface Totals {
  readonly count: ArrayLike<number>;
  /** Epoch milliseconds of the first sale, where the contender finds it. */
  readonly first?: ArrayLike<number>;
  /** Epoch milliseconds of the last sale. */
  readonly last: ArrayLike<number>;
  readonly net: ArrayLike<number>;
  /** Days from the last sale, where the contender counts them itself. */
  readonly recency?: ArrayLike<number | null>;
}

/** Sums that must be the same for all contenders: whole numbers, so that the order of adding does not matter. */
export interface Checksum {
  readonly customers: number;
  readonly count: number;
  readonly net: number;
  /** Of the milliseconds beyond whole 1e9, so that the sum stays exact; `recency` has the rest. */
  readonly last: number;
  readonly recency: number;
  /** Falls apart when a row is counted for another customer, which no sum above notices. */
  readonly countTimesRecency: number;
}

const DAY = 86_400_000;

export function checksum({ count, last, net, recency }: Totals, { asOf }: SalesData): Checksum {
  const today = Math.floor(asOf / DAY);
  const sums = { customers: count.length, count: 0, net: 0, last: 0, recency: 0, countTimesRecency: 0 };
  for (let customer = 0; customer < count.length; customer++) {
    const days = recency ? (recency[customer] ?? Number.NaN) : today - Math.floor(last[customer] / DAY);
    sums.count += count[customer];
    sums.net += net[customer];
    sums.last += last[customer] % 1e9;
    sums.recency += days;
    sums.countTimesRecency += count[customer] * days;
  }
  return sums;
}
