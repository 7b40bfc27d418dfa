import type { AcquisitionReportLine, CohortPayback } from "clientele";
import type { AcquisitionAnalysis } from "../../profit/acquisition-analysis.js";
import { dataTable } from "../data-table.js";
import { count, counted, moneyColumn, NONE, percent, roundMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** What a new customer costs, by source, and when that is paid back; nothing where nobody wrote down what was spent. */
export function acquisitionSection({ analysis }: ReportInput): Html | null {
  const { acquisition, pyramid } = analysis;
  if (acquisition === null) return null;
  return html`<section id="acquisition">
<h2>What does it cost to win customers, and when is it paid back?</h2>
${sourcesPart(acquisition, pyramid.currency)}
${paybackPart(acquisition, pyramid.currency)}
</section>`;
}

function sourcesPart({ report }: AcquisitionAnalysis, currency: string): Html {
  const { total, sources } = report;
  const cac = moneyColumn(rounded(sources.map((source) => source.cac.value)), currency);
  const spend = moneyColumn(
    sources.map((source) => source.spend),
    currency,
  );
  const year = moneyColumn(rounded(sources.map(({ profitWithin }) => profitWithin.value)), currency);
  return html`<p class="answer">${costText(total, currency)}</p>
${dataTable<AcquisitionReportLine>({
  caption: `${counted(total.customers, "customer")} who first bought in the last 24 months, by what they said brought them`,
  rows: [...sources].sort((a, b) => b.customers - a.customers),
  columns: [
    { head: "Source", kind: "text", cell: ({ source }) => source ?? "not asked" },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Share", unit: "of customers", cell: ({ shareOfCustomers }) => percent(shareOfCustomers) },
    { head: "Spend", unit: spend.unit, cell: (source) => spend.cell(source.spend) },
    { head: "Cost", unit: `${cac.unit} a customer`, cell: (source) => cac.cell(round(source.cac.value)) },
    {
      head: "First year",
      unit: `${year.unit} of margin`,
      cell: ({ profitWithin }) => year.cell(round(profitWithin.value)),
    },
  ],
})}
<p class="note">${yearText(sources)}Spend is money and hours of staff. Who came without spend cost nothing that is written down: their source has no cost of a customer, which is not a cost of zero. The margin of the first year is after goods and sale, of the customers who were won long enough ago; it covers the quarter of the first purchase and the three after it.</p>`;
}

function costText(
  { blendedCac, paidCac, organicShare }: AcquisitionAnalysis["report"]["total"],
  currency: string,
): string {
  if (blendedCac.value === null) return "Nothing was spent on winning customers.";
  const paid =
    paidCac.value === null
      ? ""
      : `; one from a source on which money is spent, ${roundMoney(Math.round(paidCac.value), currency)}`;
  const organic = organicShare.value ? `, since ${percent(organicShare)} come of themselves` : "";
  return `A new customer costs ${roundMoney(Math.round(blendedCac.value), currency)} on average${organic}${paid}.`;
}

/** Which sources have not earned their cost in a year. */
function yearText(sources: readonly AcquisitionReportLine[]): string {
  const told = sources.filter(({ cac, profitWithin }) => cac.value !== null && profitWithin.value !== null);
  if (told.length === 0) return "";
  const late = told.filter(({ cac, profitWithin }) => (profitWithin.value ?? 0) < (cac.value ?? 0));
  if (late.length === 0) return "Every source on which money is spent earns its cost within the first year. ";
  const names = late.map(({ source }) => source ?? "not asked");
  return `In their first year, customers from these sources do not bring what they cost: ${names.join(", ")}. `;
}

function paybackPart({ payback }: AcquisitionAnalysis, currency: string): Html | null {
  const shown = payback.cohorts.filter(
    ({ cac, observedPeriods }) => cac.value !== null && observedPeriods > 0,
  );
  if (shown.length === 0) return null;
  const cac = moneyColumn(rounded(shown.map((cohort) => cohort.cac.value)), currency);
  return html`<h3>When is it paid back?</h3>
<p class="answer">${paybackAnswer(shown)}</p>
${dataTable<CohortPayback>({
  caption:
    "Customers by the quarter in which they were won, and how much of their cost has come back in margin since",
  rows: shown,
  columns: [
    { head: "Won in", kind: "text", cell: ({ period }) => period.label },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Cost", unit: `${cac.unit} a customer`, cell: (cohort) => cac.cell(round(cohort.cac.value)) },
    {
      head: "First quarter",
      unit: "came back",
      cell: (cohort) => percent(recoveredBy(cohort, 1)),
    },
    { head: "4 quarters", unit: "came back", cell: (cohort) => percent(recoveredBy(cohort, 4)) },
    { head: "So far", unit: "came back", cell: ({ recovered }) => percent(recovered) },
    { head: "Paid", unit: "back in quarter", cell: ({ paybackPeriods }) => paybackPeriods ?? NONE },
  ],
})}
<p class="note">From what really came in, all sources together: revenue less the cost of goods and sale, nothing foretold. Quarter 1 is that of the first purchases. Young cohorts may still pay back.</p>`;
}

function paybackAnswer(cohorts: readonly CohortPayback[]): string {
  const back = cohorts.filter(({ paybackPeriods }) => paybackPeriods !== null);
  const periods = back.map(({ paybackPeriods }) => paybackPeriods ?? 0).sort((a, b) => a - b);
  const [least, most] = [periods[0], periods.at(-1)];
  if (least === undefined || most === undefined) {
    return `None of the ${counted(cohorts.length, "quarter")} has paid back yet what it cost to win its customers.`;
  }
  const when = least === most ? `quarter ${least}` : `quarter ${least} to ${most}`;
  return `Of ${counted(cohorts.length, "quarter")} of new customers ${count(back.length)} ${back.length === 1 ? "has" : "have"} paid back what they cost, in ${when}.`;
}

function recoveredBy({ cumulativeMargin, cac }: CohortPayback, quarters: number): number | null {
  const margin = cumulativeMargin[quarters - 1];
  return margin === undefined || cac.value === null ? null : margin / cac.value;
}

function round(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount);
}

function rounded(amounts: readonly (number | null)[]): (number | null)[] {
  return amounts.map(round);
}
