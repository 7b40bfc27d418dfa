import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import {
  type Book,
  cut,
  DAY,
  debit,
  endOf,
  inBurnOrder,
  type Lot,
  lapse,
  type Order,
  open,
  type Part,
  repay,
  wake,
} from "./model-lots.js";

// What the naive ledger does about things that come back, and about points that come late.

export function reverse(book: Book, id: string, asked: number | undefined, at: number, now: number): string {
  const spent = book.spent.find((each) => each.id === id);
  if (spent === undefined) return book.elsewhere.has(id) ? "booked_before_merge" : "unknown_redemption";
  if (at < spent.at) return "dated_before";
  const left = spent.points - spent.back;
  if (left === 0) return "already_reversed";
  const points = asked ?? left;
  if (points > left) return "reversal_exceeds_redemption";
  spent.back += points;
  spent.parts.reverse();
  const back = cut(spent.parts, points);
  spent.parts = spent.parts.filter((part) => part.points > 0).reverse();
  const { reversal, windowDays } = book.rules;
  if (reversal === "newLot") {
    const lot = open(book, spent.type, points, at, at, lapse(book, at, at, at), now);
    wake(book, at);
    repay(book, [{ lot, points }], now);
    return "granted";
  }
  const incoming: Part[] = [];
  for (const part of back) {
    const { lot } = part;
    const until = lot.gone + (windowDays ?? 0) * DAY;
    if (lot.state === "gone" && windowDays !== null && at <= until) {
      incoming.push({
        lot: open(book, lot.type, part.points, lot.earned, lot.active, until, now),
        points: part.points,
      });
    } else {
      lot.free += part.points;
      incoming.push(part);
    }
  }
  repay(book, incoming, now);
  return "granted";
}

export function clawBack(
  book: Book,
  command: Extract<LoyaltyCommand, { type: "clawBack" }>,
  now: number,
): string {
  const order = book.orders.get(command.orderId);
  if (order === undefined) return "unknown_order";
  if ((command.at as number) < order.at) return "dated_before";
  if (order.whole) return "already_returned";
  const price = order.lines.reduce((sum, line) => sum + line.amount, 0);
  const isByAmount = command.amount !== undefined || (command.lines === undefined && order.by === "amount");
  if (order.by !== null && (order.by === "amount") !== isByAmount) return "return_mixed";
  if (isByAmount) {
    const amount = command.amount ?? price - order.amount;
    if (amount > price - order.amount) return "return_exceeds_order";
    order.amount += amount;
    order.whole = order.amount === price;
  } else {
    const rest = order.lines.map((line) => ({
      lineId: line.id,
      quantity: line.quantity - (order.units[line.id] ?? 0),
    }));
    const lines = command.lines ?? rest;
    for (const { lineId, quantity } of lines) {
      const line = rest.find((each) => each.lineId === lineId);
      if (line === undefined) return "unknown_line";
      if (quantity > line.quantity) return "return_exceeds_order";
    }
    for (const { lineId, quantity } of lines) order.units[lineId] = (order.units[lineId] ?? 0) + quantity;
    order.whole = order.lines.every((line) => order.units[line.id] === line.quantity);
  }
  order.by = isByAmount ? "amount" : "lines";
  for (const type of ["points", "q"]) {
    const total = order.lines.reduce((sum, line) => sum + line.points[type], 0);
    const ofLines = order.lines.map((line) =>
      Math.floor((line.points[type] * (order.units[line.id] ?? 0)) / line.quantity),
    );
    const part = isByAmount ? Math.floor((total * order.amount) / price) : ofLines.reduce((a, b) => a + b, 0);
    const left = total - order.lapsed[type];
    const due = Math.max(order.due[type], Math.min(order.whole ? total : part, left));
    take(book, order, type, due - order.due[type], now);
    order.due[type] = due;
  }
  return "granted";
}

function take(book: Book, order: Order, type: string, due: number, now: number): void {
  const { returnPolicy } = book.rules;
  let missing = due;
  const from = (lots: readonly Lot[]) => {
    for (const lot of lots) {
      const points = Math.min(missing, lot.free);
      lot.free -= points;
      missing -= points;
    }
  };
  const own = order.lots.filter((lot) => lot.type === type);
  from(own.filter((lot) => lot.state === "waiting"));
  if (returnPolicy === "onlyPending") return;
  from(own.filter((lot) => lot.state === "open"));
  from(own.filter((lot) => lot.state === "gone"));
  const others = book.lots.filter(
    (lot) => lot.type === type && lot.state === "open" && endOf(book, lot) > now,
  );
  from(inBurnOrder(book, others));
  if (returnPolicy === "unlimited") book.owed[type] += missing;
}

/** Redemptions since the points that came late take their lots again, in the order in which they happened. */
export function deriveAnew(book: Book, arrived: readonly Lot[]): void {
  for (const type of ["points", "q"]) {
    const came = arrived.filter((lot) => lot.type === type);
    const since = Math.min(...came.map((lot) => lot.active));
    const debits = book.spent.filter((spent) => spent.type === type && spent.at >= since && !spent.isHold);
    if (book.owed[type] > 0) continue;
    debits.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const before = book.lots.map((lot) => lot.free);
    for (const { parts } of debits) for (const { lot, points } of parts) lot.free += points;
    const anew = debits.map((spent) => debit(book, type, spent.points - spent.back, spent.at));
    if (anew.includes(null)) {
      for (const [i, lot] of book.lots.entries()) lot.free = before[i];
    } else {
      for (const [i, spent] of debits.entries()) spent.parts = anew[i] ?? [];
    }
  }
}
