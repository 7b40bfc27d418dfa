import { survivalAt, survivalCurveChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { count, counted, day, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { meanText, medianText, tenureTable } from "../survival-words.js";

/** For how long customers go on buying, those who still do counted rightly; nothing where the history is too short. */
export async function lifetimeSection({ analysis, notes }: ReportInput): Promise<Html | null> {
  const { lives } = analysis;
  if (lives === null) return null;
  const { table, estimate } = lives;
  const { timeZone } = analysis.pyramid;
  const once = 1 - (survivalAt(estimate.curve, 0).survival ?? 1);
  const onceText =
    once === 0 ? "" : `${percent(once)} of the customers bought once and then not for 12 months or longer. `;
  const returned =
    table.returned === 0
      ? ""
      : ` ${count(table.returned)} of them came back after such a silence, which does not show here.`;
  return html`<section id="lifetime">
<h2>How long do customers go on buying?</h2>
${await chartFigure(
  (options) => survivalCurveChart(estimate.curve, { ...options, unit: table.unit }),
  `${onceText}${medianText(lives, "customers", "had made their last purchase")} ${meanText(lives, "customers")}`,
)}
${tenureTable(lives, "Customers who go on buying, by the time since their first purchase", "Go on")}
<p class="note">A customer has stopped when no purchase came for 12 months, and stopped with the last purchase before that silence. Whether a
purchase was the last is known 12 months after it, so this is what was seen up to ${day(table.observedUntil, timeZone)} of ${counted(table.length, "customer")} who had
come by then.${returned} Who bought before ${day(notes.firstAt, timeZone)}, where the data begin, is taken for new.</p>
</section>`;
}
