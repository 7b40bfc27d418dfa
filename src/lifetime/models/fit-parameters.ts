import { assertArgument } from "../../core/assert.js";
import { assertSearchOptions, checkedPriors, checkedStarts } from "./fit-options.js";
import type { FitProblem } from "./fit-problem.js";
import { penalized, remembered } from "./guarded-objective.js";
import type { FitFailure, FitFailureCode, FitSearchOptions, ModelFit, ParameterPrior } from "./model-fit.js";
import { bestEnd, type SearchEnd, searchEnds } from "./search-ends.js";

/** What a search found. @internal */
export type FoundParameters<Parameters> = ModelFit<Parameters> & {
  readonly parameters: Parameters;
  readonly coefficients: readonly number[];
};

/**
 * The maximum of likelihood (times prior) over positive parameters and coefficients of any sign, by Newton's method on
 * logarithms, from several starts.
 *
 * Of the ends the one with the highest likelihood counts. Where that is no maximum but the way to an end of the range, there
 * is no fit, unless it leads by so little that the maximum inside is as likely: then a warning says so.
 *
 * @internal
 */
export function fitParameters<Parameters extends object>(
  problem: FitProblem<Parameters>,
  options: FitSearchOptions<Parameters>,
): FoundParameters<Parameters> | FitFailure {
  assertSearchOptions(options);
  const { names, coefficients = [], histories } = problem;
  const size = names.length + coefficients.length;
  const priors = checkedPriors(options, names);
  const given = options.starts === undefined ? null : checkedStarts(options.starts, names, problem.scale);
  const isHeld = !priors.includes(null) && (coefficients.length === 0 || (problem.ridge ?? 0) > 0);
  if (histories < size && !isHeld) {
    return failure(
      problem,
      "TOO_FEW_HISTORIES",
      [],
      `${histories} different histories cannot fix ${size} parameters: take more customers, a prior or a simpler model`,
    );
  }
  const objective = remembered((point) => penalized(problem, problem.objective(point), point, priors));
  const points = (given ?? withMedians(problem.starts, names, priors)).map((start) => [
    ...names.map((name) => Math.log(start[name] as number)),
    ...coefficients.map(() => 0),
  ]);
  for (const [i, point] of given === null ? [] : points.entries()) {
    const path = `options.starts[${i}]`;
    const isPossible = Number.isFinite(objective(point).value);
    assertArgument(isPossible, path, () => `${path} gives no finite likelihood: start nearer`);
  }
  const found = bestEnd(searchEnds(problem, objective, points, priors, given !== null, options));
  if (found === null) {
    return failure(
      problem,
      "NOT_CONVERGED",
      [],
      "the likelihood has no finite value at any start: check the units of time, or pass starts",
    );
  }
  return ended(problem, found.best, found.rival, priors);
}

/** What is known beforehand is where to begin, before the starts for data of which nothing is. */
function withMedians<Parameters extends object>(
  starts: readonly Parameters[],
  names: readonly (keyof Parameters & string)[],
  priors: readonly (ParameterPrior | null)[],
): readonly Parameters[] {
  if (priors.every((prior) => prior === null) || starts.length === 0) return starts;
  const known = Object.fromEntries(names.map((name, i) => [name, priors[i]?.median ?? starts[0][name]]));
  return [known as Parameters, ...starts];
}

function ended<Parameters extends object>(
  problem: FitProblem<Parameters>,
  { minimum, away, start }: SearchEnd,
  rival: SearchEnd | null,
  priors: readonly (ParameterPrior | null)[],
): FoundParameters<Parameters> | FitFailure {
  const { names, coefficients = [], customers, histories } = problem;
  const point = unshifted(problem, minimum.minimizer);
  const at = Object.fromEntries(names.map((name, i) => [name, Math.exp(point[i])]));
  const isPenalized = priors.some((prior) => prior !== null) || (problem.ridge ?? 0) > 0;
  const logLikelihood = -(isPenalized ? problem.objective(minimum.minimizer).value : minimum.value);
  const reached = {
    last: { ...at, ...Object.fromEntries(coefficients.map((name, i) => [name, point[names.length + i]])) },
    logLikelihood,
    gradientNorm: minimum.gradientNorm,
    iterations: minimum.iterations,
  };
  const lower = rival === null ? "" : `; a maximum inside lies lower, ${heights(minimum.value, rival)}`;
  // An effect that runs to infinity takes parameters with it, which are then not what is at fault.
  const effects = away.filter(({ at }) => at >= names.length);
  if (effects.length > 0) {
    const all = coefficients.filter((_, k) => effects.some(({ at }) => at === names.length + k));
    return failure(problem, "NOT_IDENTIFIED", all, effectsAtFault(all, effects), reached);
  }
  if (away.length > 0) {
    const all = names.filter((_, i) => away.some(({ at }) => at === i));
    return failure(problem, "BOUNDARY", all, meaning(problem, away, minimum.minimizer) + lower, reached);
  }
  if (!minimum.converged || minimum.inverseHessian === null) {
    const reason = minimum.reason ?? "the Hessian has no inverse at the end";
    return failure(problem, "NOT_CONVERGED", [], reason + lower, reached);
  }
  if (!Object.values(at).every((value) => value > 0 && value < Number.POSITIVE_INFINITY)) {
    return failure(
      problem,
      "NOT_IDENTIFIED",
      coefficients,
      "measures so far from 0 that the parameters, which hold where they are 0, are no numbers: subtract a usual value from them",
      reached,
    );
  }
  const covariance = ofUnshifted(problem, minimum.inverseHessian);
  const size = names.length + coefficients.length;
  return {
    parameters: at as Parameters,
    coefficients: point.slice(names.length),
    converged: true,
    reason: null,
    standardErrors: Object.fromEntries(
      names.map((name, i) => [name, at[name] * Math.sqrt(covariance[i][i])]),
    ) as Parameters,
    covariance,
    estimated: [...names, ...coefficients],
    logLikelihood,
    aic: 2 * size - 2 * logLikelihood,
    bic: size * Math.log(customers) - 2 * logLikelihood,
    customers,
    histories,
    iterations: minimum.iterations,
    gradientNorm: minimum.gradientNorm,
    start,
    warnings: [
      ...(isPenalized
        ? [
            "fitted with a prior or a ridge: logLikelihood, aic and bic leave it out, so that they lie below the maximum that they are defined by",
          ]
        : []),
      ...(rival === null
        ? []
        : [
            `hardly less likely than no maximum at all, ${heights(minimum.value, rival)}${rival.away.length > 0 ? `, where ${meaning(problem, rival.away, rival.minimum.minimizer)}` : ""}`,
          ]),
    ],
  };
}

/** Beyond this an effect tells one kind of customers from the others by a factor of 20. */
const STRONG = 3;

function effectsAtFault(names: readonly string[], effects: SearchEnd["away"]): string {
  const quoted = names.map((name) => `"${name}"`).join(", ");
  const why = effects.some(({ distance }) => distance > STRONG)
    ? `the effect of ${quoted} runs to infinity: some value of it tells for sure who buys or leaves`
    : `nothing tells of the effect of ${quoted}: those in whom it differs did what any effect explains as well`;
  return `${why}; leave it out, merge rare values, or set a ridge`;
}

function heights(value: number, rival: SearchEnd): string {
  return `at a log-likelihood of ${(-rival.minimum.value).toFixed(3)} instead of ${(-value).toFixed(3)}`;
}

/** What it says of the customers that the farthest of those parameters ran away. */
function meaning<Parameters extends object>(
  problem: FitProblem<Parameters>,
  away: SearchEnd["away"],
  point: readonly number[],
): string {
  const parameters = Object.fromEntries(problem.names.map((name, i) => [name, Math.exp(point[i])]));
  const first = away.find(({ at }) => at < problem.names.length) ?? null;
  return first === null ? "" : problem.boundary(problem.names[first.at], first.end, parameters);
}

/** From measures that are centered to measures as they came. */
function unshifted<Parameters extends object>(
  { names, shifts }: FitProblem<Parameters>,
  point: readonly number[],
): number[] {
  return point.map((value, i) =>
    (shifts?.[i] ?? []).reduce((sum, shift, k) => sum + shift * point[names.length + k], value),
  );
}

function ofUnshifted<Parameters extends object>(
  problem: FitProblem<Parameters>,
  covariance: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  if (problem.shifts === undefined) return covariance;
  const rows = covariance.map((row) => unshifted(problem, row));
  return rows.map((_, i) =>
    unshifted(
      problem,
      rows.map((row) => row[i]),
    ),
  );
}

/** @internal */
export function failure(
  { customers }: { readonly customers: number },
  code: FitFailureCode,
  names: readonly string[],
  reason: string,
  reached: Pick<FitFailure, "last" | "logLikelihood" | "gradientNorm" | "iterations"> = {
    last: null,
    logLikelihood: null,
    gradientNorm: null,
    iterations: 0,
  },
): FitFailure {
  return { converged: false, code, reason, names, ...reached, customers };
}
