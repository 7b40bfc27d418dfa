import {
  assertArgument,
  assertArray,
  assertFinite,
  assertInteger,
  assertOneOf,
  assertOptions,
} from "../../core/assert.js";
import { exact, roundedShare } from "./recognized-share.js";

/** What was deferred for points, once. */
export interface DeferredPoints {
  /** Part of the price that belongs to the points, minor units; a fraction (`exact` of the allocation) is rounded in the results. */
  readonly allocated: number;
  /** Points that it was allocated to, less those of returned sales. */
  readonly points: number;
}

/** What one period adds to what is known of these points. */
export interface RedemptionPeriod {
  /** Name of the period. */
  readonly period: string;
  /** Points redeemed in the period, less redemptions given back: below 0 where more came back. */
  readonly redeemed: number;
  /**
   * With `"proportional"`: points that are expected to be redeemed in all, those redeemed already included, as estimated at the
   * end of the period. Default: the estimate of the period before.
   */
  readonly expectedPoints?: number;
  /** With `"whenRemote"`: points of the period that lapsed, or whose redemption has become remote. Default 0. */
  readonly remote?: number;
  /**
   * Points that are expected never to be redeemed, but to be owed to the state under unclaimed-property law, in all: they
   * stay a liability. Default: the estimate of the period before, or 0.
   */
  readonly unclaimed?: number;
  /** Points whose value was handed over to the state in the period: no revenue. Default 0. */
  readonly handedOver?: number;
}

/** When breakage is recognized. */
export interface RecognizePointsOptions {
  /**
   * In proportion to redemptions, where the entity expects to be entitled to it (default); or when redemption has become
   * remote, where the estimate is too uncertain (the constraint of IFRS 15.56-58).
   */
  readonly breakage?: "proportional" | "whenRemote";
}

/** One period of the recognition of points. */
export interface RecognizedPeriod {
  /** Name of the period. */
  readonly period: string;
  /** Points redeemed since the start. */
  readonly cumulativeRedeemed: number;
  /** Points that revenue is measured against: expected in all, those owed to the state included. */
  readonly expectedPoints: number;
  /** Revenue of the period, minor units; below 0 where a higher estimate takes back what was recognized. */
  readonly revenue: number;
  /** Part of `revenue` that comes from the new estimate alone, minor units: the catch-up. 0 in the first period. */
  readonly catchUp: number;
  /** Whether `revenue` is below 0: allowed, and worth a look. */
  readonly isNegative: boolean;
  /** Revenue since the start, minor units. */
  readonly cumulativeRevenue: number;
  /** What is still deferred at the end, minor units. */
  readonly liability: number;
  /** The same before they were rounded. */
  readonly exact: {
    /** Revenue of the period, minor units. */
    readonly revenue: number;
    /** What is still deferred, minor units. */
    readonly liability: number;
  };
}

/**
 * How does deferred revenue of points become revenue?
 *
 * Revenue to date = allocated x points redeemed / points expected to be redeemed; a period gets what that adds to the periods
 * before it. So a new estimate is a cumulative catch-up in the period of its change, below 0 where more redemptions are expected
 * than before, and what was allocated at the sale is never allocated again (IFRS 15.B44-B47, Example 52; ASC 606-10-55-46 to
 * 55-49). Once the last point that is expected has been redeemed, nothing is deferred. Amounts to date are rounded, so that
 * periods come to the whole.
 *
 * With `breakage: "whenRemote"`: revenue to date = allocated x (redeemed + remote) / points. Under the constraint the
 * estimate may also be set to the upper limit of what {@link estimateRedemption} gives.
 *
 * @param deferred - What was allocated, to how many points.
 * @param periods - Redemptions and estimates, period by period from the first.
 * @param options - When breakage is recognized.
 * @returns The periods with revenue and liability.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when more was redeemed than is expected (raise the estimate) or than was
 * issued, the first period has no estimate, or an estimate is given that the way of recognition does not use.
 * @example
 * ```ts
 * import { recognizePoints } from "clientele";
 *
 * // IFRS 15, Example 52.
 * const years = recognizePoints({ allocated: 8_676, points: 10_000 }, [
 *   { period: "1", redeemed: 4_500, expectedPoints: 9_500 },
 *   { period: "2", redeemed: 4_000, expectedPoints: 9_700 },
 * ]);
 * years.map(({ revenue }) => revenue); // => [4_110, 3_493]
 * years[1].liability; // => 1_073
 * ```
 */
export function recognizePoints(
  deferred: DeferredPoints,
  periods: readonly RedemptionPeriod[],
  options: RecognizePointsOptions = {},
): RecognizedPeriod[] {
  assertOptions(deferred, "{ allocated, points }", "deferred");
  assertFinite(deferred.allocated, "deferred.allocated");
  assertArgument(
    deferred.allocated >= 0,
    "deferred.allocated",
    () => `deferred.allocated is ${deferred.allocated}: pass an amount from 0`,
  );
  assertInteger(deferred.points, "deferred.points", 0);
  assertArray(periods, "periods");
  assertOptions(options);
  const { breakage = "proportional" } = options;
  assertOneOf(breakage, "options.breakage", ["proportional", "whenRemote"]);
  const start: PointsToDate = { redeemed: 0, remote: 0, expected: null, unclaimed: 0, handedOver: 0 };
  let before = start;
  let measuredBefore = NOTHING;
  return periods.map((period, i) => {
    const path = `periods[${i}]`;
    const known = toDate(before, period, deferred, breakage, path);
    const now = measured(deferred, known, breakage);
    // The same redemptions against the estimate of before: what is left of the change is the new estimate's. One that
    // redemptions have passed counts as what was redeemed.
    const expected = Math.max(before.expected ?? 0, known.redeemed);
    const unchanged =
      i === 0 ? now : measured(deferred, { ...known, expected, unclaimed: before.unclaimed }, breakage);
    const revenue = now.revenue - measuredBefore.revenue;
    const result: RecognizedPeriod = {
      period: period.period,
      cumulativeRedeemed: known.redeemed,
      expectedPoints: now.whole,
      revenue,
      catchUp: now.revenue - unchanged.revenue,
      isNegative: revenue < 0,
      cumulativeRevenue: now.revenue,
      liability: now.total - now.revenue - now.handedOver,
      exact: {
        revenue: now.exactRevenue - measuredBefore.exactRevenue,
        liability: deferred.allocated - now.exactRevenue - now.exactHandedOver,
      },
    };
    before = known;
    measuredBefore = now;
    return result;
  });
}

interface PointsToDate {
  readonly redeemed: number;
  readonly remote: number;
  readonly expected: number | null;
  readonly unclaimed: number;
  readonly handedOver: number;
}

interface Measured {
  readonly whole: number;
  readonly total: number;
  readonly revenue: number;
  readonly handedOver: number;
  readonly exactRevenue: number;
  readonly exactHandedOver: number;
}

const NOTHING: Measured = {
  whole: 0,
  total: 0,
  revenue: 0,
  handedOver: 0,
  exactRevenue: 0,
  exactHandedOver: 0,
};

function toDate(
  before: PointsToDate,
  period: RedemptionPeriod,
  { points }: DeferredPoints,
  breakage: "proportional" | "whenRemote",
  path: string,
): PointsToDate {
  assertOptions(period, "{ period, redeemed, expectedPoints }", path);
  const isProportional = breakage === "proportional";
  const unused = isProportional ? "remote" : "expectedPoints";
  assertArgument(
    period[unused] === undefined,
    `${path}.${unused}`,
    () => `${path}.${unused} is given, which breakage "${breakage}" does not use: leave it out`,
  );
  const { remote = 0, unclaimed = before.unclaimed, handedOver = 0 } = period;
  const expected = period.expectedPoints ?? before.expected;
  assertInteger(period.redeemed, `${path}.redeemed`);
  assertInteger(remote, `${path}.remote`);
  assertInteger(unclaimed, `${path}.unclaimed`, 0, points);
  assertInteger(handedOver, `${path}.handedOver`, 0);
  if (isProportional) assertInteger(expected, `${path}.expectedPoints`, 0, points);
  const known: PointsToDate = {
    redeemed: before.redeemed + period.redeemed,
    remote: before.remote + remote,
    expected: isProportional ? expected : null,
    unclaimed,
    handedOver: before.handedOver + handedOver,
  };
  const most = isProportional ? Number(expected) : points - unclaimed;
  const used = known.redeemed + known.remote;
  assertArgument(
    known.redeemed >= 0 && known.remote >= 0 && used <= most,
    `${path}.${isProportional ? "expectedPoints" : "redeemed"}`,
    () =>
      `${path} brings what is redeemed${isProportional ? "" : " or remote"} to ${used} of ${most} points: pass numbers from 0 that are no more than ${isProportional ? "the estimate, or raise it" : "there are"}`,
  );
  assertArgument(
    most + unclaimed <= points,
    `${path}.unclaimed`,
    () => `${path}.unclaimed is ${unclaimed}, with ${most} to be redeemed more than all ${points} points`,
  );
  assertArgument(
    known.handedOver <= unclaimed,
    `${path}.handedOver`,
    () => `${path}.handedOver comes to ${known.handedOver} of ${unclaimed} unclaimed points: raise these`,
  );
  return known;
}

function measured(
  { allocated, points }: DeferredPoints,
  known: PointsToDate,
  breakage: "proportional" | "whenRemote",
): Measured {
  const whole = breakage === "proportional" ? (known.expected ?? 0) + known.unclaimed : points;
  const part = known.redeemed + known.remote;
  const amount = exact(allocated, "deferred.allocated");
  const one = exact(1, "");
  const total = roundedShare(amount, one, one, "deferred.allocated");
  // Where nothing at all is expected, nothing is owed.
  if (whole === 0)
    return { whole, total, revenue: total, handedOver: 0, exactRevenue: allocated, exactHandedOver: 0 };
  const share = (of: number) => roundedShare(amount, exact(of, ""), exact(whole, ""), "deferred.allocated");
  return {
    whole,
    total,
    revenue: part === whole ? total : share(part),
    // Rounded to date with the revenue, so that both together end at the whole.
    handedOver: share(part + known.handedOver) - share(part),
    exactRevenue: (allocated * part) / whole,
    exactHandedOver: (allocated * known.handedOver) / whole,
  };
}
