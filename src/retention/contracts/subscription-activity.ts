import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { assertCurrency } from "../../core/currency.js";
import { ClienteleError } from "../../core/errors.js";
import type { RoundingOptions } from "../../core/multiply-money.js";
import { roundingModes } from "../../core/rounding.js";
import { readContracts } from "../../history/read-contracts.js";
import { normalized } from "../revenue/normalized-revenue.js";
import { checkRevenue, type RevenueSubscription } from "../revenue/revenue-subscription.js";
import { type StatusRules, statusRulesOf } from "./active-status-presets.js";
import { activeSpans, type ContractStanding, readStanding } from "./contract-status.js";

/** What counts as recurring revenue, and in which currency. */
export interface SubscriptionRevenueOptions extends RoundingOptions {
  /** What each status means; default {@link activeStatusPresets}`.default`, also for statuses that are left out. */
  readonly statuses?: StatusRules;
  /** ISO 4217 code of the results. Default the one currency of the subscriptions; needed with `convert`. */
  readonly currency?: string;
  /**
   * What an amount of another currency is worth in `currency` at an instant (epoch milliseconds): integers in minor units,
   * zero or more. Left out, two currencies are an error.
   */
  readonly convert?: (amount: number, currency: string, at: number) => number;
}

/** Subscriptions that bring revenue, and when. The arrays are parallel, customer by customer. @internal */
export interface SubscriptionActivity {
  readonly length: number;
  /** Of all rows, in order of first appearance. */
  readonly customerIds: readonly string[];
  /** Whether a subscription of a customer had begun before `asOf`. */
  readonly isKnown: (customer: number) => boolean;
  /** Place in `customerIds`, ascending. */
  readonly customer: Uint32Array;
  /** First active instant, epoch milliseconds. */
  readonly from: Float64Array;
  /** First instant after it; `Infinity` while no end is known. */
  readonly to: Float64Array;
  /** Of a month, minor units of its own currency, above 0. */
  readonly monthly: Float64Array;
  /** Of a year. */
  readonly yearly: (place: number) => number;
  /** What one of these amounts is worth in the report currency. */
  readonly worth: (place: number, amount: number, at: number) => number;
  /** Whether amounts are worth the same at all times. */
  readonly isOneCurrency: boolean;
  /** Place in the input. */
  readonly row: Uint32Array;
  /** Of the results; `null` without subscriptions that would say. */
  readonly currency: string | null;
}

/**
 * When and how much subscriptions bring, as of an instant; free and never active ones are left out. `overTime` says that
 * the past is asked about too.
 *
 * @internal
 */
export function subscriptionActivity(
  subscriptions: readonly RevenueSubscription[],
  options: SubscriptionRevenueOptions,
  {
    asOf,
    timeZone,
    overTime,
  }: { readonly asOf: number; readonly timeZone: string; readonly overTime: boolean },
): SubscriptionActivity {
  const rules = statusRulesOf(options.statuses);
  const { rounding = "halfEven" } = options;
  assertOneOf(rounding, "options.rounding", roundingModes);
  const standing: ContractStanding[] = [];
  const standingRules = { rules, timeZone, overTime };
  const contracts = readContracts(
    subscriptions,
    { asOf, timeZone },
    "subscriptions",
    (subscription, row, start, must) => {
      standing[row] = readStanding(subscription, start, standingRules, must);
      checkRevenue(subscription, must);
    },
  );
  const currency = reportCurrency(subscriptions, options);

  const normalizedAt = (row: number, to: "month" | "year") => {
    const { amount, interval } = subscriptions[row];
    return normalized(amount, interval, to, rounding, `subscriptions[${row}].amount`);
  };
  const active = activeSpans(contracts, standing, rules, asOf)
    .map((span) => ({ ...span, monthly: normalizedAt(contracts.row[span.place], "month") }))
    .filter(({ monthly }) => monthly > 0);
  const row = Uint32Array.from(active, ({ place }) => contracts.row[place]);
  const known = new Uint8Array(contracts.customerIds.length);
  for (const customer of contracts.customer) known[customer] = 1;
  return {
    length: active.length,
    customerIds: contracts.customerIds,
    isKnown: (customer) => known[customer] === 1,
    customer: Uint32Array.from(active, ({ place }) => contracts.customer[place]),
    from: Float64Array.from(active, ({ from }) => from),
    to: Float64Array.from(active, ({ to }) => to),
    monthly: Float64Array.from(active, ({ monthly }) => monthly),
    yearly: (place) => normalizedAt(row[place], "year"),
    worth: (place, amount, at) => worthOf(amount, subscriptions[row[place]].currency, at, currency, options),
    isOneCurrency: subscriptions.every((subscription) => subscription.currency === currency),
    row,
    currency,
  };
}

function reportCurrency(
  subscriptions: readonly RevenueSubscription[],
  { currency, convert }: SubscriptionRevenueOptions,
): string | null {
  if (currency !== undefined) assertCurrency(currency, "options.currency");
  assertArgument(
    convert === undefined || typeof convert === "function",
    "options.convert",
    () => `options.convert is ${shown(convert)}: pass a function of amount, currency and instant`,
  );
  assertArgument(
    convert === undefined || currency !== undefined,
    "options.currency",
    () => "options.currency is missing: name the currency into which options.convert converts",
  );
  const report = currency ?? subscriptions[0]?.currency ?? null;
  const other = subscriptions.findIndex((subscription) => subscription.currency !== report);
  if (other >= 0 && convert === undefined)
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      `subscriptions[${other}].currency`,
      `row ${other + 1}, currency: ${shown(subscriptions[other].currency)} where ${currency === undefined ? "row 1 has" : "options.currency is"} ${shown(report)}: pass options.convert and options.currency, or one currency at a time`,
    );
  return report;
}

function worthOf(
  amount: number,
  currency: string,
  at: number,
  report: string | null,
  { convert }: SubscriptionRevenueOptions,
): number {
  if (convert === undefined || currency === report) return amount;
  const worth = convert(amount, currency, at);
  assertArgument(
    Number.isSafeInteger(worth) && worth >= 0,
    "options.convert",
    () =>
      `options.convert gives ${shown(worth)} for ${amount} ${currency} at ${new Date(at).toISOString()}: give a whole number of minor units from 0`,
  );
  return worth;
}
