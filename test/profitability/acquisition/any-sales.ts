import * as fc from "fast-check";
import type { TransactionRow } from "../../../src/history/transaction-row.js";

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
export const day = (n: number): number => START + n * DAY;

/** Month of an instant, counted from January 2024, by the calendar of Date. */
export const monthOf = (at: number): number => {
  const date = new Date(at);
  return (date.getUTCFullYear() - 2024) * 12 + date.getUTCMonth();
};

/** First instant of that month. */
export const monthStart = (month: number): number => Date.UTC(2024, month, 1);

export interface Sale extends TransactionRow {
  readonly customerId: string;
  readonly at: number;
  readonly amount: number;
  readonly cost: number;
  readonly channel: string;
}

/** Any purchases of eight customers in the first 200 days of 2024, in any order, at any hour. */
export const anySales: fc.Arbitrary<readonly Sale[]> = fc.array(
  fc.record({
    customerId: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
    at: fc.integer({ min: 0, max: 200 * 24 }).map((hour) => START + hour * 3_600_000),
    amount: fc.integer({ min: 1, max: 10_000 }),
    cost: fc.integer({ min: 0, max: 9_000 }),
    channel: fc.constantFrom("web", "store"),
  }),
  { minLength: 1, maxLength: 30 },
);
