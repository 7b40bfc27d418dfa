import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import {
  type Period,
  type PeriodOptions,
  type PeriodSpec,
  periodReader,
  periodsBetween,
} from "../../core/period.js";
import { readPeriodOption } from "../../core/period-option.js";
import { assertTimeZone } from "../../core/time-zone.js";

/** @internal */
export interface SchemePeriods {
  readonly asOf: number;
  readonly timeZone: string;
  /** From that of `start` to the one before `asOf`. */
  readonly periods: readonly Period[];
  readonly indexOf: (at: number) => number;
}

/** The periods of the options, checked; an error about `by` bears the name by which it came. @internal */
export function schemePeriods(
  options: PeriodOptions & { readonly asOf: Instant; readonly start: Instant; readonly by?: PeriodSpec },
): SchemePeriods {
  assertOptions(options, "{ asOf, start }");
  const { timeZone = "UTC", by = "month" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const start = epochMs(options.start, "options.start", timeZone);
  assertArgument(
    start < asOf,
    "options.start",
    () => `options.start is ${shown(options.start)}, not before options.asOf: pass an earlier one`,
  );
  return readPeriodOption(() => {
    const indexOf = periodReader(by, options);
    return { asOf, timeZone, periods: periodsBetween(start, asOf, by, options), indexOf };
  });
}
