import type { LotAllocation, PointAccount } from "../ledger/event-parts.js";
import type { LoyaltyEvent, RedemptionReversedEvent } from "../ledger/loyalty-event.js";
import type { CapturedEvent, ReallocatedEvent, VoidedEvent } from "../ledger/movement-events.js";
import { accountOf, type Clerk, type Complain, clerkOf, type LedgerBooks } from "./ledger-books.js";
import type { BrokenInvariant } from "./ledger-invariant.js";

/** Books one event and says what first does not hold; `null` where all does. @internal */
export function postEvent(books: LedgerBooks, event: LoyaltyEvent): BrokenInvariant | null {
  const broken: BrokenInvariant[] = [];
  const complain: Complain = (invariant, message) => {
    broken.push({ invariant, message });
  };
  checkZeroSum(event, complain);
  const clerk = clerkOf(books, event, complain);
  bookLots(books, event, clerk, complain);
  if (broken.length === 0) checkAgreement(event, clerk, complain);
  if (broken.length === 0) checkBalances(books, event, complain);
  return broken[0] ?? null;
}

function bookLots(books: LedgerBooks, event: LoyaltyEvent, clerk: Clerk, complain: Complain): void {
  const repay = (parts: readonly LotAllocation[]) => clerk.take(parts, "arrears");
  const sums = (parts: readonly { readonly points: number }[], points: number): void => {
    const sum = parts.reduce((total, part) => total + part.points, 0);
    if (sum !== points)
      complain("allocation", `event ${event.seq} moves ${points} points, its lots come to ${sum}`);
  };
  switch (event.type) {
    case "enrolled":
    case "tierChanged":
    case "membersChanged":
      return;
    case "earned":
      clerk.open(event.lots, "issued");
      repay(event.repaid);
      return;
    case "transferredIn":
      clerk.open(event.lots, "transferred");
      repay(event.repaid);
      return;
    case "adjusted":
      sums(event.points > 0 ? event.lots : event.allocations, Math.abs(event.points));
      clerk.open(event.lots, "adjusted");
      clerk.take(event.allocations, "adjusted");
      repay(event.repaid);
      return;
    case "activated":
      clerk.turn(event.lots, "available");
      repay(event.repaid);
      return;
    case "expired":
      clerk.turn(event.lots, "expired");
      return;
    case "closed":
      books.closed = true;
      clerk.turn(event.lots, "expired");
      return;
    case "authorized":
      sums(event.allocations, event.points);
      clerk.take(event.allocations, "held");
      books.debits.set(event.holdId, { parts: partsOf(event.allocations), isOpenHold: true });
      return;
    case "captured":
    case "voided":
      resolve(books, event, clerk, complain);
      return;
    case "redeemed":
      sums(event.allocations, event.points);
      clerk.take(event.allocations, "redeemed");
      books.debits.set(event.redemptionId, { parts: partsOf(event.allocations), isOpenHold: false });
      return;
    case "redemptionReversed":
      reverse(books, event, clerk, complain);
      return;
    case "clawedBack":
      clerk.take(event.allocations, "clawedBack");
      for (const [pointType, due] of Object.entries(event.due)) {
        const owed = event.arrears[pointType] ?? 0;
        const parts = event.allocations.filter(({ lot }) => clerk.lot(lot)?.pointType === pointType);
        sums(parts, due - owed - (event.unrecovered[pointType] ?? 0));
        if (owed !== 0) clerk.move(pointType, owed, "arrears", "clawedBack");
      }
      return;
    case "transferredOut":
      sums(
        event.lots,
        event.allocations.reduce((sum, { points }) => sum + points, 0),
      );
      clerk.take(event.allocations, "transferred");
      return;
    case "reallocated":
      reallocate(books, event, clerk, complain);
      return;
    default: {
      const unknown: { readonly type: string; readonly seq: number } = event;
      complain(
        "version",
        `event ${unknown.seq} is of type ${JSON.stringify(unknown.type)}, unknown to version 1`,
      );
    }
  }
}

function resolve(
  books: LedgerBooks,
  event: CapturedEvent | VoidedEvent,
  clerk: Clerk,
  complain: Complain,
): void {
  const hold = books.debits.get(event.holdId);
  if (hold?.isOpenHold !== true) {
    complain("resolution", `event ${event.seq} resolves hold "${event.holdId}", which is not open`);
    return;
  }
  hold.isOpenHold = false;
  const spent = event.type === "captured" ? event.allocations : [];
  if (!isSame(partsOf([...spent, ...event.released]), hold.parts)) {
    complain("allocation", `event ${event.seq} resolves other points than hold "${event.holdId}" has`);
  }
  for (const { lot: number, points } of spent) {
    const lot = clerk.lot(number);
    if (lot === undefined) continue;
    lot.held -= points;
    clerk.move(lot.pointType, points, "held", "redeemed");
  }
  const lapsed = new Set(event.lapsed.map(({ lot }) => lot));
  clerk.give(
    event.released.filter(({ lot }) => !lapsed.has(lot)),
    "held",
    false,
  );
  clerk.give(event.lapsed, "held", true);
  clerk.take(event.repaid ?? [], "arrears");
  hold.parts.clear();
  for (const [lot, points] of partsOf(spent)) hold.parts.set(lot, points);
}

function reverse(books: LedgerBooks, event: RedemptionReversedEvent, clerk: Clerk, complain: Complain): void {
  const debit = books.debits.get(event.redemptionId);
  if (debit === undefined || debit.isOpenHold) {
    complain(
      "resolution",
      `event ${event.seq} gives back redemption "${event.redemptionId}", which there is not`,
    );
    return;
  }
  const back = partsOf([...event.restored, ...event.lapsed, ...event.moved]);
  for (const [lot, points] of back) {
    const had = debit.parts.get(lot) ?? 0;
    if (points > had) {
      complain(
        "resolution",
        `event ${event.seq} gives back ${points} points of lot ${lot}, redemption "${event.redemptionId}" has ${had}`,
      );
    }
    debit.parts.set(lot, had - points);
  }
  const sum = [...back.values()].reduce((total, points) => total + points, 0);
  const moved = event.moved.reduce((total, { points }) => total + points, 0);
  const opened = event.lots.reduce((total, { points }) => total + points, 0);
  if (sum !== event.points || moved !== opened) {
    complain(
      "allocation",
      `event ${event.seq} gives back ${event.points} points, its lots come to ${sum}, new ones to ${opened} of ${moved}`,
    );
  }
  clerk.give(event.restored, "redeemed", false);
  clerk.give(event.lapsed, "redeemed", true);
  clerk.open(event.lots, "redeemed");
  clerk.take(event.repaid, "arrears");
}

function reallocate(books: LedgerBooks, event: ReallocatedEvent, clerk: Clerk, complain: Complain): void {
  const net = new Map<number, number>();
  const add = (lot: number, points: number) => net.set(lot, (net.get(lot) ?? 0) + points);
  for (const { debitId, allocations } of event.debits) {
    const before = books.debits.get(debitId)?.parts ?? new Map<number, number>();
    const after = partsOf(allocations);
    if (total(before) !== total(after))
      complain("allocation", `event ${event.seq} changes the points of debit "${debitId}"`);
    for (const [lot, points] of before) add(lot, -points);
    for (const [lot, points] of after) add(lot, points);
    books.debits.set(debitId, { parts: after, isOpenHold: false });
  }
  const said = new Map(event.changes.map(({ lot, points }) => [lot, points]));
  if (!isSame(net, said)) complain("allocation", `event ${event.seq} says other changes than its debits`);
  for (const { lot, points } of event.changes) {
    if (points >= 0) continue;
    const booked = clerk.lot(lot);
    // Whether a lot that slides had lapsed while it was empty is not in the event but in its postings.
    const lapses =
      booked?.isSliding === true
        ? event.postings.some(({ account }) => account === "expired")
        : booked?.expiresAt != null && booked.expiresAt <= event.recordedAt;
    clerk.give([{ lot, points: -points }], "redeemed", lapses);
  }
  clerk.take(
    event.changes.filter(({ points }) => points > 0),
    "redeemed",
  );
}

function checkZeroSum(event: LoyaltyEvent, complain: Complain): void {
  const sums = new Map<string, number>();
  for (const { account, pointType, points } of event.postings) {
    if (!Number.isSafeInteger(points) || points === 0)
      complain("zeroSum", `event ${event.seq} posts ${points} points to "${account}"`);
    sums.set(pointType, (sums.get(pointType) ?? 0) + points);
  }
  for (const [pointType, sum] of sums) {
    if (sum !== 0) complain("zeroSum", `postings of "${pointType}" in event ${event.seq} come to ${sum}`);
  }
}

function checkAgreement(event: LoyaltyEvent, { expected }: Clerk, complain: Complain): void {
  const rest = new Map(expected);
  for (const { account, pointType, points } of event.postings) {
    const name = accountOf(account, pointType);
    rest.set(name, (rest.get(name) ?? 0) - points);
  }
  for (const [name, points] of rest) {
    if (points !== 0) {
      const said = (expected.get(name) ?? 0) - points;
      complain(
        "agreement",
        `event ${event.seq} posts ${said} to "${name}", its lots come to ${expected.get(name) ?? 0}`,
      );
    }
  }
}

function checkBalances(books: LedgerBooks, event: LoyaltyEvent, complain: Complain): void {
  for (const { account, pointType, points } of event.postings) {
    const balances = books.balances.get(pointType) ?? new Map<PointAccount, number>();
    books.balances.set(pointType, balances);
    balances.set(account, (balances.get(account) ?? 0) + points);
  }
  let owing: string | null = null;
  for (const [pointType, balances] of books.balances) {
    const arrears = balances.get("arrears") ?? 0;
    const available = balances.get("available") ?? 0;
    const message = `after event ${event.seq} the member has ${available} "${pointType}" and owes ${0 - arrears}`;
    if (arrears > 0) complain("arrears", message);
    if (arrears < 0 && available > 0) owing ??= message;
  }
  // Points that arrive with their time over lapse in the next event of the same decision.
  books.owing = owing === null ? null : (books.owing ?? { seq: event.seq, message: owing });
}

function partsOf(parts: readonly LotAllocation[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { lot, points } of parts) sums.set(lot, (sums.get(lot) ?? 0) + points);
  return sums;
}

function total(parts: ReadonlyMap<number, number>): number {
  return [...parts.values()].reduce((sum, points) => sum + points, 0);
}

/** Whether two say the same of every lot; a lot without points need not be named. */
function isSame(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every((lot) => (a.get(lot) ?? 0) === (b.get(lot) ?? 0));
}
