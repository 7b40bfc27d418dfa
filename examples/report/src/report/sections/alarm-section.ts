import { dataTable, type TableColumn } from "../data-table.js";
import { count, counted, moneyColumn, oneDigit, percent, roundMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import { type Alarm, lateCustomers } from "../late-customers.js";
import type { ReportInput } from "../report-input.js";

/** How many are listed. */
const LISTED = 10;

/** Which good customers are falling silent; nothing where nobody has a rhythm. */
export function alarmSection({ analysis, nameOf }: ReportInput): Html | null {
  const { alarm, pyramid, winBack } = analysis;
  const { currency } = pyramid;
  if (alarm.alarms.length === 0) return null;
  const late = lateCustomers(analysis);
  const listed = late.slice(0, LISTED);
  const hasModel = alarm.model.parameters !== null;
  const sum = (of: readonly Alarm[], what: (each: Alarm) => number | null) =>
    of.reduce((total, each) => total + (what(each) ?? 0), 0);
  const atRisk = roundMoney(
    sum(late, ({ value }) => value),
    currency,
  );
  const loss = roundMoney(
    sum(late, ({ expectedLoss }) => expectedLoss),
    currency,
  );
  const { measure } = winBack;
  const gone = late.filter(({ leftProbability }) => (leftProbability ?? 0) >= 0.5).length;
  const goneText = `${count(gone)} of them ${gone === 1 ? "has" : "have"} more likely left than not`;
  const lead =
    late.length === 0
      ? `Nobody: no active customer who brought ${measure} is silent for longer than usual.`
      : `${counted(late.length, `active customer who brought ${measure} is`, `active customers who brought ${measure} are`)} silent for longer than usual. In the last 12 months they brought ${atRisk} of ${measure}${hasModel ? `; the expected loss is ${loss}. ${goneText}` : ""}.`;
  const money = moneyColumn(
    listed.flatMap(({ value, expectedLoss }) => [value, expectedLoss]),
    currency,
  );
  const modelColumns: readonly TableColumn<Alarm>[] = [
    { head: "Has left", unit: "probability", cell: ({ leftProbability }) => percent(leftProbability) },
    {
      head: "Expected loss",
      unit: money.unit,
      cell: ({ expectedLoss }) => money.cell(expectedLoss),
    },
  ];
  return html`<section id="alarm">
<h2>Whom should we call first?</h2>
<p class="answer">${lead}</p>
${
  listed.length === 0
    ? null
    : dataTable<Alarm>({
        caption: `Active customers who are later than usual, with the ${measure} of the last 12 months, ${hasModel ? "by expected loss" : "by how late they are"}${late.length > listed.length ? `: the first ${count(listed.length)} of ${count(late.length)}` : ""}`,
        rows: listed,
        columns: [
          { head: "Customer", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
          { head: "Silent", unit: "days", cell: ({ recency }) => count(recency) },
          { head: "Usual gap", unit: "days", cell: ({ meanGap }) => oneDigit(meanGap) },
          {
            head: measure === "profit" ? "Profit" : "Revenue",
            unit: money.unit,
            cell: ({ value }) => money.cell(value),
          },
          ...(hasModel ? modelColumns : []),
        ],
      })
}
${listed.length === 0 ? null : html`<p class="note">${explanation(alarm.model.reason, measure)}</p>`}
</section>`;
}

function explanation(withoutModel: string | null, measure: string): string {
  const usual =
    "The usual gap is the mean of a customer's own gaps between days with a purchase, so only those with two such days or more can be late.";
  return withoutModel === null
    ? `${usual} How likely somebody has left is estimated from the gaps of all customers together with the customer's own; the expected loss is that probability times the ${measure} of the last 12 months.`
    : `${usual} How likely somebody has left cannot be estimated from these data (${withoutModel}).`;
}
