import { begunDayReader } from "../../core/time-zone.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { CalendarSpan } from "../lifetimes/calendar-span.js";
import type { Observation } from "./alarm-points.js";
import { alarmMeasure, alarmSignals, type ChurnSignal } from "./alarm-signals.js";
import { alarmSubjects } from "./alarm-subjects.js";
import type { GapModelParameters } from "./maximize-gap-likelihood.js";
import { type PurchaseGaps, purchaseGaps } from "./purchase-gaps.js";

/** What was seen at one cut. */
export interface AlarmCut {
  /** Epoch milliseconds. */
  readonly cut: number;
  /** End of the horizon, epoch milliseconds. */
  readonly horizonEnd: number;
  /** Customers whom the alarm could be about. */
  readonly customers: number;
  /** Of them, those who had left. */
  readonly left: number;
  /** Silent for the whole horizon already: gone before the cut, no alarm is needed, and none is counted. */
  readonly goneBefore: number;
  /** With fewer gaps than `minimumGaps`; not counted either. */
  readonly fewPurchases: number;
  /**
   * The cut to whose facts the gap model was fitted, epoch milliseconds: an earlier one where it could not be fitted to
   * those of this cut, as `fallbackReason` says. `null` where no model was fitted.
   */
  readonly modelCut: number | null;
  /** Why the model of an earlier cut was used; `null` where it was not. */
  readonly fallbackReason: string | null;
}

/** A cut that could not be tried. */
export interface UnfittedCut {
  /** Epoch milliseconds. */
  readonly cut: number;
  /** Why no gap model could be fitted to what was known then; no earlier cut had one either. */
  readonly reason: string;
}

/** A customer at a cut. @internal */
export interface TrialObservation extends Observation {
  /** Name of the silence that the cut lies in: of whom, since when. */
  readonly silence: string;
  /** Civil days from the cut to the last purchase + horizon. */
  readonly lead: number;
  /** What would be lost with the customer; `null` where it is not known. */
  readonly value: number | null;
}

/** How cuts are tried. @internal */
export interface TrialPlan {
  readonly rankBy: ChurnSignal | "expectedLoss";
  readonly minimumGaps: number;
  readonly span: CalendarSpan;
  /** What would be lost with a customer, as it was known at a cut. */
  readonly worthOf: (customerId: string, cut: number) => number | null;
}

/** The rhythms as they were known at a cut. @internal */
export function gapsAt(cut: number, { log }: KnownFacts, options: LogMetricOptions): PurchaseGaps {
  return purchaseGaps(knownFacts(log, { ...options, asOf: cut }));
}

/** The alarm at a cut, of the rhythms known then, against what `outcome` knows of the time after. @internal */
export function alarmTrial(
  cut: number,
  gaps: PurchaseGaps,
  parameters: GapModelParameters | null,
  outcome: KnownFacts,
  { rankBy, minimumGaps, span, worthOf }: TrialPlan,
): {
  readonly cut: Omit<AlarmCut, "modelCut" | "fallbackReason">;
  readonly observations: readonly TrialObservation[];
} {
  const horizonEnd = span.after(cut);
  const dayOf = begunDayReader(outcome.timeZone);
  const { watched, gone, few } = alarmSubjects(gaps, cut, span, minimumGaps);
  const observations = watched.map((place): TrialObservation => {
    const customer = gaps.customer[place];
    const lastAt = gaps.lastAt[place];
    const value = worthOf(outcome.log.customerIds[customer], cut);
    return {
      signal: alarmMeasure(alarmSignals(gaps, place, parameters), value, rankBy),
      left: !hasBought(outcome, customer, cut, horizonEnd),
      silence: `${customer} ${lastAt}`,
      lead: dayOf(span.after(lastAt)) - dayOf(cut),
      value,
    };
  });
  const left = observations.filter((observation) => observation.left).length;
  return {
    cut: {
      cut,
      horizonEnd,
      customers: watched.length,
      left,
      goneBefore: gone.length,
      fewPurchases: few.length,
    },
    observations,
  };
}

function hasBought(
  { log, end, qualifies }: KnownFacts,
  customer: number,
  from: number,
  until: number,
): boolean {
  for (let row = end[customer] - 1; row >= log.offsets[customer] && log.at[row] >= from; row--) {
    if (log.at[row] < until && !(qualifies && qualifies[row] === 0)) return true;
  }
  return false;
}
