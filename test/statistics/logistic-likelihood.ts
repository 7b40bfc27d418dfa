import type { ObjectiveAtPoint } from "../../src/statistics/minimize-newton.js";

/** Minus the log-likelihood of a logistic regression of 0/1 outcomes on one measure, with intercept. */
export function negativeLogLikelihood(
  x: readonly number[],
  outcomes: readonly number[],
): (parameters: number[]) => ObjectiveAtPoint {
  return ([intercept, slope]) => {
    let value = 0;
    const gradient = [0, 0];
    const hessian = [
      [0, 0],
      [0, 0],
    ];
    x.forEach((at, i) => {
      const score = intercept + slope * at;
      const chance = 1 / (1 + Math.exp(-score));
      value += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - outcomes[i] * score;
      const weight = chance * (1 - chance);
      [1, at].forEach((a, row) => {
        gradient[row] += (chance - outcomes[i]) * a;
        [1, at].forEach((b, column) => {
          hessian[row][column] += weight * a * b;
        });
      });
    });
    return { value, gradient, hessian };
  };
}
