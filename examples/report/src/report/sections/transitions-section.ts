import type { PyramidFlow, PyramidFlowName, PyramidTransitions } from "clientele";
import type { Analysis } from "../analysis.js";
import { dataTable, type TableColumn } from "../data-table.js";
import { count, counted, day, moneyColumn } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { layerName, shortLayerName } from "../words.js";

const flowWords: Readonly<Record<PyramidFlowName, string>> = {
  stay: "Stayed in their layer",
  upgrade: "Moved up among the active",
  downgrade: "Moved down among the active",
  lapse: "Lapsed: active before, inactive now",
  reactivate: "Came back: inactive before, active now",
  convert: "Converted: first purchase of somebody on file",
  convertAndLapse: "Converted, and lapsed again",
  qualify: "Qualified: showed interest for the first time",
  disqualify: "Disqualified: less promising than before",
  enable: "Enabled: could not buy before, could now",
  reverse: "Reversed: all that they bought went back",
  enter: "Entered: not on file before",
  leave: "Left the file",
};

/** Who moved between the pyramid of a year ago and that of today. */
export function transitionsSection({ analysis }: ReportInput): Html {
  const { transitions, pyramid } = analysis;
  const { flows, currency } = transitions;
  const moved = flows.filter(({ customers }) => customers > 0);
  const revenue = moneyColumn(
    moved.flatMap(({ revenueBefore, revenueAfter }) => [revenueBefore, revenueAfter]),
    currency,
  );
  return html`<section id="moves">
<h2>Who moved in the last 12 months?</h2>
<p class="answer">${answer(transitions, analysis)}</p>
${dataTable<PyramidFlow>({
  caption: `Moves from ${day(transitions.before, pyramid.timeZone)} to ${day(transitions.after, pyramid.timeZone)}`,
  rows: moved,
  columns: [
    { head: "Move", kind: "text", cell: ({ name }) => flowWords[name] },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Revenue before", unit: revenue.unit, cell: ({ revenueBefore }) => revenue.cell(revenueBefore) },
    { head: "Revenue after", unit: revenue.unit, cell: ({ revenueAfter }) => revenue.cell(revenueAfter) },
  ],
})}
${matrix(transitions)}
<p class="note">The picture of a year ago holds what was known then: purchases that were given back since still count in it.</p>
</section>`;
}

function answer(
  { flows, layers, matrix: counts }: PyramidTransitions,
  { before, pyramid }: Analysis,
): string {
  const active = before.layers
    .filter(({ status }) => status === "active")
    .map(({ name }) => layers.indexOf(name));
  const stayed = active.reduce(
    (sum, from) => sum + active.reduce((part, to) => part + (counts[from]?.[to] ?? 0), 0),
    0,
  );
  const back = flows.find(({ name }) => name === "reactivate")?.customers ?? 0;
  const [then, now] = [before.counts.active, pyramid.counts.active];
  return `A year ago ${counted(then, "customer was", "customers were")} active. Since then ${count(then - stayed)} of them stopped being so, ${counted(back, "inactive one", "inactive ones")} came back and ${counted(now - stayed - back, "new one was", "new ones were")} won: ${counted(now, "customer is", "customers are")} active now.`;
}

interface MatrixRow {
  readonly from: string;
  readonly counts: readonly number[];
}

/** From which layer to which; layers without anybody are left out. */
function matrix({ layers, matrix: counts }: PyramidTransitions): Html {
  const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const columnTotals = layers.map((_, to) => total(counts.map((row) => row[to] ?? 0)));
  const rows = layers
    .map((from, index) => ({ from, counts: counts[index] ?? [] }))
    .filter((row) => total(row.counts) > 0);
  const columns: TableColumn<MatrixRow>[] = layers.flatMap((layer, to) =>
    columnTotals[to] === 0
      ? []
      : [
          {
            head: `to ${shortLayerName(layer)}`,
            cell: (row: MatrixRow) =>
              row.counts[to] ? count(row.counts[to]) : html`<span class="zero">–</span>`,
          },
        ],
  );
  return dataTable<MatrixRow>({
    caption: "Customers by the layer then (rows) and the layer now (columns)",
    rows,
    columns: [
      { head: "From", kind: "text", cell: ({ from }) => layerName(from).replace(/ \(.*/, "") },
      ...columns,
    ],
  });
}
