import type { OrderLine } from "../ledger/loyalty-command.js";
import type { EarnedEvent, EarnedLine, OpenedLot } from "../ledger/loyalty-event.js";

/** An order, a visit or an event that may earn, with its instant as a number: an earn command once it is read. */
export interface EarnOrder {
  /** The order (or visit, or event). */
  readonly orderId: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Lines, each with an id of its own; none for a mere visit or event. */
  readonly lines: readonly OrderLine[];
  /** Minor units of these lines that were paid with points, at most their sum; default 0. */
  readonly paidWithPoints?: number;
  /** Where it was bought. */
  readonly channel?: string;
  /** Segments that the member is in now. */
  readonly segmentIds?: readonly string[];
  /** Whether it is a visit; default true where there are lines. */
  readonly visit?: boolean;
  /** What the member did: signup, review, survey. */
  readonly event?: string;
}

/** What the account says about the member who earns. */
export interface EarnContext {
  /** Level at the start of the order; `null` below the lowest. */
  readonly tier: string | null;
  /** Birthday `"YYYY-MM-DD"`; `null` unknown. */
  readonly birthday: string | null;
  /** Whether no order has earned before. */
  readonly firstPurchase: boolean;
  /** The measure of the tier plan in the current term before this order; 0 without tiers. */
  readonly qualifying: number;
  /** Points that a rule has counted in a period so far (see `counted` of the earned events), 0 where none. */
  readonly counted: (ruleId: string, period: string) => number;
}

/** A lot to open: an {@link OpenedLot} that has no number yet. */
export type EarnedLot = Omit<OpenedLot, "lot">;

/** What an order earns: all that an earned event says of it. */
export interface PointsEarned {
  /** Lots, one for each type of point and lapse; none where nothing was earned. */
  readonly lots: readonly EarnedLot[];
  /** The lines of the order, each with the points that fall to it; points of visits and events fall to none. */
  readonly lines: readonly EarnedLine[];
  /** What to add to the counters of capped rules and of birthdays. */
  readonly counted: EarnedEvent["counted"];
  /** What counts towards a tier, and on which local day (since 1970-01-01). */
  readonly qualifying: EarnedEvent["qualifying"];
}
