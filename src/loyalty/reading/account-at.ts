import { assertArray, assertOptions } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { isWhatCameDue } from "../ledger/outcome.js";
import { settleLoyalty } from "../ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";

/** An account, or all its events from the first one on: these can also be read at an instant before the last. */
export type LoyaltyHistory = LoyaltyAccount | readonly LoyaltyEvent[];

/**
 * When each event was in the books, whether or not a job had booked it by then: an answer to a command when it was
 * recorded; what came due, when it was due, or with the command that made it due in hindsight. Never falls.
 *
 * @internal
 */
export function bookedInstants(events: readonly LoyaltyEvent[]): number[] {
  let answered = -Infinity;
  return events.map((event) => {
    const { key, at, recordedAt } = event;
    if (key === null || isWhatCameDue(event)) return Math.max(at, answered);
    answered = recordedAt;
    return recordedAt;
  });
}

/**
 * The account as the books showed it at an instant, with everything that had come due: what happened and was recorded at
 * it or before.
 *
 * @internal
 */
export function accountAt(program: LoyaltyProgram, source: LoyaltyHistory, at: number): LoyaltyAccount {
  return settleLoyalty(program, knownAccount(source, at), at).account;
}

function knownAccount(source: LoyaltyHistory, at: number): LoyaltyAccount {
  if (isEvents(source)) {
    const first = source[0];
    if (first === undefined) {
      throw new ClienteleError(
        "INVALID_ARGUMENT",
        "source",
        "source has no events: pass emptyLoyaltyAccount(id) for an account without any",
      );
    }
    const instants = bookedInstants(source);
    const after = instants.findIndex((instant) => instant > at);
    return foldLoyalty(
      after < 0 ? source : source.slice(0, after),
      // Nobody else has it, so that folding nothing gives it back.
      emptyLoyaltyAccount(first.accountId),
    );
  }
  assertOptions(source, "an account, or its events", "source");
  const { recordedAt } = source;
  if (recordedAt !== null && at < recordedAt) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "options.at",
      `options.at is ${new Date(at).toISOString()}, before the account's last event, ${new Date(recordedAt).toISOString()}: pass all its events instead of the account`,
    );
  }
  return source;
}

function isEvents(source: LoyaltyHistory): source is readonly LoyaltyEvent[] {
  if (!Array.isArray(source)) return false;
  assertArray(source, "source");
  return true;
}
