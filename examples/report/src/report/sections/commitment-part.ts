import { type CommitmentDimension, commitmentChart } from "clientele";
import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { counted, oneDigit, pointInterval, twoDigits } from "../formats.js";
import { type Html, html } from "../html.js";

/** Commitment by dimension and wave, and who has moved. */
export async function commitmentPart({ commitment, movement, scale }: RelationshipAnalysis): Promise<Html> {
  const alphas = scale.dimensions.flatMap(({ dimension, alpha }) =>
    alpha === null ? [] : [`${dimension} ${twoDigits(alpha)}`],
  );
  const reliability =
    alphas.length === 0
      ? ""
      : ` How well the items of each dimension agree (Cronbach's alpha): ${alphas.join(", ")}.`;
  return html`<h3>Do they want to stay, or need to?</h3>
${await chartFigure((options) => commitmentChart(commitment, options), levelsText(commitment))}
<p class="note">Dots are means, percent of the most that the answers allow; lines their 95% intervals. Three questions for each dimension, never added up to one score: who needs to stay is not the friend of who wants to.${movementText(movement)}${reliability}</p>`;
}

const words: Readonly<Partial<Record<CommitmentDimension, string>>> = {
  affective: "they want to stay",
  calculative: "they need to",
  normative: "they feel that they ought to",
};

/** Of the latest wave, the highest first. */
function levelsText(commitment: RelationshipAnalysis["commitment"]): string {
  const latest = commitment.at(-1);
  const known = (latest?.profile.dimensions ?? []).flatMap(({ dimension, mean }) =>
    mean === null ? [] : [{ dimension, mean }],
  );
  if (latest === undefined || known.length === 0) return "Nobody has a score.";
  const each = known
    .sort((a, b) => b.mean - a.mean)
    .map(({ dimension, mean }) => `${words[dimension] ?? dimension} ${oneDigit(mean)}`);
  return `In ${latest.name}, of 100: ${each.join(", ")}.`;
}

function movementText(movement: RelationshipAnalysis["movement"]): string {
  const moved = (movement?.dimensions ?? []).flatMap(({ dimension, change, interval, n }) =>
    change === null || interval === null ? [] : [{ dimension, change, interval, n }],
  );
  const [first] = moved;
  if (movement === null || first === undefined) return "";
  const each = moved.map(
    ({ dimension, change, interval }) => `${dimension} ${oneDigit(change)} (${pointInterval(interval)})`,
  );
  return ` Of the ${counted(movement.inBoth, "customer")} in both waves, points of change: ${each.join(", ")}.`;
}
