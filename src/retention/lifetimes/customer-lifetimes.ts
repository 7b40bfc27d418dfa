import { assertArgument, assertOneOf } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import type { Instant } from "../../core/instant.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type CalendarSpan, calendarSpan } from "./calendar-span.js";
import {
  assertUnit,
  type FoundLife,
  type LifetimeTable,
  type LifetimeUnit,
  lifetimeTable,
} from "./lifetime-table.js";
import { type StatedStarts, statedStarts } from "./stated-start.js";

/** When a customer's life ends, and what was seen of it. */
export interface CustomerLifetimesOptions extends LogMetricOptions {
  /** A customer has left when no qualifying purchase came for so long: `{ months: 12 }`. */
  readonly inactiveAfter: Duration;
  /**
   * Where on the calendar the end of a life stands.
   *
   * `"lapse"` (default): `inactiveAfter` after the last purchase, where the rule is met. It can be told at every
   * instant without looking ahead, and everyone without a lapse is censored at `asOf`.
   *
   * `"lastPurchase"`: at the last purchase, which is shorter by `inactiveAfter`. Whether a purchase was the last is only
   * known `inactiveAfter` later; so observation closes `inactiveAfter` before `asOf`, for everyone. (To censor at `asOf`
   * instead would count those who have just fallen silent as alive, and stretch every lifetime.)
   */
  readonly endsAt?: "lapse" | "lastPurchase";
  /**
   * What a purchase after a lapse means. `"ended"` (default): the life was over; who came back is counted in `returned`.
   * `"resumed"`: the lapse was none, and only a silence that lasts until `asOf` ends a life. That favors old lapses,
   * which had time to be taken back, and looks ahead; so it cannot go with `observedFrom`.
   */
  readonly afterLapse?: "ended" | "resumed";
  /**
   * From when on the log has every purchase (left truncation); default: it has all. Customers who were there already
   * are known only because they stayed: they enter late, not at 0, and purchases before it are not looked at.
   */
  readonly observedFrom?: Instant;
  /**
   * The true first purchase of customers, from records older than the log; only with `observedFrom`. Since the log has
   * every later purchase, an instant before `observedFrom`, or the civil day of the first purchase in the log. Who has none
   * here and is first seen less than `inactiveAfter` after `observedFrom` (or before it) may have been there already, and
   * is left out and counted.
   */
  readonly startedAt?: ReadonlyMap<string, Instant> | ((customerId: string) => Instant | null | undefined);
  /** Deals the rows into groups, for a curve each. */
  readonly groupBy?: CustomerGrouping;
  /** In what durations are counted; default `"day"`. */
  readonly unit?: LifetimeUnit;
}

/**
 * How long has each customer been buying, and who has stopped?
 *
 * A life begins with the first qualifying purchase, and has ended when none came for `inactiveAfter`; until then it is
 * censored: it has lasted at least so long. Durations are elapsed time on the clock of the zone, fractions included.
 *
 * Customers who were there before `observedFrom` enter when it can be told of all of them whether they were still there:
 * at `observedFrom` with `endsAt: "lastPurchase"`, and `inactiveAfter` later with `"lapse"`. (To enter each of them at the
 * first purchase seen would begin with a stretch in which nobody can lapse.) That no lapse lies between the known start
 * and the first purchase seen has to be assumed.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `inactiveAfter`, and how ends and late entries are read.
 * @returns A row for each customer, in the log's order, as `kaplanMeier` takes them, and `logRankTest` where there are groups; `coxRegression` wants `covariates` beside the columns.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `INVALID_ARGUMENT` also when `startedAt` of a
 * customer contradicts the first purchase in the log, or `observedFrom` lies after `asOf`.
 * @example
 * ```ts
 * import { customerLifetimes, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-01", amount: 500 },
 *     { customerId: "ani", at: "2024-01-31", amount: 700 },
 *     { customerId: "budi", at: "2024-05-01", amount: 300 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const options = { asOf: "2024-07-01", inactiveAfter: { days: 90 } } as const;
 * const { duration, event } = customerLifetimes(log, options).columns;
 * [duration, event]; // => [[120, 61], [true, false]]
 * // By the last purchase ani stayed 30 days; of budi, who came after 2 April, nothing can be said yet.
 * customerLifetimes(log, { ...options, endsAt: "lastPurchase" }).columns.duration; // => [30]
 * ```
 */
export function customerLifetimes(log: TransactionLog, options: CustomerLifetimesOptions): LifetimeTable {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const { endsAt = "lapse", afterLapse = "ended", unit = "day", groupBy } = options;
  assertOneOf(endsAt, "options.endsAt", ["lapse", "lastPurchase"]);
  assertOneOf(afterLapse, "options.afterLapse", ["ended", "resumed"]);
  assertUnit(unit);
  const span = calendarSpan(options.inactiveAfter, "options.inactiveAfter", timeZone);
  const stated = statedStarts(options, facts, PURCHASES);
  assertArgument(
    afterLapse !== "resumed" || options.observedFrom === undefined,
    "options.afterLapse",
    () =>
      'options.afterLapse is "resumed", which looks ahead of the instant at which customers enter: leave out observedFrom, or let lapses end lives',
  );
  // When everyone who was there as observation began has bought again or has lapsed.
  const settled = options.observedFrom === undefined ? stated.from : span.after(stated.from);

  const lives: FoundLife[] = [];
  const notFound = { neverBegan: 0, unknownStart: 0, endedBefore: 0, tooRecent: 0 };
  for (const [customer, customerId] of log.customerIds.entries()) {
    const found = activeStretch(facts, customer, stated.from, span, afterLapse === "resumed");
    if (found === null) {
      notFound.neverBegan++;
      continue;
    }
    const start = startOf(customerId, found, stated, settled);
    if (start === null) {
      notFound.unknownStart++;
      continue;
    }
    const wasThere = start < stated.from;
    if (wasThere && found.first >= settled) {
      // Silent for as long as that when observation began: the first life was over, once all of that time is known.
      if (settled <= asOf) notFound.endedBefore++;
      else notFound.tooRecent++;
      continue;
    }
    lives.push({
      customerId,
      start,
      end: !found.lapsed
        ? Number.POSITIVE_INFINITY
        : endsAt === "lapse"
          ? span.after(found.last)
          : found.last,
      entryAt: !wasThere ? start : endsAt === "lapse" ? settled : stated.from,
      returned: found.returned,
    });
  }
  const observedUntil = endsAt === "lapse" ? asOf : span.before(asOf);
  return lifetimeTable(lives, { unit, groupBy, asOf, observedUntil, timeZone }, notFound);
}

const PURCHASES = { first: "first purchase", every: "every purchase" };

/** When a life began; `null` where the customer may have been there before observation began, since when is not known. */
function startOf(
  customerId: string,
  { earliest, first }: Stretch,
  stated: StatedStarts,
  settled: number,
): number | null {
  const start = stated.startOf(customerId, earliest);
  if (start !== null) return start;
  return earliest < stated.from || first < settled ? null : first;
}

/** Purchases of a customer up to the first lapse, or up to the last one. */
interface Stretch {
  /** First purchase of all, also one before observation began. */
  readonly earliest: number;
  /** First purchase under observation; `Infinity` without one. */
  readonly first: number;
  readonly last: number;
  readonly lapsed: boolean;
  readonly returned: boolean;
}

function activeStretch(
  { log, end, qualifies, asOf }: KnownFacts,
  customer: number,
  from: number,
  span: CalendarSpan,
  resumes: boolean,
): Stretch | null {
  let earliest = Number.POSITIVE_INFINITY;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let returned = false;
  for (let row = log.offsets[customer]; row < end[customer]; row++) {
    if (qualifies && qualifies[row] === 0) continue;
    const at = log.at[row];
    earliest = Math.min(earliest, at);
    if (at < from) continue;
    if (first === Number.POSITIVE_INFINITY) first = at;
    else if (span.isOver(last, at)) {
      returned = true;
      if (!resumes) return { earliest, first, last, lapsed: true, returned };
    }
    last = at;
  }
  if (earliest === Number.POSITIVE_INFINITY) return null;
  return { earliest, first, last, lapsed: span.isOver(last, asOf), returned };
}
