import { lotState } from "./account-lots.js";
import type { CheckedCommand } from "./check-command.js";
import { postOpened } from "./decide-earn.js";
import { type Decided, type DecisionContext, pointTypeOf } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { knownLapse } from "./lot-lapse.js";
import { burn, repay, usableAt, usableOnArrival } from "./lots-in-order.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { TransferInCommand, TransferOutCommand, TransferredLot } from "./loyalty-command.js";
import type { OpenedLot } from "./loyalty-event.js";
import { insufficientPoints, stateRefusal } from "./loyalty-refusal.js";
import { mergedHistory } from "./merged-history.js";
import { openLots } from "./open-lots.js";
import { postingSheet } from "./posting-sheet.js";
import { compareTexts, mapGet } from "./sorted-map.js";

/** @internal */
export function decideTransferOut(
  context: DecisionContext,
  command: CheckedCommand<TransferOutCommand>,
): Decided {
  const { program, account, at } = context;
  const { transferId, to, points } = command;
  const refusal = unusableTransfer(account, transferId, to);
  if (refusal !== null) return refusal;
  const type =
    command.pointType === undefined && points === undefined ? null : pointTypeOf(program, command.pointType);
  if (type !== null && !type.ok) return type;
  let allocations: readonly LotAllocation[];
  if (type !== null && points !== undefined) {
    const available = usableAt(account, type.value, at);
    if (available < points) return insufficientPoints(type.value, available, points);
    allocations = burn(account, program.burnOrder, type.value, points, at);
  } else {
    const stays = holdsOrOwes(account);
    if (stays !== null) return stays;
    allocations = openLots(account, type?.value);
  }
  const sheet = postingSheet();
  sheet.debit(account, allocations, "transferred");
  const lots = allocations.map((part) => onItsWay(context, part));
  return {
    ok: true,
    value: { type: "transferredOut", postings: sheet.postings(), transferId, to, allocations, lots },
  };
}

/** @internal */
export function decideTransferIn(
  context: DecisionContext,
  command: CheckedCommand<TransferInCommand>,
  gone?: { readonly account: LoyaltyAccount; readonly sent: readonly LotAllocation[] },
): Decided {
  const { program, account, recordedAt } = context;
  const { transferId, from, lots: sent, tier } = command;
  const refusal = unusableTransfer(account, transferId, from);
  if (refusal !== null) return refusal;
  for (const { pointType } of sent) {
    const type = pointTypeOf(program, pointType);
    if (!type.ok) return type;
  }
  if (tier && !program.tiers?.levels.some(({ id }) => id === tier)) {
    return stateRefusal("unknown_tier", tier, `program "${program.id}" has no level "${tier}"`);
  }
  const lots: OpenedLot[] = sent.map((lot, i) => ({ lot: account.lotCount + i, ...lot }));
  const sheet = postingSheet();
  postOpened(lots, "transferred", recordedAt, sheet);
  const repaid = repay(account, program.burnOrder, usableOnArrival(account, lots, recordedAt), sheet);
  const merged = gone === undefined ? {} : { merged: mergedHistory(gone.account, gone.sent, account) };
  return {
    ok: true,
    value: { type: "transferredIn", postings: sheet.postings(), transferId, from, lots, repaid, ...merged },
  };
}

/** Whether something binds the account, so that it cannot hand everything over. @internal */
export function holdsOrOwes(account: LoyaltyAccount) {
  const { accountId } = account;
  for (const pointType of Object.keys(account.points)) {
    const { held, arrears } = account.points[pointType].balances;
    if (held > 0) {
      return stateRefusal(
        "has_open_holds",
        accountId,
        `account "${accountId}" holds ${held} points of "${pointType}": capture or void the holds first`,
      );
    }
    if (arrears < 0) {
      return stateRefusal(
        "has_arrears",
        accountId,
        `account "${accountId}" owes ${-arrears} points of "${pointType}": adjust them first`,
      );
    }
  }
  return null;
}

function unusableTransfer(account: LoyaltyAccount, transferId: string, other: string) {
  if (other === account.accountId) {
    return stateRefusal("same_account", other, `"${other}" is the account itself: points go to another one`);
  }
  if (mapGet(account.transfers, transferId, compareTexts) === undefined) return null;
  return stateRefusal("duplicate_transfer", transferId, `transfer "${transferId}" is booked already`);
}

/** A lot keeps its dates; one that lapses with this account's activity keeps the lapse that it has now, or had. */
function onItsWay({ account, recordedAt }: DecisionContext, { lot, points }: LotAllocation): TransferredLot {
  const sent = lotState(account, lot);
  const { pointType, earnedAt, activeAt } = sent.opened;
  return { pointType, points, earnedAt, activeAt, expiresAt: knownLapse(account, sent, recordedAt) };
}
