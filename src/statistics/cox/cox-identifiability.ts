import { choleskySolve } from "../cholesky.js";
import type { NewtonMinimum } from "../minimize-newton.js";
import { runawayDirections } from "../runaway-directions.js";
import { type CoxDesign, linearPredictor } from "./cox-design.js";
import { type CoxTies, coxObjective, riskMoments, visitTieSteps } from "./cox-partial-likelihood.js";
import { visitRiskSets } from "./cox-risk-sets.js";

/** Covariates whose coefficients the data do not fix, and why. @internal */
export interface Undetermined {
  readonly covariates: readonly string[];
  readonly reason: string;
}

/** What shows before the first step: no event, a covariate that does not vary, one that follows from others. @internal */
export function undeterminedAtStart(design: CoxDesign, ties: CoxTies): Undetermined | null {
  const { names, size, x } = design;
  if (!design.event.includes(1)) {
    return {
      covariates: [],
      reason: "no event happened: nothing tells who has it sooner; observe longer or widen the data",
    };
  }
  const constant = names.filter((_, at) => x.every((value, cell) => cell % size !== at || value === 0));
  if (constant.length > 0) {
    return {
      covariates: constant,
      reason: `${listed(constant)} ${constant.length === 1 ? "is" : "are"} the same in every row: leave out`,
    };
  }
  const { information, uncentered } = informationAtZero(design, ties);
  const still = names.filter((_, at) => !(information[at][at] > NEGLIGIBLE * uncentered[at]));
  if (still.length > 0) {
    return {
      covariates: still,
      reason: `${listed(still)} ${still.length === 1 ? "does" : "do"} not vary among those at risk at any event: leave out`,
    };
  }
  return collinear(names, information);
}

/**
 * What shows after Newton's method: a likelihood that rises for ever, because at every event those who had it have the
 * highest value of a combination of covariates among all at risk (monotone likelihood, Heinze and Schemper 2001).
 * `null` for a sound maximum.
 *
 * @internal
 */
export function undeterminedAtEnd(
  design: CoxDesign,
  ties: CoxTies,
  newton: NewtonMinimum,
): Undetermined | null {
  const ranges = rangesOf(design);
  const isVague = newton.inverseHessian?.some((row, at) => Math.sqrt(row[at]) * ranges[at] > VAGUE) ?? true;
  if (!isVague) return null;
  const directions = runawayDirections(coxObjective(design, ties), ranges);
  const monotone = directions.find((candidate) => isMonotone(design, candidate));
  if (monotone === undefined && newton.converged) return null;
  const direction = monotone ?? directions[0];
  const moving = design.names.filter((_, at) => direction[at] !== 0);
  const covariates = moving.length > 0 ? moving : design.names;
  if (monotone === undefined) return { covariates, reason: `${listed(covariates)}: ${newton.reason}` };
  const what =
    covariates.length === 1
      ? `the coefficient of ${listed(covariates)} runs to infinity: at every event whoever had it has the ${direction.some((slope) => slope > 0) ? "highest" : "lowest"} value among those at risk`
      : `the coefficients of ${listed(covariates)} run to infinity: together they tell at every event who has it`;
  return {
    covariates,
    reason: `${what} (monotone likelihood); leave out, merge rare levels, or collect events of the other kind`,
  };
}

/** A share of the whole that rounding could leave of nothing. */
const NEGLIGIBLE = 1e-11;
/** A standard error of the log hazard ratio, over the range of a covariate, that no finite maximum has. */
const VAGUE = 1e3;

function informationAtZero(
  design: CoxDesign,
  ties: CoxTies,
): { information: number[][]; uncentered: Float64Array } {
  const { size } = design;
  const information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const uncentered = new Float64Array(size);
  const moments = riskMoments(size, true);
  visitRiskSets(design, new Float64Array(design.length), true, (set) => {
    visitTieSteps(set, ties, moments, ({ weight, mean, covariance }) => {
      for (let i = 0; i < size; i++) {
        uncentered[i] += weight * (covariance[i * size + i] + mean[i] * mean[i]);
        for (let j = 0; j < size; j++) information[i][j] += weight * covariance[i * size + j];
      }
    });
  });
  return { information, uncentered };
}

/** The first covariate that is a combination of those before it. */
function collinear(names: readonly string[], information: number[][]): Undetermined | null {
  const factor: number[][] = [];
  for (let i = 0; i < names.length; i++) {
    const row: number[] = [];
    for (let j = 0; j < i; j++) row.push((information[i][j] - dot(row, factor[j])) / factor[j][j]);
    const pivot = information[i][i] - dot(row, row);
    if (!(pivot > NEGLIGIBLE * information[i][i])) {
      const square = factor.map((known) => [...known, ...new Array<number>(i - known.length).fill(0)]);
      const shares = i === 0 ? [] : choleskySolve(square, information[i].slice(0, i));
      const others = names.filter(
        (_, j) => j < i && Math.abs(shares[j]) * Math.sqrt(information[j][j] / information[i][i]) > 1e-6,
      );
      return {
        covariates: [names[i], ...others],
        reason: `${listed([names[i]])} follows from ${listed(others)} (collinear): leave one out`,
      };
    }
    factor.push([...row, Math.sqrt(pivot)]);
  }
  return null;
}

/** Whether at every event those who had it are highest in that direction among all at risk. */
function isMonotone(design: CoxDesign, direction: readonly number[]): boolean {
  if (direction.every((slope) => slope === 0) || !direction.every(Number.isFinite)) return false;
  // So steep that the sum over those at risk is that of the highest alone: a log-sum-exp is a maximum. The leeway is a
  // billionth of the range: more than the direction is off, less than an outlier makes of the other differences.
  const height = linearPredictor(
    design,
    direction.map((slope) => slope * 1e12),
  );
  const leeway = 1e3;
  let monotone = true;
  visitRiskSets(design, height, false, ({ from, to, shift, risk }) => {
    const highest = shift + Math.log(risk.total);
    for (let row = from; row < to; row++) if (height[row] < highest - leeway) monotone = false;
  });
  return monotone;
}

function rangesOf({ length, size, x }: CoxDesign): Float64Array {
  return new Float64Array(size).map((_, at) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < length; row++) {
      low = Math.min(low, x[row * size + at]);
      high = Math.max(high, x[row * size + at]);
    }
    return high - low;
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < Math.min(a.length, b.length); k++) sum += a[k] * b[k];
  return sum;
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
