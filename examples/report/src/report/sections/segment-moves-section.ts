import { type MigrationChange, migrationChart, rows, type SegmentMigration } from "clientele";
import type { MoveReason } from "../../segments/move-reasons.js";
import type { ExplainedMoves, SegmentChanges } from "../../segments/segment-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Who entered the segments and who left them, and by which condition; nothing without segments. */
export async function segmentMovesSection({ analysis, notes }: ReportInput): Promise<Html | null> {
  const { segments, pyramid } = analysis;
  if (segments === null || segments.segments.length === 0) return null;
  const { timeZone } = pyramid;
  const { changes } = segments;
  const heading = html`<h2>Who entered these segments, who left, and why?</h2>`;
  if (changes === null) {
    return html`<section id="in-and-out">
${heading}
<p class="answer">That cannot be said yet: the data begin on ${day(notes.firstAt, timeZone)}, less than three months before the day of the report.</p>
</section>`;
  }
  const then = day(changes.migration.before, timeZone);
  const now = day(pyramid.asOf, timeZone);
  if (changes.moves.every(({ before, after }) => before + after === 0)) {
    return html`<section id="in-and-out">
${heading}
<p class="answer">Nobody: all of them were empty on ${then} and are so now.</p>
</section>`;
  }
  return html`<section id="in-and-out">
${heading}
${await chartFigure((options) => migrationChart(changes.migration, { ...options, unknown: "not on file" }), answer(changes.migration, then))}
${dataTable<ExplainedMoves>({
  caption: `Moves from ${then} to ${now}, and the condition that decided most often, with its share where others did so too`,
  rows: changes.moves,
  columns: [
    { head: "Segment", kind: "text", cell: ({ segment }) => segment },
    { head: "Before", cell: ({ before }) => count(before) },
    { head: "Entered", cell: ({ entered }) => count(entered) },
    { head: "New", cell: ({ joined }) => count(joined) },
    { head: "Left", cell: ({ left }) => count(left) },
    { head: "Now", cell: ({ after }) => count(after) },
    {
      head: "Entered by",
      kind: "text",
      cell: ({ entered, reasons }) => reasonText(reasons.entered, entered),
    },
    { head: "Left by", kind: "text", cell: ({ left, reasons }) => reasonText(reasons.left, left) },
  ],
})}
<p class="note">In the picture each customer stands in the first segment whose rule holds; in the table, in all of them.
New: not on file before. On a phone, a number that does not fit its cell is left out.${shortHistory(changes, notes.firstAt, then)} Act on what is new: greet those who entered with the offer of their segment,
and stop it for those who left.</p>
</section>`;
}

function answer({ flows }: SegmentMigration, then: string): string {
  const sum = (meant: MigrationChange) =>
    rows(flows).reduce(
      (all, { change, to, customers }) =>
        all + (change === meant && (change !== "joined" || to !== null) ? customers : 0),
      0,
    );
  const known = sum("stayed") + sum("moved") + sum("left");
  const joined = sum("joined");
  const came = `${counted(sum("entered") + joined, "customer has", "customers have")} come into one since${joined === 0 ? "" : `, ${count(joined)} of them new`}`;
  if (known === 0) return `On ${then} nobody was in a segment; ${came}.`;
  const share = (change: MigrationChange) => percent(sum(change) / known);
  return `Of ${counted(known, "customer")} in a segment on ${then}, ${share("stayed")} are in the same one, ${share("moved")} in another and ${share("left")} in none; ${came}.`;
}

function reasonText(reason: MoveReason | null, customers: number): string {
  if (reason === null) return "";
  return reason.customers === customers
    ? reason.words
    : `${reason.words} (${percent(reason.customers / customers)})`;
}

const YEAR_MS = 365 * 86_400_000;

/** Rules look back for up to a year or so: what lies before the data begin they cannot see. */
function shortHistory({ migration }: SegmentChanges, firstAt: number, then: string): string {
  return firstAt < migration.before - YEAR_MS
    ? ""
    : ` The data begin less than a year before ${then}: rules that look further back found too few then.`;
}
