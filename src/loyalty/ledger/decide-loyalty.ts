import { assertOptions, shown } from "../../core/assert.js";
import type { Result } from "../../core/result.js";
import { assertProgram } from "../program/assert-program.js";
import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { addById, findById } from "./by-id.js";
import { type CheckedCommand, checkCommand, fault } from "./check-command.js";
import { commandFingerprint } from "./command-fingerprint.js";
import { decideAdjust } from "./decide-adjust.js";
import { decideClawBack } from "./decide-claw-back.js";
import { decideEarn } from "./decide-earn.js";
import { decideAuthorize, decideCapture, decideVoid } from "./decide-hold.js";
import {
  decideAddMember,
  decideClose,
  decideEnroll,
  decideRemoveMember,
  decideSetTier,
} from "./decide-membership.js";
import { decideRedeem } from "./decide-redeem.js";
import { decideReversal } from "./decide-reversal.js";
import { decideTransferIn, decideTransferOut } from "./decide-transfer.js";
import { type Decided, type DecisionContext, eventOf, type LoyaltyEventBody } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { evolveLoyalty } from "./evolve-loyalty.js";
import { followTier } from "./follow-tier.js";
import type { LedgerOutcome } from "./ledger-outcome.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { LoyaltyCommand } from "./loyalty-command.js";
import type { LoyaltyDecision } from "./loyalty-decision.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { type LoyaltyRefusal, stateRefusal } from "./loyalty-refusal.js";
import { mergedTier } from "./merged-tier.js";
import { answerOf, outcomeOf } from "./outcome.js";
import { reallocation } from "./reallocate.js";
import { type SettledLoyalty, settleLoyalty } from "./settle-loyalty.js";

/**
 * What does a command do to an account, if anything stands in its way or not?
 *
 * What has come due by `recordedAt` is booked first. Then the command is granted or refused by the programme as it is now;
 * everything that was decided (lots, lapses, level, amounts) is written into the events, so that replay never asks the
 * programme again. A key that was answered before gives that answer and no events, if the payload is the same. A refused
 * command leaves no trace, and neither does an `expire` that finds nothing due: the key stays free, and what is sent with it
 * again is decided again.
 *
 * A capture, void, reversal or return cannot be dated before what it refers to (`dated_before`).
 *
 * A debit takes from lots that were usable at its `at`: one that arrives late may draw on points that have lapsed since, and
 * not on points that came later. Store the events in one transaction, with `account.seq` as the version expected.
 *
 * @param program - The programme, as {@link defineProgram} gives it.
 * @param account - The account; it is not changed.
 * @param command - What is asked.
 * @returns The events, the answer and the account after them, or why not.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a malformed command: an unknown type or field, one that is missing,
 * fractions, text that is no instant, `recordedAt` before `at` or before the account's last; `UNSAFE_INTEGER` when a number
 * leaves the range of exact integers.
 * @example
 * ```ts
 * import { decideLoyalty, defineProgram, emptyLoyaltyAccount } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const start = emptyLoyaltyAccount("A-1");
 * const enrolled = decideLoyalty(program, start, { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" });
 * const account = enrolled.ok ? enrolled.value.account : start;
 * const lines = [{ lineId: "1", amount: 40_00 }];
 * const earned = decideLoyalty(program, account, { type: "earn", key: "k2", at: "2025-01-02", orderId: "O-1", lines });
 * earned.ok && earned.value.outcome.points; // => { points: 40 }
 * const again = decideLoyalty(program, account, { type: "redeem", key: "k3", at: "2025-01-03", redemptionId: "R-1", points: 50 });
 * !again.ok && again.error.code; // => "insufficient_points"
 * ```
 */
export function decideLoyalty(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  command: LoyaltyCommand,
): Result<LoyaltyDecision, LoyaltyRefusal> {
  return decideWith(program, account, command, null);
}

/** What a merge says beside its commands. @internal */
export interface MergeSide {
  /** Of the account that goes: what its fingerprint covers besides. */
  readonly payload?: { readonly reason: string; readonly actor: string };
  /** Of the account that stays: the one that goes, after its points have left, and the lots that they left from. */
  readonly gone?: { readonly account: LoyaltyAccount; readonly sent: readonly LotAllocation[] };
}

/**
 * The same for one side of a merge, or for any command (`null`).
 *
 * @internal
 */
export function decideWith(
  program: LoyaltyProgram,
  account: LoyaltyAccount,
  command: LoyaltyCommand,
  merge: MergeSide | null,
): Result<LoyaltyDecision, LoyaltyRefusal> {
  assertProgram(program);
  assertOptions(account, "an account, as emptyLoyaltyAccount or foldLoyalty gives it", "account");
  const checked = checkCommand(command, program.timeZone);
  const payload = merge?.payload;
  const fingerprint = commandFingerprint(payload === undefined ? checked : { ...checked, ...payload });
  const answered = findById(account.keys, checked.key);
  if (answered !== undefined) {
    return answered.fingerprint === fingerprint
      ? { ok: true, value: { events: [], outcome: outcomeOf(answered), repeated: true, account } }
      : stateRefusal(
          "idempotency_conflict",
          checked.key,
          `key "${checked.key}" was used for another command: give each command a key of its own`,
        );
  }
  const recordedAt = arrivalOf(account, checked);
  const unfit = unfitAccount(program, account, checked.type);
  if (unfit !== null) return unfit;
  return booked(program, account, checked, recordedAt, fingerprint, merge?.gone);
}

function booked(
  program: LoyaltyProgram,
  before: LoyaltyAccount,
  command: CheckedCommand,
  recordedAt: number,
  fingerprint: string,
  gone: MergeSide["gone"],
): Result<LoyaltyDecision, LoyaltyRefusal> {
  const { at, key } = command;
  // To `at` and not to the arrival: a repeated command finds nothing more due, whenever it comes.
  const upTo = command.type === "expire" ? at : recordedAt;
  const settled = settleLoyalty(program, before, upTo, recordedAt);
  if (command.type === "expire") return { ok: true, value: withKey(settled, key, fingerprint) };
  const context: DecisionContext = { program, account: settled.account, at, recordedAt };
  const decided = bodyOf(context, command, gone);
  if (!decided.ok) return decided;
  const answer = eventOf(settled.account, decided.value, { at, recordedAt, key, fingerprint });
  const events = settled.events.length === 0 ? [answer] : [...settled.events, answer];
  let account = evolveLoyalty(settled.account, answer);
  if (answer.type === "earned" && program.lateEarns === "rederived") {
    account = followed(account, reallocation({ ...context, account }, answer.lots), answer, events);
  }
  if (command.type === "transferIn") {
    const standing = gone?.account.standing ?? null;
    const tier = mergedTier({ ...context, account }, standing, command.tier ?? null);
    account = followed(account, tier, answer, events);
  }
  if (answer.type === "earned" || answer.type === "clawedBack" || program.tiers?.measure.kind === "balance") {
    if (account.status === "open") {
      account = followed(account, followTier(program, account, at, recordedAt), answer, events);
    }
  }
  // Points may arrive with their time over already.
  const after = settleLoyalty(program, account, recordedAt, recordedAt);
  if (after.events.length > 0) events.push(...after.events);
  return {
    ok: true,
    value: { events, outcome: outcomeOf(answerOf(answer, key)), repeated: false, account: after.account },
  };
}

/** The account after what follows from an answer at once, if anything does. */
function followed(
  account: LoyaltyAccount,
  body: LoyaltyEventBody | null,
  { at, recordedAt }: LoyaltyEvent,
  events: LoyaltyEvent[],
): LoyaltyAccount {
  if (body === null) return account;
  const event = eventOf(account, body, { at, recordedAt, key: null, fingerprint: null });
  events.push(event);
  return evolveLoyalty(account, event);
}

/** What came due, with the key of the command that books it on the last event: one that books nothing leaves no trace. */
function withKey({ events, account }: SettledLoyalty, key: string, fingerprint: string): LoyaltyDecision {
  const last = events.at(-1);
  if (last === undefined) {
    const outcome: LedgerOutcome = { type: "settled", seq: account.seq, points: {}, amount: null, cash: 0 };
    return { events, outcome, repeated: false, account };
  }
  const keyed: LoyaltyEvent = { ...last, key, fingerprint };
  const answer = answerOf(keyed, key);
  return {
    events: [...events.slice(0, -1), keyed],
    outcome: outcomeOf(answer),
    repeated: false,
    // All that the key of an event changes.
    account: { ...account, keys: addById(account.keys, answer, false) },
  };
}

function bodyOf(
  context: DecisionContext,
  command: Exclude<CheckedCommand, { type: "expire" }>,
  gone: MergeSide["gone"],
): Decided {
  switch (command.type) {
    case "enroll":
      return decideEnroll(context, command);
    case "earn":
      return decideEarn(context, command);
    case "adjust":
      return decideAdjust(context, command);
    case "authorize":
      return decideAuthorize(context, command);
    case "capture":
      return decideCapture(context, command);
    case "void":
      return decideVoid(context, command);
    case "redeem":
      return decideRedeem(context, command);
    case "reverseRedemption":
      return decideReversal(context, command);
    case "clawBack":
      return decideClawBack(context, command);
    case "transferOut":
      return decideTransferOut(context, command);
    case "transferIn":
      return decideTransferIn(context, command, gone);
    case "setTier":
      return decideSetTier(context, command);
    case "addMember":
      return decideAddMember(context, command);
    case "removeMember":
      return decideRemoveMember(context, command);
    case "close":
      return decideClose(context, command);
  }
}

function arrivalOf(account: LoyaltyAccount, { at, recordedAt }: CheckedCommand): number {
  const last = account.recordedAt ?? at;
  if (recordedAt === undefined) return Math.max(at, last);
  const path = "command.recordedAt";
  if (recordedAt < at)
    throw fault(
      path,
      `${path} is ${recordedAt}, before command.at, ${at}: nothing arrives before it happens`,
    );
  if (recordedAt < last) {
    throw fault(
      path,
      `${path} is ${recordedAt}, before the account's last arrival, ${last}: pass that or later, or leave it out`,
    );
  }
  return recordedAt;
}

function unfitAccount(program: LoyaltyProgram, account: LoyaltyAccount, type: LoyaltyCommand["type"]) {
  const { accountId, status, programId, mergedInto } = account;
  if (type === "enroll") {
    return status === "new"
      ? null
      : stateRefusal(
          "already_enrolled",
          accountId,
          `account "${accountId}" is ${status === "open" ? "enrolled" : "closed"} already`,
        );
  }
  if (status === "new") {
    return stateRefusal(
      "not_enrolled",
      accountId,
      `account "${accountId}" is not enrolled: send an enroll command first`,
    );
  }
  if (status === "closed") {
    return mergedInto === null
      ? stateRefusal("account_closed", accountId, `account "${accountId}" is closed`)
      : stateRefusal(
          "account_closed",
          accountId,
          `account "${accountId}" is closed: it was merged into "${mergedInto}", ask that one`,
          mergedInto,
        );
  }
  if (programId === program.id) return null;
  return stateRefusal(
    "other_program",
    program.id,
    `account "${accountId}" is enrolled in ${shown(programId)}`,
  );
}
