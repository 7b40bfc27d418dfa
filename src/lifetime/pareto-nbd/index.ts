/** Buy till you die, leaving at any time: Pareto/NBD. */
export { type FitParetoNbdOptions, fitParetoNbd, type ParetoNbdFit } from "./fit-pareto-nbd.js";
export type { ParetoNbdCovariates } from "./pareto-nbd-covariates.js";
