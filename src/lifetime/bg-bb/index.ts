/** Who buys at how many of the opportunities to come, where each brings one purchase at most? */
export { type BgBbFit, type BgBbFitOptions, fitBgBb } from "./fit-bg-bb.js";
export {
  type CampaignWindow,
  type OpportunitySummary,
  type OpportunitySummaryColumns,
  type OpportunitySummaryOptions,
  opportunitySummary,
} from "./opportunity-summary.js";
