import { assertArgument, assertInteger, assertOneOf, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";

/**
 * Whose losses are measured against whom: `"classic"` (the default), `"stripe"` or `"baremetrics"`.
 * {@link churnRateOf} says what each counts.
 */
export type ChurnBase = "classic" | "stripe" | "baremetrics";

/** What happened to a base of customers between the start and the end of a window: how many, each customer once. */
export interface ChurnCounts {
  /** Active at the start of the window. */
  readonly activeAtStart: number;
  /** Not active at the start, and became active in the window: new ones, and those who came back from before it. */
  readonly started: number;
  /** Active at the start or started, and no longer active at the end. */
  readonly churned: number;
  /** Those of `churned` who were not active at the start: they started and were gone again. */
  readonly churnedOfStarted: number;
  /**
   * How many times a customer left and came back before the window was over: neither in `churned` nor in `started`.
   * Default 0.
   */
  readonly returned?: number | undefined;
  /** Active at the end, if you have it: it must be `activeAtStart + started - churned`. */
  readonly activeAtEnd?: number | undefined;
}

/** Whose losses to measure against whom, and how sure the interval should be. */
export interface ChurnRateOfOptions extends ConfidenceOptions {
  /** Default `"classic"`. */
  readonly base?: ChurnBase;
}

/** How much of a base of customers was lost, with all that it was computed from. */
export interface ChurnShares {
  /** The customers lost, of those who could be, as `base` counts them. */
  readonly churn: Rate;
  /** What is missing from `churn` to 1: below 0 where `"baremetrics"` counts more losses than its base. */
  readonly retention: Rate;
  /**
   * Where the churn of such a base plausibly lies (Wilson 1927). `null` where `churn` is, and with `"baremetrics"`: its
   * losses are not a part of its base.
   */
  readonly interval: Interval | null;
  /** How `churn` was counted. */
  readonly base: ChurnBase;
  /** Customers who were active at the start of the window. */
  readonly activeAtStart: number;
  /** Customers who were not, and became active in the window. */
  readonly started: number;
  /** Customers who were active at the start or started, and no longer were at the end. */
  readonly churned: number;
  /** Those of `churned` who started in the window. */
  readonly churnedOfStarted: number;
  /** Times that a customer left and came back in the window; in none of the counts above. */
  readonly returned: number;
  /** Customers who were active at the end: `activeAtStart + started - churned`. */
  readonly activeAtEnd: number;
}

/**
 * What is our churn rate, from these counts of customers?
 *
 * The same month has three rates, by three rules that are all in use:
 *
 * - `"classic"`: of the customers active at the start, those who are gone at the end. Who started in the window is in
 *   neither part.
 * - `"stripe"` (Stripe, "Calculating churn rate in Billing"): every loss in the window, of those active at its start and
 *   those who started in it. Who leaves, returns and leaves again churns twice; each return counts as a start.
 * - `"baremetrics"` (Baremetrics, "User and Revenue Churn", with "Churn Update" of its changelog): customers who are gone
 *   at the end, also those who had started in the window, of those active at the start. May exceed 1.
 *
 * Both services look at the 30 days up to now, Baremetrics at 365 where plans are not monthly: to compare with them, take
 * the same window.
 *
 * For exposure by renewal pass only the customers whose term ended in the window.
 *
 * @param counts - Customers, not contracts: one of two contracts ended is no churn.
 * @param options - `base` (default `"classic"`) and `confidenceLevel` (default 0.95).
 * @returns Churn and retention with the counts; a rate is `null`, with a reason, where there is no one to lose.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is no whole number from 0, or the counts contradict each
 * other.
 * @example
 * ```ts
 * import { churnRateOf } from "clientele";
 *
 * const month = { activeAtStart: 100, started: 20, churned: 12, churnedOfStarted: 4 };
 * churnRateOf(month).churn; // => { value: 0.08, numerator: 8, denominator: 100, reason: null }
 * churnRateOf(month, { base: "stripe" }).churn.value; // => 0.1
 * churnRateOf(month, { base: "baremetrics" }).churn.value; // => 0.12
 * churnRateOf(month).activeAtEnd; // => 108
 * churnRateOf({ ...month, churnedOfStarted: 13 }); // throws INVALID_ARGUMENT
 * ```
 */
export function churnRateOf(counts: ChurnCounts, options: ChurnRateOfOptions = {}): ChurnShares {
  assertArgument(
    typeof counts === "object" && counts !== null,
    "counts",
    () => `counts is ${shown(counts)}: pass { activeAtStart, started, churned, churnedOfStarted }`,
  );
  for (const field of ["activeAtStart", "started", "churned", "churnedOfStarted"] as const)
    assertInteger(counts[field], `counts.${field}`, 0);
  for (const field of ["returned", "activeAtEnd"] as const)
    if (counts[field] !== undefined) assertInteger(counts[field], `counts.${field}`, 0);
  assertConsistent(counts);
  return churnShares(counts, options, null);
}

/** The base of the options, checked. @internal */
export function churnBaseOf({ base = "classic" }: ChurnRateOfOptions): ChurnBase {
  assertOneOf(base, "options.base", ["classic", "stripe", "baremetrics"]);
  return base;
}

/** Rates of counts that are consistent; `withheld` says why there are none. @internal */
export function churnShares(
  counts: ChurnCounts,
  options: ChurnRateOfOptions,
  withheld: string | null,
): ChurnShares {
  const base = churnBaseOf(options);
  const confidenceLevel = confidenceLevelOf(options);
  // Not -0, which would be shown.
  const [activeAtStart, started, churned, churnedOfStarted, returned] = [
    counts.activeAtStart + 0,
    counts.started + 0,
    counts.churned + 0,
    counts.churnedOfStarted + 0,
    (counts.returned ?? 0) + 0,
  ];
  const [lost, exposed, who] = {
    classic: [churned - churnedOfStarted, activeAtStart, "customers active at the start"] as const,
    stripe: [churned + returned, activeAtStart + started + returned, "customers active or started"] as const,
    baremetrics: [churned, activeAtStart, "customers active at the start"] as const,
  }[base];
  return {
    ...lossRates(lost, exposed, who, withheld, base === "baremetrics" ? null : confidenceLevel),
    base,
    activeAtStart,
    started,
    churned,
    churnedOfStarted,
    returned,
    activeAtEnd: activeAtStart + started - churned,
  };
}

/** Churn, retention and interval of so many lost; without a confidence level no interval. @internal */
export function lossRates(
  lost: number,
  exposed: number,
  who: string,
  withheld: string | null,
  confidenceLevel: number | null,
): Pick<ChurnShares, "churn" | "retention" | "interval"> {
  const rate = (numerator: number): Rate =>
    withheld === null
      ? ratio(numerator, exposed, who)
      : { value: null, numerator, denominator: exposed, reason: withheld };
  const churn = rate(lost);
  const hasInterval = churn.value !== null && confidenceLevel !== null;
  return {
    churn,
    retention: rate(exposed - lost),
    interval: hasInterval ? wilsonInterval(lost, exposed, { confidenceLevel }) : null,
  };
}

function assertConsistent(counts: ChurnCounts): void {
  const { activeAtStart, started, churned, churnedOfStarted, returned = 0, activeAtEnd } = counts;
  const atMost = (field: keyof ChurnCounts, value: number, limit: number, what: string): void =>
    assertArgument(
      value <= limit,
      `counts.${field}`,
      () => `counts.${field} is ${counts[field]}, but ${what} ${limit}: pass counts of one window`,
    );
  atMost("churnedOfStarted", churnedOfStarted, started, "counts.started is only");
  atMost("churnedOfStarted", churnedOfStarted, churned, "counts.churned is only");
  const fromStart = churned - churnedOfStarted;
  atMost("churned", fromStart, activeAtStart, `${fromStart} of them would be of counts.activeAtStart,`);
  if (activeAtStart + started === 0)
    atMost("returned", returned, 0, "nobody was active, who could return at most");
  const end = activeAtStart + started - churned;
  assertArgument(
    Number.isSafeInteger(activeAtStart + started + returned),
    "counts",
    () => "counts.activeAtStart, started and returned make more than 2^53 - 1: pass counts of customers",
  );
  assertArgument(
    activeAtEnd === undefined || activeAtEnd === end,
    "counts.activeAtEnd",
    () =>
      `counts.activeAtEnd is ${activeAtEnd}, but ${activeAtStart} active at the start, ${started} started and ${churned} churned leave ${end}: check who is counted where`,
  );
}
