import { assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type Correlation, pearsonCorrelation } from "../../statistics/pearson-correlation.js";
import { pompOf } from "../../statistics/scales/scale-definition.js";
import { assertReached, checkRows, isFiniteNumber, uniqueId } from "../checked-rows.js";
import { type ReadReports, readReports } from "./read-reports.js";
import { type SurveyTotals, shownValues, surveyTotals } from "./survey-totals.js";
import type { RespondentValueColumns } from "./surveyed-value.js";
import type { ValueItems, ValueSide } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";
import type { ValueUnit } from "./weigh-items.js";

/** How reports are brought together. */
export interface SelfReportedValueOptions extends CustomerValueOptions, ConfidenceOptions {
  /** As for {@link customerValue}, but by default `"mean"`: sums grow with the number of items that one names. */
  readonly combine?: "sum" | "mean" | undefined;
}

/** What one customer says of their own benefits and sacrifices, with weights of their own. */
export interface ValueReport extends ValueItems {
  /** Who; once. */
  readonly respondentId: string;
  /** Their answer to "all in all, how good is it for what you give?", on any scale that all share; absent or `null`: not asked or not answered. */
  readonly overall?: number | null | undefined;
}

/** A benefit or sacrifice that respondents named of their own accord. */
export interface ReportedItem {
  /** Which, as they name it. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** Respondents who name it, as a share of all. */
  readonly named: Rate;
  /** Mean score over those who name it, in `unit`. */
  readonly points: number;
  /** Mean share of its side's weights over those who name it and give that side any; `null` when nobody does. */
  readonly weightShare: number | null;
  /** Mean part of its side's total over the complete respondents, 0 for who does not name it; `null` when there are none. */
  readonly contribution: number | null;
}

/** Columns of the table of reports. */
export interface ReportedValueColumns extends RespondentValueColumns {
  /** Benefit; `null` for a respondent who is not complete. */
  readonly benefit: readonly (number | null)[];
  /** Sacrifice; the same. */
  readonly sacrifice: readonly (number | null)[];
  /** Benefit less sacrifice; the same. */
  readonly net: readonly (number | null)[];
  /** Their overall answer; `null`: none. */
  readonly overall: readonly (number | null)[];
}

/** What customers report, and whether their parts agree with their whole. */
export interface SelfReportedValue extends SurveyTotals {
  /** Number of reports. */
  readonly respondents: number;
  /** Those in the totals: with `combine: "mean"` who names a benefit and a sacrifice with a weight above 0, otherwise all. */
  readonly complete: number;
  /** What totals are counted in. */
  readonly unit: ValueUnit;
  /** Whether each side is a sum or a weighted mean. */
  readonly combine: "sum" | "mean";
  /** What is named, the most often named first. */
  readonly items: readonly ReportedItem[];
  /** How net value and overall answer move together, over those who have both: low means that the items miss something. */
  readonly agreement: Correlation;
  /** By respondent, in the order of the input; {@link customerValue} of a report says what it is made of. */
  readonly values: Table<ReportedValueColumns>;
}

/**
 * What do customers say for themselves that they get and give, and does it add up to what they think of the whole?
 *
 * Unlike {@link surveyedValue}, each names items and weights of their own. Sums then grow with the number of items named and
 * with the size of the weights, so the default here is `combine: "mean"`. A mean of nothing is not 0: who names no benefit, or
 * no sacrifice, is shown and left out of the totals. All are in one unit: POMP as soon as any two scales differ.
 *
 * @param reports - One for each respondent: benefits, sacrifices, overall answer.
 * @param options - The options of {@link customerValue} with `combine: "mean"` as default, and `confidenceLevel`.
 * @returns Means with intervals and n, what is named and how often, the correlation of net and overall answer, and each
 *   respondent's value.
 * @throws {@link ClienteleError} as {@link customerValue}, with the report in the path; `INVALID_ROWS` for a respondent who comes
 *   twice or an overall answer that is no number.
 * @example
 * ```ts
 * import { selfReportedValue } from "clientele";
 *
 * const report = (respondentId: string, service: number, overall: number) => ({
 *   respondentId,
 *   benefits: [{ id: "service", score: service, weight: 70 }, { id: "image", score: 5, weight: 30 }],
 *   sacrifices: respondentId === "d" ? [] : [{ id: "time", score: 4 }],
 *   overall,
 * });
 * const reports = [report("a", 5, 3), report("b", 8, 4), report("c", 10, 5), report("d", 9, 5)];
 * const { net, respondents, complete, items, agreement } = selfReportedValue(reports);
 * [respondents, complete, agreement.n]; // => [4, 3, 3]
 * net.mean; // ~> 2.8666666667
 * items.map(({ id, named }) => [id, named.value]); // => [["service", 1], ["image", 1], ["time", 0.75]]
 * ```
 */
export function selfReportedValue(
  reports: readonly ValueReport[],
  options: SelfReportedValueOptions = {},
): SelfReportedValue {
  assertOptions(options);
  const { combine = "mean", unit } = options;
  valueOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const checkId = uniqueId("respondentId");
  checkRows(reports, "reports", (row, report) => {
    checkId(row, report);
    const { overall = null } = row;
    if (overall !== null && !isFiniteNumber(overall))
      report("overall", "is not a finite number, or null", overall);
  });
  const read = readReports(reports, unit);
  const { totals, items, complete } = weighed(reports, read, combine);
  const nets = totals.benefit.map((benefit, i) => benefit - totals.sacrifice[i]);
  const both = reports.flatMap(({ overall = null }, i) =>
    overall === null || Number.isNaN(nets[i]) ? [] : [{ net: nets[i], overall }],
  );
  return {
    respondents: reports.length,
    complete,
    unit: read.unit,
    combine,
    ...surveyTotals(
      totals,
      nets,
      confidenceLevel,
      "nobody names both a benefit and a sacrifice with a weight",
    ),
    items,
    agreement: pearsonCorrelation(
      both.map(({ net }) => net),
      both.map(({ overall }) => overall),
      { confidenceLevel },
    ),
    values: table({
      respondentId: reports.map(({ respondentId }) => respondentId),
      benefit: shownValues(totals.benefit),
      sacrifice: shownValues(totals.sacrifice),
      net: shownValues(nets),
      overall: reports.map(({ overall = null }) => overall),
    }),
  };
}

const SIDES = ["benefits", "sacrifices"] as const;

/** Totals by respondent, and what each named item does to them. */
function weighed(
  reports: readonly ValueReport[],
  { unit, names, placeOf }: ReadReports,
  combine: "sum" | "mean",
) {
  const people = reports.length;
  const totals = { benefits: new Float64Array(people), sacrifices: new Float64Array(people) };
  const named = new Float64Array(names.length);
  const points = new Float64Array(names.length);
  const heard = new Float64Array(names.length);
  const shares = new Float64Array(names.length);
  const parts = new Float64Array(names.length);
  let complete = 0;
  let next = 0;
  for (let person = 0; person < people; person++) {
    const report = reports[person];
    const sums = { benefits: weightOf(report.benefits), sacrifices: weightOf(report.sacrifices) };
    assertHeld(sums.benefits + sums.sacrifices, person, "a sum of weights");
    const isComplete = combine === "sum" || (sums.benefits > 0 && sums.sacrifices > 0);
    if (isComplete) complete++;
    for (const side of SIDES) {
      let total = 0;
      for (const { score, scale, weight = 1 } of report[side]) {
        const place = placeOf[next++];
        const own = unit === "pomp" && scale !== undefined ? pompOf(score, scale) : score;
        named[place]++;
        points[place] += own;
        if (sums[side] > 0) {
          heard[place]++;
          shares[place] += weight / sums[side];
        }
        const part = (combine === "sum" ? weight : weight / sums[side]) * own;
        if (isComplete) parts[place] += part;
        total += part;
      }
      if (isComplete) assertHeld(total, person, "a total");
      totals[side][person] = isComplete ? total : Number.NaN;
    }
  }
  const items = names.map(
    ({ id, side }, i): ReportedItem => ({
      id,
      side,
      named: ratio(named[i], people, "reports"),
      points: assertReached(points[i], "reports", `a sum of scores on ${id}`) / named[i],
      weightShare: heard[i] === 0 ? null : shares[i] / heard[i],
      contribution: complete === 0 ? null : parts[i] / complete,
    }),
  );
  return {
    totals: { benefit: totals.benefits, sacrifice: totals.sacrifices },
    items: items.sort((a, b) => b.named.numerator - a.named.numerator),
    complete,
  };
}

/** Throws where a report has numbers that no sum can hold: a path is written then alone. */
function assertHeld(value: number, person: number, what: string): void {
  if (!Number.isFinite(value)) assertReached(value, `reports[${person}]`, what);
}

function weightOf(items: ValueItems["benefits"]): number {
  let sum = 0;
  for (const { weight = 1 } of items) sum += weight;
  return sum;
}
