import {
  type AbcClassification,
  abcClassification,
  type ChurnAlarm,
  type CohortTable,
  type CustomerPyramid,
  churnAlarm,
  cohortTable,
  customerPyramid,
  type Duration,
  epochMs,
  type LayerSpend,
  type MarketingEffort,
  type ParetoCurve,
  type PeriodRetention,
  type PeriodUnit,
  type PurchaseIntervals,
  type PyramidTransitions,
  paretoCurve,
  purchaseIntervals,
  pyramidTransitions,
  type RepeatPurchaseRate,
  type RetentionRate,
  type RfmScores,
  repeatPurchaseRate,
  retentionRate,
  retentionSeries,
  rfm,
  type Subscription,
  spendByLayer,
  subtractDuration,
  type WinBackCandidates,
  winBackCandidates,
} from "clientele";
import { analyzeLoyalty, type LoyaltyAnalysis, type LoyaltyBooks } from "../loyalty/loyalty-analysis.js";
import { type AcquisitionAnalysis, analyzeAcquisition } from "../profit/acquisition-analysis.js";
import { analyzeChange, type ChangeAnalysis } from "../profit/change-analysis.js";
import { analyzePipeline, type PipelineAnalysis } from "../profit/pipeline-analysis.js";
import { analyzeProfit, type ProfitAnalysis } from "../profit/profit-analysis.js";
import { analyzeSelling, type SellingAnalysis } from "../profit/selling-analysis.js";
import type { ShopBooks } from "../profit/shop-books.js";
import {
  analyzeRelationship,
  type KnownOfCustomers,
  type RelationshipAnalysis,
} from "../relationship/relationship-analysis.js";
import type { RelationshipBooks } from "../relationship/relationship-books.js";
import { analyzeSegments, type SegmentAnalysis } from "../segments/segment-analysis.js";
import type { SegmentBase } from "../segments/segment-base.js";
import type { StoredSegment } from "../segments/stored-segments.js";
import { analyzeValue, type CustomerWorth, type NoWorth } from "../value/value-analysis.js";
import { analyzeClusters, type ClusterAnalysis } from "./cluster-analysis.js";
import { buyingLives, type Lifetimes } from "./lifetimes.js";
import { cohortPeriodFor, periodFor, repeatTimeFor } from "./periods.js";
import { analyzeSubscriptions, type SubscriptionAnalysis } from "./subscription-analysis.js";

/** What there is to analyze. Only the log is always there; records of those who never bought stand beside it, contacts too. */
export interface CustomerBase extends SegmentBase {
  /** The civil day at whose start the picture is taken: that day and later do not exist yet. */
  readonly asOf: string;
  /** Marketing money and time; those of the last year are counted. */
  readonly efforts?: readonly (MarketingEffort & { readonly at: number })[];
  /** What is paid for again and again, apart from the transactions. */
  readonly subscriptions?: readonly Subscription[];
  /** Segments that somebody wrote down as rules. */
  readonly segments?: readonly StoredSegment[];
  /** Costs, spend and offers that stand in no transaction. */
  readonly books?: ShopBooks;
  /** A loyalty programme and what happened in it. */
  readonly loyalty?: LoyaltyBooks;
  /** A survey of customers, what competitors offer, and what binds customers. */
  readonly relationship?: RelationshipBooks;
}

/** Everything that the report shows, computed. */
export interface Analysis {
  readonly pyramid: CustomerPyramid;
  /** The same a year earlier. */
  readonly before: CustomerPyramid;
  readonly transitions: PyramidTransitions;
  /** Marketing money and hours; `null` when there are no records of them. */
  readonly spend: LayerSpend | null;
  /** Of the revenue of the last 12 months, over the active customers. */
  readonly pareto: ParetoCurve;
  readonly abc: AbcClassification;
  readonly rfm: RfmScores;
  /** `null` when there are no rules. */
  readonly segments: SegmentAnalysis | null;
  readonly clusters: ClusterAnalysis;
  /** Of the customers of the year before last, in the last year. */
  readonly retention: RetentionRate;
  readonly retentionByPeriod: readonly PeriodRetention[];
  readonly period: PeriodUnit;
  readonly retentionByYear: readonly PeriodRetention[];
  readonly cohorts: CohortTable;
  readonly cohortPeriod: PeriodUnit;
  /** `null` where the history is too short to tell. */
  readonly lives: Lifetimes | null;
  /** Of first-time buyers, in the same time for each. */
  readonly repeat: RepeatPurchaseRate;
  readonly intervals: PurchaseIntervals;
  /** At risk is what customers brought in the last 12 months: profit, or revenue where the data have no costs. */
  readonly alarm: ChurnAlarm;
  /** `null` when there are none. */
  readonly subscriptions: SubscriptionAnalysis | null;
  /** Who earns the profit; `null` when the log has no costs. */
  readonly profit: ProfitAnalysis | null;
  /** What changed profit and sales. */
  readonly change: ChangeAnalysis;
  /** `null` when nobody wrote down what was spent. */
  readonly acquisition: AcquisitionAnalysis | null;
  /** `null` when the log has no products, or one. */
  readonly selling: SellingAnalysis | null;
  /** `null` when nothing is in negotiation. */
  readonly pipeline: PipelineAnalysis | null;
  /** `null` without a programme, and before anybody earned. */
  readonly loyalty: LoyaltyAnalysis | null;
  /** `null` without a survey, and before a wave of it is over. */
  readonly relationship: RelationshipAnalysis | null;
  /** Of the next 12 months; a reason where nothing can be said of them. */
  readonly value: CustomerWorth | NoWorth;
  readonly winBack: WinBackCandidates;
}

const YEAR: Duration = { months: 12 };

/** How many to win back are listed. */
const WIN_BACK = 10;

/** What does this customer base look like? The whole analysis, on one log: a call of the library for each question. */
export function analyze(base: CustomerBase): Analysis {
  const { log, asOf, customers, efforts, subscriptions, segments } = base;
  const { timeZone } = log;
  const yearAgo = subtractDuration(asOf, YEAR, { timeZone });
  const twoYearsAgo = subtractDuration(asOf, { months: 24 }, { timeZone });
  const window = { start: yearAgo, end: epochMs(asOf, "asOf", timeZone) };
  const years = { before: { start: twoYearsAgo, end: yearAgo }, window };
  const profit = analyzeProfit(base, window);

  const pyramid = customerPyramid(log, { asOf, customers });
  const before = customerPyramid(log, { asOf: yearAgo, customers });
  const measure = log.cost === null ? "revenue" : "profit";
  const { customerId, [measure]: brought, status, revenue } = pyramid.members.columns;
  const valueOfYear = new Map(customerId.map((id, i) => [id, brought[i] ?? 0]));
  const revenues = customerId.flatMap((id, i) =>
    status[i] === "active" ? [{ customerId: id, value: revenue[i] ?? 0 }] : [],
  );
  const period = periodFor(log, window.end);
  const cohortPeriod = cohortPeriodFor(log, window.end);
  const value = analyzeValue(log, asOf, pyramid);
  return {
    pyramid,
    before,
    transitions: pyramidTransitions(before, pyramid),
    spend: efforts
      ? spendByLayer(
          pyramid,
          efforts.filter(({ at }) => at >= window.start && at < window.end),
        )
      : null,
    pareto: paretoCurve(revenues),
    abc: abcClassification(revenues),
    rfm: rfm(log, { asOf }),
    segments: segments ? analyzeSegments(base, segments, asOf) : null,
    clusters: analyzeClusters(log, asOf),
    retention: retentionRate(log, { asOf, previous: { start: twoYearsAgo, end: yearAgo }, current: window }),
    retentionByPeriod: retentionSeries(log, { asOf, by: period }),
    period,
    retentionByYear: period === "year" ? [] : retentionSeries(log, { asOf, by: "year" }),
    cohorts: cohortTable(log, { asOf, by: cohortPeriod }),
    cohortPeriod,
    lives: buyingLives(log, asOf, YEAR),
    repeat: repeatPurchaseRate(log, { asOf, within: repeatTimeFor(log, window.end) }),
    intervals: purchaseIntervals(log, { asOf }),
    alarm: churnAlarm(log, { asOf, valueAtRisk: valueOfYear }),
    subscriptions: subscriptions ? analyzeSubscriptions(subscriptions, { asOf, timeZone }) : null,
    profit,
    change: analyzeChange(base, years, profit),
    acquisition: analyzeAcquisition(base, years),
    selling: analyzeSelling(base, window),
    pipeline: analyzePipeline(base),
    loyalty: base.loyalty ? analyzeLoyalty(base.loyalty, asOf) : null,
    relationship: base.relationship
      ? analyzeRelationship(base.relationship, log, asOf, knownOf(base, pyramid, profit, value))
      : null,
    value,
    winBack: winBackCandidates(log, {
      asOf,
      limit: WIN_BACK,
      measure,
    }),
  };
}

/** What the other chapters say of single customers. */
function knownOf(
  { customers = [] }: CustomerBase,
  pyramid: CustomerPyramid,
  profit: ProfitAnalysis | null,
  value: CustomerWorth | NoWorth,
): KnownOfCustomers {
  const byCustomer = (ids: readonly string[], column: ArrayLike<number | null>) => {
    const figures = new Map<string, number>();
    ids.forEach((id, i) => {
      const figure = column[i] ?? null;
      if (figure !== null) figures.set(id, figure);
    });
    return figures;
  };
  const { customerId, revenue } = pyramid.members.columns;
  const earned = profit?.statement.customers.columns;
  const foretold = value.reason === null ? value : null;
  return {
    profit: byCustomer(earned?.customerId ?? [], earned?.profit ?? []),
    stillThere: byCustomer(
      foretold?.values.columns.customerId ?? [],
      foretold?.values.columns.probabilityAlive ?? [],
    ),
    businesses: new Set(customers.flatMap(({ id, kind }) => (kind === "organization" ? [String(id)] : []))),
    revenue: byCustomer(customerId, revenue),
  };
}
