import { addDuration } from "../../core/duration.js";
import { pointsWorth, redemptionQuote } from "../program/redemption-quote.js";
import { allocated, firstPoints, withoutPoints } from "./allocations.js";
import { bookedBeforeMerge } from "./booked-before-merge.js";
import { findById } from "./by-id.js";
import { type CheckedCommand, fault } from "./check-command.js";
import { alreadySpent, requireOrderAmount } from "./decide-redeem.js";
import { type Decided, type DecisionContext, slidesOf } from "./decision-context.js";
import { holdRelease } from "./hold-release.js";
import { burn, usableAt } from "./lots-in-order.js";
import type { PointHold } from "./loyalty-account.js";
import type { AuthorizeCommand, CaptureCommand, VoidCommand } from "./loyalty-command.js";
import { datedBefore, insufficientPoints, limitRefusal, stateRefusal } from "./loyalty-refusal.js";
import { paidWithPoints } from "./paid-with-points.js";
import { postingSheet } from "./posting-sheet.js";

/** @internal */
export function decideAuthorize(
  context: DecisionContext,
  command: CheckedCommand<AuthorizeCommand>,
): Decided {
  const { program, account, at, recordedAt } = context;
  const { holdId, points } = command;
  const { holdTimeout, timeZone } = program;
  const until =
    command.until ?? (holdTimeout === undefined ? null : addDuration(at, holdTimeout, { timeZone }));
  if (until !== null && until <= at) {
    throw fault(
      "command.until",
      `command.until is ${until}, not after command.at, ${at}: a hold lasts some time`,
    );
  }
  const { orderAmount, orderId = null } = command;
  requireOrderAmount(program, orderAmount);
  const alreadyPaid = orderId === null ? 0 : paidWithPoints(account, orderId);
  const { pointType: askedType } = command;
  const quote = redemptionQuote(program, { points, pointType: askedType, orderAmount, alreadyPaid, at });
  if (!quote.ok) return quote;
  const { pointType, amount } = quote.value;
  const { redemption: policy } = program;
  const rate = policy === undefined ? null : { points: policy.points, amount: policy.amount };
  if (alreadySpent(account, holdId)) {
    return stateRefusal(
      "duplicate_hold",
      holdId,
      `"${holdId}" is a hold or redemption already: ids are used once`,
    );
  }
  if (until !== null && until <= recordedAt) {
    return stateRefusal("hold_ended", holdId, `hold "${holdId}" was over before it arrived`);
  }
  const available = usableAt(account, pointType, at);
  if (available < points) return insufficientPoints(pointType, available, points);
  const allocations = burn(account, program.burnOrder, pointType, points, at);
  const sheet = postingSheet();
  sheet.debit(account, allocations, "held");
  const hold = { holdId, pointType, points, allocations, until, orderId, amount, rate };
  return { ok: true, value: { type: "authorized", postings: sheet.postings(), ...hold } };
}

/** @internal */
export function decideCapture(context: DecisionContext, command: CheckedCommand<CaptureCommand>): Decided {
  const { program, account, recordedAt } = context;
  const { holdId } = command;
  const found = openHold(context, holdId);
  if (!found.ok) return found;
  const hold = found.value;
  const { points = hold.points } = command;
  if (points > hold.points) {
    const message = `${points} points are more than the ${hold.points} that hold "${holdId}" has`;
    return limitRefusal("capture_exceeds_hold", points, hold.points, message);
  }
  const allocations = firstPoints(hold.allocations, points);
  const { pointType } = hold;
  const sheet = postingSheet();
  sheet.move(pointType, allocated(allocations), "held", "redeemed");
  const rest = withoutPoints(hold.allocations, allocations);
  const slides = slidesOf(context, [pointType]);
  const release = holdRelease(program, account, rest, recordedAt, sheet, slides.slides);
  const common = {
    holdId,
    pointType,
    points,
    allocations,
    released: release.released,
    lapsed: release.lapsed,
    orderId: hold.orderId,
    // At the rate of the hold: what it was to pay was said when it was set aside.
    amount: hold.rate === null ? null : pointsWorth(hold.rate, points),
  };
  const repaid = release.repaid.length === 0 ? {} : { repaid: release.repaid };
  return {
    ok: true,
    value: { type: "captured", postings: sheet.postings(), ...slides, ...common, ...repaid },
  };
}

/** @internal */
export function decideVoid(context: DecisionContext, command: CheckedCommand<VoidCommand>): Decided {
  const { program, account, recordedAt } = context;
  const { holdId } = command;
  const found = openHold(context, holdId);
  if (!found.ok) return found;
  const { pointType, points, allocations } = found.value;
  const sheet = postingSheet();
  const release = holdRelease(program, account, allocations, recordedAt, sheet);
  return {
    ok: true,
    value: {
      type: "voided",
      postings: sheet.postings(),
      holdId,
      pointType,
      points,
      reason: "void",
      ...release,
    },
  };
}

function openHold({ account, at }: DecisionContext, holdId: string) {
  const hold: PointHold | undefined = findById(account.holds, holdId);
  if (hold === undefined) {
    const elsewhere = bookedBeforeMerge(account, holdId);
    return elsewhere ?? stateRefusal("unknown_hold", holdId, `there is no hold "${holdId}"`);
  }
  const early = datedBefore("hold", holdId, at, hold.at);
  if (early !== null) return early;
  if (hold.status === "open") return { ok: true as const, value: hold };
  if (hold.status === "timedOut") {
    return stateRefusal("hold_ended", holdId, `the time of hold "${holdId}" is over: its points went back`);
  }
  return stateRefusal(
    "hold_resolved",
    holdId,
    `hold "${holdId}" is ${hold.status} already: it is resolved once`,
  );
}
