import { epochMs, type Instant } from "../../core/instant.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { tierReview } from "../tiers/tier-changes.js";
import type { TierStanding } from "../tiers/tier-standing.js";
import { lotOf, lotState } from "./account-lots.js";
import { findById } from "./by-id.js";
import { eventOf, type LoyaltyEventBody } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { evolveLoyalty } from "./evolve-loyalty.js";
import { followTier } from "./follow-tier.js";
import { holdRelease } from "./hold-release.js";
import { isIndexed } from "./lot-index.js";
import { lapseOf, NEVER } from "./lot-lapse.js";
import { allLots } from "./lot-list.js";
import { repay, usableOnArrival } from "./lots-in-order.js";
import type { LotState, LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { postingSheet } from "./posting-sheet.js";
import { qualifyingReader } from "./qualifying-days.js";
import { type KeyParts, mapFirstKey, mapWalk, type SortedMap } from "./sorted-map.js";

/** What came due, and the account with it. */
export interface SettledLoyalty {
  /** Activations, ends of holds, reviews of the level and lapses, in the order of their instants. */
  readonly events: readonly LoyaltyEvent[];
  /** The account after them; the same one where nothing was due. */
  readonly account: LoyaltyAccount;
}

/**
 * What has come due in an account by an instant?
 *
 * Pending points that begin to count, holds whose time is over, terms of a level that end, points that lapse: each becomes
 * an event at the instant at which it was due (at one instant in this order). Commands are decided in an account settled so,
 * and balances are read from one; whether and when these events are stored changes no balance.
 *
 * @param program - The programme, for the reviews of the level.
 * @param account - The account; it is not changed.
 * @param at - By when: what is due at or before it.
 * @param recordedAt - When it is booked, epoch milliseconds; default the later of `at` and the account's last.
 * @returns The events and the account after them.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `at` is no instant, or something is due and the programme lacks what
 * {@link defineProgram} fills in.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, settleLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * settleLoyalty(program, emptyLoyaltyAccount("A-1"), "2025-01-01").events; // => []
 * ```
 */
export function settleLoyalty(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  at: Instant,
  recordedAt?: number,
): SettledLoyalty {
  const upTo = epochMs(at, "at", program.timeZone);
  if (firstDue(account, upTo) > upTo) return { events: [], account };
  assertProgram(program);
  const bookedAt = Math.max(recordedAt ?? upTo, account.recordedAt ?? upTo);
  const events: LoyaltyEvent[] = [];
  let settled = account;
  const book = (body: LoyaltyEventBody, due: number): void => {
    const event = eventOf(settled, body, { at: due, recordedAt: bookedAt, key: null, fingerprint: null });
    events.push(event);
    settled = evolveLoyalty(settled, event);
  };
  while (settled.status === "open") {
    const next = nextDue(program, settled, upTo);
    if (next === null || next.at > upTo) break;
    book(next.body(), next.at);
    if (program.tiers?.measure.kind === "balance") {
      const followed = followTier(program, settled, next.at, next.at);
      if (followed !== null) book(followed, next.at);
    }
  }
  return { events, account: settled };
}

/** A first look, since most commands find nothing due: when anything is, or {@link NEVER}. */
function firstDue(account: LoyaltyAccount, upTo: number): number {
  if (account.status !== "open") return NEVER;
  const { standing } = account;
  const ofTier = standing === null ? NEVER : tierDue(standing);
  return Math.min(nextActivation(account), timeOf(account.holdEnds), ofTier, nextLapse(account, upTo));
}

function tierDue({ until, floor }: TierStanding): number {
  return Math.min(until ?? NEVER, floor?.until ?? NEVER);
}

interface Due {
  readonly at: number;
  readonly body: () => LoyaltyEventBody;
}

/** The first instant that something is due at; of one instant, what comes first then. */
function nextDue(program: LoyaltyProgram, account: LoyaltyAccount, upTo: number): Due | null {
  let first: Due | null = null;
  const offer = (at: number, body: (at: number) => LoyaltyEventBody): void => {
    if (at === NEVER || (first !== null && first.at <= at)) return;
    first = { at, body: () => body(at) };
  };
  offer(nextActivation(account), (at) => activation(program, account, at));
  offer(timeOf(account.holdEnds), (at) => {
    return timeout(program, account, String(mapFirstKey(account.holdEnds)?.[1]), at);
  });
  const lapsesAt = nextLapse(account, upTo);
  const { standing, enrolledAt } = account;
  if (program.tiers !== undefined && standing !== null) {
    const due = tierDue(standing);
    // Before the points lapse that the level is read from.
    const isFirst = due !== NEVER && due <= lapsesAt && (first === null || due < (first as Due).at);
    const review = isFirst
      ? tierReview(program, standing, qualifyingReader(program, account), due, enrolledAt ?? due)
      : null;
    if (review !== null) {
      offer(review.at, () => ({
        type: "tierChanged",
        postings: [],
        from: standing.tier,
        standing: review.standing,
        cause: review.cause,
        reason: null,
        actor: null,
      }));
    }
  }
  offer(lapsesAt, (at) => lapse(account, at));
  return first;
}

/** When pending points begin to count next; {@link NEVER} where none wait. */
function nextActivation(account: LoyaltyAccount): number {
  if (isIndexed(account)) return timeOf(account.pending);
  let first = NEVER;
  for (const { opened, status, remaining } of allLots(account.lots)) {
    if (status === "pending" && remaining > 0 && opened.activeAt < first) first = opened.activeAt;
  }
  return first;
}

/** When points lapse next; {@link NEVER} where none do by an instant. */
function nextLapse(account: LoyaltyAccount, upTo: number): number {
  let first = NEVER;
  if (!isIndexed(account)) {
    for (const lot of allLots(account.lots)) {
      if (lot.status !== "active" || lot.remaining === 0) continue;
      const lapse = lot.opened.sliding ? slidingLapse(account, lot, upTo) : lapseOf(lot.opened);
      if (lapse < first) first = lapse;
    }
    return first;
  }
  for (const pointType of Object.keys(account.points)) {
    const { expiring, sliding, slidesTo } = account.points[pointType];
    first = Math.min(first, timeOf(expiring));
    if (sliding === null || slidesTo === null || slidesTo > upTo) continue;
    mapWalk(sliding, (_, number) => {
      const at = slidingLapse(account, lotState(account, number), upTo);
      first = Math.min(first, at);
      return at > slidesTo;
    });
  }
  return first;
}

/** A sliding lot lapses with the account's activity, but not before it begins to count; {@link NEVER} where not by then. */
function slidingLapse({ points }: LoyaltyAccount, { opened }: LotState, upTo: number): number {
  const { slidesTo } = points[opened.pointType];
  return slidesTo === null || slidesTo > upTo ? NEVER : Math.max(slidesTo, opened.activeAt);
}

function timeOf(index: SortedMap<KeyParts, unknown>): number {
  return (mapFirstKey(index)?.[0] as number | undefined) ?? NEVER;
}

/** Every lot that the first keys of an index name at one instant. */
function lotsAt(account: LoyaltyAccount, index: SortedMap<KeyParts, number>, at: number): LotAllocation[] {
  const parts: LotAllocation[] = [];
  mapWalk(index, (key, number) => {
    if (key[0] !== at) return false;
    parts.push({ lot: number, points: lotState(account, number).remaining });
    return true;
  });
  return parts;
}

/** Pending points that begin to count at an instant, in the order of their lots. */
function activatedAt(account: LoyaltyAccount, at: number): LotAllocation[] {
  if (isIndexed(account)) return lotsAt(account, account.pending, at);
  return allLots(account.lots)
    .filter(
      ({ opened, status, remaining }) => status === "pending" && remaining > 0 && opened.activeAt === at,
    )
    .map(({ opened, remaining }) => ({ lot: opened.lot, points: remaining }));
}

function activation(program: LoyaltyProgram, account: LoyaltyAccount, at: number): LoyaltyEventBody {
  const lots = activatedAt(account, at);
  const sheet = postingSheet();
  sheet.debit(account, lots, "available");
  const opened = lots.map(({ lot, points }) => {
    const { pointType, earnedAt, activeAt, expiresAt, sliding } = lotOf(account, lot);
    return { lot, points, pointType, earnedAt, activeAt, expiresAt, ...(sliding ? { sliding } : {}) };
  });
  const repaid = repay(account, program.burnOrder, usableOnArrival(account, opened, at), sheet);
  return { type: "activated", postings: sheet.postings(), lots, repaid };
}

function timeout(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  holdId: string,
  at: number,
): LoyaltyEventBody {
  const hold = findById(account.holds, holdId);
  const parts = hold?.allocations ?? [];
  const sheet = postingSheet();
  const release = holdRelease(program, account, parts, at, sheet);
  const { pointType = "", points = 0 } = hold ?? {};
  return {
    type: "voided",
    postings: sheet.postings(),
    holdId,
    pointType,
    points,
    reason: "timeout",
    ...release,
  };
}

/** All points of all types that lapse at one instant. */
function lapse(account: LoyaltyAccount, at: number): LoyaltyEventBody {
  const lots = isIndexed(account) ? indexedLapses(account, at) : listedLapses(account, at);
  const sheet = postingSheet();
  sheet.debit(account, lots, "expired");
  return { type: "expired", postings: sheet.postings(), lots };
}

function indexedLapses(account: LoyaltyAccount, at: number): LotAllocation[] {
  const lots: LotAllocation[] = [];
  for (const pointType of Object.keys(account.points)) {
    const { expiring, sliding, slidesTo } = account.points[pointType];
    lots.push(...lotsAt(account, expiring, at));
    if (slidesTo === null || slidesTo > at) continue;
    mapWalk(sliding, (_, number) => {
      const lot = lotState(account, number);
      if (slidingLapse(account, lot, at) === at) lots.push({ lot: number, points: lot.remaining });
      return true;
    });
  }
  return lots;
}

/** In the order of the indices: type by type, lots with a lapse of their own before sliding ones, the oldest first. */
function listedLapses(account: LoyaltyAccount, at: number): LotAllocation[] {
  const active = allLots(account.lots).filter(
    ({ status, remaining }) => status === "active" && remaining > 0,
  );
  const types = Object.keys(account.points);
  const place = ({ opened }: LotState) => 2 * types.indexOf(opened.pointType) + (opened.sliding ? 1 : 0);
  return active
    .filter((lot) => at === (lot.opened.sliding ? slidingLapse(account, lot, at) : lapseOf(lot.opened)))
    .sort((a, b) => place(a) - place(b) || a.opened.earnedAt - b.opened.earnedAt)
    .map(({ opened, remaining }) => ({ lot: opened.lot, points: remaining }));
}
