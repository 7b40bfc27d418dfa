import { shown } from "../../core/assert.js";
import { dayNumber } from "../../core/civil-day.js";
import { startingStanding } from "../tiers/tier-changes.js";
import { withTierFloor } from "../tiers/tier-floor.js";
import { programDay } from "../tiers/tier-term.js";
import { type CheckedCommand, fault } from "./check-command.js";
import { holdsOrOwes } from "./decide-transfer.js";
import type { Decided, DecisionContext } from "./decision-context.js";
import type {
  AddMemberCommand,
  CloseCommand,
  EnrollCommand,
  RemoveMemberCommand,
  SetTierCommand,
} from "./loyalty-command.js";
import { limitRefusal, stateRefusal } from "./loyalty-refusal.js";
import { openLots } from "./open-lots.js";
import { postingSheet } from "./posting-sheet.js";

/** @internal */
export function decideEnroll(
  { program, at }: DecisionContext,
  command: CheckedCommand<EnrollCommand>,
): Decided {
  const { memberId, birthday = null } = command;
  if (birthday !== null && dayNumber(birthday) > programDay(program, at)) {
    throw fault(
      "command.birthday",
      `command.birthday is ${shown(birthday)}, after the day of command.at: nobody joins before they are born`,
    );
  }
  const standing = startingStanding(program, at);
  return {
    ok: true,
    value: { type: "enrolled", postings: [], programId: program.id, memberId, birthday, standing },
  };
}

/** @internal */
export function decideSetTier(context: DecisionContext, command: CheckedCommand<SetTierCommand>): Decided {
  const { program, account, at } = context;
  const { tier, until = null, reason, actor } = command;
  if (tier === null && until !== null) {
    throw fault("command.until", "command.until is given without a tier: leave it out");
  }
  if (until !== null && until <= at) {
    throw fault(
      "command.until",
      `command.until is ${until}, not after command.at, ${at}: a level lasts some time`,
    );
  }
  const plan = program.tiers;
  const before = account.standing ?? startingStanding(program, account.enrolledAt ?? at);
  if (plan === undefined || before === null) {
    return stateRefusal("no_tiers", program.id, `program "${program.id}" has no levels`);
  }
  if (tier !== null && !plan.levels.some(({ id }) => id === tier)) {
    return stateRefusal("unknown_tier", tier, `program "${program.id}" has no level "${tier}"`);
  }
  const standing = withTierFloor(program, before, tier === null ? null : { tier, until }, at);
  const from = account.standing?.tier ?? null;
  return {
    ok: true,
    value: { type: "tierChanged", postings: [], from, standing, cause: "manual", reason, actor },
  };
}

/** @internal */
export function decideAddMember(
  context: DecisionContext,
  command: CheckedCommand<AddMemberCommand>,
): Decided {
  const { program, account } = context;
  const { memberId } = command;
  const { household } = program;
  if (household === undefined) {
    return stateRefusal(
      "no_household",
      program.id,
      `program "${program.id}" has one member for each account`,
    );
  }
  if (memberId === account.memberId || account.memberIds.includes(memberId)) {
    return stateRefusal(
      "already_a_member",
      memberId,
      `"${memberId}" is a member of account "${account.accountId}"`,
    );
  }
  // The owner is one of them.
  const members = account.memberIds.length + 2;
  if (members > household.maximumMembers) {
    const message = `${members} members are more than the ${household.maximumMembers} of a household`;
    return limitRefusal("household_full", members, household.maximumMembers, message);
  }
  const memberIds = [...account.memberIds, memberId];
  return { ok: true, value: { type: "membersChanged", postings: [], memberIds } };
}

/** @internal */
export function decideRemoveMember(
  { account }: DecisionContext,
  command: CheckedCommand<RemoveMemberCommand>,
): Decided {
  const { memberId } = command;
  if (memberId === account.memberId) {
    return stateRefusal(
      "is_owner",
      memberId,
      `"${memberId}" owns account "${account.accountId}": close it instead`,
    );
  }
  if (!account.memberIds.includes(memberId)) {
    return stateRefusal(
      "not_a_member",
      memberId,
      `"${memberId}" is no member of account "${account.accountId}"`,
    );
  }
  const memberIds = account.memberIds.filter((other) => other !== memberId);
  return { ok: true, value: { type: "membersChanged", postings: [], memberIds } };
}

/** What is still open lapses; what is owed stays owed on the closed account. @internal */
export function decideClose({ account }: DecisionContext, command: CheckedCommand<CloseCommand>): Decided {
  const stays = holdsOrOwes(account);
  if (stays !== null && stays.error.code === "has_open_holds") return stays;
  const { reason, actor } = command;
  const lots = openLots(account);
  const sheet = postingSheet();
  sheet.debit(account, lots, "expired");
  return { ok: true, value: { type: "closed", postings: sheet.postings(), reason, actor, lots } };
}
