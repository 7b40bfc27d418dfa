import { assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { accountLots } from "../ledger/account-lots.js";
import type { LoyaltyAccount } from "../ledger/loyalty-account.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { accountAt, type LoyaltyHistory } from "./account-at.js";

/** Which points, and when. */
export interface BalanceOptions {
  /**
   * The instant: what happened and came due at it or before counts. A civil day is its start in the programme's zone. (An
   * `asOf`, as the roll-forwards have it, leaves out what happens at that very instant; this is no such cut.)
   */
  readonly at: Instant;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
}

/** Points with the instant at which something becomes of them. */
export interface PointsDue {
  /** The instant, epoch milliseconds; `null` never. */
  readonly at: number | null;
  /** Points, above 0. */
  readonly points: number;
}

/** What a member has of one type of point at an instant. */
export interface PointBalance {
  /** The account. */
  readonly accountId: string;
  /** The type of point. */
  readonly pointType: string;
  /** The instant, epoch milliseconds. */
  readonly at: number;
  /** `available - arrears`: below 0 where the member owes points. */
  readonly balance: number;
  /** Points that can be spent. */
  readonly available: number;
  /** Points that do not count yet. */
  readonly pending: number;
  /** Points set aside by open holds. */
  readonly held: number;
  /** Points that the member owes, from 0. */
  readonly arrears: number;
  /** When the available points lapse, soonest first and those that never do last; they sum to `available`. */
  readonly expiring: readonly PointsDue[];
  /** When the pending points begin to count; they sum to `pending`. */
  readonly activating: readonly PointsDue[];
}

/**
 * How many points does a member have at an instant, and when do they lapse?
 *
 * Points count from their first instant (`activeAt <= at < expiresAt`), whether or not a job has booked what came due. With
 * all events as the source the answer is the one that the member would have been given then: what was recorded later is not
 * in it. ({@link loyaltyStatement} with `basis: "occurred"` is by when things happened.)
 *
 * @param program - The programme.
 * @param source - The account, for its last event and later; or all its events, for any instant.
 * @param options - The instant, and the type of point.
 * @returns Available, pending, held and owed points, and when they lapse.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `at` lies before the last event of an account (pass the events),
 * when the programme and the account know no such type of point, or the events do not fit together.
 * @example
 * ```ts
 * import { balanceAt, defineProgram, emptyLoyaltyAccount, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const { account, events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "adjust", key: "k2", at: "2025-01-02", points: 100, expiresAt: "2025-06-01", reason: "gift", actor: "desk" },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 30 },
 * ]);
 * balanceAt(program, account, { at: "2025-03-01" }).balance; // => 70
 * balanceAt(program, account, { at: "2025-06-01" }).balance; // => 0
 * balanceAt(program, events, { at: "2025-01-31" }).balance; // => 100
 * balanceAt(program, account, { at: "2025-01-31" }); // throws INVALID_ARGUMENT
 * ```
 */
export function balanceAt(
  program: LoyaltyProgram,
  source: LoyaltyHistory,
  options: BalanceOptions,
): PointBalance {
  const { account, at, pointType } = readingOf(program, source, options);
  const { available, pending, held, arrears } = Object.hasOwn(account.points, pointType)
    ? account.points[pointType].balances
    : NOTHING;
  const lots = accountLots(account).filter((lot) => lot.pointType === pointType && lot.remaining > 0);
  return {
    accountId: account.accountId,
    pointType,
    at,
    balance: available + arrears,
    available,
    pending,
    held,
    // Not -0.
    arrears: 0 - arrears,
    expiring: summedDue(
      lots
        .filter(({ status }) => status === "active")
        .map(({ expiresAt, remaining }) => ({ at: expiresAt, points: remaining })),
    ),
    activating: summedDue(
      lots
        .filter(({ status }) => status === "pending")
        .map(({ activeAt, remaining }) => ({ at: activeAt, points: remaining })),
    ),
  };
}

const NOTHING = { available: 0, pending: 0, held: 0, arrears: 0 };

/** What a reader asks for: the account at the instant, and the type of point. @internal */
export function readingOf(
  program: LoyaltyProgram,
  source: LoyaltyHistory,
  options: BalanceOptions,
): { readonly account: LoyaltyAccount; readonly at: number; readonly pointType: string } {
  assertProgram(program);
  assertOptions(options, "{ at, pointType? }");
  const at = epochMs(options.at, "options.at", program.timeZone);
  const account = accountAt(program, source, at);
  const asked = options.pointType;
  const pointType =
    asked ??
    program.pointTypes.find(({ kind }) => kind === "spendable")?.id ??
    program.pointTypes[0]?.id ??
    "";
  const isKnown =
    program.pointTypes.some(({ id }) => id === pointType) || Object.hasOwn(account.points, pointType);
  if (!isKnown) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "options.pointType",
      `options.pointType is ${shown(pointType)}: program ${shown(program.id)} has ${program.pointTypes.map(({ id }) => shown(id)).join(", ")}`,
    );
  }
  return { account, at, pointType };
}

function summedDue(parts: readonly PointsDue[]): PointsDue[] {
  const sums = new Map<number | null, number>();
  for (const { at, points } of parts) sums.set(at, (sums.get(at) ?? 0) + points);
  return [...sums]
    .map(([at, points]) => ({ at, points }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}
