import { type ForecastPeriod, pipelineChart, type StageConversion, type WonAndLostOfGroup } from "clientele";
import type { PipelineAnalysis } from "../../profit/pipeline-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, interval, level, moneyColumn, percent, roundMoney, shortMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** What is being sold, what of it will come and when; nothing where nothing is in negotiation. */
export async function pipelineSection({ analysis }: ReportInput): Promise<Html | null> {
  const { pipeline, pyramid } = analysis;
  if (pipeline === null) return null;
  const { currency } = pyramid;
  const formatAmount = (amount: number) => shortMoney(Math.round(amount), currency);
  return html`<section id="pipeline">
<h2>What is being sold to businesses?</h2>
${await chartFigure((options) => pipelineChart(pipeline.forecast, { ...options, formatAmount }))}
${forecastPart(pipeline, currency)}
${stagePart(pipeline)}
${winPart(pipeline, currency)}
</section>`;
}

function forecastPart({ forecast }: PipelineAnalysis, currency: string): Html | null {
  const { overdue, unscheduled } = forecast;
  const periods = forecast.periods.filter(({ opportunities }) => opportunities > 0);
  if (periods.length === 0) return null;
  const money = moneyColumn(
    periods.flatMap(({ amount, weighted, interval: { upper } }) => [amount, weighted, upper].map(Math.round)),
    currency,
  );
  const cell = (amount: number) => money.cell(Math.round(amount));
  const confidence = level(periods[0]?.interval.confidenceLevel ?? 0.95);
  const late =
    overdue.opportunities === 0
      ? ""
      : `${counted(overdue.opportunities, "opportunity", "opportunities")} should have been decided by now (${roundMoney(Math.round(overdue.weighted), currency)} weighted): ask, or give them up; the months are without them. `;
  const undated =
    unscheduled.opportunities === 0
      ? ""
      : `${counted(unscheduled.opportunities, "more has", "more have")} no date (${roundMoney(Math.round(unscheduled.weighted), currency)}). `;
  return html`<h3>When does it come in?</h3>
${dataTable<ForecastPeriod>({
  caption: "Open opportunities by the month in which a decision is expected",
  rows: periods,
  columns: [
    { head: "Month", kind: "text", cell: ({ label }) => label },
    { head: "Open", cell: ({ opportunities }) => count(opportunities) },
    { head: "Amount", unit: money.unit, cell: ({ amount }) => cell(amount) },
    { head: "Weighted", unit: money.unit, cell: ({ weighted }) => cell(weighted) },
    {
      head: "Interval",
      unit: `${money.unit}, ${confidence}`,
      cell: ({ interval: { lower, upper } }) => `${cell(lower)} to ${cell(upper)}`,
    },
  ],
})}
<p class="note">${late}${undated}The interval is that of 10,000 drawn outcomes, each opportunity won or lost by its probability whatever becomes of the others.</p>`;
}

interface Stage extends StageConversion {
  readonly probability: number;
}

function stagePart({ conversion, forecast, cycle }: PipelineAnalysis): Html {
  const rows: Stage[] = conversion.stages.map((stage) => ({
    ...stage,
    probability: forecast.stages.find((each) => each.stage === stage.stage)?.probability ?? 0,
  }));
  const confidence = level(rows[0]?.winRateInterval.confidenceLevel ?? 0.95);
  const median = cycle.medianDays.value;
  return html`<h3>Are the probabilities right?</h3>
<p class="answer">${probabilityText(rows)}${median === null ? "" : ` Half of the opportunities are decided within ${counted(Math.round(median), "day")}, the open ones counted for as long as they are known.`}</p>
${dataTable<Stage>({
  caption: "What became of the opportunities that came to each stage",
  rows,
  columns: [
    { head: "Stage", kind: "text", cell: ({ stage }) => stage },
    { head: "Came to it", cell: ({ entered }) => count(entered) },
    { head: "Got further", cell: ({ conversionOfDecided }) => percent(conversionOfDecided) },
    { head: "Won", unit: "of the decided", cell: (row) => percent(row.winRate) },
    { head: "Interval", unit: confidence, cell: ({ winRateInterval }) => interval(winRateInterval) },
    { head: "Taken to be", unit: "probability", cell: ({ probability }) => percent(probability) },
  ],
})}`;
}

/** Stages whose probability lies outside of what was seen. */
function probabilityText(stages: readonly Stage[]): string {
  const off = stages.flatMap(({ stage, probability, winRate, winRateInterval: { lower, upper } }) => {
    if (winRate.value === null || (probability >= lower && probability <= upper)) return [];
    return [`${stage} (taken to be ${percent(probability)}, won ${percent(winRate)})`];
  });
  if (stages.every(({ winRate }) => winRate.value === null)) return "Nothing has been decided yet.";
  return off.length === 0
    ? "The probability of each stage lies within what chance leaves open about the share that was won from it."
    : `Not everywhere: ${off.join(", ")}. The forecast goes by the probability.`;
}

function winPart({ wins, reasons }: PipelineAnalysis, currency: string): Html | null {
  if (wins.byCount.value === null) return null;
  const amount = moneyColumn(
    wins.groups.map(({ wonAmount }) => wonAmount),
    currency,
  );
  const confidence = level(wins.interval.confidenceLevel);
  const [most] = [...reasons].sort((a, b) => b.amount - a.amount);
  const why =
    most === undefined
      ? ""
      : ` What costs us most is "${most.reason ?? "no reason given"}": ${percent(most.shareOfAmount)} of the amount lost.`;
  return html`<h3>Who wins, and why do we lose?</h3>
<p class="answer">Of ${counted(wins.won + wins.lost, "decision")} ${count(wins.won)} ${wins.won === 1 ? "was" : "were"} for us: ${percent(wins.byCount)} by number, ${percent(wins.byValue)} by amount.${why}</p>
${dataTable<WonAndLostOfGroup>({
  caption: "Decisions by the one who sells",
  rows: wins.groups,
  columns: [
    { head: "Who", kind: "text", cell: ({ group }) => group ?? "nobody" },
    { head: "Won", cell: ({ won }) => count(won) },
    { head: "Lost", cell: ({ lost }) => count(lost) },
    { head: "Won", unit: amount.unit, cell: ({ wonAmount }) => amount.cell(wonAmount) },
    { head: "Won", unit: "of the decided", cell: ({ byCount }) => percent(byCount) },
    { head: "Interval", unit: confidence, cell: (row) => interval(row.interval) },
  ],
})}
<p class="note">Where the intervals overlap widely, one has not been shown to be better than the other.</p>`;
}
