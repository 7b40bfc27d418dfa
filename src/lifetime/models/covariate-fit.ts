import { assertArgument, assertOneOf } from "../../core/assert.js";
import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { type DistinctHistories, distinctHistories } from "./distinct-histories.js";
import { nothingToFit, roughly } from "./first-look.js";
import { failure, fitParameters } from "./fit-parameters.js";
import type { FitProblem } from "./fit-problem.js";
import type { CovariateModel } from "./lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "./model-fit.js";
import type { CheckedHistories } from "./purchase-histories.js";
import {
  type CovariateColumn,
  checkedCovariateNames,
  checkedRidge,
  unidentifiedCovariates,
} from "./unidentified-covariates.js";

/** Which measures of the customers have an effect on what, as the options of both models say it. @internal */
export interface CovariateChoice {
  readonly transaction?: readonly string[] | undefined;
  readonly dropout?: readonly string[] | undefined;
  readonly ridge?: number | undefined;
}

/** What measures do to one thing, buying or leaving. */
interface CovariateAction<Parameters> {
  /** Parameters whose logarithm a unit of effect raises by 1 or lowers by 1. */
  readonly moves: Readonly<Partial<Record<keyof Parameters, 1 | -1>>>;
  /** What a measure that does not vary would only rescale. */
  readonly rescales: string;
  /** Customers who tell of the effect, and their name. */
  readonly told: string;
  readonly weight: (histories: DistinctHistories) => Float64Array;
}

/** A model that can have covariates. @internal */
export interface CovariatePlan<Parameters> {
  readonly transaction: CovariateAction<Parameters>;
  readonly dropout: CovariateAction<Parameters>;
  /** All that the search needs but the objective; its starts are the built-in ones. */
  readonly problem: (histories: DistinctHistories) => Omit<FitProblem<Parameters>, "objective">;
  /** The columns `histories.covariates` are those on buying, as many as `buying` says, then those on leaving. */
  readonly objective: (
    histories: DistinctHistories,
    buying: number,
  ) => (point: readonly number[]) => ObjectiveAtPoint;
  /** The fit without covariates. */
  readonly plain: (
    histories: DistinctHistories,
    options: FitSearchOptions<Parameters>,
  ) => (ModelFit<Parameters> & { readonly parameters: Parameters }) | FitFailure;
}

const PATH = "options.covariates";

/**
 * The maximum with the effects of measures that keep their values for all time.
 *
 * The search takes the measures centered, since a measure far from 0 beside its spread (a year) turns with alpha: what is
 * found is then moved to the measures as they came.
 *
 * @internal
 */
export function fitCovariates<Parameters extends object>(
  checked: CheckedHistories,
  choice: CovariateChoice,
  plan: CovariatePlan<Parameters>,
  options: FitSearchOptions<Parameters>,
):
  | (ModelFit<Parameters> & { readonly parameters: Parameters; readonly covariates: CovariateModel })
  | FitFailure {
  const ridge = checkedRidge(choice, PATH);
  for (const name of Object.keys(choice)) {
    assertOneOf(name, `${PATH}.${name}`, ["transaction", "dropout", "ridge"]);
  }
  assertArgument(
    choice.transaction !== undefined || choice.dropout !== undefined,
    PATH,
    () => `${PATH} names no measure: pass { transaction: [...], dropout: [...] }, or leave it out`,
  );
  const transaction = checkedCovariateNames(choice.transaction, `${PATH}.transaction`, checked.covariates);
  const dropout = checkedCovariateNames(choice.dropout, `${PATH}.dropout`, checked.covariates);
  const all = [...new Set([...transaction, ...dropout])];
  const histories = distinctHistories(checked, all);
  const problem = plan.problem(histories);
  const nothing = nothingToFit(histories, problem.names, options);
  if (nothing !== null) return nothing;
  const columnsOf = (names: readonly string[], as: "transaction" | "dropout"): CovariateColumn[] =>
    names.map((name) => ({ name: `${as}.${name}`, values: histories.covariates[all.indexOf(name)] }));
  const buying = columnsOf(transaction, "transaction");
  const leaving = columnsOf(dropout, "dropout");
  const vague = (
    columns: readonly CovariateColumn[],
    { weight, rescales, told }: CovariateAction<Parameters>,
  ) => unidentifiedCovariates(columns, weight(histories), rescales, told, ridge);
  const unidentified = vague(buying, plan.transaction) ?? vague(leaving, plan.dropout);
  if (unidentified !== null) {
    return failure(histories, "NOT_IDENTIFIED", unidentified.names, unidentified.reason);
  }
  const columns = [...buying, ...leaving];
  const action = (k: number) => (k < buying.length ? plan.transaction : plan.dropout);
  const means = columns.map(({ values }, k) => weightedMean(values, action(k).weight(histories)));
  const centered = columns.map(({ values }, k) => values.map((value) => value - means[k]));
  const starts = options.starts === undefined ? withPlain(checked, plan, problem.starts, options) : [];
  const fit = fitParameters<Parameters>(
    {
      ...problem,
      starts,
      coefficients: columns.map(({ name }) => name),
      ridge,
      ranges: columns.map(({ values }) => rangeOf(values)),
      shifts: problem.names.map((name) => means.map((mean, k) => -(action(k).moves[name] ?? 0) * mean)),
      objective: plan.objective({ ...histories, covariates: centered }, buying.length),
    },
    options,
  );
  if (!fit.converged) return fit;
  const { coefficients, ...rest } = fit;
  const first = problem.names.length;
  const parts = (of: (coefficient: number) => number): CovariateModel => ({
    transaction: Object.fromEntries(transaction.map((name, i) => [name, of(i)])),
    dropout: Object.fromEntries(dropout.map((name, i) => [name, of(transaction.length + i)])),
  });
  return {
    ...rest,
    covariates: parts((i) => coefficients[i]),
    covariateErrors: parts((i) => Math.sqrt(fit.covariance[first + i][first + i])),
  };
}

/** First the fit without covariates, from which the effects are mostly not far. */
function withPlain<Parameters extends object>(
  checked: CheckedHistories,
  plan: CovariatePlan<Parameters>,
  starts: readonly Parameters[],
  options: FitSearchOptions<Parameters>,
): readonly Parameters[] {
  const fit = plan.plain(distinctHistories(checked), roughly(options));
  return fit.converged ? [fit.parameters, ...starts] : starts;
}

function weightedMean(values: Float64Array, weight: Float64Array): number {
  // From the first value on: the mean of large numbers that differ little keeps its digits.
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += weight[i];
    sum += weight[i] * (values[i] - values[0]);
  }
  return total > 0 ? values[0] + sum / total : 0;
}

function rangeOf(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}
