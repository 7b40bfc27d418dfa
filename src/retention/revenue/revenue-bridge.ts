import { addExactly, type ExactTotal, exactTotal, totalOf } from "../rates/exact-total.js";

/** What a customer's revenue did from one period to the next. */
export type RevenueMovementKind =
  | "new"
  | "reactivation"
  | "expansion"
  | "contraction"
  | "churn"
  | "adjustment";

/**
 * How revenue went from one period to the next: integers in minor units. Only `adjustment` is signed, and where refunds
 * outweigh sales `start`, `end` and `netRetained` may be below 0.
 *
 * `start + new + reactivation + expansion - contraction - churn + adjustment` is `end`, to the minor unit.
 */
export interface RevenueBridge {
  /** Revenue of the previous period. */
  readonly start: number;
  /** Of customers who never paid before. */
  readonly new: number;
  /** Of customers who paid before, but not in the previous period. */
  readonly reactivation: number;
  /** What customers of the previous period pay more. */
  readonly expansion: number;
  /** What customers of the previous period pay less, and still pay. */
  readonly contraction: number;
  /** What those paid who pay no more. */
  readonly churn: number;
  /**
   * What is no doing of active customers: for subscriptions the move of exchange rates; for a log the refunds, and the
   * purchases that do not count, of customers who are not active. 0 in one currency, and 0 where every purchase counts and
   * refunds are attributed to their purchases and give back no more than was paid.
   */
  readonly adjustment: number;
  /** Revenue of the period. */
  readonly end: number;
  /** Revenue that active customers brought in the previous period: what rates are measured against. `start`, but for refunds. */
  readonly base: number;
  /**
   * What the same customers bring now: the numerator of net retention. All of their revenue, also what those who churned
   * have in the period (it stands in `adjustment`): with refunds attributed to their own day, a sale that was given back
   * later counts in its period, and its refund in that of the refund. To leave out the one and keep the other would count
   * the loss twice.
   */
  readonly netRetained: number;
  /**
   * The same, of each customer who is still active, no more than before and no less than 0: the numerator of gross
   * retention. Who churned keeps nothing, whatever sales are still to be given back.
   */
  readonly grossRetained: number;
}

/**
 * The same in customers: `start + new + reactivation - churn` is `end`.
 *
 * Active is who has recurring revenue at the end of the period; by a log, who made a purchase in it that counts and brings
 * net sales above 0 in it.
 */
export interface CustomerBridge {
  /** Active in the previous period. */
  readonly start: number;
  /** Active for the first time. */
  readonly new: number;
  /** Active again. */
  readonly reactivation: number;
  /** Active in both, paying more; part of `start` and `end`. */
  readonly expansion: number;
  /** Active in both, paying less; part of `start` and `end`. */
  readonly contraction: number;
  /** Active no more. */
  readonly churn: number;
  /** Active in the period. */
  readonly end: number;
}

/** A customer's revenue in two periods. @internal */
export interface RevenueStep {
  /** In the previous period, and whether that counts as active. */
  readonly before: number;
  readonly wasActive: boolean;
  /** In the period, at the exchange rates of the previous one if there was revenue, and whether that counts as active. */
  readonly held: number;
  readonly isActive: boolean;
  /** In the period, at its own rates. */
  readonly after: number;
  /** Whether the customer was active at any time up to the end of the previous period. */
  readonly paidBefore: boolean;
}

/** What a step counts as: the kind of movement and its (signed) change, and what is no movement. @internal */
export interface ClassifiedStep {
  readonly kind: Exclude<RevenueMovementKind, "adjustment"> | null;
  readonly change: number;
  readonly adjustment: number;
}

/**
 * Tests in the order new, reactivation, expansion, churn, contraction: who returns is no expansion.
 *
 * @internal
 */
export function classify({
  before,
  wasActive,
  held,
  isActive,
  after,
  paidBefore,
}: RevenueStep): ClassifiedStep {
  let kind: ClassifiedStep["kind"] = null;
  let change = 0;
  if (!wasActive && isActive) {
    kind = paidBefore ? "reactivation" : "new";
    change = held;
  } else if (wasActive && isActive && held > before) {
    kind = "expansion";
    change = held - before;
  } else if (wasActive && !isActive) {
    kind = "churn";
    // Not -before, which may be -0: what is active may be worth 0 in another currency.
    change = 0 - before;
  } else if (wasActive && held < before) {
    kind = "contraction";
    change = held - before;
  }
  return { kind, change, adjustment: after - before - change };
}

type Line = keyof RevenueBridge;
const LINES: readonly Line[] = [
  "start",
  "new",
  "reactivation",
  "expansion",
  "contraction",
  "churn",
  "adjustment",
  "end",
  "base",
  "netRetained",
  "grossRetained",
];

/** The bridge of one period in the making. @internal */
export interface BridgeTally {
  readonly revenue: Readonly<Record<Line, ExactTotal>>;
  readonly customers: { -readonly [Name in keyof CustomerBridge]: number };
}

/** An empty bridge. @internal */
export function newBridgeTally(): BridgeTally {
  return {
    revenue: Object.fromEntries(LINES.map((line) => [line, exactTotal()])) as Record<Line, ExactTotal>,
    customers: { start: 0, new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0, end: 0 },
  };
}

/** Takes a customer's step into a bridge. @internal */
export function addStep(
  { revenue, customers }: BridgeTally,
  step: RevenueStep,
  { kind, change, adjustment }: ClassifiedStep,
): void {
  addExactly(revenue.start, step.before);
  addExactly(revenue.end, step.after);
  addExactly(revenue.adjustment, adjustment);
  if (kind !== null) {
    addExactly(revenue[kind], kind === "contraction" || kind === "churn" ? -change : change);
    customers[kind]++;
  }
  if (step.wasActive) {
    customers.start++;
    addExactly(revenue.base, step.before);
    addExactly(revenue.netRetained, step.held);
    if (step.isActive) addExactly(revenue.grossRetained, Math.max(0, Math.min(step.before, step.held)));
  }
  if (step.isActive) customers.end++;
}

/** The bridge of a tally; `source` is the argument that an error is about. @internal */
export function bridgeOf(
  { revenue, customers }: BridgeTally,
  source: string,
): {
  readonly revenue: RevenueBridge;
  readonly customers: CustomerBridge;
} {
  const totals = LINES.map((line) => [line, totalOf(revenue[line], source, `the ${line} revenue`)] as const);
  return { revenue: Object.fromEntries(totals) as Record<Line, number>, customers: { ...customers } };
}
