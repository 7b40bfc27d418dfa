import { assertOneOf } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import { begunDayReader } from "../../core/time-zone.js";

/** How days between two instants are counted. */
export interface DayCountOptions {
  /**
   * `"civil"` (default): midnights between, whole numbers, the same whatever the time of day. `"rolling"`: hours between
   * over 24, fractions and all.
   */
  readonly dayCount?: "civil" | "rolling";
}

/** Gives a place on a line of days for an instant: differences of places are days between. @internal */
export function dayLine(
  { dayCount = "civil" }: DayCountOptions,
  timeZone: string,
): {
  readonly place: (at: number) => number;
  readonly perDay: number;
  readonly dayCount: "civil" | "rolling";
} {
  assertOneOf(dayCount, "options.dayCount", ["civil", "rolling"]);
  // Places are whole numbers, days or milliseconds: their sums are exact and the same in any order.
  return dayCount === "civil"
    ? { place: begunDayReader(timeZone), perDay: 1, dayCount }
    : { place: (at) => at, perDay: DAY_MS, dayCount };
}
