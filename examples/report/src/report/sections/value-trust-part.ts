import { frequencyFitChart, rows, transactionTrackingChart } from "clientele";
import type { ModelCheck } from "../../value/model-check.js";
import { modelName } from "../../value/model-words.js";
import type { CustomerWorth } from "../../value/value-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import { count, counted, dayInWords, NONE, percent, roundMoney, twoDigits } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** What the models foretold of a time that they had not seen, and how the chosen one fits what it has seen. */
export async function valueTrustPart(value: CustomerWorth, { analysis }: ReportInput): Promise<Html> {
  const { currency } = analysis.pyramid;
  const { check, model, spend, total } = value;
  return html`<h3>How far can that be trusted?</h3>
${
  typeof check === "string"
    ? html`<p class="answer">It has not been tested on what came after: ${check}. Take it for a first guess.</p>`
    : html`${await chartFigure((options) => transactionTrackingChart(check.tracking, options), foretold(check, currency))}
<p class="note">The dashed line knows when each customer first came and nothing else of them. Seasons and campaigns, which no such model knows, are waves about it.</p>
${modelTable(check)}
<p class="note">Each model learnt from what came by ${dayInWords(check.holdout.through)}. The first of the table, under which the purchases of the ${counted(check.holdout.days, "day")} after that were
likeliest, ${isSame(check, value) ? "was" : "could not be"} fitted again to all the data${isSame(check, value) ? "" : `; ${modelName(model.model)} was, the next that could be`}. The error is the mean of how far off a customer was, whichever way.</p>`
}
${await chartFigure((options) => frequencyFitChart(value.frequency, options))}
<p class="note">That it fits what it has seen is needed, and proves little. ${spendText(value)}${warnings([...model.warnings, ...(spend.fit?.warnings ?? [])])}${total === null ? "" : " The interval above covers that the models were fitted to so many customers and no more, not that they may be wrong: for that look at what came after."}</p>`;
}

/** Purchases, money, and what one would have said without a model. */
function foretold({ holdout, evaluation, naive }: ModelCheck, currency: string): string {
  const { transactions, spend } = evaluation;
  const money = (amount: number) => roundMoney(Math.round(amount), currency);
  const revenue =
    spend === null
      ? ""
      : ` In money: ${money(spend.expected)} expected, ${money(spend.actual)} came${off(spend.ratio.value)}.`;
  return `Tested on the ${counted(holdout.days, "day")} after ${dayInWords(holdout.through)}, which it had not seen, ${modelName(evaluation.model as "bgNbd")} expected ${counted(Math.round(transactions.expected), "purchase")} and ${count(transactions.actual)} came${off(transactions.ratio.value)}. Without a model, everyone going on as before, it would have been ${count(Math.round(naive.expected))}${off(naive.ratio.value)}.${revenue}`;
}

/** ` (1.1% too many)`, of expected over actual. */
function off(ratio: number | null): string {
  if (ratio === null) return "";
  return ` (${percent(Math.abs(ratio - 1))} too ${ratio < 1 ? "low" : "high"})`;
}

function isSame({ ranked }: ModelCheck, { model }: CustomerWorth): boolean {
  return ranked[0] === model.model;
}

interface Tested {
  readonly name: string;
  readonly expected: number | null;
  readonly ratio: number | null;
  readonly error: number | null;
  readonly lift: number | null;
  readonly reason: string | null;
}

function modelTable({ comparison, ranked, naive }: ModelCheck): Html {
  const failed = rows(comparison.table).filter(({ converged }) => !converged);
  const tested: Tested[] = [
    ...ranked.flatMap((model) => {
      const evaluation = comparison.evaluations[model];
      if (evaluation === undefined) return [];
      const { transactions, ranking } = evaluation;
      return [
        {
          name: modelName(model),
          expected: transactions.expected,
          ratio: transactions.ratio.value,
          error: transactions.meanAbsoluteError,
          lift: ranking.byGroup.columns.lift[0] ?? null,
          reason: null,
        },
      ];
    }),
    {
      name: "No model",
      expected: naive.expected,
      ratio: naive.ratio.value,
      error: naive.meanAbsoluteError,
      lift: null,
      reason: null,
    },
  ];
  const reasons = failed.map(
    ({ model, reason }) => `${modelName(model)} could not be fitted: ${reason ?? ""}.`,
  );
  return html`${dataTable<Tested>({
    caption: `Purchases of the holdout: ${count(naive.actual)} came`,
    rows: tested,
    columns: [
      { head: "Model", kind: "text", cell: ({ name }) => name },
      { head: "Expected", cell: ({ expected }) => count(Math.round(expected ?? 0)) },
      { head: "Expected", unit: "of what came", cell: ({ ratio }) => percent(ratio) },
      {
        head: "Error",
        unit: "per customer",
        cell: ({ error }) => (error === null ? NONE : twoDigits(error)),
      },
      {
        head: "Best tenth",
        unit: "times the mean",
        cell: ({ lift }) => (lift === null ? NONE : twoDigits(lift)),
      },
    ],
  })}
${reasons.length === 0 ? null : html`<p class="note">${reasons.join(" ")}</p>`}`;
}

function spendText({ spend }: CustomerWorth): string {
  return spend.fit === null
    ? `Every purchase is taken to bring the mean of all repeat purchases, since spends could not be told apart by customer: ${spend.reason ?? ""}.`
    : "What a purchase brings is weighed for each customer from the own mean and that of all (Gamma-Gamma).";
}

function warnings(list: readonly string[]): string {
  return list.map((warning) => ` To be careful about: ${warning}.`).join("");
}
