import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import type { PointAccount } from "../ledger/event-parts.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { assertText } from "./scheme-facts.js";

/** Points that a partner issued or redeemed. */
export interface PartnerMovement {
  /** The partner. */
  readonly partnerId: string;
  /** When it was booked: the period in which it is settled. */
  readonly at: Instant;
  /** Whether members earned or burned them there. */
  readonly kind: "issued" | "redeemed";
  /** Whole points, not 0; below 0 where an earlier movement is taken back. */
  readonly points: number;
  /** The instant whose price holds: when it happened, or when what is taken back happened; default `at`. */
  readonly pricedAt?: Instant | undefined;
}

/** Which partner an event of the ledger belongs to. */
export interface PartnerMovementsOptions {
  /** The type of point. */
  readonly pointType: string;
  /**
   * The partner at which it happened (a return: at which the order was made); `null` where it was the operator itself. What all
   * of these events name is the id of the order, redemption or hold: let your ids say where it was, or look them up.
   */
  readonly partnerOf: (event: LoyaltyEvent) => string | null;
  /** For what takes an earlier event back: when that one happened, whose price holds; default when the event itself did. */
  readonly pricedAt?: (event: LoyaltyEvent) => Instant;
}

/**
 * Which points did each partner issue and redeem, by the ledger's own events?
 *
 * Read from the postings, so that the points are those of the ledger: an earn issues, a return takes back what was issued, a
 * redemption and a captured hold redeem, a reversal takes back what was redeemed. Adjustments, transfers and lapses are the
 * operator's. A movement is of the time at which it was booked (`recordedAt`), so that what arrives late changes no period that
 * was settled; its price is that of the time at which it happened.
 *
 * @param events - Events of any number of accounts.
 * @param options - `pointType`, `partnerOf`, `pricedAt`.
 * @returns Movements in the order of the events, as {@link partnerSettlement} takes them.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `partnerOf` gives neither text nor `null`.
 * @example
 * ```ts
 * import { decideLoyalty, defineProgram, emptyLoyaltyAccount, type LoyaltyEvent, partnerMovements } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const opened = decideLoyalty(program, emptyLoyaltyAccount("A-1"), {
 *   type: "enroll",
 *   key: "k1",
 *   at: "2025-01-01",
 *   memberId: "M-1",
 * });
 * if (opened.ok) {
 *   const lines = [{ lineId: "1", productId: "meal", quantity: 1, amount: 40_00 }];
 *   const earn = { type: "earn", key: "k2", at: "2025-01-02", orderId: "cafe-1", lines } as const;
 *   const earned = decideLoyalty(program, opened.value.account, earn);
 *   const partnerOf = (event: LoyaltyEvent) => ("orderId" in event ? event.orderId?.split("-")[0] : null) ?? null;
 *   const movements = earned.ok ? partnerMovements(earned.value.events, { pointType: "points", partnerOf }) : [];
 *   movements.map(({ partnerId, kind, points }) => `${partnerId} ${kind} ${points}`); // => ["cafe issued 40"]
 * }
 * ```
 */
export function partnerMovements(
  events: readonly LoyaltyEvent[],
  options: PartnerMovementsOptions,
): PartnerMovement[] {
  assertArray(events, "events");
  assertOptions(options, "{ pointType, partnerOf }");
  const { pointType, partnerOf, pricedAt } = options;
  assertText(pointType, "options.pointType");
  assertFunction(partnerOf, "options.partnerOf");
  if (pricedAt !== undefined) assertFunction(pricedAt, "options.pricedAt");
  const movements: PartnerMovement[] = [];
  for (const event of events) {
    const movement = movementOf(event, pointType);
    if (movement === null || movement.points === 0) continue;
    const partnerId = partnerOf(event);
    if (partnerId === null) continue;
    assertText(partnerId, "options.partnerOf(event)");
    const isTakenBack = movement.points < 0 && pricedAt !== undefined;
    const priced = isTakenBack ? pricedAt(event) : event.at;
    const own = priced === event.recordedAt ? {} : { pricedAt: priced };
    movements.push({ partnerId, at: event.recordedAt, ...movement, ...own });
  }
  return movements;
}

function movementOf(event: LoyaltyEvent, pointType: string): Pick<PartnerMovement, "kind" | "points"> | null {
  const posted = (account: PointAccount) =>
    event.postings.reduce(
      (sum, posting) =>
        posting.account === account && posting.pointType === pointType ? sum + posting.points : sum,
      0,
    );
  switch (event.type) {
    case "earned":
      return { kind: "issued", points: 0 - posted("issued") };
    case "clawedBack":
      return { kind: "issued", points: 0 - posted("clawedBack") };
    case "redeemed":
    case "captured":
    case "redemptionReversed":
      return { kind: "redeemed", points: posted("redeemed") };
    default:
      return null;
  }
}

function assertFunction(value: unknown, path: string): void {
  assertArgument(typeof value === "function", path, () => `${path} is ${shown(value)}: pass a function`);
}
