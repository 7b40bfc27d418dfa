import { civilDay, dayNumber, lifetimeValueChart, rows } from "clientele";
import type { CustomerWorth } from "../../value/value-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, moneyColumn, oneDigit, percent, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** How many of the most valuable customers are listed. */
const LISTED = 10;

interface Valued {
  readonly customerId: string;
  readonly days: number;
  readonly lastDay: string;
  readonly alive: number;
  readonly expected: number;
  readonly spend: number;
  readonly value: number;
}

/** How value is spread over customers, and who has most of it. */
export async function valueSpreadPart(
  value: CustomerWorth,
  { analysis, nameOf }: ReportInput,
): Promise<Html> {
  const { currency } = analysis.pyramid;
  const { distribution, values, margin } = value;
  const top = mostValuable(value);
  const spend = moneyColumn(
    top.map((each) => each.spend),
    currency,
  );
  const money = moneyColumn(
    top.map((each) => each.value),
    currency,
  );
  const what = margin === null ? "revenue" : "profit";
  const share = top.reduce((sum, each) => sum + each.value, 0) / values.total;
  return html`<h3>How is this value spread?</h3>
${await chartFigure((options) =>
  lifetimeValueChart(distribution, {
    ...options,
    formatAmount: (amount) => shortMoney(Math.round(amount), currency),
  }),
)}
${dataTable<Valued>({
  caption: `The ${count(top.length)} customers of whom most is expected in the next 12 months: ${percent(share)} of the value`,
  rows: top,
  columns: [
    { head: "Customer", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
    { head: "Bought", unit: "days", cell: ({ days }) => count(days) },
    { head: "Last", cell: ({ lastDay }) => lastDay },
    { head: "Still there", unit: "probability", cell: ({ alive }) => percent(alive) },
    { head: "Expected", unit: "purchases", cell: ({ expected }) => oneDigit(expected) },
    { head: "Each", unit: spend.unit, cell: (each) => spend.cell(each.spend) },
    {
      head: margin === null ? "Revenue" : "Profit",
      unit: money.unit,
      cell: (each) => money.cell(each.value),
    },
  ],
})}
<p class="note">Each is the expected revenue of one purchase. The ${what} of a single customer is a mean over many who are like this one: it says whom to serve first, not what will come.</p>`;
}

/** From the one of whom most is expected; money in whole minor units. */
function mostValuable({ summary, values }: CustomerWorth): Valued[] {
  const { probabilityAlive, expectedTransactions, spend, value } = values.columns;
  const through = dayNumber(summary.through);
  const order = Array.from(value.keys()).sort((a, b) => (value[b] ?? 0) - (value[a] ?? 0));
  const histories = rows(summary);
  return order.slice(0, LISTED).flatMap((i) => {
    const history = histories[i];
    if (history === undefined) return [];
    return [
      {
        customerId: history.customerId,
        days: history.x + 1,
        lastDay: civilDay(through - Math.round((history.T - history.tx) * (365.25 / 12))),
        alive: probabilityAlive[i] ?? 0,
        expected: expectedTransactions?.[i] ?? 0,
        spend: Math.round(spend[i] ?? 0),
        value: Math.round(value[i] ?? 0),
      },
    ];
  });
}
