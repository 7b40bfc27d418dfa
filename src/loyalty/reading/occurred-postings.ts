import { accountLots } from "../ledger/account-lots.js";
import type { PointAccount, PointPosting } from "../ledger/event-parts.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { PointLot } from "../ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { type PostingSheet, postingSheet } from "../ledger/posting-sheet.js";
import { type LotStep, lotSteps } from "./lot-steps.js";

/** Movements of an event at one instant. @internal */
export interface DatedPostings {
  readonly event: LoyaltyEvent;
  readonly at: number;
  readonly postings: readonly PointPosting[];
  /** Set where they are the points of the event that began to count, or lapsed, at another time than it was booked. */
  readonly turn: "activated" | "expired" | null;
}

type Turn = DatedPostings["turn"];
type Sheets = (event: LoyaltyEvent, at: number, turn: Turn) => PostingSheet;

const WITH_MEMBER: readonly PointAccount[] = ["pending", "available", "expired"];

/**
 * Movements by when things happened: each lot is lived through again in the order of time, so that a debit that arrived
 * after a lapse is one before it, and the lapse is of what it left.
 *
 * @internal
 */
export function occurredPostings(events: readonly LoyaltyEvent[]): DatedPostings[] {
  const byLot = new Map<number, LotStep[]>();
  for (const step of lotSteps(events)) {
    const steps = byLot.get(step.lot);
    if (steps === undefined) byLot.set(step.lot, [step]);
    else steps.push(step);
  }
  const dated = new Map<string, Omit<DatedPostings, "postings"> & { readonly sheet: PostingSheet }>();
  const sheetOf: Sheets = (event, at, turn) => {
    const key = `${event.seq} ${at} ${turn}`;
    const found = dated.get(key) ?? { event, at, turn, sheet: postingSheet() };
    dated.set(key, found);
    return found.sheet;
  };
  for (const lot of accountLots(foldLoyalty(events))) relive(lot, byLot.get(lot.lot) ?? [], sheetOf);
  for (const event of events) {
    if (event.type === "clawedBack") {
      for (const [pointType, points] of Object.entries(event.arrears))
        sheetOf(event, event.at, null).move(pointType, points, "arrears", "clawedBack");
    }
    // Nothing moved, and yet it happened.
    if (event.postings.length === 0) sheetOf(event, event.at, null);
  }
  return [...dated.values()]
    .map(({ event, at, turn, sheet }) => ({ event, at, turn, postings: sheet.postings() }))
    .filter(({ event, postings }) => postings.length > 0 || event.postings.length === 0)
    .sort((a, b) => a.at - b.at || a.event.seq - b.event.seq);
}

/** One lot from its first instant on: what came in and went out when, what began to count, what lapsed. */
function relive(
  { activeAt, lapsedAt, pointType }: PointLot,
  steps: readonly LotStep[],
  sheetOf: Sheets,
): void {
  const opening = steps[0];
  if (opening === undefined) return;
  const lapse = lapsedAt ?? Infinity;
  const placeAt = (at: number): PointAccount =>
    at < activeAt ? "pending" : at < lapse ? "available" : "expired";
  const bookedBy = (...types: readonly LoyaltyEvent["type"][]): LoyaltyEvent =>
    steps.find(({ event }) => types.includes(event.type))?.event ?? opening.event;
  const lapsed = bookedBy("expired", "closed");
  const turns = [
    { at: activeAt, from: "pending", to: "available", event: bookedBy("activated"), turn: "activated" },
    {
      at: lapse,
      from: "available",
      to: "expired",
      event: lapsed,
      turn: lapsed.type === "closed" ? null : "expired",
    },
  ] as const;
  // A debit of a lot that had not come yet when it happened counts from when it came.
  const lived = steps
    .filter(({ event }) => event.type !== "activated" && event.type !== "expired" && event.type !== "closed")
    .concat(steps.filter(({ event, to }) => event.type === "activated" && to === "arrears"))
    .map((step) => ({ ...step, at: Math.max(step.at, opening.at) }))
    .sort((a, b) => a.at - b.at || a.event.seq - b.event.seq);
  let remaining = 0;
  let turned = 0;
  const turnUntil = (at: number): void => {
    for (; turned < turns.length; turned++) {
      const next = turns[turned];
      if (next === undefined || next.at > at) return;
      if (next.at > opening.at && remaining !== 0 && next.at !== Infinity)
        sheetOf(next.event, next.at, next.turn).move(pointType, remaining, next.from, next.to);
    }
  };
  for (const { event, from, to, points, at } of lived) {
    turnUntil(at);
    const isIn = WITH_MEMBER.includes(to);
    const isOut = WITH_MEMBER.includes(from);
    remaining += (isIn ? points : 0) - (isOut ? points : 0);
    const here = placeAt(at);
    sheetOf(event, at, null).move(pointType, points, isOut ? here : from, isIn ? here : to);
  }
  turnUntil(Number.MAX_VALUE);
}
