import { shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { accountLots } from "../ledger/account-lots.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { EarnedEvent, LoyaltyEvent } from "../ledger/loyalty-event.js";
import { firstEvent, type LotStep, lotSteps } from "./lot-steps.js";

/** What became of points of a lot, net of what came back to it. */
export interface PointsFate {
  /** Points that the lot opened with: the sum of all others. */
  readonly earned: number;
  /** Can be spent. */
  readonly available: number;
  /** Do not count yet. */
  readonly pending: number;
  /** Set aside by open holds. */
  readonly held: number;
  /** Spent. */
  readonly redeemed: number;
  /** Lapsed. */
  readonly expired: number;
  /** Taken back with a returned order. */
  readonly clawedBack: number;
  /** Sent to another account. */
  readonly transferred: number;
  /** Taken by hand. */
  readonly adjusted: number;
  /** Gone to repay what was owed. */
  readonly repaid: number;
  /** Spent, given back, and now in a new lot. */
  readonly reissued: number;
}

/** One thing that befell points of a lot. */
export interface PointsFateStep {
  /** The event. */
  readonly seq: number;
  /** What it was. */
  readonly type: LoyaltyEvent["type"];
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Redemption, hold, transfer or order of the event; `null` without one. */
  readonly reference: string | null;
  /** Where the points were. */
  readonly from: LotStep["from"];
  /** Where they went. */
  readonly to: LotStep["to"];
  /** Points. */
  readonly points: number;
}

/** A lot of an order, and what became of it. */
export interface EarnedLotTrail {
  /** The lot's number in its account. */
  readonly lot: number;
  /** Type of point. */
  readonly pointType: string;
  /** Rules that gave its points. */
  readonly rules: readonly { readonly ruleId: string; readonly points: number }[];
  /** What became of its points. */
  readonly fate: PointsFate;
  /** How, event by event. */
  readonly steps: readonly PointsFateStep[];
}

/** What an order earned, and what became of it. */
export interface EarnedPointsTrail {
  /** The account. */
  readonly accountId: string;
  /** The order, visit or event. */
  readonly orderId: string;
  /** The event that earned. */
  readonly seq: number;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Its lots. */
  readonly lots: readonly EarnedLotTrail[];
}

/**
 * What became of the points that an order earned?
 *
 * @param events - All events of one account from the first one on, settled up to when you ask: what came due and is not booked
 * is not in it.
 * @param orderId - The order, visit or event.
 * @returns Each lot with where its points are now, and the events that brought them there.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when no such order earned, or the events do not fit together.
 * @example
 * ```ts
 * import { defineProgram, earnedPointsTrail, emptyLoyaltyAccount, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "earn", key: "k2", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 40_00 }] },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 30 },
 * ]);
 * const [lot] = earnedPointsTrail(events, "O-1").lots;
 * [lot?.fate.earned, lot?.fate.redeemed, lot?.fate.available]; // => [40, 30, 10]
 * lot?.steps.map(({ type, reference, points }) => [type, reference, points]);
 * // => [["earned", "O-1", 40], ["redeemed", "R-1", 30]]
 * ```
 */
export function earnedPointsTrail(events: readonly LoyaltyEvent[], orderId: string): EarnedPointsTrail {
  const { accountId } = firstEvent(events);
  const earned = events.find(
    (event): event is EarnedEvent => event.type === "earned" && event.orderId === orderId,
  );
  if (earned === undefined) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "orderId",
      `orderId is ${shown(orderId)}: no such order, visit or event of account ${shown(accountId)} has earned`,
    );
  }
  const account = foldLoyalty(events);
  const now = accountLots(account);
  const own = new Set(earned.lots.map(({ lot }) => lot));
  const steps = lotSteps(events).filter(({ lot }) => own.has(lot));
  return {
    accountId,
    orderId,
    seq: earned.seq,
    at: earned.at,
    lots: earned.lots.map(({ lot, pointType, points, rules = [] }) => {
      const ownSteps = steps.filter((step) => step.lot === lot);
      const isPending = now[lot]?.status === "pending";
      const gone = goneOf(ownSteps);
      const open = points - Object.values(gone).reduce((sum, some) => sum + some, 0);
      return {
        lot,
        pointType,
        rules,
        fate: { earned: points, available: isPending ? 0 : open, pending: isPending ? open : 0, ...gone },
        steps: ownSteps.map(({ event, from, to, points: moved }) => ({
          seq: event.seq,
          type: event.type,
          at: event.at,
          reference: referenceOf(event),
          from,
          to,
          points: moved,
        })),
      };
    }),
  };
}

type Gone = Omit<PointsFate, "earned" | "available" | "pending">;

const FATE_OF = {
  held: "held",
  redeemed: "redeemed",
  expired: "expired",
  clawedBack: "clawedBack",
  transferred: "transferred",
  adjusted: "adjusted",
  arrears: "repaid",
} as const;

/** Points that are no longer with the lot, by where they are: in, less out again. */
function goneOf(steps: readonly LotStep[]): Gone {
  const gone = {
    held: 0,
    redeemed: 0,
    expired: 0,
    clawedBack: 0,
    transferred: 0,
    adjusted: 0,
    repaid: 0,
    reissued: 0,
  };
  for (const { from, to, points } of steps) {
    if (from === "redeemed" && to === "redeemed") {
      gone.redeemed -= points;
      gone.reissued += points;
      continue;
    }
    const into = FATE_OF[to as keyof typeof FATE_OF];
    const out = FATE_OF[from as keyof typeof FATE_OF];
    if (into !== undefined) gone[into] += points;
    if (out !== undefined) gone[out] -= points;
  }
  return gone;
}

function referenceOf(event: LoyaltyEvent): string | null {
  if ("redemptionId" in event) return event.redemptionId;
  if ("holdId" in event) return event.holdId;
  if ("transferId" in event) return event.transferId;
  return "orderId" in event ? event.orderId : null;
}
