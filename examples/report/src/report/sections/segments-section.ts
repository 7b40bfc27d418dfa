import { segmentOverlapChart } from "clientele";
import type { SegmentAnalysis } from "../../segments/segment-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, moneyColumn, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Who is in the segments that somebody wrote down, and who is in several; nothing without rules. */
export async function segmentsSection({ analysis }: ReportInput): Promise<Html | null> {
  const { segments, pyramid } = analysis;
  if (segments === null) return null;
  const { membership, leftOut, hasStrayRefunds } = segments;
  const rows = rowsOf(segments, pyramid.members.columns);
  if (rows.length === 0) {
    return html`<section id="segments">
${HEADING}
<p class="answer">None of the rules can be asked of these data.</p>
${leftOutText(leftOut)}
</section>`;
  }
  const revenue = moneyColumn(
    rows.map((row) => row.revenue),
    pyramid.currency,
  );
  return html`<section id="segments">
${HEADING}
${await chartFigure((options) => segmentOverlapChart(membership, options))}
${dataTable<SegmentRow>({
  caption: `Segments written as rules, on ${day(membership.asOf, membership.timeZone)}; a customer can be in several. Revenue: of the 12 months before`,
  rows,
  columns: [
    { head: "Segment", kind: "text", cell: ({ name }) => name },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Share", unit: "of all on file", cell: ({ share }) => percent(share) },
    { head: "Revenue", unit: revenue.unit, cell: (row) => revenue.cell(row.revenue) },
    { head: "What to do", kind: "text", cell: ({ action }) => action },
  ],
})}
<h3>Who is meant?</h3>
<dl class="definitions">
${rows.map(({ name, words }) => html`<dt>${name}</dt><dd>${words}.</dd>\n`)}
</dl>
<p class="note">Asked of ${counted(membership.customers, "customer")} on file; ${percent(membership.unassigned)} of them are in none of these
segments.${recordless(membership.withoutRecord)} A transaction is a purchase that did not wholly come back${hasStrayRefunds ? ", and also a refund that names no purchase" : ""}. The rules stand in <code>segments.json</code>, beside the program.</p>
${leftOutText(leftOut)}
</section>`;
}

const HEADING = html`<h2>Who is in the segments that we wrote down?</h2>`;

interface SegmentRow {
  readonly name: string;
  /** Who is meant. */
  readonly words: string;
  readonly action: string;
  readonly customers: number;
  readonly share: number | null;
  /** Of the last 12 months, minor units. */
  readonly revenue: number;
}

function rowsOf(
  { segments, membership }: SegmentAnalysis,
  members: { readonly customerId: readonly string[]; readonly revenue: readonly number[] },
): SegmentRow[] {
  const revenueOf = new Map(members.customerId.map((id, i) => [id, members.revenue[i] ?? 0]));
  const revenues = new Map<string, number>();
  const { customerId, segment } = membership.members.columns;
  segment.forEach((name, i) => {
    revenues.set(name, (revenues.get(name) ?? 0) + (revenueOf.get(customerId[i] ?? "") ?? 0));
  });
  return segments.map((each, i) => {
    const size = membership.segments[i]?.members;
    return {
      ...each,
      words: `${each.words.charAt(0).toUpperCase()}${each.words.slice(1)}`,
      customers: size?.numerator ?? 0,
      share: size?.value ?? null,
      revenue: revenues.get(each.name) ?? 0,
    };
  });
}

function recordless(customers: number): string {
  return customers === 0
    ? ""
    : ` ${counted(customers, "customer")} with transactions ${customers === 1 ? "has" : "have"} no record and ${customers === 1 ? "is" : "are"} not asked about.`;
}

function leftOutText(leftOut: SegmentAnalysis["leftOut"]): Html | null {
  if (leftOut.length === 0) return null;
  const each = leftOut.map(({ name, lacks }) => `${name} (${lacks.join(", ")})`).join(", ");
  return html`<p class="note">Left out, since the data lack what the ${leftOut.length === 1 ? "rule asks" : "rules ask"} about: ${each}.</p>`;
}
