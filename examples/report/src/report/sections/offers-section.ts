import { rows } from "clientele";
import { LIFT, type SellingAnalysis } from "../../profit/selling-analysis.js";
import { dataTable } from "../data-table.js";
import { count, counted, moneyColumn, oneDigit, percent, roundMoney, twoDigits } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** How many rules, and how many products to offer, are listed. */
const LISTED = 8;

type Rule = ReturnType<typeof rulesOf>[number];

/** What is bought by the same customers, and what to offer to whom; nothing without products. */
export function offersSection({ analysis, productName = (id) => id }: ReportInput): Html | null {
  const { selling, pyramid } = analysis;
  if (selling === null || selling.perCustomer.customers === 0) return null;
  const { rules, perCustomer } = selling;
  const shown = rulesOf(selling);
  return html`<section id="offers">
<h2>What else would our customers buy?</h2>
<p class="answer">${offersText(selling, pyramid.currency)}</p>
<p class="note">A customer of the last 12 months bought ${oneDigit(perCustomer.mean.value ?? 0)} different products; ${percent(perCustomer.crossSellRatio)} bought more than one.</p>
${
  shown.length === 0
    ? html`<p class="note">No two products are bought by the same customers more often than chance would have it.</p>`
    : html`<h3>What is bought by the same customers?</h3>
${dataTable<Rule>({
  caption: `The ${counted(shown.length, "pair")} of products that go together most, of ${count(rules.rules.length / 2)} that do so by more than chance`,
  rows: shown,
  columns: [
    { head: "Who bought", kind: "text", cell: ({ antecedent }) => productName(antecedent) },
    { head: "also bought", kind: "text", cell: ({ consequent }) => productName(consequent) },
    { head: "Customers", unit: "with both", cell: (rule) => count(rule.count) },
    { head: "Of the first", unit: "have the second", cell: ({ confidence }) => percent(confidence) },
    {
      head: "Of all",
      unit: "have the second",
      cell: (rule) => percent(rule.consequentCount / rules.baskets),
    },
    { head: "Lift", unit: "times chance", cell: ({ lift }) => twoDigits(lift) },
  ],
})}
<p class="note">From all that ${counted(rules.baskets, "customer")} ever bought and kept. A pair is shown once, the way that is surer. Who buys often comes to hold much of everything, which lifts all pairs a little: what matters is which stand out. And a pair is no cause: whether an offer sells more is for a test with a group that gets none.</p>`
}
${offersTable(selling, productName, pyramid.currency)}
</section>`;
}

function rulesOf({ rules }: SellingAnalysis) {
  const seen = new Set<string>();
  // Lift is the same both ways; the surer way stands first among equals.
  return rows(rules.rules)
    .sort((a, b) => b.lift - a.lift || b.confidence - a.confidence)
    .filter(({ antecedent, consequent }) => {
      const pair = JSON.stringify([antecedent, consequent].sort());
      const isNew = !seen.has(pair);
      seen.add(pair);
      return isNew;
    })
    .slice(0, LISTED);
}

function offersText({ candidates, hasMargins }: SellingAnalysis, currency: string): string {
  const { expectedMargin, probability } = candidates.candidates.columns;
  const { customersWithCandidates } = candidates;
  if (customersWithCandidates === 0) return "No rule says of a customer what to offer next.";
  const who = `${counted(customersWithCandidates, "customer")} can be offered a product that they do not have and that customers like them do`;
  if (!hasMargins) {
    const sales = probability.reduce((sum, each) => sum + each, 0);
    return `${who}; if they buy it as often as the others, that is ${counted(Math.round(sales), "sale")}.`;
  }
  const worth = expectedMargin.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return `${who}; one sale to each, if they buy it as often as the others, would bring ${roundMoney(Math.round(worth), currency)} of gross margin.`;
}

interface Offer {
  readonly productId: string;
  readonly customers: number;
  readonly probability: number;
  readonly expected: number;
}

function offersTable(
  { candidates, hasMargins }: SellingAnalysis,
  productName: (productId: string) => string,
  currency: string,
): Html | null {
  const { productId, probability, expectedMargin } = candidates.candidates.columns;
  const offers = new Map<string, Offer>();
  productId.forEach((id, i) => {
    const known = offers.get(id) ?? { productId: id, customers: 0, probability: 0, expected: 0 };
    offers.set(id, {
      ...known,
      customers: known.customers + 1,
      probability: known.probability + (probability[i] ?? 0),
      expected: known.expected + (expectedMargin[i] ?? 0),
    });
  });
  const shown = [...offers.values()]
    .sort((a, b) => b.expected - a.expected || b.probability - a.probability)
    .slice(0, LISTED);
  if (shown.length === 0) return null;
  const money = moneyColumn(
    shown.map(({ expected }) => Math.round(expected)),
    currency,
  );
  return html`<h3>What to offer next?</h3>
${dataTable<Offer>({
  caption: "The best offer for each customer, by product",
  rows: shown,
  columns: [
    { head: "Product", kind: "text", cell: (offer) => productName(offer.productId) },
    { head: "Customers", cell: ({ customers }) => count(customers) },
    {
      head: "Likely to buy",
      unit: "mean of them",
      cell: (offer) => percent(offer.probability / offer.customers),
    },
    { head: "Sales", unit: "expected", cell: (offer) => count(Math.round(offer.probability)) },
    ...(hasMargins
      ? [
          {
            head: "Margin",
            unit: `${money.unit}, expected`,
            cell: (offer: Offer) => money.cell(Math.round(offer.expected)),
          },
        ]
      : []),
  ],
})}
<p class="note">${hasMargins ? "Ordered by what a sale has earned in the last 12 months times how likely it is. " : ""}Likely is how many of those who hold the same product hold this one too, over years: it is no answer to be had within a month. Only pairs count that go together ${LIFT} times as often as by chance, or more.</p>`;
}
