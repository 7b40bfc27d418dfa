import { type ConfidenceOptions, confidenceLevelOf } from "./confidence.js";
import { midRanks } from "./mid-ranks.js";
import { assertPairs, type Numbers } from "./numbers.js";
import { type Correlation, correlationOf } from "./pearson-correlation.js";

/**
 * Do two measures rise and fall together, whatever the shape of the curve?
 *
 * Spearman's (1904) rank correlation: Pearson's on mid-ranks, so ties and a few very large customers do no harm.
 * p by Student's t with n - 2 degrees of freedom, an approximation: with fewer than about 10 pairs read it as a
 * rough guide. Interval on Fisher's z with the standard error sqrt((1 + r²/2) / (n - 3)) of Bonett and Wright (2000).
 *
 * @param x - One value for each pair, in any unit; a plain or typed array.
 * @param y - The other value of each pair, in any unit.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The correlation; `null` with a reason for fewer than 3 pairs or when one side never varies.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the lengths differ or a value is not a finite number.
 * @example
 * ```ts
 * import { spearmanCorrelation } from "clientele";
 *
 * spearmanCorrelation([1, 2, 3, 4, 5], [2, 1, 40, 30, 5000]).correlation; // ~> 0.8
 * ```
 */
export function spearmanCorrelation(x: Numbers, y: Numbers, options: ConfidenceOptions = {}): Correlation {
  assertPairs(x, y);
  const confidenceLevel = confidenceLevelOf(options);
  return correlationOf(x, y, { confidenceLevel, scoresOf: midRanks, varianceFactor: (r) => 1 + (r * r) / 2 });
}
