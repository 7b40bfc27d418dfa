import type { LoyaltyEvent } from "./loyalty-event.js";

/** The answer to a command, small enough to be kept with its key. */
export interface LedgerOutcome {
  /** Type of the event that answers it; `"settled"` for what came due (`expire`). */
  readonly type: LoyaltyEvent["type"] | "settled";
  /** `seq` of that event; for `"settled"` that of the account. */
  readonly seq: number;
  /** Points that it was about (earned, spent, set aside, given or taken back, sent), by type; from 0. */
  readonly points: Readonly<Record<string, number>>;
  /** Money that the points paid, minor units; `null` where they paid none. */
  readonly amount: number | null;
  /** Money to pay beside the points of a reward, minor units. */
  readonly cash: number;
}
