import { assertArgument, assertInRange, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf } from "../../core/safe-integer.js";
import { decimalNumber, exact } from "./recognized-share.js";

/** Points outstanding, and what they cost. */
export interface OutstandingPoints {
  /** Points outstanding. */
  readonly points: number;
  /** What a redeemed point costs the business, minor units; may be a fraction. */
  readonly costPerPoint: number;
  /** Share of the points that will never be redeemed, 0 to 1. */
  readonly breakage: number;
}

/** A provision for the cost of points. */
export interface PointsCostProvision {
  /** Points that are expected to be redeemed; may be a fraction. */
  readonly expectedPoints: number;
  /** Cost if every point were redeemed, whole minor units. */
  readonly withoutBreakage: number;
  /** Cost that is expected: points x cost x (1 - breakage), whole minor units. */
  readonly provision: number;
}

/**
 * What would it cost to redeem the points outstanding?
 *
 * A management figure: outstanding x cost per point x (1 - breakage), rounded once, ties to even. It is not the contract
 * liability of IFRS 15 or ASC 606, which defers a part of the selling price and not a cost: see {@link allocateToPoints}
 * and {@link liabilityRollForward}.
 *
 * @param outstanding - Points, cost of one, breakage.
 * @returns The provision, with and without breakage.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when points are not whole, the cost is negative or breakage is no share;
 * `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { pointsCostProvision } from "clientele";
 *
 * pointsCostProvision({ points: 120_000, costPerPoint: 0.6, breakage: 0.25 }).provision; // => 54_000
 * ```
 */
export function pointsCostProvision(outstanding: OutstandingPoints): PointsCostProvision {
  assertOptions(outstanding, "{ points, costPerPoint, breakage }", "outstanding");
  const { points, costPerPoint, breakage } = outstanding;
  assertInteger(points, "outstanding.points", 0);
  assertArgument(
    Number.isFinite(costPerPoint) && costPerPoint >= 0,
    "outstanding.costPerPoint",
    () => `outstanding.costPerPoint is ${shown(costPerPoint)}: pass minor units from 0`,
  );
  assertInRange(breakage, "outstanding.breakage", 0, 1);
  const cost = exact(costPerPoint, "outstanding.costPerPoint");
  const lost = exact(breakage, "outstanding.breakage");
  const all = cost.numerator * BigInt(points);
  const keptShare = lost.denominator - lost.numerator;
  const kept = all * keptShare;
  const rounded = (above: bigint, below: bigint) =>
    safeIntegerOf(roundQuotient(above, below, "halfEven"), "outstanding", "the provision");
  return {
    expectedPoints: decimalNumber({ numerator: BigInt(points) * keptShare, denominator: lost.denominator }),
    withoutBreakage: rounded(all, cost.denominator),
    provision: rounded(kept, cost.denominator * lost.denominator),
  };
}
