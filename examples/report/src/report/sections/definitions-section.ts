import { type Html, html } from "../html.js";

/** Every measure of the report, with its formula in words. */
const definitions: readonly (readonly [term: string, meaning: string])[] = [
  [
    "As of",
    "The start of the civil day of the report. What happens then or later does not exist yet; the last 12 months end there.",
  ],
  [
    "Qualifying purchase",
    "A purchase that refunds known by then have not wholly reversed; a purchase of zero counts.",
  ],
  ["Active customer", "At least one qualifying purchase in the last 12 months."],
  ["Inactive customer", "A qualifying purchase before that, none since."],
  ["Prospect", "No qualifying purchase, but a reply, a request or another dated sign of interest."],
  [
    "Suspect, rest of the world",
    "Neither purchase nor interest: a suspect could buy, the rest of the world cannot.",
  ],
  [
    "Top, large, medium, small",
    "Active customers ranked by revenue of the last 12 months: the first 1%, the next 4%, the next 15%, the rest; each cut rounded up to a whole customer (Curry & Curry 2000).",
  ],
  ["Revenue", "Sales less refunds."],
  ["Profit", "Revenue less the cost of what was sold."],
  [
    "Retention, of customers",
    "Customers who bought in a period and again in the next, divided by all who bought in the first. New customers are in neither number.",
  ],
  [
    "Retention, of sales and of profit",
    "Sales (or profit) that the retained customers brought in the first period, divided by those of all its customers (Buttle 2009).",
  ],
  [
    "RFM scores",
    "Recency (days since the last qualifying purchase), frequency (number of qualifying purchases) and money (revenue), each cut at its quintiles: 5 is the best fifth. Equal values have equal scores. Segments are blocks of recency by frequency.",
  ],
  [
    "Whale curve",
    "Customers from the most to the least profitable, their profit added up. The peak is what the profitable ones earn; the fall after it is what the others take away (Kaplan & Narayanan 2001).",
  ],
  [
    "Win-back candidate",
    "An inactive customer, ranked by profit of all time; by revenue where the data have no costs.",
  ],
];

/** What the words of the report mean. */
export function definitionsSection(): Html {
  return html`<section id="definitions">
<h2>What do the words mean?</h2>
<dl class="definitions">
${definitions.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>\n`)}
</dl>
</section>`;
}
