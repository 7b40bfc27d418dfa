import { assertArgument } from "../../core/assert.js";
import { assertNumbers, type Numbers } from "../numbers.js";
import { denseRanks, rankSums } from "./rank-sums.js";
import { readSurvivalData, type SurvivalData, type SurvivalInput } from "./survival-data.js";

/** How often a score puts two subjects in the order in which their events came. Counts are sums of products of weights. */
export interface Concordance {
  /** (concordant + tiedScore / 2) / comparable pairs: 1 perfect, 0.5 chance; `null` without a comparable pair. */
  readonly value: number | null;
  /** Standard error by the infinitesimal jackknife; `null` where `value` is. */
  readonly standardError: number | null;
  /** Pairs in which the subject with the higher score had the event first. */
  readonly concordant: number;
  /** Pairs in which the subject with the lower score had the event first. */
  readonly discordant: number;
  /** Pairs whose order of events is known while their scores are equal. */
  readonly tiedScore: number;
  /** Pairs whose events came at one time, with different scores: not compared. */
  readonly tiedTime: number;
  /** Pairs whose events came at one time, with equal scores: not compared. */
  readonly tiedBoth: number;
  /** Why `value` is `null`; else `null`. */
  readonly reason: string | null;
}

/**
 * How well does a risk score tell who has the event first?
 *
 * Harrell's C with censoring, truncation and weights (Harrell 1982, Therneau and Watson 2015), equal to `concordance`
 * of R's package survival with `reverse = TRUE`. A pair is comparable when the earlier time is an event and the other
 * subject was under observation then. The score may come from anywhere: a churn model, an alarm, a rule of thumb.
 *
 * @param data - Rows of `{ duration, event, entry?, weight? }`, or the same as columns.
 * @param score - One number for each row: the higher, the sooner the event is expected.
 * @returns The share of comparable pairs in the right order with its standard error, and the counts of pairs.
 * @throws {@link ClienteleError} `INVALID_ROWS` when rows break rules, `INVALID_ARGUMENT` when the scores are no finite
 * numbers or not one for each row.
 * @example
 * ```ts
 * import { concordance } from "clientele";
 *
 * const seen = { duration: [2, 3, 5, 7], event: [true, true, false, true] };
 * const { value, concordant, discordant } = concordance(seen, [0.9, 0.4, 0.6, 0.1]);
 * value; // => 0.8
 * concordant; // => 4
 * discordant; // => 1
 * ```
 */
export function concordance(data: SurvivalInput, score: Numbers): Concordance {
  const known = readSurvivalData(data);
  assertNumbers(score, "score");
  assertArgument(
    score.length === known.length,
    "score",
    () => `score holds ${score.length} values and data ${known.length} rows: pass one score for each row`,
  );
  return concordanceOf(known, score, null);
}

/** Pairs are compared within their stratum alone. @internal */
export function concordanceOf(data: SurvivalData, score: Numbers, strata: Uint32Array | null): Concordance {
  const { length, weight } = data;
  const pairs = comparedPairs(data, denseRanks(score), strata ?? new Uint32Array(length));
  const total = { higher: 0, lower: 0, equal: 0 };
  for (let row = 0; row < length; row++) {
    // Each pair stands with both its subjects.
    const half = (weight?.[row] ?? 1) / 2;
    total.higher += half * pairs.higher[row];
    total.lower += half * pairs.lower[row];
    total.equal += half * pairs.equal[row];
  }
  const counts = {
    concordant: total.higher,
    discordant: total.lower,
    tiedScore: total.equal,
    tiedTime: pairs.tiedTime,
    tiedBoth: pairs.tiedBoth,
  };
  const comparable = total.higher + total.lower + total.equal;
  if (!(comparable > 0)) {
    return { value: null, standardError: null, ...counts, reason: "no two subjects can be compared" };
  }
  const excess = (total.higher - total.lower) / comparable;
  let variance = 0;
  for (let row = 0; row < length; row++) {
    const [higher, lower] = [pairs.higher[row], pairs.lower[row]];
    const influence = higher - lower - excess * (higher + lower + pairs.equal[row]);
    variance += (((weight?.[row] ?? 1) * influence) / comparable) ** 2;
  }
  return {
    value: (total.higher + total.equal / 2) / comparable,
    standardError: Math.sqrt(variance) / 2,
    ...counts,
    reason: null,
  };
}

/** Weights of the subjects that each is compared with: where the order is right, wrong, or the scores are equal. */
interface ComparedPairs {
  readonly higher: Float64Array;
  readonly lower: Float64Array;
  readonly equal: Float64Array;
  tiedTime: number;
  tiedBoth: number;
}

/**
 * Two passes over time in each stratum, each with sums by rank of score: back in time an event meets those who are
 * still under observation, forward in time a subject meets the events since its entry.
 */
function comparedPairs(data: SurvivalData, ranks: Int32Array, strata: Uint32Array): ComparedPairs {
  const { length, duration, event, entry, weight } = data;
  const weightOf = (row: number): number => weight?.[row] ?? 1;
  const order = Int32Array.from({ length }, (_, row) => row).sort(
    (a, b) => strata[a] - strata[b] || duration[a] - duration[b] || event[b] - event[a],
  );
  const byEntry =
    entry && Int32Array.from(order).sort((a, b) => strata[a] - strata[b] || entry[a] - entry[b]);
  const pairs: ComparedPairs = {
    higher: new Float64Array(length),
    lower: new Float64Array(length),
    equal: new Float64Array(length),
    tiedTime: 0,
    tiedBoth: 0,
  };
  const sums = rankSums(ranks.reduce((most, rank) => Math.max(most, rank), 0));
  const meet = (row: number, sign: number, isEvent: boolean): void => {
    const { below, at, above } = sums.around(ranks[row]);
    pairs.higher[row] += sign * (isEvent ? below : above);
    pairs.lower[row] += sign * (isEvent ? above : below);
    pairs.equal[row] += sign * at;
  };
  for (let first = 0; first < length; ) {
    const stratum = strata[order[first]];
    let end = first;
    while (end < length && strata[order[end]] === stratum) end++;

    sums.clear();
    let leaving = end - 1;
    for (let last = end - 1; last >= first; ) {
      const time = duration[order[last]];
      let from = last;
      while (from > first && duration[order[from - 1]] === time) from--;
      let events = from;
      while (events <= last && event[order[events]] === 1) events++;
      for (let at = events; at <= last; at++) sums.add(ranks[order[at]], weightOf(order[at]));
      if (entry !== null && byEntry !== null) {
        // An entry at 0 is none: such a subject was seen from the origin.
        for (
          ;
          leaving >= first && entry[byEntry[leaving]] >= time && entry[byEntry[leaving]] > 0;
          leaving--
        ) {
          sums.add(ranks[byEntry[leaving]], -weightOf(byEntry[leaving]));
        }
      }
      for (let at = from; at < events; at++) meet(order[at], 1, true);
      countTies(pairs, order.subarray(from, events), ranks, weightOf);
      for (let at = from; at < events; at++) sums.add(ranks[order[at]], weightOf(order[at]));
      last = from - 1;
    }

    sums.clear();
    let entering = first;
    for (let from = first; from < end; ) {
      const time = duration[order[from]];
      if (entry !== null && byEntry !== null) {
        for (; entering < end && entry[byEntry[entering]] < time; entering++) {
          if (entry[byEntry[entering]] > 0) meet(byEntry[entering], -1, false);
        }
      }
      let events = from;
      for (; events < end && duration[order[events]] === time && event[order[events]] === 1; events++) {
        meet(order[events], 1, false);
      }
      for (let at = from; at < events; at++) sums.add(ranks[order[at]], weightOf(order[at]));
      for (from = events; from < end && duration[order[from]] === time; from++) meet(order[from], 1, false);
    }
    first = end;
  }
  return pairs;
}

function countTies(
  pairs: ComparedPairs,
  events: Int32Array,
  ranks: Int32Array,
  weightOf: (row: number) => number,
): void {
  if (events.length < 2) return;
  const byRank = new Map<number, number>();
  let seen = 0;
  for (const row of events) {
    const [weight, same] = [weightOf(row), byRank.get(ranks[row]) ?? 0];
    pairs.tiedBoth += weight * same;
    pairs.tiedTime += weight * (seen - same);
    byRank.set(ranks[row], same + weight);
    seen += weight;
  }
}
