import { type CustomerGrouping, groupKnownCustomers } from "../../history/customer-groups.js";
import { isLog } from "../../history/log-columns.js";
import {
  addStep,
  type BridgeTally,
  type ClassifiedStep,
  classify,
  newBridgeTally,
  type RevenueStep,
} from "./revenue-bridge.js";
import { revenueFromLog } from "./revenue-from-log.js";
import { revenueFromSubscriptions } from "./revenue-from-subscriptions.js";
import type {
  CustomerRevenue,
  RevenueHistory,
  RevenuePeriodOptions,
  RevenueSource,
} from "./revenue-history.js";

/** What each customer brought in each period, from whichever source. @internal */
export function revenueHistory(source: RevenueSource, options: RevenuePeriodOptions): RevenueHistory {
  return isLog(source) ? revenueFromLog(source, options) : revenueFromSubscriptions(source, options);
}

/** Bridges by place of the period, less `from`: of all customers, and of each group. @internal */
export interface TalliedBridges {
  readonly total: readonly BridgeTally[];
  readonly groups:
    | readonly { readonly group: string | null; readonly tallies: readonly BridgeTally[] }[]
    | null;
}

/**
 * Compares the periods at the places `from` to `to - 1` with those `lag` periods earlier, in one visit of each customer.
 *
 * @internal
 */
export function tallyBridges(
  history: RevenueHistory,
  { from, to, lag }: { readonly from: number; readonly to: number; readonly lag: number },
  groupBy: CustomerGrouping | undefined,
  onStep?: (customer: number, place: number, step: RevenueStep, classified: ClassifiedStep) => void,
): TalliedBridges {
  const newTallies = () => Array.from({ length: Math.max(0, to - from) }, newBridgeTally);
  const grouping =
    groupBy === undefined ? null : groupKnownCustomers(history.customerIds, history.isKnown, groupBy);
  const total = newTallies();
  const groups = grouping?.names.map((group) => ({ group, tallies: newTallies() })) ?? null;
  history.visit((revenue) => {
    const { customer } = revenue;
    const own = grouping && groups ? groups[grouping.codes[customer]].tallies : null;
    forEachStep(revenue, { from, to, lag }, (place, step) => {
      const classified = classify(step);
      addStep(total[place - from], step, classified);
      if (own) addStep(own[place - from], step, classified);
      onStep?.(customer, place, step, classified);
    });
  });
  return { total, groups };
}

/** Every period in which, or `lag` periods before which, the customer had revenue: no revenue is revenue of 0. */
function forEachStep(
  { count, places, revenue, active, firstPaid, heldAt }: CustomerRevenue,
  { from, to, lag }: { readonly from: number; readonly to: number; readonly lag: number },
  each: (place: number, step: RevenueStep) => void,
): void {
  let before = 0;
  let after = 0;
  while (before < count) {
    const leaves = places[before] + lag;
    const place = after < count && places[after] < leaves ? places[after] : leaves;
    const was = place === leaves;
    const is = after < count && places[after] === place;
    if (place >= to) return;
    if (place >= from) {
      const now = is ? revenue[after] : 0;
      each(place, {
        before: was ? revenue[before] : 0,
        wasActive: was && active[before],
        // What was not there before has no earlier rate to be held at.
        held: was && is ? heldAt(after, place - lag) : now,
        isActive: is && active[after],
        after: now,
        paidBefore: firstPaid <= place - lag,
      });
    }
    if (was) before++;
    if (is) after++;
  }
}
