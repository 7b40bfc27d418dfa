import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { PointPosting } from "../ledger/event-parts.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { bookingNames, type DescribedEvent } from "./booking-names.js";
import { englishBookings } from "./english-bookings.js";
import { indonesianBookings } from "./indonesian-bookings.js";

/**
 * What does this event say, in words?
 *
 * One line for a member's statement. Levels, rewards and rules stand under their names in the programme, points under the id
 * of their type, dates as civil days of the programme's zone.
 *
 * @param program - The programme, for names, currency and zone.
 * @param event - The event.
 * @param options - `language`: English or Indonesian; default `"en"`.
 * @returns One sentence without a full stop.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the language is another.
 * @example
 * ```ts
 * import { decideLoyalty, defineProgram, describeLoyaltyEvent, emptyLoyaltyAccount } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const command = { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" } as const;
 * const enrolled = decideLoyalty(program, emptyLoyaltyAccount("A-1"), command);
 * enrolled.ok && describeLoyaltyEvent(program, enrolled.value.events[0]); // => "M-1 joined"
 * enrolled.ok && describeLoyaltyEvent(program, enrolled.value.events[0], { language: "id" }); // => "M-1 bergabung"
 * ```
 */
export function describeLoyaltyEvent(
  program: LoyaltyProgram,
  event: LoyaltyEvent,
  options: { readonly language?: "en" | "id" } = {},
): string {
  assertProgram(program);
  assertOptions(options);
  const { language = "en" } = options;
  assertOneOf(language, "options.language", ["en", "id"]);
  return bookingWords(program, language)(event, event.postings);
}

/** Puts events into words by what they moved. @internal */
export function bookingWords(
  program: LoyaltyProgram,
  language: "en" | "id",
): (event: DescribedEvent, postings: readonly PointPosting[]) => string {
  const names = bookingNames(program, language);
  const words = language === "id" ? indonesianBookings : englishBookings;
  return (event, postings) => words(event, postings, names);
}
