import { assertArgument, assertInteger, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import type { ZeroSpendOptions } from "../gamma-gamma/spend-histories.js";
import type { ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import type { PurchaseHistories } from "../models/purchase-histories.js";
import { assertTime, assertTransactionModel } from "../predictions/model-kernel.js";
import {
  predictLifetimeValue,
  type SpendingCustomers,
  type SpendPerPurchase,
} from "../predictions/predict-lifetime-value.js";
import { isOneCustomer, readCustomers } from "../predictions/read-customers.js";
import { type PredictionRunOptions, scoreRead } from "../predictions/score-customers.js";
import { type HoldoutErrors, holdoutErrors } from "./holdout-errors.js";
import { type HoldoutHistories, type HoldoutOptions, readHoldout, summarized } from "./holdout-histories.js";
import { holdoutLikelihood } from "./holdout-likelihood.js";
import { type RankingQuality, rankingQuality } from "./ranking-quality.js";

/** What the holdout is, and what to hold against it. */
export interface EvaluateLifetimeModelOptions extends HoldoutOptions, PredictionRunOptions, ZeroSpendOptions {
  /** What a purchase brings: then spends are evaluated too, and customers ranked by expected spend. Default: purchases alone. */
  readonly spend?: SpendPerPurchase | undefined;
  /** The last row of `byFrequency` holds customers with so many repeat purchases and more; default 7, 1 to 1000. */
  readonly upTo?: number | undefined;
  /** Groups of the ranking; default 10, deciles. */
  readonly groups?: number | undefined;
}

/** One row for each number of repeat purchases by T, the last for all from there on. */
export interface FrequencyCalibrationColumns {
  /** Repeat purchases by T: `"0"`, `"1"` to `"7+"`. */
  readonly frequency: readonly string[];
  /** Customers (weights summed). */
  readonly customers: readonly number[];
  /** Mean number of holdout purchases; `null` without customers. */
  readonly actual: readonly (number | null)[];
  /** Mean number that was expected; `null` without customers. */
  readonly expected: readonly (number | null)[];
}

/** How well a model foretold what it had not seen. */
export interface LifetimeEvaluation {
  /** Which model. */
  readonly model: TransactionModel["model"];
  /** Unit of times. */
  readonly unit: ModelTimeUnit;
  /** Length of the holdout period, in `unit`. */
  readonly horizon: number;
  /** Customers (weights summed). */
  readonly customers: number;
  /** Purchases in the holdout period. */
  readonly transactions: HoldoutErrors;
  /** Spend in the holdout period; `null` without `spend`. */
  readonly spend: HoldoutErrors | null;
  /**
   * The same of a forecast without a model: that each customer goes on at their own rate, x / T. A model that does not beat it
   * is of no use here.
   */
  readonly naive: HoldoutErrors;
  /** Actual and expected purchases by how often customers had bought before. */
  readonly byFrequency: Table<FrequencyCalibrationColumns>;
  /** Whether the best come first: by spend with `spend`, otherwise by purchases. */
  readonly ranking: RankingQuality;
  /**
   * Log-likelihood of each customer's number of holdout purchases, given their history: the higher, the better, between models
   * on the same customers. `null` with `logLikelihoodReason`.
   */
  readonly logLikelihood: number | null;
  /** Why it is `null`; `null` where it is a number. */
  readonly logLikelihoodReason: string | null;
}

/**
 * Did the model foretell what customers did after it was fitted?
 *
 * Fit on the log up to a day, predict the time after it, and hold that against what came. Totals show whether the level is
 * right, the table by frequency for whom it is wrong, the ranking whether the right customers are at the top. A model with
 * the best likelihood may still miss the total: look before you use it.
 *
 * @param model - A model fitted on the calibration period alone.
 * @param customers - A `lifetimeSummary` in the model's unit with `holdoutThrough`, for BG/BB an `opportunitySummary`; other histories with `holdoutX` (and
 * `holdoutSpend`); or the log, with `through` and `holdoutThrough`.
 * @param options - `horizon` for histories that do not know it, `spend`, `zeroSpend`, `upTo`, `groups`; for a log how it is cut and read.
 * @returns Errors, calibration by frequency, ranking and log-likelihood in the holdout period.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `INVALID_ROWS`, `ABORTED`.
 * @example
 * ```ts
 * import { evaluateLifetimeModel, simulateCustomers } from "clientele";
 *
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const customers = simulateCustomers(model, { customers: 5000, T: 39, holdout: 39, seed: 1 });
 * const { transactions, naive, ranking } = evaluateLifetimeModel(model, customers, { horizon: 39 });
 * Math.abs((transactions.ratio.value ?? 0) - 1) < 0.05; // => true
 * (transactions.rootMeanSquaredError ?? 0) < (naive.rootMeanSquaredError ?? 0); // => true
 * (ranking.byGroup.columns.lift[0] ?? 0) > 3; // => true
 * ```
 */
export function evaluateLifetimeModel(
  model: TransactionModel,
  customers: HoldoutHistories | TransactionLog,
  options: EvaluateLifetimeModelOptions = {},
): LifetimeEvaluation {
  assertTransactionModel(model);
  assertOptions(options);
  const { spend, upTo = 7, groups = 10, zeroSpend } = options;
  assertInteger(upTo, "options.upTo", 1, 1000);
  assertArgument(
    spend !== undefined || zeroSpend === undefined,
    "options.zeroSpend",
    () => "options.zeroSpend is for a spend model, and options.spend is missing: leave it out, or pass one",
  );
  assertArgument(
    !isOneCustomer(customers),
    "customers",
    () => "customers is one customer: pass rows or columns, [customer] for one alone",
  );
  assertArgument(
    !(isLog(customers) && model.model === "bgBb"),
    "customers",
    () => "customers is a log, which BG/BB cannot read: pass an opportunitySummary with holdoutThrough",
  );
  const input = summarized<HoldoutHistories>(customers, options, model.unit);
  const { holdoutX, holdoutSpend, horizon } = readHoldout(input, options, model, spend !== undefined);
  assertTime(horizon, "options.horizon", model);
  const read = readCustomers(model, input as PurchaseHistories);
  const { histories } = read;
  const weight = histories.weight ?? new Float64Array(histories.length).fill(1);
  const { alive, answers } = scoreRead(
    model,
    read,
    [(kernel, x, tx, T) => kernel.conditionalExpected(x, tx, T, horizon)],
    options,
  );
  const [expected] = answers as readonly [Float64Array];
  const spends =
    spend === undefined || holdoutSpend === null
      ? null
      : { actual: holdoutSpend, expected: expectedSpends(model, spend, input, { horizon, zeroSpend }) };
  const naive = histories.x.map((x, row) => (histories.T[row] > 0 ? (x / histories.T[row]) * horizon : 0));
  const { logLikelihood, reason } = holdoutLikelihood(model, read, alive, { holdoutX, horizon }, options);
  const of = "purchases in the holdout";
  return {
    model: model.model,
    unit: model.unit,
    horizon,
    customers: weight.reduce((sum, count) => sum + count, 0),
    transactions: holdoutErrors(holdoutX, expected, weight, of),
    spend: spends && holdoutErrors(spends.actual, spends.expected, weight, "spends in the holdout"),
    naive: holdoutErrors(holdoutX, naive, weight, of),
    byFrequency: byFrequency(histories.x, holdoutX, expected, weight, upTo),
    ranking: rankingQuality(spends?.expected ?? expected, spends?.actual ?? holdoutX, { groups, weight }),
    logLikelihood,
    logLikelihoodReason: reason,
  };
}

function expectedSpends(
  model: TransactionModel,
  spend: SpendPerPurchase,
  customers: HoldoutHistories,
  options: ZeroSpendOptions & { readonly horizon: number },
): Float64Array {
  const terms = { marginShare: 1, discountRate: 0, ...options };
  return predictLifetimeValue(model, spend, customers as SpendingCustomers, terms).columns.value;
}

function byFrequency(
  x: Float64Array,
  actual: Float64Array,
  expected: Float64Array,
  weight: Float64Array,
  upTo: number,
): Table<FrequencyCalibrationColumns> {
  const [customers, came, foretold] = [0, 1, 2].map(() => new Float64Array(upTo + 1));
  for (let row = 0; row < x.length; row++) {
    const bin = Math.min(upTo, x[row]);
    customers[bin] += weight[row];
    came[bin] += weight[row] * actual[row];
    foretold[bin] += weight[row] * expected[row];
  }
  const mean = (sums: Float64Array) =>
    Array.from(sums, (sum, bin) => (customers[bin] === 0 ? null : sum / customers[bin]));
  return table({
    frequency: Array.from(customers, (_, bin) => frequencyLabel(bin, upTo)),
    customers: Array.from(customers),
    actual: mean(came),
    expected: mean(foretold),
  });
}

/** `"0"`, `"1"`, and `"7+"` for the last. @internal */
export function frequencyLabel(count: number, upTo: number): string {
  return count === upTo ? `${count}+` : `${count}`;
}
