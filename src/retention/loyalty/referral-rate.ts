import { assertOptions } from "../../core/assert.js";
import type { Duration, TimeWindow } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { windowOption } from "../../core/window-option.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { calendarSpan } from "../lifetimes/calendar-span.js";
import { countedShare } from "../rates/counted-share.js";
import { type ReadReferral, type ReferralRow, readCustomers, readReferrals } from "./read-referrals.js";

/** As of when referrals are looked at, and how long one may take to bring a customer. */
export interface ReferralRateOptions extends ConfidenceOptions {
  /** Referrals and conversions at this instant or later do not exist yet. */
  readonly asOf: Instant;
  /** IANA zone of civil days; default `"UTC"`. */
  readonly timeZone?: string;
  /** Only referrals made in it count, half-open `[start, end)`; default all before `asOf`. */
  readonly window?: { readonly start: Instant; readonly end: Instant };
  /**
   * A referral converts when the person buys before `at + within`, and counts for the conversion only once that time is
   * over at `asOf`. Without it every referral counts, also that of yesterday.
   */
  readonly within?: Duration;
}

/** How many customers recommend us, and what comes of it. */
export interface ReferralRate {
  /** Customers with a referral of all customers. */
  readonly rate: Rate;
  /** Where the rate of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly interval: Interval | null;
  /** All customers. */
  readonly customers: number;
  /** Those of them with a referral. */
  readonly referrers: number;
  /** Referrals made by them. */
  readonly referrals: number;
  /** Referrals for each customer. */
  readonly referralsPerCustomer: Rate;
  /** Referrals for each customer who made one. */
  readonly referralsPerReferrer: Rate;
  /** Referrals that brought a customer, of those that count. */
  readonly conversion: Rate;
  /** Where the conversion of such referrals plausibly lies (Wilson 1927); `null` where it is. */
  readonly conversionInterval: Interval | null;
  /** With `within`: referrals that do not count for the conversion, because their time is not over; otherwise 0. */
  readonly open: number;
  /** New customers for each customer: the converted referrals that count over all customers. */
  readonly newCustomersPerCustomer: Rate;
  /** Referrals that count nowhere. */
  readonly leftOut: {
    /** Made at `asOf` or later. */
    readonly afterAsOf: number;
    /** Made outside `window`. */
    readonly outsideWindow: number;
    /** Made by somebody who is not among the customers. */
    readonly ofOthers: number;
  };
  /** In which referrals count; `null`: in all time before `asOf`. */
  readonly window: TimeWindow | null;
  /** How long a referral had to convert; `null`: up to `asOf`. */
  readonly within: Duration | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of civil days. */
  readonly timeZone: string;
}

/**
 * How many of our customers recommend us, and do those they send become customers?
 *
 * What customers did, not what they say they would do: for that there is the net promoter score.
 *
 * @param customers - Ids of those who could have referred somebody, each once.
 * @param referrals - One row for each person referred by one customer; `convertedAt` once the person has become a customer.
 * @param options - `asOf`, `window`, `within`, `timeZone` (default `"UTC"`), `confidenceLevel` (default 0.95).
 * @returns Rates with their counts; `null`, with a reason, without customers or without referrals.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id or instant is missing or unusable, a customer is listed twice or
 * refers themselves, a conversion comes before its referral, a person becomes a customer twice, or the same referral comes
 * twice; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { referralRate } from "clientele";
 *
 * const { rate, conversion } = referralRate(
 *   ["ani", "budi", "citra", "dewi"],
 *   [
 *     { customerId: "ani", at: "2024-02-01", referredId: "eka", convertedAt: "2024-02-20" },
 *     { customerId: "ani", at: "2024-03-01", referredId: "fajar" },
 *   ],
 *   { asOf: "2024-07-01" },
 * );
 * rate; // => { value: 0.25, numerator: 1, denominator: 4, reason: null }
 * conversion; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * ```
 */
export function referralRate(
  customers: readonly CustomerKey[],
  referrals: readonly ReferralRow[],
  options: ReferralRateOptions,
): ReferralRate {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC", within } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const span = within === undefined ? null : calendarSpan(within, "options.within", timeZone);
  const confidenceLevel = confidenceLevelOf(options);
  const window =
    options.window === undefined ? null : windowOption(options.window, "options.window", timeZone);
  const base = readCustomers(customers);
  const leftOut = { afterAsOf: 0, outsideWindow: 0, ofOthers: 0 };
  const known = readReferrals(referrals, timeZone).filter(({ customerId, at }) => {
    const reason =
      at >= asOf
        ? "afterAsOf"
        : window && (at < window.start || at >= window.end)
          ? "outsideWindow"
          : base.has(customerId)
            ? null
            : "ofOthers";
    if (reason) leftOut[reason]++;
    return reason === null;
  });

  const until = ({ at }: ReadReferral) => span?.after(at) ?? asOf;
  const counted = known.filter((referral) => until(referral) <= asOf);
  const converted = counted.filter((referral) => referral.convertedAt < until(referral)).length;
  const referrers = new Set(known.map(({ customerId }) => customerId)).size;
  const conversion = countedShare(converted, counted.length, "referrals that count", confidenceLevel);
  return {
    ...countedShare(referrers, base.size, "customers", confidenceLevel),
    customers: base.size,
    referrers,
    referrals: known.length,
    referralsPerCustomer: ratio(known.length, base.size, "customers"),
    referralsPerReferrer: ratio(known.length, referrers, "customers with a referral"),
    conversion: conversion.rate,
    conversionInterval: conversion.interval,
    open: known.length - counted.length,
    newCustomersPerCustomer: ratio(converted, base.size, "customers"),
    leftOut,
    window,
    within: within === undefined ? null : { ...within },
    asOf,
    timeZone,
  };
}
