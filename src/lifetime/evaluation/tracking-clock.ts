import { assertArgument } from "../../core/assert.js";
import { DAYS_IN } from "../../core/days-in.js";
import { ClienteleError } from "../../core/errors.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodReader } from "../../core/period.js";
import { begunDayReader, startOfDay } from "../../core/time-zone.js";
import type { TransactionModel } from "../models/lifetime-model.js";

/**
 * In what steps a model counts time along a calendar: civil days, or for BG/BB opportunities, which are whole periods. The
 * time from a first purchase to a step is the difference of their numbers, and so agrees with `T` of the summaries.
 *
 * @internal
 */
export interface TrackingClock {
  /** The step that an instant lies in. */
  readonly stepOf: (epochMs: number) => number;
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
  assertBy(by, options);
  if (model.model !== "bgBb") {
    return {
      stepOf: dayOf,
      firstStep: ({ start }) => dayOf(start),
      lastStep: ({ end }, untilDay) => Math.min(dayOf(end) - 1, untilDay),
      stepThrough: (day) => day,
      elapsed: (steps) => steps / DAYS_IN[model.unit],
    };
  }
  assertArgument(
    by === model.unit,
    "options.by",
    () => `options.by: pass "${model.unit}", the opportunities of this model of kind "bgBb"`,
  );
  const stepOf = periodReader(by, options);
  return {
    stepOf,
    firstStep: ({ index }) => index,
    lastStep: ({ index }) => index,
    // The period of the next instant has begun, the one before is over.
    stepThrough: (day) => stepOf(startOfDay(day + 1, options.timeZone)) - 1,
    elapsed: (steps) => steps,
  };
}

/** Refuses what is no period under the name that it has here, also where there is nobody to follow. */
function assertBy(by: PeriodSpec, options: PeriodOptions): void {
  try {
    periodReader(by, options);
  } catch (error) {
    if (!(error instanceof ClienteleError) || !/^spec\b/.test(error.path)) throw error;
    const renamed = (text: string) => text.replace(/\bspec\b/, "options.by");
    throw new ClienteleError(error.code, renamed(error.path), renamed(error.message));
  }
}
