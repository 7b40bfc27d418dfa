import { assertArgument, assertArray, assertOneOf, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Table } from "../../core/table.js";
import { eventsByAccount } from "../ledger/events-by-account.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { settleLoyalty } from "../ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { movementReader } from "./movement-reader.js";
import type { PointMovementColumns } from "./point-movement.js";

/** How events become movements. */
export interface PointMovementOptions {
  /**
   * Which time a movement has: when it happened, or when it was booked. Default `"occurred"`; what arrived late and drew on
   * points that came only after it happened counts from when these came. With `"recorded"` the past never changes: what
   * arrives late falls into the period in which it arrived. A lapse has the instant of the lapse in both, unless its points
   * arrived later.
   */
  readonly basis?: "occurred" | "recorded";
  /** Movements at or after it do not exist yet. Default: all that the events hold. */
  readonly asOf?: Instant;
  /**
   * With it, what came due before `asOf` without being booked yet (lapses, ends of holds) is added, so that nothing
   * depends on when an expire job ran. Without it the events must hold these themselves.
   */
  readonly program?: LoyaltyProgram;
  /** IANA name of the zone in which a civil day `asOf` begins. Default the programme's, without one `"UTC"`. */
  readonly timeZone?: string;
}

/**
 * Which points came to members and left them, by lot?
 *
 * One row for each lot that an event changed: the sum of all rows of an account is what it has pending, available and held.
 * Points in a hold stay outstanding until it is captured. What a member owes after a return (arrears) is no negative
 * liability: the points that repay it go as `clawedBack` when they do. Points of a reversed redemption keep the date on
 * which they were issued, in a new lot too.
 *
 * @param events - Events of any number of accounts; those of one account in its order and from its first one on.
 * @param options - Time of the movements, `asOf`, programme.
 * @returns A table: account by account in the order in which they come first, each in the order of its events.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `program` is given without `asOf`, an event is missing, of another
 * version or type, or names a lot that its account has not opened; with `program` also as {@link foldLoyalty}.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, pointMovements, rows, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "earn", key: "k2", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 5000 }] },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 20 },
 * ]);
 * const movements = pointMovements(events, { asOf: "2026-02-01", program });
 * rows(movements).map(({ kind, points }) => [kind, points]); // => [["issued", 50], ["redeemed", -20], ["expired", -30]]
 * ```
 */
export function pointMovements(
  events: readonly LoyaltyEvent[],
  options: PointMovementOptions = {},
): Table<PointMovementColumns> {
  assertArray(events, "events");
  assertOptions(options);
  const { basis = "occurred", program } = options;
  assertOneOf(basis, "options.basis", ["occurred", "recorded"]);
  assertArgument(
    program === undefined || options.asOf !== undefined,
    "options.asOf",
    () =>
      "options.asOf is missing beside options.program: pass the instant up to which to look what came due",
  );
  const { timeZone = program?.timeZone ?? "UTC" } = options;
  const asOf = options.asOf === undefined ? null : epochMs(options.asOf, "options.asOf", timeZone);
  const reader = movementReader(basis, asOf ?? Number.POSITIVE_INFINITY);
  for (const all of eventsByAccount(events).values()) {
    const known =
      basis === "recorded" && asOf !== null ? all.filter(({ recordedAt }) => recordedAt < asOf) : all;
    if (known.length === 0) continue;
    const due = program === undefined || asOf === null ? [] : dueBefore(known, program, asOf);
    reader.read(known, due);
  }
  const { columns } = reader;
  return { length: columns.at.length, columns };
}

function dueBefore(
  events: readonly LoyaltyEvent[],
  program: LoyaltyProgram,
  asOf: number,
): readonly LoyaltyEvent[] {
  const account = foldLoyalty(events, emptyLoyaltyAccount(events[0].accountId));
  return settleLoyalty(program, account, asOf - 1).events;
}
