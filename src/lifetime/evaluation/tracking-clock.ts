import { assertArgument } from "../../core/assert.js";
import { dayNumber } from "../../core/civil-day.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodsBetween } from "../../core/period.js";
import { begunDayReader, startOfDay } from "../../core/time-zone.js";
import { type CampaignWindow, campaignReader } from "../bg-bb/campaign-reader.js";
import { DAYS_IN_UNIT } from "../models/days-in-unit.js";
import type { TransactionModel } from "../models/lifetime-model.js";
import { readerBy } from "../models/reader-by.js";

/**
 * In what steps a model counts time along a calendar: civil days, or for BG/BB opportunities, which are whole periods. The
 * time from a first purchase to a step is the difference of their numbers, and so agrees with `T` of the summaries.
 *
 * @internal
 */
export interface TrackingClock {
  /** The step that an instant lies in. */
  readonly stepOf: (epochMs: number) => number;
  /** Whether what is bought then counts as a repeat purchase: not between campaigns. */
  readonly counts: (epochMs: number) => boolean;
  /** The rows of a tracking, from the one of the first purchase to the last that has begun. */
  readonly periods: (firstAt: number, end: number) => readonly Period[];
  /** The first step of a period. */
  readonly firstStep: (period: Period) => number;
  /** The last step of a period that counts, when nothing after `until` does. */
  readonly lastStep: (period: Period, untilDay: number) => number;
  /** The last step that is over with a civil day. */
  readonly stepThrough: (day: number) => number;
  /** So many steps in the unit of the model. */
  readonly elapsed: (steps: number) => number;
}

/** @internal */
export function trackingClock(
  model: TransactionModel,
  by: PeriodSpec,
  options: PeriodOptions & { readonly timeZone: string },
): TrackingClock {
  const dayOf = begunDayReader(options.timeZone);
  const stepOf = readerBy(by, options);
  const periods = (firstAt: number, end: number) => periodsBetween(firstAt, end, by, options);
  const counts = () => true;
  if (model.model !== "bgBb") {
    return {
      ...{ stepOf: dayOf, counts, periods },
      firstStep: ({ start }) => dayOf(start),
      lastStep: ({ end }, untilDay) => Math.min(dayOf(end) - 1, untilDay),
      stepThrough: (day) => day,
      elapsed: (steps) => steps / DAYS_IN_UNIT[model.unit],
    };
  }
  assertArgument(
    by === model.unit || typeof by === "object",
    "options.by",
    () =>
      `options.by: pass "${model.unit}" (or { days, anchor } as it was), the opportunities of this model of kind "bgBb"`,
  );
  return {
    ...{ stepOf, counts, periods },
    firstStep: ({ index }) => index,
    lastStep: ({ index }) => index,
    // The period of the next instant has begun, the one before is over.
    stepThrough: (day) => stepOf(startOfDay(day + 1, options.timeZone)) - 1,
    elapsed: (steps) => steps,
  };
}

/** Opportunities that are campaigns: a step each, and a row each. @internal */
export function campaignClock(
  { model }: TransactionModel,
  campaigns: readonly CampaignWindow[],
  timeZone: string,
): TrackingClock {
  assertArgument(
    model === "bgBb",
    "options.campaigns",
    () => `options.campaigns are opportunities of BG/BB, and the model is "${model}": pass by`,
  );
  const overBy = (day: number) => campaignReader(campaigns, startOfDay(day + 1, timeZone), timeZone);
  const { begunBy, heldAt } = campaignReader(campaigns, 0, timeZone);
  const rows = campaigns.map(
    ({ from, through }, i): Period => ({
      label: from,
      index: i + 1,
      start: startOfDay(dayNumber(from), timeZone),
      end: startOfDay(dayNumber(through) + 1, timeZone),
    }),
  );
  return {
    stepOf: begunBy,
    counts: heldAt,
    periods: (firstAt, end) => rows.filter((row) => row.index >= begunBy(firstAt) && row.start < end),
    firstStep: ({ index }) => index,
    lastStep: ({ index }) => index,
    stepThrough: (day) => overBy(day).over,
    elapsed: (steps) => steps,
  };
}
