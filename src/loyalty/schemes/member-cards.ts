import { assertArgument, assertArray, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { type Rate, ratio } from "../../core/rate.js";
import { granted, type Refusal, type Result, refused } from "../../core/result.js";
import { type CardStatus, cardStatuses, cardTransitions } from "../../model/card-status.js";
import type { Membership, MembershipCard } from "../../model/membership.js";
import { assertEachOnce } from "./each-once.js";
import { readAsOf, type SchemeAsOfOptions } from "./known-as-of.js";

/** How a card stands as of an instant: its status, or `"expired"` once `validUntil` is past, but for cards that ended before. */
export type CardStanding = CardStatus | "expired";

/**
 * How does a card stand as of an instant?
 *
 * @param card - The card, as `membershipCardSchema` parses it.
 * @param options - `asOf`: what happened at or after it has not happened yet; `timeZone` of a civil day.
 * @returns Its standing; `null` before it was issued.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `asOf` is no instant; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { cardStanding, membershipCardSchema } from "clientele";
 *
 * const card = membershipCardSchema.parse({
 *   cardNo: "6281-0001",
 *   issuedAt: "2024-03-01T00:00:00Z",
 *   validUntil: "2025-03-01T00:00:00Z",
 *   history: [{ status: "active", at: "2024-03-02T00:00:00Z" }],
 * });
 * cardStanding(card, { asOf: "2024-03-02" }); // => "issued"
 * cardStanding(card, { asOf: "2024-03-03" }); // => "active"
 * cardStanding(card, { asOf: "2025-03-02" }); // => "expired"
 * ```
 */
export function cardStanding(card: MembershipCard, options: SchemeAsOfOptions): CardStanding | null {
  assertOptions(card, "a MembershipCard", "card");
  return standingBefore(card, readAsOf(options));
}

/** How it stands just before an instant. */
function standingBefore(card: MembershipCard, asOf: number): CardStanding | null {
  if (card.issuedAt >= asOf) return null;
  const status = card.history.filter(({ at }) => at < asOf).at(-1)?.status ?? "issued";
  const isOver = status === "replaced" || status === "canceled" || status === "lost";
  return !isOver && card.validUntil !== undefined && card.validUntil < asOf ? "expired" : status;
}

/** Whether it may be used at an instant, what happens at that very instant included. @internal */
export function isUsableAt(card: MembershipCard, at: number): boolean {
  const status = card.history.filter((entry) => entry.at <= at).at(-1)?.status ?? "issued";
  return (
    card.issuedAt <= at && status === "active" && (card.validUntil === undefined || at < card.validUntil)
  );
}

/** A change of a card's status. */
export interface CardChange {
  /** The status from then on. */
  readonly status: CardStatus;
  /** Since when; a civil day begins in UTC. */
  readonly at: Instant;
  /** Why, in your words; absent: not said. */
  readonly reason?: string;
}

/** Why a card's status does not change. */
export interface CardRefusal extends Refusal {
  /** `transition`: it may not follow; `out_of_order`: it comes before the last change; `expired`: the card has run out. */
  readonly code: "transition" | "out_of_order" | "expired";
}

/**
 * May this card be activated, blocked, reported lost, replaced or canceled, and what is its record then?
 *
 * @param card - The card; it is not changed.
 * @param change - The new status, and since when.
 * @returns The card with the change in its history, or why not: see `cardTransitions`. A card that ran out can still be
 * reported lost, replaced or canceled.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the status is unknown or `at` is no instant.
 * @example
 * ```ts
 * import { changeCard, membershipCardSchema } from "clientele";
 *
 * const card = membershipCardSchema.parse({ cardNo: "6281-0001", issuedAt: "2024-03-01T00:00:00Z" });
 * const lost = changeCard(card, { status: "lost", at: "2024-04-01" });
 * lost.ok && lost.value.history.map(({ status }) => status); // => ["lost"]
 * const again = lost.ok && changeCard(lost.value, { status: "active", at: "2024-05-01" });
 * again && !again.ok && again.error.code; // => "transition"
 * ```
 */
export function changeCard(card: MembershipCard, change: CardChange): Result<MembershipCard, CardRefusal> {
  assertOptions(card, "a MembershipCard", "card");
  assertOptions(change, "{ status, at }", "change");
  const { status, reason } = change;
  assertOneOf(status, "change.status", cardStatuses);
  assertArgument(
    reason === undefined || (typeof reason === "string" && reason !== ""),
    "change.reason",
    () => `change.reason is ${shown(reason)}: pass text that is not empty, or nothing`,
  );
  const at = epochMs(change.at, "change.at");
  const last = card.history.at(-1);
  const { status: before, at: since } = last ?? { status: "issued", at: card.issuedAt };
  if (!cardTransitions[before].includes(status)) {
    const message = `card ${shown(card.cardNo)} is ${before}, which ${status} may not follow`;
    return refused({ code: "transition", message });
  }
  if (at < since) {
    const message = `card ${shown(card.cardNo)} is ${before} since a later instant`;
    return refused({ code: "out_of_order", message });
  }
  if (
    card.validUntil !== undefined &&
    at >= card.validUntil &&
    (status === "active" || status === "blocked")
  ) {
    return refused({ code: "expired", message: `card ${shown(card.cardNo)} has run out` });
  }
  const entry = reason === undefined ? { status, at } : { status, at, reason };
  return granted({ ...card, history: [...card.history, entry] });
}

/** The cards of all memberships. */
export interface CardNumbers {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Members by then. */
  readonly members: number;
  /** Cards issued by then, of those who left too. */
  readonly cards: number;
  /** How many cards stand how. */
  readonly byStanding: Readonly<Record<CardStanding, number>>;
  /** Of the members, those with a card that is active. */
  readonly membersWithActiveCard: Rate;
  /** Of the active cards, those that bear a partner's name too. */
  readonly coBranded: Rate;
  /** Active co-branded cards by partner, by id. */
  readonly byPartner: readonly {
    /** The partner. */
    readonly partnerId: string;
    /** Active cards with its name. */
    readonly cards: number;
    /** Of those, cards that pay. */
    readonly paymentCards: number;
  }[];
}

/**
 * How many cards are out, how do they stand, and how many bear a partner's name?
 *
 * @param memberships - Memberships with their cards, as `membershipSchema` parses them; of a scheme a member's memberships
 * do not overlap, and a card stands once.
 * @param options - `asOf`: what happened at or after it has not happened yet; `timeZone` of a civil day.
 * @returns Counts and shares.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a membership or its cards are no records, or `asOf` is no instant;
 * `INVALID_ROWS` when a membership or a card stands twice; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { cardNumbers, membershipSchema } from "clientele";
 *
 * const member = membershipSchema.parse({
 *   schemeId: "club",
 *   memberId: "M-1",
 *   joinedAt: "2024-03-01T00:00:00Z",
 *   cards: [
 *     {
 *       cardNo: "6281-0001",
 *       issuedAt: "2024-03-01T00:00:00Z",
 *       coBrand: { partnerId: "bank", isPaymentCard: true },
 *       history: [{ status: "active", at: "2024-03-02T00:00:00Z" }],
 *     },
 *   ],
 * });
 * cardNumbers([member], { asOf: "2024-04-01" }).byPartner; // => [{ partnerId: "bank", cards: 1, paymentCards: 1 }]
 * ```
 */
export function cardNumbers(memberships: readonly Membership[], options: SchemeAsOfOptions): CardNumbers {
  assertArray(memberships, "memberships");
  const asOf = readAsOf(options);
  const byStanding = Object.fromEntries([...cardStatuses, "expired"].map((name) => [name, 0])) as Record<
    CardStanding,
    number
  >;
  const partners = new Map<string, { cards: number; paymentCards: number }>();
  let members = 0;
  let cards = 0;
  let withCard = 0;
  for (const [i, membership] of memberships.entries()) {
    assertOptions(membership, "a Membership", `memberships[${i}]`);
    const { joinedAt, leftAt, cards: own } = membership;
    assertArray(own, `memberships[${i}].cards`);
    const isMember = joinedAt < asOf && (leftAt === undefined || leftAt >= asOf);
    let hasActive = false;
    for (const card of own) {
      const standing = standingBefore(card, asOf);
      if (standing === null) continue;
      cards++;
      byStanding[standing]++;
      if (standing !== "active") continue;
      hasActive = true;
      if (card.coBrand === undefined) continue;
      const { partnerId, isPaymentCard } = card.coBrand;
      const counts = partners.get(partnerId) ?? { cards: 0, paymentCards: 0 };
      partners.set(partnerId, {
        cards: counts.cards + 1,
        paymentCards: counts.paymentCards + (isPaymentCard ? 1 : 0),
      });
    }
    if (isMember) members++;
    if (isMember && hasActive) withCard++;
  }
  assertEachOnce(memberships);
  const byPartner = [...partners].map(([partnerId, counts]) => ({ partnerId, ...counts }));
  const shared = byPartner.reduce((sum, partner) => sum + partner.cards, 0);
  return {
    asOf,
    members,
    cards,
    byStanding,
    membersWithActiveCard: ratio(withCard, members, "members"),
    coBranded: ratio(shared, byStanding.active, "active cards"),
    byPartner: byPartner.sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1)),
  };
}
