import { type CaseDurations, type CaseTimeOptions, type CaseTimes, caseDurations } from "./case-times.js";

/**
 * How long do customers wait for a first answer, those counted in that still wait?
 *
 * A mean of the answered cases alone is too short: the longest waits are not over. Cases that wait, or were closed without an
 * answer, are censored (Kaplan & Meier 1958). Hours run by the clock; business hours are not known here.
 *
 * @param cases - Rows `{ openedAt, firstResponseAt?, closedAt? }`.
 * @param options - `asOf`, `timeZone` of civil days, `confidenceLevel` of the limits.
 * @returns Median and 90th percentile in hours with their limits, and the curve.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a row has no opening or something before it; `INVALID_ARGUMENT`,
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { firstResponseTime } from "clientele";
 *
 * const { median, waiting } = firstResponseTime(
 *   [
 *     { openedAt: "2024-03-01T09:00Z", firstResponseAt: "2024-03-01T10:00Z" },
 *     { openedAt: "2024-03-01T09:00Z", firstResponseAt: "2024-03-01T12:00Z" },
 *     { openedAt: "2024-03-01T09:00Z" },
 *   ],
 *   { asOf: "2024-03-02" },
 * );
 * [median.value, waiting]; // => [3, 1]
 * ```
 */
export function firstResponseTime(cases: readonly CaseTimes[], options: CaseTimeOptions): CaseDurations {
  return caseDurations(cases, options, "firstResponseAt");
}
