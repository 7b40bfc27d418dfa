import {
  type CustomerPyramid,
  customerPyramidChart,
  type LayerEffort,
  type LayerSpend,
  type PyramidLayer,
} from "clientele";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, isoDay, moneyColumn, NONE, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { layerName } from "../words.js";

/** Where each customer stands, what the layers bring, and on whom marketing money goes. */
export async function pyramidSection({ analysis }: ReportInput): Promise<Html> {
  const { pyramid, spend } = analysis;
  const { currency, window, timeZone } = pyramid;
  const revenue = moneyColumn(
    pyramid.layers.map((layer) => layer.revenue),
    currency,
  );
  const profit = moneyColumn(
    pyramid.layers.map((layer) => layer.profit),
    currency,
  );
  const table = dataTable<PyramidLayer>({
    caption: `Layers of the pyramid; revenue and profit from ${isoDay(window.start, timeZone)} up to, not including, ${isoDay(window.end, timeZone)}`,
    rows: pyramid.layers.filter(({ status, customers }) => status === "active" || customers > 0),
    columns: [
      { head: "Layer", kind: "text", cell: ({ name }) => layerName(name) },
      { head: "Customers", cell: ({ customers }) => count(customers) },
      { head: "Share", unit: "of customers", cell: ({ shareOfCustomers }) => percent(shareOfCustomers) },
      { head: "Revenue", unit: revenue.unit, cell: (layer) => revenue.cell(layer.revenue) },
      { head: "Share", unit: "of revenue", cell: ({ shareOfRevenue }) => percent(shareOfRevenue) },
      ...(pyramid.profit === null
        ? []
        : [
            { head: "Profit", unit: profit.unit, cell: (layer: PyramidLayer) => profit.cell(layer.profit) },
            {
              head: "Share",
              unit: "of profit",
              cell: ({ shareOfProfit }: PyramidLayer) => percent(shareOfProfit),
            },
          ]),
    ],
  });
  return html`<section id="pyramid">
<h2>Where does each customer stand?</h2>
${await chartFigure((options) => customerPyramidChart(pyramid, options))}
${table}
${pyramid.profit === null ? html`<p class="note">The data have no costs: profit by layer cannot be shown.</p>` : null}
${strayMoney(pyramid) ? html`<p class="note">Money in a layer that is not active: refunds, and purchases that went back wholly while a part of their cost remained.</p>` : null}
${
  spend
    ? spendPart(spend)
    : html`<p class="note">The data hold transactions alone: prospects and suspects, and on whom marketing money goes, cannot be shown.</p>`
}
</section>`;
}

/** Whether customers who do not count as active have moved money in the window. */
function strayMoney({ layers }: CustomerPyramid): boolean {
  return layers.some(
    ({ status, revenue, profit }) => status !== "active" && (revenue !== 0 || (profit ?? 0) !== 0),
  );
}

function spendPart(spend: LayerSpend): Html {
  const { currency, nonCustomers, layers, total, unknown } = spend;
  const money = moneyColumn(
    layers.map((layer) => layer.money),
    currency,
  );
  const each = moneyColumn(
    layers.map((layer) => layer.moneyPerCustomer.value && Math.round(layer.moneyPerCustomer.value)),
    currency,
  );
  const lead = `${percent(nonCustomers.shareOfMoney)} of the marketing money and ${percent(nonCustomers.shareOfHours)} of the hours of the last 12 months went to people who have not bought to this day.`;
  return html`<h3>On whom do marketing money and time go?</h3>
<p class="answer">${total.efforts === 0 ? "There are no marketing efforts in the last 12 months." : lead}</p>
${dataTable<LayerEffort>({
  caption: "Marketing of the last 12 months, counted in the layer where the customer stands now",
  rows: layers,
  columns: [
    { head: "Layer", kind: "text", cell: ({ layer }) => layerName(layer) },
    { head: "Money", unit: money.unit, cell: (layer) => money.cell(layer.money) },
    { head: "Share", unit: "of money", cell: ({ shareOfMoney }) => percent(shareOfMoney) },
    {
      head: "Money per head",
      unit: each.unit,
      cell: ({ moneyPerCustomer: { value } }) => (value === null ? NONE : each.cell(Math.round(value))),
    },
    { head: "Hours", cell: ({ hours }) => count(hours) },
    { head: "Share", unit: "of hours", cell: ({ shareOfHours }) => percent(shareOfHours) },
  ],
})}
${
  unknown.efforts === 0
    ? null
    : html`<p class="note">${counted(unknown.efforts, "effort")} on ids that nobody knows ${unknown.efforts === 1 ? "is" : "are"} not counted.</p>`
}`;
}
