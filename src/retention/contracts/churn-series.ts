import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { placedPeriods } from "../rates/complete-periods.js";
import { type ChurnOptions, type ChurnRate, churnOfWindows, contractRules } from "./churn-rate.js";
import type { RenewableContract } from "./contract-terms.js";

/** Into which periods time is cut, and by which rules churn is measured. */
export interface ChurnSeriesOptions extends ChurnOptions, Pick<PeriodOptions, "weekStartsOn" | "firstMonth"> {
  /** `"month"`, `"year"` ..., or `{ days, anchor }`; a financial year is `"year"` with its `firstMonth`. */
  readonly by: PeriodSpec;
}

/** The churn of one period of the calendar. */
export interface PeriodChurn extends ChurnRate {
  /** What happened in it is counted; its label names the point. */
  readonly window: Period;
}

/**
 * How does churn develop from period to period?
 *
 * Each point is {@link churnRate} of one period, all from one pass over the contracts. The series begins with the period
 * in which the first contract that counts began (nobody was active at its start, so it has no classic rate) and ends with
 * the last period that is over at `asOf`. The customers active at the end of a point are those active at the start of the
 * next.
 *
 * @param contracts - Contracts or `Subscription` records, as {@link churnRate} takes them.
 * @param options - `by`, `firstMonth` of the year (default 1), `weekStartsOn` (default 1, Monday), and those of
 * {@link churnRate} but `window`.
 * @returns One point for each complete period, in order; none when the first has not ended at `asOf`.
 * @throws {@link ClienteleError} as {@link churnRate}.
 * @example
 * ```ts
 * import { churnSeries } from "clientele";
 *
 * const contracts = [
 *   { customerId: "ani", startAt: "2024-01-15", endAt: "2024-03-10" },
 *   { customerId: "budi", startAt: "2024-01-20" },
 *   { customerId: "citra", startAt: "2024-02-05", endAt: "2024-02-25" },
 * ];
 * const series = churnSeries(contracts, { asOf: "2024-04-15", by: "month" });
 * series.map(({ window, churn }) => [window.label, churn.value]); // => [["2024-01", null], ["2024-02", 0], ["2024-03", 0.5]]
 * ```
 */
export function churnSeries<Contract extends RenewableContract>(
  contracts: readonly Contract[],
  options: ChurnSeriesOptions,
): PeriodChurn[] {
  const rules = contractRules(options);
  const { by, weekStartsOn, firstMonth } = options;
  const calendar = { timeZone: rules.timeZone, weekStartsOn, firstMonth };
  return churnOfWindows(contracts, options, rules, (firstAt) => {
    const { count, at, placeOf } = placedPeriods(firstAt, rules.asOf, by, calendar);
    // What has no end known yet comes after all periods.
    const placeUpToEnd = (instant: number) =>
      instant === Number.POSITIVE_INFINITY ? count : Math.min(count, placeOf(instant));
    return { count, at, placeOf: placeUpToEnd };
  });
}
