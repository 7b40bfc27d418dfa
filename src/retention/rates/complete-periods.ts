import {
  type Period,
  type PeriodOptions,
  type PeriodSpec,
  periodAt,
  periodOf,
  periodReader,
} from "../../core/period.js";
import { readPeriodOption } from "../../core/period-option.js";

/** The periods of a series: from that of a first instant to the last one that is over at `asOf`. @internal */
export interface CompletePeriods {
  /** How many: 0 or more. */
  readonly count: number;
  /** The place of an instant, 0 to `count - 1`, or -1 for none; never falling as time goes on up to `asOf`. */
  readonly placeOf: (at: number) => number;
  /** The period at a place. */
  readonly at: (place: number) => Period;
}

/** The same with a place for every instant: below 0 before the series, `count` or more after it. @internal */
export interface PlacedPeriods extends CompletePeriods {
  /** Index of the period at place 0. */
  readonly firstIndex: number;
}

/** Cuts the time from `firstAt` to `asOf` into complete periods; none without a first instant. @internal */
export function completePeriods(
  firstAt: number | null,
  asOf: number,
  by: PeriodSpec,
  calendar: PeriodOptions,
): CompletePeriods {
  const { count, at, placeOf } = placedPeriods(firstAt, asOf, by, calendar);
  return {
    count,
    placeOf: (instant) => {
      const place = placeOf(instant);
      return place >= 0 && place < count ? place : -1;
    },
    at,
  };
}

/** Cuts all time into periods, counted from that of `firstAt`, or without it from that of `asOf`. @internal */
export function placedPeriods(
  firstAt: number | null,
  asOf: number,
  by: PeriodSpec,
  calendar: PeriodOptions,
): PlacedPeriods {
  // The period that holds asOf ends after it.
  const afterLast = readPeriodOption(() => periodOf(asOf, by, calendar).index);
  const firstIndex = firstAt === null ? afterLast : periodOf(firstAt, by, calendar).index;
  const count = Math.max(0, afterLast - firstIndex);
  const indexOf = periodReader(by, calendar);
  return {
    count,
    firstIndex,
    placeOf: (at) => indexOf(at) - firstIndex,
    at: (place) => periodAt(firstIndex + place, by, calendar),
  };
}
