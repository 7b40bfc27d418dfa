import {
  type CustomerConcentration,
  type CustomerProfitAndLoss,
  cacBySource,
  chooseGridCuts,
  civilDay,
  customerConcentration,
  customerProfitAndLoss,
  customerSummary,
  localDay,
  loyaltyProfitGrid,
  type PortfolioAnalysis,
  type ProfitAndLossBy,
  type ProfitAndLossOptions,
  portfolioAnalysis,
  profitAndLossBy,
  type ServiceTiers,
  serviceTiers,
  type TimeWindow,
  type TransactionLog,
  valueCostGrid,
  type WhaleCurve,
  whaleCurve,
} from "clientele";
import type { CustomerBase } from "../report/analysis.js";
import { type ShopBooks, serviceCosts } from "./shop-books.js";

/** Who earns the profit of the last 12 months. */
export interface ProfitAnalysis {
  /** From revenue to profit, customer by customer; what the books do not say costs nothing. */
  readonly statement: CustomerProfitAndLoss;
  /** The same for people and businesses; `null` when they are not told apart. */
  readonly byKind: ProfitAndLossBy | null;
  readonly whale: WhaleCurve;
  /** By the costs in the log alone; `null` when there are no others. */
  readonly whaleOfGoods: WhaleCurve | null;
  readonly tiers: ServiceTiers<string>;
  /** Of the gross margin of those who bought. */
  readonly concentration: CustomerConcentration;
  /** Gross margin by cost to serve; `null` without activities. */
  readonly valueByCost: PortfolioAnalysis | null;
  /** Months since the first purchase by profit. */
  readonly loyaltyByProfit: PortfolioAnalysis;
  /** From so many months on a relationship is long. */
  readonly longMonths: number;
}

/** From how many months on a relationship is long, or half of the history where that is short. */
const LONG_MONTHS = 12;

const MONTH_MS = (365.25 / 12) * 86_400_000;

/** The services to be earned; who they are for is a matter of what the shop can afford. */
const services = [
  { name: "A", cumulativeShare: 0.05, service: "An account manager who calls, delivery on the same day" },
  { name: "B", cumulativeShare: 0.25, service: "A number that is always answered, free delivery" },
  { name: "C", cumulativeShare: 1, service: "Web, app and store" },
];
const unprofitable = {
  name: "Loss",
  service: "Find out why: small orders, returns, questions, or mailings in vain",
};

/** Who earns us money? `null` when the log has no costs. */
export function analyzeProfit(base: CustomerBase, window: TimeWindow): ProfitAnalysis | null {
  const { log, asOf, books, customers } = base;
  if (log.cost === null) return null;
  const options = { asOf, window, ...costsOf(base, window) };
  const statement = customerProfitAndLoss(log, options);
  const { customerId, orders, grossMargin } = statement.customers.columns;
  const kinds = new Map((customers ?? []).flatMap(({ id, kind }) => (kind ? [[String(id), kind]] : [])));
  return {
    statement,
    byKind: kinds.size === 0 ? null : profitAndLossBy(log, { ...options, groupBy: kinds }),
    whale: books ? whaleCurve(statement.customers) : whaleCurve(log, { asOf, window }),
    whaleOfGoods: books ? whaleCurve(log, { asOf, window }) : null,
    tiers: serviceTiers(statement.customers, { tiers: services, unprofitable }),
    concentration: customerConcentration(
      customerId.flatMap((id, i) =>
        (orders[i] ?? 0) > 0 ? [{ customerId: id, value: grossMargin[i] ?? 0 }] : [],
      ),
      { top: [1, 10, 100] },
    ),
    ...portfolios(log, asOf, statement),
  };
}

/** What the books add to the costs in the log. */
function costsOf(
  { log, asOf, books, efforts }: CustomerBase,
  window: TimeWindow,
): Omit<ProfitAndLossOptions, "asOf" | "window"> {
  if (!books) return {};
  const { hourlyRate, paymentFee } = books;
  const { customers, unusedCost } = serviceCosts(books, window);
  const spent = acquisitionOf(log, asOf, books, window);
  const bought = new Set(log.customerIds);
  return {
    hourlyRate,
    costToServe: customers,
    unassignedCost: unusedCost,
    paymentFees: { rate: paymentFee },
    ...(spent !== null && { acquisition: spent }),
    marketing: (efforts ?? []).flatMap(({ at, customerId, money, hours }) =>
      bought.has(String(customerId)) && at >= window.start && at < window.end
        ? [{ customerId: String(customerId), amount: money, hours }]
        : [],
    ),
  };
}

/** The spend of the 12 months on winning customers, borne in equal parts by those who were won in them. */
function acquisitionOf(log: TransactionLog, asOf: string, books: ShopBooks, window: TimeWindow) {
  const { acquisitionSpend, hourlyRate } = books;
  const { timeZone } = log;
  const firstDay = localDay(window.start, timeZone);
  // The 12 months need not begin with a month: they are one period of so many days.
  const by = { days: localDay(window.end, timeZone) - firstDay, anchor: civilDay(firstDay) };
  const { spend } = cacBySource([], acquisitionSpend, { asOf, by, window, hourlyRate, timeZone });
  const { customerId, firstAt } = customerSummary(log, { asOf }).columns;
  const won = customerId.filter((_, i) => (firstAt[i] ?? Number.NaN) >= window.start);
  return won.length === 0 ? null : { amount: spend, driver: new Map(won.map((id) => [id, 1])) };
}

function portfolios(log: TransactionLog, asOf: string, { customers, asOf: now }: CustomerProfitAndLoss) {
  const summary = customerSummary(log, { asOf }).columns;
  const firstAt = new Map(summary.customerId.map((id, i) => [id, summary.firstAt[i] ?? null]));
  const { customerId, orders, contribution, grossMargin, costToServe, profit } = customers.columns;
  // Who only cost something has no value to be placed by; the whale curve counts them.
  const rows = customerId.flatMap((id, i) => {
    const first = firstAt.get(id) ?? null;
    if (first === null || (orders[i] ?? 0) === 0) return [];
    const value = grossMargin[i] ?? 0;
    const scores = {
      value,
      costToServe: costToServe[i] ?? 0,
      duration: (now - first) / MONTH_MS,
      profit: profit[i] ?? 0,
    };
    return [{ customerId: id, scores, value, served: value - (contribution[i] ?? 0) }];
  });
  const longest = rows.reduce((most, { scores }) => Math.max(most, scores.duration), 0);
  const longMonths = longest >= 1.5 * LONG_MONTHS ? LONG_MONTHS : Math.max(1, Math.floor(longest / 2));
  const cuts = rows.length === 0 ? NO_CUTS : chooseGridCuts(rows, GRID_RULES).cuts;
  const isServed = rows.some(({ scores }) => scores.costToServe > 0);
  return {
    longMonths,
    valueByCost: isServed
      ? portfolioAnalysis(
          valueCostGrid(cuts),
          rows.map((row) => ({ ...row, costToServe: row.served })),
        )
      : null,
    loyaltyByProfit: portfolioAnalysis(
      loyaltyProfitGrid({ duration: longMonths, profit: cuts.profit }),
      rows.map((row) => ({ ...row, costToServe: row.value - row.scores.profit })),
    ),
  };
}

/** Most customers cost nothing to serve: a median would call all of them dear. */
const GRID_RULES = { value: "mean", costToServe: "mean", profit: "mean" } as const;
const NO_CUTS = { value: 0, costToServe: 0, profit: 0 };
