import { assertArray } from "../../core/assert.js";
import type { Result } from "../../core/result.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { decideLoyalty } from "./decide-loyalty.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyCommand } from "./loyalty-command.js";
import type { LoyaltyDecision } from "./loyalty-decision.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import type { LoyaltyRefusal } from "./loyalty-refusal.js";

/** What a series of commands would come to. */
export interface LoyaltySimulation {
  /** All events, in order. */
  readonly events: readonly LoyaltyEvent[];
  /** The answer to each command, in its place. */
  readonly outcomes: readonly Result<LoyaltyDecision, LoyaltyRefusal>[];
  /** The account after them. */
  readonly account: LoyaltyAccount;
}

/**
 * What would these commands do, one after the other?
 *
 * A dry run: nothing is kept but what is returned. A refused command changes nothing for the next one.
 *
 * @param program - The programme, or the one that is being considered.
 * @param account - The account to begin with; it is not changed.
 * @param commands - Commands in the order of their arrival.
 * @returns All events, the answer to each command, the account after them.
 * @throws {@link ClienteleError} as {@link decideLoyalty}.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const simulated = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "adjust", key: "k2", at: "2025-01-02", points: 100, reason: "opening balance", actor: "import" },
 *   { type: "redeem", key: "k3", at: "2025-01-03", redemptionId: "R-1", points: 30 },
 * ]);
 * simulated.account.points.points.balances.available; // => 70
 * simulated.outcomes.every(({ ok }) => ok); // => true
 * ```
 */
export function simulateLoyalty(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  commands: readonly LoyaltyCommand[],
): LoyaltySimulation {
  assertArray(commands, "commands");
  const events: LoyaltyEvent[] = [];
  const outcomes: Result<LoyaltyDecision, LoyaltyRefusal>[] = [];
  let after = account;
  for (const command of commands) {
    const outcome = decideLoyalty(program, after, command);
    outcomes.push(outcome);
    if (!outcome.ok) continue;
    events.push(...outcome.value.events);
    after = outcome.value.account;
  }
  return { events, outcomes, account: after };
}
