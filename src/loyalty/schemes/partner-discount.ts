import { assertArray, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { granted, type Refusal, type Result, refused } from "../../core/result.js";
import type { Membership } from "../../model/membership.js";
import type { Partnership } from "../../model/partnership.js";
import { isUsableAt } from "./member-cards.js";

/** A bill at a partner's till. */
export interface PartnerBill {
  /** What is to be paid before the discount, whole minor units of the money that the partnership's amounts are in, zero or more. */
  readonly amount: number;
  /** When; a civil day begins in UTC. */
  readonly at: Instant;
  /** Who asks for the discount. */
  readonly membership: Membership;
  /** The card that is shown; absent: none. */
  readonly cardNo?: string;
}

/** What a member pays less, and who bears it. All whole minor units. */
export interface PartnerDiscount {
  /** What is taken off, rounded down. */
  readonly discount: number;
  /** What the member pays. */
  readonly payable: number;
  /** What the operator of the scheme pays back to the partner, rounded down. */
  readonly operatorPays: number;
  /** The rest of the discount, which the partner bears. */
  readonly partnerPays: number;
}

/** Why there is no discount. */
export interface PartnerDiscountRefusal extends Refusal {
  /**
   * `no_discount`: the partnership has none; `not_in_force`: it has not begun or is over; `not_a_member`: of this scheme, at that
   * instant; `card_needed`: none was shown; `card_not_usable`: not the member's, or not active; `below_minimum`.
   */
  readonly code:
    | "no_discount"
    | "not_in_force"
    | "not_a_member"
    | "card_needed"
    | "card_not_usable"
    | "below_minimum";
}

/**
 * What does a member of the club pay less at a partner's till, and who bears it?
 *
 * @param partnership - The partnership, as `partnershipSchema` parses it.
 * @param bill - The bill, the membership and the card.
 * @returns The discount and its two bearers, who together bear all of it; or why there is none.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the amount is not whole or `at` is no instant.
 * @example
 * ```ts
 * import { membershipSchema, partnerDiscount, partnershipSchema } from "clientele";
 *
 * const cafe = partnershipSchema.parse({
 *   id: "P-1",
 *   schemeId: "club",
 *   partnerId: "cafe",
 *   trade: "cafe",
 *   offer: "10 % off for members",
 *   startAt: "2024-01-01T00:00:00Z",
 *   memberDiscount: { share: 0.1, needsCard: false, operatorPays: 0.4 },
 * });
 * const membership = membershipSchema.parse({ schemeId: "club", memberId: "M-1", joinedAt: "2024-03-01T00:00:00Z" });
 * const paid = partnerDiscount(cafe, { amount: 25_00, at: "2024-04-01", membership });
 * paid.ok && paid.value; // => { discount: 250, payable: 2250, operatorPays: 100, partnerPays: 150 }
 * ```
 */
export function partnerDiscount(
  partnership: Partnership,
  bill: PartnerBill,
): Result<PartnerDiscount, PartnerDiscountRefusal> {
  assertOptions(partnership, "a Partnership", "partnership");
  assertOptions(bill, "{ amount, at, membership }", "bill");
  const { amount, membership, cardNo } = bill;
  assertInteger(amount, "bill.amount", 0);
  assertOptions(membership, "a Membership", "bill.membership");
  const at = epochMs(bill.at, "bill.at");
  const { memberDiscount, partnerId, schemeId, startAt, endAt } = partnership;
  const no = (code: PartnerDiscountRefusal["code"], message: string) => refused({ code, message });
  if (memberDiscount === undefined) return no("no_discount", `partner ${shown(partnerId)} gives no discount`);
  if (at < startAt || (endAt !== undefined && at >= endAt)) {
    return no("not_in_force", `the partnership with ${shown(partnerId)} is not in force then`);
  }
  const { joinedAt, leftAt, memberId, cards } = membership;
  assertArray(cards, "bill.membership.cards");
  if (membership.schemeId !== schemeId || at < joinedAt || (leftAt !== undefined && at >= leftAt)) {
    return no("not_a_member", `${shown(memberId)} is no member of ${shown(schemeId)} then`);
  }
  if (memberDiscount.needsCard || cardNo !== undefined) {
    if (cardNo === undefined) return no("card_needed", "the discount is for who shows a card");
    const card = cards.find((one) => one.cardNo === cardNo);
    if (card === undefined || !isUsableAt(card, at)) {
      return no("card_not_usable", `card ${shown(cardNo)} is not the member's, or not active then`);
    }
  }
  if (amount < memberDiscount.minimumAmount) {
    const message = `a bill of ${amount} is below the least that is discounted, ${memberDiscount.minimumAmount}`;
    return no("below_minimum", message);
  }
  const { share, maximumDiscount = Number.MAX_SAFE_INTEGER } = memberDiscount;
  const discount = Math.min(multiplyInteger(amount, share, { rounding: "floor" }), maximumDiscount);
  const operatorPays = multiplyInteger(discount, memberDiscount.operatorPays, { rounding: "floor" });
  return granted({
    discount,
    payable: amount - discount,
    operatorPays,
    partnerPays: discount - operatorPays,
  });
}
