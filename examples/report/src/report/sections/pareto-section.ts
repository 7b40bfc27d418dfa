import { type AbcClass, paretoChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, moneyColumn, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** What to do with each class. */
const advice: Readonly<Record<string, string>> = {
  A: "Serve them first; never let them wait.",
  B: "Make them offers that lead to A.",
  C: "Serve them well and cheaply: web, app, newsletter.",
};

/** How few customers carry the revenue; nothing where nobody brought any. */
export async function paretoSection({ analysis }: ReportInput): Promise<Html | null> {
  const { pareto, abc, pyramid } = analysis;
  const { currency, window, timeZone } = pyramid;
  if (!(pareto.base > 0)) return null;
  const value = moneyColumn(
    abc.classes.map((each) => each.value),
    currency,
  );
  const least = moneyColumn(
    abc.classes.map(({ lowestValue }) => lowestValue),
    currency,
  );
  return html`<section id="abc">
<h2>How few customers bring most of the revenue?</h2>
${await chartFigure((options) => paretoChart(pareto, options))}
${dataTable<AbcClass>({
  caption: `Active customers by revenue from ${day(window.start, timeZone)} up to, not including, ${day(window.end, timeZone)}`,
  rows: abc.classes.filter(({ customers }) => customers > 0),
  columns: [
    { head: "Class", kind: "text", cell: ({ name }) => name },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Share", unit: "of customers", cell: ({ shareOfCustomers }) => percent(shareOfCustomers) },
    { head: "Revenue", unit: value.unit, cell: (each) => value.cell(each.value) },
    { head: "Share", unit: "of revenue", cell: ({ shareOfValue }) => percent(shareOfValue) },
    { head: "The least", unit: least.unit, cell: ({ lowestValue }) => least.cell(lowestValue) },
    { head: "What to do", kind: "text", cell: ({ name }) => advice[name] ?? "" },
  ],
})}
<p class="note">${negativeText(pareto.points.columns.value)}Who crosses the limit of a class is in the better one.</p>
</section>`;
}

/** Shares are of what customers bring who bring something. */
function negativeText(values: readonly number[]): string {
  const negative = values.filter((value) => value < 0).length;
  return negative === 0
    ? ""
    : `${counted(negative, "customer has", "customers have")} gone below zero with refunds: shares are of the revenue of the others. `;
}
