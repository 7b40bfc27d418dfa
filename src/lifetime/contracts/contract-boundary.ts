import { failure } from "../models/fit-parameters.js";
import type { FitFailure } from "../models/model-fit.js";
import type { RenewalCounts } from "./cohort-survivors.js";

/** Survivors that fix nothing: all left, or none, or there are fewer renewals than parameters. @internal */
export function unfixed(counts: RenewalCounts, parameters: number): FitFailure | null {
  const { renewals } = counts;
  if (renewals > 0 && total(counts.left) === 0) {
    const reason =
      "nobody left: retention is 1 as far as it was seen, and nothing tells when it will not be; take later renewals or a prior";
    return failure(counts, "BOUNDARY", ["alpha"], reason);
  }
  if (renewals > 0 && total(counts.renewed) === 0) {
    const reason = "nobody renewed: retention is 0, and a contract lasts one period";
    return failure(counts, "BOUNDARY", ["beta"], reason);
  }
  if (renewals >= parameters) return null;
  const reason = `renewals to which somebody came: ${renewals}, which cannot fix ${parameters} parameters; take later renewals or a prior`;
  return failure(counts, "TOO_FEW_HISTORIES", [], reason);
}

/** Who left, of all who came to a renewal. @internal */
export function churnShare({ renewed, left }: Pick<RenewalCounts, "renewed" | "left">): number {
  const gone = total(left);
  const all = gone + total(renewed);
  // Held away from the ends, which a prior lets come this far.
  return all > 0 ? Math.min(0.999, Math.max(0.001, gone / all)) : 0.5;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
