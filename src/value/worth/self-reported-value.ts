import { assertOptions } from "../../core/assert.js";
import { confidenceLevelOf } from "../../statistics/confidence.js";
import { type Correlation, pearsonCorrelation } from "../../statistics/pearson-correlation.js";
import { checkRows, isFiniteNumber, uniqueId } from "../checked-rows.js";
import { type CustomerValue, valueOfItems } from "./customer-value.js";
import { type SurveyMean, surveyMean } from "./survey-mean.js";
import { assertValueItems, type ValueItems } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";
import { unitOfAll } from "./weigh-items.js";

/** How reports are brought together. */
export interface SelfReportedValueOptions extends CustomerValueOptions {
  /** Share of such intervals that hold the true value; default 0.95. */
  readonly confidenceLevel?: number;
}

/** What one customer says of their own benefits and sacrifices, with weights of their own. */
export interface ValueReport extends ValueItems {
  /** Who; once. */
  readonly respondentId: string;
  /** Their answer to "all in all, how good is it for what you give?", on any scale that all share; absent or `null`: not asked or not answered. */
  readonly overall?: number | null | undefined;
}

/** What customers report, and whether their parts agree with their whole. */
export interface SelfReportedValue {
  /** Each report in the order of the input. */
  readonly reports: readonly {
    /** Who. */
    readonly respondentId: string;
    /** Benefits against sacrifices, with their own weights. */
    readonly value: CustomerValue;
    /** Their overall answer; `null`: none. */
    readonly overall: number | null;
  }[];
  /** Net value over all reports. */
  readonly net: SurveyMean;
  /** How net value and overall answer move together, over those who gave one: low means that the items miss something. */
  readonly agreement: Correlation;
}

/**
 * What do customers say for themselves that they get and give, and does it add up to what they think of the whole?
 *
 * Unlike {@link surveyedValue}, each names items and weights of their own. Sums then grow with the number of items named and
 * with the size of the weights, so the default here is `combine: "mean"`. All are in one unit: POMP as soon as any two
 * scales differ.
 *
 * @param reports - One for each respondent: benefits, sacrifices, overall answer.
 * @param options - The options of {@link customerValue} with `combine: "mean"` as default, and `confidenceLevel`.
 * @returns Each respondent's value, the mean net, and the correlation of net and overall answer.
 * @throws {@link ClienteleError} as {@link customerValue}, with the report in the path; `INVALID_ROWS` for a respondent who comes
 *   twice or an overall answer that is no number.
 * @example
 * ```ts
 * import { selfReportedValue } from "clientele";
 *
 * const report = (respondentId: string, service: number, overall: number) => ({
 *   respondentId,
 *   benefits: [{ id: "service", score: service, weight: 70 }, { id: "image", score: 5, weight: 30 }],
 *   sacrifices: [{ id: "time", score: 4 }],
 *   overall,
 * });
 * const { reports, agreement } = selfReportedValue([report("a", 5, 3), report("b", 8, 4), report("c", 10, 5)]);
 * reports[0]?.value.net; // => 1
 * agreement.n; // => 3
 * ```
 */
export function selfReportedValue(
  reports: readonly ValueReport[],
  options: SelfReportedValueOptions = {},
): SelfReportedValue {
  assertOptions(options);
  valueOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const checkId = uniqueId("respondentId");
  checkRows(reports, "reports", (row, report) => {
    checkId(row, report);
    const { overall = null } = row;
    if (overall !== null && !isFiniteNumber(overall))
      report("overall", "is not a finite number, or null", overall);
  });
  reports.forEach((report, i) => {
    assertValueItems(report, `reports[${i}].`);
  });
  const items = reports.flatMap(({ benefits, sacrifices }) => [...benefits, ...sacrifices]);
  const { combine = "mean" } = options;
  const unit = unitOfAll(items, options.unit);
  const found = reports.map((report, i) => ({
    respondentId: report.respondentId,
    value: valueOfItems(report, { combine, unit }, `reports[${i}].`),
    overall: report.overall ?? null,
  }));
  const asked = found.flatMap(({ value, overall }) => (overall === null ? [] : [[value.net, overall]]));
  return {
    reports: found,
    net: surveyMean(
      found.map(({ value }) => value.net),
      confidenceLevel,
    ),
    agreement: pearsonCorrelation(
      asked.map(([net]) => net),
      asked.map(([, overall]) => overall),
      { confidenceLevel },
    ),
  };
}
