import type { LoyaltyCommand } from "../../src/loyalty/ledger/loyalty-command.js";
import { tell } from "./model.js";
import { paidOf } from "./model-figures.js";
import { type Book, close } from "./model-lots.js";

// What two naive ledgers do together.

/** Sends points from one book to another, or says which one refuses; then neither has changed. */
export function transfer(
  from: Book,
  to: Book,
  command: Extract<LoyaltyCommand, { type: "transferOut" }>,
): string {
  const trial = tell(structuredClone(from), command);
  if (trial !== "granted") return trial;
  if (to.closed) return "account_closed";
  if (to.transfers.has(command.transferId)) return "duplicate_transfer";
  tell(from, command);
  const lots = from.transfers.get(command.transferId) ?? [];
  const { key, at, recordedAt, transferId } = command;
  return tell(to, { type: "transferIn", key, at, recordedAt, transferId, from: "the other", lots });
}

/** Sends everything from one book to another and closes it; the other goes on with what it knew. */
export function merge(
  from: Book,
  to: Book,
  command: Extract<LoyaltyCommand, { type: "transferOut" }>,
): string {
  const answer = transfer(from, to, command);
  if (answer !== "granted") return answer;
  const first = to.lots.length - from.sent.length;
  for (const [id, order] of from.orders) {
    if (to.orders.has(id)) continue;
    const lots = from.sent.flatMap((lot, i) => (order.lots.includes(lot) ? [to.lots[first + i]] : []));
    const lapsed = { ...order.lapsed };
    for (const lot of order.lots) if (lot.state === "gone") lapsed[lot.type] += lot.free;
    to.orders.set(id, { ...order, lots, lapsed });
  }
  for (const { id } of [...from.spent, ...from.holds]) to.elsewhere.add(id);
  for (const id of from.elsewhere) to.elsewhere.add(id);
  const orders = [...from.spent.map(({ pays }) => pays), ...from.paidElsewhere.keys()];
  for (const order of new Set(orders)) {
    if (order === null) continue;
    to.paidElsewhere.set(order, (to.paidElsewhere.get(order) ?? 0) + paidOf(from, order));
  }
  close(from, command.at as number);
  return answer;
}
