import { type RfmSegment, rfmGridChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, moneyColumn, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Advice that goes with the names of the segments. */
const advice: Readonly<Record<string, string>> = {
  Champions: "Thank them; ask for referrals.",
  Loyal: "Offer the next better product.",
  "Potential Loyalist": "Bring them to the next purchase soon.",
  New: "Welcome them; make the second purchase easy.",
  Promising: "Remind them of what they liked.",
  "Need Attention": "Give a reason to come back now.",
  "About to Sleep": "Renew contact before they forget you.",
  "Can't Lose": "Call them: they used to be your best.",
  "At Risk": "Ask what went wrong; win them back.",
  Hibernating: "Spend little; include in general mailings.",
};

/** Who is alike by recency, frequency and money. */
export async function rfmSection({ analysis }: ReportInput): Promise<Html> {
  const { rfm, pyramid } = analysis;
  const { segments, unscored } = rfm;
  const money = moneyColumn(
    segments.map(({ monetary }) => monetary),
    pyramid.currency,
  );
  const table = dataTable<RfmSegment>({
    caption: "Segments by recency and frequency of purchase, over the whole history",
    rows: segments,
    columns: [
      { head: "Segment", kind: "text", cell: ({ name }) => name },
      { head: "Customers", cell: ({ customers }) => count(customers) },
      { head: "Share", unit: "of customers", cell: ({ share }) => percent(share) },
      { head: "Money", unit: money.unit, cell: ({ monetary }) => money.cell(monetary) },
      { head: "Share", unit: "of money", cell: ({ shareOfMonetary }) => percent(shareOfMonetary) },
      { head: "What to do", kind: "text", cell: ({ name }) => advice[name] ?? "" },
    ],
  });
  return html`<section id="rfm">
<h2>Which customers are alike?</h2>
${await chartFigure((options) => rfmGridChart(rfm, options))}
${table}
${
  unscored.customers === 0
    ? null
    : html`<p class="note">Not scored: ${counted(unscored.customers, "customer")} without a qualifying purchase.</p>`
}
</section>`;
}
