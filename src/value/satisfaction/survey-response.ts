import { assertArgument, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { chiSquareCdf } from "../../statistics/chi-square.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";

/** How many of one group were asked, and how many answered. */
export interface SurveyedGroup {
  /** Which group: a segment, a tier, a region. */
  readonly group: string;
  /** How many were asked to answer. */
  readonly invited: number;
  /** How many answered. */
  readonly responded: number;
  /** How many of the invited turned out not to belong (closed accounts, wrong people); default 0. They do not count as silent. */
  readonly ineligible?: number | undefined;
}

/** Response of one group, or of all. */
export interface GroupResponse {
  /** How many were asked. */
  readonly invited: number;
  /** How many of them belong. */
  readonly eligible: number;
  /** How many answered. */
  readonly responded: number;
  /** How many belong and did not answer. */
  readonly silent: number;
  /** Responded among the eligible, 0 to 1. */
  readonly rate: Rate;
  /** Of the rate (Wilson 1927); `null` when nobody is eligible. */
  readonly interval: Interval | null;
}

/** Response of one group among the others. */
export interface SurveyedGroupResponse extends GroupResponse {
  /** Which group. */
  readonly group: string;
  /** Its share of all eligible. */
  readonly shareOfEligible: Rate;
  /** Its share of all who answered. */
  readonly shareOfRespondents: Rate;
  /**
   * Share of eligible over share of respondents: above 1, the group is heard too little, and its answers would have to count so many
   * times to make up for it; `null` when nobody of it answered.
   */
  readonly weight: number | null;
}

/** Who answered a survey and who did not. */
export interface SurveyResponse {
  /** All groups together. */
  readonly total: GroupResponse;
  /** In the order of the input. */
  readonly groups: readonly SurveyedGroupResponse[];
  /** Pearson's chi-squared test that all groups answer at one rate. */
  readonly test: {
    /** `null` when undefined. */
    readonly chiSquare: number | null;
    /** Groups with anybody eligible, less 1. */
    readonly degreesOfFreedom: number;
    /** Chance of rates at least this different if all were one; `null` when undefined. */
    readonly pValue: number | null;
    /** Why it is undefined, or that expected counts are below 5, so that the p-value is rough; `null` otherwise. */
    readonly note: string | null;
  };
}

/**
 * Who answered our survey, who did not, and does that differ by group?
 *
 * The rate is respondents among the eligible invited, those of unknown eligibility counted in. A large sample does not make up
 * for a silent group: weights show how much each is under-heard, and repair a mean only as far as those who answered speak for the
 * silent of their own group.
 *
 * @param groups - Invited and respondents by group, each group once.
 * @param options - `confidenceLevel`.
 * @returns Rates with intervals for all and by group, shares, weights, and a test that rates are alike.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a count is not whole, more answered than were eligible, or a group comes
 * twice; `INVALID_ARGUMENT` when there is no group.
 * @example
 * ```ts
 * import { surveyResponse } from "clientele";
 *
 * const { total, groups } = surveyResponse([
 *   { group: "large", invited: 100, responded: 60 },
 *   { group: "small", invited: 310, responded: 60, ineligible: 10 },
 * ]);
 * total.rate; // => { value: 0.3, numerator: 120, denominator: 400, reason: null }
 * groups.map(({ weight }) => weight); // => [0.5, 1.5]
 * ```
 */
export function surveyResponse(
  groups: readonly SurveyedGroup[],
  options: ConfidenceOptions = {},
): SurveyResponse {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  assertGroups(groups);
  const sum = (field: "invited" | "responded" | "ineligible") =>
    groups.reduce((total, group) => total + (group[field] ?? 0), 0);
  const all = { invited: sum("invited"), responded: sum("responded"), ineligible: sum("ineligible") };
  const total = responseOf(all, confidenceLevel);
  return {
    total,
    groups: groups.map((group) => {
      const response = responseOf(group, confidenceLevel);
      const shareOfEligible = ratio(response.eligible, total.eligible, "eligible invited");
      const shareOfRespondents = ratio(response.responded, total.responded, "respondents");
      const isHeard = response.responded > 0 && shareOfEligible.value !== null;
      const weight = isHeard
        ? (response.eligible * total.responded) / (total.eligible * response.responded)
        : null;
      return { group: group.group, ...response, shareOfEligible, shareOfRespondents, weight };
    }),
    test: homogeneity(groups, total),
  };
}

function responseOf(
  { invited, responded, ineligible = 0 }: Omit<SurveyedGroup, "group">,
  confidenceLevel: number,
): GroupResponse {
  const eligible = invited - ineligible;
  return {
    invited,
    eligible,
    responded,
    silent: eligible - responded,
    rate: ratio(responded, eligible, "eligible invited"),
    interval: eligible === 0 ? null : wilsonInterval(responded, eligible, { confidenceLevel }),
  };
}

function homogeneity(groups: readonly SurveyedGroup[], total: GroupResponse): SurveyResponse["test"] {
  const counted = groups
    .map(({ invited, responded, ineligible = 0 }) => ({ eligible: invited - ineligible, responded }))
    .filter(({ eligible }) => eligible > 0);
  const degreesOfFreedom = Math.max(0, counted.length - 1);
  const undefinedBecause =
    counted.length < 2
      ? "the test needs 2 groups with anybody eligible"
      : total.responded === 0
        ? "nobody answered"
        : total.silent === 0
          ? "everybody answered"
          : null;
  if (undefinedBecause !== null)
    return { chiSquare: null, degreesOfFreedom, pValue: null, note: undefinedBecause };
  const share = total.responded / total.eligible;
  let chiSquare = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (const { eligible, responded } of counted) {
    const expected = eligible * share;
    chiSquare += (responded - expected) ** 2 / expected + (responded - expected) ** 2 / (eligible - expected);
    fewest = Math.min(fewest, expected, eligible - expected);
  }
  const pValue = chiSquareCdf(chiSquare, degreesOfFreedom, { tail: "upper" });
  const note = fewest < 5 ? `an expected count is ${fewest.toFixed(1)}, below 5: the p-value is rough` : null;
  return { chiSquare, degreesOfFreedom, pValue, note };
}

function assertGroups(groups: unknown): void {
  assertArgument(
    Array.isArray(groups) && groups.length > 0,
    "groups",
    () => "groups is no array with one group or more: pass { group, invited, responded } for each",
  );
  const seen = new Set<unknown>();
  const problems: RowProblem[] = [];
  for (const [row, given] of (groups as readonly unknown[]).entries()) {
    const { group, invited, responded, ineligible = 0 } = Object(given) as Partial<SurveyedGroup>;
    const isText = typeof group === "string" && group !== "";
    if (!isText)
      problems.push({ row, field: "group", reason: "is not text that is not empty", value: group });
    else if (seen.size === seen.add(group).size)
      problems.push({ row, field: "group", reason: "comes a second time", value: group });
    const before = problems.length;
    for (const [field, value] of Object.entries({ invited, responded, ineligible }))
      if (!Number.isSafeInteger(value) || (value ?? -1) < 0)
        problems.push({ row, field, reason: "is not a whole number of 0 or more", value });
    if (problems.length > before || invited === undefined || responded === undefined) continue;
    if (ineligible > invited)
      problems.push({
        row,
        field: "ineligible",
        reason: `is more than the ${invited} invited`,
        value: ineligible,
      });
    else if (responded > invited - ineligible)
      problems.push({
        row,
        field: "responded",
        reason: `is more than the ${invited - ineligible} eligible`,
        value: responded,
      });
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "groups");
}
