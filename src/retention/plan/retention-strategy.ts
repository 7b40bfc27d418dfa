/**
 * Does a strategy hold customers by reward or by barrier?
 *
 * `positive`: staying is rewarded. `negative`: leaving is made dear, by switching costs (Buttle 2009, chapter 9).
 *
 * @example
 * ```ts
 * import { retentionSigns } from "clientele";
 *
 * retentionSigns; // => ["positive", "negative"]
 * ```
 */
export const retentionSigns = ["positive", "negative"] as const;

/** Reward or barrier; {@link retentionSigns} lists them. */
export type RetentionSign = (typeof retentionSigns)[number];

/**
 * By which means are customers given a reason to stay?
 *
 * `exceedExpectations`: meet and exceed what they expect; `addValue`: find ways to add value; `socialBonds`: people who
 * know each other; `structuralBonds`: ties of money, law, equity, knowledge, technology, process; `commitment`: build
 * it (Buttle 2009, chapter 9).
 *
 * @example
 * ```ts
 * import { retentionMeans } from "clientele";
 *
 * retentionMeans.includes("addValue"); // => true
 * ```
 */
export const retentionMeans = [
  "exceedExpectations",
  "addValue",
  "socialBonds",
  "structuralBonds",
  "commitment",
] as const;

/** A means of positive retention; {@link retentionMeans} lists them. */
export type RetentionMeans = (typeof retentionMeans)[number];

/**
 * In which ways is value added for customers who stay?
 *
 * @example
 * ```ts
 * import { addValueMeans } from "clientele";
 *
 * addValueMeans; // => ["loyaltyScheme", "customerClub", "salesPromotion"]
 * ```
 */
export const addValueMeans = ["loyaltyScheme", "customerClub", "salesPromotion"] as const;

/** A way to add value; {@link addValueMeans} lists them. */
export type AddValueMeans = (typeof addValueMeans)[number];

/**
 * Of which kinds are the costs of changing the supplier?
 *
 * `procedural`: searching, learning, setting up, time and effort; `financial`: lost benefits, lost money; `relational`:
 * people and a brand that are left behind (Burnham, Frels & Mahajan 2003); `contractual`: notice periods and penalties.
 *
 * @example
 * ```ts
 * import { switchingCostKinds } from "clientele";
 *
 * switchingCostKinds; // => ["procedural", "financial", "relational", "contractual"]
 * ```
 */
export const switchingCostKinds = ["procedural", "financial", "relational", "contractual"] as const;

/** A kind of switching cost; {@link switchingCostKinds} lists them. */
export type SwitchingCostKind = (typeof switchingCostKinds)[number];

/**
 * For which reasons beside value and volume is a customer worth keeping?
 *
 * `benchmark`: others copy whom they buy from; `inspiration`: they improve what we sell and how; `doorOpener`: they
 * lead to new markets and other customers (the strategically significant customers of Buttle 2009, chapter 9).
 *
 * @example
 * ```ts
 * import { strategicReasons } from "clientele";
 *
 * strategicReasons; // => ["benchmark", "inspiration", "doorOpener"]
 * ```
 */
export const strategicReasons = ["benchmark", "inspiration", "doorOpener"] as const;

/** Why a customer is strategically significant; {@link strategicReasons} lists them. */
export type StrategicReason = (typeof strategicReasons)[number];

/** One of the measures by which customer retention is managed. */
export interface RetentionKpi {
  /** Stable identifier, fit for the `id` of a `Kpi`. */
  readonly id: string;
  /** In words. */
  readonly name: string;
  /** `"share"`: 0 to 1; `"money"`: minor units; `"ratio"`: money for money. */
  readonly unit: "share" | "money" | "ratio";
  /** Which way is good. */
  readonly direction: "increase" | "decrease";
}

/**
 * By which measures is customer retention managed?
 *
 * The list of Buttle (2009, chapter 9). A measure by segment, product, region or channel is one for each of them: add
 * its name to the id (`"retentionRate/gold"`).
 *
 * @example
 * ```ts
 * import { evaluateKpis, retentionKpis } from "clientele";
 *
 * const share = retentionKpis.find(({ id }) => id === "shareOfWallet");
 * share?.direction; // => "increase"
 * const targets = retentionKpis.filter(({ unit }) => unit === "share").map((kpi) => ({ ...kpi, target: 0.5 }));
 * evaluateKpis(targets, {}).overall; // => "unknown"
 * ```
 */
export const retentionKpis = [
  { id: "rawRetentionRate", name: "Raw retention rate", unit: "share", direction: "increase" },
  { id: "retentionRateBySegment", name: "Retention rate by segment", unit: "share", direction: "increase" },
  {
    id: "salesAdjustedRetentionRate",
    name: "Sales-adjusted retention rate",
    unit: "share",
    direction: "increase",
  },
  {
    id: "profitAdjustedRetentionRate",
    name: "Profit-adjusted retention rate",
    unit: "share",
    direction: "increase",
  },
  { id: "retentionCost", name: "Cost of retention", unit: "money", direction: "decrease" },
  {
    id: "shareOfWallet",
    name: "Share of wallet of retained customers",
    unit: "share",
    direction: "increase",
  },
  { id: "churnByProduct", name: "Churn by product", unit: "share", direction: "decrease" },
  { id: "churnByRegion", name: "Churn by region", unit: "share", direction: "decrease" },
  { id: "churnByChannel", name: "Churn by channel", unit: "share", direction: "decrease" },
  {
    id: "retentionCostEffectiveness",
    name: "Cost-effectiveness of retention tactics",
    unit: "ratio",
    direction: "increase",
  },
] as const satisfies readonly RetentionKpi[];
