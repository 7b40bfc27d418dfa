import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Table } from "../../core/table.js";
import {
  allocatedTo,
  beyondEstimate,
  type CohortState,
  type ExceededEstimate,
  type LiabilityBasis,
  liabilityOf,
} from "./cohort-liability.js";
import {
  allocationReader,
  type CohortAllocation,
  estimateReader,
  type RedemptionEstimate,
} from "./liability-terms.js";
import { assertNoneComesBackAnew, assertNotBelowZero } from "./missing-history.js";
import {
  movementTally,
  NO_FLOWS,
  netOf,
  type PointFlows,
  type RollForwardOptions,
  sumOf,
} from "./movement-tally.js";
import type { CohortMovements } from "./point-movement.js";

/** What points are worth in the books. */
export interface LiabilityRollForwardOptions extends RollForwardOptions {
  /** What was allocated, by period of issue: one for each. */
  readonly allocations: readonly CohortAllocation[];
  /** Likelihoods of redemption; not with `"whenRemote"`. */
  readonly estimates?: readonly RedemptionEstimate[];
  /** When breakage is recognized: in proportion to redemptions (default), or when points lapse. */
  readonly breakage?: "proportional" | "whenRemote";
}

/**
 * Columns of a roll-forward in money, minor units:
 * opening + issued - redeemed - expired - clawedBack + reestimate = closing.
 */
export type LiabilityRollForwardColumns = {
  /** Name of the period. */
  period: string[];
  /** First instant of the period, epoch milliseconds. */
  start: number[];
  /** First instant after it, or `asOf` where that is earlier, epoch milliseconds. */
  end: number[];
  /** Deferred at the start. */
  opening: number[];
  /** Allocated to points that were issued. */
  issued: number[];
  /** Recognized with redemptions (less those given back), breakage in proportion included. */
  redeemed: number[];
  /** Recognized because more points lapsed than were expected to: none is recognized twice. */
  expired: number[];
  /** Given up with returned orders: no revenue. */
  clawedBack: number[];
  /**
   * Deferred anew (above 0) or recognized (below 0) because the expected redemptions changed: the catch-up of a new estimate,
   * and what points added or taken by hand change.
   */
  reestimate: number[];
  /** Deferred at the end. */
  closing: number[];
  /** Revenue: redeemed + expired - reestimate. Below 0 where a catch-up took back more than was recognized. */
  revenue: number[];
};

/** Columns of a roll-forward in money by period of issue. */
export type CohortLiabilityColumns = {
  /** Name of the period in which the points were issued. */
  cohort: string[];
} & LiabilityRollForwardColumns;

/** The deferred revenue of points from period to period. */
export interface LiabilityRollForward {
  /** Type of point; `null` where the movements had one only and none was named. */
  readonly pointType: string | null;
  /** Movements at or after it did not exist yet, epoch milliseconds. */
  readonly asOf: number;
  /** Zone of the periods. */
  readonly timeZone: string;
  /** When breakage is recognized. */
  readonly breakage: "proportional" | "whenRemote";
  /** All points, period by period. */
  readonly periods: Table<LiabilityRollForwardColumns>;
  /** The same by period of issue. */
  readonly cohorts: Table<CohortLiabilityColumns>;
  /** Names of periods whose revenue is below 0: allowed, and worth a look. */
  readonly negativeRevenue: readonly string[];
  /**
   * Estimates that redemptions have passed while points are outstanding: all is recognized and nothing deferred for the
   * rest, so raise them (where {@link recognizePoints} refuses). By period, and in it by period of issue.
   */
  readonly exceededEstimates: readonly ExceededEstimate[];
  /**
   * Periods of issue that an allocation or an estimate names, and of which there are no points before `asOf`: later ones, or
   * names that are spelled in another way than `cohorts` has them.
   */
  readonly unmatched: readonly string[];
}

/**
 * How did the deferred revenue of points (a contract liability) come to be what it is?
 *
 * For each period of issue as {@link recognizePoints}: revenue to date = allocated x redeemed / expected, with
 * expected = rate x points issued, adjusted and transferred, less those of returned orders. Lapsed points do not change
 * that, unless so many lapse that the rest cannot come to what was expected: then the rest is what is expected, and with nothing
 * outstanding nothing is deferred. An estimate that redemptions have passed is told in `exceededEstimates`. Points added by
 * hand carry no price, and points from accounts that are not among the movements neither: pass both sides of a transfer.
 * Within a period: issue and return first, then redemption, lapse, new estimate; each is what it changes in the liability,
 * so that all reconciles to the minor unit.
 *
 * @param movements - Movements in any order, from the first on (see {@link pointMovements}).
 * @param options - As {@link pointRollForward}; allocations, estimates, when breakage is recognized.
 * @returns Tables of all points and by period of issue.
 * @throws {@link ClienteleError} as {@link pointRollForward}; `INVALID_ARGUMENT` when a period of issue has no allocation or
 * no estimate, or two, an allocation to fewer points than were issued, or gives back more than was redeemed or lapsed.
 * @example
 * ```ts
 * import { liabilityRollForward, rows } from "clientele";
 *
 * // IFRS 15, Example 52.
 * const issuedAt = Date.UTC(2024, 0, 1);
 * const movements = [
 *   { at: issuedAt, issuedAt, kind: "issued", points: 10_000 },
 *   { at: Date.UTC(2024, 11, 1), issuedAt, kind: "redeemed", points: -4_500 },
 *   { at: Date.UTC(2025, 11, 1), issuedAt, kind: "redeemed", points: -4_000 },
 * ] as const;
 * const books = liabilityRollForward(movements, {
 *   by: "year",
 *   asOf: "2026-01-01",
 *   allocations: [{ cohort: "2024", amount: 8_676 }],
 *   estimates: [
 *     { at: "2024-01-01", redemptionRate: 0.95 },
 *     { at: "2025-12-31", redemptionRate: 0.97 },
 *   ],
 * });
 * rows(books.periods).map(({ revenue, closing }) => [revenue, closing]); // => [[4_110, 4_566], [3_493, 1_073]]
 * rows(books.periods)[1].reestimate; // => 160
 * ```
 */
export function liabilityRollForward(
  movements: CohortMovements,
  options: LiabilityRollForwardOptions,
): LiabilityRollForward {
  assertOptions(options, "{ by, asOf, allocations, estimates }");
  const { breakage = "proportional" } = options;
  assertOneOf(breakage, "options.breakage", ["proportional", "whenRemote"]);
  const tally = movementTally(movements, options);
  const { asOf, timeZone, periods, pointType } = tally;
  const basisOf = allocationReader(options.allocations, breakage);
  const rateAt = estimateReader(options.estimates, breakage, timeZone);
  const all = noColumns();
  const byCohort: CohortLiabilityColumns = { cohort: [], ...noColumns() };
  const exceededEstimates: ExceededEstimate[] = [];
  const books = tally.cohorts.map((cohort) => {
    const { label } = cohort.cohort;
    const basis = basisOf(cohort);
    // An opening that no estimate is older than has the first one.
    const opensAt = periods[0].start;
    const rate = rateAt(label, opensAt) ?? rateAt(label, Math.min(periods[0].end, asOf));
    const state: CohortState = { flows: cohort.before, rate };
    return { cohort, label, basis, state };
  });
  periods.forEach(({ label: period, start, end }, i) => {
    const until = Math.min(end, asOf);
    const sum = noMoney();
    for (const book of books) {
      const { cohort, label, basis } = book;
      const flows = cohort.flows[i];
      // Nothing outstanding, nothing moved: nothing is owed.
      if (flows === NO_FLOWS && netOf(book.state.flows) === 0) continue;
      const after = sumOf(book.state.flows, flows);
      assertNotBelowZero(cohort, period, netOf(after));
      assertNoneComesBackAnew(cohort, period, after);
      const rate = rateAt(label, until);
      assertArgument(
        rate !== null || Object.values(after).every((points) => points === 0),
        "options.estimates",
        () =>
          `options.estimates has none for points issued in ${label} before the end of ${period}: pass { at, redemptionRate }`,
      );
      const moved = steps(book.state, flows, rate, basis);
      book.state = { flows: after, rate };
      const beyond = breakage === "proportional" ? beyondEstimate(book.state) : null;
      if (beyond !== null) exceededEstimates.push({ cohort: label, period, ...beyond });
      for (const name of MONEY_FLOWS)
        sum[name] = safeInteger(sum[name] + moved[name], "options.allocations", `the sum of ${name}`);
      if (MONEY_FLOWS.every((name) => moved[name] === 0)) continue;
      byCohort.cohort.push(label);
      pushMoney(byCohort, { period, start, end: until }, moved);
    }
    pushMoney(all, { period, start, end: until }, sum);
  });
  return {
    pointType,
    asOf,
    timeZone,
    breakage,
    periods: { length: all.period.length, columns: all },
    cohorts: { length: byCohort.cohort.length, columns: byCohort },
    negativeRevenue: all.period.filter((_, i) => all.revenue[i] < 0),
    exceededEstimates,
    unmatched: unmatchedOf(options, new Set(books.map(({ label }) => label))),
  };
}

/** Names of periods of issue that are not there, each once. */
function unmatchedOf(
  { allocations, estimates = [] }: LiabilityRollForwardOptions,
  labels: ReadonlySet<string>,
): string[] {
  const named = [...allocations, ...estimates].flatMap(({ cohort }) => cohort ?? []);
  return [...new Set(named)].filter((name) => !labels.has(name));
}

const MONEY_FLOWS = [
  "opening",
  "issued",
  "redeemed",
  "expired",
  "clawedBack",
  "reestimate",
  "closing",
] as const;

type MoneyFlows = Record<(typeof MONEY_FLOWS)[number], number>;

/** One cohort through one period: issue and return, redemption, lapse, estimate, each as what it changes. */
function steps(
  before: CohortState,
  flows: PointFlows,
  rate: number | null,
  basis: LiabilityBasis,
): MoneyFlows {
  const only = (names: readonly (keyof PointFlows)[]): PointFlows => {
    const picked = { ...NO_FLOWS };
    for (const name of names) picked[name] = flows[name];
    return picked;
  };
  // Points that are new have no estimate of before.
  const oldRate = netOf(before.flows) === 0 || before.rate === null ? rate : before.rate;
  const given = sumOf(before.flows, only(["issued", "clawedBack", "transferred", "adjusted"]));
  const spent = sumOf(given, only(["redeemed", "reversed"]));
  const lapsed = sumOf(spent, only(["expired"]));
  const opening = liabilityOf(before, basis);
  const afterGiven = liabilityOf({ flows: given, rate: oldRate }, basis);
  const afterSpent = liabilityOf({ flows: spent, rate: oldRate }, basis);
  const afterLapsed = liabilityOf({ flows: lapsed, rate: oldRate }, basis);
  const closing = liabilityOf({ flows: lapsed, rate }, basis);
  const issuedOnly = sumOf(before.flows, only(["issued"]));
  const issued = allocatedTo(issuedOnly, basis) - allocatedTo(before.flows, basis);
  const clawedBack = allocatedTo(issuedOnly, basis) - allocatedTo(given, basis);
  return {
    opening,
    issued,
    redeemed: afterGiven - afterSpent,
    expired: afterSpent - afterLapsed,
    clawedBack,
    // What issue and return change beyond their own price is the expected share of what was there already.
    reestimate: closing - afterLapsed + (afterGiven - opening - issued + clawedBack),
    closing,
  };
}

function noMoney(): MoneyFlows {
  return { opening: 0, issued: 0, redeemed: 0, expired: 0, clawedBack: 0, reestimate: 0, closing: 0 };
}

function noColumns(): LiabilityRollForwardColumns {
  return {
    period: [],
    start: [],
    end: [],
    opening: [],
    issued: [],
    redeemed: [],
    expired: [],
    clawedBack: [],
    reestimate: [],
    closing: [],
    revenue: [],
  };
}

function pushMoney(
  columns: LiabilityRollForwardColumns,
  place: { readonly period: string; readonly start: number; readonly end: number },
  moved: MoneyFlows,
): void {
  columns.period.push(place.period);
  columns.start.push(place.start);
  columns.end.push(place.end);
  for (const name of MONEY_FLOWS) columns[name].push(moved[name] + 0);
  columns.revenue.push(moved.redeemed + moved.expired - moved.reestimate);
}
