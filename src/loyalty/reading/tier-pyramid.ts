import { assertArray, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../ledger/loyalty-account.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import type { LoyaltyHistory } from "./account-at.js";
import { readingOf } from "./balance-at.js";

/** As of when, and which points. */
export interface TierPyramidOptions {
  /** What happens or comes due at it or later does not exist yet. */
  readonly asOf: Instant;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
}

/** The members of one level. */
export interface TierPyramidLevel {
  /** The level; `null` for members below the lowest. */
  readonly tier: string | null;
  /** Its name for people; the id where it has none; `null` below the lowest. */
  readonly name: string | null;
  /** Count from which on a member has it, in the plan's measure; `null` below the lowest. */
  readonly threshold: number | null;
  /** Members. */
  readonly members: number;
  /** Share of all members. */
  readonly shareOfMembers: Rate;
  /** Points outstanding: available, pending and held. */
  readonly points: number;
  /** Share of all points outstanding. */
  readonly shareOfPoints: Rate;
}

/** The members of a programme by level. */
export interface TierPyramid {
  /** The first instant that does not count, epoch milliseconds. */
  readonly asOf: number;
  /** Zone of the programme. */
  readonly timeZone: string;
  /** Type of the points. */
  readonly pointType: string;
  /** Members: accounts that are open. */
  readonly members: number;
  /** Points outstanding. */
  readonly points: number;
  /** Every level of the plan from the highest down, then those below the lowest if there are any. */
  readonly levels: readonly TierPyramidLevel[];
}

/**
 * How many members stand at each level, and who holds the points?
 *
 * A picture of all members at the end of a time: what happens or comes due at `asOf` or later does not exist yet, as in
 * {@link programEconomics} and the roll-forwards, so that the points here come to the closing there. Terms that ended before
 * it are reviewed first.
 *
 * @param program - The programme.
 * @param accounts - Each member's account, or all its events, once; closed accounts and those before enrolment do not count.
 * @param options - `asOf`, the first instant that no longer counts, and the type of point.
 * @returns Members and points of each level, from the highest down.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an account has an event at `asOf` or later (pass its events) or
 * stands twice, and as {@link balanceAt}.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, simulateLoyalty, tierPyramid } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   tiers: {
 *     levels: [{ id: "basic", threshold: 0 }, { id: "gold", threshold: 500_00 }],
 *     measure: { kind: "spend" },
 *     period: { kind: "calendar", unit: "year" },
 *     downgrade: "byBalance",
 *     levelOfOrder: "start",
 *   },
 * });
 * const bought = (id: string, amount: number) =>
 *   simulateLoyalty(program, emptyLoyaltyAccount(id), [
 *     { type: "enroll", key: "k1", at: "2025-01-01", memberId: id },
 *     { type: "earn", key: "k2", at: "2025-02-01", orderId: "O-1", lines: [{ lineId: "1", amount }] },
 *   ]).account;
 * const accounts = [bought("A", 600_00), bought("B", 80_00), bought("C", 0)];
 * tierPyramid(program, accounts, { asOf: "2025-03-01" }).levels.map(({ tier, members }) => [tier, members]);
 * // => [["gold", 1], ["basic", 2]]
 * ```
 */
export function tierPyramid(
  program: LoyaltyProgram,
  accounts: readonly LoyaltyHistory[],
  options: TierPyramidOptions,
): TierPyramid {
  assertArray(accounts, "accounts");
  assertOptions(options, "{ asOf, pointType? }");
  const counts = new Map<string | null, { members: number; points: number }>();
  const all = { members: 0, points: 0 };
  assertProgram(program);
  const asOf = epochMs(options.asOf, "options.asOf", program.timeZone);
  const last = asOf - 1;
  // One account without events says what is asked for, also where there are no accounts.
  const { pointType } = readingOf(program, emptyLoyaltyAccount(""), {
    at: last,
    pointType: options.pointType,
  });
  const places = new Map<string, number>();
  for (const [i, source] of accounts.entries()) {
    assertKnownThen(source, asOf, `accounts[${i}]`);
    const { account } = readingOf(program, source, { at: last, pointType });
    assertOnce(places, account.accountId, i);
    if (account.status !== "open") continue;
    const tier = account.standing?.tier ?? null;
    const level = counts.get(tier) ?? { members: 0, points: 0 };
    counts.set(tier, level);
    const points = outstanding(account, pointType);
    for (const sum of [level, all]) {
      sum.members++;
      sum.points = safeInteger(sum.points + points, "accounts", "the points outstanding");
    }
  }
  const plan = [...(program.tiers?.levels ?? [])].reverse();
  // A level that the plan no longer has stands until its next review.
  const gone = [...counts.keys()].filter(
    (tier): tier is string => tier !== null && !plan.some(({ id }) => id === tier),
  );
  const levelOf = (tier: string | null, name: string | null, threshold: number | null): TierPyramidLevel => {
    const { members, points } = counts.get(tier) ?? { members: 0, points: 0 };
    return {
      tier,
      name,
      threshold,
      members,
      shareOfMembers: ratio(members, all.members, "members"),
      points,
      shareOfPoints: ratio(points, all.points, "points outstanding"),
    };
  };
  return {
    asOf,
    timeZone: program.timeZone,
    pointType,
    ...all,
    levels: [
      ...plan.map(({ id, name, threshold }) => levelOf(id, name ?? id, threshold)),
      ...gone.sort().map((tier) => levelOf(tier, tier, null)),
      ...(counts.has(null) ? [levelOf(null, null, null)] : []),
    ],
  };
}

/** An account cannot be read before its last event; its events can. */
function assertKnownThen(source: LoyaltyHistory, asOf: number, path: string): void {
  const recordedAt = "recordedAt" in source ? source.recordedAt : null;
  if (recordedAt === null || recordedAt < asOf) return;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    path,
    `${path} has an event of ${new Date(recordedAt).toISOString()}, not before options.asOf, ${new Date(asOf).toISOString()}: pass all its events instead of the account`,
  );
}

/** The same account twice counts as two members. */
function assertOnce(places: Map<string, number>, accountId: string, i: number): void {
  const first = places.get(accountId);
  if (first === undefined) {
    places.set(accountId, i);
    return;
  }
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    `accounts[${i}]`,
    `accounts[${i}] is account ${shown(accountId)}, as accounts[${first}] is: pass each account once`,
  );
}

function outstanding(account: LoyaltyAccount, pointType: string): number {
  if (!Object.hasOwn(account.points, pointType)) return 0;
  const { available, pending, held } = account.points[pointType].balances;
  return available + pending + held;
}
