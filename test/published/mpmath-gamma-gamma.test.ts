import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fitGammaGamma } from "../../src/lifetime/gamma-gamma/fit-gamma-gamma.js";
import { spendCdf, spendPdf, spendQuantile } from "../../src/lifetime/gamma-gamma/spend-distribution.js";
import { relativeError } from "../statistics/relative-error.js";

// Gamma-Gamma with mpmath at 50 digits, from the density of a mean spend and integrals: see mpmath-gamma-gamma.py.

const reference: {
  readonly spends: readonly (readonly [x: number, meanSpend: number, weight: number])[];
  readonly estimates: readonly string[];
  readonly standardErrors: readonly string[];
  readonly logLikelihood: string;
  readonly distribution: readonly {
    readonly spend: number;
    readonly x: number;
    readonly meanSpend: number;
    readonly cdf: string;
    readonly pdf: string;
  }[];
} = JSON.parse(readFileSync(new URL("./mpmath-gamma-gamma.json", import.meta.url), "utf8"));

test("twenty customers, who do not fix p well", () => {
  const fit = fitGammaGamma(reference.spends.map(([x, meanSpend, weight]) => ({ x, meanSpend, weight })));
  if (!fit.converged) throw new Error(fit.reason);
  const estimates = Object.values(fit.parameters);
  const errors = Object.values(fit.standardErrors);
  for (const [i, estimate] of reference.estimates.entries()) {
    // Newton ends within 1e-10 of a logarithm of each parameter.
    expect(relativeError(estimates[i], Number(estimate))).toBeLessThan(1e-9);
    expect(relativeError(errors[i], Number(reference.standardErrors[i]))).toBeLessThan(1e-8);
  }
  expect(relativeError(fit.logLikelihood, Number(reference.logLikelihood))).toBeLessThan(1e-13);
});

describe("the spread of mean spends", () => {
  const model = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

  test.each(reference.distribution)("$spend of $x purchases of $meanSpend", (expected) => {
    const { spend, x, meanSpend } = expected;
    const customer = x === 0 ? undefined : { x, meanSpend };
    const [cdf, pdf] = [Number(expected.cdf), Number(expected.pdf)];
    // The incomplete gamma function is good to 1e-12 in both tails.
    expect(relativeError(spendCdf(model, spend, customer), cdf)).toBeLessThan(1e-12);
    expect(relativeError(spendPdf(model, spend, customer), pdf)).toBeLessThan(1e-12);
    expect(spendCdf(model, spend, customer, { tail: "upper" })).toBeCloseTo(1 - cdf, 14);
    expect(relativeError(spendQuantile(model, cdf, customer), spend)).toBeLessThan(1e-9);
  });
});
