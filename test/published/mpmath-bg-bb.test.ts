import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bgBbKernel } from "../../src/lifetime/bg-bb/bg-bb-kernel.js";
import { fitBgBb } from "../../src/lifetime/bg-bb/fit-bg-bb.js";
import { relativeError } from "../statistics/relative-error.js";

// BG/BB with mpmath at 50 digits, from the paper's equation in beta functions: see mpmath-bg-bb.py.

interface Prediction {
  readonly parameters: readonly [alpha: number, beta: number, gamma: number, delta: number];
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  readonly logLikelihood: string;
  readonly aliveNow: string;
  readonly aliveInThree: string;
  readonly inFive: string;
  readonly discounted: string;
  readonly expectedOfTen: string;
}

const reference: {
  readonly cells: readonly (readonly [x: number, tx: number, T: number, weight: number])[];
  readonly estimates: readonly string[];
  readonly standardErrors: readonly string[];
  readonly logLikelihood: string;
  readonly predictions: readonly Prediction[];
} = JSON.parse(readFileSync(new URL("./mpmath-bg-bb.json", import.meta.url), "utf8"));

test("two cohorts", () => {
  const fit = fitBgBb(
    reference.cells.map(([x, tx, T, weight]) => ({ x, tx, T, weight })),
    { unit: "month" },
  );
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

describe("predictions", () => {
  test.each(reference.predictions)("$x of $tx of $T at $parameters", (expected) => {
    const { parameters, x, tx, T } = expected;
    const [alpha, beta, gamma, delta] = parameters;
    const kernel = bgBbKernel({ alpha, beta, gamma, delta });
    const close = (got: number, want: string) =>
      // A probability is the exponential of logarithms up to 100, each good to 1e-16 of itself.
      expect(relativeError(got, Number(want))).toBeLessThan(2e-13);
    close(kernel.logLikelihood(x, tx, T), expected.logLikelihood);
    close(kernel.alive(x, tx, T, 0), expected.aliveNow);
    close(kernel.alive(x, tx, T, 3), expected.aliveInThree);
    close(kernel.conditionalExpected(x, tx, T, 5), expected.inFive);
    close(kernel.discounted(x, tx, T, Math.log(1.1), null), expected.discounted);
    close(kernel.expected(10), expected.expectedOfTen);
  });
});
