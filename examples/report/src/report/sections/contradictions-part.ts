import type { RelationshipFlagCode } from "clientele";
import { type ContradictionRow, CUTS } from "../../relationship/contradictions.js";
import type { RelationshipAnalysis } from "../../relationship/relationship-analysis.js";
import { dataTable } from "../data-table.js";
import { count, interval, moneyColumn, percent } from "../formats.js";
import { type Html, html } from "../html.js";

/** What each contradiction is, and what follows from it. */
const words: Readonly<Record<RelationshipFlagCode, readonly [what: string, next: string]>> = {
  committedButUnprofitable: ["Committed, but we lose money", "Serve them for less, or let them pay for it"],
  profitableButUncommitted: ["Profitable, but not committed", "Win them before somebody else does"],
  satisfiedButUnbound: ["Satisfied, but nothing binds them", "Offer membership or a standing order"],
  satisfiedButLeaving: ["Satisfied, and probably gone", "Ask why: it was not for want of satisfaction"],
  dissatisfiedButBound: ["Bound, and not satisfied", "Mend it before the bond ends"],
  loyalByForce: ["They stay because they must", "Make the tie worth having, or give a way out"],
  heldByCostAlone: ["Held by the cost of leaving alone", "They go when that falls: give a reason to stay"],
  boundButFragile: ["Bound, but by a thread", "A second person, a second bond"],
  stayingAtALoss: ["They stay, and get little for what they give", "Look at price, time and effort"],
};

/** Where relationships contradict themselves, over all who answered. */
export function contradictionsPart({ contradictions }: RelationshipAnalysis, currency: string): Html | null {
  const [most] = contradictions;
  if (most === undefined) return null;
  const money = moneyColumn(
    contradictions.map(({ profit }) => profit),
    currency,
  );
  return html`<h3>Where do relationships contradict themselves?</h3>
<p class="answer">Most often: ${words[most.code][0].toLowerCase()}, ${percent(most.found / most.judged)} of ${count(most.judged)} (${interval(most.interval)}).</p>
${dataTable<ContradictionRow>({
  caption:
    "Contradictions among those who answered, with the profit of the last 12 months; one customer may be in several",
  rows: contradictions,
  columns: [
    { head: "Contradiction", kind: "text", cell: ({ code }) => words[code][0] },
    { head: "What to do", kind: "text", cell: ({ code }) => words[code][1] },
    {
      head: "Customers",
      unit: "of those known",
      cell: ({ found, judged }) => `${count(found)} of ${count(judged)}`,
    },
    { head: "Share", cell: ({ found, judged }) => percent(found / judged) },
    { head: "Interval", unit: "of the share", cell: (row) => interval(row.interval) },
    { head: "Profit", unit: money.unit, cell: ({ profit }) => money.cell(profit) },
  ],
})}
<p class="note">High begins where this shop has set it: satisfaction at ${CUTS.satisfaction} and commitment at ${CUTS.commitment} of 100, a bond at a strength of ${CUTS.bond}, a net value of ${CUTS.netValue} points, a chance to be still there of ${count(100 * CUTS.retentionProbability)}%, a lock-in risk of ${CUTS.lockInRisk}; from ${count(100 * CUTS.fragility)}% of all bonds on one thread they are fragile. No norms are known: move the cuts and other customers stand here. Who lacks a figure that a line takes is not counted in it.</p>`;
}
