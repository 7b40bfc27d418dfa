import { assertArray, assertBetween, assertFinite, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { differenceInterval, groupMean } from "../schemes/mean-difference.js";

/** Margin of each customer of two groups in the same time, minor units; customers who bought nothing count with 0. */
export interface GroupMargins {
  /** Members, or those who were let into the programme. */
  readonly members: readonly number[];
  /** Customers who were held back from it by chance. */
  readonly control: readonly number[];
}

/** What a programme added to the margin. */
export interface ControlGroupMargin {
  /** Members. */
  readonly members: number;
  /** Customers in the control group. */
  readonly control: number;
  /** Mean margin of a member, minor units; `null` without members. */
  readonly memberMean: number | null;
  /** Mean margin in the control group, minor units; `null` without one. */
  readonly controlMean: number | null;
  /** What a member brings more, minor units; below 0 less; `null` where a group is empty. */
  readonly perMember: number | null;
  /** Where that lies (Welch 1947); `null` with fewer than 2 customers in a group. */
  readonly perMemberInterval: Interval | null;
  /** What all members bring more, minor units, rounded: the `incrementalMargin` of {@link programEconomics}. */
  readonly incrementalMargin: number | null;
  /** Where that lies, with the number of members as given. */
  readonly incrementalInterval: Interval | null;
  /** Why a field is `null`; `null` where none is. */
  readonly reason: string | null;
}

/**
 * What did the programme add to the margin of its members, against customers who were held back by chance?
 *
 * The difference of two means. It is the programme's doing only where chance alone decided who was in which group: members
 * who joined by themselves bought more before, and comparing them with all others counts that as an effect. Give margins
 * before the cost of points, which {@link programEconomics} takes off.
 *
 * @param margins - Margin of each customer, minor units, in the same time.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The difference for a member and for all, with intervals.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a margin is no number.
 * @example
 * ```ts
 * import { controlGroupMargin } from "clientele";
 *
 * const effect = controlGroupMargin({ members: [30_00, 50_00, 40_00], control: [20_00, 40_00] });
 * [effect.perMember, effect.incrementalMargin]; // => [1000, 3000]
 * ```
 */
export function controlGroupMargin(
  margins: GroupMargins,
  options: ConfidenceOptions = {},
): ControlGroupMargin {
  assertOptions(margins, "{ members, control }", "margins");
  assertOptions(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const members = groupOf(margins.members, "margins.members");
  const control = groupOf(margins.control, "margins.control");
  const perMember = members.mean === null || control.mean === null ? null : members.mean - control.mean;
  const interval = differenceInterval(members, control, confidenceLevel);
  return {
    members: members.count,
    control: control.count,
    memberMean: members.mean,
    controlMean: control.mean,
    perMember,
    perMemberInterval: interval,
    // One product and one quotient of sums: exact where the means are not.
    incrementalMargin:
      perMember === null ? null : Math.round(members.sum - (control.sum * members.count) / control.count),
    incrementalInterval:
      interval === null
        ? null
        : {
            lower: interval.lower * members.count,
            upper: interval.upper * members.count,
            confidenceLevel,
          },
    reason: reasonOf(members.count, control.count),
  };
}

function groupOf(values: readonly number[], path: string) {
  assertArray(values, path);
  let sum = 0;
  for (const [i, value] of values.entries()) {
    assertFinite(value, `${path}[${i}]`);
    sum += value;
  }
  return groupMean(values, sum);
}

function reasonOf(members: number, control: number): string | null {
  if (members === 0 || control === 0) return `${members} members, ${control} in the control group: no mean`;
  if (members < 2 || control < 2)
    return `${members} members, ${control} in the control group: an interval needs 2 of each`;
  return null;
}
