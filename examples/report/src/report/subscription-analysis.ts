import {
  type PeriodRevenueRates,
  type RecurringRevenue,
  type RevenueMovements,
  type RevenueRateSeries,
  recurringRevenue,
  revenueMovements,
  revenueRates,
  type Subscription,
} from "clientele";
import { type Lifetimes, subscriberLives } from "./lifetimes.js";

/** What the subscriptions say. */
export interface SubscriptionAnalysis {
  /** As of the day of the report. */
  readonly recurring: RecurringRevenue;
  /** From quarter to quarter. */
  readonly movements: RevenueMovements;
  /** From each end of a month to that of a year later. */
  readonly rates: RevenueRateSeries;
  /** The last of these; `null` with less than a year of payments. */
  readonly year: PeriodRevenueRates | null;
  /** `null` with less than a month of payments. */
  readonly lives: Lifetimes | null;
}

/** How do subscriptions develop? `null` when none has brought revenue yet. */
export function analyzeSubscriptions(
  subscriptions: readonly Subscription[],
  { asOf, timeZone }: { readonly asOf: string; readonly timeZone: string },
): SubscriptionAnalysis | null {
  const movements = revenueMovements(subscriptions, { asOf, timeZone, by: "quarter" });
  const recurring = recurringRevenue(subscriptions, { asOf, timeZone });
  if (recurring.customers === 0 && movements.movements.length === 0) return null;
  const rates = revenueRates(subscriptions, { asOf, timeZone, by: "month", span: 12 });
  return {
    recurring,
    movements,
    rates,
    year: rates.periods.at(-1) ?? null,
    lives: subscriberLives(subscriptions, asOf, timeZone),
  };
}
