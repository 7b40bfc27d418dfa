import { assertBetween } from "../../core/assert.js";
import type { SurvivalCurve } from "./kaplan-meier.js";
import { assertCurve, emptiedReason, NO_LIMITS } from "./survival-at.js";

/** The time by which a share of the subjects has had the event. */
export interface SurvivalQuantile {
  /** The share that has had the event: 0.5 for the median. */
  readonly probability: number;
  /** The time; `null` when the curve ends, or its risk set was emptied (`emptiedAt`), before so many have had it. */
  readonly value: number | null;
  /** Lower limit of the time; `null` when the curve has no limits, or they never come down that far. */
  readonly lower: number | null;
  /** Upper limit of the time; `null` when the curve has no limits, or they never come down that far: it may be any later time. */
  readonly upper: number | null;
  /** Confidence level of the limits: that of the curve. */
  readonly confidenceLevel: number;
  /** Why a field is `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * How far apart two shares may be and still be the same, in R's quantile of a survival curve: far more than rounding
 * does, far less than one subject of ten million.
 *
 * @internal
 */
export const SAME_SHARE = 2 ** -26;

/**
 * After how long has half of them (or any other share) had the event?
 *
 * The first time at which the curve is below 1 - probability. Where it runs level at exactly that share, the middle of
 * the level stretch. The limits are read off the curve's limits in the same way (Brookmeyer & Crowley 1982). R's `print`
 * of a survival curve finds medians so, but for a stretch that is level to the end of the curve, of which it takes the
 * start. R's `quantile` takes its middle as well; where limits rise again it reads them in order of size and not of time.
 *
 * Unlike a mean of the durations at hand it is not biased by those who are still there.
 *
 * @param curve - A curve of {@link kaplanMeier}.
 * @param probability - Share that has had the event, between 0 and 1 (both excluded). Default 0.5: the median.
 * @returns The time and its limits, in the unit of the curve's durations.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the probability is not between 0 and 1, or the curve is none.
 * @example
 * ```ts
 * import { kaplanMeier, survivalQuantile } from "clientele";
 *
 * const months = [9, 13, 13, 18, 23, 28];
 * const curve = kaplanMeier({ duration: months, event: [1, 1, 0, 1, 1, 0] });
 * const median = survivalQuantile(curve);
 * median.value; // => 18
 * median.upper; // => null
 * survivalQuantile(curve, 0.9).reason; // => "value, upper: not down to 1 - 0.9 when the curve ends, at 28"
 * ```
 */
export function survivalQuantile(curve: SurvivalCurve, probability = 0.5): SurvivalQuantile {
  assertCurve(curve, "curve");
  assertBetween(probability, "probability", 0, 1);
  const { columns } = curve.points;
  // What comes after a risk set was emptied, and the fall to 0 itself, are refuted by those who were seen later.
  const known = curve.emptiedAt === null ? columns.time.length : columns.time.indexOf(curve.emptiedAt);
  const end = curve.emptiedAt ?? columns.time[known - 1] ?? 0;
  const timeOf = (shares: readonly (number | null)[]): number | null =>
    firstBelow(columns.time, shares, { known, end, share: 1 - probability });
  const times = {
    value: timeOf(columns.survival),
    lower: timeOf(columns.lower),
    upper: timeOf(columns.upper),
  };
  return {
    probability,
    ...times,
    confidenceLevel: curve.confidenceLevel,
    reason: reasonOf(times, curve, probability),
  };
}

/** The first time at which the shares are below `share`, or the middle of a stretch at which they equal it. */
function firstBelow(
  time: readonly number[],
  shares: readonly (number | null)[],
  { known, end, share }: { readonly known: number; readonly end: number; readonly share: number },
): number | null {
  const reached = firstAtMost(shares, share + SAME_SHARE, 0, known);
  if (reached === known) return null;
  const below = firstAtMost(shares, share - SAME_SHARE, reached, known);
  if (below < known) return (time[reached] + time[below]) / 2;
  // Level to the end of the curve. Limits that end undefined, since the share came to 0, leave that end open.
  return shares[known - 1] === null ? null : (time[reached] + end) / 2;
}

function firstAtMost(shares: readonly (number | null)[], most: number, from: number, to: number): number {
  for (let step = from; step < to; step++) {
    const share = shares[step];
    if (share !== null && share <= most) return step;
  }
  return to;
}

function reasonOf(
  times: Readonly<Record<"value" | "lower" | "upper", number | null>>,
  { points, emptiedAt, intervalMethod }: SurvivalCurve,
  probability: number,
): string | null {
  const { time } = points.columns;
  const hasLimits = intervalMethod !== "none";
  const open = (["value", "lower", "upper"] as const).filter(
    (name) => times[name] === null && (hasLimits || name === "value"),
  );
  const reasons: string[] = [];
  if (open.length > 0) {
    const why =
      time.length === 0
        ? "no subjects"
        : `not down to 1 - ${probability} when the curve ends, at ${emptiedAt ?? time[time.length - 1]}`;
    reasons.push(`${open.join(", ")}: ${why}${emptiedAt === null ? "" : `; ${emptiedReason(emptiedAt)}`}`);
  }
  if (!hasLimits) reasons.push(`lower, upper: ${NO_LIMITS}`);
  return reasons.length === 0 ? null : reasons.join("; ");
}
