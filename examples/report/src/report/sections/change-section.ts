import {
  type CustomerTrend,
  type GrowthStep,
  type PricePremiumByTenure,
  type ProfitBridge,
  type ProfitLevers,
  profitBridgeChart,
} from "clientele";
import { LEAST } from "../../profit/change-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, level, moneyColumn, percent, roundMoney, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** How many of those whose purchases fall are listed. */
const LISTED = 8;

/** What changed profit, what would raise it, and whether those who stay buy more; nothing where the data say none of it. */
export async function changeSection({ analysis, nameOf }: ReportInput): Promise<Html | null> {
  const { bridge, levers, growth, premium, trend } = analysis.change;
  const { currency } = analysis.pyramid;
  if (bridge === null && growth === null && trend === null) return null;
  return html`<section id="change">
<h2>What changed, and what would raise profit?</h2>
${bridge === null ? null : await bridgePart(bridge, levers, currency)}
${growth === null ? null : tenurePart(growth, premium, currency)}
${trend === null ? null : trendPart(trend, nameOf, currency)}
</section>`;
}

async function bridgePart(
  bridge: ProfitBridge,
  levers: ProfitLevers | null,
  currency: string,
): Promise<Html> {
  const formatAmount = (amount: number) => shortMoney(amount, currency);
  return html`${await chartFigure((options) => profitBridgeChart(bridge, { ...options, formatAmount }))}
<p class="note">Profit here is what is left after goods, sale and service. Lost customers bought in the first year and not in the second, won ones only in the second: of ${count(bridge.before.customers)} customers ${count(bridge.counts.lost)} were lost, and ${count(bridge.counts.won)} won. Volume, mix and price are of those who bought in both.</p>
${levers === null ? null : leverText(levers, currency)}`;
}

/** One percent of each lever, the strongest first. */
function leverText({ total, change }: ProfitLevers, currency: string): Html {
  const named = [
    { name: "prices up", worth: total.price },
    { name: "more units sold", worth: total.volume },
    { name: "cost of goods down", worth: total.costOfGoods },
    { name: "cost to serve down", worth: total.costToServe },
  ]
    .filter(({ worth }) => worth !== 0)
    .sort((a, b) => b.worth - a.worth);
  const worths = named.map(({ name, worth }) => `${name} ${roundMoney(Math.round(worth), currency)}`);
  const loss =
    total.breakEvenLoss.value === null
      ? ""
      : ` Prices may rise by ${level(change)} as long as fewer than ${percent(total.breakEvenLoss)} of the units are lost to it.`;
  return html`<p>What ${level(change)} would be worth in a year, all else as it is: ${worths.join("; ")}.${loss}</p>`;
}

interface TenureRow extends GrowthStep {
  /** Realized over list price less one. */
  readonly premium: number | null;
}

function tenurePart(
  steps: readonly GrowthStep[],
  premium: PricePremiumByTenure | null,
  currency: string,
): Html {
  const rows: TenureRow[] = steps.map((step) => ({
    ...step,
    premium: premium?.steps.find((each) => each.step === step.step)?.premium.value ?? null,
  }));
  const means = moneyColumn(
    rows.map(({ mean }) => (mean.value === null ? null : Math.round(mean.value))),
    currency,
  );
  return html`<h3>Do customers buy more, the longer they stay?</h3>
<p class="answer">${tenureAnswer(steps)}</p>
${dataTable<TenureRow>({
  caption: "Customers for whom the year is over, by year since their first purchase",
  rows,
  columns: [
    { head: "Year", kind: "text", cell: ({ step }) => `Year ${step}` },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    { head: "Bought", unit: "in it", cell: ({ buyers }) => count(buyers) },
    {
      head: "Revenue",
      unit: `${means.unit}, mean`,
      cell: ({ mean }) => means.cell(mean.value === null ? null : Math.round(mean.value)),
    },
    { head: "Change", unit: "of the same", cell: ({ growth }) => percent(growth?.growth ?? null) },
    {
      head: "Change",
      unit: "of who stayed",
      cell: ({ growthOfBuyers }) => percent(growthOfBuyers?.growth ?? null),
    },
    ...(premium === null
      ? []
      : [{ head: "Price", unit: "to the list", cell: (row: TenureRow) => percent(row.premium) }]),
  ],
})}
<p class="note">Every change compares the same customers in two years that follow each other. In the first column of changes who left counts as zero; the second is of those alone who bought in both years, which flatters.${premium === null ? "" : " The price is what was paid against the list, less one."} Years that are over for fewer than ${LEAST} customers are not shown.</p>`;
}

/** The first year against the second says it: later ones have few customers. */
function tenureAnswer(steps: readonly GrowthStep[]): string {
  const second = steps[1];
  const all = second?.growth?.growth.value ?? null;
  const buyers = second?.growthOfBuyers?.growth.value ?? null;
  if (all === null) return "There is no second year yet to compare with the first.";
  const more = (value: number) => `${percent(Math.abs(value))} ${value < 0 ? "less" : "more"}`;
  const left = buyers === null ? "" : `; those who bought in both years, ${more(buyers)}`;
  return `In their second year with us, customers bring ${more(all)} revenue than in their first, those who left counted as zero${left}.`;
}

interface Falling {
  readonly customerId: string;
  readonly slope: number;
  readonly lower: number;
  readonly upper: number;
  readonly sales: number;
}

function trendPart(trend: CustomerTrend, nameOf: (customerId: string) => string, currency: string): Html {
  const { counts, first, last } = trend;
  const falling = fallingMost(trend);
  const slope = moneyColumn(
    falling.flatMap((each) => [each.slope, each.lower, each.upper].map(Math.round)),
    currency,
  );
  const sales = moneyColumn(
    falling.map((each) => each.sales),
    currency,
  );
  return html`<h3>Whose purchases are falling?</h3>
<p class="answer">From ${first.label} to ${last.label}, the purchases of ${counted(counts.falling, "customer")} fell, each for itself beyond what chance explains, and those of ${count(counts.rising)} rose. ${chanceText(trend)}</p>
<p class="note">By quarter, for customers who were there for six quarters or more: of ${counted(counts.unclear, "other", "others")} no trend can be told, ${counted(counts.level, "customer")} bought the same or nothing, and ${count(counts.tooShort)} have not been there for long enough.</p>
${
  falling.length === 0
    ? null
    : dataTable<Falling>({
        caption: `Those who lose us most: ${counted(falling.length, "customer")}`,
        rows: falling,
        columns: [
          { head: "Customer", kind: "text", cell: ({ customerId }) => nameOf(customerId) },
          { head: "Revenue", unit: `${sales.unit}, in all`, cell: (each) => sales.cell(each.sales) },
          {
            head: "Change",
            unit: `${slope.unit} from quarter to quarter`,
            cell: (each) => slope.cell(Math.round(each.slope)),
          },
          {
            head: "Interval",
            unit: slope.unit,
            cell: (each) => `${slope.cell(Math.round(each.lower))} to ${slope.cell(Math.round(each.upper))}`,
          },
        ],
      })
}`;
}

/** Among many customers some trends are chance. */
function chanceText({ counts, expectedByChance }: CustomerTrend): string {
  const chance = `about ${count(Math.round(expectedByChance))} would do so`;
  return counts.falling > expectedByChance
    ? `If nobody had a trend, ${chance} all the same.`
    : `That is no more than chance: if nobody had a trend, ${chance}. Take the list for questions to ask, not for proof.`;
}

function fallingMost({ customers }: CustomerTrend): Falling[] {
  const { customerId, direction, slope, lower, upper, sales } = customers.columns;
  return customerId
    .flatMap((id, i) =>
      direction[i] === "falling"
        ? [
            {
              customerId: id,
              slope: slope[i] ?? 0,
              lower: lower[i] ?? 0,
              upper: upper[i] ?? 0,
              sales: sales[i] ?? 0,
            },
          ]
        : [],
    )
    .sort((a, b) => a.slope - b.slope)
    .slice(0, LISTED);
}
