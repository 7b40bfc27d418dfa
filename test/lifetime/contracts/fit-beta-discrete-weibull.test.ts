import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawBeta } from "../../../src/core/random-draws.js";
import { fitBetaDiscreteWeibull } from "../../../src/lifetime/contracts/fit-beta-discrete-weibull.js";
import { fitShiftedBetaGeometric } from "../../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { survivalKernel } from "../../../src/lifetime/contracts/survival-kernel.js";
import { relativeError } from "../../statistics/relative-error.js";

const YEARLY = { period: "year" } as const;

/** The survivors that a model expects, of so many customers. */
function expectedSurvivors(alpha: number, beta: number, c: number, renewals: number): number[] {
  const { survival } = survivalKernel({
    model: "betaDiscreteWeibull",
    parameters: { alpha, beta, c },
    period: "year",
  });
  return Array.from({ length: renewals + 1 }, (_, t) => 1e6 * survival(t));
}

describe("fitBetaDiscreteWeibull", () => {
  test.each([
    [0.7, 3.8, 1],
    [0.3, 1.7, 1.6],
    [2, 8, 0.7],
    [5, 60, 2],
  ])("finds %d, %d, %d of survivors as they are expected", (alpha, beta, c) => {
    const fit = fitBetaDiscreteWeibull(expectedSurvivors(alpha, beta, c, 10), YEARLY);
    if (!fit.converged) throw new Error(fit.reason);
    // The likelihood of a million has its maximum where a sum of 1e6 rounded terms puts it.
    expect(relativeError(fit.parameters.alpha, alpha)).toBeLessThan(1e-5);
    expect(relativeError(fit.parameters.beta, beta)).toBeLessThan(1e-5);
    expect(relativeError(fit.parameters.c, c)).toBeLessThan(1e-5);
  });

  test("is never less likely than the shifted-beta-geometric, which it holds", () => {
    const survivors = [1000, 869, 743, 653, 593, 551, 517, 491];
    const simple = fitShiftedBetaGeometric(survivors, YEARLY);
    const fit = fitBetaDiscreteWeibull(survivors, YEARLY);
    if (!fit.converged || !simple.converged) throw new Error("no fit");
    expect(fit.logLikelihood).toBeGreaterThan(simple.logLikelihood);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect(fit.estimated).toEqual(["alpha", "beta", "c"]);
  });

  // biome-ignore format: a line for each
  test.each([
    ["nobody left", [10, 10, 10, 10], "BOUNDARY", "nobody left"],
    ["two renewals", [10, 8, 7], "TOO_FEW_HISTORIES", "renewals to which somebody came: 2"],
    ["customers who do not differ", [1000, 900, 790, 670, 500], "BOUNDARY", "customers do not differ"],
    ["a likelihood that is level to the last digit", [823, 334, 1, 0], "BOUNDARY", "customers do not differ"],
    ["nobody after the first", [1000, 500, 500, 500], "BOUNDARY", "nobody leaves after the first renewal"],
  ])("%s", (_, survivors, code, reason) => {
    const fit = fitBetaDiscreteWeibull(survivors, YEARLY);
    if (fit.converged) throw new Error("fitted");
    expect(fit.code).toBe(code);
    expect(fit.reason).toContain(reason);
  });
});

test("a prior that says nothing changes nothing, one that is sure decides, and few data lie between", () => {
  const survivors = [1000, 869, 743, 653, 593, 551, 517, 491];
  const cOf = (options: object) => {
    const fit = fitBetaDiscreteWeibull(survivors, { ...YEARLY, ...options });
    if (!fit.converged) throw new Error(fit.reason);
    return fit.parameters.c;
  };
  const plain = cOf({});
  // The pull of a prior this wide is 1e-8 of a unit of the logarithm.
  expect(relativeError(cOf({ prior: { c: { median: 5, logSd: 1e4 } } }), plain)).toBeLessThan(1e-6);
  expect(Math.abs(Math.log(cOf({ prior: { c: { median: 1, logSd: 1e-4 } } })))).toBeLessThan(1e-4);
  const held = cOf({ prior: { c: { median: 1, logSd: 0.1 } } });
  expect(held).toBeGreaterThan(Math.min(1, plain));
  expect(held).toBeLessThan(Math.max(1, plain));
});

describe("recovers what made the customers: 40 cohorts of 3,000, each parameter within 4 standard errors", () => {
  test.each([
    [0.7, 5, 1.4],
    [1.5, 6, 0.8],
  ])("alpha %d, beta %d, c %d", (alpha, beta, c) => {
    const distances: number[][] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const random = seededRandom(seed, c);
      const left = new Array<number>(11).fill(0);
      for (let customer = 0; customer < 3000; customer++) {
        const churn = drawBeta(random, alpha, beta);
        // Of such customers (1 - churn)^(t^c) are left after t renewals: this one until t^c is more than that.
        const end = Math.log(1 - random()) / Math.log1p(-churn);
        for (let t = 0; t < left.length && t ** c <= end; t++) left[t] = (left[t] as number) + 1;
      }
      const fit = fitBetaDiscreteWeibull(left, YEARLY);
      if (!fit.converged) expect.fail(`${fit.code}: ${fit.reason}`);
      const logs = [alpha, beta, c].map((truth, i) =>
        Math.log((Object.values(fit.parameters)[i] as number) / truth),
      );
      distances.push(logs.map((error, i) => error / Math.sqrt(fit.covariance[i]?.[i] as number)));
    }
    expect(Math.max(...distances.flat().map(Math.abs))).toBeLessThan(4);
    // And the standard errors are not too wide: the squares have mean 1, that of 40 a standard error of .22.
    for (const i of [0, 1, 2]) {
      const squares = distances.reduce((sum, row) => sum + (row[i] as number) ** 2, 0) / distances.length;
      expect(squares).toBeGreaterThan(1 - 4 * 0.22);
      expect(squares).toBeLessThan(1 + 4 * 0.22);
    }
  });
});
