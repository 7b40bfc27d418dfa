import { assertInteger, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { type PointLives, pointLives } from "./point-lives.js";
import { type AccountMovements, checkedMovements } from "./point-movement.js";

/** How survival of points is estimated. */
export interface RedemptionCurveOptions extends ConfidenceOptions {
  /** Movements at or after it do not exist yet: points outstanding then are censored. */
  readonly asOf: Instant;
  /** Age in days at which the share is estimated: one that has been observed. Default: the age of the last redemption or lapse. */
  readonly horizon?: number;
  /** IANA name of the zone in which a civil day `asOf` begins; default `"UTC"`. */
  readonly timeZone?: string;
  /** Type of point; needed where the movements have several. */
  readonly pointType?: string;
}

/** Columns of the curve: one row for each age at which points were redeemed or lapsed. */
export type RedemptionCurveColumns = {
  /** Whole days since issue. */
  age: number[];
  /** Points outstanding at the start of that day of their age. */
  atRisk: number[];
  /** Points redeemed at that age. */
  redeemed: number[];
  /** Points that lapsed at that age. */
  expired: number[];
  /** Share still outstanding after it (Kaplan-Meier, either end an event). */
  outstanding: number[];
  /** Share redeemed by then (Aalen-Johansen). */
  cumulativeRedeemed: number[];
  /** Share lapsed by then. With the two shares before it comes to 1. */
  cumulativeExpired: number[];
  /** What 1 - Kaplan-Meier would say with lapses censored: too much, for comparison. */
  withoutLapses: number[];
};

/** How points end, by age. */
export interface RedemptionCurve {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Points that were looked at. */
  readonly points: number;
  /** Accounts that had them. */
  readonly accounts: number;
  /** The curve. */
  readonly curve: Table<RedemptionCurveColumns>;
  /** At the horizon; `null` where no points were redeemed or lapsed, and beyond the ages at which some were watched. */
  readonly estimate: {
    /** Whole days since issue. */
    readonly age: number;
    /** Share redeemed by then: at least so much, and at most `outstanding` more, will be in the end. */
    readonly redeemed: number;
    /** Standard error of the share, by account. `null` with fewer than two accounts. */
    readonly standardError: number | null;
    /** Interval of the share, symmetric as log(-log(1 - share)); `null` without a standard error, and at 0 and 1. */
    readonly interval: Interval | null;
    /** Share lapsed by then. */
    readonly expired: number;
    /** Share still outstanding. */
    readonly outstanding: number;
    /** What 1 - Kaplan-Meier would say with lapses censored. */
    readonly withoutLapses: number;
  } | null;
  /** Why there is no estimate; `null` where there is one. */
  readonly reason: string | null;
}

/**
 * Which share of points is redeemed by each age, when many lapse first and others are still open?
 *
 * Redemption and lapse compete: a lapsed point can never be redeemed. 1 - Kaplan-Meier with lapses censored acts as if it
 * still could and says too much; the cumulative incidence (Aalen & Johansen 1978) does not. Points outstanding at `asOf`
 * are censored, points that moved between accounts go on there, points of returned orders or taken by hand count as never
 * issued, and what was given back counts as not redeemed. Points of one account do not live or die alone: the standard
 * error sums its points first (infinitesimal jackknife by account), as counting points would make it far too small.
 *
 * @param movements - Movements of any number of accounts, in any order, those of an account from its first on (see {@link pointMovements}).
 * @param options - `asOf`, its zone, horizon, type of point, confidence level.
 * @returns The curve by days since issue, and the estimate at the horizon.
 * @throws {@link ClienteleError} `INVALID_ROWS`; `INVALID_ARGUMENT` for options, for points of several types, and where an
 * account loses points that it has not.
 * @example
 * ```ts
 * import { redemptionCurve } from "clientele";
 *
 * const day = 86_400_000;
 * const movements = ["ani", "budi", "citra", "dewi"].flatMap((accountId, i) => [
 *   { accountId, at: 0, issuedAt: 0, kind: "issued" as const, points: 100 },
 *   // One redeems on day 10, one has all lapse on day 20, two redeem on day 30.
 *   { accountId, at: [10, 20, 30, 30][i] * day, issuedAt: 0, kind: i === 1 ? ("expired" as const) : ("redeemed" as const), points: -100 },
 * ]);
 * const { estimate } = redemptionCurve(movements, { asOf: 40 * day });
 * estimate?.redeemed; // => 0.75
 * estimate?.withoutLapses; // => 1
 * ```
 */
export function redemptionCurve(
  movements: AccountMovements,
  options: RedemptionCurveOptions,
): RedemptionCurve {
  assertOptions(options, "{ asOf }");
  const confidenceLevel = confidenceLevelOf(options);
  const asOf = epochMs(options.asOf, "options.asOf", options.timeZone);
  if (options.horizon !== undefined) assertInteger(options.horizon, "options.horizon", 0);
  const lives = pointLives(checkedMovements(movements, options.pointType, true), asOf);
  const columns = curveOf(lives);
  const { points, accounts } = lives;
  const curve = { length: columns.age.length, columns };
  const horizon = options.horizon ?? columns.age.at(-1);
  const unknown = (reason: string) => ({ asOf, points, accounts, curve, estimate: null, reason });
  if (horizon === undefined || columns.age.length === 0)
    return unknown("no points were redeemed or lapsed before asOf");
  const last = columns.age.filter((age) => age <= horizon).length - 1;
  // What is still outstanding then may be redeemed later, or never: nobody has seen it.
  if (horizon > lives.oldest && columns.outstanding[last] > 0) {
    return unknown(
      `horizon ${horizon}: no points were watched beyond ${lives.oldest} days, and some are outstanding then`,
    );
  }
  const at = (values: readonly number[], start: number) => (last < 0 ? start : values[last]);
  const redeemed = at(columns.cumulativeRedeemed, 0);
  const standardError = accounts < 2 ? null : jackknifeError(lives, columns, last);
  return {
    asOf,
    points,
    accounts,
    curve,
    estimate: {
      age: horizon,
      redeemed,
      standardError,
      interval: intervalOf(redeemed, standardError, confidenceLevel),
      expired: at(columns.cumulativeExpired, 0),
      outstanding: at(columns.outstanding, 1),
      withoutLapses: at(columns.withoutLapses, 0),
    },
    reason: null,
  };
}

function curveOf(lives: PointLives): RedemptionCurveColumns {
  const columns: RedemptionCurveColumns = {
    age: [],
    atRisk: [],
    redeemed: [],
    expired: [],
    outstanding: [],
    cumulativeRedeemed: [],
    cumulativeExpired: [],
    withoutLapses: [],
  };
  let [outstanding, redeemed, expired, kaplanMeier] = [1, 0, 0, 1];
  for (const { age, atRisk, ...ended } of lives.days) {
    redeemed += (outstanding * ended.redeemed) / atRisk;
    expired += (outstanding * ended.expired) / atRisk;
    outstanding *= (atRisk - ended.redeemed - ended.expired) / atRisk;
    kaplanMeier *= (atRisk - ended.redeemed) / atRisk;
    columns.age.push(age);
    columns.atRisk.push(atRisk);
    columns.redeemed.push(ended.redeemed);
    columns.expired.push(ended.expired);
    columns.outstanding.push(outstanding);
    columns.cumulativeRedeemed.push(redeemed);
    columns.cumulativeExpired.push(expired);
    columns.withoutLapses.push(1 - kaplanMeier);
  }
  return columns;
}

/**
 * How much the share changes with each account's weight: the sum over its points of
 * [S(u-) dM1(u) - (F(t) - F(u)) / (1 - dL(u)) dM(u)] / Y(u), M counting what happened less what was to be expected.
 */
function jackknifeError(lives: PointLives, columns: RedemptionCurveColumns, last: number): number {
  const { age, atRisk, redeemed, expired, outstanding, cumulativeRedeemed } = columns;
  const steps = last + 1;
  const ofRedemption = new Array<number>(steps).fill(0);
  const ofLapse = new Array<number>(steps).fill(0);
  // What points at risk were to be expected to add, up to before each step.
  const expected = new Array<number>(steps + 1).fill(0);
  for (let i = 0; i < steps; i++) {
    const before = i === 0 ? 1 : outstanding[i - 1];
    const hazard = (redeemed[i] + expired[i]) / atRisk[i];
    const later = hazard === 1 ? 0 : (cumulativeRedeemed[last] - cumulativeRedeemed[i]) / (1 - hazard);
    ofRedemption[i] = (before - later) / atRisk[i];
    ofLapse[i] = -later / atRisk[i];
    expected[i + 1] = expected[i] + (ofRedemption[i] * redeemed[i] + ofLapse[i] * expired[i]) / atRisk[i];
  }
  const stepsBefore = (day: number): number => {
    let [low, high] = [0, steps];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (age[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  let sum = 0;
  for (const units of lives.byAccount) {
    let influence = 0;
    for (const { entry, exit, cause, points } of units) {
      const end = stepsBefore(exit + 1);
      influence -= points * (expected[end] - expected[stepsBefore(entry)]);
      const step = end - 1;
      if (cause !== null && step >= 0 && age[step] === exit) {
        influence += points * (cause === "redeemed" ? ofRedemption[step] : ofLapse[step]);
      }
    }
    sum += influence ** 2;
  }
  return Math.sqrt(sum);
}

function intervalOf(share: number, error: number | null, confidenceLevel: number): Interval | null {
  if (error === null || share <= 0 || share >= 1) return null;
  const log = -Math.log1p(-share);
  const reach = (criticalZ(confidenceLevel) * error) / ((1 - share) * log);
  const limit = (side: -1 | 1) => -Math.expm1(-log * Math.exp(side * reach));
  return { lower: limit(-1), upper: limit(1), confidenceLevel };
}
