import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";

/** A share of a count, and where the true share of such customers plausibly lies. @internal */
export interface CountedShare {
  readonly rate: Rate;
  readonly interval: Interval | null;
}

/** So many of so many, with Wilson's interval; `withheld` says why the rate is not given whatever the counts are. @internal */
export function countedShare(
  count: number,
  of: number,
  base: string,
  confidenceLevel: number,
  withheld: string | null = null,
): CountedShare {
  if (withheld !== null)
    return { rate: { value: null, numerator: count, denominator: of, reason: withheld }, interval: null };
  const rate = ratio(count, of, base);
  return { rate, interval: rate.value === null ? null : wilsonInterval(count, of, { confidenceLevel }) };
}
