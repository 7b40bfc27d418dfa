import type { TransferredLot } from "../../src/loyalty/ledger/loyalty-command.js";

// The lots of the naive ledger: arrays that are searched from end to end. Time passes instant by instant, and every lot is
// looked at each time.

/** What a model's programme says; `programFor` writes the same as data for the library. */
export interface Rules {
  readonly pendingDays: number;
  readonly expiry: "never" | "month" | { readonly days: number } | { readonly idleDays: number };
  readonly burnOrder: "soonestExpiry" | "oldest";
  readonly returnPolicy: "onlyPending" | "withinBalance" | "unlimited";
  readonly reversal: "newLot" | "originalLots";
  readonly windowDays: number | null;
  readonly lateEarns: "frozen" | "rederived";
  readonly holdDays: number | null;
  readonly tiers: boolean;
  /** Who may spend the points of a household of three; `null`: one member for each account. */
  readonly household: "owner" | "anyone" | null;
  /** Share of an order that points may pay, a half or all, 3 points for 10; `null`: points have no value in money. */
  readonly share: 0.5 | 1 | null;
}

export const DAY = 86_400_000;
/** Units of a "promo" line give 7 points that lapse on this day, whatever the programme's expiry. */
export const PROMO_ENDS = Date.UTC(2025, 1, 20);
/** The catalogue: a mug at any time, a scarf on these days. */
export const REWARDS = {
  mug: { points: 17, from: -Infinity, until: Infinity },
  scarf: { points: 9, from: Date.UTC(2025, 0, 10), until: Date.UTC(2025, 1, 1) },
} as const;

export interface Lot {
  readonly no: number;
  readonly type: string;
  readonly size: number;
  readonly earned: number;
  readonly active: number;
  /** `null` never; "idle" with the account's activity. */
  readonly end: number | null | "idle";
  free: number;
  held: number;
  state: "waiting" | "open" | "gone";
  gone: number;
}
export type Part = { readonly lot: Lot; points: number };
export interface Line {
  readonly id: string;
  readonly quantity: number;
  readonly amount: number;
  readonly points: Readonly<Record<string, number>>;
}
export interface Order {
  readonly at: number;
  readonly lines: readonly Line[];
  readonly lots: readonly Lot[];
  by: "lines" | "amount" | null;
  readonly units: Record<string, number>;
  amount: number;
  readonly due: Record<string, number>;
  /** What had lapsed of it in an account that was merged into this one. */
  readonly lapsed: Readonly<Record<string, number>>;
  whole: boolean;
}
interface Hold {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly until: number;
  readonly pays: string | null;
  readonly parts: Part[];
  status: "open" | "resolved" | "ended";
}
interface Spent {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly points: number;
  readonly isHold: boolean;
  /** Order that it pays; `null` none, or a reward. */
  readonly pays: string | null;
  back: number;
  parts: Part[];
}

export interface Book {
  readonly rules: Rules;
  readonly lots: Lot[];
  readonly orders: Map<string, Order>;
  readonly holds: Hold[];
  readonly spent: Spent[];
  readonly transfers: Map<string, readonly TransferredLot[]>;
  /** The lots that the last transfer took from. */
  sent: readonly Lot[];
  /** Holds and redemptions of accounts that were merged into this one. */
  readonly elsewhere: Set<string>;
  /** What points of such accounts pay, by order. */
  readonly paidElsewhere: Map<string, number>;
  readonly keys: Map<string, string>;
  readonly owed: Record<string, number>;
  /** Who shares the account beside its owner. */
  readonly members: Set<string>;
  /** When idle points lapse, and when they did so far. */
  idleEnd: number | null;
  readonly idleEnds: number[];
  closed: boolean;
}

export function newBook(rules: Rules): Book {
  const owed = { points: 0, q: 0 };
  const orders = new Map<string, Order>();
  const keys = new Map<string, string>();
  const transfers = new Map<string, readonly TransferredLot[]>();
  return {
    rules,
    lots: [],
    orders,
    holds: [],
    spent: [],
    transfers,
    sent: [],
    elsewhere: new Set(),
    paidElsewhere: new Map(),
    keys,
    owed,
    members: new Set(),
    idleEnd: null,
    idleEnds: [],
    closed: false,
  };
}

/** Lets time pass: at each instant waiting lots open, holds end, lots lapse. */
export function pass(book: Book, to: number): void {
  while (!book.closed) {
    const due = Math.min(
      ...book.lots.filter((lot) => lot.state === "waiting").map((lot) => lot.active),
      ...book.holds.filter((hold) => hold.status === "open").map((hold) => hold.until),
      ...book.lots.filter((lot) => lot.state === "open").map((lot) => endOf(book, lot)),
      idleIsDue(book) ? (book.idleEnd ?? Infinity) : Infinity,
    );
    if (due > to) return;
    const opening = book.lots.filter((lot) => lot.state === "waiting" && lot.active === due);
    for (const lot of opening) lot.state = "open";
    repay(
      book,
      opening.map((lot) => ({ lot, points: lot.free })),
      due,
    );
    const ending = book.holds.filter((hold) => hold.status === "open" && hold.until === due);
    for (const hold of ending.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      hold.status = "ended";
      release(book, hold.parts, due);
    }
    for (const lot of book.lots) {
      const end = endOf(book, lot);
      if (lot.state !== "open" || end > due) continue;
      lot.state = "gone";
      lot.gone = end;
    }
    if (idleIsDue(book) && book.idleEnd === due) book.idleEnds.push(due);
  }
}

const idleIsDue = (book: Book) => book.idleEnd !== null && !book.idleEnds.includes(book.idleEnd);

export function endOf(book: Book, lot: Lot): number {
  if (lot.state === "gone") return lot.gone;
  const end = lot.end === "idle" ? book.idleEnd : lot.end;
  return end === null ? Infinity : Math.max(end, lot.active);
}

/** When points lapse that are earned now; idle points that arrive after a lapse for want of activity end with it. */
export function lapse(book: Book, earned: number, active: number, activity: number): Lot["end"] {
  const { expiry } = book.rules;
  if (expiry === "never") return null;
  if (expiry === "month") {
    const day = new Date(earned);
    return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
  }
  if ("days" in expiry) return earned + expiry.days * DAY;
  const passed = book.idleEnds.find((end) => end > active);
  return passed === undefined ? "idle" : Math.max(passed, activity + expiry.idleDays * DAY);
}

/** Activity puts off the lapse of idle points. */
export function wake(book: Book, at: number): void {
  const { expiry } = book.rules;
  if (typeof expiry !== "object" || !("idleDays" in expiry)) return;
  book.idleEnd = Math.max(book.idleEnd ?? -Infinity, at + expiry.idleDays * DAY);
}

export function open(
  book: Book,
  type: string,
  size: number,
  earned: number,
  active: number,
  end: Lot["end"],
  now: number,
): Lot {
  const state = active <= now ? "open" : "waiting";
  const lot: Lot = {
    no: book.lots.length,
    type,
    size,
    free: size,
    held: 0,
    earned,
    active,
    end,
    state,
    gone: 0,
  };
  book.lots.push(lot);
  return lot;
}

export function inBurnOrder(book: Book, lots: readonly Lot[]): Lot[] {
  const end = (lot: Lot) => (book.rules.burnOrder === "oldest" ? 0 : endOf(book, lot));
  return [...lots].sort((a, b) => {
    if (end(a) !== end(b)) return end(a) - end(b);
    return a.earned - b.earned || a.no - b.no;
  });
}

/** Takes points from lots that were usable at an instant; takes nothing and says `null` where they are too few. */
export function debit(book: Book, type: string, points: number, at: number): Part[] | null {
  const usable = book.lots.filter(
    (lot) => lot.type === type && lot.state !== "waiting" && lot.active <= at && endOf(book, lot) > at,
  );
  if (usable.reduce((sum, lot) => sum + lot.free, 0) < points) return null;
  const parts = inBurnOrder(book, usable).map((lot) => ({ lot, points: lot.free }));
  const taken = cut(parts, points);
  for (const part of taken) part.lot.free -= part.points;
  return taken;
}

/** Cuts the first points off a list of parts. */
export function cut(parts: Part[], points: number): Part[] {
  const off: Part[] = [];
  let missing = points;
  for (const part of parts) {
    const some = Math.min(missing, part.points);
    if (some > 0) off.push({ lot: part.lot, points: some });
    part.points -= some;
    missing -= some;
  }
  return off;
}

/** What came in pays what is owed. */
export function repay(book: Book, incoming: readonly Part[], now: number): void {
  const usable = incoming.filter(({ lot }) => lot.state === "open" && endOf(book, lot) > now);
  for (const lot of inBurnOrder(book, [...new Set(usable.map((part) => part.lot))])) {
    const came = usable.filter((part) => part.lot === lot).reduce((sum, part) => sum + part.points, 0);
    const points = Math.min(book.owed[lot.type], came);
    lot.free -= points;
    book.owed[lot.type] -= points;
  }
}

export function release(book: Book, parts: readonly Part[], now: number): void {
  for (const { lot, points } of parts) {
    lot.held -= points;
    lot.free += points;
  }
  repay(book, parts, now);
}

/** Lets everything lapse; nothing happens any more. */
export function close(book: Book, at: number): void {
  for (const lot of book.lots) {
    if (lot.state === "gone") continue;
    lot.state = "gone";
    lot.gone = at;
  }
  book.closed = true;
}
