import type { QualifyingActivity, TierStanding } from "../tiers/tier-standing.js";
import type { LotAllocation, LoyaltyEventBase } from "./event-parts.js";
import type { TransferredLot } from "./loyalty-command.js";
import type {
  ActivatedEvent,
  AuthorizedEvent,
  CapturedEvent,
  ClawedBackEvent,
  ClosedEvent,
  MembersChangedEvent,
  PointsExpiredEvent,
  ReallocatedEvent,
  RedeemedEvent,
  TierChangedEvent,
  VoidedEvent,
} from "./movement-events.js";
import type { ReturnedOrder } from "./returned-order.js";

/** A lot as an event opens it. */
export interface OpenedLot {
  /** Number of the lot in its account: 0, 1, 2, ... */
  readonly lot: number;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** When they were earned, epoch milliseconds. */
  readonly earnedAt: number;
  /** From when on they count, epoch milliseconds. */
  readonly activeAt: number;
  /** When they lapse, epoch milliseconds; `null` never, or with the account's activity (see `sliding`). */
  readonly expiresAt: number | null;
  /** Lapses with the account's activity; absent: no. */
  readonly sliding?: true;
  /** Rules that gave them, each with its points. */
  readonly rules?: readonly { readonly ruleId: string; readonly points: number }[];
}

/** An account was opened. */
export interface EnrolledEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "enrolled";
  /** The programme. */
  readonly programId: string;
  /** The owner. */
  readonly memberId: string;
  /** The owner's birthday, `"YYYY-MM-DD"`; `null` unknown. */
  readonly birthday: string | null;
  /** Level at the start; `null` without a tier plan. */
  readonly standing: TierStanding | null;
}

/** A line as it earned: what of each type of point is due to it, for returns. */
export interface EarnedLine {
  /** Id in the order. */
  readonly lineId: string;
  /** Units. */
  readonly quantity: number;
  /** Money of the line, minor units. */
  readonly amount: number;
  /** Points by type that this line earned; the lines of an order with the rest come to its lots. */
  readonly points: Readonly<Record<string, number>>;
}

/** An order, visit or event earned. */
export interface EarnedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "earned";
  /** The order, visit or event. */
  readonly orderId: string;
  /** Who of the household. */
  readonly memberId: string;
  /** Where it was bought; `null` unknown. */
  readonly channel: string | null;
  /** Segments that the member was in. */
  readonly segmentIds: readonly string[];
  /** Level at the start of the order. */
  readonly tier: string | null;
  /** Lines as they earned. */
  readonly lines: readonly EarnedLine[];
  /** Lots that it opened. */
  readonly lots: readonly OpenedLot[];
  /** Points that counted against a cap, by rule and period. */
  readonly counted: readonly { readonly ruleId: string; readonly period: string; readonly points: number }[];
  /** Points of the new lots that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
  /** What counts towards a tier, and on which local day (since 1970-01-01). */
  readonly qualifying: QualifyingActivity & { readonly day: number };
}

/** Points were added (with a lot) or taken (from lots) by hand. */
export interface AdjustedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "adjusted";
  /** Type of point. */
  readonly pointType: string;
  /** Points added (above 0) or taken (below 0). */
  readonly points: number;
  /** Why. */
  readonly reason: string;
  /** Who decided it. */
  readonly actor: string;
  /** The lot that was opened; none where points were taken. */
  readonly lots: readonly OpenedLot[];
  /** Lots that it took from. */
  readonly allocations: readonly LotAllocation[];
  /** Points of the new lot that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
}

/** Points of a redemption came back. */
export interface RedemptionReversedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "redemptionReversed";
  /** The redemption, or the hold that was captured. */
  readonly redemptionId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** Back into their lots. */
  readonly restored: readonly LotAllocation[];
  /** Into lots that had lapsed: they lapse at once. */
  readonly lapsed: readonly LotAllocation[];
  /** Taken out of their lots for good, because they came back as new lots. */
  readonly moved: readonly LotAllocation[];
  /** New lots that points came back in. */
  readonly lots: readonly OpenedLot[];
  /** Of what came back, points that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
  /** Money that the points had paid, minor units; all parts of a redemption come to its whole. `null` where they paid none. */
  readonly amount: number | null;
  /** Money that was paid beside the points of a reward, minor units; all parts come to the whole. */
  readonly cash: number;
}

/** Points left for another account. */
export interface TransferredOutEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "transferredOut";
  /** The transfer, the same on both sides. */
  readonly transferId: string;
  /** The account that gets them. */
  readonly to: string;
  /** Lots that it took from. */
  readonly allocations: readonly LotAllocation[];
  /** The same points as lots on their way, with their dates. */
  readonly lots: readonly TransferredLot[];
}

/** An order that earned in an account that was merged into this one. */
export interface MergedOrder {
  /** The order, visit or event. */
  readonly orderId: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Its local day (since 1970-01-01), on which it counts towards a level in the account that went. */
  readonly day: number;
  /** Lines as they earned. */
  readonly lines: readonly EarnedLine[];
  /** Points that it had earned, by type. */
  readonly earned: Readonly<Record<string, number>>;
  /** Points of them that had lapsed, by type: nobody owes them. */
  readonly lapsed: Readonly<Record<string, number>>;
  /** Number of the first lot here that has points of it; the others follow it. */
  readonly firstLot: number;
  /** How many lots have. */
  readonly lotCount: number;
  /** What had come back of it; `null` nothing. */
  readonly returned: Omit<ReturnedOrder, "qualifying"> | null;
}

/** What an account knows that is merged into another one, which goes on knowing it. */
export interface MergedHistory {
  /** Orders, visits and events that had earned there and not here. */
  readonly orders: readonly MergedOrder[];
  /** Redemptions and holds, each with the account that it was booked in. */
  readonly debits: readonly { readonly debitId: string; readonly accountId: string }[];
  /** Points that counted against a cap, by rule and period. */
  readonly counted: readonly { readonly ruleId: string; readonly period: string; readonly points: number }[];
  /** Money that points paid of orders, minor units. */
  readonly paid: readonly { readonly orderId: string; readonly amount: number }[];
  /** Orders with lines that had earned. */
  readonly purchases: number;
}

/** Points came from another account. */
export interface TransferredInEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "transferredIn";
  /** The transfer, the same on both sides. */
  readonly transferId: string;
  /** The account that sent them. */
  readonly from: string;
  /** Lots that it opened. */
  readonly lots: readonly OpenedLot[];
  /** Points of the new lots that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
  /** What the other account is known by, where it was merged into this one; absent: points were sent. */
  readonly merged?: MergedHistory;
}

/** Everything that can have happened to an account. */
export type LoyaltyEvent =
  | EnrolledEvent
  | EarnedEvent
  | ActivatedEvent
  | PointsExpiredEvent
  | AdjustedEvent
  | AuthorizedEvent
  | CapturedEvent
  | VoidedEvent
  | RedeemedEvent
  | RedemptionReversedEvent
  | ClawedBackEvent
  | TransferredOutEvent
  | TransferredInEvent
  | TierChangedEvent
  | ReallocatedEvent
  | MembersChangedEvent
  | ClosedEvent;
