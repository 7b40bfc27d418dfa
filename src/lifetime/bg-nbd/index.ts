/** Buy till you die, leaving after a purchase: BG/NBD and MBG/NBD. */
export type { BgNbdCovariates } from "./bg-nbd-covariates.js";
export {
  type BgNbdFit,
  type BgNbdFitOptions,
  fitBgNbd,
  fitMbgNbd,
  type MbgNbdFit,
  type MbgNbdFitOptions,
} from "./fit-bg-nbd.js";
