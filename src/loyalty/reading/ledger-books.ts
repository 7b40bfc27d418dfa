import type { LotAllocation, PointAccount } from "../ledger/event-parts.js";
import type { LoyaltyEvent, OpenedLot } from "../ledger/loyalty-event.js";
import type { BrokenInvariant } from "./ledger-invariant.js";

// A second bookkeeping, made simple on purpose: maps that are changed in place, each lot followed by what was taken from it.

/** A lot as the events so far left it. */
interface BookedLot {
  readonly pointType: string;
  readonly original: number;
  readonly expiresAt: number | null;
  readonly isSliding: boolean;
  remaining: number;
  held: number;
  place: "pending" | "available" | "expired";
}

/** A hold or redemption: what it has of each lot. */
interface BookedDebit {
  readonly parts: Map<number, number>;
  isOpenHold: boolean;
}

/** What was read of one account. @internal */
export interface LedgerBooks {
  seq: number;
  recordedAt: number;
  closed: boolean;
  readonly names: Set<string>;
  readonly lots: BookedLot[];
  readonly debits: Map<string, BookedDebit>;
  readonly balances: Map<string, Map<PointAccount, number>>;
  /** Since which event there are points beside what is owed: wrong where the decision ends so. */
  owing: { readonly seq: number; readonly message: string } | null;
}

/** @internal */
export function emptyBooks(): LedgerBooks {
  return {
    seq: 0,
    recordedAt: -Infinity,
    closed: false,
    names: new Set(),
    lots: [],
    debits: new Map(),
    balances: new Map(),
    owing: null,
  };
}

/** Takes what does not hold. @internal */
export type Complain = (invariant: BrokenInvariant["invariant"], message: string) => void;

/** One event's hands on the books. @internal */
export interface Clerk {
  readonly move: (pointType: string, points: number, from: PointAccount, to: PointAccount) => void;
  readonly open: (lots: readonly OpenedLot[], from: PointAccount) => void;
  /** Points out of lots, from where they are. */
  readonly take: (parts: readonly LotAllocation[], to: PointAccount) => void;
  /** Points back into lots. */
  readonly give: (parts: readonly LotAllocation[], from: "redeemed" | "held", isLapsed: boolean) => void;
  /** A lot that begins to count or lapses, with all its points. */
  readonly turn: (parts: readonly LotAllocation[], to: "available" | "expired") => void;
  readonly lot: (number: number) => BookedLot | undefined;
  readonly expected: ReadonlyMap<string, number>;
}

/** Name of an account and a type in one text. @internal */
export function accountOf(account: PointAccount, pointType: string): string {
  return `${account} ${pointType}`;
}

/** @internal */
export function clerkOf(books: LedgerBooks, event: LoyaltyEvent, complain: Complain): Clerk {
  const expected = new Map<string, number>();
  const post = (account: PointAccount, pointType: string, points: number): void => {
    const name = accountOf(account, pointType);
    expected.set(name, (expected.get(name) ?? 0) + points);
  };
  const move: Clerk["move"] = (pointType, points, from, to) => {
    post(from, pointType, -points);
    post(to, pointType, points);
  };
  const checked = (part: LotAllocation): BookedLot | undefined => {
    const lot = books.lots[part.lot];
    if (lot === undefined) complain("lot", `event ${event.seq} names lot ${part.lot}, which no event opened`);
    if (!Number.isSafeInteger(part.points) || part.points <= 0)
      complain("lot", `event ${event.seq} moves ${part.points} points of lot ${part.lot}`);
    return lot;
  };
  return {
    expected,
    move,
    lot: (number) => books.lots[number],
    open: (lots, from) => {
      for (const { lot, pointType, points, activeAt, expiresAt, sliding } of lots) {
        if (lot !== books.lots.length)
          complain("lot", `event ${event.seq} opens lot ${lot}, the next is ${books.lots.length}`);
        if (!Number.isSafeInteger(points) || points <= 0)
          complain("lot", `event ${event.seq} opens lot ${lot} with ${points} points`);
        const place = activeAt <= event.recordedAt ? "available" : "pending";
        const isSliding = sliding === true;
        books.lots.push({
          pointType,
          original: points,
          expiresAt,
          isSliding,
          remaining: points,
          held: 0,
          place,
        });
        move(pointType, points, from, place);
      }
    },
    take: (parts, to) => {
      for (const part of parts) {
        const lot = checked(part);
        if (lot === undefined) continue;
        if (part.points > lot.remaining) {
          complain(
            "lot",
            `event ${event.seq} takes ${part.points} points of lot ${part.lot}, which has ${lot.remaining}`,
          );
        }
        lot.remaining -= part.points;
        if (to === "held") lot.held += part.points;
        move(lot.pointType, part.points, lot.place, to);
      }
    },
    give: (parts, from, isLapsed) => {
      for (const part of parts) {
        const lot = checked(part);
        if (lot === undefined) continue;
        if (from === "held") {
          if (part.points > lot.held)
            complain(
              "lot",
              `event ${event.seq} releases ${part.points} held points of lot ${part.lot}, which holds ${lot.held}`,
            );
          lot.held -= part.points;
        }
        if (lot.remaining + lot.held + part.points > lot.original) {
          complain(
            "lot",
            `event ${event.seq} gives ${part.points} points back to lot ${part.lot}, more than were taken`,
          );
        }
        if (isLapsed) lot.place = "expired";
        lot.remaining += part.points;
        move(lot.pointType, part.points, from, lot.place);
      }
    },
    turn: (parts, to) => {
      for (const part of parts) {
        const lot = checked(part);
        if (lot === undefined) continue;
        if (part.points !== lot.remaining || lot.place === to) {
          complain(
            "lot",
            `event ${event.seq} moves all ${part.points} points of lot ${part.lot} to ${to}, which has ${lot.remaining} ${lot.place}`,
          );
        }
        move(lot.pointType, part.points, lot.place, to);
        lot.place = to;
      }
    },
  };
}
