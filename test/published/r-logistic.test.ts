import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { logisticProbability } from "../../src/statistics/regression/logistic-probability.js";
import { type LogisticFit, logisticRegression } from "../../src/statistics/regression/logistic-regression.js";
import { probabilityCalibration } from "../../src/statistics/regression/probability-calibration.js";
import { rocAuc } from "../../src/statistics/regression/roc-auc.js";

// Values of base R's glm: see r-logistic.R, which makes them. They have 15 digits; R iterates weighted least squares by QR to a
// relative change of 1e-15, the library Newton steps by Cholesky, both to their end: 1e-8 relative leaves room for the
// condition of the data. Profile limits are roots: R's to 1e-13 of a standard error where the deviance's rounding (1e-14 of
// 300, at a slope of 4 for each standard error) allows 1e-12, the library's to 1e-9 of the signed root: 1e-7 relative.

interface Case {
  readonly outcome: number[];
  readonly covariates: number[][];
  readonly table: [number, number, number, number][];
  readonly covariance: number[][];
  readonly logLik: [number, number];
  readonly p: number;
  readonly profile: [number, number][];
  readonly level: number;
  readonly fitted: number[];
  readonly auc: { value: number; se: number; interval: [number, number] };
  readonly wrong: number[];
  readonly brier: number;
  readonly large: [number, number];
  readonly slope: [number, number];
}
const r = JSON.parse(readFileSync(new URL("r-logistic.json", import.meta.url), "utf8")) as Record<
  "infert" | "mtcars",
  Case
>;

function expectNear(actual: number | null | undefined, expected: number, tolerance = 1e-8): void {
  expect(actual).toBeTypeOf("number");
  expect(Math.abs(Number(actual) - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe.each(["infert", "mtcars"] as const)("logistic regression of R's %s", (name) => {
  const known = r[name];
  const covariates = Object.fromEntries(known.covariates.map((column, at) => [`x${at}`, column]));
  const fit = logisticRegression(
    { outcome: known.outcome, covariates },
    { confidenceLevel: known.level },
  ) as LogisticFit;
  const terms = [fit.intercept, ...fit.coefficients];

  test("coefficients, standard errors, z, p", () => {
    expect(terms).toHaveLength(known.table.length);
    known.table.forEach(([estimate, error, z, p], at) => {
      expectNear(terms[at].coefficient, estimate);
      expectNear(terms[at].standardError, error);
      expectNear(terms[at].z, z);
      expectNear(terms[at].pValue, p, 1e-7);
      expectNear(terms[at].oddsRatio.value, Math.exp(estimate), 1e-7);
    });
  });
  test("covariance", () => {
    known.covariance.forEach((row, i) => {
      for (const [j, value] of row.entries()) expectNear(fit.covariance[i][j], value);
    });
  });
  test("log-likelihoods and the test of all covariates", () => {
    expectNear(fit.logLikelihood.null, known.logLik[0]);
    expectNear(fit.logLikelihood.fitted, known.logLik[1]);
    expectNear(fit.likelihoodRatioTest.pValue, known.p);
  });
  test("profile-likelihood limits, of odds ratios too", () => {
    known.profile.forEach(([lower, upper], at) => {
      expectNear(terms[at].profile?.lower, lower, 1e-7);
      expectNear(terms[at].profile?.upper, upper, 1e-7);
      // A tenth of a millionth of 36, in the exponent.
      expectNear(terms[at].oddsRatio.profile?.upper, Math.exp(upper), 1e-5);
    });
  });
  test("probabilities", () => {
    const fitted = logisticProbability(fit, covariates);
    for (const [row, value] of known.fitted.entries()) expectNear(fitted[row], value, 1e-7);
  });
  test("AUC with DeLong's standard error", () => {
    const { value, standardError, interval } = rocAuc(known.fitted, known.outcome);
    expectNear(value, known.auc.value, 1e-12);
    expectNear(standardError, known.auc.se, 1e-12);
    expectNear(interval?.lower, known.auc.interval[0], 1e-11);
    expectNear(interval?.upper, known.auc.interval[1], 1e-11);
  });
  test("calibration of probabilities that are wrong", () => {
    const { brier, inTheLarge, slope } = probabilityCalibration(known.wrong, known.outcome);
    expectNear(brier, known.brier, 1e-12);
    expectNear(inTheLarge.value, known.large[0]);
    expectNear(inTheLarge.standardError, known.large[1]);
    expectNear(slope.value, known.slope[0]);
    expectNear(slope.standardError, known.slope[1]);
  });
});
