import { assertOneOf } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import type { Instant } from "../../core/instant.js";
import { begunDayReader } from "../../core/time-zone.js";
import { windowOption } from "../../core/window-option.js";
import type { KnownFacts } from "../../history/known-facts.js";

/** What one purchase is. */
export interface OccasionOptions {
  /**
   * What one purchase is: all that a customer buys on one civil day (`"day"`, default: two receipts of one visit are
   * no return), or each qualifying purchase in the log (`"transaction"`).
   */
  readonly occasion?: "day" | "transaction";
}

/** Which customers are looked at. */
export interface FirstPurchaseOptions {
  /** Counts only customers whose first qualifying purchase of all lies in it, half-open `[start, end)`. */
  readonly firstPurchaseIn?: { readonly start: Instant; readonly end: Instant };
}

/** The window of the option, checked; `null` where it is left out. @internal */
export function firstPurchaseWindow(
  { firstPurchaseIn }: FirstPurchaseOptions,
  timeZone: string,
): TimeWindow | null {
  return firstPurchaseIn === undefined
    ? null
    : windowOption(firstPurchaseIn, "options.firstPurchaseIn", timeZone);
}

/** The option, checked. @internal */
export function occasionOf({ occasion = "day" }: OccasionOptions): "day" | "transaction" {
  assertOneOf(occasion, "options.occasion", ["day", "transaction"]);
  return occasion;
}

/**
 * Gives a reader of the instants of one customer's qualifying purchases inside a window, ascending; of a day, the first.
 * The array is filled anew by each call: read it before the next.
 *
 * @internal
 */
export function occasionReader(
  { log, end, qualifies, timeZone }: KnownFacts,
  window: TimeWindow,
  occasion: "day" | "transaction",
): (customer: number) => readonly number[] {
  const dayOf = begunDayReader(timeZone);
  const instants: number[] = [];
  return (customer) => {
    instants.length = 0;
    let day = Number.NEGATIVE_INFINITY;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at < window.start || at >= window.end || (qualifies && qualifies[row] === 0)) continue;
      if (occasion === "day") {
        const today = dayOf(at);
        if (today === day) continue;
        day = today;
      }
      instants.push(at);
    }
    return instants;
  };
}

/** The window that holds every purchase. @internal */
export const ALL_TIME: TimeWindow = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
