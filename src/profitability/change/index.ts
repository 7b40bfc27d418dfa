/** Why profit is not what it was, what would raise it, and whether those who stay buy more and pay more. */
export {
  type CustomerTrend,
  type CustomerTrendColumns,
  type CustomerTrendOptions,
  customerTrend,
  type TrendDirection,
} from "./customer-trend.js";
export {
  type GrowthByTenure,
  type GrowthByTenureOptions,
  type GrowthStep,
  growthByTenure,
  type TenureGrowth,
} from "./growth-by-tenure.js";
export {
  type ListPrices,
  type PricePremiumByTenure,
  type PricePremiumByTenureOptions,
  type PricePremiumStep,
  pricePremiumByTenure,
  type RealizedPrice,
} from "./price-premium-by-tenure.js";
export { profitBridge } from "./profit-bridge.js";
export type {
  ProfitBridgeLogOptions,
  ProfitBridgeOptions,
  ProfitBridgeRow,
  ProfitBridgeRowColumns,
} from "./profit-bridge-input.js";
export type {
  ProfitBridge,
  ProfitBridgeCustomerColumns,
  ProfitBridgeEffects,
  ProfitBridgeEnd,
} from "./profit-bridge-result.js";
export {
  type ProfitLever,
  type ProfitLeverColumns,
  type ProfitLeverGroup,
  type ProfitLeverOptions,
  type ProfitLeverRow,
  type ProfitLeverRowColumns,
  type ProfitLevers,
  type ProfitLeverWorth,
  profitLevers,
} from "./profit-levers.js";
export type { TenureOptions } from "./tenure-steps.js";
