import { expect } from "vitest";
import type { PointPosting } from "../../../src/loyalty/ledger/event-parts.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";

// Events as the tests spell them out.

/** The first instant of a day of January 2025. */
export const ms = (day: number) => Date.UTC(2025, 0, day);

/** An event without what all events have; its postings by account, since their order says nothing. */
export function bodyOf(event: LoyaltyEvent | undefined) {
  if (event === undefined) throw new Error("there is no such event");
  const { version, accountId, seq, at, recordedAt, key, fingerprint, postings, ...body } = event;
  return { ...body, postings: postingsOf(postings) };
}
function postingsOf(postings: readonly PointPosting[]): Record<string, number> {
  const names = postings.map(({ account, pointType }) => `${pointType}.${account}`);
  expect(new Set(names).size).toBe(names.length);
  return Object.fromEntries(postings.map(({ points }, i) => [names[i], points]));
}
/** Postings that move points from one account to another. */
export const moved = (from: string, into: string, points: number) => ({
  [`points.${from}`]: -points,
  [`points.${into}`]: points,
});
