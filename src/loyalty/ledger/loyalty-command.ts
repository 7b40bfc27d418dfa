import type { Instant } from "../../core/instant.js";

/** What is common to all commands. */
export interface LoyaltyCommandBase {
  /** Idempotency key, chosen by the caller: the same command sent again with it changes nothing. */
  readonly key: string;
  /** When it happened. It may lie before what the account has seen already. */
  readonly at: Instant;
  /** When it arrived: not before the account's last arrival; default the later of `at` and that. */
  readonly recordedAt?: Instant;
}

/** Opens the account. */
export interface EnrollCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "enroll";
  /** Whose account it is. */
  readonly memberId: string;
  /** Birthday, `"YYYY-MM-DD"`, not after the local day of `at`. */
  readonly birthday?: string;
}

/** One line of an order that earns. */
export interface OrderLine {
  /** Id in the order. */
  readonly lineId: string;
  /** Product, for rules about products. */
  readonly productId?: string;
  /** Category, for rules about categories. */
  readonly category?: string;
  /** Units, a whole number from 1; default 1. */
  readonly quantity?: number;
  /** Money of the line, minor units, from 0. */
  readonly amount: number;
}

/** Gives the points of an order, a visit or an event. */
export interface EarnCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "earn";
  /** The order (or visit, or event) that earns; one earn for each id. */
  readonly orderId: string;
  /** Lines; none for a mere visit or event. */
  readonly lines?: readonly OrderLine[];
  /** Minor units of the order that were paid with points. */
  readonly paidWithPoints?: number;
  /** Where it was bought. */
  readonly channel?: string;
  /** Segments that the member is in now, for rules about segments. */
  readonly segmentIds?: readonly string[];
  /** Whether it is a visit; default true where there are lines. */
  readonly visit?: boolean;
  /** What the member did: signup, review, survey. */
  readonly event?: string;
  /** Who of the household; default the owner. */
  readonly memberId?: string;
}

/** Adds or takes points by hand, or brings in an opening balance. */
export interface AdjustCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "adjust";
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
  /** Points to add (above 0) or take (below 0); more than is available cannot be taken. */
  readonly points: number;
  /** Why. */
  readonly reason: string;
  /** Who. */
  readonly actor: string;
  /** Of points to add: from when they count; default at once. */
  readonly activeAt?: Instant;
  /** Of points to add: when they lapse, `null` for never; default as the point type says. */
  readonly expiresAt?: Instant | null;
}

/** Sets points aside for a purchase that is not settled yet. */
export interface AuthorizeCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "authorize";
  /** Id of the hold. */
  readonly holdId: string;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
  /** Points, within the programme's least, step and share of an order; of a hold fewer may be captured. */
  readonly points: number;
  /**
   * Amount of the order that they are to pay as it is now, minor units: the programme's share of an order is held against it.
   * Without a redemption policy nothing is.
   */
  readonly orderAmount?: number;
  /** When the hold ends by itself; default by the programme's `holdTimeout`. */
  readonly until?: Instant;
  /** Order that they are to pay: the share of an order is held against all holds and redemptions of it together. */
  readonly orderId?: string;
}

/** Spends a hold, whole or in part; what is left of it goes back. */
export interface CaptureCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "capture";
  /** The hold. */
  readonly holdId: string;
  /** Points to spend; default all of it. */
  readonly points?: number;
}

/** Gives a hold back. */
export interface VoidCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "void";
  /** The hold. */
  readonly holdId: string;
}

/** Spends points: so many on an order, or the price of a reward. */
export interface RedeemCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "redeem";
  /** Id of the redemption. */
  readonly redemptionId: string;
  /** Type of point; default the first spendable one. A reward is paid with its own type, so that another one is refused. */
  readonly pointType?: string;
  /** Points to spend; not with `rewardId`. */
  readonly points?: number;
  /** Reward to buy. */
  readonly rewardId?: string;
  /** Order that is paid: the share of an order is held against all holds and redemptions of it together. */
  readonly orderId?: string;
  /** Amount of that order as it is now, minor units: the programme's share is held against it, if it has a redemption policy. */
  readonly orderAmount?: number;
  /** Who of the household; default the owner. */
  readonly memberId?: string;
}

/** Gives the points of a redemption (or of a captured hold) back. */
export interface ReverseRedemptionCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "reverseRedemption";
  /** The redemption, or the hold that was captured. */
  readonly redemptionId: string;
  /** Points to give back; default what is not given back yet. */
  readonly points?: number;
}

/**
 * Takes back the points that a returned order earned.
 *
 * What comes back is goods, at the prices of the order's lines. Of goods for 100 of which points paid 30, a refund in money is
 * 70, and what came back is 100: claw back 100 (or the lines, or the whole), and give the points that paid the 30 back with
 * `reverseRedemption`.
 */
export interface ClawBackCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "clawBack";
  /** The order. */
  readonly orderId: string;
  /** Units that came back, line by line; not with `amount`. */
  readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
  /**
   * Value of the goods that came back at the prices of the order's lines, minor units, whatever of it was paid with points:
   * the order's points in proportion to it; not with `lines`. Neither: the whole order.
   */
  readonly amount?: number;
}

/** Sends points to another account; {@link transferPoints} decides both sides. */
export interface TransferOutCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "transferOut";
  /** Id of the transfer, the same on both sides. */
  readonly transferId: string;
  /** Account that gets them. */
  readonly to: string;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
  /** Points; default every open lot of every type (a merge). */
  readonly points?: number;
}

/** A lot on its way to another account. */
export interface TransferredLot {
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** When they were earned, epoch milliseconds. */
  readonly earnedAt: number;
  /** From when on they count, epoch milliseconds. */
  readonly activeAt: number;
  /** When they lapse, epoch milliseconds; `null` never. */
  readonly expiresAt: number | null;
}

/** Takes in points of another account, with their own dates. */
export interface TransferInCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "transferIn";
  /** Id of the transfer. */
  readonly transferId: string;
  /** Account that sends them. */
  readonly from: string;
  /** What is sent, as the other side's event says. */
  readonly lots: readonly TransferredLot[];
  /** Level of a merged account: the higher one stays. */
  readonly tier?: string | null;
}

/**
 * Books what has come due: activations, lapses, ends of holds and of tiers. Reading says the same without it.
 *
 * One that books something keeps its key like every command; one that finds nothing due leaves no trace, so that its key stays
 * free.
 */
export interface ExpireCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "expire";
}

/** Gives a level by hand: a floor under the earned one, until a day or for good; `null` takes the floor away. */
export interface SetTierCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "setTier";
  /** The level. */
  readonly tier: string | null;
  /** Until when; default for good. */
  readonly until?: Instant;
  /** Why. */
  readonly reason: string;
  /** Who. */
  readonly actor: string;
}

/** Lets somebody else of the household earn into and spend from this account. */
export interface AddMemberCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "addMember";
  /** Who joins. */
  readonly memberId: string;
}

/** Ends a member's part in the household's account; points stay. */
export interface RemoveMemberCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "removeMember";
  /** Who leaves; the owner cannot. */
  readonly memberId: string;
}

/** Closes the account: what it still holds lapses. */
export interface CloseCommand extends LoyaltyCommandBase {
  /** What is asked. */
  readonly type: "close";
  /** Why. */
  readonly reason: string;
  /** Who. */
  readonly actor: string;
}

/** Everything that can be asked of an account. */
export type LoyaltyCommand =
  | EnrollCommand
  | EarnCommand
  | AdjustCommand
  | AuthorizeCommand
  | CaptureCommand
  | VoidCommand
  | RedeemCommand
  | ReverseRedemptionCommand
  | ClawBackCommand
  | TransferOutCommand
  | TransferInCommand
  | ExpireCommand
  | SetTierCommand
  | AddMemberCommand
  | RemoveMemberCommand
  | CloseCommand;
