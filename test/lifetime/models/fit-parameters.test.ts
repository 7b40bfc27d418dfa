import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitParameters } from "../../../src/lifetime/models/fit-parameters.js";
import type { FitProblem } from "../../../src/lifetime/models/fit-problem.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";
import { fitted, type Scale, waits } from "./waits.js";

test("maximum, standard error by the delta method, criteria", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1e4, noNaN: true }),
      fc.integer({ min: 1, max: 1000 }),
      (mean, count) => {
        const fit = fitted(waits(mean * count, count));
        expect(relativeError(fit.parameters.size, mean)).toBeLessThan(1e-12);
        expect(relativeError(fit.standardErrors.size, mean / Math.sqrt(count))).toBeLessThan(1e-9);
        const logLikelihood = -count * (Math.log(mean) + 1);
        expect(Math.abs(fit.logLikelihood - logLikelihood)).toBeLessThan(
          1e-12 * (count + Math.abs(logLikelihood)),
        );
        expect(fit.aic).toBe(2 - 2 * fit.logLikelihood);
        expect(fit.bic).toBe(Math.log(count) - 2 * fit.logLikelihood);
        expect(fit.warnings).toEqual([]);
      },
    ),
  );
});

test("a prior: the slopes of likelihood and prior cancel at the maximum, the likelihood is told without it", () => {
  const [total, count, median, logSd] = [30, 10, 1, 0.4];
  const fit = fitted(waits(total, count), { prior: { size: { median, logSd } } });
  const log = Math.log(fit.parameters.size);
  expect(count - total * Math.exp(-log) + (log - Math.log(median)) / logSd ** 2).toBeCloseTo(0, 9);
  expect(fit.logLikelihood).toBeCloseTo(-(count * log + total * Math.exp(-log)), 10);
  expect(fit.warnings).toHaveLength(1);
});

test("the objective is not asked twice for one point, and progress counts through", () => {
  const asked: number[] = [];
  const problem = waits(5000, 10, { starts: [{ size: 1e-3 }] });
  const steps: number[] = [];
  const fit = fitted(
    {
      ...problem,
      objective: (point) => {
        asked.push(point[0]);
        return problem.objective(point);
      },
    },
    { onProgress: ({ iterations, start }) => steps.push(iterations * start) },
  );
  expect(new Set(asked).size).toBe(asked.length);
  // From there Newton takes more than one stretch.
  expect(fit.iterations).toBeGreaterThan(8);
  expect(steps).toEqual(Array.from({ length: fit.iterations }, (_, i) => i + 1));
});

describe("coefficients and ridge", () => {
  // Two groups with means size and size e^c; ridge on c.
  const groups = (ridge: number, totals = [20, 80]): FitProblem<Scale> => ({
    ...waits(1, 1),
    coefficients: ["group"],
    ridge,
    ranges: [1],
    histories: 20,
    objective: ([log, c]) => {
      const [one, two] = [totals[0] * Math.exp(-log), totals[1] * Math.exp(-log - c)];
      return {
        value: 20 * log + 10 * c + one + two,
        gradient: [20 - one - two, 10 - two],
        hessian: [
          [one + two, two],
          [two, two],
        ],
      };
    },
  });

  test("the ratio of the means without a ridge, nearer to 0 with one", () => {
    const free = fitted(groups(0));
    expect(free.coefficients[0]).toBeCloseTo(Math.log(4), 10);
    expect(free.estimated).toEqual(["size", "group"]);
    expect(fitted(groups(1)).coefficients[0]).toBeLessThan(Math.log(4) - 0.01);
    expect(fitted(groups(1e12)).coefficients[0]).toBeCloseTo(0, 9);
  });

  test("one that runs away is not identified", () => {
    const fit = fitParameters(groups(0, [20, 0]), {});
    expect(fit).toMatchObject({ converged: false, code: "NOT_IDENTIFIED", names: ["group"] });
  });
});

describe("no maximum", () => {
  test("a parameter that runs away is told as a boundary, with where it ended", () => {
    const fit = fitParameters(waits(0, 10), {});
    if (fit.converged) throw new Error("converged");
    expect([fit.code, fit.names, fit.reason]).toEqual(["BOUNDARY", ["size"], "size runs to zero, past size"]);
    expect(fit.last?.size).toBeLessThan(1e-3);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  });

  test("fewer histories than parameters, unless each has a prior", () => {
    const few = waits(3, 1, { histories: 0 });
    expect(fitParameters(few, {})).toMatchObject({ code: "TOO_FEW_HISTORIES", last: null, iterations: 0 });
    expect(fitParameters(few, { prior: { size: { median: 1, logSd: 1 } } }).converged).toBe(true);
  });

  test("steps run out", () => {
    const fit = fitParameters(waits(5000, 10, { starts: [{ size: 1e-3 }] }), { maxIterations: 2 });
    expect(fit).toMatchObject({ code: "NOT_CONVERGED", iterations: 2 });
  });

  test("no built-in start has a likelihood", () => {
    const nowhere = { value: Number.POSITIVE_INFINITY, gradient: [0], hessian: [[1]] };
    expect(fitParameters(waits(1, 1, { objective: () => nowhere }), {})).toMatchObject({
      code: "NOT_CONVERGED",
      last: null,
    });
  });
});

test("mistakes are told by their place", () => {
  const path = (options: object) => thrown(() => fitParameters(waits(1, 1), options)).path;
  expect(path({ starts: [] })).toBe("options.starts");
  expect(path({ starts: [{ size: 0 }] })).toBe("options.starts[0].size");
  expect(path({ prior: { size: { median: 0, logSd: 1 } } })).toBe("options.prior.size.median");
  expect(path({ prior: { size: { median: 1, logSd: 0 } } })).toBe("options.prior.size.logSd");
  expect(path({ tolerance: 2 })).toBe("options.tolerance");
  expect(path({ maxIterations: 1.5 })).toBe("options.maxIterations");
  expect(path({ onProgress: 3 })).toBe("options.onProgress");
  expect(path({ signal: 3 })).toBe("options.signal");
  expect(path({ prior: null })).toBe("options.prior");
  expect(path({ starts: [{ size: 1 }, { size: 1e9 }] })).toBe("options.starts[1].size");
  expect(path({ prior: { sise: { median: 1, logSd: 1 } } })).toBe("options.prior.sise");
  const unlikely = { value: Number.NaN, gradient: [0], hessian: [[1]] };
  const error = thrown(() =>
    fitParameters(waits(1, 1, { objective: () => unlikely }), { starts: [{ size: 1 }] }),
  );
  expect(error.path).toBe("options.starts[0]");
});
