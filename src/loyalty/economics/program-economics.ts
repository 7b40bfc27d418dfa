import {
  assertArgument,
  assertArray,
  assertInteger,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type PeriodSpec, periodAt, periodReader } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { pointMovements } from "../liability/point-movements.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { type LotOrigin, lotOrigins } from "./lot-origins.js";
import { outcomeOf, outcomesOf, type PointOutcomes } from "./point-outcomes.js";
import {
  addMovement,
  addShare,
  NO_POINTS,
  type PointSums,
  plusPointSums,
  type SharedPoints,
} from "./point-sums.js";

/** Over which time, and what points cost and bring. */
export interface ProgramEconomicsOptions {
  /** First instant that counts; default all that happened. */
  readonly start?: Instant;
  /** Movements at or after it do not exist yet; what came due before it counts, booked or not. */
  readonly asOf: Instant;
  /** Periods of the flows and of the cohorts of issue; default `"month"`. */
  readonly by?: PeriodSpec;
  /** First month of the year, 1 to 12; default 1. */
  readonly firstMonth?: number;
  /** First day of the week, 0 Sunday to 6 Saturday; default 1. */
  readonly weekStartsOn?: number;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
  /** By when things happened (default), or by when they were booked. */
  readonly basis?: "occurred" | "recorded";
  /** What one redeemed point costs, minor units, from 0; decimals allowed. */
  readonly costPerPoint?: number;
  /** What the programme cost besides points in the time, minor units; default 0. */
  readonly runningCost?: number;
  /** Margin in the time that there would not have been without the programme, minor units ({@link controlGroupMargin}). */
  readonly incrementalMargin?: number;
}

/** What moved in a time. `opening + issued + adjusted + transferred - redeemed - expired - clawedBack = closing`. */
export interface ProgramFlows {
  /** Name of the period; `"total"` for all of it. */
  readonly period: string;
  /** First instant, epoch milliseconds. */
  readonly start: number;
  /** First instant after it, epoch milliseconds. */
  readonly end: number;
  /** Points outstanding at the start: pending, available and held. */
  readonly opening: number;
  /** Earned. */
  readonly issued: number;
  /** Added less taken by hand. */
  readonly adjusted: number;
  /** Received less sent, where the other account is not among the events or another time. */
  readonly transferred: number;
  /** Spent, less what was given back. */
  readonly redeemed: number;
  /** Lapsed. */
  readonly expired: number;
  /** Taken back with returned orders, repaid arrears included. */
  readonly clawedBack: number;
  /** Points outstanding at the end. */
  readonly closing: number;
  /** Redeemed points at their cost, minor units, rounded to date: periods come to the total. `null` without `costPerPoint`. */
  readonly cost: number | null;
  /**
   * Redeemed in the time as a share of issued in it, claw-backs taken off: the plain rate of the trade. It mixes old points
   * with new ones, and can be above 1; the share of a cohort is in `cohorts`.
   */
  readonly redemptionRate: Rate;
}

/** What a programme gave, what became of it, and whether it paid. */
export interface ProgramEconomics {
  /** Type of point. */
  readonly pointType: string;
  /** Currency of the money. */
  readonly currency: string;
  /** Accounts with movements in or before the time. */
  readonly accounts: number;
  /** All of the time. */
  readonly total: ProgramFlows;
  /** Period by period. */
  readonly periods: readonly ProgramFlows[];
  /** By period of issue. */
  readonly cohorts: readonly PointOutcomes[];
  /** By rule. Points of a lot that several rules gave are told apart in proportion: not whole numbers. */
  readonly rules: readonly PointOutcomes[];
  /** By the member's level when they were earned. */
  readonly tiers: readonly PointOutcomes[];
  /** Margin that the programme added, as given; `null` where it was not. */
  readonly incrementalMargin: number | null;
  /** Cost of the points redeemed and running cost, minor units; `null` without `costPerPoint`. */
  readonly cost: number | null;
  /** Margin less cost, minor units; `null` where one is not known. */
  readonly net: number | null;
  /** `net / cost`. Points still outstanding will cost more: see {@link pointsCostProvision}. */
  readonly roi: Rate;
}

/**
 * What did the programme give, what became of it, and did it pay?
 *
 * Flows are what moved in each period. Outcomes follow the points that were issued in the time, whoever holds them: a lot that
 * a redemption came back in counts with the points that it was made of. Cost is that of points redeemed in the time, not of
 * points issued in it.
 *
 * @param program - The programme of the accounts.
 * @param events - Events of all accounts, those of one in order and from its first one on.
 * @param options - Time, periods, type of point, and what points cost and brought.
 * @returns Flows by period, outcomes by cohort, rule and level, cost and return.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range or the events do not fit together.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, programEconomics, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "earn", key: "k2", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 400_00 }] },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 300 },
 * ]);
 * const economics = programEconomics(program, events, {
 *   asOf: "2025-03-01",
 *   costPerPoint: 0.8,
 *   runningCost: 60,
 *   incrementalMargin: 450,
 * });
 * [economics.total.issued, economics.total.redeemed, economics.total.closing]; // => [400, 300, 100]
 * [economics.cost, economics.net, economics.roi.value]; // => [300, 150, 0.5]
 * ```
 */
export function programEconomics(
  program: LoyaltyProgram,
  events: readonly LoyaltyEvent[],
  options: ProgramEconomicsOptions,
): ProgramEconomics {
  assertProgram(program);
  assertArray(events, "events");
  assertOptions(options, "{ asOf }");
  const { by = "month", firstMonth, weekStartsOn, basis = "occurred", incrementalMargin } = options;
  assertOneOf(basis, "options.basis", ["occurred", "recorded"]);
  const { timeZone, currency } = program;
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const start = options.start === undefined ? -Infinity : epochMs(options.start, "options.start", timeZone);
  assertArgument(
    start < asOf,
    "options.start",
    () => `options.start is ${shown(options.start)}, not before asOf`,
  );
  const { costPerPoint, runningCost = 0 } = options;
  assertArgument(
    costPerPoint === undefined || (Number.isFinite(costPerPoint) && costPerPoint >= 0),
    "options.costPerPoint",
    () => `options.costPerPoint is ${shown(costPerPoint)}: pass minor units for a point, 0 or more`,
  );
  assertInteger(runningCost, "options.runningCost", 0);
  if (incrementalMargin !== undefined) assertInteger(incrementalMargin, "options.incrementalMargin");
  const pointType =
    options.pointType ?? program.pointTypes.find(({ kind }) => kind === "spendable")?.id ?? "";
  assertArgument(
    program.pointTypes.some(({ id }) => id === pointType),
    "options.pointType",
    () => `options.pointType is ${shown(pointType)}: program ${shown(program.id)} has no such points`,
  );

  const { columns } = pointMovements(events, { basis, asOf, program });
  const calendar = { timeZone, firstMonth, weekStartsOn };
  const indexOf = periodReader(by, calendar);
  const originsOf = lotOrigins(events);
  const flows = new Map<number, PointSums>();
  const cohorts = new Map<number, PointSums>();
  const lots = new Map<readonly LotOrigin[], PointSums>();
  const rules = new Map<string | null, SharedPoints>();
  const tiers = new Map<string | null, SharedPoints>();
  const accounts = new Set<string>();
  let before = 0;
  let earliest = asOf;
  for (let row = 0; row < columns.at.length; row++) {
    if (columns.pointType[row] !== pointType) continue;
    const at = columns.at[row];
    const [kind, points, issuedAt] = [columns.kind[row], columns.points[row], columns.issuedAt[row]];
    accounts.add(columns.accountId[row]);
    if (at < start) before += points;
    else {
      addMovement(flows, indexOf(at), kind, points);
      earliest = Math.min(earliest, at);
    }
    if (issuedAt < start) continue;
    addMovement(cohorts, indexOf(issuedAt), kind, points);
    const origins = originsOf(columns.accountId[row], columns.lot[row]);
    addMovement(lots, origins, kind, points);
  }
  // Whole lots are shared out, so that what is nothing in whole points is nothing in shares.
  for (const [origins, sums] of lots) {
    for (const origin of origins) {
      addShare(rules, origin.ruleId, sums, origin);
      addShare(tiers, origin.tier, sums, origin);
    }
  }
  const from = options.start === undefined ? earliest : start;
  const costOf = (points: number) =>
    costPerPoint === undefined ? null : multiplyInteger(points, costPerPoint);
  const flowOf = (
    period: string,
    begin: number,
    end: number,
    opening: number,
    sums: PointSums,
    cost: number | null,
  ): ProgramFlows => {
    const { issued, adjusted, transferred, redeemed, expired, clawedBack } = sums;
    return {
      period,
      start: begin,
      end,
      opening,
      ...sums,
      closing: opening + issued + adjusted + transferred - redeemed - expired - clawedBack,
      cost,
      redemptionRate: ratio(redeemed, issued - clawedBack, "points issued less clawed back"),
    };
  };
  const periods: ProgramFlows[] = [];
  let opening = before;
  let redeemed = 0;
  let costBefore = costOf(0);
  for (let index = indexOf(from); from < asOf && index <= indexOf(asOf - 1); index++) {
    const { label, start: begin, end } = periodAt(index, by, calendar);
    const sums = flows.get(index) ?? NO_POINTS;
    redeemed += sums.redeemed;
    const costToDate = costOf(redeemed);
    const cost = costToDate === null || costBefore === null ? null : costToDate - costBefore;
    const flow = flowOf(label, Math.max(begin, start), Math.min(end, asOf), opening, sums, cost);
    periods.push(flow);
    opening = flow.closing;
    costBefore = costToDate;
  }
  const sums = [...flows.values()].reduce(plusPointSums, NO_POINTS);
  const total = flowOf("total", from, asOf, before, sums, costOf(sums.redeemed));
  const cost = total.cost === null ? null : total.cost + runningCost;
  const net = cost === null || incrementalMargin === undefined ? null : incrementalMargin - cost;
  return {
    pointType,
    currency,
    accounts: accounts.size,
    total,
    periods,
    cohorts: [...cohorts]
      .sort(([a], [b]) => a - b)
      .map(([index, sums]) => outcomeOf(periodAt(index, by, calendar).label, sums)),
    rules: outcomesOf(
      rules,
      program.earnRules.map(({ id }) => id),
    ),
    tiers: outcomesOf(tiers, program.tiers?.levels.map(({ id }) => id) ?? []),
    incrementalMargin: incrementalMargin ?? null,
    cost,
    net,
    roi:
      net === null || cost === null
        ? {
            value: null,
            numerator: 0,
            denominator: cost ?? 0,
            reason: `${cost === null ? "costPerPoint" : "incrementalMargin"} is not given`,
          }
        : ratio(net, cost, "cost"),
  };
}
