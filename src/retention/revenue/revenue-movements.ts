import type { Period } from "../../core/period.js";
import type { Table } from "../../core/table.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import {
  type BridgeTally,
  bridgeOf,
  type CustomerBridge,
  type RevenueBridge,
  type RevenueMovementKind,
} from "./revenue-bridge.js";
import {
  type RevenueOrigin,
  type RevenuePeriodOptions,
  type RevenueSource,
  revenueOrigin,
} from "./revenue-history.js";
import { revenueHistory, tallyBridges } from "./tally-bridges.js";

/** Into which periods and groups revenue movements are cut, and what counts as revenue. */
export interface RevenueMovementsOptions extends RevenuePeriodOptions {
  /** Groups of customers, each with a bridge of its own; default none. */
  readonly groupBy?: CustomerGrouping;
}

/** How revenue and customers went from the previous period to this one. */
export interface PeriodRevenueMovements {
  /** The period; `label` names it. */
  readonly period: Period;
  /** In minor units. */
  readonly revenue: RevenueBridge;
  /** In customers. */
  readonly customers: CustomerBridge;
}

/** The movements of one group of customers. */
export interface GroupRevenueMovements {
  /** The group; `null` for customers of none. */
  readonly group: string | null;
  /** The same periods as those of the total. */
  readonly periods: readonly PeriodRevenueMovements[];
}

/**
 * Who moved, when, how and by how much: a row for each movement.
 *
 * `period` is the label of the period. `before` and `after` are the customer's revenue in the previous period and in this
 * one, `change` (signed) what of the difference is of this `kind`: all of it, but where an `adjustment` stands beside a
 * movement. Minor units.
 */
export type RevenueMovementTable = Table<{
  customerId: string[];
  period: string[];
  kind: RevenueMovementKind[];
  before: number[];
  after: number[];
  change: number[];
}>;

/** How revenue moved from period to period. */
export interface RevenueMovements extends RevenueOrigin {
  /** Each complete period, in order. */
  readonly periods: readonly PeriodRevenueMovements[];
  /** By group, names ascending, `null` last; `null` without `groupBy`. */
  readonly groups: readonly GroupRevenueMovements[] | null;
  /** Customer by customer, in order of time. */
  readonly movements: RevenueMovementTable;
}

/**
 * Where did revenue come from, and where did it go: new, returning, growing, shrinking and lost customers?
 *
 * From subscriptions, revenue is the monthly recurring revenue at the end of a period (see {@link recurringRevenue}); from
 * a log, it is the net sales in the period. A customer is compared with the period before, whatever the number of
 * subscriptions or products: who drops one of two has contracted, not churned. No revenue in a period is revenue of 0.
 * Active by a log is who made a purchase in the period that counts, and whose net sales in it are above 0: refunds alone,
 * sales given back in full and purchases for nothing make nobody active. `qualifies` says which purchases count; it
 * filters who is active, not the amounts: all net sales of a customer are in the bridge. Kinds are tested in the order new, reactivation, expansion, churn, contraction, so that a customer who comes back from 0
 * is no expansion; what happens and is undone inside one period is no movement.
 *
 * With `convert`, what a customer of the previous period brings now is taken at the exchange rates of that period's end, so
 * that a rate is no expansion; what rates do stands in `adjustment`. New and returning revenue is taken at its own rates.
 *
 * @param source - {@link RevenueSubscription} rows, those that ended included, or a transaction log.
 * @param options - `asOf`, `by`, `window`, `timeZone` (default `"UTC"` or the log's), `firstMonth`, `weekStartsOn`,
 * `groupBy`; for subscriptions `statuses`, `currency`, `convert`, `rounding`; for a log `qualifies`, `refundAttribution`.
 * @returns A bridge for each period that is over at `asOf`, in revenue and in customers, and the table of movements. Rates
 * of a bridge: {@link revenueRatesOf}.
 * @throws {@link ClienteleError} what {@link recurringRevenue} throws on its subscriptions; `INVALID_ARGUMENT`, also for an
 * option of the other kind of source; `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { revenueMovements, rows } from "clientele";
 *
 * const monthly = { currency: "IDR", interval: { unit: "month" } } as const;
 * const { periods, movements } = revenueMovements(
 *   [
 *     { ...monthly, customerId: "ani", startAt: "2024-01-10", amount: 500 },
 *     { ...monthly, customerId: "ani", startAt: "2024-02-10", amount: 300 },
 *     { ...monthly, customerId: "budi", startAt: "2024-01-20", endAt: "2024-02-20", amount: 200 },
 *   ],
 *   { asOf: "2024-03-01", by: "month" },
 * );
 * const { start, expansion, churn, end } = periods[1].revenue;
 * [start, expansion, churn, end]; // => [700, 300, 200, 800]
 * const inFebruary = rows(movements).filter(({ period }) => period === "2024-02");
 * inFebruary.map(({ customerId, kind, change }) => [customerId, kind, change]); // => [["ani", "expansion", 300], ["budi", "churn", -200]]
 * ```
 */
export function revenueMovements(source: RevenueSource, options: RevenueMovementsOptions): RevenueMovements {
  const history = revenueHistory(source, options);
  const { from, to, at } = history.periods;
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => at(from + i));
  const columns = {
    customerId: [] as string[],
    period: [] as string[],
    kind: [] as RevenueMovementKind[],
    before: [] as number[],
    after: [] as number[],
    change: [] as number[],
  };
  const { total, groups } = tallyBridges(
    history,
    { from, to, lag: 1 },
    options.groupBy,
    (customer, place, { before, after }, { kind, change, adjustment }) => {
      const add = (rowKind: RevenueMovementKind, rowChange: number): void => {
        columns.customerId.push(history.customerIds[customer]);
        columns.period.push(shown[place - from].label);
        columns.kind.push(rowKind);
        columns.before.push(before);
        columns.after.push(after);
        columns.change.push(rowChange);
      };
      if (kind !== null) add(kind, change);
      if (adjustment !== 0) add("adjustment", adjustment);
    },
  );
  const periodsOf = (tallies: readonly BridgeTally[]): PeriodRevenueMovements[] =>
    tallies.map((tally, i) => ({ period: shown[i], ...bridgeOf(tally, history.source) }));
  return {
    periods: periodsOf(total),
    groups: groups?.map(({ group, tallies }) => ({ group, periods: periodsOf(tallies) })) ?? null,
    movements: { length: columns.kind.length, columns },
    ...revenueOrigin(history),
  };
}
