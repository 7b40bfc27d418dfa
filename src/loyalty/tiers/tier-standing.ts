/** Where a member stands among the levels. Plain data, kept in the account and in the events that change it. */
export interface TierStanding {
  /** The level that holds: the higher one of `earned` and `floor`; `null` below the lowest. */
  readonly tier: string | null;
  /** Since when it holds, epoch milliseconds. */
  readonly since: number;
  /** The level that activity has earned; `null` below the lowest. */
  readonly earned: string | null;
  /** When the earned level is looked at next (end of term with its grace), epoch milliseconds; `null` never. */
  readonly until: number | null;
  /** A level given by hand, below which the member does not fall; `null` none. */
  readonly floor: { readonly tier: string; readonly until: number | null } | null;
}

/** Qualifying activity of one local day (or of any stretch of days). */
export interface QualifyingActivity {
  /** Qualifying points by type. */
  readonly points: Readonly<Record<string, number>>;
  /** Money spent, minor units, less what was returned. */
  readonly spend: number;
  /** Visits. */
  readonly visits: number;
  /** Orders. */
  readonly orders: number;
}

/**
 * Reads the measure of a programme's tier plan (its points, spend, visits or orders) over local days, both ends
 * included; days are numbers since 1970-01-01 in the programme's zone.
 */
export type QualifyingReader = (firstDay: number, lastDay: number) => number;
