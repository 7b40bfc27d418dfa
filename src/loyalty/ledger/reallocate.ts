import { lotState } from "./account-lots.js";
import { allocated } from "./allocations.js";
import { findById, walkById } from "./by-id.js";
import type { DecisionContext, LoyaltyEventBody } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { knownLapse, NEVER } from "./lot-lapse.js";
import { allLots } from "./lot-list.js";
import type { LoyaltyAccount, PointRedemption } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";
import type { ReallocatedEvent } from "./movement-events.js";
import { placeOf, postingSheet } from "./posting-sheet.js";
import { compareParts, compareTexts, type KeyParts } from "./sorted-map.js";

/**
 * Allots anew (`lateEarns: "rederived"`) the redemptions that a late earn came before, as if it had come in time: in the order in which they happened,
 * each in burn order from what was usable then. Captured holds keep their lots, and so does a type in arrears. `null` where
 * nothing changes, and where the new order would leave one short ("oldest" can: soonest expiry first never does).
 *
 * @internal
 */
export function reallocation(
  context: DecisionContext,
  arrived: readonly OpenedLot[],
): LoyaltyEventBody | null {
  const { account } = context;
  if (account.lastDebitAt === null) return null;
  const debits: ReallocatedEvent["debits"][number][] = [];
  const net = new Map<number, number>();
  for (const pointType of new Set(arrived.map((lot) => lot.pointType))) {
    const since = Math.min(
      ...arrived.filter((lot) => lot.pointType === pointType).map((lot) => lot.activeAt),
    );
    if (since > account.lastDebitAt || account.points[pointType].balances.arrears < 0) continue;
    const before = debitsSince(account, pointType, since);
    const after = allottedAnew(context, pointType, before);
    if (after === null) continue;
    for (const [i, { id, allocations }] of before.entries()) {
      for (const { lot, points } of allocations) net.set(lot, (net.get(lot) ?? 0) - points);
      for (const { lot, points } of after[i]) net.set(lot, (net.get(lot) ?? 0) + points);
      if (!isSame(allocations, after[i])) debits.push({ debitId: id, allocations: after[i] });
    }
  }
  if (debits.length === 0) return null;
  const changes = [...net]
    .filter(([, points]) => points !== 0)
    .map(([lot, points]) => ({ lot, points }))
    .sort((a, b) => a.lot - b.lot);
  return { type: "reallocated", postings: postingsOf(context, changes), debits, changes };
}

function debitsSince(account: LoyaltyAccount, pointType: string, since: number): PointRedemption[] {
  const debits: PointRedemption[] = [];
  walkById(account.redemptions, (redemption) => {
    const isHold = findById(account.holds, redemption.id) !== undefined;
    if (redemption.pointType === pointType && redemption.at >= since && !isHold) debits.push(redemption);
  });
  return debits.sort((a, b) => a.at - b.at || compareTexts(a.id, b.id));
}

function allottedAnew(
  { account, program, recordedAt }: DecisionContext,
  pointType: string,
  debits: readonly PointRedemption[],
): LotAllocation[][] | null {
  const free = new Map<number, number>();
  for (const { opened, remaining } of allLots(account.lots)) {
    if (opened.pointType === pointType) free.set(opened.lot, remaining);
  }
  for (const { allocations } of debits) {
    for (const { lot, points } of allocations) free.set(lot, (free.get(lot) ?? 0) + points);
  }
  const keyOf = (number: number): KeyParts => {
    const lot = lotState(account, number);
    const { earnedAt } = lot.opened;
    if (program.burnOrder === "oldest") return [earnedAt, number];
    return [knownLapse(account, lot, recordedAt) ?? NEVER, earnedAt, number];
  };
  const ordered = [...free.keys()]
    .map((number) => ({ number, key: keyOf(number), lot: lotState(account, number) }))
    .sort((a, b) => compareParts(a.key, b.key));
  const allotted: LotAllocation[][] = [];
  for (const { at, allocations } of debits) {
    const parts: LotAllocation[] = [];
    let missing = allocated(allocations);
    for (const { number, lot } of ordered) {
      const lapse = knownLapse(account, lot, recordedAt);
      const points = Math.min(missing, free.get(number) ?? 0);
      if (points === 0 || lot.opened.activeAt > at || (lapse !== null && lapse <= at)) continue;
      parts.push({ lot: number, points });
      free.set(number, (free.get(number) ?? 0) - points);
      missing -= points;
    }
    if (missing > 0) return null;
    allotted.push(parts);
  }
  return allotted;
}

/** What a lot gives back goes to where its points are now: a lot whose time is over has them among the lapsed. */
function postingsOf({ account, recordedAt }: DecisionContext, changes: ReallocatedEvent["changes"]) {
  const sheet = postingSheet();
  for (const { lot: number, points } of changes) {
    const lot = lotState(account, number);
    const { pointType } = lot.opened;
    const lapse = knownLapse(account, lot, recordedAt);
    const isOver = lapse !== null && lapse <= recordedAt;
    if (points > 0) sheet.move(pointType, points, placeOf(lot), "redeemed");
    else sheet.move(pointType, -points, "redeemed", isOver ? "expired" : placeOf(lot));
  }
  return sheet.postings();
}

/** Of two lists of one sum neither goes on where the other ends. */
function isSame(a: readonly LotAllocation[], b: readonly LotAllocation[]): boolean {
  return a.every(({ lot, points }, i) => lot === b[i].lot && points === b[i].points);
}
