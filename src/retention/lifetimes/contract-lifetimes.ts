import { assertOptions } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import type { KnownContracts } from "../../history/read-contracts.js";
import type { StatusRules } from "../contracts/active-status-presets.js";
import type { RenewableContract } from "../contracts/contract-terms.js";
import { countedContracts } from "../contracts/counted-contracts.js";
import { type CalendarSpan, calendarSpan } from "./calendar-span.js";
import {
  assertUnit,
  type FoundLife,
  type LifetimeTable,
  type LifetimeUnit,
  lifetimeTable,
} from "./lifetime-table.js";
import { statedStarts } from "./stated-start.js";

/** How contracts become lives. */
export interface ContractLifetimesOptions {
  /** Contracts that begin at this instant or later do not exist yet, and ends at or after it are not known. */
  readonly asOf: Instant;
  /** IANA zone of civil days; default `"UTC"`. */
  readonly timeZone?: string;
  /**
   * Which statuses count, for rows that have one, as for revenue: see `activeStatusPresets`. Trials, and what costs
   * nothing, do not count by default; a paused, unpaid or past due row needs its `statusSince`.
   */
  readonly statuses?: StatusRules;
  /**
   * A break shorter than this ends no life: `{ days: 30 }`. Default: every break does. Whether a contract that has just
   * ended is renewed in time is known only so long after its end; so observation closes that much before `asOf`.
   */
  readonly gap?: Duration;
  /**
   * From when on contracts were recorded (left truncation); default: always. A customer of before is known only because
   * a contract still ran then, and enters at that instant, not at 0; since when has to come from `startedAt`.
   */
  readonly observedFrom?: Instant;
  /**
   * The true start of customers, from records older than the contracts; only with `observedFrom`. The contract that ran
   * then may be a renewal, so its own start says nothing: taken for the true one it makes old customers look young, and
   * they are the ones who stay. Give an instant before `observedFrom`, or the civil day of the first contract. Who has
   * none here and had a contract as observation began (or began one within `gap` after it) is left out and counted.
   */
  readonly startedAt?: ReadonlyMap<string, Instant> | ((customerId: string) => Instant | null | undefined);
  /** Deals the rows into groups, for a curve each. */
  readonly groupBy?: CustomerGrouping;
  /** In what durations are counted; default `"day"`. */
  readonly unit?: LifetimeUnit;
}

/**
 * How long has each customer been under contract, and who has left?
 *
 * Contracts of a customer that overlap or follow each other without a break are one life: giving up one of two is no
 * end. The first life counts; who came back later is counted in `returned`. Durations are elapsed time on the clock of
 * the zone. A contract that ends as it starts covers no time and is skipped; who has no other never began.
 *
 * @param contracts - `{ customerId, startAt, endAt }` for each contract or phase of it; a `Subscription` fits.
 * @param options - `asOf`; which `statuses` count; which breaks do not; from when on contracts were recorded, and who started before.
 * @returns A row for each customer, in the order of first appearance, as `kaplanMeier` takes them, and `logRankTest` where there are groups; `coxRegression` wants `covariates` beside the columns.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a contract ends before it starts, has no start or no customer, or
 * phases of one contract overlap; `UNKNOWN_TIME_ZONE`; `INVALID_ARGUMENT`, also when `startedAt` of a customer contradicts
 * the first contract, or `observedFrom` lies after `asOf`.
 * @example
 * ```ts
 * import { contractLifetimes } from "clientele";
 *
 * const { duration, event } = contractLifetimes(
 *   [
 *     { customerId: "ani", startAt: "2024-01-01", endAt: "2024-01-31" },
 *     { customerId: "ani", startAt: "2024-01-21", endAt: "2024-03-01" },
 *     { customerId: "budi", startAt: "2024-06-01" },
 *   ],
 *   { asOf: "2024-07-01" },
 * ).columns;
 * [duration, event]; // => [[60, 30], [true, false]]
 * ```
 */
export function contractLifetimes(
  contracts: readonly RenewableContract[],
  options: ContractLifetimesOptions,
): LifetimeTable {
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC", unit = "day", groupBy, gap } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertUnit(unit);
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const span = gap && calendarSpan(gap, "options.gap", timeZone);
  const { from, startOf } = statedStarts(options, { asOf, timeZone }, CONTRACTS);
  const known = countedContracts(contracts, { asOf, timeZone }, options.statuses);

  const found: FoundLife[] = [];
  const notFound = { neverBegan: known.customerIds.length, unknownStart: 0, endedBefore: 0, tooRecent: 0 };
  for (const { customerId, begin, end, returned } of firstLives(known, span)) {
    notFound.neverBegan--;
    const stated = startOf(customerId, begin);
    // Whether this contract can have gone on from one of before.
    const goesOn = begin <= from || (span !== undefined && !span.isOver(from, begin));
    if (stated === null && goesOn && end > from) {
      notFound.unknownStart++;
      continue;
    }
    const start = stated ?? begin;
    if (start < from && !goesOn) {
      notFound.endedBefore++;
      continue;
    }
    found.push({ customerId, start, end, entryAt: Math.max(start, from), returned });
  }
  const observedUntil = span ? span.before(asOf) : asOf;
  return lifetimeTable(found, { unit, groupBy, asOf, observedUntil, timeZone }, notFound);
}

const CONTRACTS = { first: "first contract", every: "every contract" };

/** A customer's contracts up to the first break that lasts. */
interface FirstLife {
  readonly customerId: string;
  readonly begin: number;
  readonly end: number;
  readonly returned: boolean;
}

function firstLives(
  { length, customerIds, customer, start, end }: KnownContracts,
  span: CalendarSpan | undefined,
): FirstLife[] {
  const lives: FirstLife[] = [];
  for (let row = 0; row < length; ) {
    const of = customer[row];
    let begin = Number.NaN;
    let until = Number.NaN;
    let returned = false;
    for (; row < length && customer[row] === of; row++) {
      if (end[row] === start[row]) continue;
      if (Number.isNaN(begin)) begin = until = start[row];
      // Sorted by start: after the first break of a customer nothing reaches back before it.
      returned ||= start[row] > until && (!span || span.isOver(until, start[row]));
      if (!returned) until = Math.max(until, end[row]);
    }
    if (!Number.isNaN(begin)) lives.push({ customerId: customerIds[of], begin, end: until, returned });
  }
  return lives;
}
