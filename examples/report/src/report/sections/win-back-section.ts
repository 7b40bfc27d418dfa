import { rows } from "clientele";
import { dataTable } from "../data-table.js";
import { count, counted, day, exactMoney, isoDay } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Which of the inactive customers were worth most. */
export function winBackSection({ analysis, nameOf }: ReportInput): Html {
  const { winBack, pyramid } = analysis;
  const { currency, timeZone } = pyramid;
  const candidates = rows(winBack.candidates);
  const { measure } = winBack;
  const value = candidates.reduce((sum, each) => sum + each.value, 0);
  const lead =
    candidates.length === 0
      ? "Nobody: no customer is inactive."
      : `Of ${counted(winBack.inactive, "inactive customer")}, these ${count(candidates.length)} brought most: ${exactMoney(value, currency)} of ${measure} together.`;
  return html`<section id="win-back">
<h2>Whom should we win back first?</h2>
<p class="answer">${lead}</p>
${
  candidates.length === 0
    ? null
    : dataTable<(typeof candidates)[number]>({
        caption: `Inactive customers by ${measure} of all time; inactive: no purchase since ${day(winBack.window.start, timeZone)}`,
        rows: candidates,
        columns: [
          { head: "Customer", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
          { head: "Last purchase", cell: ({ lastPurchaseAt }) => isoDay(lastPurchaseAt, timeZone) },
          { head: "Days since", cell: ({ daysSince }) => count(daysSince) },
          { head: "Purchases", cell: ({ purchases }) => count(purchases) },
          { head: "Revenue", cell: (each) => exactMoney(each.revenue, currency) },
          ...(pyramid.profit === null
            ? []
            : [
                {
                  head: "Profit",
                  cell: ({ profit }: (typeof candidates)[number]) => exactMoney(profit ?? 0, currency),
                },
              ]),
        ],
      })
}
</section>`;
}
