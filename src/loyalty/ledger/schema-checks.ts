import type * as z from "zod";
import { eventMisfit } from "./event-misfit.js";
import type { PointPosting } from "./event-parts.js";
import type { LoyaltyEvent } from "./loyalty-event.js";

/** Lines have ids of their own. @internal */
export function refuseRepeated(
  lines: readonly { readonly lineId: string }[],
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  for (const [i, { lineId }] of lines.entries()) {
    if (seen.has(lineId)) {
      context.addIssue({ code: "custom", path: ["lines", i, "lineId"], message: "stands twice" });
    }
    seen.add(lineId);
  }
}

/** Postings of each type come to zero. @internal */
export function isBalanced(postings: readonly PointPosting[]): boolean {
  const sums = new Map<string, bigint>();
  for (const { pointType, points } of postings) {
    sums.set(pointType, (sums.get(pointType) ?? 0n) + BigInt(points));
  }
  return [...sums.values()].every((sum) => sum === 0n);
}

/** An event says the same of its points in all places. @internal */
export function refuseMisfit(event: LoyaltyEvent, context: z.RefinementCtx): void {
  const misfit = eventMisfit(event);
  if (misfit !== null) context.addIssue({ code: "custom", path: [misfit.field], message: misfit.reason });
}
