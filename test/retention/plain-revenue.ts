import fc from "fast-check";
import type { RevenueSubscription } from "../../src/retention/revenue/revenue-subscription.js";

// A second opinion on revenue movements: a full matrix of customers and months, one rule after the other, as slow as it
// likes. Months are counted in UTC by Date itself, and nothing is shared with the code under test but the shape of a row.

/** First instant of the n-th month after January 2024 (UTC). */
export const monthStart = (n: number): number => Date.UTC(2024, n, 1);

export interface PlainBridge {
  start: number;
  new: number;
  reactivation: number;
  expansion: number;
  contraction: number;
  churn: number;
  adjustment: number;
  end: number;
  netRetained: number;
  grossRetained: number;
  logos: { start: number; new: number; reactivation: number; churn: number; end: number };
}

/** Monthly subscriptions of one currency, without statuses and trials: revenue just before an instant. */
export function plainMrr(rows: readonly PlainSubscription[], customerId: string, before: number): number {
  return rows
    .filter(
      (row) => row.customerId === customerId && row.startAt < before && (row.endAt ?? Infinity) >= before,
    )
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** The bridge from one column of a matrix (customer to revenue) to another; `paid` tells who had paid by the first. */
export function plainBridge(
  customers: readonly string[],
  before: (customerId: string) => number,
  after: (customerId: string) => number,
  paid: (customerId: string) => boolean,
): PlainBridge {
  const zero = {
    start: 0,
    new: 0,
    reactivation: 0,
    expansion: 0,
    contraction: 0,
    churn: 0,
    adjustment: 0,
    end: 0,
  };
  const bridge: PlainBridge = {
    ...zero,
    netRetained: 0,
    grossRetained: 0,
    logos: { start: 0, new: 0, reactivation: 0, churn: 0, end: 0 },
  };
  for (const customer of customers) {
    const [b, a] = [before(customer), after(customer)];
    bridge.start += b;
    bridge.end += a;
    if (b > 0) bridge.netRetained += a;
    bridge.grossRetained += Math.max(0, Math.min(a, b));
    if (b > 0) bridge.logos.start++;
    if (a > 0) bridge.logos.end++;
    if (b === 0 && a > 0) {
      const kind = paid(customer) ? "reactivation" : "new";
      bridge[kind] += a;
      bridge.logos[kind]++;
    } else if (a === 0 && b > 0) {
      bridge.churn += b;
      bridge.logos.churn++;
    } else if (a > b) bridge.expansion += a - b;
    else bridge.contraction += b - a;
  }
  return bridge;
}

export interface PlainSubscription extends RevenueSubscription {
  readonly startAt: number;
  readonly endAt?: number;
}

const DAY = 86_400_000;

/** Instants of 2024, many of them starts of months, so that edges are met. */
const instant = fc.oneof(
  fc.nat(11).map(monthStart),
  fc.nat(365).map((days) => monthStart(0) + days * DAY),
);

/** Monthly subscriptions of a few customers, some free, some ended, some overlapping (of different contracts). */
export const plainSubscriptions: fc.Arbitrary<PlainSubscription[]> = fc.array(
  fc
    .record({
      customerId: fc.constantFrom("a", "b", "c", "d", "e"),
      productId: fc.constantFrom("web", "mail", null),
      edges: fc.tuple(instant, instant),
      isOpen: fc.boolean(),
      amount: fc.constantFrom(0, 1, 50, 99, 250, 1000),
    })
    .map(({ edges, isOpen, ...row }) => ({
      ...row,
      startAt: Math.min(...edges),
      ...(isOpen ? {} : { endAt: Math.max(...edges) }),
      currency: "IDR",
      interval: { unit: "month" as const },
    })),
  { maxLength: 14 },
);

/** The bridge that a result shows, in the shape of the second opinion. */
export function shownBridge({
  revenue,
  customers,
}: {
  readonly revenue: Omit<PlainBridge, "logos"> & { readonly base: number };
  readonly customers: PlainBridge["logos"];
}): PlainBridge {
  const { base: _, ...lines } = revenue;
  const { start, end, churn, reactivation, new: added } = customers;
  return { ...lines, logos: { start, new: added, reactivation, churn, end } };
}
