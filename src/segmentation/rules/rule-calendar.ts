import { FIRST_DAY, LAST_DAY } from "../../core/civil-day.js";
import { type PeriodUnit, periodAt } from "../../core/period.js";
import { type PeriodCalendar, periodCalendar } from "../../core/period-calendar.js";
import { begunDayReader, startOfDay } from "../../core/time-zone.js";

/** Turns what a rule says of time into instants, once, when it is compiled. @internal */
export interface RuleClock {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA name. */
  readonly timeZone: string;
  /** First day of the week, 0 Sunday. */
  readonly weekStartsOn: number;
  /** First month of the year. */
  readonly firstMonth: number;
}

/** The calendar of a clock, which keeps what it looked up: rules ask for the same days thousands of times. @internal */
export interface RuleCalendar {
  /** The first instant of a day by its number. */
  readonly dayStart: (day: number) => number;
  /** The index of the period that holds `asOf`. */
  readonly presentPeriod: (unit: PeriodUnit) => number;
  /** The first instant of a period. */
  readonly periodStart: (unit: PeriodUnit, index: number) => number;
  /** The first instant after a period. */
  readonly periodEnd: (unit: PeriodUnit, index: number) => number;
  /** The bounds of so many periods, the last of them that before the present one. */
  readonly complete: (unit: PeriodUnit, count: number) => Float64Array;
}

const CALENDARS = new WeakMap<RuleClock, RuleCalendar>();

/** @internal */
export function ruleCalendar(clock: RuleClock): RuleCalendar {
  const calendar = CALENDARS.get(clock) ?? newCalendar(clock);
  CALENDARS.set(clock, calendar);
  return calendar;
}

interface Periods {
  readonly calendar: PeriodCalendar;
  /** The index of the period that holds `asOf`. */
  readonly present: number;
  /** Starts of periods up to the present one, the last of them its own. */
  bounds: Float64Array;
}

function newCalendar(clock: RuleClock): RuleCalendar {
  const { asOf, timeZone, weekStartsOn, firstMonth } = clock;
  const starts = new Map<number, number>();
  const dayStart = (day: number): number => {
    const start = starts.get(day) ?? startOfDay(day, timeZone);
    starts.set(day, start);
    return start;
  };
  const units = new Map<PeriodUnit, Periods>();
  const of = (unit: PeriodUnit): Periods => {
    let periods = units.get(unit);
    if (periods === undefined) {
      const calendar = periodCalendar(unit, weekStartsOn, firstMonth);
      const present = calendar.indexOf(begunDayReader(timeZone)(asOf));
      periods = { calendar, present, bounds: Float64Array.of(dayStart(calendar.firstDay(present))) };
      units.set(unit, periods);
    }
    return periods;
  };
  const firstDay = (unit: PeriodUnit, index: number): number => {
    const day = of(unit).calendar.firstDay(index);
    // Asked for its error alone.
    if (!(day >= FIRST_DAY && day <= LAST_DAY)) periodAt(index, unit, clock);
    return day;
  };
  const periodStart = (unit: PeriodUnit, index: number): number => dayStart(firstDay(unit, index));
  return {
    dayStart,
    presentPeriod: (unit) => of(unit).present,
    periodStart,
    periodEnd: (unit, index) => {
      firstDay(unit, index);
      return dayStart(of(unit).calendar.firstDay(index + 1));
    },
    complete: (unit, count) => {
      const periods = of(unit);
      const { present, bounds } = periods;
      if (bounds.length <= count) {
        // Grown by half at least: counts that rise one by one do not copy all each time.
        const most = Math.max(count, Math.min(3 * (bounds.length >> 1), mostBefore(periods)));
        periods.bounds = Float64Array.from({ length: most + 1 }, (_, i) =>
          periodStart(unit, present - most + i),
        );
      }
      // Views of one list: those of thousands of conditions would be as many copies of the same.
      return periods.bounds.subarray(periods.bounds.length - 1 - count);
    },
  };
}

/** How many periods there are from the beginning of the calendar to the present one. */
function mostBefore({ calendar, present }: Periods): number {
  return present - calendar.indexOf(FIRST_DAY) - 1;
}
