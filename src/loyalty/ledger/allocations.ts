import { safeInteger } from "../../core/safe-integer.js";
import type { LotAllocation } from "./event-parts.js";

/** Points of several lots together. @internal */
export function allocated(parts: readonly { readonly points: number }[]): number {
  let sum = 0;
  for (const part of parts) sum = safeInteger(sum + part.points, "event", "the sum of the points");
  return sum;
}

/** The first parts of a list that come to so many points. @internal */
export function firstPoints(parts: readonly LotAllocation[], points: number): LotAllocation[] {
  const taken: LotAllocation[] = [];
  let missing = points;
  for (const part of parts) {
    if (missing <= 0) break;
    const some = Math.min(part.points, missing);
    taken.push({ lot: part.lot, points: some });
    missing -= some;
  }
  return taken;
}

/** What is left of a list without the points of another, lot by lot, in its order. @internal */
export function withoutPoints(
  parts: readonly LotAllocation[],
  less: readonly LotAllocation[],
): LotAllocation[] {
  const minus = new Map<number, number>();
  for (const { lot, points } of less) minus.set(lot, (minus.get(lot) ?? 0) + points);
  const rest: LotAllocation[] = [];
  for (const { lot, points } of parts) {
    const off = Math.min(points, minus.get(lot) ?? 0);
    minus.set(lot, (minus.get(lot) ?? 0) - off);
    if (points > off) rest.push({ lot, points: points - off });
  }
  return rest;
}
