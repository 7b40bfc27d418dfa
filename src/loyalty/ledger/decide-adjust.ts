import { pointExpiry } from "../earning/point-expiry.js";
import { type CheckedCommand, fault } from "./check-command.js";
import { postOpened } from "./decide-earn.js";
import {
  type Decided,
  type DecisionContext,
  pointTypeOf,
  slidesOf,
  withPassedLapse,
} from "./decision-context.js";
import { burn, repay, usableAt, usableOnArrival } from "./lots-in-order.js";
import type { AdjustCommand } from "./loyalty-command.js";
import type { OpenedLot } from "./loyalty-event.js";
import { insufficientPoints } from "./loyalty-refusal.js";
import { postingSheet } from "./posting-sheet.js";

/** @internal */
export function decideAdjust(context: DecisionContext, command: CheckedCommand<AdjustCommand>): Decided {
  const { points, reason, actor } = command;
  const type = pointTypeOf(context.program, command.pointType);
  if (!type.ok) return type;
  const pointType = type.value;
  const common = { type: "adjusted", pointType, points, reason, actor } as const;
  return points > 0
    ? { ok: true, value: { ...common, ...added(context, command, pointType) } }
    : taken(context, command, common);
}

function added(context: DecisionContext, command: CheckedCommand<AdjustCommand>, pointType: string) {
  const { program, account, at, recordedAt } = context;
  const { points, activeAt = at } = command;
  if (activeAt < at) {
    throw fault(
      "command.activeAt",
      `command.activeAt is ${activeAt}, before command.at, ${at}: points cannot count before they come`,
    );
  }
  const lapse =
    command.expiresAt === undefined
      ? pointExpiry(program, pointType, at, activeAt)
      : { expiresAt: command.expiresAt, sliding: false };
  const { expiresAt } = lapse;
  if (expiresAt !== null && expiresAt <= activeAt && command.expiresAt !== undefined) {
    throw fault(
      "command.expiresAt",
      `command.expiresAt is ${expiresAt}, not after ${activeAt}, from when the points count`,
    );
  }
  const opened = { lot: account.lotCount, pointType, points, earnedAt: at, activeAt, expiresAt };
  const lots: OpenedLot[] = [lapse.sliding ? withPassedLapse(context, { ...opened, sliding: true }) : opened];
  const sheet = postingSheet();
  postOpened(lots, "adjusted", recordedAt, sheet);
  const slides = lapse.sliding ? slidesOf(context, [pointType]) : {};
  const usable = usableOnArrival(account, lots, recordedAt, slides.slides);
  const repaid = repay(account, program.burnOrder, usable, sheet);
  return { postings: sheet.postings(), ...slides, lots, allocations: [], repaid };
}

function taken(
  { program, account, at }: DecisionContext,
  command: CheckedCommand<AdjustCommand>,
  common: {
    readonly type: "adjusted";
    readonly pointType: string;
    readonly points: number;
    readonly reason: string;
    readonly actor: string;
  },
): Decided {
  for (const field of ["activeAt", "expiresAt"] as const) {
    if (command[field] !== undefined) {
      throw fault(`command.${field}`, `command.${field} is given with points to take: leave it out`);
    }
  }
  const { pointType } = common;
  const points = -common.points;
  const available = usableAt(account, pointType, at);
  if (available < points) return insufficientPoints(pointType, available, points);
  const allocations = burn(account, program.burnOrder, pointType, points, at);
  const sheet = postingSheet();
  sheet.debit(account, allocations, "adjusted");
  return { ok: true, value: { ...common, postings: sheet.postings(), lots: [], allocations, repaid: [] } };
}
