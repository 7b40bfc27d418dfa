import { civilDay } from "../../core/civil-day.js";
import { type PeriodSpec, periodAt, periodReader } from "../../core/period.js";
import { localDay } from "../../core/time-zone.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { LoyaltyHistory } from "./account-at.js";
import { type BalanceOptions, balanceAt } from "./balance-at.js";

/** Which points, when, and how finely. */
export interface ExpiringPointsOptions extends BalanceOptions {
  /** Sums what lapses by period; default each instant apart. */
  readonly by?: PeriodSpec;
  /** First day of the week, 0 Sunday to 6 Saturday, for weeks; default 1. */
  readonly weekStartsOn?: number;
  /** First month of the year, 1 to 12, for quarters, half-years and years; default 1. */
  readonly firstMonth?: number;
}

/** Points that lapse at one instant, or in one period. */
export interface ExpiringPoints {
  /** The first instant at which any of them can no longer be spent, epoch milliseconds. */
  readonly at: number;
  /** The last civil day on which all of them can still be spent, `"YYYY-MM-DD"` in the programme's zone. */
  readonly lastDay: string;
  /** The period that holds their last usable instant; `null` where each instant stands apart. */
  readonly period: string | null;
  /** Points. */
  readonly points: number;
}

/** Everything that a member can spend, by when it must be spent. */
export interface ExpiringPointsSchedule {
  /** The account. */
  readonly accountId: string;
  /** The type of point. */
  readonly pointType: string;
  /** The instant, epoch milliseconds. */
  readonly at: number;
  /** What lapses, soonest first; with `never` it sums to `available`. */
  readonly rows: readonly ExpiringPoints[];
  /** Points that never lapse. */
  readonly never: number;
  /** All points that can be spent. */
  readonly available: number;
}

/**
 * Until when must which points be spent?
 *
 * Every point that can be spent now stands in one row, or in `never`: the schedule sums to the balance. Pending and held
 * points are in none. Points that slide lapse when they would without further activity. A period counts what must be spent
 * in it: points that lapse with the end of January stand under January, though the books show the lapse at the first
 * instant of February.
 *
 * @param program - The programme.
 * @param source - The account, or all its events.
 * @param options - The instant, the type of point, and the period.
 * @returns Rows in the order of time, and what never lapses.
 * @throws {@link ClienteleError} as {@link balanceAt}.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, expiringPoints, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const gift = { type: "adjust", at: "2025-01-01", reason: "gift", actor: "desk" } as const;
 * const { account } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { ...gift, key: "k2", points: 100, expiresAt: "2025-02-01" },
 *   { ...gift, key: "k3", points: 50, expiresAt: null },
 * ]);
 * const schedule = expiringPoints(program, account, { at: "2025-01-02", by: "month" });
 * schedule.rows.map(({ period, lastDay, points }) => [period, lastDay, points]); // => [["2025-01", "2025-01-31", 100]]
 * schedule.never; // => 50
 * ```
 */
export function expiringPoints(
  program: LoyaltyProgram,
  source: LoyaltyHistory,
  options: ExpiringPointsOptions,
): ExpiringPointsSchedule {
  const { accountId, pointType, at, available, expiring } = balanceAt(program, source, options);
  const { timeZone } = program;
  const { by, weekStartsOn, firstMonth } = options;
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = by === undefined ? null : periodReader(by, calendar);
  const rows = new Map<number, ExpiringPoints>();
  let never = 0;
  for (const { at: lapse, points } of expiring) {
    if (lapse === null) {
      never += points;
      continue;
    }
    const index = indexOf === null ? lapse : indexOf(lapse - 1);
    const row = rows.get(index);
    rows.set(index, {
      // Soonest first: the first row of a period has its first lapse.
      at: row?.at ?? lapse,
      lastDay: row?.lastDay ?? lastWholeDay(lapse, timeZone),
      period: by === undefined ? null : periodAt(index, by, calendar).label,
      points: (row?.points ?? 0) + points,
    });
  }
  return { accountId, pointType, at, rows: [...rows.values()], never, available };
}

function lastWholeDay(lapse: number, timeZone: string): string {
  return civilDay(localDay(lapse - 1, timeZone));
}
