import { assertArray, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { assertTimeZone, begunDayReader } from "../../core/time-zone.js";
import { alarmSignals } from "./alarm-signals.js";
import { assertGapModel, outlookOf } from "./gap-model.js";
import type { GapModel } from "./maximize-gap-likelihood.js";

/** As of when one customer's silence is told, and by which model. */
export interface ChurnAlarmOfOptions {
  /** Purchases at this instant or later do not exist yet. */
  readonly asOf: Instant;
  /** IANA zone of the civil days; default `"UTC"`. */
  readonly timeZone?: string;
  /** A gap model in days, of `fitGapModel`; without it there are no probabilities. */
  readonly model?: GapModel;
}

/** One customer's rhythm and silence. */
export interface CustomerAlarm {
  /** Civil days with a purchase before `asOf`. */
  readonly occasions: number;
  /** The last purchase before `asOf`, epoch milliseconds; `null` without one. */
  readonly lastPurchaseAt: number | null;
  /** Civil days from the last occasion to `asOf`; `null` without a purchase. */
  readonly recency: number | null;
  /** Mean of the gaps between occasions, days; `null` with fewer than two occasions. */
  readonly meanGap: number | null;
  /** Standard deviation of the gaps (divisor n - 1), days; `null` with fewer than two gaps. */
  readonly standardDeviation: number | null;
  /** `recency / meanGap`: above 1 the customer is later than usual; `null` with fewer than two occasions. */
  readonly overdueRatio: number | null;
  /** Why `overdueRatio` is `null`; `null` where it is a number. */
  readonly overdueRatioReason: string | null;
  /** `(recency - meanGap) / standardDeviation`; `null` where `zScoreReason` says why. */
  readonly zScore: number | null;
  /** Why there is no z-score; `null` where there is one. */
  readonly zScoreReason: string | null;
  /** How likely a gap longer than `recency` is for this customer, if he is still one; `null` without a fitted model. */
  readonly gapProbability: number | null;
  /** How likely the customer has left; `null` without a fitted model. */
  readonly leftProbability: number | null;
}

/**
 * Is this one customer later than usual? {@link churnAlarm} from plain dates.
 *
 * @param purchases - Instants of the customer's purchases, in any order; those of one civil day are one occasion.
 * @param options - `asOf`; `timeZone`; a `model` for the probabilities.
 * @returns Recency, rhythm, ratio and z-score, and with a model the probabilities.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a purchase is no instant or the model none; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { churnAlarmOf } from "clientele";
 *
 * const purchases = ["2024-01-01", "2024-01-31", "2024-02-28", "2024-03-30", "2024-04-30"];
 * const ani = churnAlarmOf(purchases, { asOf: "2024-06-09" });
 * [ani.recency, ani.meanGap]; // => [40, 30]
 * ani.standardDeviation; // ~> 1.4142135623730951
 * ani.overdueRatio; // ~> 1.3333333333333333
 * ani.zScore; // ~> 7.071067811865475
 * ```
 */
export function churnAlarmOf(purchases: readonly Instant[], options: ChurnAlarmOfOptions): CustomerAlarm {
  assertArray(purchases, "purchases");
  assertOptions(options, "{ asOf }");
  const { timeZone = "UTC", model } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  if (model !== undefined) assertGapModel(model, "options.model");
  const known = purchases
    .map((purchase, i) => epochMs(purchase, `purchases[${i}]`, timeZone))
    .filter((at) => at < asOf)
    .sort((a, b) => a - b);
  const dayOf = begunDayReader(timeZone);
  const days = [...new Set(known.map(dayOf))];
  const silence = dayOf(asOf) - days[days.length - 1];
  const parameters = model?.parameters ?? null;
  const rhythm = { gaps: days.slice(1).map((day, i) => day - days[i]), recency: [silence] };
  const shared = { occasions: days.length, lastPurchaseAt: known[known.length - 1] ?? null };
  if (days.length < 2) {
    const outlook = parameters && days.length === 1 ? outlookOf(parameters, 0, 0, silence) : null;
    return {
      ...shared,
      recency: days.length === 1 ? silence : null,
      ...{ meanGap: null, standardDeviation: null, overdueRatio: null, zScore: null },
      overdueRatioReason: days.length === 1 ? "a purchase on one day only" : "no purchase before asOf",
      zScoreReason: "fewer than 2 gaps",
      gapProbability: outlook?.gapProbability ?? null,
      leftProbability: outlook?.leftProbability ?? null,
    };
  }
  const { gaps: _, ...signals } = alarmSignals({ ...rhythm, offsets: [0, days.length - 1] }, 0, parameters);
  return { ...shared, recency: silence, ...signals, overdueRatioReason: null };
}
