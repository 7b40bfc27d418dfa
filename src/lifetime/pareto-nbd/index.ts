/** Buy till you die, leaving at any time: Pareto/NBD. */
export { fitParetoNbd, type ParetoNbdFit, type ParetoNbdFitOptions } from "./fit-pareto-nbd.js";
export type { ParetoNbdCovariates } from "./pareto-nbd-covariates.js";
