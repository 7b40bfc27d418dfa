import { isLevel } from "../checked-rows.js";

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
  /** The greatest of all values, without its sign: what lies a rounding of it apart is the same. */
  readonly reach: number;
  /** Sum of the weights that the target was summed with; needed for sums. */
  readonly otherWeight?: number;
}

/**
 * The weight w, from 0 on, with which (rest + w own) comes to the target, or (rest + w own) / (restWeight + w) does; `null`
 * where there is none. Both sides are straight lines in w once the mean is multiplied out, so there is one at most, and
 * the order turns there.
 *
 * @internal
 */
export function weightAtTarget(question: WeightQuestion): number | null {
  const { rest, restWeight, own, target, combine, reach, otherWeight = 0 } = question;
  // Alone on its side, an item is the mean whatever its weight.
  if (combine === "mean" && restWeight === 0) return null;
  const [needed, each] =
    combine === "sum" ? [target - rest, own] : [target * restWeight - rest, own - target];
  // A difference that is rounding alone would be divided by, and a weight of 1e16 be found.
  if (isLevel(each, 0, reach)) return null;
  if (isLevel(needed, 0, reach * (restWeight + otherWeight))) return 0;
  const weight = needed / each;
  return Number.isFinite(weight) && weight >= 0 ? weight + 0 : null;
}
