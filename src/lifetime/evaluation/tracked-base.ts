import { assertOneOf } from "../../core/assert.js";
import { startOfDay } from "../../core/time-zone.js";
import { knownFacts } from "../../history/known-facts.js";
import type { LifetimeSummaryOptions } from "../../history/lifetime-summary.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { TrackingClock } from "./tracking-clock.js";

/** Customers of the base, and when they bought again. @internal */
export interface TrackedBase {
  /** Places of the customers in the log. */
  readonly customers: readonly number[];
  /** The step of each one's first purchase. */
  readonly entries: readonly number[];
  /** How many repeat purchases there were in each step. */
  readonly repeats: ReadonlyMap<number, number>;
  /** Instant of the first purchase of all; `null` without customers. */
  readonly firstAt: number | null;
}

/** What purchases a log is read for. @internal */
export interface TrackedBaseOptions extends Pick<LifetimeSummaryOptions, "qualifies" | "occasion"> {
  readonly timeZone: string;
  /** Civil day number through which a first purchase makes a customer of the base. */
  readonly throughDay: number;
  /** Civil day number of the last day that is known. */
  readonly untilDay: number;
}

/** @internal */
export function trackedBase(
  log: TransactionLog,
  clock: TrackingClock,
  { timeZone, throughDay, untilDay, qualifies: predicate, occasion = "day" }: TrackedBaseOptions,
): TrackedBase {
  assertOneOf(occasion, "options.occasion", ["day", "transaction"]);
  const asOf = startOfDay(untilDay + 1, timeZone);
  const { qualifies, end } = knownFacts(log, { asOf, timeZone, qualifies: predicate });
  const isEach = occasion === "transaction";
  const firstAfter = startOfDay(throughDay + 1, timeZone);
  const lastStep = clock.stepThrough(untilDay);
  const base = { customers: [] as number[], entries: [] as number[], repeats: new Map<number, number>() };
  let firstAt: number | null = null;
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    let latest: number | null = null;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (qualifies !== null && qualifies[row] === 0) continue;
      if (latest === null && log.at[row] >= firstAfter) break;
      const step = clock.stepOf(log.at[row]);
      if (latest === null) {
        base.customers.push(customer);
        base.entries.push(step);
        firstAt = firstAt === null ? log.at[row] : Math.min(firstAt, log.at[row]);
      } else if ((isEach || step > latest) && step <= lastStep && clock.counts(log.at[row])) {
        base.repeats.set(step, (base.repeats.get(step) ?? 0) + 1);
      }
      latest = step;
    }
  }
  return { ...base, firstAt };
}
