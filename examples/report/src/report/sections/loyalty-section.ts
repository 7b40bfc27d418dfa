import {
  liabilityRollForwardChart,
  type PointOutcomes,
  type ProgramFlows,
  pointsByAgeChart,
  tierPyramidChart,
} from "clientele";
import type { LoyaltyAnalysis } from "../../loyalty/loyalty-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, moneyColumn, NONE, percent, roundMoney, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** What is owed to members, who they are and what becomes of their points; nothing without a programme. */
export async function loyaltySection({ analysis }: ReportInput): Promise<Html | null> {
  const { loyalty } = analysis;
  if (loyalty === null) return null;
  const { program, pyramid, liability, ages, economics } = loyalty;
  const { currency } = program;
  const formatAmount = (amount: number) => shortMoney(amount, currency);
  const owed = liability.periods.columns.closing.at(-1) ?? 0;
  return html`<section id="loyalty">
<h2>What do we owe our members?</h2>
<p class="answer">${counted(pyramid.members, "member")} of ${program.name ?? program.id} ${pyramid.members === 1 ? "holds" : "hold"} ${count(pyramid.points)} points: ${roundMoney(owed, currency)} of past sales are not earned until they are spent (deferred revenue).</p>
${await chartFigure((options) => liabilityRollForwardChart(liability, { ...options, formatAmount }), movementsText(loyalty))}
<p class="note">${estimateText(loyalty)} By IFRS 15 a part of each sale belongs to the points that it gives, by what they are worth to who spends them times that share;
it is revenue as they are spent.</p>
<h3>How old are the points, and when do they lapse?</h3>
${await chartFigure((options) => pointsByAgeChart(ages, options))}
<h3>Who holds them?</h3>
${await chartFigure((options) => tierPyramidChart(pyramid, options))}
<h3>What becomes of the points?</h3>
${flowTable(economics.periods, currency)}
${outcomeTable("Points by the year in which they were earned, and what has become of them", "Earned in", economics.cohorts, (id) => id)}
${outcomeTable("Points by the rule that gave them", "Rule", economics.rules, (id) => program.earnRules.find((rule) => rule.id === id)?.name ?? id)}
<p class="note">The share spent of a year grows while points are outstanding. Points of a purchase that two rules gave count for each in proportion.</p>
</section>`;
}

/** What of the movements is less than this part of all that was set aside is rounding, or does not matter. */
const LITTLE = 0.001;

/** Where the balance comes from, in words. */
function movementsText({ liability, program: { currency } }: LoyaltyAnalysis): string {
  const { issued, redeemed, expired, clawedBack, reestimate } = liability.periods.columns;
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const [setAside, changed] = [sum(issued), sum(reestimate)];
  const went = [
    { amount: sum(redeemed), words: "became revenue as points were spent" },
    { amount: sum(expired), words: "became revenue as more lapsed than was expected" },
    { amount: sum(clawedBack), words: "went with goods that came back" },
    { amount: Math.abs(changed), words: `was ${changed < 0 ? "released" : "added"} by new estimates` },
  ].filter(({ amount }) => amount > LITTLE * setAside);
  const parts = went.map(({ amount, words }) => `${roundMoney(amount, currency)} ${words}`);
  return `So far ${roundMoney(setAside, currency)} of sales was set aside for points${parts.length === 0 ? "." : `: ${parts.join(", ")}.`}`;
}

function estimateText({ estimate }: LoyaltyAnalysis): string {
  const { value } = estimate.total.rate;
  return value === null
    ? "The history is too short to tell how many points will be spent; half of them are taken to be."
    : `${percent(value)} of the points are expected to be spent in the end, as the quarters of issue have developed so far (chain ladder).`;
}

function flowTable(periods: readonly ProgramFlows[], currency: string): Html {
  const money = moneyColumn(
    periods.map(({ cost }) => cost),
    currency,
  );
  return dataTable<ProgramFlows>({
    caption: "Points issued, spent, lapsed and taken back, year by year",
    rows: periods,
    columns: [
      { head: "Year", kind: "text", cell: ({ period }) => period },
      { head: "Issued", cell: ({ issued }) => count(issued) },
      { head: "Spent", cell: ({ redeemed }) => count(redeemed) },
      { head: "Lapsed", cell: ({ expired }) => count(expired) },
      { head: "Returned", cell: ({ clawedBack }) => count(clawedBack) },
      { head: "Outstanding", unit: "at the end", cell: ({ closing }) => count(closing) },
      { head: "Cost", unit: money.unit, cell: ({ cost }) => money.cell(cost) },
    ],
  });
}

function outcomeTable(
  caption: string,
  head: string,
  rows: readonly PointOutcomes[],
  nameOf: (id: string) => string,
): Html {
  return dataTable<PointOutcomes>({
    caption,
    rows,
    columns: [
      { head, kind: "text", cell: ({ group }) => (group === null ? NONE : nameOf(group)) },
      { head: "Points", unit: "less returns", cell: ({ kept }) => count(Math.round(kept)) },
      { head: "Spent", cell: ({ redemptionRate }) => percent(redemptionRate) },
      { head: "Lapsed", cell: ({ breakageRate }) => percent(breakageRate) },
    ],
  });
}
