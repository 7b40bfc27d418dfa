import type { LogisticCoefficient, ScoreLink } from "clientele";
import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { STEP } from "../../relationship/retention-after.js";
import { dataTable } from "../data-table.js";
import { count, counted, day, interval, NONE, percent, twoDigitInterval, twoDigits } from "../formats.js";
import { type Html, html } from "../html.js";

const names: Readonly<Record<string, string>> = {
  satisfaction: "Satisfaction",
  value: "Net value",
  affective: "Commitment: want to stay",
  calculative: "Commitment: need to stay",
  normative: "Commitment: ought to stay",
};

/** Whether scores went with buying again; a sentence while it is too early to tell. */
export function retentionLinkPart({ link }: RelationshipAnalysis, timeZone: string): Html {
  const heading = html`<h3>Does it go with staying?</h3>`;
  if (link === null)
    return html`${heading}
<p class="answer">It is too early to tell: no wave is 12 months ago.</p>`;
  const { wave, found } = link;
  const { regression } = found;
  const coefficients = new Map<string, LogisticCoefficient>(
    regression.converged ? regression.coefficients.map((each) => [each.name, each]) : [],
  );
  const best = [...found.scores].sort((a, b) => distance(b) - distance(a))[0];
  const together = regression.converged
    ? `All together, over the ${counted(regression.n, "customer")} with every score (${count(regression.events)} came back): odds for ${STEP} points more of one, the others held. Where scores say much the same, each has little left to add.`
    : `All together they cannot be told apart: ${regression.reason}.`;
  return html`${heading}
<p class="answer">${best === undefined ? "Nobody has a score." : bestText(best, wave.id)}</p>
${dataTable<ScoreLink>({
  caption: `Scores of ${wave.id}, and who bought again in the 12 months from ${day(wave.endsAt, timeZone)}`,
  rows: found.scores,
  columns: [
    { head: "Score", kind: "text", cell: ({ score }) => names[score] ?? score },
    { head: "Customers", unit: "with it", cell: ({ n }) => count(n) },
    { head: "Right order", unit: "of pairs", cell: ({ auc }) => percent(auc.value) },
    { head: "Interval", unit: "of that", cell: ({ auc }) => interval(auc.interval) },
    { head: "Odds", unit: `for ${STEP} points`, cell: ({ score }) => odds(coefficients.get(score)) },
    { head: "Interval", unit: "of the odds", cell: ({ score }) => oddsInterval(coefficients.get(score)) },
  ],
})}
<p class="note">${together} A half of the pairs in the right order is what a coin gets right. It goes together; whether a better score makes anybody stay is for a test with a group that is treated otherwise.</p>`;
}

function distance({ auc }: ScoreLink): number {
  return Math.abs((auc.value ?? 0.5) - 0.5);
}

function bestText({ score, auc, n }: ScoreLink, waveId: string): string {
  const name = (names[score] ?? score).replace("Commitment: ", "").toLowerCase();
  if (auc.value === null) return `Of ${counted(n, "customer")} of ${waveId} all came back, or none.`;
  return `Take one of ${waveId} who bought again and one who did not: in ${percent(auc.value)} of such pairs the former had the higher score in “${name}” (${interval(auc.interval)}, n = ${count(n)}). No other score tells them better apart.`;
}

function odds(coefficient: LogisticCoefficient | undefined): string {
  return coefficient === undefined ? NONE : `× ${twoDigits(coefficient.oddsRatio.value)}`;
}

function oddsInterval(coefficient: LogisticCoefficient | undefined): string {
  if (coefficient === undefined) return NONE;
  const { profile, wald } = coefficient.oddsRatio;
  return twoDigitInterval(profile ?? wald);
}
