import type { Analysis } from "../analysis.js";
import { type Html, html } from "../html.js";
import { profitDefinitions } from "./profit-definitions.js";

type Definition = readonly [term: string, meaning: string];

/** Every measure of the report, with its formula in words. */
const definitions: readonly Definition[] = [
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
    "Interval",
    "What chance leaves open: of many intervals made in this way, as many in a hundred hold the true value as the percentage says. Shares of counts: Wilson 1927.",
  ],
  ["Cohort", "The customers whose first qualifying purchase fell into the same period."],
  [
    "Stopped buying",
    "No qualifying purchase for 12 months. The share of those who go on is estimated with those who have not stopped yet counted for as long as they were seen (Kaplan & Meier 1958).",
  ],
  [
    "Mean up to a horizon",
    "The mean of the months that customers stay, where what lies beyond the horizon does not count: nobody was seen for longer.",
  ],
  [
    "RFM scores",
    "Recency (days since the last qualifying purchase), frequency (number of qualifying purchases) and money (revenue), each cut at its quintiles: 5 is the best fifth. Equal values have equal scores. Segments are blocks of recency by frequency.",
  ],
  [
    "Class A, B, C",
    "Active customers from the greatest revenue of the last 12 months down: A brings the first 80%, B the next 15%, C the rest (Dickie 1951).",
  ],
  [
    "Gini coefficient",
    "0 where all customers bring the same, near 100% where one brings all: twice the area between the curve and the straight line.",
  ],
  [
    "Whale curve",
    "Customers from the most to the least profitable, their profit added up. The peak is what the profitable ones earn; the fall after it is what the others take away (Kaplan & Narayanan 2001).",
  ],
  [
    "Late",
    "An active customer with purchases on two days or more, whose days since the last one exceed the mean gap between them.",
  ],
  [
    "Win-back candidate",
    "An inactive customer, ranked by profit of all time; by revenue where the data have no costs.",
  ],
];

/** Those of the section on segments by rules. */
const ofSegments: readonly Definition[] = [
  [
    "Segment by a rule",
    "All customers for whom the rule holds on the day of the report; a comparison with something that is not known does not hold.",
  ],
  [
    "Condition that decided",
    "Of the parts of a rule that changed their answer, the fewest without which the customer would not have entered or left.",
  ],
];

/** Those of the section on groups that were found. */
const ofClusters: readonly Definition[] = [
  [
    "Group that was found",
    "Customers who are nearer to the mean of their own group than to that of any other, by k-means (Lloyd 1982) on standardized logarithms.",
  ],
  [
    "Silhouette",
    "How much nearer a customer is to the own group than to the next one: 1 well inside, 0 between the two, below 0 in the wrong one (Rousseeuw 1987).",
  ],
];

/** Those of the section on the value to come. */
const ofValue: readonly Definition[] = [
  [
    "Value to come",
    "Expected purchases of the next 12 months, each discounted from its day to that of the report, times what a purchase of this customer is expected to bring, times the margin (Fader, Hardie & Lee 2005). What it cost to win the customer is not in it.",
  ],
  [
    "Still there",
    "The probability that a customer has not left for good, from how often and how lately the customer bought, as the model has it.",
  ],
  [
    "Pareto/NBD, BG/NBD, MBG/NBD",
    "Three models of customers who leave without saying so. They differ in when one may leave: at any time (Schmittlein, Morrison & Colombo 1987), after coming back (Fader, Hardie & Lee 2005), after any purchase (Batislam, Denizel & Filiztekin 2007).",
  ],
  [
    "Holdout",
    "The last third of the history, at most a year, which is kept from the models so that they can be tested on it.",
  ],
];

/** Those of the section on subscriptions. */
const ofSubscriptions: readonly Definition[] = [
  [
    "MRR, ARR",
    "What subscriptions bring in a month or a year: each active one's price, taken from its own interval to that one. Trials, pauses and what has ended bring nothing.",
  ],
  [
    "New, reactivation, expansion, contraction, churn",
    "What customers pay who never paid before, who pay again, who pay more, who pay less, and who paid and pay no more: the change of each customer from one end of a period to the next.",
  ],
  [
    "NRR, GRR",
    "What the customers of the start pay at the end, divided by what they paid at the start; for GRR nobody counts for more than before.",
  ],
  ["Quick ratio", "New, reactivated and expanded revenue, divided by contracted and churned revenue."],
];

/** Those of the section on the loyalty programme. */
const ofLoyalty: readonly Definition[] = [
  [
    "Deferred revenue of points",
    "The part of past sales that belongs to points not yet spent: the price is divided between goods and points by what each would cost alone, points at what they pay times the share that is expected to be spent (IFRS 15).",
  ],
  [
    "Points outstanding",
    "Points that members have: those that can be spent, those that wait until returns are over, and those set aside. Points lapse by their date, whether or not anybody has booked it.",
  ],
  [
    "Chain ladder",
    "How the points of each quarter of issue were spent from quarter to quarter, carried on for the younger quarters (Mack 1993).",
  ],
];

/** Those of the section on relationships. */
const ofRelationships: readonly Definition[] = [
  [
    "Satisfied, NPS",
    "Who gives 8 or more of 10. The Net Promoter Score is the share of those who would recommend us (9 or 10 of 10) less that of those who would not (0 to 6), in points (Reichheld 2003).",
  ],
  [
    "Net value",
    "The weighted mean of what customers get, less that of what they give for it: both judged from 1 to 10 (Zeithaml 1988).",
  ],
  [
    "Value map, fair-value line",
    "Price and quality of each offer beside the mean of all offers. On the line, quality makes up for price at the weights that customers give to both; above it they get more than they pay for (Gale 1994).",
  ],
  [
    "Affective, calculative, normative",
    "Committed because one wants to, needs to, or feels that one ought to (Allen & Meyer 1990); percent of the most that the questions allow.",
  ],
  [
    "Bond, fragility",
    "What holds a customer, social or structural. Fragility is the largest share of the strength of all bonds that goes with one person or one contract.",
  ],
  [
    "Lock-in risk",
    "Of all that ties a customer, the part that is forced, weighted by how little content the customer is.",
  ],
  [
    "Right order",
    "Of all pairs of one who came back and one who did not, the share in which the former scored higher; ties count half (area under the ROC curve).",
  ],
  [
    "Odds",
    "How many come back for one who does not, and by what ten points more of a score multiply that, with the other scores held (logistic regression).",
  ],
];

/** What the words of the report mean. */
export function definitionsSection({ analysis }: { readonly analysis: Analysis }): Html {
  const shown = [
    ...definitions,
    ...(analysis.segments === null ? [] : ofSegments),
    ...(analysis.clusters.found === null ? [] : ofClusters),
    ...(analysis.value.reason === null ? ofValue : []),
    ...(analysis.subscriptions === null ? [] : ofSubscriptions),
    ...(analysis.loyalty === null ? [] : ofLoyalty),
    ...(analysis.relationship === null ? [] : ofRelationships),
    ...profitDefinitions(analysis),
  ];
  return html`<section id="definitions">
<h2>What do the words mean?</h2>
<dl class="definitions">
${shown.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>\n`)}
</dl>
</section>`;
}
