import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CoxRow } from "../../src/statistics/cox/cox-data.js";
import type { CoxTies } from "../../src/statistics/cox/cox-partial-likelihood.js";
import { fitted } from "../statistics/cox/cox-fit.js";
import { relativeError } from "../statistics/relative-error.js";

// Maxima found with mpmath at 60 digits from the likelihood's definition: see mpmath-cox.py.

interface Maximum {
  readonly name: string;
  readonly ties: CoxTies;
  readonly a: number;
  readonly b: number;
  readonly errorOfA: number;
  readonly errorOfB: number;
  readonly null: number;
  readonly fitted: number;
  readonly rows: readonly CoxRow[];
}

const maxima: readonly Maximum[] = JSON.parse(
  readFileSync(new URL("./mpmath-cox.json", import.meta.url), "utf8"),
);

describe("coxRegression", () => {
  test.each(maxima)("$name, $ties", ({ rows, ties, ...expected }) => {
    const fit = fitted(rows, { ties });
    const [a, b] = fit.coefficients;
    // The largest is 1.1e-12, where the mean of a covariate has four digits left beyond its unit.
    expect(relativeError(a.coefficient, expected.a)).toBeLessThan(1e-11);
    expect(relativeError(b.coefficient, expected.b)).toBeLessThan(1e-11);
    expect(relativeError(a.standardError, expected.errorOfA)).toBeLessThan(1e-11);
    expect(relativeError(b.standardError, expected.errorOfB)).toBeLessThan(1e-11);
    expect(relativeError(fit.logLikelihood.null, expected.null)).toBeLessThan(1e-13);
    expect(relativeError(fit.logLikelihood.fitted, expected.fitted)).toBeLessThan(1e-13);
  });
});
