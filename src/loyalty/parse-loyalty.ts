import { assertArgument, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { rowProblemMessage } from "../core/row-problems.js";
import { parseRecords } from "../model/parse-records.js";
import { brokenRule, recordProblems, UNKNOWN_FIELD } from "../model/record-problems.js";
import type { LoyaltyCommand } from "./ledger/loyalty-command.js";
import type { LoyaltyEvent } from "./ledger/loyalty-event.js";
import type { LoyaltyProgram } from "./program/loyalty-program.js";
import type { LoyaltyProgramDraft } from "./program/program-draft.js";
import { loyaltyCommandSchema, loyaltyEventSchema, loyaltyProgramSchema } from "./schema.js";

/**
 * Is this a loyalty programme, and what is it in full?
 *
 * Defaults are filled in (see {@link LoyaltyProgramDraft}) and everything is checked, against each other too: a rule for a
 * category that is misspelt cannot be found, a rule for a tier that does not exist is. The result is plain data, frozen:
 * rules are made ready once for each object, so a change means a new one.
 *
 * @param draft - The programme: an object, or what `JSON.parse` gave.
 * @returns The whole programme; writing it as JSON and defining it again gives the same.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` with the path of the first bad place and up to 20 of them in the message;
 * `UNSAFE_INTEGER` where it is a number beyond 2^53 - 1.
 * @example
 * ```ts
 * import { defineProgram } from "clientele";
 *
 * const draft = { id: "club", currency: "EUR", pointTypes: [{ id: "points", kind: "spendable" as const }] };
 * defineProgram(draft).rounding; // => "floor"
 * defineProgram({ ...draft, timeZone: "Jakarta" }); // throws INVALID_ARGUMENT
 * defineProgram({ ...draft, earnRules: [{ id: "gold", award: { per: "order", points: 5 }, when: { tiers: ["gold"] } }] }); // throws INVALID_ARGUMENT
 * ```
 */
export function defineProgram(draft: LoyaltyProgramDraft): LoyaltyProgram {
  const parsed = loyaltyProgramSchema.safeParse(draft, { error: brokenRule });
  if (!parsed.success) throw refusal(draft, "program", "a loyalty programme", parsed.error.issues);
  return plainAndFrozen(parsed.data) as LoyaltyProgram;
}

/**
 * Is this a command to a loyalty account?
 *
 * For what comes from outside: a request, a queue. Fields that no command has are refused, not left out.
 *
 * @param data - What `JSON.parse` gave, or an object with Dates.
 * @returns The command, checked; instants are as they were given.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` with the path of the first bad place (`command.points`);
 * `UNSAFE_INTEGER` where it is a number beyond 2^53 - 1.
 * @example
 * ```ts
 * import { parseLoyaltyCommand } from "clientele";
 *
 * const data = { type: "redeem", key: "K-1", at: "2025-03-01", redemptionId: "R-1", points: 100 };
 * parseLoyaltyCommand(data).type; // => "redeem"
 * parseLoyaltyCommand({ ...data, points: 99.9 }); // throws INVALID_ARGUMENT
 * parseLoyaltyCommand({ ...data, points: 2 ** 53 }); // throws UNSAFE_INTEGER
 * ```
 */
export function parseLoyaltyCommand(data: unknown): LoyaltyCommand {
  const parsed = loyaltyCommandSchema.safeParse(data, { error: brokenRule });
  if (!parsed.success) throw refusal(data, "command", "a loyalty command", parsed.error.issues);
  return parsed.data;
}

/**
 * Is what was stored an event of a loyalty account?
 *
 * Its postings come to zero for each type of point, and to what its lots and its number of points say. Whether it fits the
 * events before it is {@link checkLedger}'s to say.
 *
 * @param data - What `JSON.parse` gave.
 * @returns The event, checked.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` with the path of the first bad place; an unknown version is named.
 * `UNSAFE_INTEGER` where it is a number beyond 2^53 - 1.
 * @example
 * ```ts
 * import { parseLoyaltyEvent } from "clientele";
 *
 * const closed = {
 *   version: 1, type: "closed", accountId: "A-1", seq: 1, at: 0, recordedAt: 0, key: "K-1", fingerprint: "f",
 *   postings: [], reason: "moved", actor: "support", lots: [],
 * };
 * parseLoyaltyEvent(closed).seq; // => 1
 * parseLoyaltyEvent({ ...closed, version: 7 }); // throws INVALID_ARGUMENT
 * ```
 */
export function parseLoyaltyEvent(data: unknown): LoyaltyEvent {
  assertKnownVersion(data);
  const parsed = loyaltyEventSchema.safeParse(data, { error: brokenRule });
  if (!parsed.success) throw refusal(data, "event", "a loyalty event", parsed.error.issues);
  return parsed.data;
}

/**
 * Are these rows events of loyalty accounts?
 *
 * Each for itself, as {@link parseLoyaltyEvent} looks at it; {@link checkLedger} holds all of them against each other.
 *
 * @param rows - What was stored, in any order and of any number of accounts.
 * @returns The events, checked, in the order of the rows.
 * @throws {@link ClienteleError} `INVALID_ROWS`: the message lists the first 20 problems with row, field and value.
 * @example
 * ```ts
 * import { parseLoyaltyEvents } from "clientele";
 *
 * parseLoyaltyEvents([]); // => []
 * parseLoyaltyEvents([{ version: 7, type: "closed" }]); // throws INVALID_ROWS
 * ```
 */
export function parseLoyaltyEvents(rows: Iterable<unknown>): LoyaltyEvent[] {
  return parseRecords(loyaltyEventSchema, rows, { what: "events" });
}

/** Said before all else: what else is wrong with an event of another version is not for this release to say. */
function assertKnownVersion(data: unknown): void {
  const version = typeof data === "object" && data !== null ? (data as { version?: unknown }).version : 1;
  assertArgument(
    version === 1 || version === undefined,
    "event.version",
    () => `event.version is ${shown(version)}: this release reads version 1, use the release that wrote it`,
  );
}

type Issues = Parameters<typeof recordProblems>[2];

function refusal(data: unknown, name: string, what: string, issues: Issues): ClienteleError {
  if (typeof data !== "object" || data === null) {
    return new ClienteleError("INVALID_ARGUMENT", name, `${name} is ${shown(data)}: pass ${what}, an object`);
  }
  const problems = recordProblems(0, data, issues);
  const [first] = problems;
  const places = problems.slice(0, LISTED).map((problem) => {
    // What a field is called is what is wrong with it, and not what it holds.
    if (problem.reason === UNKNOWN_FIELD)
      return `${name}.${problem.field} is not a known field: leave it out`;
    const place = rowProblemMessage({ ...problem, field: "" }).replace(/^row 1: /, "");
    return problem.field === "" ? place : `${name}.${problem.field}: ${place}`;
  });
  const isUnsafe = Number.isInteger(first?.value) && !Number.isSafeInteger(first?.value);
  return new ClienteleError(
    isUnsafe ? "UNSAFE_INTEGER" : "INVALID_ARGUMENT",
    first === undefined || first.field === "" ? name : `${name}.${first.field}`,
    `${name} is not ${what} of this release:\n  ${places.join("\n  ")}`,
  );
}

/** How many problems an error message spells out. */
const LISTED = 20;

/** Without fields that are `undefined`, which JSON does not keep, and frozen all the way down. */
function plainAndFrozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(plainAndFrozen));
  const kept = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.freeze(Object.fromEntries(kept.map(([key, part]) => [key, plainAndFrozen(part)])));
}
