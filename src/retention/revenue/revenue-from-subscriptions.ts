import { epochMs } from "../../core/instant.js";
import { safeInteger } from "../../core/safe-integer.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { type SubscriptionActivity, subscriptionActivity } from "../contracts/subscription-activity.js";
import {
  assertSourceOptions,
  type CustomerRevenue,
  type RevenueHistory,
  type RevenuePeriodOptions,
  type RevenuePeriods,
  revenuePeriods,
} from "./revenue-history.js";
import type { RevenueSubscription } from "./revenue-subscription.js";

/**
 * Monthly recurring revenue at the end of each period. What begins or ends at that very instant belongs to the next, as it
 * does not exist yet for an `asOf` of that instant.
 *
 * @internal
 */
export function revenueFromSubscriptions(
  subscriptions: readonly RevenueSubscription[],
  options: RevenuePeriodOptions,
): RevenueHistory {
  assertSourceOptions(options, "subscriptions");
  const { timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const activity = subscriptionActivity(subscriptions, options, { asOf, timeZone, overTime: true });
  const firstAt = activity.length === 0 ? null : activity.from.reduce((a, b) => Math.min(a, b));
  const periods = revenuePeriods(firstAt, options, { asOf, timeZone });
  const { customerIds, isKnown, currency } = activity;
  return {
    source: "subscriptions",
    periods,
    customerIds,
    isKnown,
    currency,
    asOf,
    timeZone,
    visit: (each) => visitCustomers(activity, periods, each),
  };
}

function visitCustomers(
  activity: SubscriptionActivity,
  periods: RevenuePeriods,
  each: (history: CustomerRevenue) => void,
): void {
  const { length, customer: customers, from, to, customerIds } = activity;
  // By subscription, the first and the last place at whose end it is active.
  const first = Int32Array.from(from, periods.placeOf);
  const last = Int32Array.from(to, (at) =>
    at === Number.POSITIVE_INFINITY ? periods.count - 1 : periods.placeOf(at) - 1,
  );
  const worthAt = ratesReader(activity, periods);
  const [places, revenue, active]: [number[], number[], boolean[]] = [[], [], []];
  for (let start = 0, end = 0; start < length; start = end) {
    const customer = customers[start];
    let firstPaid = first[start];
    let lastPaid = last[start];
    for (end = start + 1; end < length && customers[end] === customer; end++) {
      firstPaid = Math.min(firstPaid, first[end]);
      lastPaid = Math.max(lastPaid, last[end]);
    }
    const [begin, stop] = [start, end];
    /** At the end of one period by the rates of another; `null` where nothing is active. */
    const sumAt = (place: number, ratesOf: number): number | null => {
      let sum: number | null = null;
      for (let i = begin; i < stop; i++)
        if (first[i] <= place && place <= last[i]) sum = (sum ?? 0) + worthAt(i, ratesOf);
      if (sum === null || Number.isSafeInteger(sum)) return sum;
      return safeInteger(sum, "subscriptions", `the revenue of customer ${customerIds[customer]}`);
    };
    let count = 0;
    for (let place = firstPaid; place <= lastPaid; place++) {
      const sum = sumAt(place, place);
      if (sum === null) continue;
      places[count] = place;
      revenue[count] = sum;
      active[count] = true;
      count++;
    }
    const heldAt = activity.isOneCurrency
      ? (i: number) => revenue[i]
      : (i: number, place: number) => sumAt(places[i], place) ?? 0;
    each({ customer, firstPaid, count, places, revenue, active, heldAt });
  }
}

/** What a subscription's month is worth at the end of a period. */
function ratesReader(
  { isOneCurrency, monthly, worth }: SubscriptionActivity,
  periods: RevenuePeriods,
): (subscription: number, place: number) => number {
  if (isOneCurrency) return (i) => monthly[i];
  const ends = new Map<number, number>();
  const endOf = (place: number): number => {
    const end = ends.get(place) ?? periods.at(place).end;
    ends.set(place, end);
    return end;
  };
  return (i, place) => worth(i, monthly[i], endOf(place));
}
