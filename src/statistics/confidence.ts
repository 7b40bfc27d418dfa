import { assertBetween } from "../core/assert.js";
import { normalQuantile } from "./normal.js";

/** How sure an interval should be. */
export interface ConfidenceOptions {
  /** Share of such intervals that hold the true value, between 0 and 1 (both excluded). Default 0.95. */
  readonly confidenceLevel?: number;
}

/** Which way the alternative to "no difference" points: either way, or only up or down. */
export type Alternative = "twoSided" | "greater" | "less";

/** All alternatives, for the guards. @internal */
export const ALTERNATIVES = ["twoSided", "greater", "less"] as const satisfies readonly Alternative[];

/** The confidence level of the options, checked. @internal */
export function confidenceLevelOf(options: ConfidenceOptions): number {
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  return confidenceLevel;
}

/** The z that cuts off `(1 - confidenceLevel) / 2` on either side: 1.96 for 0.95. @internal */
export function criticalZ(confidenceLevel: number): number {
  return -normalQuantile((1 - confidenceLevel) / 2);
}
