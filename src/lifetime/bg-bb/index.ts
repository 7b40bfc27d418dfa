/** Who buys at how many of the opportunities to come, where each brings one purchase at most? */
export type { CampaignWindow } from "./campaign-reader.js";
export { type BgBbFit, type FitBgBbOptions, fitBgBb } from "./fit-bg-bb.js";
export {
  type OpportunitySummary,
  type OpportunitySummaryColumns,
  type OpportunitySummaryOptions,
  opportunitySummary,
} from "./opportunity-summary.js";
