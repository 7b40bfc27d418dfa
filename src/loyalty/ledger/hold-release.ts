import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { lotOf, lotState } from "./account-lots.js";
import type { LotAllocation, LoyaltyEventBase, PointAccount } from "./event-parts.js";
import { knownLapse } from "./lot-lapse.js";
import { type IncomingPoints, repay, usableOnArrival } from "./lots-in-order.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { VoidedEvent } from "./movement-events.js";
import type { PostingSheet } from "./posting-sheet.js";

/** What becomes of points of a hold that go back to their lots at an instant. @internal */
export function holdRelease(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  released: readonly LotAllocation[],
  asOf: number,
  sheet: PostingSheet,
  slides?: LoyaltyEventBase["slides"],
): Pick<VoidedEvent, "released" | "lapsed" | "repaid"> {
  const { open, lapsed } = byLapse(account, released, asOf);
  const incoming = giveBack(account, open, lapsed, "held", sheet);
  const repaid = repay(account, program.burnOrder, usableOnArrival(account, incoming, asOf, slides), sheet);
  return { released, lapsed, repaid };
}

/** Parts of lots that still last at an instant, and parts of lots that do not. @internal */
export function byLapse(
  account: LoyaltyAccount,
  parts: readonly LotAllocation[],
  asOf: number,
): { readonly open: LotAllocation[]; readonly lapsed: LotAllocation[] } {
  const open: LotAllocation[] = [];
  const lapsed: LotAllocation[] = [];
  for (const part of parts) {
    const lot = lotState(account, part.lot);
    const lapse = knownLapse(account, lot, asOf);
    // A lot with points that lapses at this very instant does so after the hold's end, as a whole.
    const isWaiting = lot.status === "active" && lot.remaining > 0;
    (lapse !== null && lapse <= asOf && !isWaiting ? lapsed : open).push(part);
  }
  return { open, lapsed };
}

/** Moves points back into their lots. @internal */
export function giveBack(
  account: LoyaltyAccount,
  open: readonly LotAllocation[],
  lapsed: readonly LotAllocation[],
  from: PointAccount,
  sheet: PostingSheet,
): IncomingPoints[] {
  for (const { lot, points } of lapsed) sheet.move(lotOf(account, lot).pointType, points, from, "expired");
  return open.map(({ lot, points }) => {
    const { pointType, earnedAt, activeAt, expiresAt, sliding } = lotOf(account, lot);
    sheet.move(pointType, points, from, "available");
    return {
      lot,
      points,
      pointType,
      earnedAt,
      activeAt,
      expiresAt,
      ...(sliding ? { sliding: true as const } : {}),
    };
  });
}
