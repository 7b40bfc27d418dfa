import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { quantile } from "../../statistics/sample-quantile.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { alarmScore } from "./alarm-signals.js";
import type { TrialObservation } from "./alarm-trial.js";

/** How long before a customer counted as gone the alarm was raised. */
export interface AlarmLeadTime {
  /** Silences of customers who left and were flagged in time: each counts once, from its first alarm. */
  readonly silences: number;
  /** Median of the civil days from the first alarm to last purchase + horizon, where the customer counts as gone; `null` without any. */
  readonly median: number | null;
  /** Mean of the same days; `null` without any. */
  readonly mean: number | null;
}

/** What one threshold would have done, over all cuts. */
export interface AlarmThreshold {
  /** In the unit of the signal. */
  readonly threshold: number;
  /** Flagged: `truePositives + falsePositives`. */
  readonly flagged: number;
  /** Flagged, and had left. */
  readonly truePositives: number;
  /** Flagged, and bought again within the horizon. */
  readonly falsePositives: number;
  /** Not flagged, and bought again. */
  readonly trueNegatives: number;
  /** Not flagged, though they had left. */
  readonly falseNegatives: number;
  /** Of the flagged, the share who had left. */
  readonly precision: Rate;
  /** Wilson; `null` when nobody was flagged. */
  readonly precisionInterval: Interval | null;
  /** Of those who had left, the share flagged. */
  readonly recall: Rate;
  /** Wilson; `null` when nobody had left. */
  readonly recallInterval: Interval | null;
  /** Of those who bought again, the share flagged. */
  readonly falsePositiveRate: Rate;
  /** Wilson; `null` when nobody bought again. */
  readonly falsePositiveRateInterval: Interval | null;
  /**
   * Of the value at risk of those who had left, the share that was with the flagged: what calling them might have saved.
   * Customers without a known value do not count. `null` without `valueAtRisk`.
   */
  readonly valueCaught: Rate | null;
  /** How early the alarm came. */
  readonly leadTime: AlarmLeadTime;
}

/** @internal */
export function thresholdOutcome(
  threshold: number,
  rankBy: string,
  observations: readonly TrialObservation[],
  confidenceLevel: number,
  hasValues: boolean,
): AlarmThreshold {
  const limit = alarmScore(threshold, rankBy);
  let [truePositives, falsePositives, trueNegatives, falseNegatives] = [0, 0, 0, 0];
  const alarmed = new Set<string>();
  const leads: number[] = [];
  let [valueCaught, valueLost] = [0, 0];
  // Cuts ascend, so the first alarm of a silence comes first.
  for (const { signal, left, silence, lead, value } of observations) {
    const isFlagged = alarmScore(signal, rankBy) >= limit;
    if (left) valueLost += value ?? 0;
    if (left && isFlagged) valueCaught += value ?? 0;
    if (!isFlagged) {
      if (left) falseNegatives++;
      else trueNegatives++;
    } else if (left) {
      truePositives++;
      if (!alarmed.has(silence)) leads.push(lead);
      alarmed.add(silence);
    } else falsePositives++;
  }
  const share = (count: number, of: number, base: string) => ({
    rate: ratio(count, of, base),
    interval: of > 0 ? wilsonInterval(count, of, { confidenceLevel }) : null,
  });
  const precision = share(truePositives, truePositives + falsePositives, "flagged customers");
  const recall = share(truePositives, truePositives + falseNegatives, "customers who left");
  const falseRate = share(falsePositives, falsePositives + trueNegatives, "customers who stayed");
  return {
    threshold,
    flagged: truePositives + falsePositives,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    precision: precision.rate,
    precisionInterval: precision.interval,
    recall: recall.rate,
    recallInterval: recall.interval,
    falsePositiveRate: falseRate.rate,
    falsePositiveRateInterval: falseRate.interval,
    valueCaught: hasValues ? ratio(valueCaught, valueLost, "value of customers who left") : null,
    leadTime: {
      silences: leads.length,
      median: leads.length > 0 ? quantile(leads, 0.5) : null,
      mean: leads.length > 0 ? leads.reduce((sum, lead) => sum + lead, 0) / leads.length : null,
    },
  };
}
