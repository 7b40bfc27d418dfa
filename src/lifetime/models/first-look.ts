import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import { type DistinctHistories, everyNth } from "./distinct-histories.js";
import { failure } from "./fit-parameters.js";
import type { FitProblem } from "./fit-problem.js";
import type { FitFailure, FitSearchOptions } from "./model-fit.js";
import { bestEnd, searchEnds } from "./search-ends.js";

/** What customers are like on average; both above 0 whatever the customers. @internal */
export interface UsualHistory {
  /** Time for which one was watched. */
  readonly time: number;
  /** Repeat purchases per unit of that time. */
  readonly rate: number;
}

/** @internal */
export function usualHistory({ x, T, weight, customers }: DistinctHistories): UsualHistory {
  let purchases = 0;
  let time = 0;
  for (let i = 0; i < x.length; i++) {
    purchases += weight[i] * x[i];
    time += weight[i] * T[i];
  }
  if (!(time > 0)) return { time: 1, rate: 1 };
  return { time: time / customers, rate: (purchases || 0.5) / time };
}

/** Data in which nobody came back say nothing about leaving, unless a prior of all parameters does. @internal */
export function nothingToFit<Parameters extends object>(
  histories: DistinctHistories,
  names: readonly (keyof Parameters)[],
  { prior }: FitSearchOptions<Parameters>,
): FitFailure | null {
  if (histories.x.some((count) => count > 0)) return null;
  if (histories.length > 0 && names.every((name) => prior?.[name] !== undefined)) return null;
  return failure(
    histories,
    "NO_REPEAT_PURCHASES",
    [],
    histories.length === 0
      ? "there are no customers: pass at least some who bought again"
      : "nobody bought again, so that nothing tells how often customers buy or when they leave: watch them for longer, or set a prior on all parameters",
  );
}

/** Steps that a first look may take, and how exact it is: what follows finishes it. @internal */
export function roughly<Parameters>(options: FitSearchOptions<Parameters>): FitSearchOptions<Parameters> {
  const { maxIterations = 200, onProgress } = options;
  return {
    ...options,
    starts: undefined,
    tolerance: 1e-3,
    maxIterations: Math.min(15, maxIterations),
    onProgress: onProgress && (({ iterations }) => onProgress({ start: 0, iterations })),
  };
}

/** Ends of a sample that lie lower than its best by more than this do not come out ahead on the whole. */
const HOPELESS = 5;
/** Logarithms nearer to each other than this are those of one maximum. */
const APART = 0.3;

/**
 * Where to start with many histories: where a sample of them leads. From where it leads to no maximum, the start itself.
 *
 * @param objectiveOf - The objective on some of the histories.
 * @param size - Of the sample.
 * @internal
 */
export function startsFromSample<Parameters extends object>(
  problem: Omit<FitProblem<Parameters>, "objective">,
  histories: DistinctHistories,
  objectiveOf: (sample: DistinctHistories) => (point: readonly number[]) => ObjectiveAtPoint,
  size: number,
  options: FitSearchOptions<Parameters>,
): readonly Parameters[] {
  const { names, starts } = problem;
  const sample = everyNth(histories, Math.floor(histories.length / size));
  const points = starts.map((start) => names.map((name) => Math.log(start[name] as number)));
  const none = names.map(() => null);
  const ends = searchEnds(
    { ...problem, histories: sample.length },
    objectiveOf(sample),
    points,
    none,
    false,
    roughly(options),
  );
  const top = bestEnd(ends)?.best.minimum.value ?? Number.POSITIVE_INFINITY;
  const near: (readonly number[])[] = [];
  for (const { minimum, away, start } of ends.sort((one, other) => one.minimum.value - other.minimum.value)) {
    if (minimum.value > top + HOPELESS) break;
    const from = minimum.converged && away.length === 0 ? minimum.minimizer : points[start - 1];
    const isNew = near.every((known) => known.some((value, i) => Math.abs(value - from[i]) > APART));
    if (isNew) near.push(from);
  }
  if (near.length === 0) return starts;
  return near.map(
    (point) => Object.fromEntries(names.map((name, i) => [name, Math.exp(point[i])])) as Parameters,
  );
}
