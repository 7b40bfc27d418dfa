import type { QualifyingActivity, TierStanding } from "../tiers/tier-standing.js";
import type { LotAllocation, LoyaltyEventBase } from "./event-parts.js";

/** Pending points began to count. */
export interface ActivatedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "activated";
  /** Lots that count now, each with all its points. */
  readonly lots: readonly LotAllocation[];
  /** Of those, points that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
}

/** Points lapsed. */
export interface PointsExpiredEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "expired";
  /** Lots that lapsed, each with what was left of it. */
  readonly lots: readonly LotAllocation[];
}

/** What points are worth: so many of them pay so much. */
export interface PointRate {
  /** Points. */
  readonly points: number;
  /** Money that they pay, minor units. */
  readonly amount: number;
}

/** Points were set aside. */
export interface AuthorizedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "authorized";
  /** The hold. */
  readonly holdId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** Lots that it took from. */
  readonly allocations: readonly LotAllocation[];
  /** When the hold ends by itself, epoch milliseconds; `null` never. */
  readonly until: number | null;
  /** Order that the points are to pay; `null` none. */
  readonly orderId: string | null;
  /** Money that the points are to pay, minor units; `null` where points have no value in money. */
  readonly amount: number | null;
  /** What points are worth, by which captured ones will pay; `null` with `amount`. */
  readonly rate: PointRate | null;
}

/** A hold was spent; what was left went back to its lots or lapsed. */
export interface CapturedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "captured";
  /** The hold. */
  readonly holdId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Points that were spent. */
  readonly points: number;
  /** Lots that they were spent from. */
  readonly allocations: readonly LotAllocation[];
  /** What went back to its lots, lapsed ones included. */
  readonly released: readonly LotAllocation[];
  /** Of the released, points whose lot has lapsed meanwhile. */
  readonly lapsed: readonly LotAllocation[];
  /** Of the released, points that repaid arrears; absent: none. */
  readonly repaid?: readonly LotAllocation[];
  /** Order that was paid; `null` none. */
  readonly orderId: string | null;
  /** Money that the points that were spent paid, at the rate of the hold, minor units; `null` where they paid none. */
  readonly amount: number | null;
}

/** A hold was given back, or its time was over. */
export interface VoidedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "voided";
  /** The hold. */
  readonly holdId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** Whether it was given back, or its time was over. */
  readonly reason: "void" | "timeout";
  /** What went back to its lots, lapsed ones included. */
  readonly released: readonly LotAllocation[];
  /** Of the released, points whose lot has lapsed meanwhile. */
  readonly lapsed: readonly LotAllocation[];
  /** Of the released, points that repaid arrears. */
  readonly repaid: readonly LotAllocation[];
}

/** Points were spent. */
export interface RedeemedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "redeemed";
  /** The redemption. */
  readonly redemptionId: string;
  /** Who of the household. */
  readonly memberId: string;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** Lots that it took from. */
  readonly allocations: readonly LotAllocation[];
  /** The reward that was bought; `null` where points paid money. */
  readonly rewardId: string | null;
  /** Order that was paid; `null` none. */
  readonly orderId: string | null;
  /** Money that the points paid, minor units; `null` for a reward. */
  readonly amount: number | null;
  /** Money to pay beside the points of a reward, minor units. */
  readonly cash: number;
}

/** A return took points back. */
export interface ClawedBackEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "clawedBack";
  /** The order that came back. */
  readonly orderId: string;
  /** Units that came back, line by line. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /** Value of the goods that came back, at the prices of the lines, minor units; `null` where lines came back. */
  readonly amount: number | null;
  /** What was due back, by type of point. */
  readonly due: Readonly<Record<string, number>>;
  /** Lots that it took from. */
  readonly allocations: readonly LotAllocation[];
  /** Owed now, by type of point. */
  readonly arrears: Readonly<Record<string, number>>;
  /** Let go, by type of point. */
  readonly unrecovered: Readonly<Record<string, number>>;
  /** What no longer counts towards a tier, as numbers below 0, on the order's day. */
  readonly qualifying: QualifyingActivity & { readonly day: number };
}

/** The member's level, its term or its floor changed. */
export interface TierChangedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "tierChanged";
  /** The level before; `null` none. */
  readonly from: string | null;
  /** Where the member stands now. */
  readonly standing: TierStanding;
  /** What changed it. */
  readonly cause: "upgrade" | "downgrade" | "renewal" | "manual" | "merge";
  /** Why, where it was given by hand; else `null`. */
  readonly reason: string | null;
  /** Who, where it was given by hand; else `null`. */
  readonly actor: string | null;
}

/** Debits after a late earn were allotted anew: net points that each debit takes more (above 0) or less of a lot. */
export interface ReallocatedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "reallocated";
  /** Redemptions that changed, each with all the lots that it takes from now. */
  readonly debits: readonly { readonly debitId: string; readonly allocations: readonly LotAllocation[] }[];
  /** What each lot has less (above 0) or more (below 0) by it. */
  readonly changes: readonly { readonly lot: number; readonly points: number }[];
}

/** Somebody joined or left the household's account. */
export interface MembersChangedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "membersChanged";
  /** All others of the household, without the owner. */
  readonly memberIds: readonly string[];
}

/** The account was closed. */
export interface ClosedEvent extends LoyaltyEventBase {
  /** What happened. */
  readonly type: "closed";
  /** Why. */
  readonly reason: string;
  /** Who closed it. */
  readonly actor: string;
  /** Lots that lapsed with it. */
  readonly lots: readonly LotAllocation[];
  /** Account that it was merged into; absent: it was only closed. */
  readonly into?: string;
}
