import { shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { accountLots } from "../ledger/account-lots.js";
import { findById } from "../ledger/by-id.js";
import type { LotAllocation } from "../ledger/event-parts.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { LoyaltyEvent, OpenedLot, RedemptionReversedEvent } from "../ledger/loyalty-event.js";
import type { ReallocatedEvent } from "../ledger/movement-events.js";
import { type LotLayer, layersGone, lotLayer, moveLayers } from "./lot-layers.js";
import type { PointMovementColumns, PointMovementKind } from "./point-movement.js";

interface ReadLot {
  readonly pointType: string;
  /** Lapse by its own dates; `null` never or with the account's activity. */
  readonly lapse: number | null;
  readonly sliding: boolean;
  readonly layers: LotLayer[];
  /** When its rest lapsed; `null` not yet. */
  lapsedAt: number | null;
  /** Points that lapsed then, and later when holds on them ended; less what was taken of them after all. */
  readonly lapses: { readonly at: number; points: number }[];
}

/** Where movements are collected. @internal */
export interface MovementReader {
  readonly columns: PointMovementColumns;
  /** Reads all events of one account, then those that came due without being booked. */
  readonly read: (events: readonly LoyaltyEvent[], due: readonly LoyaltyEvent[]) => void;
}

/** @internal */
export function movementReader(basis: "occurred" | "recorded", asOf: number): MovementReader {
  const columns: PointMovementColumns = {
    at: [],
    accountId: [],
    pointType: [],
    lot: [],
    kind: [],
    points: [],
    issuedAt: [],
    expiresAt: [],
  };
  const read: MovementReader["read"] = (events, due) => {
    const lots: ReadLot[] = [];
    const slides = new Map<string, number>();
    const first = columns.at.length;
    let bookedAt = Number.NEGATIVE_INFINITY;
    const all = due.length === 0 ? events : [...events, ...due];
    for (let i = 0; i < all.length; i++) {
      const event = all[i];
      assertNext(event, i);
      // What came due was known when the event before it was: when it was booked says nothing.
      const isDue =
        event.type === "expired" ||
        event.type === "activated" ||
        (event.type === "voided" && event.reason === "timeout");
      if (!isDue) bookedAt = event.recordedAt;
      const recordedAt = isDue ? Math.max(event.at, bookedAt) : event.recordedAt;
      for (const { pointType, expiresAt } of event.slides ?? []) slides.set(pointType, expiresAt);
      const move: LotChanges["move"] = (number, kind, points, at) => {
        let latest = at;
        if (points === 0) return latest;
        const lot = lotOf(lots, event, number);
        const happened = basis === "recorded" ? recordedAt : at;
        const missing = moveLayers(lot.layers, kind, points, happened, (issuedAt, part, when) => {
          latest = Math.max(latest, when);
          if (when >= asOf) return;
          columns.at.push(when);
          columns.accountId.push(event.accountId);
          columns.pointType.push(lot.pointType);
          columns.lot.push(number);
          columns.kind.push(kind);
          columns.points.push(part);
          columns.issuedAt.push(issuedAt);
        });
        if (missing !== 0) {
          const way = points > 0 ? "into" : "out of";
          throw fault(event, `moves ${Math.abs(missing)} points more ${way} lot ${number} than it can`);
        }
        return latest;
      };
      const changes: LotChanges = { lots, event, move };
      if (event.type === "reallocated") readReallocated(changes, event, all.slice(0, i + 1));
      else readEvent(changes, event);
    }
    for (let row = first; row < columns.at.length; row++) {
      const { sliding, lapse, lapsedAt, pointType } = lots[columns.lot[row]];
      columns.expiresAt.push(sliding ? (lapsedAt ?? slides.get(pointType) ?? null) : lapse);
    }
  };
  return { columns, read };
}

interface LotChanges {
  readonly lots: ReadLot[];
  readonly event: LoyaltyEvent;
  /** Gives when it was, at the latest: of what arrived late, not before there were such points. */
  readonly move: (lot: number, kind: PointMovementKind, points: number, at: number) => number;
}

function readEvent(changes: LotChanges, event: Exclude<LoyaltyEvent, ReallocatedEvent>): void {
  const { at } = event;
  const repaid = (parts: readonly LotAllocation[]) => debit(changes, parts, "clawedBack");
  switch (event.type) {
    case "earned":
    case "transferredIn":
    case "adjusted": {
      const kinds = { earned: "issued", transferredIn: "transferred", adjusted: "adjusted" } as const;
      for (const lot of event.lots) open(changes, lot, kinds[event.type]);
      if (event.type === "adjusted") debit(changes, event.allocations, "adjusted");
      repaid(event.repaid);
      return;
    }
    case "activated":
      repaid(event.repaid);
      return;
    case "expired":
    case "closed":
      for (const { lot, points } of event.lots) lapse(changes, lot, points, at);
      return;
    case "authorized":
      // Points that had lapsed before the hold arrived are in members' hands again.
      for (const { lot, points } of event.allocations) unlapse(changes, lot, points);
      return;
    case "captured":
      for (const { lot, points } of event.allocations) changes.move(lot, "redeemed", -points, at);
      for (const { lot, points } of event.lapsed) lapse(changes, lot, points, at);
      repaid(event.repaid ?? []);
      return;
    case "voided":
      for (const { lot, points } of event.lapsed) lapse(changes, lot, points, at);
      repaid(event.repaid);
      return;
    case "redeemed":
      debit(changes, event.allocations, "redeemed");
      return;
    case "redemptionReversed":
      readReversed(changes, event);
      repaid(event.repaid);
      return;
    case "clawedBack":
      debit(changes, event.allocations, "clawedBack");
      return;
    case "transferredOut":
      debit(changes, event.allocations, "transferred");
      return;
    case "enrolled":
    case "tierChanged":
    case "membersChanged":
      return;
    default: {
      const unknown: { readonly type: unknown } = event;
      throw fault(event, `is of type ${shown(unknown.type)}, which is unknown to version 1`);
    }
  }
}

/** A gap is a movement that is missing, and what another version says is not known. */
function assertNext(event: LoyaltyEvent, before: number): void {
  if (event.seq !== before + 1)
    throw fault(event, `follows event ${before}: pass all its events in order, from the first on`);
  if (event.version !== 1) {
    const { version }: { readonly version: unknown } = event;
    throw fault(event, `is of version ${shown(version)}: this package reads version 1`);
  }
}

function open({ lots, event, move }: LotChanges, lot: OpenedLot, kind: PointMovementKind): void {
  place(lots, event, lot, [lotLayer(lot.earnedAt, lot.points)]);
  move(lot.lot, kind, lot.points, event.at);
}

function place(lots: ReadLot[], event: LoyaltyEvent, opened: OpenedLot, layers: LotLayer[]): void {
  const { lot, pointType, expiresAt, activeAt } = opened;
  if (lot !== lots.length) {
    throw fault(
      event,
      `opens lot ${lot}, where ${lots.length} is the next one: pass all its events in order`,
    );
  }
  const lapse = expiresAt === null ? null : Math.max(expiresAt, activeAt);
  const sliding = opened.sliding === true;
  lots.push({ pointType, lapse, sliding, layers, lapsedAt: null, lapses: [] });
}

function debit(changes: LotChanges, parts: readonly LotAllocation[], kind: PointMovementKind): void {
  for (const { lot, points } of parts) {
    unlapse(changes, lot, points);
    changes.move(lot, kind, -points, changes.event.at);
  }
}

/** A debit takes points that had lapsed: they had not, where it happened before. */
function unlapse(changes: LotChanges, number: number, points: number, since = changes.event.at): void {
  const { lapsedAt, lapses } = lotOf(changes.lots, changes.event, number);
  if (lapsedAt === null) return;
  let missing = points;
  for (const lapsed of lapses) {
    const part = Math.min(missing, lapsed.points);
    lapsed.points -= part;
    missing -= part;
    changes.move(number, "expired", part, Math.max(since, lapsed.at));
  }
  changes.move(number, "expired", missing, Math.max(since, lapsedAt));
}

function lapse({ lots, event, move }: LotChanges, number: number, points: number, at: number): void {
  const lot = lotOf(lots, event, number);
  // A closed account's points lapse with it; those of a hold not before their own time.
  lot.lapsedAt ??= lot.sliding || event.type === "closed" ? at : Math.max(at, lot.lapse ?? at);
  const when = move(number, "expired", -points, Math.max(at, lot.lapsedAt));
  lot.lapses.push({ at: when, points });
}

/** What comes back in new lots keeps the dates of issue of the lots that it was taken from, in their order. */
function readReversed(changes: LotChanges, event: RedemptionReversedEvent): void {
  const { lots, move } = changes;
  for (const { lot, points } of event.restored) move(lot, "reversed", points, event.at);
  for (const { lot, points } of event.lapsed) {
    move(lot, "reversed", points, event.at);
    lapse(changes, lot, points, event.at);
  }
  const moved = event.moved.flatMap(({ lot, points }) => layersGone(lotOf(lots, event, lot).layers, points));
  for (const opened of event.lots) {
    const layers: LotLayer[] = [];
    let missing = opened.points;
    while (missing > 0 && moved.length > 0) {
      const points = Math.min(missing, moved[0].points);
      layers.push(lotLayer(moved[0].issuedAt, points, moved[0].since));
      missing -= points;
      moved[0].points -= points;
      if (moved[0].points === 0) moved.shift();
    }
    if (missing > 0) throw fault(event, `opens lot ${opened.lot} with more points than came back`);
    place(lots, event, opened, layers);
    move(opened.lot, "reversed", opened.points, event.at);
  }
}

/** The net change is right from the latest of the debits on; in sum over lots it is none. */
function readReallocated(
  context: LotChanges,
  { debits, changes }: ReallocatedEvent,
  upToIt: readonly LoyaltyEvent[],
): void {
  const { lots, event, move } = context;
  const account = foldLoyalty(upToIt);
  const after = accountLots(account);
  const at = debits.reduce(
    (latest, { debitId }) => Math.max(latest, findById(account.redemptions, debitId)?.at ?? latest),
    event.at,
  );
  for (const { lot: number, points } of changes) {
    const { status, lapsedAt } = after[number];
    const lot = lotOf(lots, event, number);
    const isLapsed = status === "lapsed";
    if (isLapsed) lot.lapsedAt ??= lapsedAt;
    if (points > 0 && isLapsed) unlapse(context, number, points, at);
    move(number, points > 0 ? "redeemed" : "reversed", -points, at);
    if (points < 0 && isLapsed) lapse(context, number, 0 - points, at);
  }
}

function lotOf(lots: readonly ReadLot[], event: LoyaltyEvent, number: number): ReadLot {
  const lot = lots[number];
  if (lot === undefined)
    throw fault(event, `names lot ${number}, which no earlier event has opened: pass all its events`);
  return lot;
}

function fault({ accountId, seq }: LoyaltyEvent, what: string): ClienteleError {
  return new ClienteleError(
    "INVALID_ARGUMENT",
    "events",
    `event ${seq} of account ${JSON.stringify(accountId)} ${what}`,
  );
}
