import { ClienteleError } from "../../core/errors.js";
import type { CohortTally, PointFlows } from "./movement-tally.js";

/** Refuses more points that left than came. @internal */
export function assertNotBelowZero({ cohort }: CohortTally, period: string, closing: number): void {
  if (closing >= 0) return;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "movements",
    `movements of points issued in ${cohort.label} come to ${closing} by the end of ${period}: pass all of them from the first on, or their opening balance as "adjusted"`,
  );
}

/** Refuses more points that came back than had been spent, or had lapsed: what they were before is not known. @internal */
export function assertNoneComesBackAnew({ cohort }: CohortTally, period: string, toDate: PointFlows): void {
  const spent = 0 - toDate.redeemed - toDate.reversed;
  if (spent >= 0 && toDate.expired <= 0) return;
  const [points, was] = spent < 0 ? [0 - spent, "redeemed"] : [toDate.expired, "expired"];
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "movements",
    `movements of points issued in ${cohort.label} give back ${points} more than were ${was} by the end of ${period}: pass all of them from the first on, or what came back as "adjusted"`,
  );
}
