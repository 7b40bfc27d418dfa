import type { QualifyingActivity } from "../tiers/tier-standing.js";

/** What came back of an order: by lines or by amount, never both. */
export interface ReturnedOrder {
  /** Units that came back, by line. */
  readonly lines: Readonly<Record<string, number>>;
  /** Value of the goods that came back, at the prices of the lines, minor units; `null` where lines came back. */
  readonly amount: number | null;
  /** Points that were due back, by type. */
  readonly due: Readonly<Record<string, number>>;
  /** What no longer counts towards a tier, as numbers from 0. */
  readonly qualifying: QualifyingActivity;
  /** Whether all of it came back. */
  readonly whole: boolean;
}
