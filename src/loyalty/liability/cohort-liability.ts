import { netOf, type PointFlows } from "./movement-tally.js";
import { exact, roundedShare } from "./recognized-share.js";

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
  const redeemed = 0 - flows.redeemed - flows.reversed;
  const given = flows.issued + flows.clawedBack + flows.transferred + flows.adjusted;
  if (basis.breakage === "whenRemote") {
    const gone = given - outstanding;
    return allocated - roundedShare(whole(allocated), whole(gone), whole(given), "options.allocations");
  }
  const share = exact(rate ?? 0, "options.estimates");
  const expected = { ...share, numerator: share.numerator * BigInt(given) };
  const isAtMost = (points: number) => expected.numerator <= BigInt(points) * expected.denominator;
  if (isAtMost(redeemed)) return 0;
  // No more can be redeemed than there is.
  const most = isAtMost(redeemed + outstanding) ? expected : whole(redeemed + outstanding);
  return allocated - roundedShare(whole(allocated), whole(redeemed), most, "options.allocations");
}

function whole(value: number) {
  return exact(value, "options.allocations");
}
