/** Buy till you die, leaving after a purchase: BG/NBD and MBG/NBD. */
export type { BgNbdCovariates } from "./bg-nbd-covariates.js";
export {
  type BgNbdFit,
  type FitBgNbdOptions,
  type FitMbgNbdOptions,
  fitBgNbd,
  fitMbgNbd,
  type MbgNbdFit,
} from "./fit-bg-nbd.js";
