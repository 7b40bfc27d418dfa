import { assertArgument, assertArray, assertOneOf, assertOptions } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import type { FitMbgNbdOptions, MbgNbdFit } from "../bg-nbd/fit-bg-nbd.js";
import { type BgNbdFit, type FitBgNbdOptions, fitBgNbd, fitMbgNbd } from "../bg-nbd/fit-bg-nbd.js";
import type { ModelTimeUnit } from "../models/lifetime-model.js";
import type { FitFailure } from "../models/model-fit.js";
import type { PurchaseHistories, PurchaseHistoryOptions } from "../models/purchase-histories.js";
import { type FitParetoNbdOptions, fitParetoNbd, type ParetoNbdFit } from "../pareto-nbd/fit-pareto-nbd.js";
import { isOneCustomer } from "../predictions/read-customers.js";
import {
  type ComparedFit,
  type ComparedModel,
  type ComparedParameterColumns,
  comparedParameters,
} from "./compared-parameters.js";
import {
  type EvaluateLifetimeModelOptions,
  evaluateLifetimeModel,
  type LifetimeEvaluation,
} from "./evaluate-lifetime-model.js";
import type { HoldoutErrors } from "./holdout-errors.js";
import { type HoldoutHistories, hasHoldout, summarized } from "./holdout-histories.js";

/** Which models, on what, and how each is fitted. */
export interface CompareLifetimeModelsOptions extends EvaluateLifetimeModelOptions {
  /** Called after each fit and each evaluation: how many of them are done, of how many. A fit's own steps: `fit`. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Which models to fit; default all three. */
  readonly models?: readonly ComparedModel[] | undefined;
  /** Unit of the times: that in which a log is read (default `"day"`); needed for histories that do not know theirs. */
  readonly unit?: ModelTimeUnit | undefined;
  /** How each is searched for: starts, a prior, covariates. */
  readonly fit?:
    | {
        /** Of BG/NBD. */
        readonly bgNbd?: Omit<FitBgNbdOptions, keyof PurchaseHistoryOptions> | undefined;
        /** Of MBG/NBD. */
        readonly mbgNbd?: Omit<FitMbgNbdOptions, keyof PurchaseHistoryOptions> | undefined;
        /** Of Pareto/NBD. */
        readonly paretoNbd?: Omit<FitParetoNbdOptions, keyof PurchaseHistoryOptions> | undefined;
      }
    | undefined;
}

/** One row a model, in the order asked for; what a fit that failed or a missing holdout does not give is `null`. */
export interface LifetimeComparisonColumns {
  /** Which model. */
  readonly model: readonly ComparedModel[];
  /** Whether it was fitted. */
  readonly converged: readonly boolean[];
  /** Why it was not; `null` where it was. */
  readonly reason: readonly (string | null)[];
  /** How many parameters and coefficients were estimated. */
  readonly estimated: readonly (number | null)[];
  /** Log-likelihood on the calibration period. */
  readonly logLikelihood: readonly (number | null)[];
  /** Akaike's criterion: the smaller, the better. */
  readonly aic: readonly (number | null)[];
  /** Schwarz' criterion: the smaller, the better. */
  readonly bic: readonly (number | null)[];
  /** Expected over actual purchases in the holdout: 1 is right. */
  readonly totalRatio: readonly (number | null)[];
  /** Mean absolute error of a customer's holdout purchases. */
  readonly meanAbsoluteError: readonly (number | null)[];
  /** Root of the mean squared error of a customer's holdout purchases. */
  readonly rootMeanSquaredError: readonly (number | null)[];
  /** Correlation of actual and expected holdout purchases. */
  readonly correlation: readonly (number | null)[];
  /** Gini coefficient of the ranking over that of a perfect one. */
  readonly normalizedGini: readonly (number | null)[];
  /** Log-likelihood of the holdout purchases, given the histories. */
  readonly holdoutLogLikelihood: readonly (number | null)[];
}

/** A criterion by which one model is better than another. */
export type ComparisonCriterion = Exclude<
  keyof LifetimeComparisonColumns,
  "model" | "converged" | "reason" | "estimated" | "logLikelihood"
>;

/** Models side by side on the same customers. */
export interface LifetimeComparison {
  /** One row a model. */
  readonly table: Table<LifetimeComparisonColumns>;
  /** One row for each estimate of those that were fitted. */
  readonly parameters: Table<ComparedParameterColumns>;
  /** Which model is best by each criterion; `null` where none has a number, the first of equals. */
  readonly best: Readonly<Record<ComparisonCriterion, ComparedModel | null>>;
  /** The fits themselves, to go on with. */
  readonly fits: {
    /** BG/NBD, if asked for. */
    readonly bgNbd?: BgNbdFit | FitFailure;
    /** MBG/NBD, if asked for. */
    readonly mbgNbd?: MbgNbdFit | FitFailure;
    /** Pareto/NBD, if asked for. */
    readonly paretoNbd?: ParetoNbdFit | FitFailure;
  };
  /** How each one fared in the holdout period, in full; of those that were fitted, and with a holdout. */
  readonly evaluations: { readonly [Model in ComparedModel]?: LifetimeEvaluation };
  /** What anyone could have foretold without a model; `null` without a holdout or a fit. */
  readonly naive: HoldoutErrors | null;
}

const MODELS: readonly ComparedModel[] = ["bgNbd", "mbgNbd", "paretoNbd"];

/**
 * Which lifetime model suits these customers best?
 *
 * Fits each on the same calibration period and holds each against the same holdout. The models' parameters have equal number,
 * so that AIC and BIC order them as the likelihood does, unless one has covariates. Differences of a few units of AIC, or of
 * a hundredth of an error, are no reason to prefer one. BG/BB is not among them: it sees other data, counts of opportunities,
 * and its likelihood cannot be compared.
 *
 * @param customers - A log, with `through` (and `holdoutThrough`); a `lifetimeSummary`; or other histories, with `holdoutX` and
 * `horizon` for a holdout.
 * @param options - `models`, `unit`, `fit` for each of them, and what {@link evaluateLifetimeModel} takes.
 * @returns A table with a row for each model, the fits, and who is best by what.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `INVALID_ROWS`, `ABORTED`. A fit that fails is a row with its reason.
 * @example
 * ```ts
 * import { compareLifetimeModels, row, simulateCustomers } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const truth = { model: "paretoNbd", parameters, unit: "week" } as const;
 * const customers = simulateCustomers(truth, { customers: 3000, T: 39, holdout: 39, seed: 2 });
 * const { table, best, fits } = compareLifetimeModels(customers, { models: ["bgNbd", "paretoNbd"], horizon: 39 });
 * table.columns.converged; // => [true, true]
 * best.aic; // => "paretoNbd"
 * fits.paretoNbd?.converged; // => true
 * ```
 */
export function compareLifetimeModels(
  customers: TransactionLog | HoldoutHistories | PurchaseHistories,
  options: CompareLifetimeModelsOptions = {},
): LifetimeComparison {
  assertOptions(options);
  const { models = MODELS, unit, fit: fitOptions = {} } = options;
  assertArray(models, "options.models");
  models.forEach((model, i) => {
    assertOneOf(model, `options.models[${i}]`, MODELS);
    assertArgument(
      models.indexOf(model) === i,
      `options.models[${i}]`,
      () => `options.models[${i}] is "${model}" again: name each model once`,
    );
  });
  assertOptions(fitOptions, "{ bgNbd, mbgNbd, paretoNbd }", "options.fit");
  for (const name of Object.keys(fitOptions)) {
    assertArgument(
      models.includes(name as ComparedModel),
      `options.fit.${name}`,
      () => `options.fit.${name} is for no model that is fitted here, ${models.join(", ")}: leave it out`,
    );
  }
  assertOptions(customers, "a log, a lifetimeSummary or other histories", "customers");
  assertArgument(
    !isOneCustomer(customers),
    "customers",
    () => "customers is one customer: pass rows or columns of many",
  );
  const input = summarized<HoldoutHistories | PurchaseHistories>(customers, options, unit ?? "day");
  const own = isLog(customers) || unit === undefined ? {} : { unit };
  const isHeldOut = hasHoldout(input);
  for (const name of ["horizon", "spend", "zeroSpend", "upTo", "groups"] as const) {
    assertArgument(
      isHeldOut || options[name] === undefined,
      `options.${name}`,
      () => `options.${name} is for a holdout, and customers has none: leave it out, or pass holdoutX`,
    );
  }
  const { signal, onProgress } = options;
  const parts = isHeldOut ? 2 : 1;
  const results = models.map((model, i) => {
    const fit = fitted(model, input as PurchaseHistories, { signal, ...own }, fitOptions);
    onProgress?.(parts * i + 1, parts * models.length);
    const evaluation =
      fit.converged && isHeldOut
        ? evaluateLifetimeModel(fit, input as HoldoutHistories, forSummary(options))
        : null;
    if (isHeldOut) onProgress?.(2 * i + 2, 2 * models.length);
    return { model, fit, evaluation };
  });
  const of = <Value>(read: (result: (typeof results)[number]) => Value): Value[] => results.map(read);
  const sure = (read: (fit: ComparedFit) => number): (number | null)[] =>
    of(({ fit }) => (fit.converged ? read(fit) : null));
  const held = (read: (evaluation: LifetimeEvaluation) => number | null): (number | null)[] =>
    of(({ evaluation }) => evaluation && read(evaluation));
  const columns = {
    model: [...models],
    converged: of(({ fit }) => fit.converged),
    reason: of(({ fit }) => fit.reason),
    estimated: sure((fit) => fit.estimated.length),
    logLikelihood: sure((fit) => fit.logLikelihood),
    aic: sure((fit) => fit.aic),
    bic: sure((fit) => fit.bic),
    totalRatio: held(({ transactions }) => transactions.ratio.value),
    meanAbsoluteError: held(({ transactions }) => transactions.meanAbsoluteError),
    rootMeanSquaredError: held(({ transactions }) => transactions.rootMeanSquaredError),
    correlation: held(({ transactions }) => transactions.correlation),
    normalizedGini: held(({ ranking }) => ranking.normalizedGini),
    holdoutLogLikelihood: held(({ logLikelihood }) => logLikelihood),
  };
  const best = Object.fromEntries(
    Object.entries(BADNESS).map(([name, badness]) => [
      name,
      lowest(columns[name as ComparisonCriterion], badness, models),
    ]),
  ) as Record<ComparisonCriterion, ComparedModel | null>;
  return {
    table: table(columns),
    parameters: comparedParameters(results),
    best,
    fits: Object.fromEntries(of(({ model, fit }) => [model, fit])),
    evaluations: Object.fromEntries(
      results.flatMap(({ model, evaluation }) => (evaluation === null ? [] : [[model, evaluation]])),
    ),
    naive: results.find(({ evaluation }) => evaluation !== null)?.evaluation?.naive ?? null,
  };
}

function fitted(
  model: ComparedModel,
  customers: PurchaseHistories,
  common: { readonly signal: CompareLifetimeModelsOptions["signal"]; readonly unit?: ModelTimeUnit },
  own: NonNullable<CompareLifetimeModelsOptions["fit"]>,
): ComparedFit | FitFailure {
  switch (model) {
    case "bgNbd":
      return fitBgNbd(customers, { ...common, ...own.bgNbd });
    case "mbgNbd":
      return fitMbgNbd(customers, { ...common, ...own.mbgNbd });
    case "paretoNbd":
      return fitParetoNbd(customers, { ...common, ...own.paretoNbd });
  }
}

const itself = (value: number): number => value;
const negative = (value: number): number => -value;

/** The smaller, the better. */
const BADNESS: Readonly<Record<ComparisonCriterion, (value: number) => number>> = {
  aic: itself,
  bic: itself,
  // Twice too much is as bad as half.
  totalRatio: (value) => Math.abs(Math.log(value)),
  meanAbsoluteError: itself,
  rootMeanSquaredError: itself,
  correlation: negative,
  normalizedGini: negative,
  holdoutLogLikelihood: negative,
};

function lowest(
  values: readonly (number | null)[],
  badness: (value: number) => number,
  models: readonly ComparedModel[],
): ComparedModel | null {
  let best: number | null = null;
  values.forEach((value, i) => {
    if (value === null) return;
    const champion = best === null ? null : values[best];
    if (champion === null || badness(value) < badness(champion)) best = i;
  });
  return best === null ? null : models[best];
}

/** The options of an evaluation once the log has become a summary. */
function forSummary(options: CompareLifetimeModelsOptions): EvaluateLifetimeModelOptions {
  const { horizon, spend, zeroSpend, upTo, groups, signal } = options;
  return { horizon, spend, zeroSpend, upTo, groups, signal };
}
