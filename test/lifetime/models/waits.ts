import { fitParameters } from "../../../src/lifetime/models/fit-parameters.js";
import type { FitProblem } from "../../../src/lifetime/models/fit-problem.js";
import type { FitSearchOptions } from "../../../src/lifetime/models/model-fit.js";

export interface Scale {
  readonly size: number;
}

/** Negative log-likelihood of exponential waits by ln of their mean: count ln mean + total / mean. Maximum: the mean wait. */
export function waits(
  total: number,
  count: number,
  extra: Partial<FitProblem<Scale>> = {},
): FitProblem<Scale> {
  return {
    names: ["size"],
    objective: ([log]) => {
      const part = total * Math.exp(-log);
      return { value: count * log + part, gradient: [count - part], hessian: [[part]] };
    },
    starts: [{ size: 1 }],
    boundary: (name, end, at) => `${name} runs to ${end}, past ${Object.keys(at).join()}`,
    scale: { size: 1 },
    customers: count,
    histories: count,
    ...extra,
  };
}

export const fitted = (problem: FitProblem<Scale>, options: FitSearchOptions<Scale> = {}) => {
  const fit = fitParameters(problem, options);
  if (!fit.converged) throw new Error(fit.reason);
  return fit;
};
