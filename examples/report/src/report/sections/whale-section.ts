import { whaleCurveChart } from "clientele";
import { chartFigure } from "../chart-figure.js";
import { counted, exactMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Who earns the profit, and who takes it away again. */
export async function whaleSection({ analysis }: ReportInput): Promise<Html> {
  const { whale, pyramid } = analysis;
  const heading = html`<h2>Who earns our profit?</h2>`;
  if (whale === null) {
    return html`<section id="profit">
${heading}
<p class="answer">That cannot be said: the data have no costs. Add a column with the cost of each purchase, and this section shows
who earns profit and who takes it away again.</p>
</section>`;
  }
  const { unprofitable, erosion, profitable } = whale;
  return html`<section id="profit">
${heading}
${await chartFigure((options) => whaleCurveChart(whale, options))}
<p class="note">Of the last 12 months: ${counted(profitable, "customer")} with a profit, ${counted(unprofitable, "customer")} with a
loss of ${exactMoney(erosion, pyramid.currency)} together. Cost is that of the goods and of the sale, as it stands in the data; marketing is
not in it.</p>
</section>`;
}
