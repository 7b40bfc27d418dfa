/** Everything but the weight that is looked for. @internal */
export interface WeightQuestion {
  /** Sum of weight times value over the other items. */
  readonly rest: number;
  /** Sum of the weights of the other items. */
  readonly restWeight: number;
  /** The value that the weight looked for is multiplied by. */
  readonly own: number;
  /** What the sum or mean should come to. */
  readonly target: number;
  readonly combine: "sum" | "mean";
}

/**
 * The weight w, from 0 on, with which (rest + w own) comes to the target, or (rest + w own) / (restWeight + w) does; `null`
 * where there is none. Both sides are straight lines in w once the mean is multiplied out, so there is one at most, and
 * the order turns there.
 *
 * @internal
 */
export function weightAtTarget({ rest, restWeight, own, target, combine }: WeightQuestion): number | null {
  // Alone on its side, an item is the mean whatever its weight.
  if (combine === "mean" && restWeight === 0) return null;
  const weight = combine === "sum" ? (target - rest) / own : (target * restWeight - rest) / (own - target);
  return Number.isFinite(weight) && weight >= 0 ? weight + 0 : null;
}
