import { assertArgument } from "../../core/assert.js";
import type { ObjectiveAtPoint } from "../minimize-newton.js";
import type { LogisticData } from "./logistic-data.js";

/**
 * A logistic regression made ready for Newton's method: covariates centered and divided by their mean absolute deviation,
 * so that no unit matters, row by row, a 1 for the intercept first.
 *
 * @internal
 */
export interface LogisticDesign {
  readonly names: readonly string[];
  readonly length: number;
  /** Columns, the intercept included. */
  readonly size: number;
  readonly x: Float64Array;
  readonly outcome: Uint8Array;
  readonly means: Float64Array;
  /** 1 where a covariate is constant. */
  readonly scales: Float64Array;
}

/** @internal */
export function logisticDesign({ names, outcome, columns }: LogisticData): LogisticDesign {
  const [length, size] = [outcome.length, columns.length + 1];
  const x = new Float64Array(length * size);
  const means = new Float64Array(columns.length);
  const scales = new Float64Array(columns.length);
  for (let row = 0; row < length; row++) x[row * size] = 1;
  columns.forEach((column, at) => {
    const { mean, scale } = centerAndScale(column);
    const path = `data.covariates.${names[at]}`;
    assertArgument(
      Number.isFinite(mean) && Number.isFinite(scale),
      path,
      () => `${path} has values so far apart that their mean is no finite number: pass another unit`,
    );
    means[at] = mean;
    scales[at] = scale;
    for (let row = 0; row < length; row++) x[row * size + at + 1] = (column[row] - mean) / scale;
  });
  return { names, length, size, x, outcome, means, scales };
}

function centerAndScale(column: Float64Array): { mean: number; scale: number } {
  let mean = 0;
  let isConstant = true;
  for (let row = 0; row < column.length; row++) {
    mean += (column[row] - mean) / (row + 1);
    if (column[row] !== column[0]) isConstant = false;
  }
  if (isConstant) return { mean: column[0] ?? 0, scale: 1 };
  let deviation = 0;
  for (let row = 0; row < column.length; row++) deviation += Math.abs(column[row] - mean) / column.length;
  return { mean, scale: deviation };
}

/** What the likelihood is of: rows of columns, outcomes, and what stands fixed in the linear predictor of each row. @internal */
export interface LogisticTerms {
  readonly size: number;
  readonly x: Float64Array;
  readonly outcome: Uint8Array;
  readonly offset: Float64Array | null;
}

/** Minus the log-likelihood with its derivatives, for a minimizer. @internal */
export function logisticObjective(terms: LogisticTerms): (parameters: readonly number[]) => ObjectiveAtPoint {
  const { size, x, outcome, offset } = terms;
  const length = outcome.length;
  // Room for whole blocks of rows; what lies beyond the last row stays 0.
  const pulls = new Float64Array(length + BLOCK);
  const weights = new Float64Array(length + BLOCK);
  return (parameters) => {
    let value = 0;
    for (let row = 0, from = 0; row < length; row++, from += size) {
      let score = offset === null ? 0 : offset[row];
      for (let at = 0; at < size; at++) score += x[from + at] * parameters[at];
      // The small exponential: log(1 + e^score) and both chances keep their digits wherever the score is.
      const small = Math.exp(-Math.abs(score));
      const happened = outcome[row] === 1;
      const isAsExpected = score > 0 === happened;
      // What is missing to certainty of what came about.
      const surprise = isAsExpected ? small / (1 + small) : 1 / (1 + small);
      value += Math.log1p(small) + (isAsExpected ? 0 : Math.abs(score));
      pulls[row] = happened ? -surprise : surprise;
      weights[row] = small / ((1 + small) * (1 + small));
    }
    return { value, ...derivatives(terms, pulls, weights) };
  };
}

const BLOCK = 4;

/** Sums over rows of pull x column and of weight x column x column: four rows at a time, or sums wait for memory. */
function derivatives(
  { size, x, outcome }: LogisticTerms,
  pulls: Float64Array,
  weights: Float64Array,
): Pick<ObjectiveAtPoint, "gradient" | "hessian"> {
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const last = Math.max(0, outcome.length - 1) * size;
  for (let row = 0; row < outcome.length; row += BLOCK) {
    const a = row * size;
    // Beyond the last row: any row, for its weight is 0.
    const b = Math.min(a + size, last);
    const c = Math.min(a + 2 * size, last);
    const d = Math.min(a + 3 * size, last);
    for (let i = 0; i < size; i++) {
      gradient[i] +=
        pulls[row] * x[a + i] +
        pulls[row + 1] * x[b + i] +
        pulls[row + 2] * x[c + i] +
        pulls[row + 3] * x[d + i];
      const wa = weights[row] * x[a + i];
      const wb = weights[row + 1] * x[b + i];
      const wc = weights[row + 2] * x[c + i];
      const wd = weights[row + 3] * x[d + i];
      for (let j = 0, cell = i * size; j <= i; j++, cell++)
        information[cell] += wa * x[a + j] + wb * x[b + j] + wc * x[c + j] + wd * x[d + j];
    }
  }
  return { gradient: Array.from(gradient), hessian: symmetric(information, size) };
}

/** Rows of a square matrix of which the lower triangle is filled. @internal */
export function symmetric(lower: Float64Array, size: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_unused, j) => lower[Math.max(i, j) * size + Math.min(i, j)]),
  );
}

/** The chance that a linear predictor stands for. @internal */
export function logisticChance(score: number): number {
  const small = Math.exp(-Math.abs(score));
  return score > 0 ? 1 / (1 + small) : small / (1 + small);
}
