import { describe, expect, test } from "vitest";
import { bgBbKernel } from "../../src/lifetime/bg-bb/bg-bb-kernel.js";
import { fitBgBb } from "../../src/lifetime/bg-bb/fit-bg-bb.js";
import { relativeError } from "../statistics/relative-error.js";

// Fader, Hardie & Shang (2010), "Customer-Base Analysis in a Discrete-Time Noncontractual Setting", Marketing Science 29(6):
// 11,104 donors who first gave in 1995, by gifts in 1996 to 2001; published estimates 1.204, .750, .657, 2.783 (log-
// likelihood -33,225.6). More digits, standard errors and predictions by an independent program with 40 digits; the
// expectations of E[X(n)] from the authors' spreadsheet, at 1.2035, .7497, .6567, 2.7834.

// biome-ignore format: gifts, last year with one, donors
const DONORS = [
  [0, 0, 3464], [1, 1, 1091], [1, 2, 277], [1, 3, 129], [1, 4, 78], [1, 5, 119], [1, 6, 129], [2, 2, 613], [2, 3, 255],
  [2, 4, 155], [2, 5, 173], [2, 6, 234], [3, 3, 322], [3, 4, 181], [3, 5, 225], [3, 6, 357], [4, 4, 240], [4, 5, 284],
  [4, 6, 512], [5, 5, 335], [5, 6, 728], [6, 6, 1203],
] as const;

const PUBLISHED = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
const PER_YEAR = Math.log(1.1);

test("the estimates", () => {
  const fit = fitBgBb(
    DONORS.map(([x, tx, weight]) => ({ x, tx, T: 6, weight })),
    { unit: "year" },
  );
  if (!fit.converged) throw new Error(fit.reason);
  const { alpha, beta, gamma, delta } = fit.parameters;
  expect(relativeError(alpha, 1.203522351601914)).toBeLessThan(1e-11);
  expect(relativeError(beta, 0.7497163581729378)).toBeLessThan(1e-11);
  expect(relativeError(gamma, 0.6567182084418324)).toBeLessThan(1e-11);
  expect(relativeError(delta, 2.783442232577381)).toBeLessThan(1e-11);
  expect(relativeError(fit.logLikelihood, -33225.581274347)).toBeLessThan(1e-13);
  const errors = Object.values(fit.standardErrors);
  // Eight decimals are given.
  for (const [i, error] of [0.06939136, 0.02944772, 0.05100986, 0.320819].entries())
    expect(Math.abs(errors[i] - error)).toBeLessThan(5.1e-9);
  expect(fit.customers).toBe(11_104);
});

describe("at the published estimates", () => {
  const kernel = bgBbKernel(PUBLISHED);

  // biome-ignore format: a line for each kind of donor
  test.each([
    [6, 6, -2.18224844762, 0.9304025423729, 3.7521156075999, 5.908678319555],
    [5, 5, -3.71699930729, 0.5219082862804, 1.8125817366916, 2.854379643399],
    [2, 4, -5.19569760104, 0.5895141164337, 1.0573489419097, 1.665069902594],
    [1, 1, -2.28853168567, 0.0694080932065, 0.0856353983379, 0.134855125604],
    [0, 0, -1.16726247267, 0.1080165841687, 0.072802877475, 0.114646996182],
  ])("%d gifts, the last in year %d", (x, tx, logLikelihood, alive, inFive, discounted) => {
    // Eleven to thirteen digits are given.
    expect(relativeError(kernel.logLikelihood(x, tx, 6), logLikelihood)).toBeLessThan(1e-11);
    expect(relativeError(kernel.alive(x, tx, 6, 1), alive)).toBeLessThan(1e-12);
    expect(relativeError(kernel.conditionalExpected(x, tx, 6, 5), inFive)).toBeLessThan(1e-12);
    expect(relativeError(kernel.discounted(x, tx, 6, PER_YEAR, null), discounted)).toBeLessThan(5e-12);
  });

  test("how many give how often", () => {
    // biome-ignore format: twelve digits each
    const shares = [0.311217743264, 0.170109978407, 0.121480513767, 0.100263115025, 0.0916598534249, 0.0924811479053, 0.112787648208];
    const got = kernel.probabilities(0, 6, 6);
    for (const [i, share] of shares.entries()) expect(relativeError(got[i], share)).toBeLessThan(5e-12);
  });

  test("gifts of all donors in the next five years", () => {
    const total = DONORS.reduce(
      (sum, [x, tx, donors]) => sum + donors * kernel.conditionalExpected(x, tx, 6, 5),
      0,
    );
    expect(relativeError(total, 12882.2684911)).toBeLessThan(1e-11);
  });

  test("the log-likelihood", () => {
    const total = DONORS.reduce((sum, [x, tx, donors]) => sum + donors * kernel.logLikelihood(x, tx, 6), 0);
    expect(relativeError(total, -33225.5817545)).toBeLessThan(1e-11);
  });
});

test("expected gifts of a new donor, from the spreadsheet", () => {
  const kernel = bgBbKernel({ alpha: 1.2035, beta: 0.7497, gamma: 0.6567, delta: 2.7834 });
  // biome-ignore format: four decimals each
  const published = [0.4985, 0.9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887];
  // The spreadsheet had more digits of its parameters than it shows.
  for (const [i, gifts] of published.entries())
    expect(Math.abs(kernel.expected(i + 1) - gifts)).toBeLessThan(1e-4);
});

test("2,000 opportunities, where a sum in doubles underflows", () => {
  // Python's lifetimes gives -34.354, R's BTYD this.
  const kernel = bgBbKernel({ alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 });
  expect(relativeError(kernel.logLikelihood(400, 1000, 2000), -686.79234421058224)).toBeLessThan(1e-12);
});
