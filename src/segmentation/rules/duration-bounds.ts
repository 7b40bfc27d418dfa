import { DAY_MS } from "../../core/civil-day.js";
import { addDuration, type Duration } from "../../core/duration.js";
import { ClienteleError } from "../../core/errors.js";

/** How long a duration is at least and at most, wherever it begins or ends, in milliseconds. @internal */
export interface DurationBounds {
  readonly least: number;
  readonly most: number;
}

/** Offsets from UTC lie within 26 hours of each other, and a day may be skipped. */
const ZONE_SLACK = 27 * 3_600_000;

/**
 * A month has 28 to 31 days, and twelve have 365 or 366: clamping to the end of a month does not lead out of this, since it
 * takes away no more than by how much the month before is longer than the shorter one.
 *
 * @internal
 */
export function durationBounds(
  { years = 0, months = 0, weeks = 0, days = 0 }: Duration,
  timeZone: string,
): DurationBounds {
  const allMonths = 12 * years + months;
  const wholeYears = Math.floor(allMonths / 12);
  const rest = allMonths - 12 * wholeYears;
  const fixed = 7 * weeks + days;
  const leapDays = wholeYears === 0 ? 0 : Math.ceil(wholeYears / 4) + 1;
  const slack = timeZone === "UTC" || (allMonths === 0 && fixed === 0) ? 0 : ZONE_SLACK;
  return {
    least: (fixed + 365 * wholeYears + 28 * rest) * DAY_MS - slack,
    most: (fixed + 365 * wholeYears + leapDays + 31 * rest) * DAY_MS + slack,
  };
}

/** Until when the next step of a sequence may come. @internal */
export interface StepTime extends DurationBounds {
  /** The first instant that is too late, after a step at an instant. */
  readonly end: (instant: number) => number;
}

/** @internal */
export function stepTime(within: Duration, timeZone: string): StepTime {
  const { least, most } = durationBounds(within, timeZone);
  if (least === most) return { least, most, end: (instant) => instant + least };
  return {
    least,
    most,
    end: (instant) => {
      try {
        return addDuration(instant, within, { timeZone });
      } catch (error) {
        // The duration was checked with the rule: what is left to be refused is an end beyond the year 9999.
        if (error instanceof ClienteleError) return Number.POSITIVE_INFINITY;
        throw error;
      }
    },
  };
}
