import type { Duration } from "../../core/duration.js";
import type { RoundingMode } from "../../core/rounding.js";
import type { EarnRule } from "./earn-rule.js";
import type { PointExpiry } from "./expiry-rule.js";
import type { TierPlan } from "./tier-plan.js";

/**
 * A loyalty programme as plain data: what earns points, when they count and lapse, how they are spent, who rises.
 *
 * Kept as JSON, checked and completed by {@link defineProgram}. It says what happens to commands from now on: what it
 * decided before stands in the events and does not change with it.
 */
export interface LoyaltyProgram {
  /** Version of this form: 1. */
  readonly version: 1;
  /** The programme's own id. */
  readonly id: string;
  /** Name for people. */
  readonly name?: string;
  /** ISO 4217 code of the money that orders are paid in; amounts are in its minor units. */
  readonly currency: string;
  /** IANA name of the zone whose days, months and birthdays count. */
  readonly timeZone: string;
  /** Kinds of point, at least one; the first spendable one is meant where a command names none. */
  readonly pointTypes: readonly PointType[];
  /** What earns points; all that apply are added unless one says otherwise. */
  readonly earnRules: readonly EarnRule[];
  /** Amount that earns: the lines as they stand, or less what was paid with points, spread over them. */
  readonly earnOn: "gross" | "netOfRedemption";
  /** Where fractions of a point are dropped: once for each rule and order, or for each line. */
  readonly roundingPer: "order" | "line";
  /** How fractions of a point are dropped. */
  readonly rounding: RoundingMode;
  /** Which lot a debit takes first: the one that lapses first (those that never lapse last), or the one earned first. */
  readonly burnOrder: "soonestExpiry" | "oldest";
  /**
   * What points are worth as payment, the same for every spendable type, and how many may be spent at once; absent: they are
   * spent without a value in money.
   */
  readonly redemption?: RedemptionPolicy;
  /** The catalogue. */
  readonly rewards: readonly LoyaltyReward[];
  /** What a return takes back of points that are spent already. */
  readonly returnPolicy: ReturnPolicy;
  /** Where the points of a redemption go that is reversed. */
  readonly reversal: ReversalPolicy;
  /** What an earn does that arrives after debits that it came before: debits keep their lots, or are allotted anew. */
  readonly lateEarns: "frozen" | "rederived";
  /** How long a hold lasts that names no end; absent: until it is captured or voided. */
  readonly holdTimeout?: Duration;
  /** Levels of membership; absent: none. */
  readonly tiers?: TierPlan;
  /** Accounts that a household shares; absent: one member for each account. */
  readonly household?: { readonly maximumMembers: number; readonly redeem: "owner" | "anyone" };
}

/** One kind of point. */
export interface PointType {
  /** Name in commands and events. */
  readonly id: string;
  /** Spendable points pay; qualifying ones only count towards a tier and are never debited by paying. */
  readonly kind: "spendable" | "qualifying";
  /** How long earned points wait before they count; absent: none. A rule may say otherwise. */
  readonly pendingFor?: Duration;
  /** When earned points lapse; absent: never. A rule may say otherwise. */
  readonly expiry?: PointExpiry;
}

/** What points may pay of an order. */
export interface RedemptionPolicy {
  /** So many points ... */
  readonly points: number;
  /** ... pay so many minor units. */
  readonly amount: number;
  /** Fewest points of one redemption, a multiple of `step`; default 1. */
  readonly minimumPoints?: number;
  /** Points are spent in multiples of this; default 1. */
  readonly step?: number;
  /** Largest share of an order's amount that points may pay, 0 to 1; default 1. */
  readonly maximumShare?: number;
}

/** One thing that points buy. */
export interface LoyaltyReward {
  /** Id in commands. */
  readonly id: string;
  /** Name for people. */
  readonly name?: string;
  /** Price in points. */
  readonly points: number;
  /** Price in money beside them, minor units; default 0. */
  readonly cash?: number;
  /** Type of point that pays; default the first spendable one. */
  readonly pointType?: string;
  /** First civil day on which it can be had. */
  readonly from?: string;
  /** First civil day on which it can no longer be had. */
  readonly until?: string;
  /** Tiers that may have it; absent: all. */
  readonly tiers?: readonly string[];
}

/**
 * What a return takes back: only points that are still pending; no more than is at hand (the rest is not recovered);
 * or everything, with the rest owed as arrears that the next points repay.
 */
export type ReturnPolicy = "onlyPending" | "withinBalance" | "unlimited";

/** Where reversed points go. */
export interface ReversalPolicy {
  /** Back into the lots they came from, or into one new lot that lapses as if earned at the reversal. */
  readonly into: "originalLots" | "newLot";
  /**
   * With `originalLots`: points of a lot that has lapsed meanwhile come back if the reversal is no later than this after
   * the lapse, and last that long after it; absent: they lapse.
   */
  readonly reinstatementWindow?: Duration;
}
