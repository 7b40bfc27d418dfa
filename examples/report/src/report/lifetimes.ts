import {
  type ContractRow,
  contractLifetimes,
  customerLifetimes,
  type Duration,
  type LifetimeEstimate,
  type LifetimeTable,
  lifetimeEstimate,
  type Subscription,
  type TransactionLog,
} from "clientele";

/** How long customers stay, and of whom that was seen. */
export interface Lifetimes {
  readonly table: LifetimeTable;
  readonly estimate: LifetimeEstimate;
  /** Months up to which the mean counts. */
  readonly horizon: number;
}

/** The mean month in which lifetimes are counted. */
const MONTH_MS = (365.25 / 12) * 86_400_000;

/** At which tenures, in months, the shares of those who are still there are shown. */
const TENURES = [1, 3, 6, 12, 24, 36, 60, 120];

/** How long do customers go on buying? `null` where the history is no month longer than the silence that ends a life. */
export function buyingLives(log: TransactionLog, asOf: string, inactiveAfter: Duration): Lifetimes | null {
  return lifetimesOf(customerLifetimes(log, { asOf, inactiveAfter, endsAt: "lastPurchase", unit: "month" }));
}

/** How long do subscribers stay? `null` with less than a month of payments. */
export function subscriberLives(
  subscriptions: readonly Subscription[],
  asOf: string,
  timeZone: string,
): Lifetimes | null {
  return lifetimesOf(contractLifetimes(paidContracts(subscriptions), { asOf, timeZone, unit: "month" }));
}

/** From the first day that was paid for on: a trial that is given up is no contract. A pause is a part of its contract. */
export function paidContracts(subscriptions: readonly Subscription[]): ContractRow[] {
  return subscriptions
    .map(({ customerId, id, startAt, endAt, trialEndAt }) => {
      return { customerId, id, startAt: trialEndAt ?? startAt, endAt };
    })
    .filter(({ startAt, endAt }) => endAt === undefined || endAt > startAt);
}

function lifetimesOf(table: LifetimeTable): Lifetimes | null {
  if (table.length === 0) return null;
  const first = table.columns.startAt.reduce((earliest, at) => Math.min(earliest, at), table.observedUntil);
  const months = (table.observedUntil - first) / MONTH_MS;
  // Two years of the calendar may be 23.98 mean months.
  const horizon = Math.floor(months + 0.1);
  if (horizon < 1) return null;
  const tenures = TENURES.filter((tenure) => tenure <= months + 0.1);
  return { table, estimate: lifetimeEstimate(table, { horizon, tenures }), horizon };
}
