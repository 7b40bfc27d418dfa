import { modelName, modelStories } from "../../value/model-words.js";
import { type CustomerWorth, DISCOUNT_RATE } from "../../value/value-analysis.js";
import { counted, day, level, percent, roundMoney } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";
import { valueCustomersPart } from "./value-customers-part.js";
import { valueSpreadPart } from "./value-spread-part.js";
import { valueTrustPart } from "./value-trust-part.js";

/** What the customers so far are worth over the next 12 months, how far to trust that, and who they are. */
export async function valueSection(input: ReportInput): Promise<Html> {
  const { value, pyramid } = input.analysis;
  const heading = html`<h2>What are our customers worth over the next 12 months?</h2>`;
  if (value.reason !== null) {
    return html`<section id="value">
${heading}
<p class="answer">That cannot be said: ${value.reason}.</p>
</section>`;
  }
  const { currency, timeZone, asOf } = pyramid;
  return html`<section id="value">
${heading}
<p class="answer">${worthText(value, currency)}</p>
<p class="note">From ${day(asOf, timeZone)} on, of the ${counted(value.values.length, "customer")} who have bought so far; new ones come on top. Money to come is discounted at ${percent(DISCOUNT_RATE)} a year.
${marginText(value)} The model is ${modelName(value.model.model)}: ${modelStories[value.model.model]}.${extrapolation(value)}</p>
${await valueTrustPart(value, input)}
${await valueCustomersPart(value, input)}
${await valueSpreadPart(value, input)}
</section>`;
}

function worthText({ values, total, margin }: CustomerWorth, currency: string): string {
  const money = (amount: number) => roundMoney(Math.round(amount), currency);
  const purchases = sumOf(values.columns.expectedTransactions);
  const sure =
    total === null
      ? ". How sure that is cannot be said: the data set no limits to it"
      : ` (${level(total.confidenceLevel)} interval ${money(total.lower)} to ${money(total.upper)})`;
  return `${money(values.total)} of ${margin === null ? "revenue" : "profit"}${sure}, from ${counted(Math.round(purchases), "purchase")}.`;
}

function sumOf(numbers: Float64Array | null): number {
  return numbers?.reduce((sum, each) => sum + each, 0) ?? 0;
}

function marginText({ margin, marginReason }: CustomerWorth): string {
  return margin === null
    ? `The value is revenue, since ${marginReason ?? ""}.`
    : `Of the revenue ${percent(margin)} is taken to be left as profit, as in the last 12 months.`;
}

function extrapolation({ historyDays }: CustomerWorth): string {
  return historyDays >= 365
    ? ""
    : ` The data cover ${counted(historyDays, "day")}: what is said of a year goes beyond all that was seen.`;
}
