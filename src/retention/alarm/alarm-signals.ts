import { assertArgument, assertFinite, assertInRange, shown } from "../../core/assert.js";
import { type ByCustomer, customerPath, customerReader } from "../../history/customer-reader.js";
import { outlookOf } from "./gap-model.js";
import type { GapModelParameters } from "./maximize-gap-likelihood.js";
import type { PurchaseGaps } from "./purchase-gaps.js";

/**
 * What an alarm can go by. `gapProbability`: how likely a gap longer than the silence is, small is alarming.
 * `leftProbability`: how likely the customer has left. `overdueRatio`: silence over the mean gap. `zScore`: standard
 * deviations by which the silence exceeds it.
 */
export type ChurnSignal = "gapProbability" | "leftProbability" | "overdueRatio" | "zScore";

/** All that alarms can be ranked by, for the guards. @internal */
export const ALARM_RANKINGS = [
  "gapProbability",
  "leftProbability",
  "overdueRatio",
  "zScore",
  "expectedLoss",
] as const satisfies readonly (ChurnSignal | "expectedLoss")[];

/** A customer's own rhythm, and what the silence says against it. @internal */
export interface AlarmSignals extends Readonly<Record<ChurnSignal, number | null>> {
  readonly gaps: number;
  readonly meanGap: number;
  readonly standardDeviation: number | null;
  readonly overdueRatio: number;
  /** Why there is no z-score. */
  readonly zScoreReason: string | null;
}

/** Of a customer with at least one gap; without parameters no probabilities. @internal */
export function alarmSignals(
  { gaps, offsets, recency }: Pick<PurchaseGaps, "gaps" | "offsets" | "recency">,
  place: number,
  parameters: GapModelParameters | null,
): AlarmSignals {
  const [start, end] = [offsets[place], offsets[place + 1]];
  const count = end - start;
  let sum = 0;
  for (let i = start; i < end; i++) sum += gaps[i];
  const mean = sum / count;
  let squares = 0;
  for (let i = start; i < end; i++) squares += (gaps[i] - mean) ** 2;
  const silence = recency[place];
  const deviation = count < 2 ? null : Math.sqrt(squares / (count - 1));
  const reason = deviation === null ? "fewer than 2 gaps" : deviation === 0 ? "all gaps are equal" : null;
  const outlook = parameters && outlookOf(parameters, count, sum, silence);
  return {
    gaps: count,
    meanGap: mean,
    standardDeviation: deviation,
    overdueRatio: silence / mean,
    zScore: deviation ? (silence - mean) / deviation : null,
    zScoreReason: reason,
    gapProbability: outlook?.gapProbability ?? null,
    leftProbability: outlook?.leftProbability ?? null,
  };
}

/** What alarms are ranked by, of one customer. @internal */
export function alarmMeasure(
  signals: AlarmSignals,
  value: number | null,
  rankBy: ChurnSignal | "expectedLoss",
): number | null {
  return rankBy === "expectedLoss" ? expectedLoss(value, signals.leftProbability) : signals[rankBy];
}

/** @internal */
export function expectedLoss(value: number | null, leftProbability: number | null): number | null {
  return value === null || leftProbability === null ? null : value * leftProbability + 0;
}

/** Larger is more alarming; without a signal nothing is less so. @internal */
export function alarmScore(value: number | null, signal: string): number {
  if (value === null) return Number.NEGATIVE_INFINITY;
  return signal === "gapProbability" ? -value : value;
}

/** Whether a ranking can only be told with a fitted gap model. @internal */
export function needsModel(rankBy: string): boolean {
  return rankBy !== "overdueRatio" && rankBy !== "zScore";
}

/** @internal */
export function assertThreshold(
  threshold: unknown,
  signal: string,
  path: string,
): asserts threshold is number {
  if (signal === "gapProbability" || signal === "leftProbability") assertInRange(threshold, path, 0, 1);
  else assertFinite(threshold, path);
}

/** What would be lost with every customer; `null` where it is not known. @internal */
export function valueReader(values: ByCustomer<number>, path: string): (customerId: string) => number | null {
  const worthOf = customerReader(values, path);
  return (customerId) => {
    const value = worthOf(customerId);
    assertArgument(
      value === null || Number.isFinite(value),
      customerPath(values, path, customerId),
      () => `${path} gives ${shown(value)} for customer ${shown(customerId)}: give a finite number, or null`,
    );
    return value;
  };
}
