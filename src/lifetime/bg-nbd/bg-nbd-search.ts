import type { DistinctHistories } from "../models/distinct-histories.js";
import { nothingToFit, startsFromSample, usualHistory } from "../models/first-look.js";
import { fitParameters } from "../models/fit-parameters.js";
import type { FitProblem } from "../models/fit-problem.js";
import type { BgNbdParameters } from "../models/lifetime-model.js";
import type { FitFailure, FitSearchOptions, ModelFit } from "../models/model-fit.js";
import { bgNbdBoundary } from "./bg-nbd-boundary.js";
import { bgNbdObjective, type ExtraChances } from "./bg-nbd-likelihood.js";

/** From how many histories on a sample of them is fitted first, and how large it is. */
const MANY = 50_000;
const SAMPLE = 8_000;

/** The maximum of the likelihood of BG/NBD (0 extra chances to leave) or MBG/NBD (1). @internal */
export function searchBgNbd(
  histories: DistinctHistories,
  extra: ExtraChances,
  options: FitSearchOptions<BgNbdParameters>,
): (ModelFit<BgNbdParameters> & { readonly parameters: BgNbdParameters }) | FitFailure {
  const problem = bgNbdProblem(histories);
  const nothing = nothingToFit(histories, problem.names, options);
  if (nothing !== null) return nothing;
  const objectiveOf = (some: DistinctHistories) => bgNbdObjective(some, extra);
  const starts =
    options.starts === undefined && histories.length >= MANY
      ? startsFromSample(problem, histories, objectiveOf, SAMPLE, options)
      : problem.starts;
  const fit = fitParameters({ ...problem, starts, objective: objectiveOf(histories) }, options);
  if (!fit.converged) return fit;
  const { coefficients: _, ...plain } = fit;
  return plain;
}

/** What {@link fitParameters} needs to know besides the objective. @internal */
export function bgNbdProblem(histories: DistinctHistories): Omit<FitProblem<BgNbdParameters>, "objective"> {
  const { rate } = usualHistory(histories);
  const start = (r: number, a: number, b: number) => ({ r, alpha: r / (1.5 * rate), a, b });
  return {
    names: ["r", "alpha", "a", "b"],
    // Three for most data; then customers who hardly differ in how readily they leave, and those who leave at once or never.
    starts: [
      start(0.3, 0.8, 2.5),
      start(1, 0.3, 3),
      start(5, 2, 5),
      start(0.3, 10, 100),
      start(0.3, 0.02, 0.5),
    ],
    boundary: bgNbdBoundary,
    scale: { r: 1, alpha: 1 / rate, a: 1, b: 1 },
    customers: histories.customers,
    histories: histories.length,
  };
}
