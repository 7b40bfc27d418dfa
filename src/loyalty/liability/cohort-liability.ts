import type { Fraction } from "../../core/fraction.js";
import { netOf, type PointFlows } from "./movement-tally.js";
import { decimalNumber, exact, roundedShare } from "./recognized-share.js";

/** Points of a period of issue of which more were redeemed than its estimate expects in all, and some can be redeemed still. */
export interface ExceededEstimate {
  /** Name of the period in which the points were issued. */
  readonly cohort: string;
  /** Name of the period at whose end it is so. */
  readonly period: string;
  /** Points redeemed by then, less those given back. */
  readonly redeemed: number;
  /** Points that the estimate expects to be redeemed in all: rate x points given, a fraction where it comes to one. */
  readonly expected: number;
  /** Points that are outstanding, for which nothing is deferred. */
  readonly outstanding: number;
}

/** What the points of one period of issue are measured by. @internal */
export interface LiabilityBasis {
  /** Minor units that were allocated ... */
  readonly amount: number;
  /** ... to so many points. */
  readonly points: number;
  readonly breakage: "proportional" | "whenRemote";
}

/** All that happened to the points of one period of issue, and how many of them are expected to be redeemed. @internal */
export interface CohortState {
  readonly flows: PointFlows;
  readonly rate: number | null;
}

/** The part of the prices of what was issued and not returned, minor units. @internal */
export function allocatedTo({ issued, clawedBack }: PointFlows, { amount, points }: LiabilityBasis): number {
  // A return may take points of other orders than its own, goodwill too, which have no price to give up.
  const kept = Math.max(0, issued + clawedBack);
  return points === 0 ? 0 : roundedShare(whole(amount), whole(kept), whole(points), "options.allocations");
}

/** What is deferred for the points of one period of issue, minor units. @internal */
export function liabilityOf({ flows, rate }: CohortState, basis: LiabilityBasis): number {
  const outstanding = netOf(flows);
  if (outstanding <= 0) return 0;
  const allocated = allocatedTo(flows, basis);
  const redeemed = redeemedOf(flows);
  const given = givenOf(flows);
  if (basis.breakage === "whenRemote") {
    const gone = given - outstanding;
    return allocated - roundedShare(whole(allocated), whole(gone), whole(given), "options.allocations");
  }
  const expected = expectedOf(given, rate);
  if (compare(expected, redeemed) <= 0) return 0;
  // No more can be redeemed than there is.
  const most = compare(expected, redeemed + outstanding) <= 0 ? expected : whole(redeemed + outstanding);
  return allocated - roundedShare(whole(allocated), whole(redeemed), most, "options.allocations");
}

/**
 * More redeemed than was expected in all, with points outstanding that are redeemed still: the estimate is too low. Figures
 * of it, or `null`.
 *
 * @internal
 */
export function beyondEstimate({ flows, rate }: CohortState) {
  const outstanding = netOf(flows);
  const redeemed = redeemedOf(flows);
  const expected = expectedOf(givenOf(flows), rate);
  if (outstanding <= 0 || compare(expected, redeemed) >= 0) return null;
  return { redeemed, expected: decimalNumber(expected), outstanding };
}

function redeemedOf({ redeemed, reversed }: PointFlows): number {
  return 0 - redeemed - reversed;
}

function givenOf({ issued, clawedBack, transferred, adjusted }: PointFlows): number {
  return issued + clawedBack + transferred + adjusted;
}

function expectedOf(given: number, rate: number | null): Fraction {
  const share = exact(rate ?? 0, "options.estimates");
  return { ...share, numerator: share.numerator * BigInt(given) };
}

/** Below 0 where a fraction is less than so many points, 0 where it is as many. */
function compare({ numerator, denominator }: Fraction, points: number): number {
  const other = BigInt(points) * denominator;
  return numerator < other ? -1 : numerator > other ? 1 : 0;
}

function whole(value: number) {
  return exact(value, "options.allocations");
}
