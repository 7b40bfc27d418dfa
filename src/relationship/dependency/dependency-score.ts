import { type Rate, ratio } from "../../core/rate.js";
import { checkRows, checkWeight, uniqueId } from "../../value/checked-rows.js";
import { isShare } from "./tie-balance.js";

/**
 * From what does the dependency of a customer come?
 *
 * `locationAccess`: we are near or easy to reach; `staffKnowsCustomer`: our people know them; `innovation`: they need what is new
 * in our products and services. Any other word may be used beside these.
 *
 * @example
 * ```ts
 * import { dependencyCauses } from "clientele";
 *
 * dependencyCauses; // => ["locationAccess", "staffKnowsCustomer", "innovation"]
 * ```
 */
export const dependencyCauses = ["locationAccess", "staffKnowsCustomer", "innovation"] as const;

/** A cause of dependency; {@link dependencyCauses} lists them. */
export type DependencyCause = (typeof dependencyCauses)[number];

/** How much a customer depends on us by one cause. */
export interface CauseScore {
  /** Which cause, once. */
  readonly cause: string;
  /** How much, 0 to 1; `null`: not known. */
  readonly score: number | null;
  /** How much it counts, from 0; default 1. */
  readonly weight?: number | undefined;
}

/** How much a customer depends on us. */
export interface DependencyScore {
  /** Weighted mean over the causes that are known, 0 to 1. */
  readonly score: Rate;
  /** Number of causes that are known. */
  readonly n: number;
  /** Causes that are not: they are in no mean. */
  readonly missing: readonly string[];
  /** Each known cause with its part of the mean, in the order of the input. */
  readonly contributions: readonly {
    /** Which cause. */
    readonly cause: string;
    /** 0 to 1. */
    readonly score: number;
    /** How much it counts. */
    readonly weight: number;
    /** Score x weight as a part of all; `null` where all is 0. */
    readonly share: Rate;
  }[];
}

/**
 * How much does a customer depend on us, and by what?
 *
 * High dependency is neither good nor bad: {@link tieBalance} says how much of it is wanted.
 *
 * @param causes - A score for each cause; those that are not known are `null`.
 * @returns The weighted mean, the part of each cause, and what is missing.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a cause comes twice, a score is not from 0 to 1, or a weight is below 0.
 * @example
 * ```ts
 * import { dependencyScore } from "clientele";
 *
 * const found = dependencyScore([
 *   { cause: "locationAccess", score: 0.75 },
 *   { cause: "staffKnowsCustomer", score: 0.25, weight: 3 },
 *   { cause: "innovation", score: null },
 * ]);
 * found.score.value; // => 0.375
 * found.missing; // => ["innovation"]
 * ```
 */
export function dependencyScore(causes: readonly CauseScore[]): DependencyScore {
  const checkCause = uniqueId("cause");
  checkRows(causes, "causes", (row, report) => {
    checkCause(row, report);
    checkWeight(row.weight, report);
    if (row.score !== null && !isShare(row.score))
      report("score", "is not a number from 0 to 1, or null", row.score);
  });
  const known = causes.flatMap(({ cause, score, weight = 1 }) =>
    score === null ? [] : [{ cause, score, weight }],
  );
  const total = known.reduce((sum, { score, weight }) => sum + score * weight, 0);
  return {
    score: ratio(
      total,
      known.reduce((sum, { weight }) => sum + weight, 0),
      "weight of the known causes",
    ),
    n: known.length,
    missing: causes.filter(({ score }) => score === null).map(({ cause }) => cause),
    contributions: known.map(({ cause, score, weight }) => ({
      ...{ cause, score, weight },
      share: ratio(score * weight, total, "score x weight of all causes"),
    })),
  };
}
