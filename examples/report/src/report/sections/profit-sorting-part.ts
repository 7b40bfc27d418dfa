import { lorenzChart, portfolioGridChart, type ServiceTier } from "clientele";
import type { ProfitAnalysis } from "../../profit/profit-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, moneyColumn, percent, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";

/** Service by what customers earn, how much hangs on few, and the two grids. */
export async function profitSortingPart(profit: ProfitAnalysis, currency: string): Promise<Html> {
  const { concentration, valueByCost, loyaltyByProfit, longMonths } = profit;
  const formatAmount = (amount: number) => shortMoney(Math.round(amount), currency);
  const formatCut = (cut: number, axis: string) =>
    axis === "duration" ? counted(cut, "month") : formatAmount(cut);
  return html`<h3>Which service have they earned?</h3>
${tierTable(profit, currency)}
<p class="note">By profit: the best 5% of the customers who lose us no money, the next 20%, and the rest; who loses us money is apart. How deep to cut is for the shop to say.</p>
<h3>How much hangs on few?</h3>
${await chartFigure((options) => lorenzChart(concentration, options))}
<p class="note">Of the gross margin of those who bought in the last 12 months.</p>
${
  valueByCost === null
    ? null
    : html`<h3>Who is worth what they cost to serve?</h3>
${await chartFigure((options) => portfolioGridChart(valueByCost, { ...options, formatAmount, formatCut }))}
<p class="note">Who bought in the last 12 months, by gross margin and by cost to serve, each high from the mean on. The cost in a box is that of service and payment. The names are those of the source.</p>`
}
<h3>Are those who stay those who earn us money?</h3>
${await chartFigure((options) => portfolioGridChart(loyaltyByProfit, { ...options, formatAmount, formatCut }))}
<p class="note">Long: first bought ${counted(longMonths, "month")} ago or earlier. High: a profit from the mean of these customers on. The cost in a box is all that comes after the gross margin.</p>`;
}

function tierTable({ tiers }: ProfitAnalysis, currency: string): Html {
  const rows = tiers.tiers.filter(({ customers }) => customers > 0);
  const profit = moneyColumn(
    rows.map((tier) => tier.profit),
    currency,
  );
  const least = moneyColumn(
    rows.map(({ lowestProfit }) => lowestProfit),
    currency,
  );
  return dataTable<ServiceTier<string>>({
    caption: `Customers by the profit of the last 12 months, and a service that fits`,
    rows,
    columns: [
      { head: "Tier", kind: "text", cell: ({ name }) => name },
      { head: "Customers", cell: ({ customers }) => count(customers) },
      { head: "Share", unit: "of customers", cell: ({ shareOfCustomers }) => percent(shareOfCustomers) },
      { head: "Profit", unit: profit.unit, cell: (tier) => profit.cell(tier.profit) },
      { head: "Share", unit: "of profit", cell: ({ shareOfProfit }) => percent(shareOfProfit) },
      { head: "The least", unit: least.unit, cell: ({ lowestProfit }) => least.cell(lowestProfit) },
      { head: "Service", kind: "text", cell: ({ service }) => service },
    ],
  });
}
