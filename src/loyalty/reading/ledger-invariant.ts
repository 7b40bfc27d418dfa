/**
 * What must hold of the events of an account.
 *
 * | invariant | says |
 * |---|---|
 * | `version` | events are of version 1 and of a type that it has |
 * | `sequence` | `seq` is 1, 2, 3, ... |
 * | `time` | instants are whole milliseconds; none is booked before the one before it, or before it happened |
 * | `status` | first `enrolled`, once; nothing after `closed` |
 * | `key` | an order, redemption, hold or transfer has an id; it stands once, and so does an idempotency key |
 * | `zeroSum` | postings are whole numbers other than 0 that come to zero for each type of point |
 * | `lot` | lots are numbered 0, 1, 2, ...; nothing is taken from a lot that it does not have, nothing given back that was not taken |
 * | `allocation` | the lots that a debit names sum to its points |
 * | `resolution` | a hold is resolved once, no more is given back than was redeemed |
 * | `agreement` | the postings say what became of the lots |
 * | `arrears` | nobody owes points and has some at the end of a decision; what is owed is never below 0 |
 */
export type LedgerInvariant =
  | "version"
  | "sequence"
  | "time"
  | "status"
  | "key"
  | "zeroSum"
  | "lot"
  | "allocation"
  | "resolution"
  | "agreement"
  | "arrears";

/** The first event that does not hold. */
export interface LedgerFault {
  /** The account. */
  readonly accountId: string;
  /** The event's own number. */
  readonly seq: number;
  /** Its place among the events that were given, from 0. */
  readonly index: number;
  /** What it breaks. */
  readonly invariant: LedgerInvariant;
  /** In words, with the figures. */
  readonly message: string;
}

/** What is broken, without where. @internal */
export type BrokenInvariant = Pick<LedgerFault, "invariant" | "message">;
