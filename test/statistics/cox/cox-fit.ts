import type { CoxInput } from "../../../src/statistics/cox/cox-data.js";
import { type CoxFit, type CoxOptions, coxRegression } from "../../../src/statistics/cox/cox-regression.js";

/** The fit; a regression without one fails the test with its reason. */
export function fitted(data: CoxInput, options?: CoxOptions): CoxFit {
  const regression = coxRegression(data, options);
  if (!regression.converged) throw new Error(`no fit: ${regression.reason}`);
  return regression;
}
