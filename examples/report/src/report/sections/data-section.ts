import type { Finding } from "../../input/options.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, exactMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import { type DataNotes, type ReportInput, rowsCounted } from "../report-input.js";

/** What was read, what was left out, what was assumed, and by which versions it was computed. */
export function dataSection({ notes, analysis }: ReportInput): Html {
  const { pyramid } = analysis;
  return html`<section id="data">
<h2>What is this computed from?</h2>
<p class="answer">${rowsSentence(notes)}</p>
<ul>
<li>${counted(notes.customers, "customer")} with transactions, from ${day(notes.firstAt, pyramid.timeZone)} to ${day(notes.lastAt, pyramid.timeZone)}; ${exactMoney(notes.revenue, pyramid.currency)} in all, net of refunds.</li>
${notes.zeroAmounts === 0 ? null : html`<li>${counted(notes.zeroAmounts, "row has", "rows have")} an amount of zero; a purchase of zero counts as a purchase.</li>`}
<li>${notes.refunds === 0 ? "No refunds." : html`${counted(notes.refunds, "refund")}; a refund takes effect at the purchase that it reverses, once it is known.`}</li>
${
  notes.rowsAfterAsOf === 0
    ? null
    : html`<li>${counted(notes.rowsAfterAsOf, "row lies", "rows lie")} on the day of the report or later and ${notes.rowsAfterAsOf === 1 ? "counts" : "count"} in no figure; ${counted(rowsCounted(notes), "row remains", "rows remain")}.</li>`
}
${notes.rejectsFile === null ? null : html`<li>The rejected rows are in <code>${notes.rejectsFile}</code>, each with its reason.</li>`}
${notes.alsoRead.map((each) => html`<li>Also: ${each}.</li>`)}
${notes.leftOut.map((each) => html`<li>${each}.</li>`)}
</ul>
${notes.findings.length === 0 ? null : findingsTable(notes.findings)}
${optionsTable(notes.options)}
<p class="note">Computed with ${notes.versions.join(", ")}.</p>
</section>`;
}

/** `69,659 rows were read from FILE (80 of them zero); none was rejected.` */
function rowsSentence({ source, rowsRead, rowsRejected, rowsAfterAsOf, zeroAmounts }: DataNotes): string {
  // The zeros are of the rows that count: beside a number that holds others they would mislead.
  const zero = zeroAmounts === 0 || rowsAfterAsOf > 0 ? "" : ` (${count(zeroAmounts)} of them zero)`;
  const rejected =
    rowsRejected === 0
      ? "none was rejected"
      : counted(rowsRejected, "row was rejected", "rows were rejected");
  return `${counted(rowsRead, "row was", "rows were")} read from ${source}${zero}; ${rejected}.`;
}

function findingsTable(findings: readonly Finding[]): Html {
  return dataTable<Finding>({
    caption: "How the file was read",
    rows: findings,
    columns: [
      { head: "What", kind: "text", cell: ({ what }) => what },
      { head: "Taken as", kind: "text", cell: ({ value }) => value },
      { head: "Because", kind: "text", cell: ({ why }) => why },
    ],
  });
}

function optionsTable(options: DataNotes["options"]): Html {
  return dataTable<DataNotes["options"][number]>({
    caption: "Options of this report",
    onPhone: "keep",
    rows: options,
    columns: [
      { head: "Option", kind: "text", cell: ([name]) => name },
      { head: "Value", kind: "text", cell: ([, value]) => value },
    ],
  });
}
