import type { LotState, LoyaltyAccount } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";

/** Later than all lapses. @internal */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** When a lot lapses that does not slide; later than all for never. @internal */
export function lapseOf(lot: Pick<OpenedLot, "expiresAt" | "activeAt">): number {
  if (lot.expiresAt === null) return NEVER;
  return lot.expiresAt > lot.activeAt ? lot.expiresAt : lot.activeAt;
}

/** When a lot has lapsed or lapses as the account knows it now; `null` never. @internal */
export function knownLapse(
  account: Pick<LoyaltyAccount, "points">,
  { opened, lapsedAt }: Pick<LotState, "opened" | "lapsedAt">,
  asOf: number,
): number | null {
  if (lapsedAt !== null) return lapsedAt;
  if (!opened.sliding) return opened.expiresAt === null ? null : lapseOf(opened);
  const { slidesTo, slideLapses } = account.points[opened.pointType];
  // A lot that was spent through a time without activity would have lapsed in it.
  const passed = slideLapses.find((instant) => instant > opened.activeAt && instant <= asOf);
  const lapse = passed ?? slidesTo;
  // Points that wait longer than that lapse as they begin to count.
  return lapse === null ? null : Math.max(lapse, opened.activeAt);
}
