import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { studentTQuantile } from "../../statistics/student-t.js";
import { assertReached } from "../checked-rows.js";
import { type SurveyMean, surveyMean } from "./survey-mean.js";

/** What a sample of customers gets and gives. */
export interface SurveyTotals {
  /** Benefit over the complete respondents. */
  readonly benefit: SurveyMean;
  /** Sacrifice over the same. */
  readonly sacrifice: SurveyMean;
  /** Net value over the same. */
  readonly net: SurveyMean;
  /** Mean benefit for each unit of mean sacrifice, over the same: not the mean of their ratios. */
  readonly ratio: Rate;
  /** Where that ratio plausibly lies (delta method on its logarithm, Student's t); `null` with fewer than 2 or a mean not above 0. */
  readonly ratioInterval: Interval | null;
}

/** Benefit and sacrifice of each respondent; both NaN where the respondent is not complete. @internal */
export interface RespondentTotals {
  readonly benefit: Float64Array;
  readonly sacrifice: Float64Array;
}

/** Means, ratio and intervals over the complete respondents; `nobody` says what none of them did. @internal */
export function surveyTotals(
  totals: RespondentTotals,
  nets: Float64Array,
  confidenceLevel: number,
  nobody: string,
): SurveyTotals {
  const meanOf = (values: Float64Array, what: string): SurveyMean => {
    const found = surveyMean(values, confidenceLevel, nobody);
    assertReached(found.mean ?? 0, "items", `a mean ${what}`);
    assertReached(found.sd ?? 0, "items", `a spread of the ${what}`);
    return found;
  };
  const benefit = meanOf(totals.benefit, "benefit");
  const sacrifice = meanOf(totals.sacrifice, "sacrifice");
  return {
    benefit,
    sacrifice,
    net: meanOf(nets, "net value"),
    ratio:
      benefit.mean === null || sacrifice.mean === null
        ? { value: null, numerator: 0, denominator: 0, reason: nobody }
        : ratio(benefit.mean, sacrifice.mean, "mean sacrifice"),
    ratioInterval: ratioInterval(benefit, sacrifice, totals, confidenceLevel),
  };
}

/** Values as a table shows them: `null` where there is none. @internal */
export function shownValues(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value + 0));
}

/** Delta method on log(mean benefit / mean sacrifice), both of the same respondents. */
function ratioInterval(
  { mean: over, sd: overSd, n }: SurveyMean,
  { mean: under, sd: underSd }: SurveyMean,
  totals: RespondentTotals,
  confidenceLevel: number,
): Interval | null {
  if (over === null || under === null || overSd === null || underSd === null) return null;
  if (!(over > 0 && under > 0)) return null;
  let products = 0;
  for (let i = 0; i < totals.benefit.length; i++) {
    const product = (totals.benefit[i] - over) * (totals.sacrifice[i] - under);
    if (!Number.isNaN(product)) products += product;
  }
  const covariance = products / (n - 1);
  const variance = (overSd / over) ** 2 + (underSd / under) ** 2 - (2 * covariance) / (over * under);
  const critical = studentTQuantile((1 - confidenceLevel) / 2, n - 1, { tail: "upper" });
  const half = critical * Math.sqrt(Math.max(0, variance) / n);
  const value = over / under;
  return { lower: value * Math.exp(-half), upper: value * Math.exp(half), confidenceLevel };
}
