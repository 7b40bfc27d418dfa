import { safeInteger } from "../../core/safe-integer.js";
import { lotState } from "./account-lots.js";
import type { LotAllocation, PointAccount, PointPosting } from "./event-parts.js";
import type { LoyaltyAccount, PointLot } from "./loyalty-account.js";

type Sheet = { account: PointAccount; pointType: string; points: number }[];

/** Movements of one event, netted by account and type. @internal */
export interface PostingSheet {
  /** Moves points of a type; 0 moves nothing. */
  readonly move: (pointType: string, points: number, from: PointAccount, into: PointAccount) => void;
  /** Moves points out of lots, from where each lot has them. */
  readonly debit: (account: LoyaltyAccount, parts: readonly LotAllocation[], into: PointAccount) => void;
  /** What it comes to. */
  readonly postings: () => PointPosting[];
}

/** @internal */
export function postingSheet(): PostingSheet {
  const sheet: Sheet = [];
  const move: PostingSheet["move"] = (pointType, points, from, into) => {
    if (points === 0 || from === into) return;
    post(sheet, from, pointType, -points);
    post(sheet, into, pointType, points);
  };
  return {
    move,
    debit: (account, parts, into) => {
      for (const part of parts) {
        const lot = lotState(account, part.lot);
        move(lot.opened.pointType, part.points, placeOf(lot), into);
      }
    },
    postings: () => sheet.filter(({ points }) => points !== 0),
  };
}

function post(sheet: Sheet, account: PointAccount, pointType: string, points: number): void {
  for (const line of sheet) {
    if (line.account !== account || line.pointType !== pointType) continue;
    line.points = safeInteger(line.points + points, "command.points", `the points of "${account}"`);
    return;
  }
  sheet.push({ account, pointType, points });
}

/** The account that has a lot's remaining points. @internal */
export function placeOf(lot: Pick<PointLot, "status">): PointAccount {
  return lot.status === "active" ? "available" : lot.status === "pending" ? "pending" : "expired";
}
