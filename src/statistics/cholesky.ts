import { assertArgument, shown } from "../core/assert.js";

/** A square matrix as a list of rows of equal length. */
export type SquareMatrix = readonly (readonly number[])[];

/**
 * Which lower triangle L gives L Lᵀ = matrix?
 *
 * For small symmetric matrices (Hessians, covariances): p³/6 multiplications, no blocking.
 *
 * @param matrix - Symmetric, as rows; only the lower triangle is read.
 * @returns L as rows with zeros above the diagonal; `null` when the matrix is not positive definite or so close to
 * singular that its rounding errors decide.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the matrix is not square.
 * @example
 * ```ts
 * import { choleskyFactor } from "clientele";
 *
 * choleskyFactor([[4, 2], [2, 5]]); // => [[2, 0], [1, 2]]
 * choleskyFactor([[1, 2], [2, 1]]); // => null
 * ```
 */
export function choleskyFactor(matrix: SquareMatrix): number[][] | null {
  assertSquare(matrix, "matrix");
  const size = matrix.length;
  const factor: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row = new Array<number>(size).fill(0);
    for (let j = 0; j < i; j++) row[j] = (matrix[i][j] - dot(row, factor[j], j)) / factor[j][j];
    const pivot = matrix[i][i] - dot(row, row, i);
    // Also false for NaN. Below this, nothing but the rounding of the subtraction is left.
    if (!(pivot > size * Number.EPSILON * matrix[i][i] && pivot < Number.POSITIVE_INFINITY)) return null;
    row[i] = Math.sqrt(pivot);
    factor.push(row);
  }
  return factor;
}

/**
 * Which x solves matrix x = b, when the matrix is factored?
 *
 * @param factor - Lower triangle from {@link choleskyFactor}.
 * @param rightHandSide - b, one number for each row.
 * @returns x.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the factor is not square or b has another length.
 * @example
 * ```ts
 * import { choleskyFactor, choleskySolve } from "clientele";
 *
 * const factor = choleskyFactor([[4, 2], [2, 5]]);
 * factor && choleskySolve(factor, [8, 12]); // => [1, 2]
 * ```
 */
export function choleskySolve(factor: SquareMatrix, rightHandSide: readonly number[]): number[] {
  assertSquare(factor, "factor");
  const size = factor.length;
  assertArgument(
    Array.isArray(rightHandSide) && rightHandSide.length === size,
    "rightHandSide",
    () => `rightHandSide is ${shown(rightHandSide)}: pass ${size} numbers, one for each row of the factor`,
  );
  const solution = Array.from(rightHandSide);
  for (let i = 0; i < size; i++) solution[i] = (solution[i] - dot(factor[i], solution, i)) / factor[i][i];
  for (let i = size - 1; i >= 0; i--) {
    let rest = solution[i];
    for (let k = i + 1; k < size; k++) rest -= factor[k][i] * solution[k];
    solution[i] = rest / factor[i][i];
  }
  return solution;
}

/**
 * What is the inverse of a factored matrix?
 *
 * @param factor - Lower triangle from {@link choleskyFactor}.
 * @returns The inverse as rows, exactly symmetric: the covariance when the matrix was an information matrix.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the factor is not square.
 * @example
 * ```ts
 * import { choleskyFactor, choleskyInverse } from "clientele";
 *
 * const factor = choleskyFactor([[4, 0], [0, 16]]);
 * factor && choleskyInverse(factor); // => [[0.25, 0], [0, 0.0625]]
 * ```
 */
export function choleskyInverse(factor: SquareMatrix): number[][] {
  assertSquare(factor, "factor");
  const columns = factor.map((_, i) =>
    choleskySolve(
      factor,
      factor.map((_row, k) => (k === i ? 1 : 0)),
    ),
  );
  return columns.map((column, i) => column.map((value, k) => (value + columns[k][i]) / 2));
}

function assertSquare(matrix: SquareMatrix, path: string): void {
  assertArgument(Array.isArray(matrix), path, () => `${path} is ${shown(matrix)}: pass a list of rows`);
  matrix.forEach((row, i) => {
    assertArgument(
      Array.isArray(row) && row.length === matrix.length,
      `${path}[${i}]`,
      () => `${path}[${i}] is ${shown(row)}: pass ${matrix.length} numbers in each of ${matrix.length} rows`,
    );
  });
}

function dot(a: readonly number[], b: readonly number[], length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[k] * b[k];
  return sum;
}
