import { assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { readOutcomeScores } from "./outcome-scores.js";

/** How well a score tells those in whom something happened from the others. */
export interface RocAuc {
  /** Chance that one of those scores higher than one of the others, equal scores counted half; `null` without either. */
  readonly value: number | null;
  /** By DeLong, DeLong & Clarke-Pearson (1988); `null` with fewer than 2 of either. */
  readonly standardError: number | null;
  /** On the logit scale, so that it stays between 0 and 1; `null` where there is none. */
  readonly interval: Interval | null;
  /** Pairs of score and outcome used. */
  readonly n: number;
  /** Pairs not used, since score or outcome is not known. */
  readonly dropped: number;
  /** Pairs used in which it happened. */
  readonly events: number;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * How often does a score put one who stayed above one who left?
 *
 * The area under the receiver operating characteristic is the Mann-Whitney share of pairs in the right order: 0.5 is a coin,
 * 1 perfect. It says nothing of the size of probabilities: see {@link probabilityCalibration}. On the rows that a model was
 * fitted to it flatters the model. For times with censoring use {@link concordance}.
 *
 * @param score - A score for each row, in any unit, higher where it should happen; `null` or `NaN` where not known.
 * @param outcome - Whether it happened, by row: booleans, 0 and 1; `null` or `NaN` where not known.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The area with standard error and interval; `null` with a reason where an outcome is missing.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when lengths differ, a score is infinite or an outcome is no yes or no.
 * @example
 * ```ts
 * import { rocAuc } from "clientele";
 *
 * const stayed = [true, true, false, true, false, false];
 * rocAuc([9, 8, 7, 6, 5, 4], stayed).value; // ~> 0.8888888888888888
 * rocAuc([9, 8, 7, 6, 5, 4], stayed.map(() => true)).value; // => null
 * ```
 */
export function rocAuc(
  score: ArrayLike<number | null>,
  outcome: ArrayLike<boolean | number | null>,
  options: ConfidenceOptions = {},
): RocAuc {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const known = readOutcomeScores(score, outcome, { path: "score", isProbability: false });
  const n = known.outcome.length;
  const events = known.outcome.reduce((sum, happened) => sum + happened, 0);
  const counts = { n, dropped: known.dropped, events };
  const others = n - events;
  const undefinedAs = (
    value: number | null,
    reason: string,
    standardError: number | null = null,
  ): RocAuc => ({
    value,
    standardError,
    interval: null,
    ...counts,
    reason,
  });
  if (events === 0 || others === 0) {
    return undefinedAs(null, `needs both outcomes: ${events} of ${n} are 1`);
  }
  const [yes, no] = placements(known.score, known.outcome);
  const value = meanOf(yes);
  if (Math.min(events, others) < 2) {
    return undefinedAs(value, "standard error: needs 2 rows of each outcome");
  }
  const standardError = Math.sqrt(varianceOf(yes) / events + varianceOf(no) / others);
  if (value === 0 || value === 1) {
    return undefinedAs(
      value,
      "interval: no pair is out of order, so its spread cannot be estimated",
      standardError,
    );
  }
  const center = Math.log(value / (1 - value));
  const margin = (criticalZ(confidenceLevel) * standardError) / (value * (1 - value));
  const interval = { lower: chance(center - margin), upper: chance(center + margin), confidenceLevel };
  return { value, standardError, interval, ...counts, reason: null };
}

/**
 * For each row of either outcome the share of the other outcome's rows that it lies above, equal ones counted half (Sun & Xu
 * 2014): the scores are sorted once, and each list is walked along the other.
 */
function placements(score: Float64Array, outcome: Uint8Array): [yes: Float64Array, no: Float64Array] {
  const [no, yes] = [0, 1].map((side) => scoresOfSide(score, outcome, side).sort());
  return [sharesBelow(yes, no), sharesBelow(no, yes)];
}

function scoresOfSide(score: Float64Array, outcome: Uint8Array, side: number): Float64Array {
  const found = new Float64Array(score.length);
  let n = 0;
  for (let row = 0; row < score.length; row++) if (outcome[row] === side) found[n++] = score[row];
  return found.subarray(0, n);
}

/** What share of the other values lies below each value, half of those equal to it; both lists ascend. */
function sharesBelow(values: Float64Array, others: Float64Array): Float64Array {
  let less = 0;
  let lessOrEqual = 0;
  const shares = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    while (others[less] < value) less++;
    while (others[lessOrEqual] <= value) lessOrEqual++;
    shares[at] = (less + lessOrEqual) / 2 / others.length;
  }
  return shares;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += (values[at] - mean) ** 2;
  return squares / (values.length - 1);
}

function chance(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
