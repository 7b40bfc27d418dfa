import { assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { qualifyingReader } from "../ledger/qualifying-days.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { type TierOutlook, tierOutlook } from "../tiers/tier-outlook.js";
import { accountAt, type LoyaltyHistory } from "./account-at.js";

/**
 * How far is this member from the next level, and which level comes next if nothing more is counted?
 *
 * What {@link tierOutlook} says, for an account at an instant: its terms that have ended by then are reviewed first.
 *
 * @param program - The programme.
 * @param source - The account, or all its events.
 * @param options - `at`: the instant; what happened at it or before counts, as in {@link balanceAt}.
 * @returns Count and what is missing (points, money, visits or orders, as the plan measures), and the projected level; `null`
 * without levels, and before enrolment.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `at` lies before the last event of an account (pass the events).
 * @example
 * ```ts
 * import { accountTierOutlook, defineProgram, emptyLoyaltyAccount, simulateLoyalty } from "clientele";
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
 * const { account } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "earn", key: "k2", at: "2025-02-01", orderId: "O-1", lines: [{ lineId: "1", amount: 380_00 }] },
 * ]);
 * accountTierOutlook(program, account, { at: "2025-03-01" })?.next; // => { tier: "gold", missing: 12000 }
 * ```
 */
export function accountTierOutlook(
  program: LoyaltyProgram,
  source: LoyaltyHistory,
  options: { readonly at: Instant },
): TierOutlook | null {
  assertProgram(program);
  assertOptions(options, "{ at }");
  const at = epochMs(options.at, "options.at", program.timeZone);
  const account = accountAt(program, source, at);
  const { standing, enrolledAt } = account;
  if (standing === null || enrolledAt === null) return null;
  return tierOutlook(program, standing, qualifyingReader(program, account), at, enrolledAt);
}
