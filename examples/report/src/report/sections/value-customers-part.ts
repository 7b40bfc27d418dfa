import { aliveHistoryChart, civilDay, frequencyRecencyChart } from "clientele";
import { type CustomerStory, STORY_PURCHASES } from "../../value/customer-story.js";
import type { CustomerWorth } from "../../value/value-analysis.js";
import { chartFigure } from "../chart-figure.js";
import { chance, count, counted, dayInWords, exactMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Who is likely still a customer: the map of the model, and one customer over time. */
export async function valueCustomersPart(
  value: CustomerWorth,
  { analysis, nameOf }: ReportInput,
): Promise<Html> {
  const { story, values, matrix } = value;
  const { currency } = analysis.pyramid;
  return html`<h3>Who is likely still a customer?</h3>
${await chartFigure((options) => frequencyRecencyChart(matrix, options), stillThere(value, analysis.pyramid.counts.active))}
<p class="note">Not the silence alone decides, but the silence held against the own rhythm: of two customers who have been away for equally long, the one who used to buy more often has more likely left.
${count(values.columns.probabilityAlive.filter((alive) => alive >= 0.9).length)} customers are still there with 90% or more, ${count(values.columns.probabilityAlive.filter((alive) => alive < 0.1).length)} with less than 10%: write to these, if at all, where it costs nothing.</p>
${
  story === null
    ? null
    : html`<h3>When was one of them lost?</h3>
${await chartFigure((options) => aliveHistoryChart(story.history, options), storyText(story, nameOf(story.customerId), currency))}
<p class="note">${ruleText(story)}</p>`
}`;
}

function stillThere({ values }: CustomerWorth, active: number): string {
  const expected = values.columns.probabilityAlive.reduce((sum, alive) => sum + alive, 0);
  return `About ${counted(Math.round(expected), "customer")} of ${count(values.length)} can be expected to be still there (their probabilities added up); the rule of a purchase in the last 12 months counts ${count(active)}.`;
}

function storyText(
  { purchases, repeatSpend, lastDay, doubtfulFrom, history }: CustomerStory,
  name: string,
  currency: string,
): string {
  const alive = history.points.columns.probabilityAlive.at(-1) ?? 0;
  const bought = `${name} bought on ${counted(purchases, "day")}, for ${exactMoney(Math.round(repeatSpend), currency)} after the first, and was last seen on ${dayInWords(civilDay(lastDay))}.`;
  return doubtfulFrom === null
    ? `${bought} The probability that this customer is still there is ${chance(alive)}.`
    : `${bought} From ${dayInWords(civilDay(doubtfulFrom))} on it was more likely than not that this customer had left: that is the day by which to call. Now the probability of still being there is ${chance(alive)}.`;
}

function ruleText({ isGood }: CustomerStory): string {
  return isGood
    ? `Chosen by rule: of those who came back ${STORY_PURCHASES} times or more, were there for longer than they have been silent, and have more likely left than not, the one who paid most for it.`
    : "Chosen by rule: of the customers who came back, the one who has most likely left.";
}
