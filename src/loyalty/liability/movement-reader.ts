import { ClienteleError } from "../../core/errors.js";
import { accountLots } from "../ledger/account-lots.js";
import type { LotAllocation } from "../ledger/event-parts.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { LoyaltyEvent, OpenedLot, RedemptionReversedEvent } from "../ledger/loyalty-event.js";
import type { ReallocatedEvent } from "../ledger/movement-events.js";
import { compareTexts, mapGet } from "../ledger/sorted-map.js";
import type { PointMovementColumns, PointMovementKind } from "./point-movement.js";

/** Points of one date of issue in a lot; a lot of a reversed redemption can have several. */
interface Layer {
  readonly issuedAt: number;
  /** Points that it can have. */
  original: number;
  /** Points that members have. */
  out: number;
}

interface ReadLot {
  readonly pointType: string;
  /** Lapse by its own dates; `null` never or with the account's activity. */
  readonly lapse: number | null;
  readonly sliding: boolean;
  readonly layers: Layer[];
  /** When its rest lapsed; `null` not yet. */
  lapsedAt: number | null;
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
      // What came due was known when the event before it was: when it was booked says nothing.
      const isDue =
        event.type === "expired" ||
        event.type === "activated" ||
        (event.type === "voided" && event.reason === "timeout");
      if (!isDue) bookedAt = event.recordedAt;
      const recordedAt = isDue ? Math.max(event.at, bookedAt) : event.recordedAt;
      for (const { pointType, expiresAt } of event.slides ?? []) slides.set(pointType, expiresAt);
      const move = (number: number, kind: PointMovementKind, points: number, at: number): void => {
        if (points === 0) return;
        const lot = lotOf(lots, event, number);
        const when = basis === "recorded" ? recordedAt : at;
        takeLayers(lot, points, event, number, (issuedAt, part) => {
          if (when >= asOf) return;
          columns.at.push(when);
          columns.accountId.push(event.accountId);
          columns.pointType.push(lot.pointType);
          columns.lot.push(number);
          columns.kind.push(kind);
          columns.points.push(part);
          columns.issuedAt.push(issuedAt);
        });
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
  readonly move: (lot: number, kind: PointMovementKind, points: number, at: number) => void;
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
    default:
      return;
  }
}

function open({ lots, event, move }: LotChanges, lot: OpenedLot, kind: PointMovementKind): void {
  place(lots, event, lot, [{ issuedAt: lot.earnedAt, original: lot.points, out: 0 }]);
  move(lot.lot, kind, lot.points, event.at);
}

function place(lots: ReadLot[], event: LoyaltyEvent, opened: OpenedLot, layers: Layer[]): void {
  const { lot, pointType, expiresAt, activeAt } = opened;
  if (lot !== lots.length) {
    throw fault(
      event,
      `opens lot ${lot}, where ${lots.length} is the next one: pass all its events in order`,
    );
  }
  const lapse = expiresAt === null ? null : Math.max(expiresAt, activeAt);
  lots.push({ pointType, lapse, sliding: opened.sliding === true, layers, lapsedAt: null });
}

function debit(changes: LotChanges, parts: readonly LotAllocation[], kind: PointMovementKind): void {
  for (const { lot, points } of parts) {
    unlapse(changes, lot, points);
    changes.move(lot, kind, -points, changes.event.at);
  }
}

/** A debit takes points that had lapsed: they had not, where it happened before. */
function unlapse({ lots, event, move }: LotChanges, number: number, points: number): void {
  const { lapsedAt } = lotOf(lots, event, number);
  if (lapsedAt !== null) move(number, "expired", points, Math.max(event.at, lapsedAt));
}

function lapse({ lots, event, move }: LotChanges, number: number, points: number, at: number): void {
  const lot = lotOf(lots, event, number);
  // A closed account's points lapse with it; those of a hold not before their own time.
  lot.lapsedAt ??= lot.sliding || event.type === "closed" ? at : Math.max(at, lot.lapse ?? at);
  move(number, "expired", -points, Math.max(at, lot.lapsedAt));
}

/** What comes back in new lots keeps the dates of issue of the lots that it was taken from, in their order. */
function readReversed(changes: LotChanges, event: RedemptionReversedEvent): void {
  const { lots, move } = changes;
  for (const { lot, points } of event.restored) move(lot, "reversed", points, event.at);
  for (const { lot, points } of event.lapsed) {
    move(lot, "reversed", points, event.at);
    lapse(changes, lot, points, event.at);
  }
  const moved = event.moved.flatMap(({ lot, points }) => layersGone(lotOf(lots, event, lot), points));
  for (const opened of event.lots) {
    const layers: Layer[] = [];
    let missing = opened.points;
    while (missing > 0 && moved.length > 0) {
      const points = Math.min(missing, moved[0].points);
      layers.push({ issuedAt: moved[0].issuedAt, original: points, out: 0 });
      missing -= points;
      moved[0].points -= points;
      if (moved[0].points === 0) moved.shift();
    }
    if (missing > 0) throw fault(event, `opens lot ${opened.lot} with more points than came back`);
    place(lots, event, opened, layers);
    move(opened.lot, "reversed", opened.points, event.at);
  }
}

/** Dates of issue of points that left a lot and never return to it: the latest first. */
function layersGone({ layers }: ReadLot, points: number): { readonly issuedAt: number; points: number }[] {
  let missing = points;
  return [...layers].reverse().flatMap((layer) => {
    const part = Math.min(missing, layer.original - layer.out);
    layer.original -= part;
    missing -= part;
    return part === 0 ? [] : [{ issuedAt: layer.issuedAt, points: part }];
  });
}

/** The net change is right from the latest of the debits on; in sum over lots it is none. */
function readReallocated(
  { lots, event, move }: LotChanges,
  { debits, changes }: ReallocatedEvent,
  upToIt: readonly LoyaltyEvent[],
): void {
  const account = foldLoyalty(upToIt);
  const after = accountLots(account);
  const at = debits.reduce(
    (latest, { debitId }) =>
      Math.max(latest, mapGet(account.redemptions, debitId, compareTexts)?.at ?? latest),
    event.at,
  );
  for (const { lot: number, points } of changes) {
    const { status, lapsedAt } = after[number];
    const lot = lotOf(lots, event, number);
    const isLapsed = status === "lapsed";
    if (isLapsed) lot.lapsedAt ??= lapsedAt;
    const when = Math.max(at, lot.lapsedAt ?? at);
    if (points > 0 && isLapsed) move(number, "expired", points, when);
    move(number, points > 0 ? "redeemed" : "reversed", -points, at);
    if (points < 0 && isLapsed) move(number, "expired", points, when);
  }
}

/** Takes points from the earliest layers that have some (below 0), or gives them back to the latest that lack some. */
function takeLayers(
  { layers }: ReadLot,
  points: number,
  event: LoyaltyEvent,
  number: number,
  moved: (issuedAt: number, points: number) => void,
): void {
  let missing = points;
  for (let i = 0; i < layers.length && missing !== 0; i++) {
    const layer = layers[points > 0 ? layers.length - 1 - i : i];
    const part =
      points > 0 ? Math.min(missing, layer.original - layer.out) : Math.max(missing, 0 - layer.out);
    if (part === 0) continue;
    layer.out += part;
    missing -= part;
    moved(layer.issuedAt, part);
  }
  if (missing !== 0) {
    throw fault(
      event,
      `moves ${Math.abs(missing)} points more ${points > 0 ? "into" : "out of"} lot ${number} than it can`,
    );
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
