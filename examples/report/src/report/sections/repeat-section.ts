import type { DurationSummary, PurchaseIntervals, RepeatStep } from "clientele";
import { dataTable } from "../data-table.js";
import { count, counted, interval, level, NONE, oneDigit, percent } from "../formats.js";
import { type Html, html } from "../html.js";
import type { ReportInput } from "../report-input.js";

/** Later steps hold few customers. */
const STEPS = 6;

/** Whether first-time buyers come back, and after how long; nothing while nobody has had the time to. */
export function repeatSection({ analysis }: ReportInput): Html | null {
  const { repeat, intervals } = analysis;
  const { buyers, repeatBuyers, rate, tooRecent } = repeat;
  if (buyers === 0) return null;
  const months = counted(repeat.within?.months ?? 0, "month");
  const sure =
    repeat.interval === null
      ? ""
      : ` (${level(repeat.interval.confidenceLevel)} interval ${interval(repeat.interval)})`;
  const recent =
    tooRecent === 0
      ? ""
      : ` ${counted(tooRecent, "customer")} who came later ${tooRecent === 1 ? "is" : "are"} left out: the time is not over.`;
  const steps = repeat.steps.slice(0, STEPS);
  return html`<section id="repeat">
<h2>Do first-time buyers come back?</h2>
<p class="answer">${percent(rate)} of the ${counted(buyers, "customer")} whose first purchase is at least ${months} old bought again within these ${months}: ${count(repeatBuyers)}${sure}.</p>
<p class="note">Purchases of one day count as one.${recent}</p>
${dataTable<RepeatStep>({
  caption: `From purchase to purchase, within ${months} of the first`,
  rows: steps,
  columns: [
    { head: "From, to", kind: "text", cell: ({ purchases }) => `purchase ${purchases} to ${purchases + 1}` },
    { head: "Customers", unit: "who came so far", cell: ({ reached }) => count(reached) },
    { head: "Went on", cell: ({ continued }) => count(continued) },
    { head: "Went on", unit: "share", cell: (step) => percent(step.rate) },
    {
      head: "Interval",
      unit: level(repeat.interval?.confidenceLevel ?? 0.95),
      cell: (step) => interval(step.interval),
    },
  ],
})}
${intervals.gaps.count === 0 ? null : intervalPart(intervals)}
</section>`;
}

function intervalPart({ gaps, customerMeans, toSecond, open }: PurchaseIntervals): Html {
  const rows: readonly (readonly [string, DurationSummary])[] = [
    ["From the first purchase to the second", toSecond],
    ["From any purchase to the next", gaps],
    ["Mean of each customer", customerMeans],
    ["Since the last purchase, still open", open],
  ];
  const quantile = ({ quantiles }: DurationSummary, probability: number) =>
    days(quantiles.find((each) => each.probability === probability)?.value ?? null);
  return html`<h3>How long do they wait?</h3>
<p class="answer">From one purchase to the next it takes ${daysText(gaps.median)} in the median, and ${daysText(toSecond.median)} from the first to the second, where there was one.</p>
${dataTable<(typeof rows)[number]>({
  caption: "Days between purchases, over the whole history",
  rows,
  columns: [
    { head: "Interval", kind: "text", cell: ([name]) => name },
    { head: "Number", cell: ([, each]) => count(each.count) },
    { head: "A quarter", unit: "at most, days", cell: ([, each]) => quantile(each, 0.25) },
    { head: "Median", unit: "days", cell: ([, each]) => days(each.median) },
    { head: "Three quarters", unit: "at most, days", cell: ([, each]) => quantile(each, 0.75) },
    { head: "Mean", unit: "days", cell: ([, each]) => days(each.mean) },
  ],
})}
<p class="note">Intervals that are over look shorter than all will be: the long ones still run, and stand in the last row.</p>`;
}

function days(value: number | null): string {
  if (value === null) return NONE;
  return value < 10 && !Number.isInteger(value) ? oneDigit(value) : count(value);
}

function daysText(value: number | null): string {
  return `${days(value)} ${value === 1 ? "day" : "days"}`;
}
