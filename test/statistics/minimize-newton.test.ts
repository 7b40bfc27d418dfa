import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimizeNewton, type ObjectiveAtPoint } from "../../src/statistics/minimize-newton.js";
import { thrown } from "../core/thrown.js";
import { negativeLogLikelihood } from "./logistic-likelihood.js";

type Objective = (parameters: number[]) => ObjectiveAtPoint;

/** An objective of one parameter from its value and two derivatives. */
const curve =
  (value: (x: number) => number, first: (x: number) => number, second: (x: number) => number): Objective =>
  ([x]) => ({ value: value(x), gradient: [first(x)], hessian: [[second(x)]] });

/** Rosenbrock (1960): a curved valley with its minimum 0 at (1, 1). */
const rosenbrock: Objective = ([x, y]) => ({
  value: 100 * (y - x * x) ** 2 + (1 - x) ** 2,
  gradient: [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)],
  hessian: [
    [1200 * x * x - 400 * y + 2, -400 * x],
    [-400 * x, 200],
  ],
});

describe("minimizeNewton", () => {
  test("finds the bottom of a quadratic in one step, and its inverse Hessian", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 2 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        ([a, b], p, q) => {
          // Hessian [[p + 1, 1], [1, q + 1]], minimum at (a, b).
          const bowl: Objective = ([x, y]) => ({
            value: ((p + 1) * (x - a) ** 2) / 2 + (x - a) * (y - b) + ((q + 1) * (y - b) ** 2) / 2 - 7,
            gradient: [(p + 1) * (x - a) + (y - b), x - a + (q + 1) * (y - b)],
            hessian: [
              [p + 1, 1],
              [1, q + 1],
            ],
          });
          const { minimizer, value, iterations, converged, inverseHessian } = minimizeNewton(bowl, [
            a + 3,
            b - 4,
          ]);
          expect(converged).toBe(true);
          expect(iterations).toBe(1);
          // 1e-12: one solution of two equations.
          expect(minimizer[0]).toBeCloseTo(a, 12);
          expect(minimizer[1]).toBeCloseTo(b, 12);
          expect(value).toBeCloseTo(-7, 12);
          const determinant = (p + 1) * (q + 1) - 1;
          expect(inverseHessian?.[0][0]).toBeCloseTo((q + 1) / determinant, 12);
          expect(inverseHessian?.[0][1]).toBeCloseTo(-1 / determinant, 12);
        },
      ),
    );
  });

  test("follows Rosenbrock's valley from the usual start and from others", () => {
    for (const start of [
      [-1.2, 1],
      [0, 0],
      [10, -10],
      [-5, 30],
    ]) {
      const { minimizer, value, gradientNorm, converged, reason } = minimizeNewton(rosenbrock, start);
      expect({ converged, reason }).toEqual({ converged: true, reason: null });
      expect(minimizer[0]).toBeCloseTo(1, 9);
      expect(minimizer[1]).toBeCloseTo(1, 9);
      expect(value).toBeLessThan(1e-16);
      expect(gradientNorm).toBeLessThan(1e-7);
    }
    expect(minimizeNewton(rosenbrock, [-1.2, 1]).iterations).toBeLessThan(40);
  });

  test("steps back from where the objective is not defined", () => {
    // x - log x, minimum at 1: the full step from 5 lands at -15.
    const barrier = curve(
      (x) => x - Math.log(x),
      (x) => 1 - 1 / x,
      (x) => 1 / x ** 2,
    );
    const { minimizer, converged, iterations, evaluations } = minimizeNewton(barrier, [5]);
    expect(converged).toBe(true);
    expect(minimizer[0]).toBeCloseTo(1, 10);
    expect(evaluations).toBeGreaterThan(iterations + 1);
  });

  test("goes downhill where the curve bends the wrong way", () => {
    // cos x from 0.3, where its second derivative is negative: the next minimum is pi.
    const wave = curve(
      Math.cos,
      (x) => -Math.sin(x),
      (x) => -Math.cos(x),
    );
    const { minimizer, converged, value } = minimizeNewton(wave, [0.3]);
    expect(converged).toBe(true);
    expect(value).toBeCloseTo(-1, 12);
    expect(Math.abs(Math.cos(minimizer[0]) + 1)).toBeLessThan(1e-12);
  });

  test("does not depend on the unit of the objective, nor on a large constant in it", () => {
    const scaled = (factor: number, constant: number) =>
      curve(
        (x) => factor * Math.cosh(x - 2) + constant,
        (x) => factor * Math.sinh(x - 2),
        (x) => factor * Math.cosh(x - 2),
      );
    for (const [factor, constant] of [
      [1, 0],
      [1e-12, 0],
      [1e12, 0],
      [1, 1e10],
      [1, -1e10],
    ]) {
      const { minimizer, converged, reason } = minimizeNewton(scaled(factor, constant), [5]);
      expect({ converged, reason }).toEqual({ converged: true, reason: null });
      expect(minimizer[0]).toBeCloseTo(2, 9);
    }
  });

  test("fits a logistic regression whose exact answer is the log odds of two groups", () => {
    // Two groups: intercept and slope are log odds and their difference, variances sums of reciprocal counts.
    const x = [...Array(10).fill(0), ...Array(20).fill(1)];
    const outcomes = x.map((_, i) => Number(i < 3 || (i >= 10 && i < 25)));
    const { minimizer, inverseHessian, converged } = minimizeNewton(
      negativeLogLikelihood(x, outcomes),
      [0, 0],
    );
    expect(converged).toBe(true);
    // 1e-9: 30 terms, and a tolerance of 1e-10.
    expect(minimizer[0]).toBeCloseTo(Math.log(3 / 7), 9);
    expect(minimizer[1]).toBeCloseTo(Math.log(15 / 5) - Math.log(3 / 7), 9);
    expect(inverseHessian?.[0][0]).toBeCloseTo(1 / 3 + 1 / 7, 9);
    expect(inverseHessian?.[1][1]).toBeCloseTo(1 / 3 + 1 / 7 + 1 / 15 + 1 / 5, 9);
  });
});

describe("what does not converge says why, with finite numbers and no covariance", () => {
  const cases: [string, Objective, number[], RegExp][] = [
    ["maxIterations", rosenbrock, [-1.2, 1], /still moving after 3 steps .*infinity$/],
    [
      "separated outcomes: the slope runs to infinity",
      negativeLogLikelihood([1, 2, 3, 4], [0, 0, 1, 1]),
      [0, 0],
      /runs to infinity/,
    ],
    [
      "collinear measures: the data do not fix both",
      ([a, b]) => ({
        value: (a + b - 3) ** 2,
        gradient: [2 * (a + b - 3), 2 * (a + b - 3)],
        hessian: [
          [2, 2],
          [2, 2],
        ],
      }),
      [0, 0],
      /not positive definite/,
    ],
    [
      "a hilltop",
      curve(
        (x) => -x * x,
        (x) => -2 * x,
        () => -2,
      ),
      [0],
      /not positive definite: a saddle/,
    ],
    [
      "no bottom",
      curve(
        (x) => -x * x,
        (x) => -2 * x,
        () => -2,
      ),
      [1],
      /still moving.*not positive definite there$/,
    ],
    [
      "a gradient of the wrong sign",
      curve(
        (x) => x * x,
        (x) => -2 * x,
        () => 2,
      ),
      [1],
      /no step downhill/,
    ],
    [
      "the edge of the domain",
      curve(
        (x) => (x < 1 ? x : Number.NaN),
        () => -1,
        () => 1,
      ),
      [1 - 2 ** -53],
      /no step downhill/,
    ],
  ];
  test.each(cases)("%s", (name, objective, start, reason) => {
    const result = minimizeNewton(objective, start, name === "maxIterations" ? { maxIterations: 3 } : {});
    expect(result.converged).toBe(false);
    expect(result.reason).toMatch(reason);
    expect(result.inverseHessian).toBeNull();
    for (const number of [...result.minimizer, result.value, result.gradientNorm])
      expect(number).toSatisfy(Number.isFinite);
  });
});

describe("bad input", () => {
  const square = curve(
    (x) => x * x,
    (x) => 2 * x,
    () => 2,
  );
  test.each([
    [() => minimizeNewton(square, []), "start", "[]"],
    [() => minimizeNewton(square, [Number.NaN]), "start", "NaN"],
    [
      () =>
        minimizeNewton(
          curve(
            Math.log,
            (x) => 1 / x,
            (x) => -1 / x ** 2,
          ),
          [-1],
        ),
      "start",
      "NaN",
    ],
    [() => minimizeNewton(square, [1, 2]), "objective", "a gradient of 1"],
    [() => minimizeNewton(5 as never, [1]), "objective", "5"],
    [() => minimizeNewton((() => null) as never, [1]), "objective", "null"],
    [
      () => minimizeNewton(() => ({ value: "1", gradient: [1], hessian: [[1]] }) as never, [1]),
      "objective",
      "value",
    ],
    [
      () => minimizeNewton(() => ({ value: 1, gradient: [1], hessian: [1] }) as never, [1]),
      "objective",
      "in each row",
    ],
    [() => minimizeNewton(square, [1], { maxIterations: 0 }), "options.maxIterations", "0"],
    [() => minimizeNewton(square, [1], { tolerance: 0 }), "options.tolerance", "0"],
  ])("%#", (call, path, named) => {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.path).toBe(path);
    expect(error.message).toContain(named);
  });

  test("the objective cannot change the search through its argument, nor the search its start", () => {
    const start = Object.freeze([5]);
    const rude: Objective = (parameters) => {
      const result = square(parameters);
      parameters[0] = 99;
      return result;
    };
    // One solution of 2x = 10 by way of a square root.
    expect(minimizeNewton(rude, start).minimizer[0]).toBeCloseTo(0, 14);
  });

  test("tells its progress and obeys the signal", () => {
    const steps: number[] = [];
    const { iterations } = minimizeNewton(rosenbrock, [-1.2, 1], { onProgress: (done) => steps.push(done) });
    expect(steps).toEqual(Array.from({ length: iterations }, (_, i) => i + 1));
    const error = thrown(() => minimizeNewton(rosenbrock, [-1.2, 1], { signal: { aborted: true } }));
    expect(error).toMatchObject({ code: "ABORTED", path: "options.signal" });
  });
});
