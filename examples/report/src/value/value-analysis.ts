import {
  type BgNbdFit,
  type ComparedModel,
  civilDay,
  compareLifetimeModels,
  dayNumber,
  type EstimateInterval,
  epochMs,
  type FrequencyFit,
  type FrequencyRecencyMatrix,
  frequencyFit,
  frequencyRecencyMatrix,
  type LifetimeSummary,
  type LifetimeValueDistribution,
  type LifetimeValues,
  lifetimeSummary,
  lifetimeValueDistribution,
  localDay,
  type MbgNbdFit,
  type ParetoNbdFit,
  predictionInterval,
  predictLifetimeValue,
  type TransactionLog,
} from "clientele";
import { counted } from "../report/formats.js";
import { type CustomerStory, tellStory } from "./customer-story.js";
import { checkModels, holdoutOf, MODELS, type ModelCheck, rankedModels, UNIT } from "./model-check.js";
import { estimateSpend, type SpendEstimate } from "./spend-estimate.js";

/** A model of who buys when, with how sure it is. */
type FittedModel = BgNbdFit | MbgNbdFit | ParetoNbdFit;

/** What the customers so far will bring in the next 12 months. */
export interface CustomerWorth {
  readonly reason: null;
  readonly model: FittedModel;
  /** A sentence where nothing could be held out. */
  readonly check: ModelCheck | string;
  readonly spend: SpendEstimate;
  /** Share of the revenue of the last 12 months that is profit; `null` where the value is revenue. */
  readonly margin: number | null;
  /** Why the value is revenue; `null` where it is profit. */
  readonly marginReason: string | null;
  readonly summary: LifetimeSummary;
  /** Minor units. */
  readonly values: LifetimeValues;
  /** Of all customers together; `null` where the data set no limits to it. */
  readonly total: EstimateInterval | null;
  readonly frequency: FrequencyFit;
  readonly matrix: FrequencyRecencyMatrix;
  /** `null` where nobody came back. */
  readonly story: CustomerStory | null;
  readonly distribution: LifetimeValueDistribution;
  /** Days from the first transaction to the day of the report. */
  readonly historyDays: number;
}

/** Why nothing can be said of what is to come. */
export interface NoWorth {
  /** A part of a sentence. */
  readonly reason: string;
}

/** Of fewer customers a model says what chance was. */
const FEWEST_CUSTOMERS = 100;
/** A shorter history says nothing about a year. */
const FEWEST_DAYS = 60;

/** Per year: what money in a year's time is worth less today. */
export const DISCOUNT_RATE = 0.1;
/** Mean months, from the day of the report on. */
const HORIZON = 12;

/** The map of the model shows customers of at most so many months. */
const LONGEST_MAP = 36;

/** What revenue and profit of the last 12 months were, minor units; profit `null` without costs. */
export interface YearSoFar {
  readonly revenue: number;
  readonly profit: number | null;
}

/** What are these customers worth over the next 12 months, and how far can that be trusted? */
export function analyzeValue(log: TransactionLog, asOf: string, year: YearSoFar): CustomerWorth | NoWorth {
  const lastDay = dayNumber(asOf) - 1;
  const firstDay = log.firstAt === null ? lastDay : localDay(log.firstAt, log.timeZone);
  const historyDays = lastDay - firstDay + 1;
  const summary = lifetimeSummary(log, { through: civilDay(lastDay), unit: UNIT });
  const problem = tooLittle(summary, historyDays);
  if (problem !== null) return { reason: problem };
  const holdout = holdoutOf(firstDay, lastDay);
  const check =
    holdout === null
      ? `the data cover ${historyDays} days, too few to hold a part of them out`
      : checkModels(log, holdout, historyDays > 450 ? "month" : "week");
  const model = fitAll(summary, typeof check === "string" ? null : check.ranked);
  if (typeof model === "string") return { reason: model };
  const spend = estimateSpend(summary);
  const { margin, marginReason } = marginOf(year);
  const terms = {
    ...{ marginShare: margin ?? 1, discountRate: DISCOUNT_RATE, horizon: HORIZON },
    zeroSpend: "leaveOut",
  } as const;
  const values = predictLifetimeValue(model, spend.fit ?? spend.mean, summary, terms);
  if (!(values.total > 0)) return { reason: "what customers bought again brought no money on balance" };
  return {
    ...{ reason: null, model, check, spend, margin, marginReason, summary, values, historyDays },
    total: sureTotal(
      model,
      spend,
      (purchases, perPurchase) => predictLifetimeValue(purchases, perPurchase, summary, terms).total,
    ),
    frequency: frequencyFit(model, summary),
    matrix: frequencyRecencyMatrix(model, { measure: "probabilityAlive", ...mapSize(historyDays) }),
    story: tellStory(log, epochMs(asOf, "asOf", log.timeZone), model, summary, values),
    distribution: lifetimeValueDistribution(values),
  };
}

function tooLittle({ length, columns }: LifetimeSummary, historyDays: number): string | null {
  if (length < FEWEST_CUSTOMERS) {
    return `${counted(length, "customer has", "customers have")} bought so far, and what is to come is foretold from ${FEWEST_CUSTOMERS} or more`;
  }
  if (columns.x.every((count) => count === 0)) return "nobody has bought on a second day";
  return historyDays < FEWEST_DAYS
    ? `the data cover ${counted(historyDays, "day")}, and a year is foretold from ${FEWEST_DAYS} or more`
    : null;
}

/** The best model that can be fitted on all the data, or why none can; without a test the best by AIC. */
function fitAll(summary: LifetimeSummary, ranked: readonly ComparedModel[] | null): FittedModel | string {
  let reason = "";
  const order = ranked ?? rankedModels(compareLifetimeModels(summary));
  for (const model of new Set([...order, ...MODELS])) {
    const fit = compareLifetimeModels(summary, { models: [model] }).fits[model];
    if (fit?.converged) return fit;
    reason ||= fit?.reason ?? "";
  }
  return `no model fits these data (${reason})`;
}

/** What is left of a sale, as in the last 12 months. */
function marginOf({ revenue, profit }: YearSoFar): Pick<CustomerWorth, "margin" | "marginReason"> {
  if (profit === null) return { margin: null, marginReason: "the data have no costs" };
  if (!(revenue > 0)) return { margin: null, marginReason: "there was no revenue in the last 12 months" };
  const margin = profit / revenue;
  return margin > 0 && margin <= 1
    ? { margin, marginReason: null }
    : { margin: null, marginReason: "the costs of the last 12 months leave no margin to reckon with" };
}

/** The total with an interval, from how sure the parameters are; `null` where it has no limits. */
function sureTotal(
  purchases: FittedModel,
  { fit, mean }: SpendEstimate,
  total: (purchases: FittedModel, spend: NonNullable<SpendEstimate["fit"]> | number) => number,
): EstimateInterval | null {
  const options = { scale: "log" } as const;
  const sure =
    fit === null
      ? predictionInterval(purchases, (model) => total(model, mean), options)
      : predictionInterval({ purchases, fit }, (moved) => total(moved.purchases, moved.fit), options);
  return Number.isFinite(sure.upper) && sure.lower > 0 ? sure : null;
}

/** The longest time that customers can have been watched, in steps of whole months where it is a year or more. */
function mapSize(historyDays: number): { readonly T: number; readonly steps: number } {
  const months = Math.max(2, Math.min(LONGEST_MAP, Math.floor(historyDays / (365.25 / 12) + 0.1)));
  if (months <= 12) return { T: months, steps: months < 6 ? 2 * months : months };
  const size = months <= 24 ? 2 : 3;
  const steps = Math.floor(months / size);
  return { T: steps * size, steps };
}
