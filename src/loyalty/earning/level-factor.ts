import { safeIntegerOf } from "../../core/safe-integer.js";
import { type ExactFactor, leastCommonMultiple, ONE, reduced } from "../program/exact-factor.js";
import type { TierPlan } from "../program/tier-plan.js";
import type { ReadyLevel } from "./compiled-earning.js";

/** The multiplier of the level at which a member stands. @internal */
export function factorOfTier(levels: readonly ReadyLevel[], tier: string | null): ExactFactor {
  return tier === null ? ONE : (levels.find((level) => level.id === tier)?.factor ?? ONE);
}

/**
 * The multiplier of an order that may lift its member: of the level after it, or each part of the order at its own level.
 *
 * `counted` is the measure before the order, `counts` what the order adds to it at the level of its start: the order is
 * split where that passes the thresholds.
 *
 * @internal
 */
export function factorOfOrder(
  levels: readonly ReadyLevel[],
  tier: string | null,
  levelOfOrder: NonNullable<TierPlan["levelOfOrder"]>,
  counted: number,
  counts: number,
): ExactFactor {
  const start = factorOfTier(levels, tier);
  if (levelOfOrder === "start" || counts <= 0) return start;
  const place = levels.findIndex((level) => level.id === tier);
  const above = levels.slice(place + 1).filter(({ threshold }) => threshold <= counted + counts);
  if (levelOfOrder === "after") return above.at(-1)?.factor ?? start;
  return splitFactor(start, above, counted, counts);
}

/** The mean of the levels' multipliers, each weighted by the part of the order that lies in its level. */
function splitFactor(
  start: ExactFactor,
  above: readonly ReadyLevel[],
  counted: number,
  counts: number,
): ExactFactor {
  const over = above.reduce((multiple, { factor }) => leastCommonMultiple(multiple, factor.over), start.over);
  let times = 0n;
  let from = 0;
  let { times: levelTimes, over: levelOver } = start;
  const addPart = (end: number): void => {
    times += BigInt(end - from) * BigInt(levelTimes) * BigInt(over / levelOver);
    from = end;
  };
  for (const { threshold, factor } of above) {
    addPart(Math.max(0, threshold - counted));
    levelTimes = factor.times;
    levelOver = factor.over;
  }
  addPart(counts);
  const whole = BigInt(over) * BigInt(counts);
  const path = "context.qualifying";
  return reduced(
    safeIntegerOf(times, path, "a share of the order"),
    safeIntegerOf(whole, path, "the whole order"),
  );
}
