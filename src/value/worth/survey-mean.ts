import type { Interval } from "../../core/interval.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";

/** A mean over respondents, with how sure it is. */
export interface SurveyMean {
  /** Number of respondents. */
  readonly n: number;
  /** Their mean; `null` when nobody answered. */
  readonly mean: number | null;
  /** Standard deviation with n - 1; `null` with fewer than 2. */
  readonly sd: number | null;
  /** Where the mean of all customers plausibly lies, by Student's t; `null` with fewer than 2. */
  readonly interval: Interval | null;
  /** Why fields are `null`; `null` where none is. */
  readonly reason: string | null;
}

/** Mean, spread and interval of what is not NaN; `nobody` is the reason where nothing is. @internal */
export function surveyMean(
  values: ArrayLike<number>,
  confidenceLevel: number,
  nobody = "nobody answered",
): SurveyMean {
  const { n, mean, sd, interval } = meanEstimate(values, confidenceLevel);
  const reason = n === 0 ? nobody : n === 1 ? "one respondent has no spread" : null;
  return { n, mean, sd, interval, reason };
}
