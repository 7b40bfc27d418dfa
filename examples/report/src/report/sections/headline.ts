import { count, counted, exactMoney, NONE, percent, roundMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import { coversYearBefore, type ReportInput } from "../report-input.js";

/** The five figures that everybody asks for first, each with what it was computed from. */
export function headline({ analysis, notes }: ReportInput): Html {
  const { pyramid, before, retention } = analysis;
  const change = (now: number, then: number) =>
    coversYearBefore(analysis, notes) ? changeOf(now, then) : null;
  const { currency, counts, revenue, profit } = pyramid;
  const buyers = counts.active + counts.inactive;
  const best = pyramid.layers.filter(({ name }) => ["top", "large", "medium"].includes(name));
  const bestRevenue = best.reduce((sum, layer) => sum + layer.revenue, 0);
  return html`<section id="headline" aria-label="Headline figures">
<dl class="tiles">
${tile(
  "Active customers",
  count(counts.active),
  `of ${count(buyers)} who ever bought; ${counts.inactive === 1 ? "1 is" : `${count(counts.inactive)} are`} inactive`,
  change(counts.active, before.counts.active),
)}
${tile(
  "Revenue in 12 months",
  roundMoney(revenue, currency),
  `${exactMoney(revenue, currency)}, net of refunds`,
  change(revenue, before.revenue),
)}
${
  profit === null
    ? tile("Profit in 12 months", NONE, "the data have no costs, so there is no profit", null)
    : tile(
        "Profit in 12 months",
        roundMoney(profit, currency),
        revenue > 0 ? `${percent(profit / revenue)} of revenue` : "",
        change(profit, before.profit ?? 0),
      )
}
${tile(
  "Retention",
  percent(retention.raw),
  retention.raw.value === null
    ? (retention.raw.reason ?? "")
    : `${count(retention.retained)} of the ${counted(retention.base, "customer")} of the year before bought again`,
  null,
)}
${tile(
  "The best 20% bring",
  revenue > 0 ? percent(bestRevenue / revenue) : NONE,
  `of the revenue: ${counted(
    best.reduce((sum, layer) => sum + layer.customers, 0),
    "customer",
  )}`,
  null,
)}
</dl>
</section>`;
}

function tile(name: string, figure: string, from: string, changed: string | null): Html {
  return html`<div class="tile"><dt>${name}</dt><dd class="figure">${figure}</dd><dd>${from}</dd>${
    changed === null ? null : html`<dd class="change">${changed}</dd>`
  }</div>\n`;
}

/** `+12.3% on the year before`, where there is a year before to compare with. */
function changeOf(now: number, then: number): string | null {
  if (then <= 0) return null;
  const share = now / then - 1;
  return `${share < 0 ? "" : "+"}${percent(share)} on the 12 months before`;
}
