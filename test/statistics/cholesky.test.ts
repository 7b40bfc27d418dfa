import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  choleskyFactor,
  choleskyInverse,
  choleskySolve,
  type SquareMatrix,
} from "../../src/statistics/cholesky.js";
import { thrown } from "../core/thrown.js";

const product = (a: SquareMatrix, b: SquareMatrix): number[][] =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const transposed = (a: SquareMatrix): number[][] => a[0].map((_, j) => a.map((row) => row[j]));

/** B Bᵀ + I: symmetric, positive definite, condition below 1e4 for entries up to 9. */
const definite = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc
    .array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    })
    .map((b) => product(b, transposed(b)).map((row, i) => row.map((value, k) => value + (i === k ? 1 : 0)))),
);

function factorOf(matrix: SquareMatrix): number[][] {
  const factor = choleskyFactor(matrix);
  if (factor === null) throw new Error("not positive definite");
  return factor;
}

describe("cholesky", () => {
  test("the factor is a lower triangle whose square is the matrix", () => {
    fc.assert(
      fc.property(definite, (matrix) => {
        const factor = factorOf(matrix);
        factor.forEach((row, i) => {
          expect(row.slice(i + 1).every((value) => value === 0)).toBe(true);
          expect(row[i]).toBeGreaterThan(0);
        });
        // 1e-11: entries up to 500, six products each.
        product(factor, transposed(factor)).forEach((row, i) => {
          row.forEach((value, k) => {
            expect(Math.abs(value - matrix[i][k])).toBeLessThan(1e-11);
          });
        });
      }),
    );
  });

  test("solves, and inverts to the identity, symmetric to the bit", () => {
    fc.assert(
      fc.property(definite, (matrix) => {
        const factor = factorOf(matrix);
        const wanted = matrix.map((_, i) => i - 2);
        const rightHandSide = product(
          matrix,
          wanted.map((value) => [value]),
        ).map(([value]) => value);
        // 1e-9: condition up to 1e4 times a few roundings.
        choleskySolve(factor, rightHandSide).forEach((value, i) => {
          expect(Math.abs(value - wanted[i])).toBeLessThan(1e-9);
        });
        const inverse = choleskyInverse(factor);
        expect(inverse).toEqual(transposed(inverse));
        product(matrix, inverse).forEach((row, i) => {
          row.forEach((value, k) => {
            expect(Math.abs(value - Number(i === k))).toBeLessThan(1e-9);
          });
        });
      }),
    );
  });

  test("a matrix that is not positive definite has no factor", () => {
    expect(choleskyFactor([[0]])).toBeNull();
    expect(choleskyFactor([[-1]])).toBeNull();
    expect(choleskyFactor([[Number.NaN]])).toBeNull();
    expect(choleskyFactor([[Number.POSITIVE_INFINITY]])).toBeNull();
    // Rank 1, singular in exact arithmetic; in floating point 0.01 - (0.1 * 0.1) leaves a few 1e-18.
    expect(
      choleskyFactor([
        [1, 0.1],
        [0.1, 0.1 * 0.1],
      ]),
    ).toBeNull();
    // Third column = first + second.
    expect(
      choleskyFactor([
        [2, 1, 3],
        [1, 3, 4],
        [3, 4, 7],
      ]),
    ).toBeNull();
  });

  test("does not depend on the unit of the parameters", () => {
    const factor = choleskyFactor([
      [1e-24, 1e-13],
      [1e-13, 1],
    ]);
    expect(factor).not.toBeNull();
  });

  test("an empty matrix is the identity of nothing", () => {
    expect(choleskyFactor([])).toEqual([]);
    expect(choleskySolve([], [])).toEqual([]);
    expect(choleskyInverse([])).toEqual([]);
  });

  test("bad input", () => {
    expect(thrown(() => choleskyFactor([[1, 2]]))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "matrix[0]",
    });
    expect(thrown(() => choleskyFactor(5 as never)).path).toBe("matrix");
    const error = thrown(() => choleskySolve([[1]], [1, 2]));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "rightHandSide" });
    expect(error.message).toContain("an array of 2");
    expect(thrown(() => choleskySolve([[1]], null as never)).path).toBe("rightHandSide");
    expect(thrown(() => choleskyInverse(null as never)).path).toBe("factor");
  });
});
