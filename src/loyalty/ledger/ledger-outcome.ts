import type { LoyaltyEvent } from "./loyalty-event.js";

/** The answer to a command, small enough to be kept with its key. */
export interface LedgerOutcome {
  /** Type of the event that answers it; `"settled"` for what came due (`expire`). */
  readonly type: LoyaltyEvent["type"] | "settled";
  /** `seq` of that event; for `"settled"` that of the account. */
  readonly seq: number;
  /**
   * Points that it was about (earned, spent, set aside, given or taken back, sent), by type; from 0. Of a return what was
   * taken back, arrears included.
   */
  readonly points: Readonly<Record<string, number>>;
  /**
   * Money that the points paid, minor units; of a hold what they are to pay, of a reversal what they had paid. `null` where
   * they paid none.
   */
  readonly amount: number | null;
  /** Money to pay beside the points of a reward, minor units; of a reversal what was paid so. */
  readonly cash: number;
  /** Of a return: points that were due back, by type, whether they were taken or not; absent for all else. */
  readonly due?: Readonly<Record<string, number>>;
  /** Of a return: what was due and is let go by the programme's return policy, by type: `due` less `points`. */
  readonly unrecovered?: Readonly<Record<string, number>>;
}
