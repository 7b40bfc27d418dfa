import { bondCoverageChart } from "clientele";
import { ENDING_DAYS } from "../../relationship/bond-analysis.js";
import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, NONE, percent } from "../formats.js";
import { type Html, html } from "../html.js";

/** From this part of all that binds on, one loss is much. */
const MUCH = 0.5;

type Fragile = RelationshipAnalysis["bonds"]["fragile"][number];

/** What binds the businesses that bring most; nothing where no customer is one. */
export async function bondsPart(
  { bonds }: RelationshipAnalysis,
  nameOf: (customerId: string) => string,
  timeZone: string,
): Promise<Html | null> {
  const { coverage, fragile, businesses, ending } = bonds;
  if (coverage.customers.length === 0) return null;
  const much = fragile
    .filter(({ fragility }) => (fragility.fragility.value ?? 0) > MUCH)
    .sort((a, b) => (b.fragility.fragility.value ?? 0) - (a.fragility.fragility.value ?? 0));
  const hangs =
    much.length === 0
      ? "With none of them does more than half of it hang on one person or one contract."
      : `With ${count(much.length)} of them more than half of it hangs on one person or one contract.`;
  return html`<h3>What binds our largest businesses?</h3>
${await chartFigure((options) => bondCoverageChart(coverage, options))}
<p class="note">The ${counted(coverage.customers.length, "business", "businesses")} with most revenue in the last 12 months, the largest first (on a narrow screen as many as there is room for). Strength is judged by the shop from 0 to 1, and every bond has its evidence on file. ${hangs} Of all ${counted(businesses.all, "business", "businesses")} that bought, ${count(businesses.bound)} have a bond of some kind${ending.length === 0 ? "" : `; ${counted(ending.length, "bond")} with them will end within ${ENDING_DAYS} days`}.</p>
${much.length === 0 ? null : fragileTable(much, nameOf)}
${ending.length === 0 ? null : endingTable(ending, nameOf, timeZone)}`;
}

function fragileTable(rows: readonly Fragile[], nameOf: (customerId: string) => string): Html {
  return dataTable<Fragile>({
    caption: "On whom and what it hangs",
    rows,
    columns: [
      { head: "Business", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
      {
        head: "Hangs on",
        kind: "text",
        cell: ({ fragility: { worst } }) =>
          worst === null ? NONE : worst.type === "person" ? worst.id : `contract ${worst.id}`,
      },
      {
        head: "Lost with it",
        unit: "of all that binds",
        cell: ({ fragility }) => percent(fragility.fragility),
      },
    ],
  });
}

function endingTable(
  ending: RelationshipAnalysis["bonds"]["ending"],
  nameOf: (customerId: string) => string,
  timeZone: string,
): Html {
  return dataTable<(typeof ending)[number]>({
    caption: "Bonds that end next",
    rows: ending.slice(0, 6),
    columns: [
      { head: "Business", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
      { head: "Bond", kind: "text", cell: ({ kind, evidence }) => evidence ?? kind },
      { head: "Until", cell: ({ until }) => day(until, timeZone) },
    ],
  });
}
