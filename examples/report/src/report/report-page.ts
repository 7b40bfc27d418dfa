import { counted, day } from "./formats.js";
import { type Html, html, trusted } from "./html.js";
import { type ReportInput, rowsCounted } from "./report-input.js";
import { acquisitionSection } from "./sections/acquisition-section.js";
import { alarmSection } from "./sections/alarm-section.js";
import { changeSection } from "./sections/change-section.js";
import { clusterSection } from "./sections/cluster-section.js";
import { dataSection } from "./sections/data-section.js";
import { definitionsSection } from "./sections/definitions-section.js";
import { headline } from "./sections/headline.js";
import { lifetimeSection } from "./sections/lifetime-section.js";
import { loyaltySection } from "./sections/loyalty-section.js";
import { offersSection } from "./sections/offers-section.js";
import { paretoSection } from "./sections/pareto-section.js";
import { pipelineSection } from "./sections/pipeline-section.js";
import { profitSection } from "./sections/profit-section.js";
import { pyramidSection } from "./sections/pyramid-section.js";
import { relationshipSection } from "./sections/relationship-section.js";
import { repeatSection } from "./sections/repeat-section.js";
import { retentionSection } from "./sections/retention-section.js";
import { rfmSection } from "./sections/rfm-section.js";
import { segmentMovesSection } from "./sections/segment-moves-section.js";
import { segmentsSection } from "./sections/segments-section.js";
import { subscriptionSection } from "./sections/subscription-section.js";
import { transitionsSection } from "./sections/transitions-section.js";
import { valueSection } from "./sections/value-section.js";
import { winBackSection } from "./sections/win-back-section.js";
import { styleSheet } from "./style-sheet.js";

/** A part of the page with its place in the contents; `null` where the data do not allow it. */
interface Section {
  readonly id: string;
  readonly name: string;
  readonly markup: Html | null;
}

/** Writes the whole report as one page that needs nothing else: no script, no picture, no font from elsewhere. */
export async function reportPage(input: ReportInput): Promise<string> {
  const { title, analysis, notes } = input;
  const { asOf, timeZone, currency } = analysis.pyramid;
  const sections: readonly Section[] = [
    { id: "pyramid", name: "Pyramid", markup: await pyramidSection(input) },
    { id: "abc", name: "ABC", markup: await paretoSection(input) },
    { id: "rfm", name: "RFM", markup: await rfmSection(input) },
    { id: "segments", name: "Segments", markup: await segmentsSection(input) },
    { id: "in-and-out", name: "In and out", markup: await segmentMovesSection(input) },
    { id: "clusters", name: "Groups", markup: await clusterSection(input) },
    { id: "retention", name: "Retention", markup: await retentionSection(input) },
    { id: "repeat", name: "Second purchase", markup: repeatSection(input) },
    { id: "lifetime", name: "Lifetime", markup: await lifetimeSection(input) },
    { id: "subscriptions", name: "Subscriptions", markup: await subscriptionSection(input) },
    { id: "profit", name: "Profit", markup: await profitSection(input) },
    { id: "change", name: "What changed", markup: await changeSection(input) },
    { id: "acquisition", name: "Winning customers", markup: acquisitionSection(input) },
    { id: "offers", name: "What to offer", markup: offersSection(input) },
    { id: "pipeline", name: "Pipeline", markup: await pipelineSection(input) },
    { id: "loyalty", name: "Members", markup: await loyaltySection(input) },
    { id: "relationship", name: "What holds them", markup: await relationshipSection(input) },
    { id: "value", name: "Value to come", markup: await valueSection(input) },
    { id: "moves", name: "Moves", markup: transitionsSection(input) },
    { id: "alarm", name: "Call first", markup: alarmSection(input) },
    { id: "win-back", name: "Win back", markup: winBackSection(input) },
    { id: "data", name: "Data", markup: dataSection(input) },
    { id: "definitions", name: "Definitions", markup: definitionsSection(input) },
  ];
  const shown = sections.filter(({ markup }) => markup !== null);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: customer base as of ${day(asOf, timeZone)}</title>
<style>${trusted(styleSheet)}</style>
</head>
<body>
<header>
<h1>The customer base of ${title}</h1>
<p class="byline">As of ${day(asOf, timeZone)} (${timeZone}), amounts in ${currency}. ${counted(rowsCounted(notes), "transaction")} of ${counted(notes.customers, "customer")}.</p>
<nav aria-label="Contents"><ul>
${shown.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>\n`)}
</ul></nav>
</header>
<main>
${headline(input)}
${shown.map(({ markup }) => html`${markup}\n`)}
</main>
<footer>Made with Clientele. Everything in this file was computed from the data named above; it loads nothing and runs nothing.</footer>
</body>
</html>
`;
  return page.markup;
}
