import type { DistinctHistories } from "../models/distinct-histories.js";
import { nothingToFit, startsFromSample, usualHistory } from "../models/first-look.js";
import { fitParameters } from "../models/fit-parameters.js";
import type { FitProblem } from "../models/fit-problem.js";
import type { ParetoNbdParameters } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import { paretoNbdBoundary } from "./pareto-nbd-boundary.js";
import { paretoNbdObjective } from "./pareto-nbd-likelihood.js";

/** From how many histories on a sample of them is fitted first, and how large it is. */
const MANY = 25_000;
const SAMPLE = 5_000;

/** The maximum of the likelihood. @internal */
export function searchParetoNbd(
  histories: DistinctHistories,
  options: FitSearchOptions<ParetoNbdParameters>,
): (ModelFit<ParetoNbdParameters> & { readonly parameters: ParetoNbdParameters }) | FitFailure {
  const problem = paretoNbdProblem(histories);
  const nothing = nothingToFit(histories, problem.names, options);
  if (nothing !== null) return nothing;
  const starts =
    options.starts === undefined && histories.length >= MANY
      ? startsFromSample(problem, histories, paretoNbdObjective, SAMPLE, options)
      : problem.starts;
  const fit = fitParameters({ ...problem, starts, objective: paretoNbdObjective(histories) }, options);
  if (!fit.converged) return fit;
  const { coefficients: _, ...plain } = fit;
  return plain;
}

/** What the search needs to know besides the objective. @internal */
export function paretoNbdProblem(
  histories: DistinctHistories,
): Omit<FitProblem<ParetoNbdParameters>, "objective"> {
  const { time, rate } = usualHistory(histories);
  const start = (r: number, s: number, beta: number) => ({
    r,
    alpha: r / (1.5 * rate),
    s,
    beta: beta * time,
  });
  return {
    names: ["r", "alpha", "s", "beta"],
    // Three for most data; then customers who hardly differ in how soon they leave, and those who leave at once or never.
    starts: [
      start(0.5, 0.5, 0.35),
      start(1, 1, 1),
      start(5, 0.5, 5),
      start(0.5, 10, 20),
      start(0.5, 0.05, 0.02),
    ],
    boundary: (name, end, at) => paretoNbdBoundary(name, end, at, time),
    scale: { r: 1, alpha: 1 / rate, s: 1, beta: time },
    // Of simulated bases with such errors none had another maximum.
    sure: 0.75,
    customers: histories.customers,
    histories: histories.length,
  };
}
