import { assertInteger, assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Result } from "../../core/result.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { findById } from "./by-id.js";
import { fault } from "./check-command.js";
import { decideWith } from "./decide-loyalty.js";
import { eventOf } from "./decision-context.js";
import { evolveLoyalty } from "./evolve-loyalty.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyCommandBase, TransferOutCommand } from "./loyalty-command.js";
import type { LoyaltyDecision } from "./loyalty-decision.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import type { LoyaltyRefusal } from "./loyalty-refusal.js";
import { openLots } from "./open-lots.js";
import { outcomeOf } from "./outcome.js";

/** Points to send from one account to another. */
export interface PointTransfer extends LoyaltyCommandBase {
  /** Id of the transfer, the same on both sides. */
  readonly transferId: string;
  /** Type of point; default the first spendable one. */
  readonly pointType?: string;
  /** Points, above 0. */
  readonly points: number;
}

/** Two accounts that become one. */
export interface AccountMerge extends LoyaltyCommandBase {
  /** Id of the transfer that the merge is, the same on both sides. */
  readonly transferId: string;
  /** Why; kept in the event that closes the account. */
  readonly reason: string;
  /** Who. */
  readonly actor: string;
}

/** Both sides of a transfer: store all events of both in one transaction. */
export interface TransferDecision {
  /** The side that sends. */
  readonly from: LoyaltyDecision;
  /** The side that gets. */
  readonly to: LoyaltyDecision;
}

/**
 * What happens on both sides when points go from one account to another?
 *
 * Each lot keeps its dates: points do not last longer for being sent. Points that come in repay arrears first.
 *
 * @param program - The programme of both accounts.
 * @param from - The account that sends.
 * @param to - The account that gets.
 * @param transfer - Key, id, time, type and number of points.
 * @returns Both decisions, or why one side refuses (then neither has happened).
 * @throws {@link ClienteleError} as {@link decideLoyalty}; `INVALID_ARGUMENT` when `points` is missing, a field is unknown, or
 * the transfer was booked on the sending side alone.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, simulateLoyalty, transferPoints } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const opened = (id: string, points: number) =>
 *   simulateLoyalty(program, emptyLoyaltyAccount(id), [
 *     { type: "enroll", key: "k1", at: "2025-01-01", memberId: id },
 *     { type: "adjust", key: "k2", at: "2025-01-02", points, reason: "opening balance", actor: "import" },
 *   ]).account;
 * const transfer = { key: "k3", transferId: "T-1", at: "2025-02-01", points: 30 };
 * const sent = transferPoints(program, opened("A", 100), opened("B", 1), transfer);
 * sent.ok && sent.value.to.account.points.points.balances.available; // => 31
 * ```
 */
export function transferPoints(
  program: LoyaltyProgram,
  from: LoyaltyAccount,
  to: LoyaltyAccount,
  transfer: PointTransfer,
): Result<TransferDecision, LoyaltyRefusal> {
  assertFields(transfer, [...BOTH, "pointType", "points"], "transfer");
  assertInteger(transfer.points, "transfer.points", 1);
  return bothSides(program, from, to, { ...transfer, type: "transferOut", to: to.accountId }, null);
}

/**
 * What happens when two accounts of one member become one?
 *
 * Every lot that counts or will count moves with its dates; the higher level stays; the account that goes is closed, and says
 * where it went (`standsIn` of `account_closed`). Refused while it has open holds or owes points.
 *
 * The account that stays knows what the other one knew: an order that earned there does not earn again, and is taken back here
 * when it is returned (points of it that had lapsed there are not owed); caps, the first purchase and the share of an order
 * that points may pay go on counting. An order that both had earned stays the receiving account's own. Redemptions and holds
 * stay where they were booked, since their lots are not here: their ids are taken, and a reversal of one is refused as
 * `booked_before_merge`, which says in which account it stands; give such points back with `adjust`. What counts towards a
 * level stays, too. Keys of commands do not come over: send a retry of one to the account that answered it.
 *
 * @param program - The programme of both accounts.
 * @param from - The account that goes.
 * @param into - The account that stays.
 * @param merge - Key, id, time, reason and actor.
 * @returns Both decisions, or why one side refuses (then neither has happened).
 * @throws {@link ClienteleError} as {@link transferPoints}; `INVALID_ARGUMENT` when `reason` or `actor` is missing or empty.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, mergeAccounts, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 * });
 * const opened = (id: string, points: number) =>
 *   simulateLoyalty(program, emptyLoyaltyAccount(id), [
 *     { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *     { type: "adjust", key: "k2", at: "2025-01-02", points, reason: "opening balance", actor: "import" },
 *   ]).account;
 * const merge = { key: "k3", transferId: "T-1", at: "2025-02-01", reason: "two cards", actor: "desk" };
 * const merged = mergeAccounts(program, opened("B", 200), opened("A", 100), merge);
 * merged.ok && merged.value.to.account.points.points.balances.available; // => 300
 * merged.ok && merged.value.from.account.status; // => "closed"
 * ```
 */
export function mergeAccounts(
  program: LoyaltyProgram,
  from: LoyaltyAccount,
  into: LoyaltyAccount,
  merge: AccountMerge,
): Result<TransferDecision, LoyaltyRefusal> {
  assertFields(merge, [...BOTH, "reason", "actor"], "merge");
  const { reason, actor, ...transfer } = merge;
  assertText(reason, "merge.reason");
  assertText(actor, "merge.actor");
  return bothSides(
    program,
    from,
    into,
    { ...transfer, type: "transferOut", to: into.accountId },
    { reason, actor },
  );
}

const BOTH = ["key", "transferId", "at", "recordedAt"];

/** What is passed on as a command must not say more than it may: a merge of some points would lose the others. */
function assertFields(value: object, fields: readonly string[], path: string): void {
  assertOptions(value, "an object { key, transferId, at, ... }", path);
  for (const name of Object.keys(value)) {
    if (!fields.includes(name)) {
      throw fault(`${path}.${name}`, `${path} has the unknown field "${name}": leave it out`);
    }
  }
}

function assertText(value: unknown, path: string): void {
  if (typeof value === "string" && value !== "") return;
  throw fault(path, `${path} is ${shown(value)}: pass a text that is not empty`);
}

function bothSides(
  program: LoyaltyProgram,
  from: LoyaltyAccount,
  to: LoyaltyAccount,
  command: TransferOutCommand,
  merge: { readonly reason: string; readonly actor: string } | null,
): Result<TransferDecision, LoyaltyRefusal> {
  const recordedAt = command.recordedAt ?? laterArrival(program, from, to, command.at);
  const out = decideWith(
    program,
    from,
    { ...command, recordedAt },
    merge === null ? null : { payload: merge },
  );
  if (!out.ok) return out;
  const { key, transferId, at } = command;
  if (out.value.repeated) {
    const answered = findById(to.keys, key);
    if (answered === undefined) {
      throw new ClienteleError(
        "INVALID_ARGUMENT",
        "to",
        `account "${to.accountId}" lacks its side of transfer "${transferId}": store both sides in one transaction`,
      );
    }
    const again = { events: [], outcome: outcomeOf(answered), repeated: true, account: to };
    return { ok: true, value: { from: out.value, to: again } };
  }
  const sent = out.value.events.find((event) => event.type === "transferredOut");
  const { lots, allocations } = sent?.type === "transferredOut" ? sent : { lots: [], allocations: [] };
  const back = { type: "transferIn", key, at, recordedAt, transferId, from: from.accountId, lots } as const;
  const gone = merge === null ? undefined : { account: out.value.account, sent: allocations };
  const arrived = decideWith(program, to, back, gone === undefined ? null : { gone });
  if (!arrived.ok) return arrived;
  const sender = merge === null ? out.value : closed(out.value, { ...merge, into: to.accountId });
  return { ok: true, value: { from: sender, to: arrived.value } };
}

function closed(
  decision: LoyaltyDecision,
  merge: { readonly reason: string; readonly actor: string; readonly into: string },
): LoyaltyDecision {
  const { account, events } = decision;
  const last = events[events.length - 1] as LoyaltyEvent;
  const { at, recordedAt } = last;
  const body = { type: "closed", postings: [], ...merge, lots: openLots(account) } as const;
  const event = eventOf(account, body, { at, recordedAt, key: null, fingerprint: null });
  return { ...decision, events: [...events, event], account: evolveLoyalty(account, event) };
}

/** Both sides are booked at one instant. */
function laterArrival(
  program: LoyaltyProgram,
  from: LoyaltyAccount,
  to: LoyaltyAccount,
  at: Instant,
): number {
  const happened = epochMs(at, "transfer.at", program.timeZone);
  return Math.max(happened, from.recordedAt ?? happened, to.recordedAt ?? happened);
}
