import { DAY_MS } from "../../core/civil-day.js";
import { addDuration, type Duration, subtractDuration } from "../../core/duration.js";
import { assertDurationOption } from "./duration-option.js";

/** A length of calendar time in a zone, ready for many instants. @internal */
export interface CalendarSpan {
  /** The instant that lies the span after another. */
  readonly after: (at: number) => number;
  /** The instant that lies the span before another. */
  readonly before: (at: number) => number;
  /** Whether the span that begins at `from` is over at `at`: `after(from) <= at`, without the calendar where it is clear. */
  readonly isOver: (from: number, at: number) => boolean;
}

/** Reads an option that is a length of time, longer than zero. @internal */
export function calendarSpan(duration: Duration, path: string, timeZone: string): CalendarSpan {
  assertDurationOption(duration, path);
  const { years = 0, months = 0, weeks = 0, days = 0 } = duration;
  const calendarMonths = 12 * years + months;
  const rest = 7 * weeks + days;
  // Two days more on both sides: zones that change their clocks, or the side of the date line.
  const least = (28 * calendarMonths + rest - 2) * DAY_MS;
  const most = (31 * calendarMonths + rest + 2) * DAY_MS;
  const after = (at: number) => addDuration(at, duration, { timeZone });
  return {
    after,
    before: (at) => subtractDuration(at, duration, { timeZone }),
    isOver: (from, at) => at - from >= least && (at - from > most || after(from) <= at),
  };
}
