import {
  benefitSacrificeChart,
  type CurrentOffer,
  importancePerformanceChart,
  type SurveyedGroupResponse,
  valueMapChart,
} from "clientele";
import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { SATISFIED_FROM } from "../../relationship/satisfaction-over-time.js";
import { chartFigure } from "../chart-figure.js";
import { dataTable } from "../data-table.js";
import {
  count,
  counted,
  interval,
  isoDay,
  moneyColumn,
  oneDigit,
  percent,
  pointInterval,
  twoDigitInterval,
  twoDigits,
} from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { bondsPart } from "./bonds-part.js";
import { commitmentPart } from "./commitment-part.js";
import { contradictionsPart } from "./contradictions-part.js";
import { retentionLinkPart } from "./retention-link-part.js";
import { satisfactionTable } from "./satisfaction-table.js";

/** What customers get, how committed they are and what binds them; nothing without a survey. */
export async function relationshipSection({ analysis, nameOf }: ReportInput): Promise<Html | null> {
  const { relationship, pyramid } = analysis;
  if (relationship === null) return null;
  const { currency, timeZone } = pyramid;
  return html`<section id="relationship">
<h2>What holds our customers?</h2>
<p class="answer">${satisfactionText(relationship)}</p>
${satisfactionTable(relationship)}
${responsePart(relationship)}
${await balancePart(relationship)}
${await offersPart(relationship, currency, timeZone)}
${await prioritiesPart(relationship)}
${await commitmentPart(relationship)}
${await bondsPart(relationship, nameOf, timeZone)}
${contradictionsPart(relationship, currency)}
${retentionLinkPart(relationship, timeZone)}
</section>`;
}

function satisfactionText({ satisfaction, latest }: RelationshipAnalysis): string {
  const last = satisfaction.satisfied.waves.at(-1);
  if (last === undefined || last.estimate === null)
    return `Nobody said in ${latest.id} how satisfied they are.`;
  return `In ${latest.id}, ${percent(last.estimate)} of ${counted(last.n, "customer")} who answered are satisfied (${interval(last.interval)}): they give ${SATISFIED_FROM} or more of 10.`;
}

function responsePart({ response, latest }: RelationshipAnalysis): Html {
  const { total, groups, test } = response;
  const unlike =
    test.pValue !== null && test.pValue < 0.05
      ? "Groups answer at different rates, by more than chance: those that are heard too little would have to count for more, and nothing is known of those who are silent in them."
      : "That groups answer at different rates may be chance.";
  return html`<h3>Who answered?</h3>
<p class="answer">${counted(total.responded, "customer")} of ${count(total.eligible)} who were reached in ${latest.id}: ${percent(total.rate)} (${interval(total.interval)}). ${count(total.silent)} did not.</p>
${dataTable<SurveyedGroupResponse>({
  caption: "Who was asked and who answered; a weight above 1: heard too little",
  rows: [...groups].sort((a, b) => (b.rate.value ?? 0) - (a.rate.value ?? 0)),
  columns: [
    { head: "Group", kind: "text", cell: ({ group }) => group },
    { head: "Asked", cell: ({ eligible }) => count(eligible) },
    { head: "Answered", cell: ({ responded }) => count(responded) },
    { head: "Rate", cell: ({ rate }) => percent(rate) },
    { head: "Interval", unit: "of the rate", cell: (group) => interval(group.interval) },
    {
      head: "Weight",
      unit: "to be heard",
      cell: ({ weight }) => (weight === null ? "–" : twoDigits(weight)),
    },
  ],
})}
<p class="note">${unlike} Figures below are of those who answered, unweighted. Questions left open are in no mean; nothing is filled in.</p>`;
}

async function balancePart({ value, balance }: RelationshipAnalysis): Promise<Html | null> {
  if (value.net.mean === null) return null;
  return html`<h3>What do they get for what they give?</h3>
${await chartFigure((options) => benefitSacrificeChart(balance, options))}
<p class="note">Net value ${oneDigit(value.net.mean)} points (${pointInterval(value.net.interval)}) by the ${counted(value.complete, "customer")} who judged every item from 1 to 10; ${count(value.respondents - value.complete)} left one open. Weights are the points that customers shared out. What is given counts by its burden: 10 is the worst.</p>`;
}

async function offersPart(
  { map, offers, latest }: RelationshipAnalysis,
  currency: string,
  timeZone: string,
): Promise<Html | null> {
  if (map === null) return null;
  const ours = map.offers.find(({ isOurs }) => isOurs);
  const fair = ours?.fairPrice ? Math.round(ours.fairPrice) : null;
  const prices = offers.offers.map(({ price }) => price ?? null);
  const money = moneyColumn([...prices, fair], currency);
  const fairText =
    fair === null ? "" : ` On the line we would stand with a basket at ${money.cell(fair)} ${money.unit}.`;
  const lapsed =
    offers.lapsed.length === 0
      ? ""
      : ` Not on the map, since what is known of them has lapsed: ${offers.lapsed.join(", ")}.`;
  return html`<h3>And elsewhere?</h3>
${await chartFigure((options) => valueMapChart(map, options))}
${dataTable<CurrentOffer>({
  caption: "Competitors' offers as they were last seen",
  onPhone: "keep",
  rows: offers.offers,
  columns: [
    { head: "Competitor", kind: "text", cell: ({ id }) => id },
    { head: "Same basket", unit: money.unit, cell: ({ price }) => money.cell(price ?? null) },
    { head: "Seen on", cell: ({ at }) => isoDay(at, timeZone) },
  ],
})}
<p class="note">Quality is the weighted mean of five benefits: ours by the answers of ${latest.id}, theirs by those who buy there too. Along the line, more quality just makes up for more price, at the weights that customers give to both (60 to 40).${fairText}${lapsed}</p>`;
}

async function prioritiesPart({ priorities, drivers }: RelationshipAnalysis): Promise<Html | null> {
  if (priorities === null) return null;
  const most = [...drivers.attributes].sort((a, b) => (b.importance ?? 0) - (a.importance ?? 0))[0];
  const first =
    most === undefined || most.importance === null
      ? ""
      : ` For ${most.id} it is ${twoDigits(most.importance)} (${twoDigitInterval(most.interval)}).`;
  return html`<h3>What matters, and how well do we do it?</h3>
${await chartFigure((options) => importancePerformanceChart(priorities, options))}
<p class="note">Importance is the correlation of each rating with satisfaction over ${counted(drivers.n, "customer")} who judged all of them; ${count(drivers.dropped)} did not.${first} Performance is the mean rating, 1 to 10. What goes along with satisfaction need not be its cause.</p>`;
}
