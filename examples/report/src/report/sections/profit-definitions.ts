import type { Analysis } from "../analysis.js";

type Definition = readonly [term: string, meaning: string];

/** Of the books beside the transactions. */
const ofBooks: readonly Definition[] = [
  [
    "Cost to serve",
    "What a customer made the shop do, each activity at its yearly cost over what can be done of it in a year; what nobody used of that is charged to nobody (activity-based costing, Kaplan & Cooper 1998).",
  ],
  [
    "Profit, in the profit and loss",
    "Gross margin less cost to serve and cost of payment (contribution), less what was spent on winning new customers and on marketing to customers.",
  ],
];

/** Of every log with costs. */
const ofProfit: readonly Definition[] = [
  [
    "True friends, butterflies, barnacles, strangers",
    "Long and profitable, short and profitable, long and not, short and not (Reinartz & Kumar 2002).",
  ],
  [
    "As many equal customers",
    "One divided by the sum of the squared shares of all customers (the inverse of the Herfindahl index): so many customers of the same size would be as concentrated (Adelman 1969).",
  ],
];

const ofBridge: readonly Definition[] = [
  [
    "Profit bridge",
    "The change of profit from year to year, told by customers lost and won, and of those who stayed: volume (units at the margins of before), mix (other products), price and cost of goods (at the quantities of after) and cost to serve. Other: refunds of purchases made earlier. The parts add up to the change.",
  ],
];

const ofTrend: readonly Definition[] = [
  [
    "Rising, falling",
    "The median of the slopes between any two quarters of a customer, with an interval that lies on one side of zero (Theil 1950; Sen 1968).",
  ],
];

const ofAcquisition: readonly Definition[] = [
  [
    "Cost of a new customer (CAC)",
    "What was spent on winning customers, divided by those who first bought in the same time: over all, or over those of the sources on which money was spent.",
  ],
  [
    "Paid back",
    "From the quarter on in which all that came in from the customers who were won together, less the cost of goods and sale, is as much as was spent on winning them.",
  ],
];

const ofOffers: readonly Definition[] = [
  [
    "Lift",
    "How many times more often customers hold both products than they would if the one had nothing to do with the other. Shown are pairs that pass Fisher's exact test, corrected for the number of pairs (Benjamini & Hochberg 1995).",
  ],
];

const ofPipeline: readonly Definition[] = [
  [
    "Weighted",
    "The amount of an opportunity times the probability that it is won: what it brings on average, which no single one ever does.",
  ],
];

/** What the words of the sections on profit mean, of those that are shown. */
export function profitDefinitions({
  profit,
  change,
  acquisition,
  selling,
  pipeline,
}: Analysis): readonly Definition[] {
  return [
    ...(profit?.whaleOfGoods ? ofBooks : []),
    ...(profit === null ? [] : ofProfit),
    ...(change.bridge === null ? [] : ofBridge),
    ...(change.trend === null ? [] : ofTrend),
    ...(acquisition === null ? [] : ofAcquisition),
    ...(selling === null ? [] : ofOffers),
    ...(pipeline === null ? [] : ofPipeline),
  ];
}
