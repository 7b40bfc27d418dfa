import { type Book, endOf, type Lot } from "./model-lots.js";

// What the naive ledger says it has.

/** What the book says of one type: each figure is a sum over lots, redemptions, debts. */
export function figures(book: Book, type: string) {
  const lots = book.lots.filter((lot) => lot.type === type);
  const sum = (of: readonly Lot[], pick: (lot: Lot) => number) =>
    of.reduce((total, lot) => total + pick(lot), 0);
  const free = (state: Lot["state"]) =>
    sum(
      lots.filter((lot) => lot.state === state),
      (lot) => lot.free,
    );
  const spent = book.spent.filter((each) => each.type === type);
  return {
    available: free("open"),
    pending: free("waiting"),
    held: sum(lots, (lot) => lot.held),
    expired: free("gone"),
    arrears: 0 - book.owed[type],
    redeemed: spent.reduce((total, { points, back }) => total + points - back, 0),
  };
}

/** Lots as the library lists them; the lapse only of those that count. */
export function lotsOf(book: Book) {
  return book.lots.map((lot) => {
    const end = endOf(book, lot);
    return {
      lot: lot.no,
      pointType: lot.type,
      original: lot.size,
      remaining: lot.free,
      held: lot.held,
      lapsed: lot.state === "gone" ? lot.free : 0,
      earnedAt: lot.earned,
      activeAt: lot.active,
      lapse: lot.state === "open" && lot.free > 0 && end !== Infinity ? end : null,
    };
  });
}

/** What points pay: 3 of them 10, rounded down. */
const worthOf = (points: number) => Math.floor((10 * points) / 3);

/** What points pay of an order, all holds and redemptions gone through. */
export function paidOf(book: Book, order: string): number {
  if (book.rules.share === null) return 0;
  let paid = book.paidElsewhere.get(order) ?? 0;
  for (const { pays, points, back } of book.spent) {
    if (pays !== order) continue;
    paid += worthOf(points) - Math.floor((worthOf(points) * back) / points);
  }
  for (const { pays, parts, status } of book.holds) {
    if (pays !== order || status !== "open") continue;
    paid += worthOf(parts.reduce((sum, { points }) => sum + points, 0));
  }
  return paid;
}

/** Whether points would pay more of an order than the programme lets them. */
export function isAboveShare(book: Book, points: number, order: string, amount: number): boolean {
  const { share } = book.rules;
  return share !== null && worthOf(points) + paidOf(book, order) > Math.floor(share * amount);
}
