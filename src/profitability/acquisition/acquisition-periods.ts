import { assertArgument } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodAt, periodOf } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { windowOption } from "../../core/window-option.js";

/** By which periods acquisition is looked at. */
export interface AcquisitionPeriodOptions extends Omit<PeriodOptions, "timeZone"> {
  /** The calendar period; default `"month"`. */
  readonly by?: PeriodSpec | undefined;
  /** Half-open `[start, end)`: only the periods that lie in it as a whole; default all before `asOf`. */
  readonly window?: { readonly start: Instant; readonly end: Instant } | undefined;
}

/** The periods that count. @internal */
export interface AcquisitionPeriods {
  /** Index of the period of an instant. */
  readonly indexOf: (at: number) => number;
  readonly at: (index: number) => Period;
  /** First index of the window, `-Infinity` without one. */
  readonly from: number;
  /** Last index: that of the window, or of the last instant before `asOf`. */
  readonly last: number;
  /** Last index of a period that is over at `asOf`. */
  readonly lastOver: number;
}

/** @internal */
export function acquisitionPeriods(
  options: AcquisitionPeriodOptions,
  asOf: number,
  timeZone: string,
): AcquisitionPeriods {
  const { by = "month", weekStartsOn, firstMonth, window } = options;
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = periodOptionReader(by, calendar, "options.by");
  const at = (index: number) => periodAt(index, by, calendar);
  const known = indexOf(asOf - 1);
  const lastOver = indexOf(asOf) - 1;
  if (window === undefined) return { indexOf, at, from: Number.NEGATIVE_INFINITY, last: known, lastOver };
  const { start, end } = windowOption(window, "options.window", timeZone, "{ start, end }, or leave it out");
  const first = periodOf(start, by, calendar);
  const from = first.start === start ? first.index : first.index + 1;
  return { indexOf, at, from, last: Math.min(known, indexOf(end) - 1), lastOver };
}

/** The indices of the window, or without one those from the first in which something happened to the last. @internal */
export function indicesFrom(earliest: number, { from, last }: AcquisitionPeriods): number[] {
  const first = from === Number.NEGATIVE_INFINITY ? earliest : from;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** Refuses what would fill the memory. @internal */
export function assertCells(periods: number, perPeriod: number, most = 1_000_000): void {
  assertArgument(
    periods * perPeriod <= most,
    "options.by",
    () =>
      `options.by gives ${periods} periods of ${perPeriod} cells, more than ${most} in all: pass a longer period or a shorter window`,
  );
}
