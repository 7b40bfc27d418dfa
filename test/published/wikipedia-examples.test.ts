import { describe, expect, test } from "vitest";
import { minimizeNewton } from "../../src/statistics/minimize-newton.js";
import { spearmanCorrelation } from "../../src/statistics/spearman-correlation.js";
import { negativeLogLikelihood } from "../statistics/logistic-likelihood.js";

test("Spearman's rank correlation coefficient: IQ and hours of television, rho = -29/165, p = 0.627188", () => {
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  const { correlation, pValue } = spearmanCorrelation(iq, hours);
  expect(correlation).toBeCloseTo(-29 / 165, 13);
  expect(pValue).toBeCloseTo(0.627188, 6);
});

describe("Logistic regression: passing an exam by hours of study, 20 students", () => {
  const hours = [
    0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
  ];
  const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1];

  // The table's coefficients and standard errors, to the four decimals of its earlier revisions.
  test("coefficients -4.0777 (1.7610) and 1.5046 (0.6287)", () => {
    const fit = minimizeNewton(negativeLogLikelihood(hours, passed), [0, 0]);
    expect(fit.converged).toBe(true);
    expect(fit.minimizer[0]).toBeCloseTo(-4.0777, 4);
    expect(fit.minimizer[1]).toBeCloseTo(1.5046, 4);
    expect(Math.sqrt(Number(fit.inverseHessian?.[0][0]))).toBeCloseTo(1.761, 4);
    expect(Math.sqrt(Number(fit.inverseHessian?.[1][1]))).toBeCloseTo(0.6287, 4);
    expect(fit.value).toBeCloseTo(8.02988, 4);
  });
});
