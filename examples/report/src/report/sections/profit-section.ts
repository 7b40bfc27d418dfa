import { whaleCurveChart } from "clientele";
import type { ProfitAnalysis } from "../../profit/profit-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { counted, roundMoney, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { profitSortingPart } from "./profit-sorting-part.js";
import { statementTable } from "./statement-table.js";

/** Who earns the profit, who takes it away again, and what each has earned of our time. */
export async function profitSection({ analysis }: ReportInput): Promise<Html> {
  const { profit, pyramid } = analysis;
  const heading = html`<h2>Who earns our profit?</h2>`;
  if (profit === null) {
    return html`<section id="profit">
${heading}
<p class="answer">That cannot be said: the data have no costs. Add a column with the cost of each purchase, and this section shows
who earns profit and who takes it away again.</p>
</section>`;
  }
  const { whale } = profit;
  const { currency } = pyramid;
  const formatAmount = (amount: number) => shortMoney(amount, currency);
  return html`<section id="profit">
${heading}
${await chartFigure((options) => whaleCurveChart(whale, { ...options, formatAmount }))}
<p class="note">Of the last 12 months. ${costsText(profit, currency)}</p>
<h3>What is left of revenue?</h3>
${statementTable(profit, currency)}
<p class="note">${statementText(profit, currency)}</p>
${await profitSortingPart(profit, currency)}
</section>`;
}

/** Which costs are in it, and what they change. */
function costsText({ whaleOfGoods, statement }: ProfitAnalysis, currency: string): string {
  if (whaleOfGoods === null) {
    return "Cost is that of the goods and of the sale, as it stands in the data; service, marketing and the winning of customers are not in it.";
  }
  const idle = statement.customers.columns.orders.filter((orders) => orders === 0).length;
  const without =
    idle === 0
      ? ""
      : `; ${counted(idle, "customer")} bought nothing in that time and cost something all the same`;
  return `After the goods and the sale, service, fees, marketing and the winning of new customers${without}. By the cost of goods and sale alone it would be ${counted(whaleOfGoods.unprofitable, "customer")} with a loss, of ${roundMoney(whaleOfGoods.erosion, currency)}.`;
}

function statementText({ statement, whaleOfGoods }: ProfitAnalysis, currency: string): string {
  if (whaleOfGoods === null) return "Revenue counts where the purchase was made, less what was given back.";
  const { unassignedCost } = statement.total;
  const unused =
    unassignedCost === 0
      ? ""
      : ` Staff could have done more: ${roundMoney(unassignedCost, currency)} of unused time is charged to no customer, and stands at the end.`;
  return `What the headline calls profit is the gross margin here. Cost to serve is charged by what customers made the shop do: questions, complaints, exchanges, returns and calls, each at its cost over what the staff can do of it (activity-based costing). What was spent on winning customers is borne by those who first bought in these 12 months.${unused}`;
}
