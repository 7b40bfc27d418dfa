import { type PeriodRetention, retentionChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, day, interval, level, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import { coversYearBefore, type ReportInput } from "../report-input.js";
import { cohortPart } from "./cohort-part.js";

/** Who stays from one period to the next. */
export async function retentionSection({ analysis, notes }: ReportInput): Promise<Html> {
  const { retention, retentionByPeriod, retentionByYear, period, pyramid } = analysis;
  const isPartial = retention.raw.value !== null && !coversYearBefore(analysis, notes);
  const years = retentionByYear.length > 0 ? retentionByYear : retentionByPeriod;
  const confidence =
    years.find(({ rawInterval }) => rawInterval !== null)?.rawInterval?.confidenceLevel ?? 0.95;
  return html`<section id="retention">
<h2>Do customers stay?</h2>
${await chartFigure((options) => retentionChart(retentionByPeriod, options))}
<p class="note">Who buys once a year is lost and won again in a chart by ${period}: compare periods with each other, and look at
the year for how many stay at all.</p>
${
  years.length === 0
    ? null
    : dataTable<PeriodRetention>({
        caption: `Retention by ${retentionByYear.length > 0 ? "year" : period}`,
        rows: years,
        columns: [
          {
            head: "From, to",
            kind: "text",
            cell: ({ previous: from, current }) => `${from.label} to ${current.label}`,
          },
          { head: "Customers", unit: "in the base", cell: ({ base }) => count(base) },
          { head: "Lost", cell: ({ lost }) => count(lost) },
          { head: "Retained", unit: "of customers", cell: (point) => percent(point.raw) },
          {
            head: "Interval",
            unit: `of customers, ${level(confidence)}`,
            cell: ({ rawInterval }) => interval(rawInterval),
          },
          { head: "Retained", unit: "of sales", cell: ({ salesAdjusted }) => percent(salesAdjusted) },
          ...(pyramid.profit === null
            ? []
            : [
                {
                  head: "Retained",
                  unit: "of profit",
                  cell: ({ profitAdjusted }: PeriodRetention) => percent(profitAdjusted),
                },
              ]),
        ],
      })
}
${
  isPartial
    ? html`<p class="note">The headline's retention compares the last 12 months with the 12 before, but the history begins only on
${day(notes.firstAt, pyramid.timeZone)}: its base holds the customers since then.</p>`
    : null
}
${pyramid.profit === null ? html`<p class="note">The data have no costs: profit-adjusted retention cannot be shown.</p>` : null}
${await cohortPart({ analysis })}
</section>`;
}
