import { choleskyFactor, choleskyInverse } from "../../statistics/cholesky.js";

/** A linear regression with an intercept. @internal */
export interface LeastSquares {
  /** Of each column; the intercept is left out. */
  readonly coefficients: readonly number[];
  /** Of the coefficients; its elements are `NaN` without degrees of freedom. */
  readonly covariance: readonly (readonly number[])[];
  /** Rows less columns less 1. */
  readonly degreesOfFreedom: number;
  readonly rSquared: number;
  /** How many times the variance of each coefficient is what it would be if columns were unrelated. */
  readonly varianceInflation: readonly number[];
}

/**
 * Ordinary least squares, from the correlations of the columns, so that units do not matter. Every column and `y` must vary.
 * `null` where columns depend on each other: one of them is, to ten digits, a sum of others.
 *
 * @internal
 */
export function leastSquares(
  columns: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
): LeastSquares | null {
  const n = y.length;
  const unit = columns.map(unitColumn);
  const target = unitColumn(y);
  return solved({
    n,
    correlations: crossProducts(unit.map(({ values }) => values)),
    withTarget: unit.map(({ values }) => dot(values, target.values)),
    norms: unit.map(({ norm }) => norm),
    targetNorm: target.norm,
    residualOf: (betas) => {
      const rest = Float64Array.from(target.values);
      for (let j = 0; j < unit.length; j++) {
        const { values } = unit[j];
        for (let row = 0; row < n; row++) rest[row] -= betas[j] * values[row];
      }
      return dot(rest, rest);
    },
  });
}

/** Which of many columns of 0 and 1 are 1, row after row: those of `row` stand from `starts[row]` to `starts[row + 1]`. @internal */
export interface Dummies {
  readonly starts: Int32Array;
  readonly places: Uint16Array;
  /** How many columns there are. */
  readonly width: number;
}

/**
 * The same for columns of 0 and 1. Their products are counts: exact, and only the ones of a row are looked at.
 *
 * @internal
 */
export function dummyLeastSquares(dummies: Dummies, y: ArrayLike<number>): LeastSquares | null {
  const { starts, places, width } = dummies;
  const n = y.length;
  const target = unitColumn(y);
  const together = new Float64Array(width * width);
  const withTarget = new Float64Array(width);
  for (let row = 0; row < n; row++) {
    const [start, end] = [starts[row], starts[row + 1]];
    for (let a = start; a < end; a++) {
      const left = places[a] * width;
      withTarget[places[a]] += target.values[row];
      for (let b = start; b <= a; b++) together[left + places[b]]++;
    }
  }
  const count = (i: number, j: number) => together[Math.max(i, j) * width + Math.min(i, j)];
  const ones = Array.from({ length: width }, (_, i) => count(i, i));
  const norms = ones.map((one) => Math.sqrt(one - (one * one) / n));
  return solved({
    n,
    correlations: ones.map((one, i) =>
      ones.map((other, j) => (i === j ? 1 : (count(i, j) - (one * other) / n) / (norms[i] * norms[j]))),
    ),
    withTarget: Array.from(withTarget, (sum, i) => sum / norms[i]),
    norms,
    targetNorm: target.norm,
    residualOf: (betas) => {
      const steps = Float64Array.from(betas, (beta, i) => beta / norms[i]);
      let fixed = 0;
      for (let i = 0; i < width; i++) fixed += (steps[i] * ones[i]) / n;
      let residual = 0;
      for (let row = 0; row < n; row++) {
        let rest = target.values[row] + fixed;
        for (let a = starts[row]; a < starts[row + 1]; a++) rest -= steps[places[a]];
        residual += rest * rest;
      }
      return residual;
    },
  });
}

/** Columns as deviations from their means, divided by their lengths. */
interface Moments {
  readonly n: number;
  readonly correlations: readonly (readonly number[])[];
  readonly withTarget: readonly number[];
  /** The lengths of the columns. */
  readonly norms: readonly number[];
  readonly targetNorm: number;
  /** Sum of squares that the standardized coefficients leave of the target's 1. */
  readonly residualOf: (betas: readonly number[]) => number;
}

function solved({
  n,
  correlations,
  withTarget,
  norms,
  targetNorm,
  residualOf,
}: Moments): LeastSquares | null {
  const factor = choleskyFactor(correlations);
  // The square of a pivot is the share of a column that the columns before it do not explain.
  if (factor === null || factor.some((row, i) => row[i] ** 2 < 1e-10)) return null;
  const inverse = choleskyInverse(factor);
  const betas = inverse.map((row) => row.reduce((sum, element, j) => sum + element * withTarget[j], 0));
  const left = residualOf(betas);
  // Of a target of length 1, rounding leaves some 1e-30: then nothing is left.
  const residual = left > 1e-24 ? left : 0;
  const degreesOfFreedom = n - norms.length - 1;
  const variance = degreesOfFreedom > 0 ? residual / degreesOfFreedom : Number.NaN;
  const factors = norms.map((norm) => targetNorm / norm);
  return {
    coefficients: betas.map((beta, j) => beta * factors[j]),
    covariance: inverse.map((row, i) =>
      row.map((element, j) => variance * element * factors[i] * factors[j]),
    ),
    degreesOfFreedom,
    rSquared: Math.max(0, 1 - residual),
    varianceInflation: inverse.map((row, i) => row[i]),
  };
}

/** Deviations from the mean, divided by their length. */
function unitColumn(column: ArrayLike<number>): { readonly values: Float64Array; readonly norm: number } {
  const n = column.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += column[i] / n;
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = column[i] - mean;
  const norm = Math.sqrt(dot(values, values));
  for (let i = 0; i < n; i++) values[i] /= norm;
  return { values, norm };
}

/** Rows at a time that stay in a processor's cache while every pair of columns passes over them. */
const BLOCK = 1024;

/** The product of every column with every other; with itself it is 1. */
function crossProducts(columns: readonly Float64Array[]): number[][] {
  const products = columns.map((_, i) => columns.map((_, j) => (i === j ? 1 : 0)));
  const n = columns[0]?.length ?? 0;
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(n, start + BLOCK);
    for (let i = 1; i < columns.length; i++)
      for (let j = 0; j < i; j++) {
        products[i][j] += productOf(columns[i], columns[j], start, end);
      }
  }
  for (let i = 1; i < columns.length; i++) for (let j = 0; j < i; j++) products[j][i] = products[i][j];
  return products;
}

function dot(left: Float64Array, right: Float64Array): number {
  return productOf(left, right, 0, left.length);
}

/** In four sums side by side, of which none waits for the one before. */
function productOf(left: Float64Array, right: Float64Array, start: number, end: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let row = start;
  for (; row + 3 < end; row += 4) {
    first += left[row] * right[row];
    second += left[row + 1] * right[row + 1];
    third += left[row + 2] * right[row + 2];
    fourth += left[row + 3] * right[row + 3];
  }
  for (; row < end; row++) first += left[row] * right[row];
  return first + second + (third + fourth);
}
