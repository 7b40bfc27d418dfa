import type { Interval } from "../../core/interval.js";
import { roundingOf } from "../../core/kpi.js";
import { criticalZ } from "../../statistics/confidence.js";
import { fisherExact } from "../../statistics/fisher-exact.js";
import { regularizedBeta } from "../../statistics/incomplete-beta.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { studentTCdf, studentTQuantile } from "../../statistics/student-t.js";
import { twoProportionTest } from "../../statistics/two-proportion-test.js";
import { npsDifference } from "./nps.js";

/** Which test of change was made. */
export type ChangeTest = "welch" | "twoProportion" | "fisher" | "unpooledZ" | "pairedT" | "mcnemar";

/** What a test of change says. @internal */
export interface TestedChange {
  readonly test: ChangeTest;
  readonly difference: number | null;
  readonly interval: Interval | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

/** Means of different respondents (Welch 1947): variances need not be alike. @internal */
export function welchChange(
  before: Float64Array,
  after: Float64Array,
  confidenceLevel: number,
): TestedChange {
  const [first, second] = [meanEstimate(before, confidenceLevel), meanEstimate(after, confidenceLevel)];
  if (first.mean === null || second.mean === null)
    return nothing("welch", null, `the ${first.mean === null ? "first" : "second"} wave has no answers`);
  const difference = second.mean - first.mean;
  if (first.standardError === null || second.standardError === null)
    return nothing("welch", difference, "a wave has 1 answer, the test needs 2 of each");
  const standardError = Math.hypot(first.standardError, second.standardError);
  if (isRounding(standardError, before, after))
    return nothing("welch", difference, "nothing varies within the waves");
  // Shares of the variance: its square can be too small for a double.
  const [earlier, later] = [first.standardError, second.standardError].map(
    (error) => (error / standardError) ** 2,
  );
  const freedom = 1 / (earlier ** 2 / (first.n - 1) + later ** 2 / (second.n - 1));
  return byStudent("welch", difference, standardError, freedom, confidenceLevel);
}

/** Mean change of the same respondents. @internal */
export function pairedChange(
  before: Float64Array,
  after: Float64Array,
  confidenceLevel: number,
): TestedChange {
  const changes = new Float64Array(after.length);
  for (let i = 0; i < changes.length; i++) changes[i] = after[i] - before[i];
  const { n, mean, standardError } = meanEstimate(changes, confidenceLevel);
  if (mean === null) return nothing("pairedT", null, "no respondent answered in both waves");
  if (standardError === null)
    return nothing("pairedT", mean, "1 respondent answered in both waves, the test needs 2");
  // 3.1 - 3 and 4.1 - 4 differ by rounding alone.
  if (isRounding(standardError, before, after))
    return nothing("pairedT", mean, "every respondent changed alike, nothing varies");
  return byStudent("pairedT", mean, standardError, n - 1, confidenceLevel);
}

/**
 * Shares of different respondents; values are 1 and 0. Where a count is below 5 the normal curve is no match for the counts, and
 * the p-value is that of Fisher's exact test; the interval (Newcombe 1998) holds its level there.
 *
 * @internal
 */
export function shareChange(
  before: Float64Array,
  after: Float64Array,
  confidenceLevel: number,
): TestedChange {
  const [earlier, later] = [before, after].map((values) => ({
    successes: countOf(values, 1),
    trials: values.length,
  }));
  const tested = twoProportionTest(later, earlier, { confidenceLevel });
  const { difference, interval, pValue } = tested;
  if (difference === null) return nothing("twoProportion", null, "a wave has no answers");
  if (pValue === null) return { test: "twoProportion", difference, interval, pValue, reason: tested.reason };
  const fewest = Math.min(
    ...[earlier, later].flatMap(({ successes, trials }) => [successes, trials - successes]),
  );
  return fewest < FEW
    ? { test: "fisher", difference, interval, pValue: fisherExact(later, earlier).pValue, reason: null }
    : { test: "twoProportion", difference, interval, pValue, reason: null };
}

/** From so many successes and failures of each group on, the z test will do. */
const FEW = 5;

/**
 * Shares of the same respondents: the exact test of McNemar (1947) over those who changed sides, and the interval of Bonett &
 * Price (2012).
 *
 * @internal
 */
export function pairedShareChange(
  before: Float64Array,
  after: Float64Array,
  confidenceLevel: number,
): TestedChange {
  const n = before.length;
  if (n === 0) return nothing("mcnemar", null, "no respondent answered in both waves");
  let [gained, lost] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (after[i] > before[i]) gained++;
    else if (after[i] < before[i]) lost++;
  }
  const [more, less] = [(gained + 1) / (n + 2), (lost + 1) / (n + 2)];
  const error = Math.sqrt((more + less - (more - less) ** 2) / (n + 2));
  const margin = criticalZ(confidenceLevel) * error;
  const interval = {
    lower: Math.max(-1, more - less - margin),
    upper: Math.min(1, more - less + margin),
    confidenceLevel,
  };
  const difference = (gained - lost) / n;
  const changed = gained + lost;
  if (changed === 0)
    return { test: "mcnemar", difference, interval, pValue: null, reason: "pValue: nobody changed sides" };
  const fewer = Math.min(gained, lost);
  // P(X <= k) of a binomial with p = 1/2.
  const tail = regularizedBeta(0.5, changed - fewer, fewer + 1);
  return { test: "mcnemar", difference, interval, pValue: Math.min(1, 2 * tail), reason: null };
}

/** Net Promoter Scores of different respondents, in points; values are 100, 0 and -100. @internal */
export function promoterChange(
  before: Float64Array,
  after: Float64Array,
  confidenceLevel: number,
): TestedChange {
  const counted = (values: Float64Array) => {
    const count = (wanted: number) => countOf(values, wanted);
    return { promoters: count(100), passives: count(0), detractors: count(-100) };
  };
  const { difference, interval, pValue, reason } = npsDifference(counted(after), counted(before), {
    confidenceLevel,
  });
  if (difference === null) return nothing("unpooledZ", null, "a wave has no answers");
  return { test: "unpooledZ", difference, interval, pValue, reason: pValue === null ? reason : null };
}

function byStudent(
  test: ChangeTest,
  difference: number,
  standardError: number,
  freedom: number,
  confidenceLevel: number,
): TestedChange {
  const margin = -studentTQuantile((1 - confidenceLevel) / 2, freedom) * standardError;
  const pValue = Math.min(1, 2 * studentTCdf(-Math.abs(difference / standardError), freedom));
  const interval = { lower: difference - margin, upper: difference + margin, confidenceLevel };
  return { test, difference, interval, pValue, reason: null };
}

function nothing(test: ChangeTest, difference: number | null, reason: string): TestedChange {
  return { test, difference, interval: null, pValue: null, reason };
}

/** Whether a standard error is no more than what rounding leaves of answers that are this large. */
function isRounding(standardError: number, before: Float64Array, after: Float64Array): boolean {
  const widest = (values: Float64Array) => {
    let most = 0;
    for (const value of values) most = Math.max(most, Math.abs(value));
    return most;
  };
  return standardError <= roundingOf(widest(before), widest(after));
}

/** How many of the numbers are the one that is wanted. @internal */
export function countOf(values: Float64Array, wanted: number): number {
  let count = 0;
  for (const value of values) if (value === wanted) count++;
  return count;
}
