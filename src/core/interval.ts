/** A confidence interval: where the true value plausibly lies. */
export interface Interval {
  /** Lower limit, in the unit of the estimate. */
  readonly lower: number;
  /** Upper limit, in the unit of the estimate. */
  readonly upper: number;
  /** Share of such intervals that hold the true value, between 0 and 1: 0.95 by default everywhere. */
  readonly confidenceLevel: number;
}
