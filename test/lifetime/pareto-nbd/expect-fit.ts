import { expect } from "vitest";
import type { FitFailure } from "../../../src/lifetime/models/model-fit.js";
import type { ParetoNbdFit } from "../../../src/lifetime/pareto-nbd/fit-pareto-nbd.js";
import { relativeError } from "../../statistics/relative-error.js";

export const TRUE = { r: 1.2, alpha: 8, s: 0.9, beta: 15 };
export const WEEKS = { unit: "week" } as const;

export function fitted(fit: ParetoNbdFit | FitFailure): ParetoNbdFit {
  if (!fit.converged) expect.fail(`${fit.code}: ${fit.reason}`);
  return fit;
}

export function failed(fit: ParetoNbdFit | FitFailure): FitFailure {
  if (fit.converged) expect.fail(JSON.stringify(fit.parameters));
  return fit;
}

export const inOrder = ({ parameters }: ParetoNbdFit) => [
  parameters.r,
  parameters.alpha,
  parameters.s,
  parameters.beta,
];

/** Where the gradient is lost in the rounding of the sum over the histories. */
export function expectSame(one: ParetoNbdFit, other: ParetoNbdFit, scale = 1): void {
  const [r, alpha, s, beta] = inOrder(other);
  for (const [i, value] of [r, scale * alpha, s, scale * beta].entries()) {
    expect(relativeError(inOrder(one)[i], value)).toBeLessThan(1e-8);
  }
}
