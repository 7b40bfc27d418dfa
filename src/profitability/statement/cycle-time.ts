import { type CaseDurations, type CaseTimeOptions, type CaseTimes, caseDurations } from "./case-times.js";

/**
 * How long does a case take from its opening to its end, those counted in that are still open?
 *
 * Open cases are censored at `asOf` (Kaplan & Meier 1958). Hours run by the clock; business hours are not known here.
 *
 * @param cases - Rows `{ openedAt, closedAt? }`.
 * @param options - `asOf`, `timeZone` of civil days, `confidenceLevel` of the limits.
 * @returns Median and 90th percentile in hours with their limits, and the curve.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row has no opening or something before it; `INVALID_ARGUMENT`,
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { cycleTime } from "clientele";
 *
 * const { median, ninetieth } = cycleTime(
 *   [
 *     { openedAt: "2024-03-01T09:00Z", closedAt: "2024-03-02T09:00Z" },
 *     { openedAt: "2024-03-01T09:00Z", closedAt: "2024-03-03T09:00Z" },
 *     { openedAt: "2024-03-01T09:00Z" },
 *   ],
 *   { asOf: "2024-03-05" },
 * );
 * [median.value, ninetieth.value]; // => [48, null]
 * ```
 */
export function cycleTime(cases: readonly CaseTimes[], options: CaseTimeOptions): CaseDurations {
  return caseDurations(cases, options, "closedAt");
}
