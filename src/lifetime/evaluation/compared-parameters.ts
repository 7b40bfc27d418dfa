import { type Table, table } from "../../core/table.js";
import type { BgNbdFit, MbgNbdFit } from "../bg-nbd/fit-bg-nbd.js";
import type { FitFailure } from "../models/model-fit.js";
import type { ParetoNbdFit } from "../pareto-nbd/fit-pareto-nbd.js";

/** The models that compete: those of purchases at any time. */
export type ComparedModel = "bgNbd" | "mbgNbd" | "paretoNbd";

/** A fit of one of them. @internal */
export type ComparedFit = BgNbdFit | MbgNbdFit | ParetoNbdFit;

/** One row an estimate. */
export interface ComparedParameterColumns {
  /** Of which model. */
  readonly model: readonly ComparedModel[];
  /** Name of the parameter, or `transaction.NAME` and `dropout.NAME` of a covariate. */
  readonly parameter: readonly string[];
  /** Estimate, on its own scale. */
  readonly estimate: readonly number[];
  /** Its standard error. */
  readonly standardError: readonly number[];
}

/** The estimates of those that were fitted. @internal */
export function comparedParameters(
  results: readonly {
    readonly model: ComparedModel;
    readonly fit: ComparedFit | FitFailure;
  }[],
): Table<ComparedParameterColumns> {
  const columns = {
    model: [] as ComparedModel[],
    parameter: [] as string[],
    estimate: [] as number[],
    standardError: [] as number[],
  };
  const add = (model: ComparedModel, parameter: string, estimate: number, standardError: number): void => {
    columns.model.push(model);
    columns.parameter.push(parameter);
    columns.estimate.push(estimate);
    columns.standardError.push(standardError);
  };
  for (const { model, fit } of results) {
    if (!fit.converged) continue;
    const errors = fit.standardErrors as unknown as Readonly<Record<string, number>>;
    for (const [name, estimate] of Object.entries(fit.parameters)) add(model, name, estimate, errors[name]);
    if (!("covariates" in fit) || fit.covariates === undefined) continue;
    for (const kind of ["transaction", "dropout"] as const) {
      for (const [name, estimate] of Object.entries(fit.covariates[kind])) {
        add(model, `${kind}.${name}`, estimate, fit.covariateErrors?.[kind][name] ?? 0);
      }
    }
  }
  return table(columns);
}
