import { counted, day } from "./formats.js";
import { type Html, html, trusted } from "./html.js";
import { type ReportInput, rowsCounted } from "./report-input.js";
import { dataSection } from "./sections/data-section.js";
import { definitionsSection } from "./sections/definitions-section.js";
import { headline } from "./sections/headline.js";
import { pyramidSection } from "./sections/pyramid-section.js";
import { retentionSection } from "./sections/retention-section.js";
import { rfmSection } from "./sections/rfm-section.js";
import { transitionsSection } from "./sections/transitions-section.js";
import { whaleSection } from "./sections/whale-section.js";
import { winBackSection } from "./sections/win-back-section.js";
import { styleSheet } from "./style-sheet.js";

const contents = [
  ["pyramid", "Pyramid"],
  ["rfm", "Segments"],
  ["retention", "Retention"],
  ["profit", "Profit"],
  ["moves", "Moves"],
  ["win-back", "Win back"],
  ["data", "Data"],
  ["definitions", "Definitions"],
] as const;

/** Writes the whole report as one page that needs nothing else: no script, no picture, no font from elsewhere. */
export async function reportPage(input: ReportInput): Promise<string> {
  const { title, analysis, notes } = input;
  const { asOf, timeZone, currency } = analysis.pyramid;
  const sections: Html[] = [
    headline(input),
    await pyramidSection(input),
    await rfmSection(input),
    await retentionSection(input),
    await whaleSection(input),
    transitionsSection(input),
    winBackSection(input),
    dataSection(input),
    definitionsSection(),
  ];
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
${contents.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>\n`)}
</ul></nav>
</header>
<main>
${sections.map((section) => html`${section}\n`)}
</main>
<footer>Made with Clientele. Everything in this file was computed from the data named above; it loads nothing and runs nothing.</footer>
</body>
</html>
`;
  return page.markup;
}
