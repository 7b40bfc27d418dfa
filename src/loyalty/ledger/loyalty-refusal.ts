import type { Refusal } from "../../core/result.js";
import type { RedemptionRefusal } from "../program/redemption-quote.js";

/** Not enough points are available. */
export interface InsufficientPoints extends Refusal {
  /** What is the matter. */
  readonly code: "insufficient_points";
  /** Type of point. */
  readonly pointType: string;
  /** Points that could be spent at that instant. */
  readonly available: number;
  /** Points that were asked for. */
  readonly requested: number;
  /** `requested - available`. */
  readonly missing: number;
}

/** A number is on the wrong side of a limit. */
export interface LoyaltyLimitRefusal extends Refusal {
  /**
   * `capture_exceeds_hold`, `reversal_exceeds_redemption`, `return_exceeds_order`: more than is left of the hold,
   * redemption, order. `household_full`: no more members.
   */
  readonly code:
    | "capture_exceeds_hold"
    | "reversal_exceeds_redemption"
    | "return_exceeds_order"
    | "household_full";
  /** What was asked for. */
  readonly requested: number;
  /** What is allowed at most. */
  readonly limit: number;
}

/** The account, or what a command names, is not in a state for it. */
export interface LoyaltyStateRefusal extends Refusal {
  /** What is the matter. */
  readonly code:
    | "not_enrolled"
    | "already_enrolled"
    | "account_closed"
    | "other_program"
    | "idempotency_conflict"
    | "unknown_hold"
    | "hold_resolved"
    | "hold_ended"
    | "duplicate_hold"
    | "unknown_redemption"
    | "booked_before_merge"
    | "already_reversed"
    | "duplicate_redemption"
    | "unknown_order"
    | "duplicate_order"
    | "already_returned"
    | "return_mixed"
    | "unknown_line"
    | "duplicate_transfer"
    | "same_account"
    | "has_open_holds"
    | "has_arrears"
    | "unknown_tier"
    | "no_tiers"
    | "no_household"
    | "not_a_member"
    | "owner_only"
    | "already_a_member"
    | "is_owner";
  /** What it is about: the id of the account, hold, redemption, order, line, reward, type, tier or member. */
  readonly id: string;
  /**
   * The other account, where there is one: of `account_closed` the one that this one was merged into, of
   * `booked_before_merge` the one that the hold or redemption was booked in.
   */
  readonly standsIn?: string;
}

/** A reversal, return, capture or void is dated before what it refers to. */
export interface DatedBefore extends Refusal {
  /** What is the matter. */
  readonly code: "dated_before";
  /** The redemption, order or hold. */
  readonly id: string;
  /** `at` of the command, epoch milliseconds. */
  readonly at: number;
  /** When the redemption, order or hold happened, epoch milliseconds: the earliest `at`. */
  readonly since: number;
}

/** Why a command was refused: a normal answer, never thrown. The account stays as it was. */
export type LoyaltyRefusal =
  | InsufficientPoints
  | LoyaltyLimitRefusal
  | LoyaltyStateRefusal
  | DatedBefore
  | RedemptionRefusal;

/** @internal */
export function stateRefusal(
  code: LoyaltyStateRefusal["code"],
  id: string,
  message: string,
  standsIn?: string,
): { readonly ok: false; readonly error: LoyaltyStateRefusal } {
  const error = { code, message, id };
  return { ok: false, error: standsIn === undefined ? error : { ...error, standsIn } };
}

/** Whether a command about something is dated before it. @internal */
export function datedBefore(
  what: string,
  id: string,
  at: number,
  since: number,
): { readonly ok: false; readonly error: DatedBefore } | null {
  if (at >= since) return null;
  const [then, now] = [since, at].map((instant) => new Date(instant).toISOString());
  const message = `${what} "${id}" is of ${then}: what is done about it cannot be dated before, at ${now}`;
  return { ok: false, error: { code: "dated_before", message, id, at, since } };
}

/** @internal */
export function limitRefusal(
  code: LoyaltyLimitRefusal["code"],
  requested: number,
  limit: number,
  message: string,
): { readonly ok: false; readonly error: LoyaltyLimitRefusal } {
  return { ok: false, error: { code, message, requested, limit } };
}

/** @internal */
export function insufficientPoints(
  pointType: string,
  available: number,
  requested: number,
): { readonly ok: false; readonly error: InsufficientPoints } {
  const missing = requested - available;
  const message = `${requested} points of "${pointType}" are asked for and ${available} are available: ${missing} are missing`;
  return {
    ok: false,
    error: { code: "insufficient_points", message, pointType, available, requested, missing },
  };
}
