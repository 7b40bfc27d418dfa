import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";
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
import { isFiniteNumber } from "../../value/checked-rows.js";

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
  /** In a straight line: the point-biserial correlation. Its interval is rough, for a yes or no is nothing like normal. */
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
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when columns have different lengths or there is no score; `INVALID_ROWS` with
 *   the place in `data` when `retained` is no yes or no or a score is no finite number.
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
  const all = { outcome: retained, covariates: scores };
  const fittedTo = holdout === undefined ? all : picked(retained, scores, (row) => !holdout[row]);
  const regression = logisticRegression(fittedTo, { confidenceLevel });
  const judging = holdout === undefined ? all : picked(retained, scores, (row) => holdout[row]);
  const probability = regression.converged ? logisticProbability(regression, judging.covariates) : null;
  return {
    scores: Object.entries(scores).map(([score, column]) => linkOf(score, column, retained, confidenceLevel)),
    regression,
    judgedOn: holdout === undefined ? "fitted" : "holdout",
    auc: probability && rocAuc(probability, judging.outcome, { confidenceLevel }),
    calibration: probability && probabilityCalibration(probability, judging.outcome, { confidenceLevel }),
  };
}

/** Columns with NaN for what is not known. */
interface KnownColumns {
  readonly retained: Float64Array;
  readonly scores: Readonly<Record<string, Float64Array>>;
  readonly holdout: readonly boolean[] | undefined;
}

function linkOf(
  score: string,
  column: Float64Array,
  retained: Float64Array,
  confidenceLevel: number,
): ScoreLink {
  const [x, y] = knownPairs(column, retained);
  return {
    score,
    pearson: pearsonCorrelation(x, y, { confidenceLevel }),
    spearman: spearmanCorrelation(x, y, { confidenceLevel }),
    auc: rocAuc(x, y, { confidenceLevel }),
    n: x.length,
    missing: retained.length - x.length,
  };
}

/** The pairs of which both are known: the columns themselves where all are. */
function knownPairs(
  column: Float64Array,
  retained: Float64Array,
): readonly [x: Float64Array, y: Float64Array] {
  const [x, y] = [new Float64Array(column.length), new Float64Array(column.length)];
  let n = 0;
  for (let row = 0; row < column.length; row++) {
    if (Number.isNaN(column[row]) || Number.isNaN(retained[row])) continue;
    x[n] = column[row];
    y[n++] = retained[row];
  }
  return n === column.length ? [column, retained] : [x.subarray(0, n), y.subarray(0, n)];
}

function picked(
  retained: KnownColumns["retained"],
  scores: KnownColumns["scores"],
  isPicked: (row: number) => boolean,
): { readonly outcome: Float64Array; readonly covariates: KnownColumns["scores"] } {
  const pick = (column: Float64Array): Float64Array => column.filter((_, row) => isPicked(row));
  return { outcome: pick(retained), covariates: mapped(scores, (column) => pick(column)) };
}

function checked(data: RetentionLinkData): KnownColumns {
  assertOptions(data, "{ retained, scores }", "data");
  const { retained, scores, holdout } = data;
  assertColumn(retained, "data.retained", null);
  assertOptions(scores, "columns by name", "data.scores");
  assertArgument(
    Object.keys(scores).length > 0,
    "data.scores",
    () => "data.scores has no score: pass at least one column",
  );
  for (const [name, column] of Object.entries(scores))
    assertColumn(column, `data.scores.${name}`, retained.length);
  if (holdout !== undefined) assertHoldout(holdout, retained.length);
  const faults = noFaults();
  const known = {
    retained: knownColumn(retained, "retained", faults, isYesOrNo, "is not true, false, 1, 0 or null"),
    scores: mapped(scores, (column, name) =>
      knownColumn(column, `scores.${name}`, faults, isFiniteNumber, "is not a finite number or null"),
    ),
    holdout,
  };
  assertNoFaults(faults, "data");
  return known;
}

function knownColumn(
  column: ArrayLike<unknown>,
  field: string,
  faults: RowFaults,
  isTaken: (value: unknown) => boolean,
  reason: string,
): Float64Array {
  const known = new Float64Array(column.length).fill(Number.NaN);
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    if (value === null || Number.isNaN(value)) continue;
    if (isTaken(value)) known[row] = Number(value);
    else noteFault(faults, { row, field, reason, value });
  }
  return known;
}

function isYesOrNo(value: unknown): boolean {
  return value === true || value === false || value === 1 || value === 0;
}

function mapped<From, To>(
  columns: Readonly<Record<string, From>>,
  to: (column: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, to(column, name)]));
}

function assertHoldout(holdout: readonly boolean[], length: number): void {
  assertColumn(holdout, "data.holdout", length);
  const wrong = holdout.findIndex((value) => typeof value !== "boolean");
  assertArgument(
    wrong === -1,
    `data.holdout[${wrong}]`,
    () => `data.holdout[${wrong}] is ${shown(holdout[wrong])}: pass true or false`,
  );
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
