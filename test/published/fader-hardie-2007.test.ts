import { describe, expect, test } from "vitest";
import { discountedContractLifetime } from "../../src/lifetime/contracts/contract-lifetime.js";
import type { ContractModel } from "../../src/lifetime/contracts/contract-model.js";
import {
  contractEndProbability,
  contractRetention,
  contractSurvival,
} from "../../src/lifetime/contracts/contract-survival.js";
import { fitBetaDiscreteWeibull } from "../../src/lifetime/contracts/fit-beta-discrete-weibull.js";
import { fitShiftedBetaGeometric } from "../../src/lifetime/contracts/fit-shifted-beta-geometric.js";
import { relativeError } from "../statistics/relative-error.js";

// Fader & Hardie (2007), "How to Project Customer Retention", Journal of Interactive Marketing 21(1): survivors of 1,000
// customers of the segments High End and Regular, published estimates .668 / 3.806 (log-likelihood -1611.2) and .704 /
// 1.182. More digits, standard errors, DEL and DERL (Fader & Hardie 2010, Marketing Science 29(1)) by an independent program
// with 40 digits. Beta-discrete-Weibull: the R package retenmod's README, and the same program.

const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491];
const REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241];

describe("fitShiftedBetaGeometric", () => {
  // biome-ignore format: a line for each
  test.each([
    ["High End", HIGH_END, 0.6680883511064462, 3.806094964058267, -1611.15814739115644, 0.1037349, 0.7855317],
    ["Regular", REGULAR, 0.7040772984735162, 1.182043026209476, -1680.26518846328699, 0.065599, 0.1524756],
    ["High End, five renewals", HIGH_END.slice(0, 6), 0.8753819666704767, 5.161670370454484, -1378.48315399578783, 0.2179185, 1.563616],
  ])("%s", (_, survivors, alpha, beta, logLikelihood, errorOfAlpha, errorOfBeta) => {
    const fit = fitShiftedBetaGeometric(survivors, { period: "year" });
    if (!fit.converged) throw new Error(fit.reason);
    expect(relativeError(fit.parameters.alpha, alpha)).toBeLessThan(1e-10);
    expect(relativeError(fit.parameters.beta, beta)).toBeLessThan(1e-10);
    expect(relativeError(fit.logLikelihood, logLikelihood)).toBeLessThan(1e-14);
    // As many digits as are given.
    expect(Math.abs(fit.standardErrors.alpha - errorOfAlpha)).toBeLessThan(5.1e-8);
    expect(Math.abs(fit.standardErrors.beta - errorOfBeta)).toBeLessThan(5.1e-7);
    expect(fit.gradientNorm).toBeLessThan(1e-8);
  });

  test("survival and retention at its estimates", () => {
    const fit = fitShiftedBetaGeometric(HIGH_END, { period: "year" });
    if (!fit.converged) throw new Error(fit.reason);
    // biome-ignore format: ten digits each
    const survival = [0.8506792628, 0.74685941, 0.6697889831, 0.6099191353, 0.5618342811, 0.5222155693, 0.4889064197, 0.4604396718, 0.43577959, 0.4141723979, 0.3950553432, 0.3779990716];
    for (const [i, share] of survival.entries()) expect(contractSurvival(fit, i + 1)).toBeCloseTo(share, 9);
    // biome-ignore format: eight digits each
    const retention = [0.85067926, 0.87795653, 0.89680732, 0.91061387, 0.92116192, 0.92948328, 0.93621571, 0.94177465];
    for (const [i, share] of retention.entries())
      expect(Math.abs(contractRetention(fit, i + 1) - share)).toBeLessThan(5.1e-9);
  });
});

describe("at the published .668 and 3.806", () => {
  const model: ContractModel = {
    model: "shiftedBetaGeometric",
    parameters: { alpha: 0.668, beta: 3.806 },
    period: "year",
  };

  test("who leaves when", () => {
    for (const [i, share] of [0.1493071077, 0.1038112627, 0.0770647094, 0.0598658955].entries()) {
      expect(Math.abs(contractEndProbability(model, i + 1) - share)).toBeLessThan(5.1e-11);
    }
  });

  test("discounted lifetimes at 10 % a year", () => {
    const derl: readonly [tenure: number, value: number][] = [
      [0, 5.92259640761276],
      [1, 5.41485604837],
      [2, 5.90175316775],
      [3, 6.29426061679],
      [4, 6.62028032319],
      [5, 6.89705739775],
      [8, 7.5299495309],
    ];
    for (const [tenure, value] of derl) {
      const { periods: got } = discountedContractLifetime(model, { discountRate: 0.1, tenure });
      // Twelve digits are given.
      expect(relativeError(got ?? Number.NaN, value)).toBeLessThan(1e-11);
    }
  });
});

describe("fitBetaDiscreteWeibull", () => {
  test("High End, four renewals, in percent", () => {
    const fit = fitBetaDiscreteWeibull([100, 86.9, 74.3, 65.3, 59.3], { period: "year" });
    if (!fit.converged) throw new Error(fit.reason);
    const { alpha, beta, c } = fit.parameters;
    // Ill-conditioned: a likelihood flat to 1e-10 over a parameter's tenth.
    expect(relativeError(alpha, 0.2593357315111664)).toBeLessThan(1e-9);
    expect(relativeError(beta, 1.722551488086686)).toBeLessThan(1e-9);
    expect(relativeError(c, 1.584361515022858)).toBeLessThan(1e-9);
    expect(relativeError(fit.logLikelihood, -122.274931824082178)).toBeLessThan(1e-13);
  });

  test("the projection of retenmod's README", () => {
    const fit = fitBetaDiscreteWeibull([100, 86.9, 74.3, 65.3, 59.3], { period: "year" });
    if (!fit.converged) throw new Error(fit.reason);
    const published = [54.66194, 51.03776, 48.10526, 45.66963, 43.60444, 41.82391];
    // Its search stopped short of the maximum, at .25933745, 1.72255566, 1.58435482.
    for (const [i, percent] of published.entries())
      expect(Math.abs(100 * contractSurvival(fit, 5 + i) - percent)).toBeLessThan(1e-3);
  });
});
