import { ClienteleError } from "../../core/errors.js";
import type { PointAccount } from "./event-parts.js";
import type { LoyaltyAccount, PointHoldings } from "./loyalty-account.js";

// An account that is being made. The account itself and its holdings are always private to the caller; `own` says whether the
// nodes of its maps, and the lots in them, are too.

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An account in the making. @internal */
export type AccountDraft = Mutable<Omit<LoyaltyAccount, "points">> & {
  points: Record<string, HoldingsDraft>;
};

type HoldingsDraft = Mutable<Omit<PointHoldings, "balances">> & { balances: Record<PointAccount, number> };

/** A fault in an event: it does not fit the account, or it is not of this version. @internal */
export function eventFault(field: string, message: string): ClienteleError {
  return new ClienteleError("INVALID_ARGUMENT", `event.${field}`, message);
}

/** The points of one type, made if it is the first of its type. @internal */
export function holdingsOf(account: AccountDraft, pointType: string): HoldingsDraft {
  if (Object.hasOwn(account.points, pointType)) return account.points[pointType];
  const made: HoldingsDraft = {
    balances: {
      issued: 0,
      pending: 0,
      available: 0,
      held: 0,
      redeemed: 0,
      expired: 0,
      clawedBack: 0,
      transferred: 0,
      adjusted: 0,
      arrears: 0,
    },
    slidesTo: null,
    slideLapses: [],
    expiring: null,
    aging: null,
    sliding: null,
    lapsed: null,
  };
  // A computed key of a literal: it would not set a prototype, whatever the type is called.
  account.points = { ...account.points, [pointType]: made };
  return made;
}
