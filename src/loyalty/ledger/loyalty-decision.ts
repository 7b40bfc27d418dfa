import type { LedgerOutcome } from "./ledger-outcome.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyEvent } from "./loyalty-event.js";

/** What a command that was granted came to. */
export interface LoyaltyDecision {
  /** New events, in order: store all of them or none. Empty where the command was answered before. */
  readonly events: readonly LoyaltyEvent[];
  /** The answer. */
  readonly outcome: LedgerOutcome;
  /** Whether the command had been answered before: `outcome` is the answer of then. */
  readonly repeated: boolean;
  /** The account after the events. */
  readonly account: LoyaltyAccount;
}
