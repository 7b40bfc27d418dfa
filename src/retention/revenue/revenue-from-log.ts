import { exactSum, type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { firstCountingRow } from "../first-counting-row.js";
import {
  assertSourceOptions,
  type CustomerRevenue,
  type RevenueHistory,
  type RevenuePeriodOptions,
  type RevenuePeriods,
  revenuePeriods,
} from "./revenue-history.js";

/**
 * Net sales in each period, in which refunds count as `refundAttribution` says. A customer is active in a period with a purchase that counts and net sales above 0: refunds
 * alone, and sales that were given back in full, make nobody active.
 *
 * @internal
 */
export function revenueFromLog(log: TransactionLog, options: RevenuePeriodOptions): RevenueHistory {
  assertSourceOptions(options, "log");
  const facts = knownFacts(log, options);
  const { net, end } = facts;
  const firstAt = firstCountingRow(facts, (row) => net[row] !== 0);
  const periods = revenuePeriods(firstAt, options, facts);
  return {
    source: "log",
    periods,
    customerIds: log.customerIds,
    isKnown: (customer) => end[customer] > log.offsets[customer],
    currency: log.currency,
    asOf: facts.asOf,
    timeZone: facts.timeZone,
    visit: (each) => visitCustomers(facts, periods, each),
  };
}

function visitCustomers(
  { log, end, net, qualifies }: KnownFacts,
  periods: RevenuePeriods,
  each: (history: CustomerRevenue) => void,
): void {
  const { offsets, at, customerIds } = log;
  const [places, revenue, active]: [number[], number[], boolean[]] = [[], [], []];
  const heldAt = (i: number): number => revenue[i];
  for (let customer = 0; customer < customerIds.length; customer++) {
    const last = end[customer];
    let row = offsets[customer];
    let firstPaid = Number.POSITIVE_INFINITY;
    let count = 0;
    while (row < last) {
      const place = periods.placeOf(at[row]);
      if (place >= periods.count) break;
      let sum = 0;
      let qualified = false;
      // Rows are in order of time, so those of a period stand together.
      for (; row < last && periods.placeOf(at[row]) === place; row++) {
        sum += net[row];
        if (!qualifies || qualifies[row] === 1) qualified = true;
      }
      if (sum === 0) continue;
      places[count] = place;
      revenue[count] = exactSum(sum, customerIds[customer]);
      active[count] = qualified && sum > 0;
      if (active[count] && firstPaid === Number.POSITIVE_INFINITY) firstPaid = place;
      count++;
    }
    each({ customer, firstPaid, count, places, revenue, active, heldAt });
  }
}
