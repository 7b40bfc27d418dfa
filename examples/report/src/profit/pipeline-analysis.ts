import {
  type LostReason,
  lostReasons,
  type PipelineForecast,
  pipelineForecast,
  type SalesCycle,
  type StageConversions,
  salesCycle,
  stageConversion,
  type WinRate,
  winRate,
} from "clientele";
import type { CustomerBase } from "../report/analysis.js";

/** What is being sold, and what of it will come. */
export interface PipelineAnalysis {
  readonly forecast: PipelineForecast;
  readonly conversion: StageConversions;
  /** By owner. */
  readonly wins: WinRate;
  readonly reasons: readonly LostReason[];
  readonly cycle: SalesCycle;
}

/** What will the open opportunities bring, and when? `null` when there are none, open or closed. */
export function analyzePipeline({ log, asOf, books }: CustomerBase): PipelineAnalysis | null {
  if (!books || books.opportunities.length === 0) return null;
  const { opportunities, pipeline } = books;
  const options = { asOf, timeZone: log.timeZone };
  const forecast = pipelineForecast(opportunities, { ...options, pipeline, seed: 1 });
  const wins = winRate(opportunities, { ...options, groupBy: "ownerId" });
  if (forecast.open.opportunities + wins.won + wins.lost === 0) return null;
  return {
    forecast,
    wins,
    conversion: stageConversion(opportunities, { ...options, pipeline }),
    reasons: lostReasons(opportunities, options),
    cycle: salesCycle(opportunities, options),
  };
}
