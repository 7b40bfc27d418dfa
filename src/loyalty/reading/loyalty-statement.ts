import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { PointAccount, PointPosting } from "../ledger/event-parts.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { settleLoyalty } from "../ledger/settle-loyalty.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { bookedInstants } from "./account-at.js";
import { bookingWords } from "./describe-loyalty-event.js";
import { firstEvent } from "./lot-steps.js";
import { type DatedPostings, occurredPostings } from "./occurred-postings.js";

/** Which time, by which date, and in which language. */
export interface LoyaltyStatementOptions {
  /** First instant of the statement; a civil day is its start in the programme's zone. */
  readonly start: Instant;
  /** First instant after it. */
  readonly end: Instant;
  /**
   * By when things were in the books (default), so that a statement once given never changes; or by when they happened,
   * with late arrivals in their place.
   */
  readonly basis?: "recorded" | "occurred";
  /** English or Indonesian; default `"en"`. */
  readonly language?: "en" | "id";
}

/** One account of the double entry over the time of a statement. */
export interface StatementBalance {
  /** Which account. */
  readonly account: PointAccount;
  /** Its balance before `start`. */
  readonly opening: number;
  /** Sum of its movements. */
  readonly movements: number;
  /** Its balance before `end`: `opening + movements`. */
  readonly closing: number;
}

/** One type of point over the time of a statement. */
export interface StatementPoints {
  /** The type of point. */
  readonly pointType: string;
  /** Every account of the double entry; each column comes to zero. */
  readonly accounts: readonly StatementBalance[];
  /** What the member has (available less owed) before `start`. */
  readonly opening: number;
  /** What the member has before `end`. */
  readonly closing: number;
}

/** What happened, as a line of a statement. */
export interface StatementLine {
  /** When, by the basis of the statement, epoch milliseconds. */
  readonly at: number;
  /** The event; `null` where it came due and no event has booked it yet. */
  readonly seq: number | null;
  /** Kind of event. */
  readonly type: LoyaltyEvent["type"];
  /** In words. */
  readonly text: string;
  /** Movements at this instant; with `basis: "occurred"` they can differ from those of the event. */
  readonly postings: readonly PointPosting[];
}

/** An account over a time: opening, what happened, closing. */
export interface LoyaltyStatement {
  /** The account. */
  readonly accountId: string;
  /** First instant, epoch milliseconds. */
  readonly start: number;
  /** First instant after it, epoch milliseconds. */
  readonly end: number;
  /** By which date. */
  readonly basis: "recorded" | "occurred";
  /** Each type of point that the account ever had by then. */
  readonly points: readonly StatementPoints[];
  /** Line by line, in the order of time. */
  readonly lines: readonly StatementLine[];
}

/**
 * What happened to a member's points in a time, from the opening balance to the closing one?
 *
 * What came due stands at the instant at which it was due, whether or not a job had booked it, so that the closing of one
 * statement is the opening of the next. On the `occurred` basis each lot is lived through again by the dates of what happened:
 * a redemption that arrived after its points had lapsed stands before the lapse. There a balance can be below 0 for a time,
 * where what arrived late drew on points that came only later.
 *
 * @param program - The programme: its names, its zone, and what came due since the last event.
 * @param events - All events of one account from the first one on.
 * @param options - `start`, `end`, basis and language.
 * @returns Balances of every account of the double entry, and a line for each event.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `start` is not before `end`, there are no events, or they do not fit
 * together.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, loyaltyStatement, simulateLoyalty } from "clientele";
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
 * const { points, lines } = loyaltyStatement(program, events, { start: "2025-02-01", end: "2025-03-01" });
 * [points[0]?.opening, points[0]?.closing]; // => [100, 70]
 * lines.map(({ text }) => text); // => ["Redemption R-1: 30 points spent"]
 * ```
 */
export function loyaltyStatement(
  program: LoyaltyProgram,
  events: readonly LoyaltyEvent[],
  options: LoyaltyStatementOptions,
): LoyaltyStatement {
  assertProgram(program);
  assertOptions(options, "{ start, end, basis?, language? }");
  const { basis = "recorded", language = "en" } = options;
  assertOneOf(basis, "options.basis", ["recorded", "occurred"]);
  assertOneOf(language, "options.language", ["en", "id"]);
  const start = epochMs(options.start, "options.start", program.timeZone);
  const end = epochMs(options.end, "options.end", program.timeZone);
  assertArgument(
    start < end,
    "options.end",
    () =>
      `options.end is ${new Date(end).toISOString()}, not after options.start, ${new Date(start).toISOString()}`,
  );
  const { accountId } = firstEvent(events);
  const due = settleLoyalty(program, foldLoyalty(events), end - 1).events;
  const all = due.length === 0 ? events : [...events, ...due];
  const dated = (basis === "occurred" ? occurredPostings(all) : recordedPostings(all)).filter(
    ({ at }) => at < end,
  );
  const words = bookingWords(program, language);
  return {
    accountId,
    start,
    end,
    basis,
    points: balancesOf(dated, start),
    lines: dated
      .filter(({ at }) => at >= start)
      .map(({ event, at, turn, postings }) => ({
        at,
        seq: event.seq > events.length ? null : event.seq,
        type: turn ?? event.type,
        text: words(turn === null ? event : { type: turn }, postings),
        postings,
      })),
  };
}

function recordedPostings(events: readonly LoyaltyEvent[]): DatedPostings[] {
  const instants = bookedInstants(events);
  return events.map((event, i) => ({
    event,
    at: instants[i] ?? event.recordedAt,
    postings: event.postings,
    turn: null,
  }));
}

const ACCOUNTS: readonly PointAccount[] = [
  "issued",
  "pending",
  "available",
  "held",
  "redeemed",
  "expired",
  "clawedBack",
  "transferred",
  "adjusted",
  "arrears",
];

function balancesOf(dated: readonly DatedPostings[], start: number): StatementPoints[] {
  const types = new Map<
    string,
    { opening: Map<PointAccount, number>; movements: Map<PointAccount, number> }
  >();
  for (const { at, postings } of dated) {
    for (const { account, pointType, points } of postings) {
      const sums = types.get(pointType) ?? { opening: new Map(), movements: new Map() };
      types.set(pointType, sums);
      const into = at < start ? sums.opening : sums.movements;
      into.set(
        account,
        safeInteger((into.get(account) ?? 0) + points, "events", `the points of "${account}"`),
      );
    }
  }
  return [...types].map(([pointType, { opening, movements }]) => {
    const accounts = ACCOUNTS.map((account) => {
      const before = opening.get(account) ?? 0;
      const moved = movements.get(account) ?? 0;
      return { account, opening: before, movements: moved, closing: before + moved };
    });
    const has = (field: "opening" | "closing"): number =>
      accounts
        .filter(({ account }) => account === "available" || account === "arrears")
        .reduce((sum, balance) => sum + balance[field], 0);
    return { pointType, accounts, opening: has("opening"), closing: has("closing") };
  });
}
