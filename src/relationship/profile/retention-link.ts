import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type Correlation, pearsonCorrelation } from "../../statistics/pearson-correlation.js";
import { logisticProbability } from "../../statistics/regression/logistic-probability.js";
import {
  type LogisticRegression,
  logisticRegression,
} from "../../statistics/regression/logistic-regression.js";
import {
  type ProbabilityCalibration,
  probabilityCalibration,
} from "../../statistics/regression/probability-calibration.js";
import { type RocAuc, rocAuc } from "../../statistics/regression/roc-auc.js";
import { spearmanCorrelation } from "../../statistics/spearman-correlation.js";

/** Scores of customers, and who stayed; a place in each column for each customer. */
export interface RetentionLinkData {
  /** Whether they stayed after the scores were taken: booleans, 0 and 1; `null` or `NaN`: not known. */
  readonly retained: ArrayLike<boolean | number | null>;
  /** Scores by name, in any units; `null` or `NaN`: not known. */
  readonly scores: Readonly<Record<string, ArrayLike<number | null>>>;
  /** Customers that are kept out of the fit and judge it; absent: none. */
  readonly holdout?: readonly boolean[] | undefined;
}

/** One score and retention, without regard to the others. */
export interface ScoreLink {
  /** Which score. */
  readonly score: string;
  /** In a straight line: the point-biserial correlation. */
  readonly pearson: Correlation;
  /** By rank. */
  readonly spearman: Correlation;
  /** How well it alone tells who stays from who leaves. */
  readonly auc: RocAuc;
  /** Customers with score and outcome. */
  readonly n: number;
  /** Customers without one of them. */
  readonly missing: number;
}

/** How scores and retention go together. */
export interface RetentionLink {
  /** Each score for itself, over all customers with it. */
  readonly scores: readonly ScoreLink[];
  /** All scores together, over the customers that have all and are not held out. */
  readonly regression: LogisticRegression;
  /** On whom the two below judge the regression: held-out customers, or those it was fitted to, who flatter it. */
  readonly judgedOn: "holdout" | "fitted";
  /** How well its probabilities tell who stays; `null` without a fit. */
  readonly auc: RocAuc | null;
  /** Probabilities against shares; `null` without a fit. On the fitted, intercept and slope are 0 and 1 by construction. */
  readonly calibration: ProbabilityCalibration | null;
}

/**
 * Do satisfaction, commitment and bonds go with staying, each alone and all together?
 *
 * An association, no effect: what raises a score need not raise retention. Take the scores before the period in which staying is
 * looked at, or they know the outcome. Scores that say the same (satisfaction and trust often do) share their weight, and
 * neither may seem to matter.
 *
 * @param data - Columns of retention and scores, and who is held out.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns Correlations and AUC by score with n, the logistic regression, and how good it is.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when columns have different lengths or there is no score; `INVALID_ROWS` when
 *   an outcome is no yes or no or a score is infinite.
 * @example
 * ```ts
 * import { retentionLink } from "clientele";
 *
 * const link = retentionLink({
 *   retained: [1, 1, 0, 1, 0, 0, 1, null],
 *   scores: { satisfaction: [80, 90, 40, 30, 50, 20, null, 70] },
 * });
 * link.scores[0]?.n; // => 6
 * link.scores[0]?.auc.value; // ~> 0.7777777777777778
 * link.regression.dropped; // => 2
 * ```
 */
export function retentionLink(data: RetentionLinkData, options: ConfidenceOptions = {}): RetentionLink {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { retained, scores, holdout } = checked(data);
  const place = Array.from({ length: retained.length }, (_, row) => row);
  const isHeldOut = (row: number): boolean => holdout?.[row] === true;
  const fittedRows = place.filter((row) => !isHeldOut(row));
  const regression = logisticRegression(picked(retained, scores, fittedRows), { confidenceLevel });
  const judges = holdout === undefined ? fittedRows : place.filter(isHeldOut);
  const judging = picked(retained, scores, judges);
  const probability = regression.converged ? logisticProbability(regression, judging.covariates) : null;
  return {
    scores: Object.entries(scores).map(([score, column]) => linkOf(score, column, retained, confidenceLevel)),
    regression,
    judgedOn: holdout === undefined ? "fitted" : "holdout",
    auc: probability && rocAuc(probability, judging.outcome, { confidenceLevel }),
    calibration: probability && probabilityCalibration(probability, judging.outcome, { confidenceLevel }),
  };
}

function linkOf(
  score: string,
  column: ArrayLike<number | null>,
  retained: ArrayLike<boolean | number | null>,
  confidenceLevel: number,
): ScoreLink {
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < retained.length; row++) {
    const [value, stayed] = [column[row], retained[row]];
    if (value === null || stayed === null || Number.isNaN(value) || Number.isNaN(stayed)) continue;
    x.push(value);
    y.push(Number(stayed));
  }
  return {
    score,
    pearson: pearsonCorrelation(x, y, { confidenceLevel }),
    spearman: spearmanCorrelation(x, y, { confidenceLevel }),
    auc: rocAuc(x, y, { confidenceLevel }),
    n: x.length,
    missing: retained.length - x.length,
  };
}

function picked(
  retained: RetentionLinkData["retained"],
  scores: RetentionLinkData["scores"],
  rows: readonly number[],
): { outcome: (boolean | number | null)[]; covariates: Record<string, (number | null)[]> } {
  return {
    outcome: rows.map((row) => retained[row]),
    covariates: Object.fromEntries(
      Object.entries(scores).map(([name, column]) => [name, rows.map((row) => column[row])]),
    ),
  };
}

function checked(data: RetentionLinkData): RetentionLinkData {
  assertOptions(data, "{ retained, scores }", "data");
  const { retained, scores, holdout } = data;
  assertColumn(retained, "data.retained", null);
  assertOptions(scores, "columns by name", "data.scores");
  for (const [name, column] of Object.entries(scores))
    assertColumn(column, `data.scores.${name}`, retained.length);
  if (holdout !== undefined) {
    assertColumn(holdout, "data.holdout", retained.length);
    const wrong = holdout.findIndex((value) => typeof value !== "boolean");
    assertArgument(
      wrong === -1,
      `data.holdout[${wrong}]`,
      () => `data.holdout[${wrong}] is ${shown(holdout[wrong])}: pass true or false`,
    );
  }
  return data;
}

function assertColumn(column: unknown, path: string, length: number | null): void {
  if (!(ArrayBuffer.isView(column) && "length" in column)) assertArray(column, path);
  const given = (column as ArrayLike<unknown>).length;
  assertArgument(
    length === null || given === length,
    path,
    () => `${path} holds ${given} values and data.retained ${length}: pass one for each customer`,
  );
}
