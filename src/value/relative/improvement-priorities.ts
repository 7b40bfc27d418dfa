import { type Rate, ratio } from "../../core/rate.js";
import { assertReached, checkRows, checkWeight, isFiniteNumber, isLevel, uniqueId } from "../checked-rows.js";

/** Something that could be made better. */
export interface ImprovableAttribute {
  /** Which attribute, named once. */
  readonly id: string;
  /** How much it matters to customers, from 0. */
  readonly weight: number;
  /** How we score now, higher is better for the customer. */
  readonly score: number;
  /** How we want to score, on the same scale: a competitor's score, a promise. */
  readonly target: number;
  /** What it costs to get from score to target, from 0, in any unit that all share. */
  readonly cost: number;
}

/** An attribute in the order in which to change. */
export interface ImprovementPriority extends ImprovableAttribute {
  /** What is missing: max(0, target - score). */
  readonly gap: number;
  /** Weight times gap: what closing it brings. */
  readonly gain: number;
  /** Gain for each unit of cost; `null` where the cost is 0. */
  readonly priority: Rate;
  /** `free`: a gain at no cost, comes first; `priced`; `noGain`: at its target, or without weight. */
  readonly status: "free" | "priced" | "noGain";
  /** 1 for what to change first; equals, also those that rounding alone sets apart, share the better place; `null` for `noGain`. */
  readonly rank: number | null;
}

/**
 * What should we change first?
 *
 * priority = weight x max(0, target - score) / cost. What costs nothing has no such quotient: it is `free` and comes before
 * all that has a price, the greater gain first. Nothing is earned by passing a target.
 *
 * @param attributes - What could be better: weight, score, target, cost of getting there.
 * @returns All of them, the first to change first; what brings nothing last, in the order of the input.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a weight or cost below 0, a score that is no number, an attribute that
 *   comes twice; `INVALID_ARGUMENT` for a gain too great for a number.
 * @example
 * ```ts
 * import { improvementPriorities } from "clientele";
 *
 * const order = improvementPriorities([
 *   { id: "waiting time", weight: 30, score: 5, target: 8, cost: 45 },
 *   { id: "greeting", weight: 10, score: 6, target: 8, cost: 0 },
 *   { id: "design", weight: 20, score: 9, target: 8, cost: 10 },
 * ]);
 * order.map(({ id, priority }) => [id, priority.value]); // => [["greeting", null], ["waiting time", 2], ["design", 0]]
 * order[0]?.status; // => "free"
 * ```
 */
export function improvementPriorities(
  attributes: readonly ImprovableAttribute[],
): readonly ImprovementPriority[] {
  const checkId = uniqueId();
  checkRows(attributes, "attributes", (row, report) => {
    checkId(row, report);
    checkWeight(row.weight, report, true);
    for (const field of ["score", "target"])
      if (!isFiniteNumber(row[field])) report(field, "is not a finite number", row[field]);
    if (!isFiniteNumber(row.cost) || row.cost < 0)
      report("cost", "is not a finite number from 0 on", row.cost);
  });
  const found = attributes.map(({ id, weight, score, target, cost }, i) => {
    const gap = Math.max(0, target - score);
    const gain = assertReached(weight * gap, `attributes[${i}]`, "a gain");
    const status: ImprovementPriority["status"] = gain === 0 ? "noGain" : cost === 0 ? "free" : "priced";
    return { id, weight, score, target, cost, gap, gain, priority: ratio(gain, cost, "cost"), status };
  });
  type Found = (typeof found)[number];
  const places = { free: 0, priced: 1, noGain: 2 };
  const order = (a: Found, b: Found): number => {
    if (a.status !== b.status) return places[a.status] - places[b.status];
    if (a.status === "noGain") return 0;
    const [first, second] =
      a.status === "free" ? [a.gain, b.gain] : [a.priority.value ?? 0, b.priority.value ?? 0];
    // A gap of 0.8 - 0.7 is not 0.1: what rounding alone sets apart shares a place.
    return isLevel(first, second, Math.max(first, second)) ? 0 : second - first;
  };
  return [...found].sort(order).map((one) => ({
    ...one,
    rank: one.status === "noGain" ? null : 1 + found.filter((other) => order(other, one) < 0).length,
  }));
}
