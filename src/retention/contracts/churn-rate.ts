import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { windowOption } from "../../core/window-option.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { notOver } from "../rates/windows.js";
import { type ReadContracts, readActiveContracts } from "./active-contracts.js";
import type { StatusRules } from "./active-status-presets.js";
import { type ChurnBase, type ChurnShares, churnBaseOf, churnShares, lossRates } from "./churn-rate-of.js";
import { type RenewableContract, termAnchors } from "./contract-terms.js";
import {
  type ChurnTally,
  type ConsecutiveWindows,
  joinedChurn,
  type TermReader,
  tallyChurn,
} from "./tally-churn.js";

/**
 * Who could be lost: `"allAtStart"` (the default), everyone that the base counts; `"upForRenewal"`, only those with a
 * contract whose term ends in the window.
 */
export type ChurnExposure = "allAtStart" | "upForRenewal";

/** What every churn rate from contracts takes. */
export interface ChurnOptions extends ConfidenceOptions {
  /** Facts at this instant or later do not exist yet: contracts that begin, and ends that come, at or after it. */
  readonly asOf: Instant;
  /** IANA zone of civil days, periods and terms; default `"UTC"`. */
  readonly timeZone?: string;
  /** Whose losses are measured against whom; default `"classic"`. {@link churnRateOf} says what each counts. */
  readonly base?: ChurnBase;
  /** Who could be lost; default `"allAtStart"`. `"upForRenewal"` goes with the base `"classic"`. */
  readonly exposure?: ChurnExposure;
  /** The group of each customer: a Map from customer id, or a function of it. */
  readonly groupBy?: CustomerGrouping;
  /**
   * What each status means for the contracts that bear one; default {@link activeStatusPresets}`.default`, also for
   * statuses that are left out. A contract without a status is `active`.
   */
  readonly statuses?: StatusRules;
}

/** In which window, and by which rules, churn is measured. */
export interface ChurnRateOptions extends ChurnOptions {
  /** Half-open `[start, end)`. */
  readonly window: { readonly start: Instant; readonly end: Instant };
}

/** What was lost of one base of customers, and who could be. */
export interface ContractChurn extends ChurnShares {
  /** Who could be lost, as `churn` counts them. */
  readonly exposure: ChurnExposure;
  /** Customers active at the start with a contract whose term ends in the window; `null` unless the exposure asks. */
  readonly upForRenewal: number | null;
  /**
   * Customers active at the start who left although no term of theirs ended in the window: in `churned`, and not in the
   * rate of those up for renewal. `null` unless the exposure asks.
   */
  readonly churnedMidTerm: number | null;
}

/** What was lost of one group of customers. */
export interface GroupChurn extends ContractChurn {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
}

/** The churn of one window. */
export interface ChurnRate extends ContractChurn {
  /** In ascending order of name, the customers without a group (`null`) last; `null` when there is no `groupBy`. */
  readonly groups: readonly GroupChurn[] | null;
  /** What happened in it is counted. */
  readonly window: TimeWindow;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * Which share of our contract customers did we lose?
 *
 * At the grain of the customer: active is who has at least one contract that counts. One of two contracts ended is no
 * churn, nor is one that another follows without a gap. Products are told apart by {@link churnByProduct}.
 *
 * Which contracts count, `statuses` says, as in {@link recurringRevenue}: a trial from `trialEndAt` on, one that is paused
 * or unpaid until `statusSince`, one that is canceled until `endAt`; a free one (`amount` 0) never. So the classic rate is
 * the logo churn of {@link revenueRates} on the same subscriptions, where none is worth less than half a minor unit a
 * month. A contract without a status counts while it runs. To leave contracts out by any other rule, filter them.
 *
 * Active at an edge of the window is who was so right before it. What happens at an edge belongs to the window that begins
 * there: a contract with `endAt` at the start of the window churns in it, with `endAt` at its end in the next.
 *
 * Where annual contracts are measured by the month, eleven of twelve customers cannot leave and the rate looks better than
 * it is. With the exposure `"upForRenewal"` the base is who could: customers active at the start with a contract whose
 * term (`startAt` and whole `term`s or `interval`s) ends in the window, also where it was ended before. A contract with
 * neither has one term, up to `endAt`. Another price in mid-term, as a further row of the same `id`, begins no new term.
 * Who leaves in mid-term is told apart.
 *
 * @param contracts - Contracts or `Subscription` records, those that ended included, in any order: rows of one `id` are
 * phases of one contract.
 * @param options - `asOf`, `window`, `base` (default `"classic"`), `exposure` (default `"allAtStart"`), `statuses`
 * ({@link activeStatusPresets}), `groupBy`, `timeZone` (default `"UTC"`) and `confidenceLevel` (default 0.95).
 * @returns Churn, retention and every count behind them; rates are `null`, with a reason, where nobody could be lost or the
 * window is not over at `asOf` (then the counts are those so far).
 * @throws {@link ClienteleError} `INVALID_ROWS` with each contract that has no customer, ends before it starts, has a term
 * of no unit, an unknown status or an amount below 0, overlaps another phase of its `id`, is canceled without an end, or is
 * past due, unpaid or paused, does not count, and has no `statusSince`; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { churnRate } from "clientele";
 *
 * const contracts = [
 *   { customerId: "ani", startAt: "2023-01-15", endAt: "2024-03-10" },
 *   { customerId: "ani", startAt: "2023-06-01" },
 *   { customerId: "budi", startAt: "2023-02-01", endAt: "2024-03-20" },
 *   { customerId: "citra", startAt: "2024-03-05" },
 * ];
 * const march = { start: "2024-03-01", end: "2024-04-01" };
 * const { churn, started, activeAtEnd } = churnRate(contracts, { asOf: "2024-04-01", window: march });
 * churn; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * [started, activeAtEnd]; // => [1, 2]
 * ```
 * @example
 * ```ts
 * import { churnRate } from "clientele";
 *
 * // Twelve annual contracts, one for each month of 2023; the one of March is not renewed.
 * const annual = Array.from({ length: 12 }, (_, month) => ({
 *   customerId: `C-${month + 1}`,
 *   startAt: `2023-${String(month + 1).padStart(2, "0")}-15`,
 *   endAt: month === 2 ? "2024-03-15" : null,
 *   term: { unit: "year" as const },
 * }));
 * const options = { asOf: "2024-04-01", window: { start: "2024-03-01", end: "2024-04-01" } };
 * churnRate(annual, options).churn.denominator; // => 12
 * churnRate(annual, { ...options, exposure: "upForRenewal" }).churn; // => { value: 1, numerator: 1, denominator: 1, reason: null }
 * ```
 */
export function churnRate<Contract extends RenewableContract>(
  contracts: readonly Contract[],
  options: ChurnRateOptions,
): ChurnRate {
  const rules = contractRules(options);
  const window = windowOption(options.window, "options.window", rules.timeZone);
  const [point] = churnOfWindows(contracts, options, rules, () => oneWindow(window));
  return point;
}

/** A window as the only one of a series. @internal */
export function oneWindow(window: TimeWindow): ConsecutiveWindows {
  return {
    count: 1,
    at: () => window,
    placeOf: (at) => (at < window.start ? -1 : at < window.end ? 0 : 1),
  };
}

/** The options that are checked before any contract is read. @internal */
export interface ContractRules {
  readonly asOf: number;
  readonly timeZone: string;
  readonly exposure: ChurnExposure;
}

/** Checks the options; those of no effect on this call too. @internal */
export function contractRules(options: ChurnOptions): ContractRules {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { asOf }`,
  );
  const { timeZone = "UTC", exposure = "allAtStart" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertOneOf(exposure, "options.exposure", ["allAtStart", "upForRenewal"]);
  const base = churnBaseOf(options);
  confidenceLevelOf(options);
  assertArgument(
    exposure === "allAtStart" || base === "classic",
    "options.exposure",
    () =>
      `options.exposure is "upForRenewal", which goes with the base "classic", not "${base}": pass one or the other`,
  );
  return { asOf: epochMs(options.asOf, "options.asOf", timeZone), timeZone, exposure };
}

/** The churn of windows that follow each other; which windows, may depend on when the first contract began. @internal */
export function churnOfWindows<Window extends TimeWindow>(
  contracts: readonly RenewableContract[],
  options: ChurnOptions,
  rules: ContractRules,
  windowsFrom: (firstAt: number | null) => ConsecutiveWindows<Window>,
): (ChurnRate & { readonly window: Window })[] {
  const { asOf, timeZone, exposure } = rules;
  const read = readActiveContracts(contracts, rules, options.statuses);
  const { active } = read;
  const windows = windowsFrom(
    active.start.length === 0 ? null : active.start.reduce((a, b) => Math.min(a, b)),
  );
  const { codes, names } = groupCustomers(active.customerIds, options.groupBy ?? (() => null));
  const terms = termReader(contracts, read, rules);
  const byGroup = tallyChurn(active, windows, { codes, count: names.length }, terms);
  return Array.from({ length: windows.count }, (_, place) => {
    const window = windows.at(place);
    const withheld = notOver(window, asOf, "the window");
    const tallies = byGroup.map((tally) => tally[place]);
    return {
      ...contractChurn(joinedChurn(tallies), options, exposure, withheld),
      groups:
        options.groupBy === undefined
          ? null
          : names.map((group, i) => ({ group, ...contractChurn(tallies[i], options, exposure, withheld) })),
      window,
      asOf,
      timeZone,
    };
  });
}

/** What is asked of terms; `null` where the exposure does not. @internal */
export function termReader(
  contracts: readonly RenewableContract[],
  { known, standing }: ReadContracts,
  { exposure, timeZone, asOf }: ContractRules,
): TermReader | null {
  if (exposure === "allAtStart") return null;
  return { rows: contracts, timeZone, ...termAnchors(contracts, known, standing, asOf) };
}

/** The rates of a tally; `withheld` says why there are none. @internal */
export function contractChurn(
  tally: ChurnTally,
  options: ConfidenceOptions & { readonly base?: ChurnBase },
  exposure: ChurnExposure,
  withheld: string | null,
): ContractChurn {
  const shares = churnShares(tally, options, withheld);
  if (exposure === "allAtStart") return { ...shares, exposure, upForRenewal: null, churnedMidTerm: null };
  const { dueAtStart, churnedOfDue, churned, churnedOfStarted } = tally;
  return {
    ...shares,
    ...lossRates(churnedOfDue, dueAtStart, "customers up for renewal", withheld, confidenceLevelOf(options)),
    exposure,
    upForRenewal: dueAtStart,
    churnedMidTerm: churned - churnedOfStarted - churnedOfDue,
  };
}
