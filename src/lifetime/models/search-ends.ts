import {
  minimizeNewton,
  type NewtonMinimum,
  type ObjectiveAtPoint,
} from "../../statistics/minimize-newton.js";
import type { FitProblem } from "./fit-problem.js";
import { within } from "./guarded-objective.js";
import type { FitSearchOptions, ParameterPrior } from "./model-fit.js";

/** A parameter or coefficient that ran away, by its place, and where to. */
interface Runaway {
  readonly at: number;
  readonly end: "zero" | "infinity";
  readonly distance: number;
}

/** Where the search from one start ended. @internal */
export interface SearchEnd {
  /** Which start, from 1. */
  readonly start: number;
  readonly minimum: NewtonMinimum;
  /** The farthest first. */
  readonly away: readonly Runaway[];
}

/** What the search reads of a problem. @internal */
export interface SearchedProblem
  extends Pick<FitProblem<object>, "ranges" | "scale" | "ridge" | "histories" | "sure"> {
  readonly names: readonly string[];
}

/** How far a logarithm may lie from that of its scale before the parameter is said to run away: a factor of 3e6. @internal */
export const FARTHEST = 15;
/** From here on (a factor of 1,000) a search that gets stuck is one that runs away, in slopes too small to follow. */
const FAR = 7;
/** The longest step of a logarithm: a factor of 20. */
const LEAP = 3;
/** Steps between two looks at whether the search runs away: running on costs time and finds nothing. */
const STRETCH = 8;
/** What a stretch must add to the log-likelihood for a parameter far away to be followed further. */
const WORTH = 1e-3;
/** A standard error of a logarithm from which on 95 % reach from a hundred-millionth to a hundred million times: level ground. */
const LEVEL = 10;
/** Errors of all logarithms below which no start was seen to end higher than the first, on thousands of simulated bases. */
const SURE = 0.5;
/** With so few histories a search costs next to nothing, and likelihoods with several maxima are no rarity. */
const FEW = 200;

/**
 * Newton's method from start after start.
 *
 * @param objective - With priors and ridge.
 * @param points - Where to start; one without a finite value is passed over.
 * @param isThorough - Every start is searched from; otherwise the first maximum that the data fix well ends the search.
 * @internal
 */
export function searchEnds(
  problem: SearchedProblem,
  objective: (point: number[]) => ObjectiveAtPoint,
  points: readonly (readonly number[])[],
  priors: readonly (ParameterPrior | null)[],
  isThorough: boolean,
  options: FitSearchOptions<object>,
): SearchEnd[] {
  const ends: SearchEnd[] = [];
  const ranges = [...problem.names.map(() => 1), ...(problem.ranges ?? [])];
  const { sure = SURE } = problem;
  for (const [i, from] of points.entries()) {
    if (!Number.isFinite(objective([...from]).value)) continue;
    const measured = (point: readonly number[]) => distances(problem, priors, point);
    // What began far away did not run there.
    const far = measured(from).map((distance) => Math.max(FAR, Math.abs(distance)));
    const minimum = minimumFrom(measured, far, within(LEAP, objective, from, ranges), from, i + 1, options);
    const level = isLevel(problem, priors, minimum, objective);
    const away = runaways(minimum, level, measured(minimum.minimizer), far);
    ends.push({ start: i + 1, minimum, away });
    if (isThorough || problem.histories <= FEW || away.length > 0) continue;
    if (minimum.inverseHessian?.every((row, k) => Math.sqrt(row[k]) * (ranges[k] ?? 1) < sure)) break;
  }
  return ends;
}

/** Newton's method in stretches: between them it is seen whether a parameter runs away. */
function minimumFrom(
  measured: (point: readonly number[]) => readonly number[],
  far: readonly number[],
  objective: (point: number[]) => ObjectiveAtPoint,
  from: readonly number[],
  start: number,
  { tolerance = 1e-10, maxIterations = 200, onProgress, signal }: FitSearchOptions<object>,
): NewtonMinimum {
  let point = from;
  let before = Number.POSITIVE_INFINITY;
  for (let done = 0; ; ) {
    const minimum = minimizeNewton(objective, point, {
      tolerance,
      maxIterations: Math.min(STRETCH, maxIterations - done),
      ...(onProgress && { onProgress: (steps: number) => onProgress({ start, iterations: done + steps }) }),
      ...(signal && { signal }),
    });
    done += minimum.iterations;
    if (minimum.converged) return { ...minimum, minimizer: finished(minimum, objective), iterations: done };
    const isStuck = minimum.iterations < STRETCH;
    const reached = measured(minimum.minimizer).map(Math.abs);
    const isBeyond = reached.some((distance, i) => distance > Math.max(FARTHEST, far[i]));
    const isLevel = before - minimum.value < WORTH && reached.some((distance, i) => distance > far[i]);
    if (isStuck || done >= maxIterations || isBeyond || isLevel) return { ...minimum, iterations: done };
    point = minimum.minimizer;
    before = minimum.value;
  }
}

/** The last Newton step, found to be smaller than the tolerance, is known by then: with it all digits are right. */
function finished(
  { minimizer, inverseHessian }: NewtonMinimum,
  objective: (point: number[]) => ObjectiveAtPoint,
): number[] {
  const { gradient } = objective(minimizer);
  return minimizer.map(
    (value, i) => value - (inverseHessian?.[i] ?? []).reduce((step, cell, k) => step + cell * gradient[k], 0),
  );
}

/** Of logarithms from that of the scale, or of the prior where that is nearer; of coefficients over the range of the measure. */
function distances(
  { names, scale, ranges }: SearchedProblem,
  priors: readonly (ParameterPrior | null)[],
  point: readonly number[],
): number[] {
  return point.map((value, at) => {
    if (at >= names.length) return value * (ranges?.[at - names.length] ?? 0);
    const distance = value - Math.log((scale as Readonly<Record<string, number>>)[names[at]]);
    const prior = priors[at] ?? null;
    const other = prior === null ? distance : value - Math.log(prior.median);
    return Math.abs(other) < Math.abs(distance) ? other : distance;
  });
}

/** What left the range in which the data can fix it, or came to rest where the likelihood is level. */
function runaways(
  { converged }: NewtonMinimum,
  level: readonly boolean[],
  reached: readonly number[],
  far: readonly number[],
): Runaway[] {
  return reached
    .flatMap((distance, at): Runaway[] => {
      const limit = converged ? Math.max(FARTHEST, far[at]) : far[at];
      if (!level[at] && Math.abs(distance) <= limit) return [];
      return [{ at, end: distance < 0 ? "zero" : "infinity", distance: Math.abs(distance) }];
    })
    .sort((one, other) => other.distance - one.distance);
}

/** Which of them no likelihood and no prior holds where the search ended. */
function isLevel(
  { names, ranges, ridge = 0 }: SearchedProblem,
  priors: readonly (ParameterPrior | null)[],
  { minimizer, inverseHessian }: NewtonMinimum,
  objective: (point: number[]) => ObjectiveAtPoint,
): boolean[] {
  const { gradient, hessian } = objective(minimizer);
  return minimizer.map((_, at) => {
    const isParameter = at < names.length;
    const unit = isParameter ? 1 : (ranges?.[at - names.length] ?? 0);
    if (isParameter ? priors[at] !== null : ridge > 0) return false;
    if (inverseHessian !== null) return unit * Math.sqrt(inverseHessian[at][at]) > LEVEL;
    // Without an inverse those that are level on their own, whatever the others do.
    const isFlat = Math.abs(hessian[at][at]) < (unit / LEVEL) ** 2;
    return isFlat && Math.abs(gradient[at]) < WORTH * unit;
  });
}

/** How much higher an end must lie to count as another one: what is left when searches stop. */
const SAME = 1e-6;
/**
 * How much higher than a maximum inside the range an end without a maximum may lie (in log-likelihood) for the maximum to count:
 * a likelihood ratio of 1.1, which no data can tell.
 */
const CLOSE = 0.1;

/** The end that counts, and the best of the other kind: without a maximum if that has one, and the other way round. @internal */
export function bestEnd(ends: readonly SearchEnd[]): { best: SearchEnd; rival: SearchEnd | null } | null {
  const inside = highest(ends.filter(({ minimum, away }) => minimum.converged && away.length === 0));
  const other = highest(ends.filter(({ minimum, away }) => !minimum.converged || away.length > 0));
  if (inside === null) return other && { best: other, rival: null };
  const lead = other === null ? Number.NEGATIVE_INFINITY : inside.minimum.value - other.minimum.value;
  if (other !== null && lead > CLOSE) return { best: other, rival: inside };
  return { best: inside, rival: lead > SAME ? other : null };
}

/** Of ends of the same height the first. */
function highest(ends: readonly SearchEnd[]): SearchEnd | null {
  let best: SearchEnd | null = null;
  for (const end of ends) {
    if (best === null || end.minimum.value < best.minimum.value - SAME) best = end;
  }
  return best;
}
