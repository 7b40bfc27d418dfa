import { type PeriodRevenueRates, revenueBridgeChart, survivalCurveChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import {
  count,
  counted,
  interval,
  level,
  moneyColumn,
  NONE,
  oneDigit,
  percent,
  roundMoney,
  shortMoney,
} from "../formats.js";
import { type Html, html } from "../html.js";
import type { Lifetimes } from "../lifetimes.js";
import type { ReportInput } from "../report-input.js";
import type { SubscriptionAnalysis } from "../subscription-analysis.js";
import { meanText, medianText, tenureTable } from "../survival-words.js";

/** Whether what is paid again and again grows, and who stays with it; nothing without subscriptions. */
export async function subscriptionSection({ analysis }: ReportInput): Promise<Html | null> {
  const { subscriptions } = analysis;
  if (subscriptions === null) return null;
  const { recurring, movements, rates, year, lives } = subscriptions;
  const currency = recurring.currency ?? analysis.pyramid.currency;
  const formatAmount = (amount: number) => shortMoney(amount, currency);
  return html`<section id="subscriptions">
<h2>Do subscriptions grow, and do subscribers stay?</h2>
<p class="answer">${counted(recurring.customers, "customer pays", "customers pay")} ${roundMoney(recurring.mrr, currency)} a month (monthly recurring revenue, MRR): ${roundMoney(recurring.arr, currency)} a year.</p>
<p class="note">Subscriptions are billed apart: their revenue is in no other section. A trial counts from its end on, who pauses pays nothing.</p>
${
  year === null
    ? html`<p class="note">Payments do not reach back a year from the end of a month yet: there is nothing to compare.</p>`
    : html`<h3>What became of the revenue of a year ago?</h3>
${await chartFigure((options) => revenueBridgeChart(rates, { ...options, period: year.current.label, formatAmount }), yearAnswer(year, formatAmount))}
${ratesTable(subscriptions, currency)}
<p class="note">Each row compares the customers of the end of one month with the same month a year later. NRR is what they pay then of what
they paid; GRR is the same with nobody counted for more than before. New and returning customers are in neither.</p>`
}
${
  movements.periods.length < 2
    ? null
    : html`<h3>What moved from quarter to quarter?</h3>
${await chartFigure((options) => revenueBridgeChart(movements, { ...options, formatAmount }))}`
}
${lives === null ? null : await staying(lives)}
</section>`;
}

/** The chart names the end of the span alone. */
function yearAnswer(
  { previous, current, revenue, netRetention, grossRetention }: PeriodRevenueRates,
  amount: (amount: number) => string,
): string {
  const moved = `From the end of ${previous.label} to that of ${current.label} MRR went from ${amount(revenue.start)} to ${amount(revenue.end)}`;
  return netRetention.value === null
    ? `${moved}; nothing was there at the start to be retained.`
    : `${moved}; of what was there ${percent(netRetention)} was kept with what its customers pay more (NRR), ${percent(grossRetention)} without (GRR).`;
}

/** Rates over a year, at the ends of up to eight quarters back from the last month. */
function ratesTable({ rates }: SubscriptionAnalysis, currency: string): Html {
  const rows = rates.periods.filter((_, i, { length }) => (length - 1 - i) % 3 === 0).slice(-8);
  const money = moneyColumn(
    rows.map(({ revenue }) => revenue.start),
    currency,
  );
  const confidence = rows.find((row) => row.logoChurnInterval !== null)?.logoChurnInterval?.confidenceLevel;
  return dataTable<PeriodRevenueRates>({
    caption: "Retention of recurring revenue over a year",
    rows,
    columns: [
      {
        head: "From, to the end of",
        kind: "text",
        cell: ({ previous, current }) => `${previous.label} to ${current.label}`,
      },
      { head: "MRR", unit: `${money.unit}, at the start`, cell: ({ revenue }) => money.cell(revenue.start) },
      { head: "NRR", cell: ({ netRetention }) => percent(netRetention) },
      { head: "GRR", cell: ({ grossRetention }) => percent(grossRetention) },
      {
        head: "Lost",
        unit: "of customers",
        cell: ({ logoChurn, customers }) => `${percent(logoChurn)} of ${count(customers.start)}`,
      },
      {
        head: "Interval",
        unit: confidence === undefined ? "of the share lost" : `of the share lost, ${level(confidence)}`,
        cell: ({ logoChurnInterval }) => interval(logoChurnInterval),
      },
      {
        head: "Quick ratio",
        cell: ({ quickRatio }) => (quickRatio.value === null ? NONE : oneDigit(quickRatio.value)),
      },
    ],
  });
}

/** For how long subscribers stay, from their contracts. */
async function staying(lives: Lifetimes): Promise<Html> {
  const { table, estimate } = lives;
  const returned =
    table.returned === 0
      ? ""
      : ` ${counted(table.returned, "subscriber")} came back later, which does not show here.`;
  return html`<h3>How long do subscribers stay?</h3>
${await chartFigure(
  (options) => survivalCurveChart(estimate.curve, { ...options, unit: table.unit }),
  `${medianText(lives, "subscribers", "had left")} ${meanText(lives, "subscribers")}`,
)}
${tenureTable(lives, "Subscribers who are still there, by the time since their first payment", "Still there")}
<p class="note">From the contracts of ${counted(table.length, "customer")}: from the first day that is paid for to the first day without a contract. Who pauses is
still under contract; who gives up one of two contracts stays.${returned}</p>`;
}
