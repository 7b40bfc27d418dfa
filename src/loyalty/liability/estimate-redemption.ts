import { assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { type ChainLadder, chainLadder, type LadderCohort } from "./chain-ladder.js";
import { assertNoneComesBackAnew } from "./missing-history.js";
import {
  type CohortTally,
  movementTally,
  NO_FLOWS,
  netOf,
  type RollForwardOptions,
  sumOf,
} from "./movement-tally.js";
import type { CohortMovements } from "./point-movement.js";

/** From what redemption is estimated. */
export interface EstimateRedemptionOptions
  extends Omit<RollForwardOptions, "cohortBy" | "start">,
    ConfidenceOptions {}

/** How many points of one period of issue will be redeemed. */
export interface CohortRedemption {
  /** Name of the period of issue; `"all"` for all together. */
  readonly cohort: string;
  /** Points issued, adjusted and transferred, less those of returned orders. */
  readonly points: number;
  /** Points redeemed so far, less those given back. */
  readonly redeemed: number;
  /** Points outstanding. */
  readonly outstanding: number;
  /** Points that will be redeemed in all; no more than `redeemed + outstanding`. `null` where it cannot be said. */
  readonly ultimate: number | null;
  /** Whether the development pointed beyond what is outstanding. */
  readonly isCapped: boolean;
  /** `ultimate` / `points`: the likelihood of redemption; 1 less it is breakage. */
  readonly rate: Rate;
  /** Standard error of the rate (Mack 1993); `null` where it is not known. */
  readonly standardError: number | null;
  /** Of the rate; `null` where it is not known. */
  readonly interval: Interval | null;
}

/** Redemption by period of issue. */
export interface RedemptionDevelopment {
  /** Complete periods count up to here, epoch milliseconds: the end of the last one at or before `asOf`. */
  readonly upTo: number;
  /** Names of the periods of issue, oldest first: rows of the triangle. */
  readonly labels: readonly string[];
  /** Points redeemed to date, by periods since issue; `null` not observed yet. */
  readonly triangle: readonly (readonly (number | null)[])[];
  /** The development as it was fitted; `null` without a complete period. */
  readonly development: ChainLadder | null;
  /** Period of issue by period of issue. */
  readonly cohorts: readonly CohortRedemption[];
  /** All together. */
  readonly total: CohortRedemption;
}

/**
 * Which share of points will be redeemed, judged by how older points were?
 *
 * Points redeemed to date by period of issue and periods since then, developed by the {@link chainLadder}: only complete
 * periods count. Its ultimate is what the oldest points came to at their age: where these are still being redeemed, more is to
 * come. It needs redemptions in the first periods and a programme that has not changed;
 * {@link redemptionCurve} looks at the same points one by one, to the day.
 *
 * @param movements - Movements in any order, from the first on (see {@link pointMovements}).
 * @param options - Periods, `asOf`, zone, type of point, confidence level.
 * @returns The triangle, its development, and rates with intervals.
 * @throws {@link ClienteleError} as {@link pointRollForward}; `INVALID_ARGUMENT` where more was given back than redeemed.
 * @example
 * ```ts
 * import { estimateRedemption } from "clientele";
 *
 * const day = (month: number) => Date.UTC(2025, month, 10);
 * const cohort = (month: number, ...redeemed: readonly number[]) => [
 *   { at: day(month), issuedAt: day(month), kind: "issued" as const, points: 1000 },
 *   ...redeemed.map((points, age) => ({ at: day(month + age), issuedAt: day(month), kind: "redeemed" as const, points: -points })),
 * ];
 * const movements = [...cohort(0, 300, 200, 50), ...cohort(1, 350, 210), ...cohort(2, 310)];
 * const { triangle, cohorts } = estimateRedemption(movements, { by: "month", asOf: "2025-04-01" });
 * triangle; // => [[300, 500, 550], [350, 560, null], [310, null, null]]
 * cohorts[1].rate.value; // ~> 0.616
 * ```
 */
export function estimateRedemption(
  movements: CohortMovements,
  options: EstimateRedemptionOptions,
): RedemptionDevelopment {
  assertOptions(options, "{ by, asOf }");
  const { confidenceLevel, ...rest } = options;
  const tally = movementTally(movements, rest);
  const periods = tally.periods.filter(({ end }) => end <= tally.asOf);
  // What was issued before the first movement that is there, or after the last complete period, has no row.
  const cohorts = tally.cohorts.filter(({ cohort }) => cohort.index <= (periods.at(-1)?.index ?? -Infinity));
  const rows = cohorts.map((cohort) => developmentRow(cohort, periods));
  const longest = rows.reduce((most, { redeemed }) => Math.max(most, redeemed.length), 0);
  const triangle = rows.map(({ redeemed }) =>
    Array.from({ length: longest }, (_, age) => redeemed[age] ?? null),
  );
  const development = triangle.length === 0 ? null : chainLadder(triangle, { confidenceLevel });
  const results = rows.map((row, i) =>
    redemptionOf(cohorts[i].cohort.label, row, development?.cohorts[i] ?? null),
  );
  const sum = (of: (row: DevelopmentRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const all = {
    points: sum(({ points }) => points),
    outstanding: sum(({ outstanding }) => outstanding),
    redeemed: [sum(({ redeemed }) => redeemed[redeemed.length - 1])],
  };
  const total = redemptionOf("all", all, development?.total ?? null);
  const capped = results.reduce(
    (ultimate: number | null, result) =>
      ultimate === null || result.ultimate === null ? null : ultimate + result.ultimate,
    0,
  );
  return {
    upTo: periods.at(-1)?.end ?? tally.periods[0]?.start ?? tally.asOf,
    labels: cohorts.map(({ cohort }) => cohort.label),
    triangle,
    development,
    cohorts: results,
    total: {
      ...total,
      ultimate: rows.length === 0 ? null : capped,
      isCapped: results.some(({ isCapped }) => isCapped),
      rate: rateOf(rows.length === 0 ? null : capped, all.points),
    },
  };
}

interface DevelopmentRow {
  readonly points: number;
  readonly outstanding: number;
  /** To date, by age. */
  readonly redeemed: readonly number[];
}

function developmentRow(
  tally: CohortTally,
  periods: readonly { readonly index: number; readonly label: string }[],
): DevelopmentRow {
  const { cohort, flows } = tally;
  let [points, outstanding, redeemed] = [0, 0, 0];
  let toDate = NO_FLOWS;
  // Points of an earlier issue that came by transfer: nothing of them was redeemed before.
  const byAge = new Array<number>(Math.max(0, (periods[0]?.index ?? 0) - cohort.index)).fill(0);
  periods.forEach(({ index, label }, i) => {
    const own = flows[i];
    toDate = sumOf(toDate, own);
    assertNoneComesBackAnew(tally, label, toDate);
    points += own.issued + own.adjusted + own.transferred + own.clawedBack;
    outstanding += netOf(own);
    redeemed -= own.redeemed + own.reversed;
    if (index >= cohort.index) byAge.push(redeemed);
  });
  return { points, outstanding, redeemed: byAge };
}

function redemptionOf(
  cohort: string,
  { points, outstanding, redeemed }: DevelopmentRow,
  ladder: Pick<LadderCohort, "ultimate" | "standardError" | "interval"> | null,
): CohortRedemption {
  const latest = redeemed[redeemed.length - 1];
  const most = latest + outstanding;
  const found = ladder?.ultimate ?? null;
  const ultimate = found === null ? null : Math.min(found, most);
  const error = ladder?.standardError ?? null;
  const interval = ladder?.interval ?? null;
  return {
    cohort,
    points,
    redeemed: latest,
    outstanding,
    ultimate,
    isCapped: found !== null && found > most,
    rate: rateOf(ultimate, points),
    standardError: error === null || points <= 0 ? null : error / points,
    interval:
      interval === null || points <= 0
        ? null
        : {
            lower: Math.min(latest + interval.lower, most) / points,
            upper: Math.min(latest + interval.upper, most) / points,
            confidenceLevel: interval.confidenceLevel,
          },
  };
}

function rateOf(ultimate: number | null, points: number): Rate {
  return ultimate === null
    ? { value: null, numerator: 0, denominator: points, reason: "no development to judge by" }
    : ratio(ultimate, points, "points issued");
}
