import { assertArgument, shown } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodOf } from "../../core/period.js";
import { windowOption } from "../../core/window-option.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { SubscriptionRevenueOptions } from "../contracts/subscription-activity.js";
import { placedPeriods } from "../rates/complete-periods.js";
import type { RevenueSubscription } from "./revenue-subscription.js";

/** Where revenue over time comes from: subscriptions, or a transaction log. */
export type RevenueSource = TransactionLog | readonly RevenueSubscription[];

/**
 * Into which periods revenue is cut, and what counts as revenue.
 *
 * `statuses`, `currency`, `convert` and `rounding` are for subscriptions, `qualifies` and `refundAttribution` for a log; on
 * the other kind of source they are an error.
 */
export interface RevenuePeriodOptions
  extends LogMetricOptions,
    SubscriptionRevenueOptions,
    Pick<PeriodOptions, "weekStartsOn" | "firstMonth"> {
  /** `"month"`, `"quarter"`, `"year"` ..., or `{ days, anchor }`. */
  readonly by: PeriodSpec;
  /**
   * Which periods are shown: those that lie in `[start, end)` as a whole and are over at `asOf`. Default: from the first
   * period with revenue. Who paid before is known from all time before, whatever is shown.
   */
  readonly window?: { readonly start: Instant; readonly end: Instant };
}

/** The options that only one kind of source knows. */
const ONLY_SUBSCRIPTIONS = ["statuses", "currency", "convert", "rounding"] as const;
const ONLY_LOG = ["qualifies", "refundAttribution"] as const;

/** Refuses options that would do nothing. @internal */
export function assertSourceOptions(options: RevenuePeriodOptions, source: "subscriptions" | "log"): void {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { asOf, by }`,
  );
  for (const name of source === "log" ? ONLY_SUBSCRIPTIONS : ONLY_LOG)
    assertArgument(
      options[name] === undefined,
      `options.${name}`,
      () =>
        `options.${name} is ${shown(options[name])}: leave it out, the source is ${source === "log" ? "a log" : "subscriptions"}`,
    );
}

/** Where revenue comes from, as of when, in whose calendar and in which currency. */
export interface RevenueOrigin {
  /** What revenue is: monthly recurring revenue at the end of each period, or net sales in it. */
  readonly source: "subscriptions" | "log";
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code of all amounts; `null` when there are no subscriptions and none is given. */
  readonly currency: string | null;
}

/** What one customer brought, period by period: those with revenue alone, in order of time. @internal */
export interface CustomerRevenue {
  readonly customer: number;
  /** Place of the period in which the customer first paid; `Infinity` for none. */
  readonly firstPaid: number;
  /** Places of the periods with revenue; only the first `count` items of the arrays count. */
  readonly count: number;
  readonly places: readonly number[];
  /** Minor units, at the rates of the period's own end. */
  readonly revenue: readonly number[];
  readonly active: readonly boolean[];
  /** The revenue of the i-th period at the exchange rates of another period's end. */
  readonly heldAt: (i: number, place: number) => number;
}

/** What all customers brought, customer by customer. @internal */
export interface RevenueHistory extends RevenueOrigin {
  readonly periods: RevenuePeriods;
  readonly customerIds: readonly string[];
  /** Whether anything is known of a customer at `asOf`. */
  readonly isKnown: (customer: number) => boolean;
  /** Visits every customer in turn; what it hands out is good for that visit only. */
  readonly visit: (each: (history: CustomerRevenue) => void) => void;
}

/** Where the results of a history come from. @internal */
export function revenueOrigin({ source, asOf, timeZone, currency }: RevenueHistory): RevenueOrigin {
  return { source, asOf, timeZone, currency };
}

/** The complete periods of a history by place, of which some are shown. @internal */
export interface RevenuePeriods {
  /** Complete periods have the places 0 to `count - 1`; place 0 holds the first revenue. */
  readonly count: number;
  /** Shown are the places from `from` up to, not including, `to`; a window may begin before all revenue, below 0. */
  readonly from: number;
  readonly to: number;
  readonly placeOf: (at: number) => number;
  readonly at: (place: number) => Period;
}

/** Cuts the time from the first revenue (`null`: there is none) to `asOf` into periods. @internal */
export function revenuePeriods(
  firstAt: number | null,
  { by, window, weekStartsOn, firstMonth }: RevenuePeriodOptions,
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): RevenuePeriods {
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const { count, firstIndex, placeOf, at } = placedPeriods(firstAt, asOf, by, calendar);
  if (window === undefined) return { count, from: 0, to: count, placeOf, at };
  const shownPeriods = wholePeriods(window, by, calendar);
  return {
    count,
    from: shownPeriods.from - firstIndex,
    to: Math.min(shownPeriods.to - firstIndex, count),
    placeOf,
    at,
  };
}

/** From the index of the first period that begins in the window to the one that holds its end. */
function wholePeriods(
  window: NonNullable<RevenuePeriodOptions["window"]>,
  by: PeriodSpec,
  calendar: PeriodOptions & { readonly timeZone: string },
): { readonly from: number; readonly to: number } {
  const { start, end } = windowOption(window, "options.window", calendar.timeZone);
  const first = periodOf(start, by, calendar);
  return {
    from: first.start === start ? first.index : first.index + 1,
    to: periodOf(end, by, calendar).index,
  };
}
