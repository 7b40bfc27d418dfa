import { type Rate, ratio } from "../../core/rate.js";
import { outstandingOf, type PointSums, type SharedPoints } from "./point-sums.js";

/** Points issued in the time, and what had become of them by `asOf`: a cohort, those of a rule, or of a level. */
export interface PointOutcomes {
  /** Name of the period of issue, id of the rule, or level at the order; `null` where none is known. */
  readonly group: string | null;
  /** Points issued, added by hand and received, less those taken by hand, sent or clawed back. */
  readonly kept: number;
  /** Issued by earning alone. */
  readonly issued: number;
  /** Spent. */
  readonly redeemed: number;
  /** Lapsed. */
  readonly expired: number;
  /** Still outstanding. */
  readonly outstanding: number;
  /** `redeemed / kept` so far: it grows while points are outstanding. */
  readonly redemptionRate: Rate;
  /** `expired / kept` so far: breakage that has happened, not what is expected. */
  readonly breakageRate: Rate;
}

/** In the programme's order, then what it no longer has, then what is not known. @internal */
export function outcomesOf(
  groups: ReadonlyMap<string | null, SharedPoints>,
  order: readonly string[],
): PointOutcomes[] {
  const known = order.filter((id) => groups.has(id));
  const others = [...groups.keys()].filter((id): id is string => id !== null && !order.includes(id)).sort();
  const ids = [...known, ...others, ...(groups.has(null) ? [null] : [])];
  return ids.flatMap((id) => {
    const sums = groups.get(id);
    return sums === undefined ? [] : outcomeOf(id, sums, sums.outstanding);
  });
}

/** What became of one group. @internal */
export function outcomeOf(
  group: string | null,
  sums: PointSums,
  outstanding = outstandingOf(sums),
): PointOutcomes {
  const { issued, adjusted, transferred, redeemed, expired, clawedBack } = sums;
  const kept = issued + adjusted + transferred - clawedBack;
  return {
    group,
    kept,
    issued,
    redeemed,
    expired,
    outstanding,
    redemptionRate: ratio(redeemed, kept, "points kept"),
    breakageRate: ratio(expired, kept, "points kept"),
  };
}
