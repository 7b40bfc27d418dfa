import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { firstDayOfMonth, monthOfDay } from "../../core/civil-day.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { begunDayReader } from "../../core/time-zone.js";
import { customerPath, customerReader } from "../../history/customer-reader.js";
import type { KnownFacts } from "../../history/known-facts.js";

/** How the time since a customer's start is cut. */
export interface TenureOptions {
  /**
   * How long a step of tenure is; default `"year"`. Steps begin on the day of the start and its anniversaries, clamped to the
   * last day of a shorter month, in the call's time zone.
   */
  readonly by?: "month" | "quarter" | "halfYear" | "year";
  /**
   * When the customer's relationship began: a Map from customer id, or a function of it. `null` or missing: the first qualifying
   * purchase, which is the default for all. Where the log begins later than its customers did, all of them look new without it.
   */
  readonly startedAt?:
    | ReadonlyMap<string, Instant>
    | ((customerId: string) => Instant | null | undefined)
    | undefined;
}

/** Which step of tenure a row is in. */
interface TenureSteps {
  /** First instant of the tenure of a customer, epoch milliseconds; `null` for those who have none by `asOf`. */
  readonly startOf: (customer: number) => number | null;
  /** How many steps are over at an instant, 0 in the first; below 0 before the day of the start. */
  readonly stepAt: (start: number, at: number) => number;
}

const MONTHS_IN = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;

/** @internal */
export function tenureSteps(facts: KnownFacts, { by = "year", startedAt }: TenureOptions): TenureSteps {
  assertOneOf(by, "options.by", ["month", "quarter", "halfYear", "year"]);
  const { log, end, qualifies, timeZone, asOf } = facts;
  const dayOf = begunDayReader(timeZone);
  const months = MONTHS_IN[by];
  const statedOf = startedAt === undefined ? null : customerReader<Instant>(startedAt, "options.startedAt");
  return {
    startOf: (customer) => {
      let row = log.offsets[customer];
      while (row < end[customer] && qualifies && qualifies[row] === 0) row++;
      const first = row < end[customer] ? log.at[row] : null;
      const customerId = log.customerIds[customer];
      const stated = statedOf?.(customerId) ?? null;
      if (stated === null) return first;
      const path = customerPath(startedAt, "options.startedAt", customerId);
      const start = epochMs(stated, path, timeZone);
      assertArgument(
        first === null || dayOf(start) <= dayOf(first),
        path,
        () =>
          `${path} is ${shown(stated)}, after the first purchase at ${new Date(first ?? 0).toISOString()}: pass its day, or an earlier one`,
      );
      return start < asOf ? start : null;
    },
    stepAt: (start, at) => Math.floor(monthsCompleted(dayOf(start), dayOf(at)) / months),
  };
}

/** Whole months from one civil day to another; the anniversary of a day that a month does not have is its last. */
function monthsCompleted(from: number, to: number): number {
  const month = monthOfDay(from);
  const last = monthOfDay(to);
  const day = from - firstDayOfMonth(month);
  const anniversary = Math.min(firstDayOfMonth(last) + day, firstDayOfMonth(last + 1) - 1);
  return last - month - (to < anniversary ? 1 : 0);
}
