import { assertArray, shown } from "../../core/assert.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { isWhatCameDue } from "../ledger/outcome.js";
import { emptyBooks, type LedgerBooks } from "./ledger-books.js";
import type { BrokenInvariant, LedgerFault } from "./ledger-invariant.js";
import { postEvent } from "./post-event.js";

/** Whether a ledger holds together. */
export interface LedgerCheck {
  /** Whether everything holds. */
  readonly sound: boolean;
  /** Accounts among the events. */
  readonly accounts: number;
  /** Events that were looked at: all, or up to the fault. */
  readonly events: number;
  /** The first fault; `null` where there is none. */
  readonly fault: LedgerFault | null;
}

/**
 * Do these events hold together, and if not, which is the first that does not?
 *
 * A second bookkeeping beside {@link foldLoyalty}, for an audit of what a store gives back: it follows each lot by what the
 * events say was taken from it and holds the postings against that. It knows no programme, so it says nothing on whether a
 * decision was right. Rows from outside go through {@link parseLoyaltyEvents} first.
 *
 * @param events - Events of any number of accounts; those of one account in order and from its first one on.
 * @returns The first fault, by the order of the events, with the event's number.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `events` is no array.
 * @example
 * ```ts
 * import { checkLedger, defineProgram, emptyLoyaltyAccount, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "adjust", key: "k2", at: "2025-01-02", points: 100, reason: "gift", actor: "desk" },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 30 },
 * ]);
 * checkLedger(events).sound; // => true
 * checkLedger(events.filter(({ seq }) => seq !== 2)).fault?.message; // => "event 3 follows event 1"
 * ```
 */
export function checkLedger(events: readonly LoyaltyEvent[]): LedgerCheck {
  assertArray(events, "events");
  const accounts = new Map<string, LedgerBooks>();
  const faultOf = (index: number, seq: number, broken: BrokenInvariant): LedgerCheck => {
    const fault = { accountId: (events[index] as LoyaltyEvent).accountId, seq, index, ...broken };
    return { sound: false, accounts: accounts.size, events: index + 1, fault };
  };
  const owingSince = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    const { accountId, seq } = event;
    const books = accounts.get(accountId) ?? emptyBooks();
    accounts.set(accountId, books);
    const { owing } = books;
    // Each command begins in books that hold.
    if (owing !== null && event.key !== null && !isWhatCameDue(event)) {
      return faultOf(owingSince.get(accountId) ?? index, owing.seq, {
        invariant: "arrears",
        message: owing.message,
      });
    }
    const broken = headerFault(books, event) ?? postEvent(books, event);
    if (broken !== null) return faultOf(index, seq, broken);
    if (books.owing?.seq === seq) owingSince.set(accountId, index);
  }
  for (const [accountId, { owing }] of accounts) {
    if (owing !== null) {
      const { seq, message } = owing;
      return faultOf(owingSince.get(accountId) ?? 0, seq, { invariant: "arrears", message });
    }
  }
  return { sound: true, accounts: accounts.size, events: events.length, fault: null };
}

function headerFault(books: LedgerBooks, event: LoyaltyEvent): BrokenInvariant | null {
  const { version, seq, at, recordedAt, type, key } = event;
  if (version !== 1) return { invariant: "version", message: `event ${seq} is of version ${shown(version)}` };
  if (seq !== books.seq + 1) {
    return { invariant: "sequence", message: `event ${seq} follows event ${books.seq}` };
  }
  books.seq = seq;
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(recordedAt)) {
    return {
      invariant: "time",
      message: `event ${seq} is at ${shown(at)}, booked at ${shown(recordedAt)}: not whole milliseconds`,
    };
  }
  if (recordedAt < at || recordedAt < books.recordedAt) {
    const than = recordedAt < at ? "it happened" : `event ${seq - 1}`;
    return { invariant: "time", message: `event ${seq} is booked at ${recordedAt}, before ${than}` };
  }
  books.recordedAt = recordedAt;
  if ((type === "enrolled") !== (seq === 1) || books.closed) {
    return {
      invariant: "status",
      message: `event ${seq} is ${shown(type)} ${books.closed ? "after the account was closed" : seq === 1 ? "and the first" : "again"}`,
    };
  }
  const ids: Partial<Record<(typeof IDS)[number], unknown>> = event;
  const nameless = IDS.find((id) => hasId(type, id) && !isText(ids[id]));
  if (nameless !== undefined) {
    const value = ids[nameless];
    return { invariant: "key", message: `event ${seq} has the ${nameless} ${shown(value)}: no text` };
  }
  for (const name of namesOf(event)) {
    if (books.names.has(name))
      return { invariant: "key", message: `event ${seq} uses ${name} a second time` };
    books.names.add(name);
  }
  if (key !== null && event.fingerprint === null) {
    return { invariant: "key", message: `event ${seq} has key ${shown(key)} and no fingerprint` };
  }
  return null;
}

const IDS = ["accountId", "orderId", "redemptionId", "holdId", "transferId"] as const;

/** Whether events of a type are about something that has such an id. */
function hasId(type: LoyaltyEvent["type"], id: (typeof IDS)[number]): boolean {
  switch (id) {
    case "accountId":
      return true;
    case "orderId":
      return type === "earned" || type === "clawedBack";
    case "redemptionId":
      return type === "redeemed" || type === "redemptionReversed";
    case "holdId":
      return type === "authorized" || type === "captured" || type === "voided";
    case "transferId":
      return type === "transferredIn" || type === "transferredOut";
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function namesOf(event: LoyaltyEvent): string[] {
  const names = event.key === null ? [] : [`key ${shown(event.key)}`];
  switch (event.type) {
    case "earned":
      return [...names, `order ${JSON.stringify(event.orderId)}`];
    case "redeemed":
      // A captured hold can be reversed by its id: one name for both.
      return [...names, `redemption ${JSON.stringify(event.redemptionId)}`];
    case "authorized":
      return [...names, `redemption ${JSON.stringify(event.holdId)}`];
    case "transferredIn":
    case "transferredOut":
      return [...names, `transfer ${JSON.stringify(event.transferId)}`];
    default:
      return names;
  }
}
