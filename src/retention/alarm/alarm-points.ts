import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { alarmScore } from "./alarm-signals.js";

/** One row a distinct value of the signal, from the most alarming: what flagging from there on would have done. */
export interface AlarmPointColumns {
  /** The threshold; `null` for those without a signal, who come last. */
  readonly threshold: readonly (number | null)[];
  /** Flagged so far. */
  readonly flagged: readonly number[];
  /** Of those who left, the share flagged; `null` when nobody left. */
  readonly recall: readonly (number | null)[];
  /** Of the flagged, the share who left. */
  readonly precision: readonly number[];
  /** Of those who stayed, the share flagged; `null` when nobody stayed. */
  readonly falsePositiveRate: readonly (number | null)[];
}

/** One customer at one cut. @internal */
export interface Observation {
  readonly signal: number | null;
  readonly left: boolean;
}

/** All points, and the area under the curve of recall over false-positive rate. @internal */
export function alarmPoints(
  observations: readonly Observation[],
  rankBy: string,
): { readonly points: Table<AlarmPointColumns>; readonly rocArea: Rate } {
  const scored = observations
    .map(({ signal, left }) => ({ signal, left, score: alarmScore(signal, rankBy) }))
    .sort((a, b) => (a.score === b.score ? 0 : b.score - a.score));
  const leavers = scored.filter(({ left }) => left).length;
  const stayers = scored.length - leavers;
  const columns = {
    threshold: [] as (number | null)[],
    flagged: [] as number[],
    recall: [] as (number | null)[],
    precision: [] as number[],
    falsePositiveRate: [] as (number | null)[],
  };
  let [hits, misses, wins] = [0, 0, 0];
  for (let i = 0; i < scored.length; ) {
    const { signal, score } = scored[i];
    const [hitsBefore, missesBefore] = [hits, misses];
    for (; i < scored.length && scored[i].score === score; i++) {
      if (scored[i].left) hits++;
      else misses++;
    }
    // Pairs of one who stayed with those who left and were ranked before, ties by half.
    wins += (misses - missesBefore) * (hitsBefore + (hits - hitsBefore) / 2);
    columns.threshold.push(signal);
    columns.flagged.push(i);
    columns.recall.push(leavers > 0 ? hits / leavers : null);
    columns.precision.push(hits / i);
    columns.falsePositiveRate.push(stayers > 0 ? misses / stayers : null);
  }
  const rocArea = ratio(wins, leavers * stayers, "pairs of one who left and one who stayed");
  return { points: table(columns), rocArea };
}
