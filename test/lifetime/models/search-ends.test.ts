import { describe, expect, test } from "vitest";
import { fitParameters } from "../../../src/lifetime/models/fit-parameters.js";
import type { FitProblem } from "../../../src/lifetime/models/fit-problem.js";
import { fitted, type Scale, waits } from "./waits.js";

/** Minus the sum of bells, each with its center, its width and its height. */
function valleys(
  bells: readonly (readonly [center: number, width: number, height: number])[],
  extra: Partial<FitProblem<Scale>> = {},
): FitProblem<Scale> {
  return {
    ...waits(1, 1),
    starts: bells.map(([center]) => ({ size: Math.exp(center + 0.1) })),
    objective: ([x]) => {
      let [value, slope, bend] = [100, 0, 0];
      for (const [center, width, height] of bells) {
        const t = (x - center) / width;
        const bell = height * Math.exp((-t * t) / 2);
        value -= bell;
        slope += (bell * t) / width;
        bend += (bell * (1 - t * t)) / width ** 2;
      }
      return { value, gradient: [slope], hessian: [[bend]] };
    },
    ...extra,
  };
}

describe("the best end wins", () => {
  const two = [
    [0, 1, 1],
    [-6, 1, 2],
  ] as const;

  test("of built-in starts and of given ones, in whatever order", () => {
    for (const bells of [two, two.toReversed()]) {
      const problem = valleys(bells);
      for (const fit of [fitted(problem), fitted({ ...problem, starts: [] }, { starts: problem.starts })]) {
        expect(Math.log(fit.parameters.size)).toBeCloseTo(-6, 5);
        expect(fit.start).toBe(bells === two ? 2 : 1);
        expect(fit.warnings).toEqual([]);
      }
    }
  });

  test("a maximum that many histories fix well ends the search, one that they do not fix well does not", () => {
    const started: number[] = [];
    const seen = ({ start }: { readonly start: number }) => started.push(start);
    // A curvature of height / width²: errors of 0.1 and of 3.
    const narrow = [[0, 0.1, 1], two[1]] as const;
    fitted(valleys(narrow, { histories: 201 }), { onProgress: seen });
    expect(new Set(started)).toEqual(new Set([1]));
    const wide = [[0, 3, 1], two[1]] as const;
    for (const [bells, histories] of [
      [narrow, 200],
      [wide, 201],
    ] as const) {
      expect(fitted(valleys(bells, { histories })).start).toBe(2);
    }
  });

  // A maximum of height 2 at 0 (no more than 1e-8 of it is left at 6), and a way to infinity that begins at 6.
  const runs = (height: number): FitProblem<Scale> => ({
    ...waits(1, 1),
    starts: [{ size: 1.1 }, { size: Math.exp(6) }],
    objective: ([x]) => {
      const bell = 2 * Math.exp((-x * x) / 2);
      const rise = x > 4 ? height * (1 - Math.exp(4 - x)) : 0;
      const rest = x > 4 ? height * Math.exp(4 - x) : 0;
      return {
        value: 100 - bell - rise,
        gradient: [bell * x - rest],
        hessian: [[bell * (1 - x * x) + rest]],
      };
    },
  });

  test("a way to infinity that leads higher is a boundary, and tells of the maximum", () => {
    const fit = fitParameters(runs(3), {});
    expect(fit).toMatchObject({ converged: false, code: "BOUNDARY", names: ["size"] });
    expect(fit.reason).toContain(
      "a maximum inside lies lower, at a log-likelihood of -98.000 instead of -97.0",
    );
  });

  test("one that leads higher by less than 0.1 makes for a warning, a lower one for none", () => {
    const close = fitted(runs(2.05));
    expect(close.parameters.size).toBeCloseTo(1, 8);
    expect(close.warnings.join()).toContain("at a log-likelihood of -97.95");
    expect(close.warnings.join()).toContain("instead of -98.000, where size runs to infinity");
    expect(fitted(runs(1.9)).warnings).toEqual([]);
  });
});

describe("level ground", () => {
  const level = (curvature: number): FitProblem<Scale> => ({
    ...waits(1, 1),
    objective: ([x]) => ({
      value: 5 + (curvature * x * x) / 2,
      gradient: [curvature * x],
      hessian: [[curvature]],
    }),
    starts: [{ size: 2 }],
  });

  test("an error of a logarithm above 10 is a boundary, below it is large, and a prior fixes it", () => {
    expect(fitParameters(level(1 / 10.1 ** 2), {})).toMatchObject({ code: "BOUNDARY", names: ["size"] });
    expect(fitted(level(1 / 9.9 ** 2)).standardErrors.size).toBeCloseTo(9.9, 8);
    const prior = { size: { median: 1, logSd: 2 } };
    expect(fitted(level(1e-9), { prior }).standardErrors.size).toBeCloseTo(2, 5);
  });

  test("a search that crawls on far away is ended", () => {
    // 1 / x²: a Newton step adds a third to x, and reaches 15 from 7 only after a stretch that gains nothing.
    let asked = 0;
    const crawl = {
      ...level(1),
      starts: [{ size: Math.exp(7.5) }, { size: Math.E }],
      objective: ([x]: readonly number[]) => {
        asked++;
        const left = 1e-6 / x;
        return { value: 7 + left, gradient: [-left / x], hessian: [[(2 * left) / x ** 2]] };
      },
    };
    expect(fitParameters(crawl, {})).toMatchObject({ code: "BOUNDARY", names: ["size"] });
    expect(asked).toBeLessThan(100);
  });
});

test("what is far when it begins has not run there", () => {
  const stuck = {
    ...waits(1, 1),
    objective: ([x]: readonly number[]) => ({ value: 1 - x, gradient: [-1], hessian: [[-1]] }),
  };
  const fit = fitParameters(stuck, { starts: [{ size: Math.exp(9) }], maxIterations: 1 });
  // A step of at most 3 leads from 9 to 12: farther than it began.
  expect(fit).toMatchObject({ converged: false, code: "BOUNDARY" });
  const back = {
    ...stuck,
    objective: ([x]: readonly number[]) => ({ value: x, gradient: [1], hessian: [[-1]] }),
  };
  expect(fitParameters(back, { starts: [{ size: Math.exp(9) }], maxIterations: 1 })).toMatchObject({
    code: "NOT_CONVERGED",
  });
});

test("of parameters that run away together the farthest is explained", () => {
  // A Newton step adds 1 to x and 3 to y.
  const problem: FitProblem<{ readonly slow: number; readonly fast: number }> = {
    names: ["slow", "fast"],
    objective: ([x, y]) => {
      const [one, other] = [Math.exp(-x), Math.exp(-y / 3)];
      return {
        value: one + other,
        gradient: [-one, -other / 3],
        hessian: [
          [one, 0],
          [0, other / 9],
        ],
      };
    },
    starts: [{ slow: 1, fast: 1 }],
    scale: { slow: 1, fast: 1 },
    boundary: (name, end) => `${name} runs to ${end}`,
    customers: 2,
    histories: 2,
  };
  expect(fitParameters(problem, {})).toMatchObject({
    code: "BOUNDARY",
    names: ["slow", "fast"],
    reason: "fast runs to infinity",
  });
});
