import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import { isAboveShare } from "./model-figures.js";
import {
  type Book,
  close,
  cut,
  DAY,
  debit,
  endOf,
  type Line,
  type Lot,
  lapse,
  newBook,
  open,
  type Part,
  PROMO_ENDS,
  pass,
  REWARDS,
  type Rules,
  release,
  repay,
  wake,
} from "./model-lots.js";
import { clawBack, deriveAnew, reverse } from "./model-returns.js";

// A second, naive ledger: plain mutable code, days of 24 hours (UTC), nothing of the library but the shape of a command.

/**
 * Tells the book a command and gets the code of its refusal, or "granted", or "repeated". Time passes in a book by itself: that
 * `expire` had something to book, so that its key is taken, is told.
 */
export function tell(book: Book, command: LoyaltyCommand, isBooked = false): string {
  const { recordedAt, key, ...payload } = command;
  const at = command.at as number;
  const now = (recordedAt ?? at) as number;
  const known = book.keys.get(key);
  if (known !== undefined) return known === JSON.stringify(payload) ? "repeated" : "idempotency_conflict";
  if (command.type === "enroll") return "already_enrolled";
  if (book.closed) return "account_closed";
  pass(book, command.type === "expire" ? at : now);
  if (command.type === "expire") {
    if (isBooked) book.keys.set(key, JSON.stringify(payload));
    return "granted";
  }
  const answer = act(book, command, at, now);
  if (answer !== "granted") return answer;
  book.keys.set(key, JSON.stringify(payload));
  pass(book, now);
  return answer;
}

/** What the commands so far come to at an instant, all worked out again. */
export function bookAt(rules: Rules, commands: readonly LoyaltyCommand[], at: number): Book {
  const book = newBook(rules);
  for (const command of commands) tell(book, command);
  pass(book, at);
  return book;
}

function act(book: Book, command: LoyaltyCommand, at: number, now: number): string {
  const { rules } = book;
  switch (command.type) {
    case "earn": {
      if (isStranger(book, command.memberId)) return "not_a_member";
      if (book.orders.has(command.orderId)) return "duplicate_order";
      const lines = (command.lines ?? []).map((line): Line => {
        const quantity = line.quantity ?? 1;
        const promo = line.productId === "promo" ? 7 * quantity : 0;
        return {
          id: line.lineId,
          quantity,
          amount: line.amount,
          points: { points: line.amount / 10 + promo, q: quantity },
        };
      });
      const promos = (command.lines ?? []).filter((line) => line.productId === "promo");
      const promo = promos.reduce((sum, line) => sum + 7 * (line.quantity ?? 1), 0);
      const base = lines.reduce((sum, line) => sum + line.amount / 10, 0);
      const active = at + rules.pendingDays * DAY;
      const lots: Lot[] = [];
      if (base > 0) lots.push(open(book, "points", base, at, active, lapse(book, at, active, at), now));
      if (promo > 0) lots.push(open(book, "points", promo, at, active, PROMO_ENDS, now));
      const units = lines.reduce((sum, line) => sum + line.quantity, 0);
      if (base + promo > 0) wake(book, at);
      lots.push(open(book, "q", units, at, at, null, now));
      book.orders.set(command.orderId, {
        at,
        lines,
        lots,
        by: null,
        units: {},
        amount: 0,
        due: { points: 0, q: 0 },
        lapsed: { points: 0, q: 0 },
        whole: false,
      });
      repay(
        book,
        lots.map((lot) => ({ lot, points: lot.free })),
        now,
      );
      if (rules.lateEarns === "rederived") deriveAnew(book, lots);
      return "granted";
    }
    case "adjust": {
      const type = command.pointType ?? "points";
      if (command.points < 0) return debit(book, type, -command.points, at) === null ? short : "granted";
      const active = (command.activeAt ?? at) as number;
      const given = command.expiresAt as number | null | undefined;
      const end = given === undefined ? (type === "q" ? null : lapse(book, at, active, at)) : given;
      const lot = open(book, type, command.points, at, active, end, now);
      if (given === undefined && type === "points") wake(book, at);
      repay(book, [{ lot, points: lot.free }], now);
      return "granted";
    }
    case "authorize": {
      const { holdId: id, pointType: type = "points" } = command;
      const { orderId: pays = null, orderAmount = 0 } = command;
      if (type === "q") return "not_spendable";
      if (pays !== null && isAboveShare(book, command.points, pays, orderAmount)) return "above_order_share";
      if (isUsed(book, id)) return "duplicate_hold";
      const until =
        (command.until as number | undefined) ??
        (rules.holdDays === null ? Infinity : at + rules.holdDays * DAY);
      if (until <= now) return "hold_ended";
      const parts = debit(book, type, command.points, at);
      if (parts === null) return short;
      for (const part of parts) part.lot.held += part.points;
      book.holds.push({ id, at, type, until, pays, parts, status: "open" });
      return "granted";
    }
    case "capture":
    case "void": {
      const hold = book.holds.find(({ id }) => id === command.holdId);
      if (hold === undefined)
        return book.elsewhere.has(command.holdId) ? "booked_before_merge" : "unknown_hold";
      if (at < hold.at) return "dated_before";
      if (hold.status !== "open") return hold.status === "ended" ? "hold_ended" : "hold_resolved";
      const held = hold.parts.reduce((sum, part) => sum + part.points, 0);
      const points = command.type === "void" ? 0 : (command.points ?? held);
      if (points > held) return "capture_exceeds_hold";
      hold.status = "resolved";
      const parts = cut(hold.parts, points);
      for (const part of parts) part.lot.held -= part.points;
      if (command.type === "capture") {
        const { id, type, pays } = hold;
        book.spent.push({ id, type, at, points, isHold: true, pays, back: 0, parts });
        wake(book, at);
      }
      release(book, hold.parts, now);
      return "granted";
    }
    case "redeem": {
      const { redemptionId: id, pointType: type = "points", rewardId, memberId } = command;
      if (isStranger(book, memberId)) return "not_a_member";
      if (rules.household === "owner" && memberId !== undefined) return "owner_only";
      if (isUsed(book, id)) return "duplicate_redemption";
      const reward = rewardId === undefined ? undefined : REWARDS[rewardId as keyof typeof REWARDS];
      if (rewardId !== undefined && reward === undefined) return "unknown_reward";
      if (type === "q") return "not_spendable";
      if (reward !== undefined && (at < reward.from || at >= reward.until)) return "reward_not_available";
      const points = reward?.points ?? command.points ?? 0;
      const { orderId = null, orderAmount = 0 } = command;
      const pays = reward === undefined ? orderId : null;
      if (pays !== null && isAboveShare(book, points, pays, orderAmount)) return "above_order_share";
      const parts = debit(book, type, points, at);
      if (parts === null) return short;
      book.spent.push({ id, type, at, points, isHold: false, pays, back: 0, parts });
      wake(book, at);
      return "granted";
    }
    case "reverseRedemption":
      return reverse(book, command.redemptionId, command.points, at, now);
    case "clawBack":
      return clawBack(book, command, now);
    case "transferOut":
      if (book.transfers.has(command.transferId)) return "duplicate_transfer";
      return command.points === undefined
        ? sendAll(book, command.transferId)
        : sendOut(book, command.transferId, command.points, at);
    case "transferIn": {
      if (book.transfers.has(command.transferId)) return "duplicate_transfer";
      book.transfers.set(command.transferId, command.lots);
      const lots = command.lots.map((lot) =>
        open(book, lot.pointType, lot.points, lot.earnedAt, lot.activeAt, lot.expiresAt, now),
      );
      repay(
        book,
        lots.map((lot) => ({ lot, points: lot.free })),
        now,
      );
      return "granted";
    }
    case "close":
      if (book.holds.some((hold) => hold.status === "open")) return "has_open_holds";
      close(book, at);
      return "granted";
    case "addMember":
      if (rules.household === null) return "no_household";
      if (book.members.has(command.memberId)) return "already_a_member";
      if (book.members.size === 2) return "household_full";
      book.members.add(command.memberId);
      return "granted";
    case "removeMember":
      return book.members.delete(command.memberId) ? "granted" : "not_a_member";
    case "setTier":
      return rules.tiers ? "granted" : "no_tiers";
    default:
      throw new Error(`the model does not know ${command.type}`);
  }
}

const short = "insufficient_points";
const isUsed = (book: Book, id: string) =>
  book.elsewhere.has(id) ||
  book.holds.some((hold) => hold.id === id) ||
  book.spent.some((spent) => spent.id === id);

const isStranger = (book: Book, memberId: string | undefined) =>
  memberId !== undefined && !book.members.has(memberId);

function sendOut(book: Book, transferId: string, points: number, at: number): string {
  const parts = debit(book, "points", points, at);
  if (parts === null) return short;
  return sent(book, transferId, parts);
}

/** Everything that counts or will count, of an account that nothing binds; what is looked at first, binds first. */
function sendAll(book: Book, transferId: string): string {
  for (const type of new Set(book.lots.map((lot) => lot.type))) {
    if (book.lots.some((lot) => lot.type === type && lot.held > 0)) return "has_open_holds";
    if (book.owed[type] > 0) return "has_arrears";
  }
  const parts = book.lots
    .filter((lot) => lot.state !== "gone" && lot.free > 0)
    .map((lot) => ({ lot, points: lot.free }));
  for (const { lot } of parts) lot.free = 0;
  return sent(book, transferId, parts);
}

function sent(book: Book, transferId: string, parts: readonly Part[]): string {
  const lots = parts.map(({ lot, points: some }) => ({
    pointType: lot.type,
    points: some,
    earnedAt: lot.earned,
    activeAt: lot.active,
    expiresAt: endOf(book, lot) === Infinity ? null : endOf(book, lot),
  }));
  book.transfers.set(transferId, lots);
  book.sent = parts.map(({ lot }) => lot);
  return "granted";
}
