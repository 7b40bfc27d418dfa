import {
  type CustomerTrend,
  customerTrend,
  type GrowthStep,
  growthByTenure,
  type PricePremiumByTenure,
  type ProfitBridge,
  type ProfitLevers,
  pricePremiumByTenure,
  profitBridge,
  profitLevers,
  type TimeWindow,
} from "clientele";
import type { CustomerBase } from "../report/analysis.js";
import type { ProfitAnalysis } from "./profit-analysis.js";
import { serviceCosts } from "./shop-books.js";

/** Why profit is not what it was, and what would raise it. */
export interface ChangeAnalysis {
  /** From the 12 months before the last 12 to these; `null` without costs, quantities or a year to compare with. */
  readonly bridge: ProfitBridge | null;
  /** `null` without costs. */
  readonly levers: ProfitLevers | null;
  /** Of revenue, by year with us, those that are over for enough customers; `null` when a second year is not. */
  readonly growth: readonly GrowthStep[] | null;
  /** `null` without list prices. */
  readonly premium: PricePremiumByTenure | null;
  /** By quarter over two years; `null` when nobody was there for long enough. */
  readonly trend: CustomerTrend | null;
}

/** Means of fewer customers say little. */
export const LEAST = 30;

const WEEK_MS = 7 * 86_400_000;

/** Two whole years, so that a season inside the year is no trend. */
const QUARTERS = 8;

/** What changed between the last 12 months and the 12 before, and with the years that customers stay? */
export function analyzeChange(
  { log, asOf, books }: CustomerBase,
  { before, window }: { readonly before: TimeWindow; readonly window: TimeWindow },
  profit: ProfitAnalysis | null,
): ChangeAnalysis {
  const first = log.at.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const isWholeYear = first < before.start + WEEK_MS;
  const growth = growthByTenure(log, { asOf }).steps.filter(({ customers }) => customers >= LEAST);
  const trend = customerTrend(log, { asOf, by: "quarter", periods: QUARTERS });
  const { rising, falling, unclear } = trend.counts;
  const hasPrices = books !== undefined && log.product !== null && log.quantity !== null;
  return {
    bridge:
      isWholeYear && log.cost !== null && log.quantity !== null
        ? profitBridge(log, {
            ...{ asOf, before, after: window },
            costToServe: books && {
              before: serviceCosts(books, before).customers,
              after: serviceCosts(books, window).customers,
            },
          })
        : null,
    levers: profit && profitLevers([{ group: null, ...profit.statement.total }]),
    growth: growth.length > 1 ? growth : null,
    premium: hasPrices ? pricePremiumByTenure(log, { asOf, listPrice: books.listPrices }) : null,
    trend: rising + falling + unclear > 0 ? trend : null,
  };
}
