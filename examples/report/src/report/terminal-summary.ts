import { count, counted, exactMoney, isoDay, NONE, percent, roundMoney } from "./formats.js";
import { lateCustomers } from "./late-customers.js";
import type { ReportInput } from "./report-input.js";
import type { SubscriptionAnalysis } from "./subscription-analysis.js";
import { layerName } from "./words.js";

/** The report in a few lines for the terminal. */
export function terminalSummary({ title, analysis, notes }: ReportInput): string {
  const { pyramid, retention, profit, winBack, subscriptions, value } = analysis;
  const { currency, timeZone, counts } = pyramid;
  const { rowsRead, rowsRejected, rowsAfterAsOf, zeroAmounts } = notes;
  const zero = zeroAmounts > 0 && rowsAfterAsOf === 0 ? ` (${count(zeroAmounts)} of them zero)` : "";
  const after = rowsAfterAsOf > 0 ? `, ${count(rowsAfterAsOf)} on the day of the report or later` : "";
  const figures: readonly (readonly [string, string])[] = [
    ["Rows", `${counted(rowsRead, "row")}${zero}, ${count(rowsRejected)} rejected${after}`],
    ["Dates", `${isoDay(notes.firstAt, timeZone)} to ${isoDay(notes.lastAt, timeZone)}`],
    [
      "Customers",
      `${counted(notes.customers, "customer")}: ${count(counts.active)} active, ${count(counts.inactive)} inactive`,
    ],
    ["Revenue", `${exactMoney(notes.revenue, currency)} in all`],
    ["Revenue, 12 months", exactMoney(pyramid.revenue, currency)],
    [
      "Profit, 12 months",
      pyramid.profit === null ? `${NONE} (no costs in the data)` : exactMoney(pyramid.profit, currency),
    ],
    ["Retention", retentionText(retention)],
    ...(profit === null
      ? []
      : [
          [
            "Unprofitable",
            `${counted(profit.whale.unprofitable, "customer")}, ${exactMoney(profit.whale.erosion, currency)}`,
          ] as const,
        ]),
    ...(subscriptions === null
      ? []
      : [
          [
            "Subscriptions",
            subscriptionText(subscriptions, subscriptions.recurring.currency ?? currency),
          ] as const,
        ]),
    ["Value to come", valueText(value, currency)],
    [
      "To call",
      `${counted(lateCustomers(analysis).length, "active customer")} with ${winBack.measure}, later than usual`,
    ],
    ["To win back", counted(winBack.inactive, "inactive customer")],
  ];
  const layers = pyramid.layers
    .filter(({ customers }) => customers > 0)
    .map(({ name, customers, shareOfRevenue }) => [
      layerName(name),
      `${count(customers).padStart(9)}   ${percent(shareOfRevenue).padStart(7)} of revenue`,
    ]);
  return [
    `The customer base of ${title} as of ${isoDay(pyramid.asOf, timeZone)} (${timeZone})`,
    "",
    ...aligned(figures),
    "",
    ...aligned(layers),
  ]
    .join("\n")
    .replaceAll("\u00a0", " ");
}

function retentionText({ raw, salesAdjusted, retained, base }: ReportInput["analysis"]["retention"]): string {
  if (raw.value === null) return `${NONE} (${raw.reason})`;
  return `${percent(raw)} of customers (${count(retained)} of ${count(base)}), ${percent(salesAdjusted)} of sales`;
}

function subscriptionText({ recurring, year }: SubscriptionAnalysis, currency: string): string {
  const rates =
    year === null
      ? ""
      : `; NRR ${percent(year.netRetention)}, GRR ${percent(year.grossRetention)} of a year ago`;
  return `${roundMoney(recurring.mrr, currency)} a month from ${counted(recurring.customers, "customer")}${rates}`;
}

function valueText(value: ReportInput["analysis"]["value"], currency: string): string {
  if (value.reason !== null) return `${NONE} (${value.reason})`;
  const { values, total, margin } = value;
  const money = (amount: number) => roundMoney(Math.round(amount), currency);
  const sure = total === null ? "" : ` (${money(total.lower)} to ${money(total.upper)})`;
  return `${money(values.total)} of ${margin === null ? "revenue" : "profit"} in the next 12 months${sure}`;
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const width = Math.max(...lines.map(([name = ""]) => name.length));
  return lines.map(([name = "", value]) => `  ${name.padEnd(width)}  ${value}`);
}
