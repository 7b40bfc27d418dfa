import type { QualifyingActivity, TierStanding } from "../tiers/tier-standing.js";
import type { ById, Identified } from "./by-id.js";
import type { LotAllocation, PointAccount } from "./event-parts.js";
import type { LedgerOutcome } from "./ledger-outcome.js";
import type { EarnedLine, OpenedLot } from "./loyalty-event.js";
import type { PointRate } from "./movement-events.js";
import type { ReturnedOrder } from "./returned-order.js";
import type { KeyParts, SortedMap, SortedNode } from "./sorted-map.js";

/**
 * A member's account: what its events come to, as plain data.
 *
 * Made by {@link emptyLoyaltyAccount} and {@link evolveLoyalty}, never by hand; it survives JSON and structuredClone. It
 * knows nothing of the programme: what a policy decided stands in the events. It is as of its last event; what has come
 * due since is booked by {@link settleLoyalty} and before each decision.
 */
export interface LoyaltyAccount {
  /** Version of this form: 1. */
  readonly version: 1;
  /** The account's id. */
  readonly accountId: string;
  /** Number of events that made it: the expected version for optimistic concurrency. */
  readonly seq: number;
  /** When its last event was booked, epoch milliseconds; `null` before the first. */
  readonly recordedAt: number | null;
  /** Not enrolled yet, open, or closed. */
  readonly status: "new" | "open" | "closed";
  /** The account that it was merged into; `null` where it was not. */
  readonly mergedInto: string | null;
  /** The programme that it was enrolled in; `null` before. */
  readonly programId: string | null;
  /** Owner; `null` before enrolment. */
  readonly memberId: string | null;
  /** Others of the household, without the owner. */
  readonly memberIds: readonly string[];
  /** The owner's birthday, `"YYYY-MM-DD"`; `null` unknown. */
  readonly birthday: string | null;
  /** When it was enrolled, epoch milliseconds; `null` before. */
  readonly enrolledAt: number | null;
  /** Level of membership; `null` without a tier plan. */
  readonly standing: TierStanding | null;
  /** Orders with lines that have earned, in accounts that were merged into this one, too. */
  readonly purchases: number;
  /** `at` of the latest debit in burn order (redemption, capture), epoch milliseconds; `null` none. */
  readonly lastDebitAt: number | null;
  /** Points by type. */
  readonly points: Readonly<Record<string, PointHoldings>>;
  /** Lots opened so far: the number of the next one. */
  readonly lotCount: number;
  /** Every lot by its number: a list up to 32, then a sorted map. {@link accountLots} gives them as they are read. */
  readonly lots: readonly LotState[] | SortedNode<number, LotState> | null;
  /** Pending lots by `[activeAt, lot]`; of at most 32 lots there is no index. */
  readonly pending: SortedMap<KeyParts, number>;
  /** Orders, visits and events that have earned, in accounts that were merged into this one, too, by id. */
  readonly orders: ById<EarnedOrder>;
  /** Redemptions and captured holds, by id. */
  readonly redemptions: ById<PointRedemption>;
  /** Holds, by id. */
  readonly holds: ById<PointHold>;
  /** Money that points pay of an order, minor units: redemptions less what was given back, and open holds; {@link paidWithPoints}. */
  readonly paidWithPoints: SortedMap<string, number>;
  /** Redemptions and holds of accounts that were merged into this one, by id: the account that each was booked in. */
  readonly bookedBeforeMerge: SortedMap<string, string>;
  /** Open holds that end by themselves, by `[until, holdId]`. */
  readonly holdEnds: SortedMap<KeyParts, string>;
  /** Transfers, by id: points that came in (above 0) or left (below 0), all types together. */
  readonly transfers: SortedMap<string, number>;
  /** Commands that were answered, by idempotency key. */
  readonly keys: ById<AnsweredCommand>;
  /** Points that counted against caps, by `[ruleId, period]`. */
  readonly counters: SortedMap<KeyParts, number>;
  /**
   * What counts towards a tier: by local day (since 1970-01-01) the total of all days up to and with it. `null` up to 32
   * orders, whose own `qualifying` says the same.
   */
  readonly days: SortedMap<number, QualifyingActivity>;
}

/** Points of one type in an account. */
export interface PointHoldings {
  /** Balance of each account of the double entry; they come to zero. What is owed is `-arrears`. */
  readonly balances: Readonly<Record<PointAccount, number>>;
  /** When all sliding points of the type lapse, epoch milliseconds; `null` before the first. */
  readonly slidesTo: number | null;
  /** When sliding points had lapsed for want of activity that came later, epoch milliseconds, in order. */
  readonly slideLapses: readonly number[];
  /** Of more than 32 lots: those open with a lapse of their own, by `[lapse, earnedAt, lot]`; those that never lapse last. */
  readonly expiring: SortedMap<KeyParts, number>;
  /** The same lots by `[earnedAt, lot]`. */
  readonly aging: SortedMap<KeyParts, number>;
  /** Open lots that lapse with the account's activity, by `[earnedAt, lot]`. */
  readonly sliding: SortedMap<KeyParts, number>;
  /** Lapsed lots with unspent points, by `[lapsedAt, earnedAt, lot]`: debits that arrive late may draw on them. */
  readonly lapsed: SortedMap<KeyParts, number>;
}

/** A lot as the account keeps it: as it was opened, and what has become of it since. */
export interface LotState {
  /** The lot as its event opened it. */
  readonly opened: OpenedLot;
  /** The order, visit or event that earned it; `null` for other lots. */
  readonly orderId: string | null;
  /** Points that no debit and no hold has taken, lapsed ones included. */
  readonly remaining: number;
  /** Points in open holds. */
  readonly held: number;
  /** Whether it waits, counts or has lapsed; a lot that is spent keeps `active`. */
  readonly status: "pending" | "active" | "lapsed";
  /** When it lapsed, epoch milliseconds; `null` not yet. */
  readonly lapsedAt: number | null;
}

/** Points that came in together and lapse together. `original = remaining + held + ` what was debited for good. */
export interface PointLot {
  /** Number in its account: 0, 1, 2, ... */
  readonly lot: number;
  /** Type of point. */
  readonly pointType: string;
  /** Points that it opened with. */
  readonly original: number;
  /** Points that no debit and no hold has taken, lapsed ones included. */
  readonly remaining: number;
  /** Points in open holds. */
  readonly held: number;
  /** Points of `remaining` that have lapsed. */
  readonly lapsed: number;
  /** Whether it waits, counts or has lapsed; a lot that is spent keeps `active`. */
  readonly status: "pending" | "active" | "lapsed";
  /** When its points were earned, epoch milliseconds. */
  readonly earnedAt: number;
  /** From when on they count, epoch milliseconds. */
  readonly activeAt: number;
  /** When they lapse, epoch milliseconds; `null` never. {@link accountLots} gives sliding lots their present lapse. */
  readonly expiresAt: number | null;
  /** Whether they lapse with the account's activity. */
  readonly sliding: boolean;
  /** When they lapsed, epoch milliseconds; `null` not yet. */
  readonly lapsedAt: number | null;
  /** The order, visit or event that earned them; `null` for other lots. */
  readonly orderId: string | null;
}

/** An order that has earned, and what came back of it. */
export interface EarnedOrder extends Identified {
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Lines as they earned. */
  readonly lines: readonly EarnedLine[];
  /** Number of the first lot that it opened; the others follow it. */
  readonly firstLot: number;
  /** How many lots it opened. */
  readonly lotCount: number;
  /** What it counted towards a tier, and on which local day. */
  readonly qualifying: QualifyingActivity & { readonly day: number };
  /** What came back; `null` nothing. */
  readonly returned: ReturnedOrder | null;
  /**
   * Of an order of an account that was merged into this one: points that it had earned there, by type, and those of them that
   * had lapsed there. What it counted towards a level stayed there.
   */
  readonly merged?: {
    readonly earned: Readonly<Record<string, number>>;
    readonly lapsed: Readonly<Record<string, number>>;
  };
}

/** A redemption, or a hold that was captured. */
export interface PointRedemption extends Identified {
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Type of point. */
  readonly pointType: string;
  /** Points that were spent. */
  readonly points: number;
  /** Points of them that were given back. */
  readonly reversed: number;
  /** Order that was paid; `null` none. */
  readonly orderId: string | null;
  /** Money that all the points paid, minor units; `null` where they paid none. */
  readonly amount: number | null;
  /** Money that was to be paid beside the points of a reward, minor units. */
  readonly cash: number;
  /** Lots that what is not given back was taken from. */
  readonly allocations: readonly LotAllocation[];
}

/** Points set aside. */
export interface PointHold extends Identified {
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Type of point. */
  readonly pointType: string;
  /** Points. */
  readonly points: number;
  /** When it ends by itself, epoch milliseconds; `null` never. */
  readonly until: number | null;
  /** A hold is resolved once. */
  readonly status: "open" | "captured" | "voided" | "timedOut";
  /** Lots that it was taken from. */
  readonly allocations: readonly LotAllocation[];
  /** Order that they are to pay; `null` none. */
  readonly orderId: string | null;
  /** Money that they are to pay, minor units; `null` where points have no value in money. */
  readonly amount: number | null;
  /** What points were worth when they were set aside; `null` with `amount`. */
  readonly rate: PointRate | null;
}

/** A command that was answered, by its idempotency key: enough to answer it again. Flat, since there are so many. */
export interface AnsweredCommand extends Identified {
  /** Fingerprint of its payload. */
  readonly fingerprint: string;
  /** Type of the event that answered it. */
  readonly type: LedgerOutcome["type"];
  /** `seq` of that event. */
  readonly seq: number;
  /** The type of point that it was about; `null` for none, or several. */
  readonly pointType: string | null;
  /** Points of that type, or of each type. */
  readonly points: number | LedgerOutcome["points"];
  /** Money that the points paid, minor units; `null` where they paid none. */
  readonly amount: number | null;
  /** Money to pay beside the points of a reward, minor units. */
  readonly cash: number;
  /** Of a return: points that were let go; absent for all else. */
  readonly unrecovered?: LedgerOutcome["points"];
}

/**
 * What does an account look like before its first event?
 *
 * @param accountId - The account's id.
 * @returns An account without events; {@link decideLoyalty} enrols it.
 * @example
 * ```ts
 * import { emptyLoyaltyAccount } from "clientele";
 *
 * emptyLoyaltyAccount("A-1").status; // => "new"
 * ```
 */
export function emptyLoyaltyAccount(accountId: string): LoyaltyAccount {
  return {
    version: 1,
    accountId,
    seq: 0,
    recordedAt: null,
    status: "new",
    mergedInto: null,
    programId: null,
    memberId: null,
    memberIds: [],
    birthday: null,
    enrolledAt: null,
    standing: null,
    purchases: 0,
    lastDebitAt: null,
    points: {},
    lotCount: 0,
    lots: null,
    pending: null,
    orders: null,
    redemptions: null,
    holds: null,
    paidWithPoints: null,
    bookedBeforeMerge: null,
    holdEnds: null,
    transfers: null,
    keys: null,
    counters: null,
    days: null,
  };
}
