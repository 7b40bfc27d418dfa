/** The accounts between which points move. Each event's postings come to zero for each type of point. */
export type PointAccount =
  | "issued"
  | "pending"
  | "available"
  | "held"
  | "redeemed"
  | "expired"
  | "clawedBack"
  | "transferred"
  | "adjusted"
  | "arrears";

/** One side of a movement: points into an account (above 0) or out of it (below 0). */
export interface PointPosting {
  /** Which account. */
  readonly account: PointAccount;
  /** Which type of point. */
  readonly pointType: string;
  /** Points, never 0. */
  readonly points: number;
}

/** Points of one lot. */
export interface LotAllocation {
  /** Number of the lot in its account. */
  readonly lot: number;
  /** Points, above 0. */
  readonly points: number;
}

/** What is common to all events. */
export interface LoyaltyEventBase {
  /** Version of this form: 1. */
  readonly version: 1;
  /** The account. */
  readonly accountId: string;
  /** Place in the account's history: 1, 2, 3, ... without a gap. */
  readonly seq: number;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** When it was booked, epoch milliseconds; never falls. */
  readonly recordedAt: number;
  /**
   * Key of the command that it answers; `null` where it only follows from one, or books what came due before it. Of what
   * `expire` books the last event has its key.
   */
  readonly key: string | null;
  /** Fingerprint of that command, `null` with `key`. */
  readonly fingerprint: string | null;
  /** Movements, zero in sum for each type of point. */
  readonly postings: readonly PointPosting[];
  /** New lapse of all sliding points of a type, epoch milliseconds, where the event is activity. */
  readonly slides?: readonly { readonly pointType: string; readonly expiresAt: number }[];
}
